"""Tastes: opinions decide, swaps and skips hint; the planner follows them mildly, restrictions always win."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menus import tastes
from menus.changes.orders import Kind, Order
from menus.people import review
from menus.recheck import violations
from menus.service import MenuService
from menus.weekly import plan
from nutrition.menu import Role, Slot, Week
from nutrition.person import Activity, Goal, Profile, Sex
from rag.gemini_brief import shortlist_dishes
from rag.liking import Tastes, by_liking
from storage import people, profiles
from storage.database import Database
from storage.people import Person
from storage.tastes import DISLIKED, LIKED, SKIPPED, SWAPPED, Taste
from tests.menus.fixtures import allowed, brief, dishes, rules, workshop
from tests.menus.menu_changes import made

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
WORKSHOP = workshop()
PROFILE = Profile(Sex.F, 34, 168, 70, Activity.MODERADO, Goal.MANTER, 4)
review(PROFILE)  # reads its data files now, outside of any event loop


@pytest.fixture
async def ana(database: Database) -> Person:
    async with database.transaction() as tx:
        return await people.create(tx, 7)


def marks(*kinds: str) -> list[Taste]:
    return [
        Taste("sopa", kind, "" if kind in (LIKED, DISLIKED) else str(n), "Sopa", TODAY)
        for n, kind in enumerate(kinds)
    ]


def mains(week: Week) -> set[str]:
    return {
        dish.dish_id or ""
        for day in week.days
        for meal in day.meals
        for dish in meal.dishes
        if dish.role is Role.PRINCIPAL
    }


# Scores


@pytest.mark.parametrize(
    ("kinds", "score"),
    [
        ((LIKED,), 1.0),
        ((DISLIKED,), -1.0),
        ((LIKED, SWAPPED, SWAPPED), 1.0),
        ((SWAPPED,), -0.3),
        ((SWAPPED, SWAPPED, SWAPPED), -0.6),
        ((SKIPPED,), 0.0),
        ((SKIPPED, SKIPPED), -0.1),
        ((SWAPPED, SKIPPED, SKIPPED, SKIPPED), -0.5),
    ],
)
def test_an_opinion_decides_alone_and_hints_add_up_to_less(kinds: tuple[str, ...], score: float) -> None:
    (found,) = tastes.learned(marks(*kinds))
    assert found.score == pytest.approx(score)


@given(st.lists(st.sampled_from([LIKED, DISLIKED, SWAPPED, SKIPPED]), max_size=30))
def test_no_history_goes_beyond_an_opinion(kinds: list[str]) -> None:
    for found in tastes.learned(marks(*kinds)):
        assert -1 <= found.score <= 1
        assert found.opinion or -1 < found.score <= 0


# The planner


def liking(dish_ids: set[str], score: float) -> Tastes:
    return tuple(sorted((dish_id, score) for dish_id in dish_ids))


@pytest.mark.parametrize("seed", range(3))
def test_dishes_that_were_said_no_to_stay_away_and_the_days_still_hold(seed: int) -> None:
    plain = plan(brief(seed=seed), WORKSHOP)
    unwanted = set(random.Random(seed).sample(sorted(mains(plain)), 8))
    other = plan(replace(brief(seed=seed), tastes=liking(unwanted, -1.0)), WORKSHOP)
    assert not mains(other) & unwanted
    assert other.unmet == ()


def test_liked_dishes_come_more_often_without_filling_the_week() -> None:
    pool = sorted(
        dish.id for dish in allowed(rules()) if dish.role is Role.PRINCIPAL and Slot.ALMOCO in dish.slots
    )
    liked = set(random.Random(5).sample(pool, 12))
    plain = sum(len(mains(plan(brief(seed=seed), WORKSHOP)) & liked) for seed in range(4))
    weeks = [plan(replace(brief(seed=seed), tastes=liking(liked, 1.0)), WORKSHOP) for seed in range(4)]
    told = [len(mains(week) & liked) for week in weeks]
    assert sum(told) > plain
    assert all(len(mains(week) - liked) >= 10 for week in weeks)


def test_the_same_profile_seed_and_tastes_give_the_same_week() -> None:
    some = liking({dish.id for dish in dishes()[::7]}, -0.6)
    one, other = (plan(replace(brief(seed=4), tastes=some), WORKSHOP) for _ in range(2))
    assert one == other


@given(st.randoms(use_true_random=False), st.sampled_from([("vegano",), ("leite", "gluten"), ("peixes",)]))
@settings(max_examples=8, deadline=None)
def test_whatever_is_liked_restrictions_win(draw: random.Random, codes: tuple[str, ...]) -> None:
    every = [dish.id for dish in dishes()]
    found = tuple((dish_id, draw.choice([1.0, -1.0, -0.3])) for dish_id in draw.sample(every, 150))
    week = plan(replace(brief(*codes, seed=draw.randrange(99)), tastes=found), WORKSHOP)
    assert list(violations(week, rules(*codes))) == []


async def test_a_week_that_is_asked_for_follows_what_was_learned(database: Database, ana: Person) -> None:
    service = MenuService(database, WORKSHOP, seeds=lambda: 5)
    async with database.transaction() as tx:
        await profiles.save(tx, ana.id, PROFILE, NOW)
        job, _ = await service.request_week(tx, ana, TODAY, NOW)
    before = await service.make(job, lambda done, asked: None)
    assert (await service.make(job, lambda done, asked: None)).week == before.week
    lunch = next(meal for meal in before.week.days[0].meals if meal.slot is Slot.ALMOCO)
    (main,) = tastes.mains_of(lunch)
    async with database.transaction() as tx:
        await tastes.say(tx, ana.id, main, DISLIKED, TODAY)
    after = await service.make(job, lambda done, asked: None)
    assert main.dish_id in mains(before.week)
    assert main.dish_id not in mains(after.week)


def test_somebody_who_says_no_to_everything_still_gets_a_week() -> None:
    nothing = liking({dish.id for dish in dishes()}, -1.0)
    assert plan(replace(brief(seed=2), tastes=nothing), WORKSHOP).unmet == ()


def test_what_gemini_is_offered_follows_the_same_tastes() -> None:
    plain = shortlist_dishes(brief(), 60)
    unwanted = {dish.id for dish in plain[:5]}
    told = shortlist_dishes(replace(brief(), tastes=liking(unwanted, -1.0)), 60)
    assert not unwanted & {dish.id for dish in told[:22]}


@given(st.lists(st.integers(0, 59), unique=True, max_size=20), st.sampled_from([1.0, -0.3, -1.0]))
def test_an_order_by_liking_loses_nothing_and_keeps_the_order_of_the_rest(
    places: list[int], score: float
) -> None:
    some = dishes()[:60]
    rated = {some[place].id for place in places}
    ordered = by_liking(some, liking(rated, score))
    assert sorted(dish.id for dish in ordered) == sorted(dish.id for dish in some)
    assert [d for d in ordered if d.id not in rated] == [d for d in some if d.id not in rated]
    assert [d for d in ordered if d.id in rated] == [d for d in some if d.id in rated]
    if score == -1.0 and rated:
        assert {dish.id for dish in ordered[-len(rated) :]} == rated


# Learning


async def test_a_swapped_meal_is_learned_from_and_an_undo_unlearns_it(
    database: Database, ana: Person
) -> None:
    week = made()
    before, other = week.days[2], week.days[3]
    dinner = next(meal for meal in other.meals if meal.slot is Slot.JANTAR)
    after = replace(before, meals=tuple(dinner if m.slot is Slot.JANTAR else m for m in before.meals))
    order = Order(kind=Kind.SWAP, date=before.date, slot=Slot.JANTAR)
    gone = next(tastes.mains_of(meal)[0] for meal in before.meals if meal.slot is Slot.JANTAR)
    async with database.transaction() as tx:
        await tastes.swapped(tx, ana.id, 5, order, days=[(before, after)])
        (found,) = await tastes.of(tx, ana.id)
        assert (found.name, found.swaps, found.opinion) == (gone.name, 1, "")
        await tastes.swapped(
            tx, ana.id, 6, Order(kind=Kind.NO_MEAT, date=before.date), days=[(before, after)]
        )
        assert len(await tastes.of(tx, ana.id)) == 1
        await tastes.swapped_back(tx, ana.id, 5)
        assert await tastes.of(tx, ana.id) == ()


async def test_a_skipped_day_counts_until_another_answer(database: Database, ana: Person) -> None:
    week = made()
    day = week.days[2].date
    async with database.transaction() as tx:
        await tastes.day_answered(tx, ana.id, day, week, skipped=True)
        assert {each.skips for each in await tastes.of(tx, ana.id)} == {1}
        assert await tastes.scores(tx, ana.id) == ()  # one skipped day says nothing yet
        await tastes.day_answered(tx, ana.id, day, week, skipped=False)
        assert await tastes.of(tx, ana.id) == ()
        await tastes.day_answered(tx, ana.id, day, None, skipped=True)
        assert await tastes.of(tx, ana.id) == ()


async def test_opinions_are_kept_changed_and_forgotten_one_by_one(database: Database, ana: Person) -> None:
    meals = made().days[0].meals
    one, two = (tastes.mains_of(meal)[0] for meal in meals if meal.slot in (Slot.ALMOCO, Slot.JANTAR))
    async with database.transaction() as tx:
        await tastes.say(tx, ana.id, one, LIKED, TODAY)
        await tastes.say(tx, ana.id, one, DISLIKED, TODAY)
        await tastes.say(tx, ana.id, two, LIKED, TODAY)
        assert await tastes.opinion(tx, ana.id, one) == DISLIKED
        assert dict(await tastes.scores(tx, ana.id)) == {one.dish_id: -1.0, two.dish_id: 1.0}
        await tastes.say(tx, ana.id, one, "", TODAY)
        assert await tastes.opinion(tx, ana.id, one) == ""
        (left,) = await tastes.of(tx, ana.id)
        assert await tastes.forget(tx, ana.id, "00000000") is None
        assert await tastes.forget(tx, ana.id, left.key) == left
        assert await tastes.of(tx, ana.id) == ()
