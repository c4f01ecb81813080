"""Whether a dish that was named once may be named now: decided by what it is made of, and by its name where that is not
known any more."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

from menus import tastes
from nutrition.menu import Dish
from nutrition.restrictions.rules import Rules
from storage import changes, menus
from storage.driver import Connection

_LOOKED_AT = 40
"""Of the newest weeks, for dishes that no shelf has: composed for the person, of their own plan, or gone since."""

Find = Callable[[str], Dish | None]
"""A dish of the guide or of the operators' documents, by its id."""

_Made = tuple[Sequence[str], Sequence[str]]
"""Ids of foods, and steps."""


def nowhere(_dish_id: str) -> Dish | None:
    """No dish is known."""
    return None


def forbids_recipe(rules: Rules, dish: Dish) -> bool:
    """Whether something in ``dish`` is forbidden."""
    foods = [item.food_id for item in dish.ingredients]
    return rules.forbids_dish(dish.name, foods, dish.steps) is not None


async def forbidden(
    conn: Connection, person_id: int, dishes: Iterable[tuple[str, str]], rules: Rules, find: Find
) -> frozenset[str]:
    """Ids of those of ``dishes`` (id as in ``menus.tastes``, name) that ``rules`` forbid."""
    asked = dict(dishes)
    if not rules.restrictions or not asked:
        return frozenset()
    made: dict[str, list[_Made]] = {}
    for dish_id in asked:
        if (dish := find(dish_id)) is not None:
            made[dish_id] = [([item.food_id for item in dish.ingredients], dish.steps)]
    if asked.keys() - made.keys():
        for dish_id, each in (await _eaten(conn, person_id)).items():
            if dish_id in asked:
                made.setdefault(dish_id, each)
    return await asyncio.to_thread(_judged, asked, made, rules)


async def _eaten(conn: Connection, person_id: int) -> Mapping[str, list[_Made]]:
    """The dishes of the person's weeks, and of days before they were changed, each in every way that it was made."""
    days = [day for saved in await menus.weeks_of(conn, person_id, _LOOKED_AT) for day in saved.week.days]
    days += [day for change in await changes.of_person(conn, person_id) for day in change.before]
    found: dict[str, list[_Made]] = {}
    for dish in (dish for day in days for meal in day.meals for dish in meal.dishes):
        foods = [portion.food_id for portion in dish.portions]
        found.setdefault(tastes.id_of(dish), []).append((foods, dish.steps))
    return found


def _judged(asked: Mapping[str, str], made: Mapping[str, list[_Made]], rules: Rules) -> frozenset[str]:
    return frozenset(
        dish_id
        for dish_id, name in asked.items()
        if any(rules.forbids_dish(name, foods, steps) for foods, steps in made.get(dish_id, [((), ())]))
    )
