"""What keeps the queues small: processed ids, settled rows and finished jobs are forgotten after a while."""

from datetime import timedelta

import structlog

from storage import inbox, jobs, outbox
from storage.clock import Clock
from storage.database import Database
from storage.errors import StorageError

log = structlog.get_logger(__name__)

EVERY_SECONDS = 6 * 3600.0
KEEP_SETTLED = timedelta(days=7)
"""Rows of what was sent hold no text by then; they serve to see what happened in the last week."""


class Housekeeping:
    """Runs beside the queues."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Tidy at start and every six hours, until cancelled."""
        while True:
            try:
                await self.tidy()
            except StorageError as exc:
                log.warning("housekeeping_waits", kind=type(exc).__name__)
            await self._clock.sleep(EVERY_SECONDS)

    async def tidy(self) -> tuple[int, int, int]:
        """Forget what is old; returns how many inbox ids, outbox rows and jobs."""
        async with self._database.transaction() as tx:
            ids = await inbox.prune(tx)
            rows = await outbox.prune(tx, self._clock.now() - KEEP_SETTLED)
            done = await jobs.prune(tx, self._clock.now() - KEEP_SETTLED)
        return ids, rows, done
