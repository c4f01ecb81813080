"""Changes as they are stored: orders one person at a time, days exactly as they were, kept meals, all gone with the person."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nutrition.menu import Day, Slot
from storage import changes, menus, people
from storage.database import Database
from storage.errors import StorageError
from storage.people import Person
from tests.weeks import guide_week

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
WEEK = guide_week(3)


@pytest.fixture
async def ana(database: Database) -> Person:
    async with database.transaction() as tx:
        return await people.create(tx, 7)


async def test_orders_wait_one_a_person_in_the_order_they_came(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        bia = await people.create(tx, 8)
        first = await changes.ask(tx, ana.id, {"kind": "swap"}, NOW)
        await changes.ask(tx, ana.id, {"kind": "away"}, NOW)
        other = await changes.ask(tx, bia.id, {"kind": "offer"}, NOW)
        assert [each.id for each in await changes.waiting(tx)] == [first, other]
        await changes.begin(tx, first)
        assert (await changes.waiting(tx))[0].attempts == 1
        assert await changes.close(tx, first)
        assert not await changes.close(tx, first)
        assert [dict(each.body) for each in await changes.waiting(tx)] == [
            {"kind": "away"},
            {"kind": "offer"},
        ]


async def test_a_change_gives_back_the_days_as_they_were(database: Database, ana: Person) -> None:
    before, after = WEEK.days[0], replace(WEEK.days[1], date=WEEK.days[0].date)
    async with database.transaction() as tx:
        week_id = await menus.save_week(tx, ana.id, WEEK, 1, NOW)
        made = await changes.record(
            tx, ana.id, week_id, {"order": {"kind": "swap"}}, days=([before], [after]), now=NOW
        )
        await menus.replace_day(tx, ana.id, week_id, after)
        found = await changes.newest(tx, ana.id)
        assert found is not None and found.id == made
        assert (found.before, found.after, found.undone) == ((before,), (after,), False)
        saved = await menus.get_week(tx, ana.id, week_id)
        assert saved is not None and saved.week.days[0] == after
        await menus.replace_day(tx, ana.id, week_id, found.before[0])
        assert await changes.undone(tx, made, NOW) and not await changes.undone(tx, made, NOW)
        saved = await menus.get_week(tx, ana.id, week_id)
        assert saved is not None and saved.week == WEEK
        assert await changes.newest(tx, ana.id) is None


async def test_a_day_of_another_week_or_person_cannot_be_replaced(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        bia = await people.create(tx, 8)
        week_id = await menus.save_week(tx, ana.id, WEEK, 1, NOW)
        for person_id, day in ((bia.id, WEEK.days[0]), (ana.id, Day(date(2030, 1, 1), ()))):
            with pytest.raises(StorageError):
                await menus.replace_day(tx, person_id, week_id, day)


async def test_a_kept_meal_is_kept_once_and_let_go(database: Database, ana: Person) -> None:
    day = WEEK.days[2]
    lunch = next(meal for meal in day.meals if meal.slot is Slot.ALMOCO)
    async with database.transaction() as tx:
        await changes.keep(tx, ana.id, day.date, lunch)
        await changes.keep(tx, ana.id, day.date, lunch)
        assert [(each.date, each.meal) for each in await changes.kept(tx, ana.id)] == [(day.date, lunch)]
        await changes.let_go(tx, ana.id, day.date, Slot.ALMOCO)
        assert await changes.kept(tx, ana.id) == ()


async def test_an_erased_person_leaves_no_change_behind(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        await changes.ask(tx, ana.id, {"kind": "swap"}, NOW)
        await changes.record(tx, ana.id, None, {"people": [1, 2]}, days=((), ()), now=NOW)
        await changes.keep(tx, ana.id, WEEK.days[0].date, WEEK.days[0].meals[0])
        await people.delete(tx, ana.id)
        for table in ("change_orders", "changes", "kept_meals"):
            assert await tx.fetch_all(f"SELECT * FROM {table}") == []
