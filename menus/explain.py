"""What is behind a number or a meal of a menu: foods, grams, figures of the table. Pure.

What is shown adds up: the shown total is rounded first, then shared out among meals, and each meal's share among its
foods, by largest remainders. So every part is within one step of its exact figure, and no sum is off by one.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nutrition.food import NUTRIENTS, Food
from nutrition.foods import FoodTable
from nutrition.menu import Day, Meal, PlannedDish
from nutrition.totals import FRUIT_VEGETABLE, FoodAmount

ENERGY, PROTEIN, SODIUM = "energy_kcal", "protein_g", "sodium_mg"
SALT = "sal"
"""Id of the cook's salt."""

EXPLAINED: tuple[str, ...] = (*NUTRIENTS, FRUIT_VEGETABLE)
"""What can be explained, by the names of the food table."""

_COARSE_FROM = 10
"""From this amount on, whole units are shown; below it, one decimal. Energy is always shown whole."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What ``grams`` of ``food`` give of a nutrient.

    ``per_100g`` and ``exact`` are None where no publication gives the figure; ``units`` is what is shown, counted in
    the steps of the whole that it is a part of.
    """

    food: Food
    grams: float
    per_100g: float | None
    exact: float | None
    units: int = 0


@dataclass(frozen=True, slots=True)
class MealPart:
    """The share of one meal, and its foods, those that give most first; a food of two dishes stands there once."""

    meal: Meal
    units: int
    foods: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class DayNutrient:
    """A nutrient of a day: ``units`` steps of ``step`` (kcal, g or mg as the name says), meal by meal.

    ``unknown``: foods of the day whose figure is not known; the total is then a lower bound.
    """

    nutrient: str
    step: float
    units: int
    meals: tuple[MealPart, ...]
    unknown: tuple[Food, ...]

    @property
    def total(self) -> float:
        """The shown total."""
        return self.amount(self.units)

    def amount(self, units: int) -> float:
        """``units`` as an amount, in the unit of the nutrient."""
        return amount(units, self.step)

    def top(self, limit: int) -> tuple[tuple[Food, int], ...]:
        """Up to ``limit`` foods that give most in the whole day, with their units; none that shows as nothing."""
        units: dict[str, int] = {}
        foods: dict[str, Food] = {}
        for part in (part for meal in self.meals for part in meal.foods):
            foods[part.food.id] = part.food
            units[part.food.id] = units.get(part.food.id, 0) + part.units
        ranked = sorted((food_id for food_id in units if units[food_id]), key=lambda food_id: -units[food_id])
        return tuple((foods[food_id], units[food_id]) for food_id in ranked[:limit])


@dataclass(frozen=True, slots=True)
class DishPart:
    """One dish of a meal: its share of the meal's energy and protein, and each portion's, in the order of the dish."""

    dish: PlannedDish
    kcal: int
    protein_units: int
    foods: tuple[tuple[Contribution, Contribution], ...]


@dataclass(frozen=True, slots=True)
class MealWhy:
    """A meal taken apart. ``kcal`` is what the day view shows; protein is counted in steps of ``protein_step`` grams."""

    meal: Meal
    kcal: int
    protein_step: float
    protein_units: int
    dishes: tuple[DishPart, ...]

    def protein(self, units: int) -> float:
        """``units`` of protein in grams."""
        return amount(units, self.protein_step)


def figure(food: Food, nutrient: str) -> float | None:
    """What 100 g of ``food`` give of ``nutrient``; None where it is not known."""
    if nutrient == FRUIT_VEGETABLE:
        return 100.0 if "conta_fruta_verdura" in food.tags else 0.0
    return food.per_100g[nutrient]


def day_nutrient(day: Day, nutrient: str, table: FoodTable) -> DayNutrient:
    """Take ``nutrient`` of ``day`` apart; withheld meals do not count.

    Raises ``KeyError`` for a nutrient outside ``EXPLAINED`` and for a food that the table does not have.
    """
    meals = [meal for meal in day.meals if not meal.withheld]
    parts = [_foods_of(meal, nutrient, table) for meal in meals]
    exact = [_known(part) for part in parts]
    step = step_for(nutrient, sum(exact))
    shares = _meal_units(nutrient, exact, step)
    told = tuple(
        MealPart(meal, units, _ranked(shared_out(part, units, step)))
        for meal, units, part in zip(meals, shares, parts, strict=True)
    )
    unknown = {part.food.id: part.food for each in parts for part in each if part.exact is None}
    return DayNutrient(nutrient, step, sum(shares), told, tuple(unknown.values()))


def meal_why(meal: Meal, table: FoodTable) -> MealWhy:
    """Take a meal apart into dishes and foods. Raises ``KeyError`` for a food that the table does not have."""
    portions = [portion for dish in meal.dishes for portion in dish.portions]
    energy = [contribution(portion, ENERGY, table) for portion in portions]
    protein = [contribution(portion, PROTEIN, table) for portion in portions]
    kcal, step = round(_known(energy)), step_for(PROTEIN, _known(protein))
    protein_units = round(_known(protein) / step)
    pairs = iter(zip(shared_out(energy, kcal, 1), shared_out(protein, protein_units, step), strict=True))
    dishes = [(dish, tuple(next(pairs) for _ in dish.portions)) for dish in meal.dishes]
    parts = tuple(
        DishPart(dish, sum(e.units for e, _ in foods), sum(p.units for _, p in foods), foods)
        for dish, foods in dishes
    )
    return MealWhy(meal, kcal, step, protein_units, parts)


def step_for(nutrient: str, total: float) -> float:
    """The step in which ``total`` of ``nutrient`` is shown."""
    return 1 if nutrient == ENERGY or total >= _COARSE_FROM else 0.1


def amount(units: int, step: float) -> float:
    """``units`` steps as an amount, without the noise of binary fractions."""
    return round(units * step, 1)


def apportion(values: Sequence[float], units: int) -> tuple[int, ...]:
    """Whole numbers that add up to ``units``, each within one of its value; a value of 0 stays 0.

    ``values`` are not negative, and their sum rounds to ``units``, up or down. What rounding down leaves goes to the
    largest remainders (Hamilton's method), the earlier first.
    """
    whole = [math.floor(value) for value in values]
    by_remainder = sorted(range(len(values)), key=lambda i: (whole[i] - values[i], i))
    for index in by_remainder[: max(0, units - sum(whole))]:
        whole[index] += 1
    return tuple(whole)


def contribution(portion: FoodAmount, nutrient: str, table: FoodTable) -> Contribution:
    """What one portion gives, before it is shared out."""
    food = table[portion.food_id]
    per_100g = figure(food, nutrient)
    return Contribution(
        food, portion.grams, per_100g, None if per_100g is None else per_100g * portion.grams / 100
    )


def shared_out(parts: Sequence[Contribution], units: int, step: float) -> tuple[Contribution, ...]:
    """The same parts with ``units`` shared out among them."""
    shares = apportion([(part.exact or 0.0) / step for part in parts], units)
    return tuple(
        Contribution(part.food, part.grams, part.per_100g, part.exact, share)
        for part, share in zip(parts, shares, strict=True)
    )


def _foods_of(meal: Meal, nutrient: str, table: FoodTable) -> list[Contribution]:
    merged: dict[str, Contribution] = {}
    for portion in (portion for dish in meal.dishes for portion in dish.portions):
        if portion.grams <= 0:
            continue
        new, old = contribution(portion, nutrient, table), merged.get(portion.food_id)
        if old is not None:
            exact = None if new.exact is None or old.exact is None else new.exact + old.exact
            new = Contribution(new.food, new.grams + old.grams, new.per_100g, exact)
        merged[portion.food_id] = new
    return list(merged.values())


def _meal_units(nutrient: str, exact: Sequence[float], step: float) -> tuple[int, ...]:
    """A day's energy is the sum of its meals as shown; any other total is rounded once and then shared out."""
    if nutrient == ENERGY:
        return tuple(round(value) for value in exact)
    return apportion([value / step for value in exact], round(sum(exact) / step))


def _known(parts: Iterable[Contribution]) -> float:
    return sum(part.exact for part in parts if part.exact is not None)


def _ranked(parts: Iterable[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(parts, key=lambda part: (-part.units, -(part.exact or 0.0))))
