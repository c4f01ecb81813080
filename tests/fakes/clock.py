"""A clock that moves only when a test says so."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
"""Noon in São Paulo, a Wednesday."""


class ManualClock:
    """Implements ``storage.clock.Clock``. ``advance`` wakes sleepers in the order in which they are due."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._elapsed = 0.0
        self._order = count()
        self._someone_sleeps = asyncio.Event()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, next(self._order), future))
        self._someone_sleeps.set()
        await future

    async def until_someone_sleeps(self) -> None:
        """Wait until code under test waits for this clock."""
        while self.next_wake() is None:
            self._someone_sleeps.clear()
            await self._someone_sleeps.wait()

    def next_wake(self) -> float | None:
        """Seconds until the first sleeper is due; None when nobody sleeps."""
        self._forget_cancelled()
        return self._sleepers[0][0] - self._elapsed if self._sleepers else None

    def advance(self, seconds: float) -> None:
        """Move on; whoever is due by then goes on when the loop runs next."""
        self._elapsed += seconds
        self._forget_cancelled()
        while self._sleepers and self._sleepers[0][0] <= self._elapsed:
            _, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                future.set_result(None)
            self._forget_cancelled()

    def set(self, instant: datetime) -> None:
        """Move on to ``instant``."""
        self.advance((instant - self.now()).total_seconds())

    def _forget_cancelled(self) -> None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
