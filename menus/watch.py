"""The watch: looks every minute at what nobody would notice by themselves, and alerts the operators."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import NamedTuple

import structlog

from menus import meters
from menus.alerts import Alert, Alerts
from menus.failures import report
from storage import checkup, outbox
from storage.clock import Clock
from storage.database import Database
from storage.errors import DatabaseCorrupt, StorageError

log = structlog.get_logger(__name__)

LOOK_SECONDS = 60.0
OWED_FOR = timedelta(minutes=5)
"""An answer that waits longer is not on its way: reminders may, in a rush."""

REFUSED_MESSAGES = 10
"""Messages that Telegram refused for good within ten minutes: ours are wrong."""

WINDOW = 10
"""Looks over which errors are counted."""

ERRORS_AT_LEAST, ERRORS_SHARE = 5, 0.1
INDEX_LOOKS = 15
"""Looks before an index that is not complete is trouble: embedding a guide takes minutes on a slow machine."""

LOW_DISK_BYTES = 300 * 1024**2
CHECK_LOOKS = 24 * 60
"""Looks between two readings of the whole database."""


class _Seen(NamedTuple):
    turns: int
    failed: int
    refused: int


class Watch:
    """``refusal`` names the error for which Gemini is not asked at all, or None; ``index_ready`` whether search is whole."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        alerts: Alerts,
        *,
        refusal: Callable[[], str | None] = lambda: None,
        index_ready: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._alerts = alerts
        self._refusal = refusal
        self._index_ready = index_ready
        self._looks = 0
        self._incomplete = 0
        self._seen: deque[_Seen] = deque([_seen()], maxlen=WINDOW + 1)

    async def run(self) -> None:
        """Look now and every minute until cancelled. One look that breaks does not end the watch."""
        while True:
            try:
                await self.look()
            except Exception as exc:  # noqa: BLE001 -- the watch must outlive whatever it finds
                await asyncio.to_thread(report, "watch_broke", exc)
            await self._clock.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """One look at everything."""
        self._looks += 1
        await self._storage()
        await self._disk()
        await self.gemini()
        await self._errors()
        await self._words()
        await self._index()
        if self._looks % CHECK_LOOKS == 0:
            await self._whole()

    async def _storage(self) -> None:
        """Write; if that works, see whether answers leave."""
        try:
            await checkup.beat(self._database, self._clock.now())
            async with self._database.reader() as conn:
                owed = await outbox.oldest_owed(conn)
        except DatabaseCorrupt:
            return  # whoever serves from it stops, and tells
        except StorageError as exc:
            await self._alerts.tell(Alert.STORAGE, error=type(exc).__name__)
            return
        age = self._clock.now() - owed.since if owed.since is not None else timedelta()
        if age > OWED_FOR:
            await self._alerts.tell(Alert.OUTBOX, waiting=owed.count, minutes=int(age.total_seconds() // 60))

    async def _disk(self) -> None:
        room = await checkup.room(self._database.path)
        if room.free < LOW_DISK_BYTES:
            await self._alerts.tell(Alert.DISK, megabytes=room.free // 1024**2)

    async def gemini(self) -> None:
        """Look whether Gemini refuses us for good: also right after the check at start."""
        refusal = self._refusal()
        if refusal is not None:
            await self._alerts.tell(
                Alert.GEMINI_KEY if refusal == "GeminiKeyRejected" else Alert.GEMINI_MODEL
            )

    async def _errors(self) -> None:
        now, before = _seen(), self._seen[0]
        self._seen.append(now)
        turns, failed = now.turns - before.turns, now.failed - before.failed
        refused = now.refused - before.refused
        if failed >= ERRORS_AT_LEAST and failed >= ERRORS_SHARE * turns:
            await self._alerts.tell(Alert.ERRORS, failed=failed, turns=turns)
        if refused >= REFUSED_MESSAGES:
            await self._alerts.tell(Alert.REFUSED, count=refused)

    async def _index(self) -> None:
        if self._index_ready is None:
            return
        try:
            ready = await self._index_ready()
        except StorageError:
            ready = False
        self._incomplete = 0 if ready else self._incomplete + 1
        if self._incomplete >= INDEX_LOOKS:
            await self._alerts.tell(Alert.INDEX)

    async def _words(self) -> None:
        """Make a damaged full-text index anew: its texts are beside it."""
        if not self._database.words_damaged.is_set():
            return
        try:
            count = await checkup.rebuild_words(self._database)
        except StorageError:
            await self._alerts.tell(Alert.INDEX)
        else:
            log.warning("words_rebuilt", indexes=count)

    async def _whole(self) -> None:
        try:
            if not await checkup.check(self._database.path):
                self._database.words_damaged.set()
        except DatabaseCorrupt:
            self._database.corrupted.set()
        except StorageError as exc:
            log.warning("database_not_checked", kind=type(exc).__name__)


def _seen() -> _Seen:
    turns, sends = meters.by_outcome(meters.updates), meters.by_outcome(meters.sends)
    return _Seen(
        turns.get("done", 0) + turns.get("failed", 0), turns.get("failed", 0), sends.get("refused", 0)
    )
