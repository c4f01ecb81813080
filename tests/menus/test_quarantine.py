"""Jobs that were begun more than once without an end: after the others, one at a time, so that a kill blames only one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from structlog.testing import capture_logs

from menus import people
from menus.quarantine import DOUBTFUL_FROM, SECONDS
from menus.runner import Runner
from storage import jobs
from storage.database import Database
from storage.driver import Connection
from storage.jobs import Job
from tests.fakes.clock import START, ManualClock

KIND = "semana"


class Held(Runner):
    """Begins jobs and ends each when it is told to."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        super().__init__(database, clock, KIND, at_once=8, max_attempts=5)
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.may_end: dict[int, asyncio.Event] = {}

    async def work(self, job: Job) -> None:
        self.may_end[job.id] = asyncio.Event()
        self.begun.put_nowait(job.id)
        await self.may_end[job.id].wait()
        async with self.database.transaction() as tx:
            await jobs.finish(tx, job.id, START)

    async def give_up(self, tx: Connection, job: Job, code: str) -> None:
        raise AssertionError(code)

    def told(self) -> None: ...


@asynccontextmanager
async def running(database: Database, clock: ManualClock) -> AsyncIterator[Held]:
    """A runner at work; what runs at the end is stopped as by a kill: nothing is noted of how it ended."""
    runner = Held(database, clock)
    task = asyncio.create_task(runner.run())
    with capture_logs():
        async with asyncio.timeout(20):
            yield runner
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def asked(database: Database, chat_id: int, kills: int = 0) -> int:
    """Somebody's job, which was running at so many kills; its id."""
    async with database.transaction() as tx:
        person = await people.meet(tx, chat_id, "America/Sao_Paulo")
        job = await jobs.queue(tx, person.id, KIND, {}, START)
        for _ in range(kills):
            assert await jobs.claim(tx, job.id, START) is not None
            await jobs.reopen_interrupted(tx, START)
    return job.id


async def test_what_was_begun_twice_waits_for_the_others_and_then_runs_alone(
    database: Database, clock: ManualClock
) -> None:
    second = await asked(database, 1, DOUBTFUL_FROM + 1)
    first = await asked(database, 2, DOUBTFUL_FROM)  # blamed less
    others = {await asked(database, 3), await asked(database, 4, 1)}
    async with running(database, clock) as runner:
        assert {await runner.begun.get(), await runner.begun.get()} == others
        await clock.until_someone_sleeps()
        assert runner.begun.empty()
        clock.advance(SECONDS)
        assert await runner.begun.get() == first
        late = await asked(database, 5)
        runner.wake()
        assert await runner.begun.get() == late  # new work does not wait for the doubtful one
        runner.may_end[first].set()
        assert await runner.begun.get() == second


async def attempts_of(database: Database, *ids: int) -> list[int]:
    async with database.reader() as conn:
        return [job.attempts for each in ids if (job := await jobs.get(conn, each))]


async def test_a_kill_would_count_against_one_doubtful_job_and_a_stop_against_none(
    database: Database, clock: ManualClock
) -> None:
    first, second = [await asked(database, chat, DOUBTFUL_FROM) for chat in (1, 2)]
    async with running(database, clock) as runner:
        await clock.until_someone_sleeps()
        clock.advance(SECONDS)
        assert await runner.begun.get() == first
        assert await attempts_of(database, first, second) == [DOUBTFUL_FROM + 1, DOUBTFUL_FROM]
    assert await attempts_of(database, first, second) == [DOUBTFUL_FROM, DOUBTFUL_FROM]
