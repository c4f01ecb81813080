"""A whole day without a food or a group: laid out anew for nearly everybody, else said how far it can be done."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from bench._people import profiles
from menus import people
from menus.changes.bans import with_bans
from menus.changes.excluded import excluded
from menus.changes.laying import Aims
from menus.changes.orders import Kind, Order, key_of
from menus.changes.situation import PARTLY, CannotChange, Situation, swapper_for
from menus.changes.work import perform
from menus.fallback import completed
from menus.recheck import withhold
from nutrition.menu import Day, Role, Slot
from nutrition.person import Profile
from nutrition.restrictions.rules import Rules
from nutrition.shares import shares
from tests.menus import fixtures
from tests.menus.fixtures import MONDAY
from tests.menus.menu_changes import TABLE, WORKSHOP, foods, made_for, misses, situation

THURSDAY = date(2026, 11, 26)


def the_day(now: Situation, order: Order) -> Day:
    done = perform(order, now)
    return next(day for day in done.week.days if day.date == order.date)


@pytest.mark.parametrize(
    ("said", "code"), [("leite", "leite"), ("glúten", "gluten"), ("fruta", "frutas"), ("ovo", "ovos")]
)
def test_a_group_is_all_that_who_excludes_it_does_not_eat(said: str, code: str) -> None:
    now = situation()
    after = the_day(now, Order(kind=Kind.WITHOUT, date=THURSDAY, foods=(said,)))
    held = fixtures.rules(code)
    assert [food for food in foods([after]) if held.forbids_food(TABLE[food])] == []
    assert misses(after, now) == set()


def test_without_coffee_there_may_be_chocolate() -> None:
    unwanted = excluded(("café",), TABLE, situation().dishes)
    chocolate = [food for food in TABLE if "chocolate" in food.name.lower()]
    assert chocolate and not any(unwanted(food.name, [food.id]) for food in chocolate)
    assert any(unwanted(food.name, [food.id]) for food in TABLE)


def meaty_dinners(now: Situation) -> Situation:
    """The same, when no dinner can do without meat."""
    meat = frozenset(food.id for food in TABLE if food.animal & {"ave", "bovina", "suina", "peixe"})
    dishes = tuple(
        replace(dish, slots=dish.slots - {Slot.JANTAR})
        if dish.role is Role.PRINCIPAL and meat.isdisjoint(item.food_id for item in dish.ingredients)
        else dish
        for dish in now.dishes
    )
    return replace(now, dishes=dishes)


def test_what_cannot_be_done_for_the_whole_day_is_asked_and_done_for_the_other_meals() -> None:
    plain = situation()
    order = Order(kind=Kind.SWAP, date=THURSDAY, slot=Slot.JANTAR, foods=("frango",))
    now = meaty_dinners(replace(plain, week=perform(order, plain).week))
    no_meat = Order(kind=Kind.NO_MEAT, date=THURSDAY)
    with pytest.raises(CannotChange) as asked:
        perform(no_meat, now)
    assert asked.value.code == PARTLY and asked.value.where > 0 and asked.value.missed
    done = perform(no_meat.model_copy(update={"partly": True}), now)
    assert done.failed == 1


def test_what_was_had_enough_of_is_in_no_later_change_unless_it_is_asked_for() -> None:
    order = Order(kind=Kind.NO_MEAT, date=THURSDAY)
    now = with_bans(situation(), [{"order": order.to_json()}, {"people": [1, 2]}])
    index = now.index(THURSDAY)
    kitchen = {key_of(candidate.dish) for candidate in swapper_for(now, index)._kitchen.candidates}
    assert not kitchen & {key_of(dish) for dish in now.dishes if dish.id in now.banned[THURSDAY]}
    asked = Order(kind=Kind.SWAP, date=THURSDAY, slot=Slot.JANTAR, foods=("frango",))
    assert perform(asked, now).failed == 0


def outcomes(count: int, seed: int) -> Counter[str]:
    """What comes of a day without meat for so many seeded people with all kinds of restrictions."""
    seen: Counter[str] = Counter()
    planned = ((p, people.review(p).targets) for p in profiles(3 * count, seed))
    for number, (person, targets) in enumerate(islice((each for each in planned if each[1]), count)):
        assert targets is not None
        now = situation_of(person, number)
        order = Order(kind=Kind.NO_MEAT, date=THURSDAY)
        try:
            after = the_day(now, order)
        except CannotChange as exc:
            seen[exc.code] += 1
        else:
            before = now.week.days[now.index(THURSDAY)]
            assert misses(after, now) <= misses(before, now)
            seen["found"] += 1
    return seen


def situation_of(person: Profile, seed: int) -> Situation:
    targets = people.review(person).targets
    assert targets is not None
    held = Rules.of(person.restrictions, TABLE)
    brief = replace(
        fixtures.brief(seed=seed),
        targets=targets,
        shares=shares(person.meals_per_day),
        rules=held,
        foods=held.allowed(TABLE),
        dishes=fixtures.allowed(held),
    )
    return Situation(
        week=withhold(made_for(person, seed), held),
        today=MONDAY,
        aims=Aims(targets, dict(brief.shares), held.forbids_together),
        rules=held,
        dishes=completed(brief, TABLE),
        table=TABLE,
        prepare=WORKSHOP.prepare,
        seed=seed,
    )


def test_a_day_without_meat_is_found_for_some_people() -> None:
    seen = outcomes(3, 7)
    assert seen["found"] + seen["none_has_it"] == 3


@pytest.mark.slow
def test_a_day_without_meat_is_found_for_nearly_everybody() -> None:
    seen = outcomes(150, 11)
    print(dict(seen))
    assert seen["found"] + seen["none_has_it"] >= 0.98 * 150
