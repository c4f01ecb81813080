"""The transport as a whole: built in one place, started and stopped in order."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.ext import Application, ApplicationBuilder

from handlers.catalogue import Catalogue
from handlers.transport.apologies import Apologies
from handlers.transport.bot import RawBot
from handlers.transport.courier import Courier, Stage
from handlers.transport.housekeeping import Housekeeping
from handlers.transport.intake import Intake
from handlers.transport.limiter import Limiter, Limits
from handlers.transport.patience import Patience
from handlers.transport.poll import PollLoop
from handlers.transport.processor import ChatProcessor
from handlers.transport.pump import Pump
from handlers.transport.screens import Screens
from handlers.transport.sender import Sender
from handlers.transport.turn import Route
from handlers.transport.waiting import first_of
from handlers.transport.webhook import Door, Registration
from handlers.transport.worker import InboxWorker, Tools
from storage.clock import Clock
from storage.database import Database
from storage.errors import DatabaseBusy, DatabaseCorrupt, StorageError

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

    ``run`` does it all until ``stop`` is set; ``start`` and ``stop`` are its halves. Updates come from the poll loop, or
    through ``door`` from a webhook. ``wake`` tells the pump that something other than a turn wrote to the outbox (after
    its commit).
    """

    def __init__(
        self,
        bot: RawBot,
        database: Database,
        clock: Clock,
        face: Face,
        limits: Limits | None = None,
        *,
        door: Door | None = None,
    ) -> None:
        self.bot = bot
        self._database = database
        self._clock = clock
        self._door = door
        self._refusals = 0
        processor = ChatProcessor()
        # Our poll loop, inbox and limiter take the places of the library's updater, job queue and rate limiter.
        builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None).concurrent_updates(processor)
        self._application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
        limiter, sender = Limiter(clock, limits), Sender(bot)
        stage = Stage(face.screens, face.services, face.catalogue)
        courier = Courier(database, sender, limiter, clock, stage)
        self.pump = Pump(database, courier, sender, limiter, clock)
        self.wake = self.pump.wake
        self.apologies = Apologies(sender, clock, face.catalogue(stage.default_language))
        tools = Tools(
            bot,
            face.route,
            face.services,
            self.pump,
            apologise=self.apologies.for_one,
        )
        self.worker = InboxWorker(database, processor, clock, tools)
        self.intake = Intake(database, clock, self.worker.submit, self.pump.wake)
        self._housekeeping = Housekeeping(database, clock)
        self._source = (
            PollLoop(bot, self.accept, clock) if door is None else Registration(bot, door.address, clock)
        )
        self._tasks: list[asyncio.Task[Any]] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until ``stop`` is set, then stop gracefully.

        Raises ``DatabaseCorrupt`` as soon as the file was found damaged, ``InvalidToken``, and whatever broke a loop.
        """
        await self.start()
        ends = [asyncio.create_task(stop.wait()), asyncio.create_task(self._database.corrupted.wait())]
        try:
            await asyncio.wait([*ends, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel(ends)
            await self.stop()
        if self._database.corrupted.is_set():
            raise DatabaseCorrupt("a statement found the database damaged")

    async def start(self, *, poll: bool = True) -> None:
        """Reach Telegram (for as long as it takes), take up what was left, and begin."""
        await Patience(self._clock, "start").until_it_works(self._application.initialize)
        left = await self.worker.replay()
        log.info("transport_started", left=left, webhook=self._door is not None)
        beside = (self.pump.run(), self._housekeeping.run(), self._housekeeping.wipe())
        self._tasks = [asyncio.create_task(work) for work in beside]
        if self._door is not None:
            self._door.open(self.accept)
        if poll:
            self._tasks.append(asyncio.create_task(self._source.run()))

    async def accept(self, updates: Sequence[Any]) -> None:
        """Store what came. Raises ``StorageError``: Telegram keeps it then, and the people are told why they wait."""
        try:
            await self.intake.accept(updates)
        except StorageError as exc:
            self._refusals += 1
            # A lock that another program holds for one busy timeout is hardly noticed; the second one is.
            if not isinstance(exc, DatabaseBusy) or self._refusals > 1:
                self.apologies.for_updates(updates)
            raise
        self._refusals = 0

    async def stop(self) -> None:
        """Take no more updates, finish the turns that run, send for at most ``DRAIN_SECONDS``, close connections.

        Raises what ended a loop, if one had ended by itself.
        """
        pump, others = self._tasks[:1], self._tasks[1:]
        await _cancel(others)
        if self._door is not None:
            await self._door.close()
        await self.worker.stop()
        if self._database.corrupted.is_set():
            self._apologise_to_all()
        elif any(not task.done() for task in pump):
            await first_of(self.pump.idle(), self._clock.sleep(DRAIN_SECONDS))
        await _cancel(pump)
        await first_of(self._last_words(), self._clock.sleep(DRAIN_SECONDS))
        await self._application.shutdown()
        ended, self._tasks = self._tasks, []
        for task in ended:
            if not task.cancelled() and (broken := task.exception()) is not None:
                raise broken

    def _apologise_to_all(self) -> None:
        """Whoever waits for an answer reads why it does not come."""
        for waiting in self.worker.unanswered():
            self.apologies.for_one(waiting.update_id, waiting.chat_id)
        for chat_id in self.pump.answers_owed():
            self.apologies.to_chat(chat_id)

    async def _last_words(self) -> None:
        await self.pump.finish()
        await self.apologies.finish()


async def _cancel(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
