"""What keeps the queues small: processed ids, settled rows and finished jobs are forgotten after a while."""

from datetime import timedelta

from menus.ticking import ticking
from storage import inbox, jobs, outbox
from storage.clock import Clock
from storage.database import Database

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
        await ticking(self.tidy, self._clock, EVERY_SECONDS, "housekeeping_waits")

    async def tidy(self) -> tuple[int, int, int]:
        """Forget what is old; returns how many inbox ids, outbox rows and jobs."""
        async with self._database.transaction() as tx:
            ids = await inbox.prune(tx)
            rows = await outbox.prune(tx, self._clock.now() - KEEP_SETTLED)
            done = await jobs.prune(tx, self._clock.now() - KEEP_SETTLED)
        return ids, rows, done
