"""The transport as a whole: built in one place, started and stopped in order."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from handlers.catalogue import Catalogue
from handlers.transport.bot import RawBot
from handlers.transport.courier import Courier, Stage
from handlers.transport.housekeeping import Housekeeping
from handlers.transport.intake import Intake
from handlers.transport.limiter import Limiter, Limits
from handlers.transport.poll import BACKOFF_SECONDS, PollLoop
from handlers.transport.processor import ChatProcessor
from handlers.transport.pump import Pump
from handlers.transport.screens import Screens
from handlers.transport.sender import Sender
from handlers.transport.turn import Route
from handlers.transport.waiting import first_of
from handlers.transport.worker import InboxWorker, Tools
from storage.clock import Clock
from storage.database import Database

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 5.0
"""How long a graceful stop goes on sending; what is left is sent at the next start."""


@dataclass(frozen=True, slots=True)
class Face:
    """What makes this bot what it is: its routes, its screens, their catalogue and services."""

    route: Route
    screens: Screens
    catalogue: Callable[[str], Catalogue]
    services: Any


class Transport:
    """Everything between Telegram and the handlers.

    ``run`` does it all until ``stop`` is set; ``start`` and ``stop`` are its halves. ``intake`` is where a webhook would
    hand in updates; ``wake`` tells the pump that something other than a turn wrote to the outbox (after its commit).
    """

    def __init__(
        self, bot: RawBot, database: Database, clock: Clock, face: Face, limits: Limits | None = None
    ) -> None:
        self.bot = bot
        self._clock = clock
        processor = ChatProcessor()
        # Our poll loop, inbox and limiter take the places of the library's updater, job queue and rate limiter.
        builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None).concurrent_updates(processor)
        self._application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
        limiter, sender = Limiter(clock, limits), Sender(bot)
        stage = Stage(face.screens, face.services, face.catalogue)
        courier = Courier(database, sender, limiter, clock, stage)
        self.pump = Pump(database, courier, sender, limiter, clock)
        self.wake = self.pump.wake
        tools = Tools(bot, face.route, face.services, self.pump.wake, self.pump.answer_tap)
        self.worker = InboxWorker(database, processor, clock, tools)
        self.intake = Intake(database, clock, self.worker.submit, self.pump.wake)
        self._housekeeping = Housekeeping(database, clock)
        self._poll = PollLoop(bot, self.intake, clock)
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until ``stop`` is set, then stop gracefully. Raises ``InvalidToken``, and whatever broke a loop."""
        await self.start()
        try:
            watch = asyncio.create_task(stop.wait())
            await asyncio.wait([watch, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
            watch.cancel()
        finally:
            await self.stop()

    async def start(self, *, poll: bool = True) -> None:
        """Reach Telegram (for as long as it takes), take up what was left, and begin."""
        await self._initialize()
        left = await self.worker.replay()
        log.info("transport_started", left=left)
        self._tasks = [asyncio.create_task(self.pump.run()), asyncio.create_task(self._housekeeping.run())]
        if poll:
            self._tasks.append(asyncio.create_task(self._poll.run()))

    async def stop(self) -> None:
        """Stop fetching, finish the turns that run, send for at most ``DRAIN_SECONDS``, close connections.

        Raises what ended a loop, if one had ended by itself.
        """
        pump, others = self._tasks[:1], self._tasks[1:]
        await _cancel(others)
        await self.worker.stop()
        if any(not task.done() for task in pump):
            await first_of(self.pump.idle(), self._clock.sleep(DRAIN_SECONDS))
        await _cancel(pump)
        await first_of(self.pump.finish(), self._clock.sleep(DRAIN_SECONDS))
        await self._application.shutdown()
        ended, self._tasks = self._tasks, []
        for task in ended:
            if not task.cancelled() and (broken := task.exception()) is not None:
                raise broken

    async def _initialize(self) -> None:
        """Ask Telegram who we are; a network that is down at start is waited for."""
        attempt = 0
        while True:
            try:
                return await self._application.initialize()
            except InvalidToken:
                raise
            except TelegramError as exc:
                log.warning("telegram_not_reached", kind=type(exc).__name__, attempt=attempt)
                await self._clock.sleep(BACKOFF_SECONDS[min(attempt, len(BACKOFF_SECONDS) - 1)])
                attempt += 1


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
