"""From the planner's indexes and steps to drafts, and to the days that people see: grams, measures, names."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from menus.candidates import Kitchen
from menus.meals import meal_name
from menus.planned import PlannedDay, PlannedPick
from nutrition.foods import FoodTable
from nutrition.measures import wording
from nutrition.menu import (
    Day,
    DraftDay,
    DraftDish,
    DraftIngredient,
    DraftMeal,
    Meal,
    PlannedDish,
    Portion,
    Slot,
)


def draft_day(index: int, planned: PlannedDay, slots: Sequence[Slot], kitchen: Kitchen) -> DraftDay:
    """A planned day as a writer's proposal."""
    meals = []
    for slot, picks in zip(slots, planned.meals, strict=True):
        dishes = tuple(_draft_dish(pick, kitchen) for pick in picks)
        meals.append(DraftMeal(slot, meal_name([(d.name, d.role) for d in dishes]), dishes))
    return DraftDay(index, tuple(meals))


def served_days(
    start: date, planned: Mapping[int, PlannedDay], slots: Sequence[Slot], kitchen: Kitchen, table: FoodTable
) -> tuple[Day, ...]:
    """Planned days, by index, as they are saved and shown."""
    return tuple(
        Day(start + timedelta(days=index), tuple(_meals(day, slots, kitchen, table)))
        for index, day in sorted(planned.items())
    )


def _meals(day: PlannedDay, slots: Sequence[Slot], kitchen: Kitchen, table: FoodTable) -> list[Meal]:
    meals = []
    for slot, picks in zip(slots, day.meals, strict=True):
        dishes = tuple(served_dish(pick, kitchen, table) for pick in picks)
        meals.append(Meal(slot, meal_name([(d.name, d.role) for d in dishes]), dishes))
    return meals


def _draft_dish(planned: PlannedPick, kitchen: Kitchen) -> DraftDish:
    candidate = kitchen.candidates[planned.pick.index]
    dish, plate = candidate.dish, candidate.plate
    return DraftDish(
        name=dish.name,
        role=dish.role,
        ingredients=tuple(map(DraftIngredient, plate.food_ids, plate.grams(planned.steps))),
        steps=dish.steps,
        minutes=dish.minutes,
        chunk_ids=tuple(source.chunk_id for source in dish.sources),
        dish_id=dish.id,
        origin=dish.origin,
    )


def served_dish(planned: PlannedPick, kitchen: Kitchen, table: FoodTable) -> PlannedDish:
    """A picked dish with its amounts in grams and in words."""
    candidate = kitchen.candidates[planned.pick.index]
    dish, plate = candidate.dish, candidate.plate
    portions = tuple(
        Portion(food_id, table[food_id].name, grams, wording(measure, round(2 * grams / measure.grams)))
        for food_id, measure, grams in zip(
            plate.food_ids, plate.measures, plate.grams(planned.steps), strict=True
        )
    )
    return PlannedDish(
        name=dish.name,
        role=dish.role,
        portions=portions,
        steps=dish.steps,
        minutes=dish.minutes,
        sources=dish.sources,
        origin=dish.origin,
        dish_id=dish.id,
    )
