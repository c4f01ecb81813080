"""Weights, proposed targets and tastes as they are stored: one a day, one opinion a dish, all gone with the person."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import energy_offers, people, tastes, weights
from storage.database import Database
from storage.energy_offers import Change
from storage.errors import ConstraintViolated
from storage.people import Person
from storage.tastes import DISLIKED, LIKED, SKIPPED, SWAPPED, Taste

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
TODAY = date(2026, 11, 25)
CHANGE = Change("pace", 1850, 1750, 72.5, 72.1, 0, -120)


@pytest.fixture
async def ana(database: Database) -> Person:
    async with database.transaction() as tx:
        return await people.create(tx, 7)


def opinion(kind: str, dish: str = "frango", ref: str = "") -> Taste:
    return Taste(dish, kind, ref, dish.capitalize(), TODAY)


async def test_a_day_has_one_weight_and_each_entry_a_name_of_its_own(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        first = await weights.put(tx, ana.id, TODAY, 82.3, NOW)
        second = await weights.put(tx, ana.id, TODAY, 81.9, NOW, profile_kg=84.0)
        assert second > first
        assert await weights.get(tx, ana.id, first) is None
        (only,) = await weights.for_person(tx, ana.id)
        assert (only.kg, only.replaced_kg, only.profile_kg, only.day) == (81.9, 82.3, 84.0, TODAY)


async def test_weights_come_by_date_and_stay_their_persons(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        bia = await people.create(tx, 8)
        for ago in (0, 9, 4):
            await weights.put(tx, ana.id, TODAY - timedelta(days=ago), 80 + ago, NOW)
        theirs = await weights.put(tx, bia.id, TODAY, 60, NOW)
        assert [each.kg for each in await weights.for_person(tx, ana.id)] == [89, 84, 80]
        assert [each.kg for each in await weights.for_person(tx, ana.id, TODAY - timedelta(days=4))] == [
            84,
            80,
        ]
        assert await weights.get(tx, ana.id, theirs) is None
        assert not await weights.remove(tx, ana.id, theirs)
        assert await weights.remove(tx, bia.id, theirs)
        assert await weights.on(tx, bia.id, TODAY) is None


async def test_the_correction_in_force_is_the_newest_that_stands(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        assert await energy_offers.correction(tx, ana.id) == 0
        first = await energy_offers.add(tx, ana.id, CHANGE, TODAY)
        await energy_offers.answer(tx, ana.id, first, energy_offers.USED, TODAY)
        more = Change("pace", 1750, 1700, 72.1, 71.8, -120, -180)
        second = await energy_offers.add(tx, ana.id, more, TODAY)
        assert await energy_offers.correction(tx, ana.id) == -120
        await energy_offers.answer(tx, ana.id, second, energy_offers.USED, TODAY)
        assert await energy_offers.correction(tx, ana.id) == -180
        await energy_offers.answer(tx, ana.id, second, energy_offers.UNDONE, TODAY)
        assert await energy_offers.correction(tx, ana.id) == -120
        await energy_offers.overtake(tx, ana.id)
        assert await energy_offers.correction(tx, ana.id) == 0
        assert [each.answer for each in await energy_offers.for_person(tx, ana.id)] == ["vencida", "desfeita"]


async def test_an_open_proposal_is_replaced_by_the_next(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        first = await energy_offers.add(tx, ana.id, CHANGE, TODAY)
        second = await energy_offers.add(tx, ana.id, CHANGE, TODAY)
        assert await energy_offers.get(tx, ana.id, first) is None
        newest = await energy_offers.newest(tx, ana.id)
        assert newest is not None and (newest.id, newest.change, newest.answer) == (second, CHANGE, "")
        bia = await people.create(tx, 8)
        assert await energy_offers.get(tx, bia.id, second) is None
        with pytest.raises(ConstraintViolated):
            await energy_offers.answer(tx, ana.id, second, "talvez", TODAY)


async def test_a_dish_has_one_opinion_beside_what_was_learned_otherwise(
    database: Database, ana: Person
) -> None:
    async with database.transaction() as tx:
        await tastes.put(tx, ana.id, opinion(LIKED))
        await tastes.put(tx, ana.id, opinion(DISLIKED))
        await tastes.put_many(tx, ana.id, [opinion(SWAPPED, ref="1"), opinion(SWAPPED, ref="2")])
        await tastes.put_many(tx, ana.id, [opinion(SWAPPED, ref="2"), opinion(SKIPPED, "sopa", "2026-11-24")])
        kinds = sorted((each.dish_id, each.kind, each.ref) for each in await tastes.for_person(tx, ana.id))
        assert kinds == [
            ("frango", DISLIKED, ""),
            ("frango", SWAPPED, "1"),
            ("frango", SWAPPED, "2"),
            ("sopa", SKIPPED, "2026-11-24"),
        ]
        await tastes.forget_from(tx, ana.id, SWAPPED, "1")
        await tastes.forget_opinion(tx, ana.id, "frango", DISLIKED)
        assert [each.ref for each in await tastes.for_person(tx, ana.id) if each.dish_id == "frango"] == ["2"]
        assert await tastes.forget_dish(tx, ana.id, "frango")
        assert not await tastes.forget_dish(tx, ana.id, "frango")
        await tastes.forget_all(tx, ana.id)
        assert await tastes.for_person(tx, ana.id) == ()
        with pytest.raises(ConstraintViolated):
            await tastes.put_many(tx, ana.id, [opinion("adorei")])


async def test_all_of_it_goes_with_the_person(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        await weights.put(tx, ana.id, TODAY, 82.3, NOW)
        await energy_offers.add(tx, ana.id, CHANGE, TODAY)
        await tastes.put(tx, ana.id, opinion(LIKED))
        await people.delete(tx, ana.id)
        for table in ("weights", "energy_offers", "tastes"):
            assert await tx.fetch_all(f"SELECT * FROM {table}") == []
