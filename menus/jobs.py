"""The job runner: makes the weeks that people asked for, outside of their turns, and resumes after any stop.

A job is a row. The week, the end of the job and the messages that tell it are one transaction: either all of them
happened or the job is still open and is taken up again at the next start, with the same seed.
"""

import asyncio
import secrets
import traceback
from collections.abc import Coroutine
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any, Protocol

import structlog

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

MAX_ATTEMPTS = 5
"""A job that was begun this often without an end (it may be what kills the program) is given up."""

MAX_REMAKES = 3
RETRY_SECONDS = 2.0


class Announcer(Protocol):
    """Tells people about their job: ``handlers.transport.job_messages.JobMessages``."""

    async def progress(self, job: Job) -> float | None:
        """Show how far ``job`` is; seconds to wait when it is too soon to show anything."""
        ...

    async def finished(self, tx: Connection, job: Job, first_day: date) -> None:
        """Owe the result, in the transaction that saves it."""
        ...

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        """Owe the bad news, in the transaction that ends the job."""
        ...

    def wake(self) -> None:
        """Ring the outbox after a commit."""
        ...


class JobRunner:
    """Runs jobs until cancelled; ``wake`` after a commit that made one."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        service: MenuService,
        announcer: Announcer,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._service = service
        self._announcer = announcer
        self._at_once = at_once
        self._bell = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be a new job."""
        self._bell.set()

    async def run(self) -> None:
        """Take up what was interrupted, then every new job, until cancelled; what then runs stays open."""
        await self._until_stored(self._reopen)
        try:
            while True:
                self._bell.clear()
                await self._until_stored(self._claim)
                await self._bell.wait()
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until no job is being worked on."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def _reopen(self) -> None:
        async with self._database.transaction() as tx:
            count = await jobs.reopen_interrupted(tx, self._clock.now(), kind=KIND)
        if count:
            log.info("jobs resumed", count=count)

    async def _claim(self) -> None:
        """Claim as many open jobs as there is room for."""
        free = self._at_once - len(self._running)
        if free < 1:
            return
        async with self._database.transaction() as tx:
            claimed = await jobs.claim_open(tx, self._clock.now(), free, kind=KIND)
        for job in claimed:
            self._start(self._work(job))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._bell.set()  # there is room for another

    async def _until_stored(self, step: Any) -> None:
        """Repeat ``step`` while the database is away."""
        while True:
            try:
                await step()
            except StorageError as exc:
                log.warning("jobs_wait", kind=type(exc).__name__)
                await self._clock.sleep(RETRY_SECONDS)
            else:
                return

    async def _work(self, job: Job) -> None:
        """One job to its end. Nothing a single job does may stop the others: an unforeseen error ends that job only."""
        try:
            if job.attempts > MAX_ATTEMPTS:
                await self._fail(job, "too_many_attempts")
                return
            await self._make(job)
        except CannotMakeWeek as exc:
            log.info("week not made", job=job.id, code=exc.code)
            await self._fail(job, exc.code)
        except StorageError as exc:
            log.warning("job postponed", job=job.id, kind=type(exc).__name__)
            await self._clock.sleep(RETRY_SECONDS)
            await self._until_stored(lambda: self._release(job))
        except Exception as exc:  # noqa: BLE001 -- the border of a job: logged with its code, and told to the person
            await self._broke(job, exc)

    async def _broke(self, job: Job, exc: Exception) -> None:
        """End a job by an error that nobody foresaw; the person is told the code that the log has."""
        code = secrets.token_hex(3)
        log.error("job failed", job=job.id, code=code, where=_where(exc))
        await self._fail(job, code)

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
                await self._clock.sleep(wait)
                while not news.empty():
                    done, asked = news.get_nowait()

    async def _told(self, job: Job, done: int, asked: int) -> float:
        """Record and show progress; seconds to wait before it may be shown, else 0."""
        try:
            async with self._database.transaction() as tx:
                await jobs.progress(tx, job.id, done, asked, self._clock.now())
            return await self._announcer.progress(replace(job, done_units=done, total_units=asked)) or 0.0
        except StorageError as exc:
            log.warning("progress not told", job=job.id, kind=type(exc).__name__)
            return 0.0

    async def _settle(self, job: Job, made: MadeWeek) -> bool:
        """Save, finish and tell in one transaction; False to make it again for the restrictions of now."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            current = await jobs.get(tx, job.id)
            if current is None or current.state != "running":
                return True  # stopped or erased meanwhile: nothing is kept
            if not await self._service.save(tx, job, made, now):
                return False
            await jobs.finish(tx, job.id, now)
            await self._announcer.finished(tx, job, made.week.start)
        self._announcer.wake()
        log.info("week made", job=job.id, writer=made.week.writer.value, unmet=len(made.week.unmet))
        return True

    async def _fail(self, job: Job, code: str) -> None:
        async def fail() -> None:
            async with self._database.transaction() as tx:
                if await jobs.fail(tx, job.id, code, self._clock.now()):
                    await self._announcer.failed(tx, job, code)
            self._announcer.wake()

        await self._until_stored(fail)

    async def _release(self, job: Job) -> None:
        async with self._database.transaction() as tx:
            await jobs.release(tx, job.id, self._clock.now())
        self.wake()


def _where(exc: BaseException) -> str:
    """Kind of the error and the last lines it passed, without its message: that may quote a person."""
    frames = traceback.extract_tb(exc.__traceback__)[-4:]
    lines = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(exc).__name__} at {lines}"
