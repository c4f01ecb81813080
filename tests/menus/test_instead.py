"""Something that the market did not have: what is meant, what may take its place, and what becomes of the week."""

from datetime import date

import pytest

from menus.changes.foods import Named
from menus.changes.instead import offer_instead, renamed
from menus.changes.lacking import missing_foods, missing_items, needed_items
from menus.changes.orders import Kind, Order
from menus.changes.situation import CannotChange, Situation
from menus.changes.work import perform
from menus.recheck import violations
from nutrition.menu import Day
from tests.menus import menu_changes
from tests.menus.menu_changes import TABLE, foods, misses

TODAY = date(2026, 11, 25)
SEED = 3
"""A week that still has couve, lettuce, bananas and oranges on its Wednesday."""


def situation(*codes: str) -> Situation:
    """That week."""
    return menu_changes.situation(*codes, seed=SEED)


def lacking(*said: str) -> Order:
    return Order(kind=Kind.LACKING, foods=said)


def instead(now: Situation, said: str, key: str) -> Order:
    items = tuple(item.id for item in missing_items(lacking(said), now))
    return Order(kind=Kind.INSTEAD, items=items, key=key)


def ahead(days: tuple[Day, ...]) -> list[Day]:
    return [day for day in days if day.date >= TODAY]


def portions(day: Day) -> list[tuple[str, float]]:
    return [(p.food_id, p.grams) for meal in day.meals for dish in meal.dishes for p in dish.portions]


@pytest.mark.parametrize("said", ["couve", "frango", "arroz", "feijão", "alface", "banana", "laranja"])
def test_substitutes_are_offered_and_every_day_holds_with_each(said: str) -> None:
    now = situation()
    gone = missing_foods(missing_items(lacking(said), now), now)
    options = offer_instead(lacking(said), now)
    assert 2 <= len(options) <= 3
    for option in options:
        done = perform(instead(now, said, option.key), now)
        assert done.failed == 0
        assert gone.isdisjoint(foods(ahead(done.week.days)))
        assert set(option.foods) & foods(ahead(done.week.days))
        assert not list(violations(done.week, now.rules))
        for before, after in zip(now.week.days, done.week.days, strict=True):
            assert misses(after, now) <= misses(before, now)
            if before.date < TODAY:
                assert after == before


def test_days_without_what_is_missing_stay_as_they_are() -> None:
    now = situation()
    gone = missing_foods(missing_items(lacking("couve"), now), now)
    done = perform(instead(now, "couve", "espinafre"), now)
    for before, after in zip(now.week.days, done.week.days, strict=True):
        assert (after != before) == (before.date >= TODAY and bool(gone & foods([before])))


def test_the_recipe_says_what_comes_and_the_dish_is_called_so() -> None:
    now = situation()
    done = perform(instead(now, "couve", "espinafre"), now)
    stood = {dish.name for day in now.week.days for meal in day.meals for dish in meal.dishes}
    changed = [
        dish
        for day in done.week.days
        for meal in day.meals
        for dish in meal.dishes
        if "espinafre" in dish.name and dish.name not in stood
    ]
    assert changed and all("couve" not in dish.name.lower() for dish in changed)
    assert changed[0].steps[0].startswith("No lugar de couve")
    assert changed[0].dish_id in {dish.id for dish in now.dishes}


@pytest.mark.parametrize(
    ("said", "never"), [("banana", "banana"), ("frango", "frango"), ("leite", "leite"), ("arroz", "arroz")]
)
def test_more_of_the_same_is_no_answer(said: str, never: str) -> None:
    try:
        options = offer_instead(lacking(said), situation())
    except CannotChange as exc:
        assert exc.code == "no_substitute"
        return
    same = Named(never, TABLE).food_ids
    assert all(same.isdisjoint(option.foods) for option in options)


def test_couve_is_not_couve_flor_and_is_not_kept_from_it() -> None:
    now = situation()
    assert [item.id for item in missing_items(lacking("couve"), now)] == ["couve"]
    assert all(item.id != "leite-de-coco" for item in missing_items(lacking("leite"), now))


def test_restrictions_hold_for_what_comes() -> None:
    now = situation("soja", "amendoim")
    for item in needed_items(now.week.days, TODAY, TABLE)[::7]:
        try:
            options = offer_instead(Order(kind=Kind.LACKING, items=(item.id,)), now)
        except CannotChange:
            continue
        assert all(now.rules.forbids_food(TABLE[food]) is None for o in options for food in o.foods), item.id


def test_what_is_not_on_the_menu_or_not_known_is_told() -> None:
    now = situation()
    for said, code in (("caviar", "no_food"), ("jaca", "no_food"), ("xis", "no_food")):
        with pytest.raises(CannotChange) as caught:
            offer_instead(lacking(said), now)
        assert caught.value.code in (code, "none_has_it")


def test_other_dishes_leave_out_just_the_goods_that_are_missing() -> None:
    now = situation()
    items = missing_items(lacking("couve"), now)
    done = perform(Order(kind=Kind.MISSING, items=tuple(item.id for item in items), foods=("couve",)), now)
    assert missing_foods(items, now).isdisjoint(foods(ahead(done.week.days)))


@pytest.mark.parametrize(
    ("name", "old", "new", "called"),
    [
        ("Frango com couve", "couve-cozida", "espinafre-cozido", "Frango com espinafre"),
        ("Couve refogada", "couve-manteiga-refogada", "espinafre-refogado", "Espinafre refogado"),
        ("Arroz branco com alho", "arroz-branco-cozido", "quinoa-cozida", "Quinoa com alho"),
        ("Salada verde", "alface-crespa", "rucula", "Salada verde"),
        (
            "Peito de frango grelhado com abóbora",
            "peito-de-frango-grelhado",
            "patinho-grelhado",
            "Patinho grelhado com abóbora",
        ),
    ],
)
def test_names_follow_the_food(name: str, old: str, new: str, called: str) -> None:
    assert renamed(name, [(TABLE[old], TABLE[new])]) == called
