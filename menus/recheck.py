"""A week against the restrictions of now: whatever breaks them is withheld, wherever the week came from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nutrition.menu import Meal, PlannedDish, Slot, Week
from nutrition.restrictions.rules import Rules

UNKNOWN_FOOD = "unknown_food"
"""Withheld because a food is not in the table any more."""


def withhold(week: Week, rules: Rules) -> Week:
    """The same week, its forbidden meals marked ``withheld`` with the code of the restriction."""
    days = tuple(
        replace(day, meals=tuple(replace(meal, withheld=forbidden_by(meal, rules)) for meal in day.meals))
        for day in week.days
    )
    return replace(week, days=days)


def violations(week: Week, rules: Rules) -> Iterator[tuple[date, Slot, str]]:
    """Every meal of the week that the rules forbid, with the code of the restriction."""
    for day in week.days:
        for meal in day.meals:
            code = forbidden_by(meal, rules)
            if code is not None:
                yield day.date, meal.slot, code


def forbidden_by(meal: Meal, rules: Rules) -> str | None:
    """The code of the restriction that ``meal`` breaks, by its foods or by any word that is shown of it."""
    named = rules.forbids_text(meal.name)
    if named is not None:
        return named.code
    return next((code for dish in meal.dishes if (code := _dish_forbidden_by(dish, rules)) is not None), None)


def _dish_forbidden_by(dish: PlannedDish, rules: Rules) -> str | None:
    found = rules.forbids_dish(dish.name, [portion.food_id for portion in dish.portions], dish.steps)
    if found is not None:
        return found.code
    for portion in dish.portions:
        found = rules.forbids_text(portion.food)
        if found is not None:
            return found.code
    return None
