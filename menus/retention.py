"""What is kept does not outlive its use: who is silent for a year is told, and erased 30 days later.

LGPD (Lei 13.709/2018), art. 15 and 16: processing ends when its purpose does, and the data is then erased. A word or a tap
after the telling starts the year anew. Who blocked the bot cannot be told and is erased by the same dates.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from menus.ticking import ticking
from storage import outbox, people, retention
from storage.clock import Clock, zone_named
from storage.database import Database
from storage.outbox import Outgoing, Priority

log = structlog.get_logger(__name__)

SILENCE = timedelta(days=365)
NOTICE = timedelta(days=30)
TICK_SECONDS = 6 * 3600.0
BATCH = 50
"""People told in one transaction: short enough that no answer waits for it."""

SCREEN = "despedida"


class Retention:
    """The tick. ``wake`` tells the outbox pump that rows were added."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[], object]) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        """Tick until cancelled. A tick that fails because the database is away is tried again at the next."""
        await ticking(self.tick, self._clock, TICK_SECONDS, "retention_waits")

    async def tick(self) -> tuple[int, int]:
        """Tell who is silent and erase who stayed silent; returns how many of each."""
        now = self._clock.now()
        erased = 0
        while await self._erase_one(now):
            erased += 1
        told = 0
        while (batch := await self._tell(now)) > 0:
            told += batch
        if told:
            self._wake()
        if told or erased:
            log.info("retention", told=told, erased=erased)
        return told, erased

    async def _tell(self, now: datetime) -> int:
        async with self._database.transaction() as tx:
            silent = await retention.to_tell(tx, now - SILENCE, BATCH)
            for one in silent:
                day = (now + NOTICE).astimezone(zone_named(one.time_zone)).date()
                message = Outgoing(
                    one.chat_id,
                    SCREEN,
                    {"date": day.isoformat()},
                    priority=Priority.OWN,
                    dedupe_key=f"{SCREEN}:{one.person_id}",
                )
                await outbox.add(tx, message, now)
                await retention.set_told(tx, one.person_id, now)
        return len(silent)

    async def _erase_one(self, now: datetime) -> bool:
        """One a transaction: a person's documents may be long."""
        async with self._database.transaction() as tx:
            silent = await retention.to_erase(tx, now - SILENCE, now - NOTICE, 1)
            for one in silent:
                await people.delete(tx, one.person_id)
        return bool(silent)
