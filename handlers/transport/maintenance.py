"""The bot without its database: everybody reads that it is in maintenance, and nothing touches the file.

Updates that were answered so are ended: the person was told to come back. It lasts until the database is sound again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from handlers.catalogue import catalogue
from handlers.transport.apologies import Apologies
from handlers.transport.bot import RawBot
from handlers.transport.patience import Patience
from handlers.transport.poll import PollLoop
from handlers.transport.sender import Sender
from handlers.transport.waiting import first_of
from handlers.transport.webhook import Door, Registration
from menus.alerts import Alert, Alerts
from storage.clock import Clock

log = structlog.get_logger(__name__)

LOOK_SECONDS = 10.0
GAP_SECONDS = 2.0
GOODBYE_SECONDS = 5.0


class Maintenance:
    """``door`` is the webhook's, None to poll. ``over`` says whether the database can be served from again."""

    def __init__(
        self,
        bot: RawBot,
        clock: Clock,
        admin_ids: Sequence[int],
        over: Callable[[], Awaitable[bool]],
        door: Door | None = None,
    ) -> None:
        self._bot = bot
        self._clock = clock
        self._over = over
        self._door = door
        self._apologies = Apologies(Sender(bot), clock, catalogue(), GAP_SECONDS)
        self._alerts = Alerts(None, clock, admin_ids, direct=self._apologies.alert)

    async def run(self, stop: asyncio.Event, alert: Alert, **about: str | int) -> None:
        """Answer until the database is back or ``stop`` is set. Raises ``InvalidToken``."""
        log.error("maintenance", alert=alert.value, **about)
        await Patience(self._clock, "maintenance").until_it_works(self._bot.initialize)
        answering = asyncio.create_task(self._answer(), name="maintenance")
        ends = [
            asyncio.create_task(self._alerting(alert, about)),
            asyncio.create_task(self._until_over()),
            asyncio.create_task(stop.wait()),
        ]
        try:
            await asyncio.wait([answering, *ends[1:]], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (answering, *ends):
                task.cancel()
            await asyncio.wait([answering, *ends])
            await self._goodbye()
        if not answering.cancelled():
            answering.result()

    async def _answer(self) -> None:
        if self._door is None:
            await PollLoop(self._bot, self._take, self._clock).run()
        else:
            self._door.open(self._take)
            await Registration(self._bot, self._door.address, self._clock).run()

    async def _take(self, updates: Sequence[Any]) -> None:
        self._apologies.for_updates(updates)

    async def _alerting(self, alert: Alert, about: dict[str, str | int]) -> None:
        """Tell the operators, and again from time to time while it lasts."""
        while True:
            await self._alerts.tell(alert, **about)
            await self._clock.sleep(60.0)

    async def _until_over(self) -> None:
        while not await self._over():
            await self._clock.sleep(LOOK_SECONDS)
        log.info("maintenance_over")

    async def _goodbye(self) -> None:
        if self._door is not None:
            await self._door.close()
        await first_of(self._apologies.finish(), self._clock.sleep(GOODBYE_SECONDS))
        await self._bot.shutdown()
