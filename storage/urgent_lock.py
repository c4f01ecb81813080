"""A lock with two queues: who is urgent goes before those who are not."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class UrgentLock:
    """Held by one task of an event loop at a time; in each queue those who wait go in the order they came."""

    def __init__(self) -> None:
        self._held = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def holding(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """Wait for the lock, and let go of it at the end."""
        await self._acquire(self._urgent if urgent else self._others)
        try:
            yield
        finally:
            self._release()

    async def _acquire(self, queue: "deque[asyncio.Future[None]]") -> None:
        if not self._held:
            self._held = True
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if not waiter.cancelled():
                self._release()  # it had just been handed over
            raise

    def _release(self) -> None:
        """Hand over to the next who still waits; the lock is free when nobody does."""
        for queue in (self._urgent, self._others):
            while queue:
                waiter = queue.popleft()
                if not waiter.done():
                    waiter.set_result(None)
                    return
        self._held = False
