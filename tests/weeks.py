"""Weeks made of the guide's own dishes, drawn by a seed: for tests of what is shown, bought and printed."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

from nutrition.foods import FoodTable
from nutrition.measures import amount
from nutrition.menu import Day, Dish, Meal, Origin, PlannedDish, Portion, Role, Slot, Week
from tests.book import book

MONDAY = date(2026, 11, 23)
SLOTS = (Slot.CAFE_DA_MANHA, Slot.LANCHE_DA_MANHA, Slot.ALMOCO, Slot.LANCHE_DA_TARDE, Slot.JANTAR)
MAIN = (Slot.ALMOCO, Slot.JANTAR)


@cache
def dishes() -> tuple[Dish, ...]:
    """Every dish of the guide."""
    return book().dishes


def planned(dish: Dish) -> PlannedDish:
    """The dish as it stands in the guide, for one person."""
    table = FoodTable.load()
    portions = tuple(
        Portion(part.food_id, table[part.food_id].name, part.grams, amount(table[part.food_id], part.grams))
        for part in dish.ingredients
    )
    return PlannedDish(
        dish.name, dish.role, portions, dish.steps, dish.minutes, dish.sources, Origin.GUIA, dish.id
    )


def meal(slot: Slot, *chosen: Dish) -> Meal:
    """A meal named by its main dish."""
    return Meal(slot, chosen[0].name, tuple(planned(dish) for dish in chosen))


def guide_week(seed: int = 1, start: date = MONDAY, slots: Sequence[Slot] = SLOTS) -> Week:
    """Seven days of the guide's dishes; the same seed gives the same week."""
    draw = Random(seed)
    days = tuple(Day(start + timedelta(days=n), tuple(_meal(draw, slot) for slot in slots)) for n in range(7))
    return Week(start, days, Origin.GUIA)


def _meal(draw: Random, slot: Slot) -> Meal:
    main = _pick(draw, slot, Role.PRINCIPAL)
    if slot not in MAIN or "completo" in main.tags:
        return meal(slot, main)
    return meal(slot, main, *(_pick(draw, slot, role) for role in (Role.ACOMPANHAMENTO, Role.SALADA)))


def _pick(draw: Random, slot: Slot, role: Role) -> Dish:
    return draw.choice([dish for dish in dishes() if slot in dish.slots and dish.role is role])
