"""Telling how far work is: the newest news only, as often as it may be shown."""

import asyncio
from collections.abc import Awaitable, Callable

from storage.clock import Clock

Show = Callable[[int], Awaitable[float]]
"""Shows a percentage; seconds to wait when it is too soon to show anything, else 0."""


class Telling:
    """While it is open, ``report`` is shown as a percentage from ``first`` to ``last`` of the whole."""

    def __init__(self, clock: Clock, show: Show, first: int, last: int) -> None:
        self._clock = clock
        self._show = show
        self._first, self._last = first, last
        self._percent = first
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def report(self, done: int, total: int) -> None:
        """There is news."""
        self._percent = self._first + (self._last - self._first) * done // max(total, 1)
        self._news.set()

    async def __aenter__(self) -> "Telling":
        self._news.set()
        self._task = asyncio.create_task(self._tell())
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _tell(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while wait := await self._show(self._percent):
                await self._clock.sleep(wait)
