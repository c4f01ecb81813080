"""Ticks, what is at home, days and household: set, never flipped, apart for each person and week."""

import asyncio
from datetime import date

import pytest

from storage import people, shopping
from storage.database import Database
from storage.errors import ConstraintViolated

WEEK, NEXT = date(2026, 11, 23), date(2026, 11, 30)


async def make_person(database: Database, chat_id: int = 7) -> int:
    async with database.transaction() as tx:
        return (await people.create(tx, chat_id)).id


async def marks(database: Database, person: int, week: date = WEEK) -> shopping.Marks:
    async with database.reader() as conn:
        return await shopping.get(conn, person, week)


async def test_a_new_week_has_nothing_marked_and_is_for_one(database: Database) -> None:
    person = await make_person(database)
    assert await marks(database, person) == shopping.Marks({}, frozenset(), frozenset(), 1.0, (1.0,))


async def test_setting_twice_is_the_same_as_once(database: Database) -> None:
    person = await make_person(database)
    for _ in range(2):
        async with database.transaction() as tx:
            await shopping.set_bought(tx, person, WEEK, "couve", 2)
            await shopping.set_home(tx, person, WEEK, "arroz-branco", True)
            await shopping.set_day(tx, person, WEEK, date(2026, 11, 25), False)
            await shopping.set_people(tx, person, 2)
    assert await marks(database, person) == shopping.Marks(
        {"couve": 2}, frozenset({"arroz-branco"}), frozenset({date(2026, 11, 25)}), 2.0, (1.0, 1.0)
    )
    for _ in range(2):
        async with database.transaction() as tx:
            await shopping.set_bought(tx, person, WEEK, "couve", 0)
            await shopping.set_home(tx, person, WEEK, "arroz-branco", False)
            await shopping.set_day(tx, person, WEEK, date(2026, 11, 25), True)
    assert await marks(database, person) == shopping.Marks({}, frozenset(), frozenset(), 2.0, (1.0, 1.0))


async def test_bought_and_at_home_are_two_things(database: Database) -> None:
    person = await make_person(database)
    async with database.transaction() as tx:
        await shopping.set_bought(tx, person, WEEK, "couve", 1)
        await shopping.set_home(tx, person, WEEK, "couve", True)
        await shopping.set_bought(tx, person, WEEK, "couve", 0)
    assert (await marks(database, person)).home == {"couve"}


async def test_people_and_weeks_do_not_mix(database: Database) -> None:
    ana, rui = await make_person(database, 1), await make_person(database, 2)
    async with database.transaction() as tx:
        await shopping.set_bought(tx, ana, WEEK, "couve", 1)
        await shopping.set_bought(tx, ana, NEXT, "tomate", 3)
        await shopping.set_people(tx, rui, 4)
    assert (await marks(database, ana)).bought == {"couve": 1}
    assert (await marks(database, ana, NEXT)).bought == {"tomate": 3}
    assert (await marks(database, rui)).bought == {}
    assert (await marks(database, ana)).people == 1.0


async def test_many_taps_at_once_are_all_kept(database: Database) -> None:
    person = await make_person(database)

    async def tap(item: str) -> None:
        async with database.transaction() as tx:
            await shopping.set_bought(tx, person, WEEK, item, 1)

    items = [f"item-{n % 20}" for n in range(60)]
    await asyncio.gather(*(tap(item) for item in items))
    assert set((await marks(database, person)).bought) == set(items)


async def test_a_mark_survives_a_restart_and_leaves_with_the_person(database: Database) -> None:
    person = await make_person(database)
    async with database.transaction() as tx:
        await shopping.set_bought(tx, person, WEEK, "couve", 1)
        await shopping.set_day(tx, person, WEEK, date(2026, 11, 25), False)
        await shopping.set_people(tx, person, 3)
        await shopping.set_share(tx, person, 2, 0.5)
    again = await Database.open(database.path)
    try:
        assert (await marks(again, person)).bought == {"couve": 1}
        async with again.transaction() as tx:
            await people.delete(tx, person)
        async with again.reader() as conn:
            for table in ("shopping_marks", "shopping_days_off", "households", "eaters"):
                assert await conn.fetch_all(f"SELECT * FROM {table}") == []
    finally:
        await again.close()


async def test_who_eats_how_much_is_kept_and_counts_only_while_they_are_at_the_table(
    database: Database,
) -> None:
    person = await make_person(database)
    assert (await marks(database, person)).shares == (1,)
    async with database.transaction() as tx:
        await shopping.set_people(tx, person, 3)
        await shopping.set_share(tx, person, 3, 0.5)
        await shopping.set_share(tx, person, 3, 1.5)
    assert (await marks(database, person)).shares == (1, 1, 1.5)
    for seats, shares in ((2.0, (1, 1)), (1.5, (1, 0.5)), (4.0, (1, 1, 1.5, 1))):
        async with database.transaction() as tx:
            await shopping.set_people(tx, person, seats)
        found = await marks(database, person)
        assert (found.shares, found.portions) == (shares, sum(shares))


async def test_a_household_of_nobody_is_refused(database: Database) -> None:
    person = await make_person(database)
    with pytest.raises(ConstraintViolated):
        async with database.transaction() as tx:
            await shopping.set_people(tx, person, 0)
