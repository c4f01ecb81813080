"""What keeps the queues small: processed ids, settled rows and finished jobs are forgotten after a while, and the chats of
those who never agreed; and what sees to it that erased means gone from the disk's files too."""

from datetime import timedelta

import structlog

from menus.ticking import ticking
from storage import inbox, jobs, outbox, people
from storage.clock import Clock
from storage.database import Database
from storage.errors import StorageError

log = structlog.get_logger(__name__)

EVERY_SECONDS = 6 * 3600.0
KEEP_SETTLED = timedelta(days=7)
"""Rows of what was sent hold no text by then; they serve to see what happened in the last week."""


WIPE_AGAIN_SECONDS, WIPE_AGAIN_AT_MOST = 60.0, 3600.0
"""While another program reads the log: Litestream always does, and moves it by itself."""


class Housekeeping:
    """Runs beside the queues."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Tidy at start and every six hours, until cancelled."""
        await ticking(self.tidy, self._clock, EVERY_SECONDS, "housekeeping_waits")

    async def wipe(self) -> None:
        """Whenever somebody erased something, and at start, empty the write-ahead log, which still holds it."""
        wait = WIPE_AGAIN_SECONDS
        while True:
            await self._database.erased.wait()
            self._database.erased.clear()
            if await self._emptied():
                wait = WIPE_AGAIN_SECONDS
                continue
            self._database.erased.set()
            await self._clock.sleep(wait)
            wait = min(2 * wait, WIPE_AGAIN_AT_MOST)

    async def _emptied(self) -> bool:
        try:
            emptied = await self._database.empty_log()
        except StorageError as exc:
            log.warning("log_not_emptied", kind=type(exc).__name__)
            return False
        if not emptied:
            log.info("log_not_emptied", kind="read_by_another")
        return emptied

    async def tidy(self) -> tuple[int, int, int, int]:
        """Forget what is old; returns how many inbox ids, outbox rows, jobs, and chats of people who are none of ours."""
        async with self._database.transaction() as tx:
            ids = await inbox.prune(tx)
            rows = await outbox.prune(tx, self._clock.now() - KEEP_SETTLED)
            done = await jobs.prune(tx, self._clock.now() - KEEP_SETTLED)
            gone = await people.forget_strangers(tx)
        return ids, rows, done, gone
