"""How much one person may ask for in a day: counted for each alone, whatever came of it, and free again a day later."""

from datetime import timedelta

from menus import allowance, service
from storage import jobs, people
from storage.database import Database
from tests.fakes.clock import START

MOST = allowance.MOST_A_DAY[service.KIND]


async def ask(database: Database, person_id: int, times: int) -> None:
    for _ in range(times):
        async with database.transaction() as tx:
            await jobs.create_or_get(tx, person_id, service.KIND, {}, START)
            await jobs.cancel(tx, person_id, service.KIND, START)


async def test_a_day_holds_so_many_weeks_a_person_and_the_next_day_as_many(database: Database) -> None:
    async with database.transaction() as tx:
        eager, other = (await people.create(tx, 7)).id, (await people.create(tx, 8)).id
    await ask(database, eager, MOST - 1)
    async with database.reader() as conn:
        assert not await allowance.used_up(conn, eager, service.KIND, START)
    await ask(database, eager, 1)
    async with database.reader() as conn:
        assert await allowance.used_up(conn, eager, service.KIND, START)
        assert not await allowance.used_up(conn, other, service.KIND, START)
        assert not await allowance.used_up(conn, eager, service.KIND, START + timedelta(days=1, seconds=1))


async def test_the_last_one_of_the_day_may_still_be_looked_at_while_it_is_made(database: Database) -> None:
    async with database.transaction() as tx:
        eager = (await people.create(tx, 7)).id
    await ask(database, eager, MOST - 1)
    async with database.transaction() as tx:
        await jobs.create_or_get(tx, eager, service.KIND, {}, START)
        assert not await allowance.used_up(tx, eager, service.KIND, START)


async def test_jobs_that_ended_are_forgotten_and_open_ones_are_not(database: Database) -> None:
    async with database.transaction() as tx:
        eager = (await people.create(tx, 7)).id
    await ask(database, eager, 3)
    async with database.transaction() as tx:
        open_one, _ = await jobs.create_or_get(tx, eager, service.KIND, {}, START)
        assert await jobs.prune(tx, START) == 0
        assert await jobs.prune(tx, START + timedelta(days=7)) == 3
        assert await jobs.get(tx, open_one.id) is not None
