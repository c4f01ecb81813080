"""A circuit breaker: stops asking a service that is down, so that nobody waits for it in vain."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rag.gemini_errors import GeminiAway, GeminiQuota

QUOTA_ZONE = ZoneInfo("America/Los_Angeles")
"""Gemini's daily quotas start anew at midnight Pacific time (ai.google.dev, rate limits)."""


class Breaker:
    """Opens after ``limit`` failures in a row, for ``rest_s`` seconds; one success closes it.

    A quota error opens it for the time that the API named, or until the quota's next day. ``clock`` gives aware
    UTC datetimes.
    """

    def __init__(self, clock: Callable[[], datetime], *, limit: int = 5, rest_s: float = 60.0) -> None:
        self._clock = clock
        self._limit = limit
        self._rest = timedelta(seconds=rest_s)
        self._failures = 0
        self._open_until: datetime | None = None
        self._quota_until: datetime | None = None

    def check(self) -> None:
        """Raise ``GeminiQuota`` or ``GeminiAway`` while open."""
        now = self._clock()
        if self._quota_until and now < self._quota_until:
            raise GeminiQuota(
                "waiting for the quota",
                per_day=False,
                retry_after_s=(self._quota_until - now).total_seconds(),
            )
        if self._open_until and now < self._open_until:
            raise GeminiAway("the circuit breaker is open")

    def worked(self) -> None:
        """A request was answered."""
        self._failures = 0
        self._open_until = self._quota_until = None

    def failed(self) -> None:
        """A request failed for a reason that may last."""
        self._failures += 1
        if self._failures >= self._limit:
            self._open_until = self._clock() + self._rest

    def out_of_quota(self, *, per_day: bool, retry_after_s: float | None) -> None:
        """The API said when to come back; nothing is asked before."""
        now = self._clock()
        if per_day:
            tomorrow = (now.astimezone(QUOTA_ZONE) + timedelta(days=1)).replace(
                hour=0, minute=0, second=0, microsecond=0
            )
            self._quota_until = tomorrow.astimezone(UTC)
        elif retry_after_s:
            self._quota_until = now + timedelta(seconds=retry_after_s)
