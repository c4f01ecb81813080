"""A past week once more: as a draft, so that it goes through the same checks, portions and filling as any other."""

from nutrition.menu import (
    Day,
    Draft,
    DraftDay,
    DraftDish,
    DraftIngredient,
    DraftMeal,
    Origin,
    PlannedDish,
    Week,
)
from rag.writer import DayDone, MenuBrief, WriterError

NOTHING_ELSE = "repeat_has_nothing_else"
"""A repeated week has no second idea for a meal that failed the check: the planner fills it."""


class RepeatedWeek:
    """A ``MenuWriter`` that proposes the meals of ``week`` on the days of the brief, day by day."""

    origin = Origin.GUIA

    def __init__(self, week: Week) -> None:
        self._week = week

    async def draft(self, brief: MenuBrief, day_done: DayDone) -> Draft:
        """The same meals. Raises ``WriterError`` when asked again for some of them."""
        if brief.rejected:
            raise WriterError(NOTHING_ELSE, "a repeated week has no second idea")
        days = [_day(index, self._week.days[index]) for index in brief.days if index < len(self._week.days)]
        day_done(len(days), len(brief.days))
        return Draft(tuple(days))


def _day(index: int, day: Day) -> DraftDay:
    return DraftDay(
        index,
        tuple(
            DraftMeal(meal.slot, meal.name, tuple(_dish(dish) for dish in meal.dishes))
            for meal in day.meals
            if meal.withheld is None
        ),
    )


def _dish(dish: PlannedDish) -> DraftDish:
    return DraftDish(
        name=dish.name,
        role=dish.role,
        ingredients=tuple(DraftIngredient(portion.food_id, portion.grams) for portion in dish.portions),
        steps=dish.steps,
        minutes=dish.minutes,
        chunk_ids=tuple(source.chunk_id for source in dish.sources),
        dish_id=dish.dish_id,
        origin=dish.origin,
    )
