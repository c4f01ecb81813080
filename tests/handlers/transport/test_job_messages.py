"""What a job says while it runs and at its end."""

from datetime import date

from handlers.transport.job_messages import JobMessages
from storage import jobs, outbox, people
from storage.database import Connection, Database
from storage.jobs import Job
from tests.fakes.clock import START, ManualClock


async def a_job(tx: Connection, attempts: int = 1) -> Job:
    person = await people.create(tx, 5)
    await jobs.create_or_get(tx, person.id, "week", {}, START)
    for _ in range(attempts):
        await jobs.reopen_interrupted(tx, START)
        claimed = await jobs.claim_open(tx, START)
    return claimed[0]


async def at(tx: Connection, job: Job, done: int) -> Job:
    await jobs.progress(tx, job.id, done, 7, START)
    found = await jobs.get(tx, job.id)
    assert found is not None
    return found


async def owed(database: Database) -> list[tuple[str, object]]:
    async with database.reader() as conn:
        rows = await conn.fetch_all("SELECT screen, args FROM outbox WHERE state = 'pending' ORDER BY id")
    return [(row["screen"], row["args"]) for row in rows]


async def test_progress_is_shown_at_most_every_three_seconds_and_replaced_while_it_waits(
    database: Database, clock: ManualClock
) -> None:
    rings: list[int] = []
    messages = JobMessages(database, clock, lambda: rings.append(1))
    async with database.transaction() as tx:
        job = await a_job(tx)
    for done, pause in ((1, 0.0), (2, 1.0), (3, 1.0), (4, 1.0), (5, 1.0)):
        clock.advance(pause)
        async with database.transaction() as tx:
            job = await at(tx, job, done)
        await messages.progress(job)
    assert len(rings) == 2
    assert await owed(database) == [("progresso", '{"job":1,"done":4,"total":7,"resumed":false}')]


async def test_a_job_that_begins_is_not_told_twice(database: Database, clock: ManualClock) -> None:
    messages = JobMessages(database, clock, lambda: None)
    async with database.transaction() as tx:
        job = await a_job(tx)
    assert await messages.progress(job) == 0
    assert await owed(database) == []


async def test_a_job_taken_up_after_a_restart_says_so_once(database: Database, clock: ManualClock) -> None:
    messages = JobMessages(database, clock, lambda: None)
    async with database.transaction() as tx:
        job = await at(tx, await a_job(tx, attempts=2), 5)
    await messages.progress(job)
    assert '"resumed":true' in str((await owed(database))[0][1])
    clock.advance(3)
    await messages.progress(job)
    assert '"resumed":false' in str((await owed(database))[0][1])


async def test_the_end_takes_the_place_of_pending_progress_and_the_day_follows(
    database: Database, clock: ManualClock
) -> None:
    messages = JobMessages(database, clock, lambda: None)
    async with database.transaction() as tx:
        job = await at(tx, await a_job(tx), 6)
    await messages.progress(job)
    async with database.transaction() as tx:
        await messages.finished(tx, job, date(2026, 11, 25))
    assert [screen for screen, _ in await owed(database)] == ["semana_pronta", "dia"]


async def test_nobody_is_told_of_the_job_of_someone_who_left(database: Database, clock: ManualClock) -> None:
    messages = JobMessages(database, clock, lambda: None)
    async with database.transaction() as tx:
        job = await a_job(tx)
        await people.delete(tx, job.person_id)
        await messages.finished(tx, job, date(2026, 11, 25))
        await messages.failed(tx, job, "K7F2Q")
        assert await outbox.arrivals(tx, 0) == ()
