"""Weights as they are told: one a day, doubtful ones asked about, limits that hold at once, targets that wait for a yes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from menus import adapting, people, progress, reminders, tastes
from menus.adapting import ALREADY, CHANGED_SINCE, GONE, KEPT, OPEN, UNDONE, USED
from nutrition.adaptation import Why, energy
from nutrition.foods import FoodTable
from nutrition.guardrails import Decision
from nutrition.person import Activity, Goal, Profile, Sex
from storage import menus, profiles
from storage import people as stored_people
from storage.clock import zone_named
from storage.database import Database
from storage.people import Person
from tests.menus.menu_changes import made_for

ANA = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.PERDER, 5)
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
TODAY = date(2026, 11, 25)
TABLE = FoodTable.load()
WEEK = made_for(ANA)  # files are read when tests are collected: tests themselves must not block
ZONE = zone_named("America/Sao_Paulo")


@pytest.fixture
async def ana(database: Database) -> Person:
    async with database.transaction() as tx:
        person = await stored_people.create(tx, 7)
        await profiles.save(tx, person.id, ANA, NOW)
        return person


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def diary(
    database: Database, person: Person, per_week: float, *, days: int = 21, start: float = 72.5
) -> None:
    """A straight line until today."""
    async with database.transaction() as tx:
        for day in range(days):
            kg = round(start + per_week * day / 7, 2)
            await progress.record(tx, person.id, kg, ago(days - 1 - day), NOW)


async def profile(database: Database, person: Person) -> Profile:
    async with database.reader() as conn:
        found = await people.profile_of(conn, person.id)
    assert found is not None
    return found


# Measures


async def test_the_same_day_is_corrected_and_an_undo_brings_back_what_stood_there(
    database: Database, ana: Person
) -> None:
    async with database.transaction() as tx:
        first = await progress.record(tx, ana.id, 72.3, TODAY, NOW)
        second = await progress.record(tx, ana.id, 71.9, TODAY, NOW)
        assert [each.kg for each in (await progress.progress_of(tx, ana.id, TODAY)).measures] == [71.9]
        assert await progress.undo(tx, ana.id, first.weight_id, NOW) is None
        gone = await progress.undo(tx, ana.id, second.weight_id, NOW)
        assert gone is not None and gone.replaced_kg == 72.3
        assert [each.kg for each in (await progress.progress_of(tx, ana.id, TODAY)).measures] == [72.3]
        assert await progress.undo(tx, ana.id, second.weight_id, NOW) is None


@pytest.mark.parametrize(
    ("kg", "days", "doubtful"),
    [
        (72.0, 1, False),
        (70.4, 1, False),
        (69.0, 1, True),
        (75.5, 1, True),
        (69.0, 20, False),
        (60.0, 200, True),
    ],
)
async def test_a_figure_far_from_the_last_one_is_doubtful_and_less_so_after_weeks(
    database: Database, ana: Person, kg: float, days: int, doubtful: bool
) -> None:
    async with database.transaction() as tx:
        await progress.record(tx, ana.id, 72.5, ago(days), NOW)
        before = await progress.jumped_from(tx, ana.id, kg, TODAY)
    assert (before is not None) is doubtful
    assert before is None or (before.day, before.kg) == (ago(days), 72.5)


async def test_without_a_figure_the_profiles_weight_is_compared_loosely(
    database: Database, ana: Person
) -> None:
    async with database.transaction() as tx:
        assert await progress.jumped_from(tx, ana.id, 70.0, TODAY) is None
        before = await progress.jumped_from(tx, ana.id, 62.5, TODAY)
        assert before is not None and (before.day, before.kg) == (date.min, 72.5)


async def test_a_weight_inside_the_limits_leaves_profile_and_targets_alone(
    database: Database, ana: Person
) -> None:
    async with database.transaction() as tx:
        kept = await progress.record(tx, ana.id, 70.1, TODAY, NOW)
    assert kept.stricter is None
    assert await profile(database, ana) == ANA


@pytest.mark.parametrize(
    ("kg", "decision"),
    [
        (56.0, Decision.PLAN_GUARDRAIL),  # BMI 19.8
        (51.0, Decision.REFUSE_DEFICIT),  # 18.1
        (44.0, Decision.REFER),  # 15.6
        (114.0, Decision.PLAN_GUARDRAIL),  # 40.4
    ],
)
async def test_a_weight_that_crosses_a_limit_holds_at_once_and_an_undo_takes_it_back(
    database: Database, ana: Person, kg: float, decision: Decision
) -> None:
    async with database.transaction() as tx:
        kept = await progress.record(tx, ana.id, kg, TODAY, NOW)
    assert kept.stricter is not None and kept.stricter.decision is decision
    assert people.review(await profile(database, ana)).assessment == kept.stricter
    async with database.transaction() as tx:
        await progress.undo(tx, ana.id, kept.weight_id, NOW)
    assert await profile(database, ana) == ANA


async def test_a_mistyped_weight_that_crossed_is_mended_by_the_right_one(
    database: Database, ana: Person
) -> None:
    async with database.transaction() as tx:
        await progress.record(tx, ana.id, 44.0, TODAY, NOW)
        await progress.record(tx, ana.id, 72.4, TODAY, NOW)
    assert await profile(database, ana) == ANA


async def test_an_old_figure_says_nothing_about_now(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        await progress.record(tx, ana.id, 72.0, TODAY, NOW)
        assert (await progress.record(tx, ana.id, 51.0, ago(2), NOW)).stricter is None


async def test_forgetting_a_day_takes_its_limit_back(database: Database, ana: Person) -> None:
    async with database.transaction() as tx:
        await progress.record(tx, ana.id, 51.0, TODAY, NOW)
        assert await progress.forget(tx, ana.id, TODAY, NOW) is not None
        assert await progress.forget(tx, ana.id, TODAY, NOW) is None
    assert await profile(database, ana) == ANA


# New targets


async def test_on_the_expected_pace_or_before_two_weeks_nothing_is_proposed(
    database: Database, ana: Person
) -> None:
    await diary(database, ana, 0.0, days=13)
    async with database.transaction() as tx:
        assert await adapting.offer(tx, ana.id, TODAY) is None
    async with database.transaction() as tx:
        bia = await stored_people.create(tx, 8)
        await profiles.save(tx, bia.id, ANA, NOW)
    await diary(database, bia, -0.35)
    async with database.transaction() as tx:
        assert await adapting.offer(tx, bia.id, TODAY) is None


async def test_a_target_changes_only_by_a_yes_and_is_the_one_that_was_shown(
    database: Database, ana: Person
) -> None:
    await diary(database, ana, 0.2)
    async with database.transaction() as tx:
        offer = await adapting.offer(tx, ana.id, TODAY)
        assert offer is not None
        found = await adapting.get(tx, ana.id, offer)
    assert found is not None and found.answer == OPEN
    assert energy(await profile(database, ana)) == found.change.kcal_before
    assert found.change.kcal_after < found.change.kcal_before
    async with database.transaction() as tx:
        assert await adapting.use(tx, ana.id, offer, TODAY, NOW) == ""
        assert await adapting.use(tx, ana.id, offer, TODAY, NOW) == ALREADY
        assert await adapting.keep(tx, ana.id, offer, TODAY) == ALREADY
    targets = people.review(await profile(database, ana)).targets
    assert targets is not None and targets.energy_kcal == found.change.kcal_after
    async with database.transaction() as tx:
        assert await adapting.undo(tx, ana.id, offer, TODAY, NOW) == ""
        assert await adapting.undo(tx, ana.id, offer, TODAY, NOW) == ALREADY
        again = await adapting.get(tx, ana.id, offer)
    assert again is not None and again.answer == UNDONE
    assert await profile(database, ana) == ANA


async def test_after_an_answer_there_is_quiet_for_two_weeks(database: Database, ana: Person) -> None:
    await diary(database, ana, 0.2)
    async with database.transaction() as tx:
        offer = await adapting.offer(tx, ana.id, TODAY)
        assert offer is not None
        assert await adapting.offer(tx, ana.id, TODAY) is None  # it is still open
        assert await adapting.keep(tx, ana.id, offer, TODAY) == ""
        kept = await adapting.get(tx, ana.id, offer)
        assert kept is not None and kept.answer == KEPT
        for day in range(1, 22):
            kg = round(73.1 + 0.2 * day / 7, 2)
            await progress.record(tx, ana.id, kg, TODAY + timedelta(days=day), NOW)
            found = await adapting.offer(tx, ana.id, TODAY + timedelta(days=day))
            assert (found is not None) is (day == 14) or day > 14


async def test_a_new_pace_is_counted_from_the_last_change_on(database: Database, ana: Person) -> None:
    await diary(database, ana, 0.2)
    async with database.transaction() as tx:
        offer = await adapting.offer(tx, ana.id, TODAY)
        assert offer is not None and await adapting.use(tx, ana.id, offer, TODAY, NOW) == ""
        for day in range(1, 16):  # now on the pace that is expected
            kg = round(73.1 - 0.35 * day / 7, 2)
            await progress.record(tx, ana.id, kg, TODAY + timedelta(days=day), NOW)
        assert await adapting.offer(tx, ana.id, TODAY + timedelta(days=15)) is None


@pytest.mark.parametrize("goal", [Goal.MANTER, Goal.GANHAR])
async def test_an_old_pace_says_nothing_about_a_new_goal(database: Database, ana: Person, goal: Goal) -> None:
    await diary(database, ana, -0.35)  # as losing weight should go
    async with database.transaction() as tx:
        await people.set_goal(tx, ana.id, goal, NOW)
        assert await adapting.offer(tx, ana.id, TODAY) is None
        for day in range(1, 16):  # and still so, on the food of the new goal
            kg = round(71.5 - 0.9 * day / 7, 2)
            await progress.record(tx, ana.id, kg, TODAY + timedelta(days=day), NOW)
            found = await adapting.offer(tx, ana.id, TODAY + timedelta(days=day))
            proposed = await adapting.get(tx, ana.id, found) if found is not None else None
            assert proposed is None or proposed.change.why == Why.WEIGHT or day >= 13
        assert proposed is None or proposed.change.kcal_after > proposed.change.kcal_before


async def test_what_aims_at_the_same_leaves_the_pace_as_it_is(database: Database, ana: Person) -> None:
    await diary(database, ana, 0.2)
    async with database.transaction() as tx:
        await profiles.save(tx, ana.id, replace(ANA, meals_per_day=4, weight_kg=72.9), NOW)
        assert await profiles.aims_since(tx, ana.id) is None
        assert await adapting.offer(tx, ana.id, TODAY) is not None
        await profiles.save(tx, ana.id, replace(ANA, wanted_energy_kcal=1700.0), NOW)
        assert await profiles.aims_since(tx, ana.id) == NOW


async def test_a_proposal_is_void_once_the_profile_was_corrected(database: Database, ana: Person) -> None:
    await diary(database, ana, 0.2)
    async with database.transaction() as tx:
        offer = await adapting.offer(tx, ana.id, TODAY)
        assert offer is not None
        await profiles.save(tx, ana.id, replace(ANA, goal=Goal.MANTER), NOW)
        assert await adapting.use(tx, ana.id, offer, TODAY, NOW) == CHANGED_SINCE
        assert await adapting.use(tx, ana.id, 999, TODAY, NOW) == GONE
        bia = await stored_people.create(tx, 8)
        await profiles.save(tx, bia.id, ANA, NOW)
        assert await adapting.use(tx, bia.id, offer, TODAY, NOW) == GONE


async def test_another_activity_forgets_what_was_measured_against_the_old_one(
    database: Database, ana: Person
) -> None:
    await diary(database, ana, 0.2)
    async with database.transaction() as tx:
        offer = await adapting.offer(tx, ana.id, TODAY)
        assert offer is not None and await adapting.use(tx, ana.id, offer, TODAY, NOW) == ""
        answers = await people.answers_of(tx, ana.id)
        assert answers is not None
        await people.save_answers(tx, ana, answers.with_(meals=4), NOW)
        found = await people.profile_of(tx, ana.id)
        assert found is not None and found.energy_correction_kcal < 0
        await people.save_answers(tx, ana, answers.with_(activity=Activity.LEVE), NOW)
        found = await people.profile_of(tx, ana.id)
        assert found is not None and found.energy_correction_kcal == 0
        assert await adapting.undo(tx, ana.id, offer, TODAY, NOW) == ALREADY
        assert used(await adapting.get(tx, ana.id, offer)) is False


def used(offer: adapting.EnergyOffer | None) -> bool:
    return offer is not None and offer.answer == USED


# The week


async def test_a_week_tells_days_dishes_plants_and_likes(database: Database, ana: Person) -> None:
    week = WEEK
    async with database.transaction() as tx:
        await menus.save_week(tx, ana.id, week, 1, NOW)
        for day in (week.days[0], week.days[1], week.days[2]):
            await reminders.answer(tx, ana.id, day.date, reminders.DONE, NOW)
        await reminders.answer(tx, ana.id, week.days[3].date, reminders.SKIPPED, NOW)
        await reminders.answer(tx, ana.id, ago(8), reminders.DONE, NOW)
        main = tastes.mains_of(week.days[0].meals[2])[0]
        await tastes.say(tx, ana.id, main, tastes.LIKED, TODAY)
        await progress.record(tx, ana.id, 72.4, TODAY, NOW)
        await progress.record(tx, ana.id, 72.4, ago(9), NOW)
        found = await progress.summary(tx, ana.id, week.days[4].date, TABLE)
    assert found.done == tuple(day.date for day in week.days[:3])
    assert (found.last - found.first).days == 6
    assert found.weighed == 1
    assert found.liked == (main.name,)
    assert found.dishes >= 5
    assert found.plants  # every day of a week of ours has them
    assert not found.empty


async def test_a_week_without_anything_is_empty(database: Database, ana: Person) -> None:
    async with database.reader() as conn:
        found = await progress.summary(conn, ana.id, TODAY, TABLE)
    assert found.empty and not found.plants
