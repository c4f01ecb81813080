"""The job runner: makes the weeks that people asked for, outside of their turns, and resumes after any stop.

A job is a row. The week, the end of the job and the messages that tell it are one transaction: either all of them
happened or the job is still open and is taken up again at the next start, with the same seed.
"""

import asyncio
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from typing import Protocol

import structlog

from menus.runner import Runner
from menus.service import KIND, MadeWeek, MenuService
from menus.weekly import CannotMakeWeek
from storage import jobs
from storage.clock import Clock
from storage.database import Database
from storage.driver import Connection
from storage.errors import StorageError
from storage.jobs import Job

log = structlog.get_logger(__name__)

AT_ONCE = 16
"""Jobs taken up at once: most of a week's time is waiting for a writer; computing is bounded by the workshop."""

MAX_ATTEMPTS = 8
"""A job that was begun this often without an end (it may be what kills the program) is given up."""

MAX_REMAKES = 3
RETRY_SECONDS = 2.0


class Settled(Enum):
    """What became of a week when it was to be saved. ``UNWANTED``: it was stopped or its person erased meanwhile."""

    KEPT = auto()
    UNWANTED = auto()
    OUTDATED = auto()


class Announcer(Protocol):
    """Tells people about their job: ``handlers.transport.job_messages.JobMessages``."""

    async def progress(self, job: Job) -> float | None:
        """Show how far ``job`` is; seconds to wait when it is too soon to show anything."""
        ...

    async def finished(self, tx: Connection, job: Job, first_day: date) -> None:
        """Owe the result, in the transaction that saves it; await nothing but ``tx``."""
        ...

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        """Owe the bad news, in the transaction that ends the job."""
        ...

    def wake(self) -> None:
        """Ring the outbox after a commit."""
        ...


class JobRunner(Runner):
    """Makes weeks until cancelled; ``wake`` after a commit that asked for one."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        service: MenuService,
        announcer: Announcer,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        super().__init__(
            database,
            clock,
            KIND,
            at_once=at_once,
            max_attempts=MAX_ATTEMPTS,
            retry_seconds=RETRY_SECONDS,
        )
        self._service = service
        self._announcer = announcer

    async def work(self, job: Job) -> None:
        """Make a week to its end, or say why none can be made."""
        try:
            await self._make(job)
        except CannotMakeWeek as exc:
            log.info("week not made", job=job.id, code=exc.code)
            await self.fail(job, exc.code)

    async def give_up(self, tx: Connection, job: Job, code: str) -> None:
        """Say that no week was made."""
        await self._announcer.failed(tx, job, code)

    def told(self) -> None:
        """Ring the outbox."""
        self._announcer.wake()

    async def _make(self, job: Job) -> None:
        for _ in range(MAX_REMAKES):
            made = await self._with_progress(job)
            if await self._settle(job, made):
                return
        raise CannotMakeWeek("restrictions_keep_changing")

    async def _with_progress(self, job: Job) -> MadeWeek:
        """Make the week; days reported from the writer's thread are told by this loop, newest only."""
        loop = asyncio.get_running_loop()
        news: asyncio.Queue[tuple[int, int]] = asyncio.Queue()

        def report(done: int, asked: int) -> None:
            loop.call_soon_threadsafe(news.put_nowait, (done, asked))

        teller = asyncio.create_task(self._tell(job, news))
        try:
            return await self._service.make(job, report)
        finally:
            teller.cancel()
            await asyncio.gather(teller, return_exceptions=True)

    async def _tell(self, job: Job, news: "asyncio.Queue[tuple[int, int]]") -> None:
        """Tell the newest progress; what comes too soon after the last is told when its time has come."""
        await self._announcer.progress(job)
        while True:
            done, asked = await news.get()
            while wait := await self._told(job, done, asked):
                await self.clock.sleep(wait)
                while not news.empty():
                    done, asked = news.get_nowait()

    async def _told(self, job: Job, done: int, asked: int) -> float:
        """Record and show progress; seconds to wait before it may be shown, else 0."""
        try:
            now = self.clock.now()
            await self.database.at_once(lambda tx: jobs.progress(tx, job.id, done, asked, now))
            return await self._announcer.progress(replace(job, done_units=done, total_units=asked)) or 0.0
        except StorageError as exc:
            log.warning("progress not told", job=job.id, kind=type(exc).__name__)
            return 0.0

    async def _settle(self, job: Job, made: MadeWeek) -> bool:
        """Save, finish and tell in one transaction; False to make it again for the restrictions of now."""
        now = self.clock.now()

        async def settle(tx: Connection) -> Settled:
            current = await jobs.get(tx, job.id)
            if current is None or current.state != "running":
                return Settled.UNWANTED
            if not await self._service.save(tx, job, made, now):
                return Settled.OUTDATED
            await jobs.finish(tx, job.id, now)
            await self._announcer.finished(tx, job, made.week.start)
            return Settled.KEPT

        settled = await self.database.at_once(settle)
        if settled is Settled.KEPT:
            self._announcer.wake()
            log.info("week made", job=job.id, writer=made.week.writer.value, unmet=len(made.week.unmet))
        return settled is not Settled.OUTDATED
