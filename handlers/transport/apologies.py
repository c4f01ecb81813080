"""What people read while nothing can be stored: one sentence, sent directly, since the outbox is a table too.

Nobody's update is ended by it: what waits at Telegram or in the inbox is done when the database is back.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from markupsafe import Markup

from handlers.alert_words import sentence
from handlers.catalogue import Catalogue
from handlers.texts.errors import MAINTENANCE
from handlers.transport.delivery import DeliveryError
from handlers.transport.intake import chat_of, is_private
from handlers.transport.screens import Screen
from handlers.transport.sender import Sender
from menus.alerts import Alert
from storage.clock import Clock

log = structlog.get_logger(__name__)

REMEMBERED = 10_000
AT_ONCE = 8
GAP_SECONDS = 60.0
"""Somebody who writes three messages in a row reads it once."""


class Apologies:
    """Each update is apologised for once, each chat at most every ``gap_seconds``; the tap's waiting sign always ends."""

    def __init__(self, sender: Sender, clock: Clock, t: Catalogue, gap_seconds: float = GAP_SECONDS) -> None:
        self._sender = sender
        self._clock = clock
        self._t = t
        self._gap = gap_seconds
        self._known: set[int] = set()
        self._order: deque[int] = deque()
        self._last: dict[int, float] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def for_updates(self, updates: Iterable[Any]) -> None:
        """Apologise for raw updates that cannot be stored."""
        for update in updates:
            update_id = update.get("update_id") if isinstance(update, dict) else None
            if isinstance(update_id, int) and (chat_id := chat_of(update)) is not None:
                tap = update.get("callback_query")
                self.for_one(update_id, chat_id, tap.get("id") if isinstance(tap, dict) else None)

    def for_one(self, update_id: int, chat_id: int | None, query_id: str | None = None) -> None:
        """Apologise for one update, unless that was done."""
        if chat_id is None or not is_private(chat_id) or update_id in self._known:
            return
        self._remember(update_id)
        self.to_chat(chat_id, query_id)

    def to_chat(self, chat_id: int, query_id: str | None = None) -> None:
        """Apologise in a chat, unless it was told a moment ago."""
        now, last = self._clock.monotonic(), self._last.get(chat_id)
        told = last is not None and now - last < self._gap
        if not told:
            self._last[chat_id] = now
        if not told or query_id is not None:
            self._start(chat_id, query_id, told=told)

    async def alert(self, chats: Iterable[int], kind: Alert, about: Mapping[str, Any]) -> None:
        """``menus.alerts.Direct``: tell operators without the database."""
        for chat_id in chats:
            await self._send(chat_id, sentence(self._t, kind, about))

    async def finish(self) -> None:
        """Wait until everything was said."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def _remember(self, update_id: int) -> None:
        self._known.add(update_id)
        self._order.append(update_id)
        if len(self._order) > REMEMBERED:
            self._known.discard(self._order.popleft())

    def _start(self, chat_id: int, query_id: str | None, *, told: bool) -> None:
        task = asyncio.create_task(self._say(chat_id, query_id, told=told))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _say(self, chat_id: int, query_id: str | None, *, told: bool) -> None:
        text = self._t(MAINTENANCE)
        async with self._places:
            if query_id is not None:
                try:
                    await self._sender.answer(query_id, str(text))
                except DeliveryError as exc:
                    log.info("tap_not_answered", kind=type(exc).__name__)
            if not told:
                await self._send(chat_id, text)

    async def _send(self, chat_id: int, text: Markup) -> None:
        try:
            await self._sender.send(chat_id, Screen(text))
        except DeliveryError as exc:
            log.warning("not_told", kind=type(exc).__name__)
