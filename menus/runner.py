"""A runner of jobs of one kind: takes up what a kill interrupted, then every new one, a few at once, each to its end."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress

import structlog
from structlog.contextvars import bound_contextvars

from menus import meters
from menus.failures import report, short_code
from menus.quarantine import DOUBTFUL_FROM, Quarantine
from storage import jobs
from storage.clock import Clock
from storage.database import Database
from storage.driver import Connection
from storage.errors import StorageError
from storage.jobs import Job

log = structlog.get_logger(__name__)

RETRY_SECONDS = 5.0
"""How long a job waits while the database is away, unless its kind says otherwise."""


class Runner(ABC):
    """Runs jobs of ``kind`` until cancelled; ``wake`` after a commit that made one.

    A kind says what is done (``work``, which ends the job in its own transaction) and what is told when a job is
    given up (``give_up``): begun ``max_attempts`` times without an end, or broken by an unforeseen error.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        kind: str,
        *,
        at_once: int,
        max_attempts: int,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self.database = database
        self.clock = clock
        self._kind = kind
        self._at_once = at_once
        self._max_attempts = max_attempts
        self._doubtful = range(DOUBTFUL_FROM, max_attempts)
        self._quarantine = Quarantine(clock, self.wake)
        self._retry_seconds = retry_seconds
        self._bell = asyncio.Event()
        self._failed: set[int] = set()
        self._running: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def work(self, job: Job) -> None:
        """Do one job and finish it."""

    @abstractmethod
    async def give_up(self, tx: Connection, job: Job, code: str) -> None:
        """Owe the person a word, in the transaction that marks the job as failed."""

    @abstractmethod
    def told(self) -> None:
        """``give_up`` was committed."""

    def wake(self) -> None:
        """There may be a new job."""
        self._bell.set()

    async def run(self) -> None:
        """Take up what was interrupted, then every new job."""
        await self._until_stored(self._reopen)
        try:
            while True:
                self._bell.clear()
                await self._until_stored(self._claim)
                await self._bell.wait()
        finally:
            self._quarantine.close()
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until no job is being worked on."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def fail(self, job: Job, code: str) -> None:
        """End a job without its result; ``code`` is told to the person."""

        async def failed() -> None:
            async with self.database.transaction() as tx:
                if await jobs.fail(tx, job.id, code, self.clock.now()):
                    await self.give_up(tx, job, code)

        self._failed.add(job.id)
        await self._until_stored(failed)
        self.told()

    async def _until_stored(self, step: Callable[[], Awaitable[None]]) -> None:
        """Repeat ``step`` while the database is away."""
        while True:
            try:
                return await step()
            except StorageError as exc:
                log.warning("jobs wait", kind=self._kind, error=type(exc).__name__)
                await self.clock.sleep(self._retry_seconds)

    async def _reopen(self) -> None:
        async with self.database.transaction() as tx:
            count = await jobs.reopen_interrupted(tx, self.clock.now(), kind=self._kind)
        if count:
            log.info("jobs resumed", kind=self._kind, count=count)

    async def _claim(self) -> None:
        free = self._at_once - len(self._running)
        if free < 1:
            return
        now = self.clock.now()

        async def claim(tx: Connection) -> tuple[tuple[Job, ...], int | None]:
            claimed = await jobs.claim_open(tx, now, free, kind=self._kind, leave=self._doubtful)
            return claimed, await jobs.begun(tx, self._kind, self._doubtful)

        claimed, doubtful = await self.database.at_once(claim)
        for job in claimed:
            self._start(self._to_its_end(job))
        if doubtful is not None and len(claimed) < free and self._quarantine.admits():
            self._quarantine.taken = True
            self._start(self._alone(doubtful))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def _alone(self, job_id: int) -> None:
        """Do a job that was begun more than once, with no other such beside it."""
        try:
            now = self.clock.now()
            job = await self.database.at_once(lambda tx: jobs.claim(tx, job_id, now))
            if job is not None:
                await self._to_its_end(job)
        except StorageError as exc:
            log.warning("jobs wait", kind=self._kind, error=type(exc).__name__)
            await self.clock.sleep(self._retry_seconds)
        finally:
            self._quarantine.taken = False

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._bell.set()  # there is room for another

    async def _to_its_end(self, job: Job) -> None:
        """Do one job, and log it in one line however it ends."""
        started, outcome = self.clock.monotonic(), "interrupted"
        try:
            with bound_contextvars(job=job.id):
                outcome = await self._end(job)
        except asyncio.CancelledError:
            with suppress(StorageError):
                now = self.clock.now()
                await self.database.at_once(lambda tx: jobs.unclaim(tx, job.id, now))
            raise
        finally:
            seconds = self.clock.monotonic() - started
            meters.job_seconds.labels(self._kind, outcome).observe(seconds)
            log.info(
                "job", job=job.id, kind=self._kind, outcome=outcome, milliseconds=round(seconds * 1000, 1)
            )

    async def _end(self, job: Job) -> str:
        """What came of it: done, failed or postponed."""
        try:
            if job.attempts > self._max_attempts:
                await self.fail(job, "too_many_attempts")
            else:
                await self.work(job)
        except StorageError as exc:
            log.warning("job postponed", job=job.id, kind=self._kind, error=type(exc).__name__)
            await self.clock.sleep(self._retry_seconds)
            await self._until_stored(lambda: self._release(job))
            return "postponed"
        except Exception as exc:  # noqa: BLE001 -- whatever it was, it ends this job alone, and the person is told
            code = short_code()
            # In a thread: the lines of code that an error passed are read from disk.
            await asyncio.to_thread(report, "job failed", exc, job=job.id, kind=self._kind, code=code)
            await self.fail(job, code)
        if job.id in self._failed:
            self._failed.discard(job.id)
            return "failed"
        return "done"

    async def _release(self, job: Job) -> None:
        async with self.database.transaction() as tx:
            await jobs.release(tx, job.id, self.clock.now())
        self.wake()
