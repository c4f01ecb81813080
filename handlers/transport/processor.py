"""Order: the updates of one chat one after another, different chats at the same time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from telegram.ext import BaseUpdateProcessor

from storage.inbox import Waiting

CONCURRENT_TURNS = 24
"""Between 16 and 32: more at once is slower (measured in docs/decisions.md)."""


class ChatLocks:
    """A lock a chat, made when it is needed and forgotten when nobody holds or awaits it."""

    def __init__(self) -> None:
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def holding(self, key: int) -> AsyncIterator[None]:
        """Wait for the chat's turn; those who wait go in the order they came."""
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            _, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, users - 1)


class ChatProcessor(BaseUpdateProcessor):
    """At most ``CONCURRENT_TURNS`` updates at once, never two of one chat. Takes ``Waiting`` as updates."""

    def __init__(self, max_concurrent_updates: int = CONCURRENT_TURNS) -> None:
        super().__init__(max_concurrent_updates)
        self.locks = ChatLocks()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await ``coroutine`` when it is this chat's turn; an update without a chat has no order."""
        if not isinstance(update, Waiting) or update.chat_id is None:
            await coroutine
            return
        async with self.locks.holding(update.chat_id):
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""
