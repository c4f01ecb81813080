"""A week that stands, as the planner sees one: each dish an index of the kitchen and whole steps of its plate.

A dish that the guide has is the guide's; any other (written by Gemini, or changed in the guide since) is a dish of its
own, whose amounts stay as they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from menus.candidates import Candidate, Kitchen, candidate_of
from menus.meals import Pick
from menus.planned import PlannedPick
from nutrition.foods import FoodTable
from nutrition.measures import wording
from nutrition.menu import Day, Dish, Ingredient, Meal, PlannedDish, Portion, Week
from nutrition.plates import Ints, Plate

_ON_GRID_G = 0.02


@dataclass(frozen=True, slots=True)
class Served:
    """A dish that stands in a meal: ``dish`` as it is shown, ``planned`` as the planner sees it.

    ``elastic``: its amounts are whole steps within the bounds of the guide's dish, so they may be fitted again.
    """

    dish: PlannedDish
    planned: PlannedPick
    elastic: bool


@dataclass(frozen=True, slots=True)
class StandingDay:
    """A day and its dishes, meal by meal; a meal that is withheld or eaten out has none."""

    day: Day
    meals: tuple[tuple[Served, ...], ...]

    @property
    def picks(self) -> list[list[Pick]]:
        """The dishes of each meal, as the planner picks them."""
        return [[served.planned.pick for served in meal] for meal in self.meals]


@dataclass(frozen=True, slots=True)
class Standing:
    """A week that stands, and the kitchen in which its dishes and all that could take their places are."""

    kitchen: Kitchen
    days: tuple[StandingDay, ...]


def standing(
    week: Week, dishes: Sequence[Dish], prepare: Callable[[Dish], Candidate], table: FoodTable
) -> Standing:
    """Lay out ``week`` over the kitchen of ``dishes`` (blocking, a few ms)."""
    return _Layout(dishes, prepare, table).of(week)


class _Layout:
    def __init__(
        self, dishes: Sequence[Dish], prepare: Callable[[Dish], Candidate], table: FoodTable
    ) -> None:
        self._table = table
        self._candidates = [prepare(dish) for dish in dishes]
        self._places = {dish.id: index for index, dish in enumerate(dishes)}

    def of(self, week: Week) -> Standing:
        days = tuple(
            StandingDay(day, tuple(tuple(self._meal(meal)) for meal in day.meals)) for day in week.days
        )
        return Standing(Kitchen(self._candidates), days)

    def _meal(self, meal: Meal) -> list[Served]:
        if meal.withheld is not None:
            return []
        return [self._served(dish) for dish in meal.dishes if self._is_known(dish)]

    def _is_known(self, dish: PlannedDish) -> bool:
        return bool(dish.portions) and all(portion.food_id in self._table for portion in dish.portions)

    def _served(self, dish: PlannedDish) -> Served:
        grams = np.array([portion.grams for portion in dish.portions])
        index = self._places.get(dish.dish_id or "")
        if index is not None:
            candidate = self._candidates[index]
            if candidate.plate.food_ids == tuple(portion.food_id for portion in dish.portions):
                steps = np.rint(grams / candidate.plate.step_g).astype(np.int64)
                on_grid = bool((abs(steps * candidate.plate.step_g - grams) <= _ON_GRID_G).all())
                if on_grid and bool((steps >= candidate.plate.low).all()):
                    return Served(dish, PlannedPick(Pick(candidate.part, index), steps), elastic=True)
        return self._own(dish, grams)

    def _own(self, dish: PlannedDish, grams: np.ndarray) -> Served:
        """A dish of its own, in no pool: one step is the whole amount as it stands."""
        ingredients = tuple(Ingredient(portion.food_id, portion.grams) for portion in dish.portions)
        made = Dish(
            id=f"{dish.dish_id or dish.name}@{grams.tobytes().hex()}",
            name=dish.name,
            slots=frozenset(),
            role=dish.role,
            minutes=dish.minutes,
            ingredients=ingredients,
            steps=dish.steps,
            tags=frozenset(),
            sources=dish.sources,
            origin=dish.origin,
        )
        if made.id not in self._places:
            self._places[made.id] = len(self._candidates)
            candidate = candidate_of(made, self._table)
            self._candidates.append(replace(candidate, plate=as_it_stands(candidate.plate, grams)))
        index = self._places[made.id]
        ones = np.ones(len(grams), dtype=np.int64)
        return Served(dish, PlannedPick(Pick(self._candidates[index].part, index), ones), elastic=False)


def as_it_stands(plate: Plate, grams: np.ndarray) -> Plate:
    """The plate whose only amounts are ``grams``."""
    ones = np.ones(len(grams), dtype=np.int64)
    per_step = plate.per_step / plate.step_g[:, None] * grams[:, None]
    return replace(
        plate, step_g=grams, own=ones.astype(float), low=ones, high=ones, per_step=per_step, optional=False
    )


def again(served: Served, steps: Ints, plate: Plate, table: FoodTable) -> PlannedDish:
    """The dish of ``served`` with other amounts."""
    if np.array_equal(steps, served.planned.steps):
        return served.dish
    portions = tuple(
        Portion(food_id, table[food_id].name, grams, wording(measure, round(2 * grams / measure.grams)))
        for food_id, measure, grams in zip(plate.food_ids, plate.measures, plate.grams(steps), strict=True)
    )
    return replace(served.dish, portions=portions)


def out_of_the_day(meal: Meal) -> bool:
    """Whether a meal is not eaten from the menu: eaten out, or withheld."""
    return meal.withheld is not None or not meal.dishes
