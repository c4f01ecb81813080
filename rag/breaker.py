"""A circuit breaker: stops asking a service that is down, so that nobody waits for it in vain."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rag.gemini_errors import GeminiAway, GeminiError, GeminiKeyRejected, GeminiModelMissing, GeminiQuota

QUOTA_ZONE = ZoneInfo("America/Los_Angeles")
"""Gemini's daily quotas start anew at midnight Pacific time (ai.google.dev, rate limits)."""

FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0
"""After a 429 that names no time: doubled by each further one, up to a minute (quotas are per minute)."""

REFUSED_REST = timedelta(hours=6)
"""A key or a model that was refused is not asked again before this, or a restart: only the operator can mend it."""


class Breaker:
    """Opens after ``limit`` failures in a row, for ``rest_s`` seconds; one success closes it.

    A quota error opens it for the time that the API named, or until the quota's next day; a refused key or model for
    hours. ``clock`` gives aware UTC datetimes.
    """

    def __init__(self, clock: Callable[[], datetime], *, limit: int = 5, rest_s: float = 60.0) -> None:
        self._clock = clock
        self._limit = limit
        self._rest = timedelta(seconds=rest_s)
        self._failures = 0
        self._pause_s = FIRST_PAUSE_S
        self._open_until: datetime | None = None
        self._quota_until: datetime | None = None
        self._refused_until: datetime | None = None
        self._refusal: GeminiKeyRejected | GeminiModelMissing | None = None

    def check(self) -> None:
        """Raise what the last answer meant (``GeminiQuota``, ``GeminiAway``, a refusal) while open."""
        error = self._closed_by(self._clock())
        if error is not None:
            raise error

    def _closed_by(self, now: datetime) -> GeminiError | None:
        if self._refusal and self._refused_until and now < self._refused_until:
            return type(self._refusal)(str(self._refusal))
        if self._quota_until and now < self._quota_until:
            seconds = (self._quota_until - now).total_seconds()
            return GeminiQuota("waiting for the quota", per_day=False, retry_after_s=seconds)
        if self._open_until and now < self._open_until:
            return GeminiAway("the circuit breaker is open")
        return None

    def refusal(self) -> str | None:
        """The name of the refusal that holds now, or None."""
        held = self._refusal and self._refused_until and self._clock() < self._refused_until
        return type(self._refusal).__name__ if held else None

    def worked(self) -> None:
        """A request was answered. A quota's time, named to another request meanwhile, still holds."""
        self._failures = 0
        self._pause_s = FIRST_PAUSE_S
        self._open_until = self._refused_until = self._refusal = None

    def failed(self) -> None:
        """A request failed for a reason that may last."""
        self._failures += 1
        if self._failures >= self._limit:
            self._open_until = self._clock() + self._rest

    def refused(self, error: GeminiKeyRejected | GeminiModelMissing) -> None:
        """The key or the model is not accepted: nothing is asked for hours."""
        self._refusal = error
        self._refused_until = self._clock() + REFUSED_REST

    def out_of_quota(self, *, per_day: bool, retry_after_s: float | None) -> float:
        """The API said when to come back, or we choose; nothing is asked before. Returns the seconds until then."""
        now = self._clock()
        if per_day:
            tomorrow = (now.astimezone(QUOTA_ZONE) + timedelta(days=1)).replace(
                hour=0, minute=0, second=0, microsecond=0
            )
            until = tomorrow.astimezone(UTC)
        elif retry_after_s is not None:
            until = now + timedelta(seconds=retry_after_s)
        else:
            until = now + timedelta(seconds=self._pause_s)
            self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        self._quota_until = max(until, self._quota_until or until)
        return (self._quota_until - now).total_seconds()
