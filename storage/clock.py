"""Time as something passed in: the clock that rooms above storage share, and how instants are stored.

Instants are stored as whole milliseconds since 1970 in UTC; local dates as ISO text ("2026-11-25").
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Clock(Protocol):
    """Where rooms read the time and wait; tests pass a manual one."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, for durations."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; at most zero seconds only lets others run."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds of the monotonic clock."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait on the event loop."""
        await asyncio.sleep(max(0.0, seconds))


def to_ms(instant: datetime) -> int:
    """Milliseconds since 1970 of an aware ``instant``; exact, without floats."""
    return (instant - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The instant, in UTC, that ``to_ms`` stored."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def from_ms_or_none(milliseconds: int | None) -> datetime | None:
    """``from_ms`` for columns that may be empty."""
    return None if milliseconds is None else from_ms(milliseconds)


@cache
def zone_named(name: str) -> ZoneInfo:
    """An IANA zone, kept for good: ``zoneinfo`` itself keeps eight and reads the others from disk again."""
    return ZoneInfo(name)
