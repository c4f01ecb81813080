"""What needs a person: told to the operators in their chats, each kind at most once an hour and ever less often.

An alert is a row of the outbox like any other message, in one transaction with the note that it was told. Where the
database cannot be written it is sent directly, and the note is kept in memory.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog

from menus import meters
from storage import alerts as noted
from storage import outbox
from storage.clock import Clock
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Outgoing, Priority

log = structlog.get_logger(__name__)

SCREEN = "alerta"


class Alert(StrEnum):
    """Kinds of trouble; the sentence of each is in ``handlers/texts/alerts.py``."""

    GEMINI_KEY = "gemini_key"
    GEMINI_MODEL = "gemini_model"
    INDEX = "index"
    TASK = "task"
    OUTBOX = "outbox"
    REFUSED = "refused"
    DISK = "disk"
    STORAGE = "storage"
    DATABASE = "database"
    ERRORS = "errors"


Direct = Callable[[Iterable[int], Alert, Mapping[str, Any]], Awaitable[None]]
"""Sends an alert to these chats without the database; failures are its own business."""


async def _nobody(_chats: Iterable[int], _kind: Alert, _about: Mapping[str, Any]) -> None:
    """Where nothing can be sent directly."""


class Alerts:
    """``wake`` rings the pump after a commit; ``direct`` is the way around the database."""

    def __init__(
        self,
        database: Database | None,
        clock: Clock,
        admin_ids: Iterable[int],
        wake: Callable[[], object] = lambda: None,
        direct: Direct = _nobody,
    ) -> None:
        self._database = database
        self._clock = clock
        self._admins = tuple(sorted(admin_ids))
        self._wake = wake
        self._direct = direct
        self._told: dict[Alert, datetime] = {}

    async def tell(self, kind: Alert, **about: str | int) -> bool:
        """Tell the operators, unless they were told of this kind lately; False then. ``about`` has counts and names of
        parts of the program only."""
        try:
            told = await self._keep(kind, about)
        except StorageError:
            told = await self._send(kind, about)
        if told:
            meters.alerts.labels(kind.value).inc()
            log.error("alert", kind=kind.value, operators=len(self._admins), **about)
        return told

    async def _keep(self, kind: Alert, about: Mapping[str, Any]) -> bool:
        if self._database is None:
            return await self._send(kind, about)
        now = self._clock.now()
        async with self._database.transaction() as tx:
            if not await noted.take(tx, kind.value, now):
                return False
            for chat_id in self._admins:
                message = Outgoing(
                    chat_id,
                    SCREEN,
                    {"kind": kind.value, **about},
                    priority=Priority.RESULT,
                    dedupe_key=f"alert:{kind.value}:{chat_id}",
                )
                await outbox.add(tx, message, now)
        self._wake()
        return True

    async def _send(self, kind: Alert, about: Mapping[str, Any]) -> bool:
        now = self._clock.now()
        last = self._told.get(kind)
        if last is not None and now - last < noted.FIRST_GAP:
            return False
        self._told[kind] = now
        await self._direct(self._admins, kind, about)
        return True
