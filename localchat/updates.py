"""The queue of updates: kept until acknowledged by a higher offset, in order, over restarts of the bot and of us."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

from localchat.errors import ApiError, Json, conflict
from localchat.world import World

MAX_LIMIT = 100
MAX_TIMEOUT = 50
"""Longest long poll, seconds."""
KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
"""Updates that this chat makes; others may be injected by tests."""


class UpdateQueue:
    """Updates waiting for the bot, oldest first.

    Args:
        world: Gives update ids and keeps the queue.
        waiting: Updates from before a restart.
    """

    def __init__(self, world: World, waiting: list[Json]) -> None:
        self._world = world
        self._waiting: dict[int, Json] = {update["update_id"]: update for update in waiting}
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None
        self.on_arrival: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, body: Json) -> int | None:
        """Queue an update; returns its id, or None if the bot did not ask for this kind."""
        allowed = self._world.profile.allowed_updates
        if allowed and kind not in allowed:
            return None
        update: Json = {"update_id": self._world.next_id("update"), kind: body}
        self._waiting[update["update_id"]] = update
        self._world.journal.put("update", update["update_id"], update)
        self._arrived.set()
        self.on_arrival()
        return int(update["update_id"])

    def first(self) -> Json | None:
        """The oldest update that waits."""
        return next(iter(self._waiting.values()), None)

    def forget_before(self, offset: int) -> None:
        """Acknowledge every update with an id below ``offset``; messages in them get their second tick."""
        for update_id in [update_id for update_id in self._waiting if update_id < offset]:
            update = self._waiting.pop(update_id)
            self._world.journal.drop("update", update_id)
            self._mark_seen(update)

    def forget_all(self) -> None:
        """Drop what waits (``drop_pending_updates``)."""
        if self._waiting:
            self.forget_before(max(self._waiting) + 1)

    def _mark_seen(self, update: Json) -> None:
        body = update.get("message")
        if not isinstance(body, dict):
            return
        message = self._world.message(body["chat"]["id"], body["message_id"])
        if message is not None and not message.seen:
            message.seen = True
            self._world.save_message(message)

    async def get(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """``getUpdates``: what waits from ``offset`` on, at most ``limit``, after at most ``seconds``.

        A second call ends the first one with 409, as with Telegram.
        """
        if offset < 0:
            offset = max(self._waiting, default=0) + 1 + offset if self._waiting else 0
        if offset:
            self.forget_before(offset)
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(
                conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            )
            self._poller.exception()  # heard, also when the bot that asked went away before it could be
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            if not self._waiting and seconds > 0:
                await self._wait(poller, min(seconds, MAX_TIMEOUT))
        finally:  # also when the bot went away meanwhile: nobody is there to hear of a conflict
            if not poller.done():
                poller.set_result(None)
        return list(itertools.islice(self._waiting.values(), max(1, min(limit or MAX_LIMIT, MAX_LIMIT))))

    async def _wait(self, poller: asyncio.Future[None], seconds: float) -> None:
        self._arrived.clear()
        arrival: asyncio.Future[Any] = asyncio.ensure_future(self._arrived.wait())
        try:
            await asyncio.wait([arrival, poller], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrival.cancel()
        if poller.done() and isinstance(error := poller.exception(), ApiError):
            raise error

    def stop(self) -> None:
        """End a long poll that waits, with nothing."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
