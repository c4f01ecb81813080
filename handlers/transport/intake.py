"""The door of the inbox: raw updates are stored, and only then may Telegram be told that we have them.

The poll loop acknowledges by its next offset, a webhook by answering 200; both call ``Intake.accept`` first.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeGuard

from menus import meters
from storage import inbox, outbox
from storage.clock import Clock
from storage.database import Connection, Database
from storage.inbox import Incoming, Stored, Waiting
from storage.outbox import Outgoing

TOO_FAST_SCREEN = "devagar"
"""Shown once to a chat whose queue is full and whose further updates are dropped."""

BEYOND = re.compile("[\x00\ud800-\udfff]")
"""NUL, and halves of characters, which UTF-8 cannot hold: in what we keep they are U+FFFD."""

DEEPEST = 50
"""Levels of an update; Telegram's have a dozen. What is nested without end could be neither stored nor read."""

_MESSAGE_KINDS = ("message", "edited_message", "my_chat_member")


class Intake:
    """Stores updates and hands the new ones to ``submit`` (the worker)."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        submit: Callable[[Sequence[Waiting]], None],
        wake_pump: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._submit = submit
        self._wake_pump = wake_pump

    async def accept(self, updates: Iterable[Any]) -> None:
        """Store ``updates``; when this returns they survive anything. Raises ``StorageError``: nothing was stored.

        Updates that came before are ignored; so is what carries no update id.
        """
        batch = [incoming for update in updates if (incoming := parse(update)) is not None]
        if not batch:
            return

        async def store(tx: Connection) -> Stored:
            stored = await inbox.store(tx, batch)
            for chat_id in filter(is_private, stored.over_cap):
                notice = Outgoing(chat_id, TOO_FAST_SCREEN, dedupe_key=f"{TOO_FAST_SCREEN}:{chat_id}")
                await outbox.add(tx, notice, self._clock.now())
            return stored

        stored = await self._database.at_once(store, urgent=True)
        ignored = len(batch) - len(stored.new)
        if ignored:  # those that came before, and those of a chat whose queue is full
            meters.updates.labels("unread", "ignored").inc(ignored)
        if stored.over_cap:
            self._wake_pump()
        self._submit(stored.new)


def parse(update: Any) -> Incoming | None:
    """What the inbox keeps of a raw update; None when it has no usable id, or no end."""
    update_id = update.get("update_id") if isinstance(update, dict) else None
    if not _is_id(update_id):
        return None
    try:
        body = json.dumps(_cleaned(update, DEEPEST), ensure_ascii=True)
    except ValueError:
        return None
    return Incoming(update_id, chat_of(update), body)


def chat_of(update: dict[str, Any]) -> int | None:
    """The chat that an update belongs to and is ordered in; None for kinds that we do not serve."""
    for kind in _MESSAGE_KINDS:
        chat_id = _at(update, kind, "chat", "id")
        if _is_id(chat_id):
            return chat_id
    tapped = _at(update, "callback_query", "message", "chat", "id")
    sender = _at(update, "callback_query", "from", "id")
    return next((found for found in (tapped, sender) if _is_id(found)), None)


def is_private(chat_id: int) -> bool:
    """Whether this is a person's own chat: groups and channels have negative ids."""
    return chat_id > 0


def _cleaned(value: Any, levels: int) -> Any:
    """``value`` with texts that can be kept. Raises ``ValueError`` when it has more than ``levels`` levels."""
    if isinstance(value, str):
        return BEYOND.sub("\ufffd", value)
    if not isinstance(value, dict | list):
        return value
    if not levels:
        raise ValueError("nested too deep")
    if isinstance(value, list):
        return [_cleaned(inner, levels - 1) for inner in value]
    return {_cleaned(key, 1): _cleaned(inner, levels - 1) for key, inner in value.items()}


def _at(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _is_id(value: Any) -> TypeGuard[int]:
    """SQLite's integers have 64 bits; a bool is an int to Python and never an id."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
