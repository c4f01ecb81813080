"""A plate: one dish as whole numbers of half household measures, ready for the optimiser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nutrition.amounts import HALVES, measure_for, step_g
from nutrition.bars import FIGURES, Floats
from nutrition.food import Food, FoodGroup, Measure
from nutrition.menu import Ingredient

Ints = NDArray[np.int64]

SHRINK, GROW = 0.65, 1.9
"""How far an ingredient may leave the grams of its recipe and still be the same dish."""

SIDE_SHRINK, SIDE_GROW = 0.5, 2.5
"""The same for dishes of a single food (rice, a fruit, a glass of milk), where the recipe is only the amount."""

SALT_SHRINK, SALT_GROW = 0.5, 1.3
"""Salt may be halved; more than a third over the recipe would be noticed."""

_THIN_KCAL = 15.0
"""A drink with less energy in 100 g (coffee, tea, water) is served as the recipe says: more of it corrects nothing."""

MOST_MEASURES = 10
"""Nobody counts more spoons than this: an amount grows no further than so many measures."""

FRUIT_VEGETABLE_TAG = "conta_fruta_verdura"


class FoodById(Protocol):
    """A food table, or a dictionary of foods."""

    def __getitem__(self, food_id: str, /) -> Food:
        """The food of that id; raises ``KeyError``."""
        ...

    def __contains__(self, food_id: object, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Plate:
    """The ingredients of one dish, one array element each.

    ``step_g``: grams of the smallest change, half a measure or a whole one; ``own``: steps of the recipe; ``low``/``high``: bounds in steps;
    ``per_step``: the ``FIGURES`` of one step (unknown values count 0 here and are listed by ``totals``);
    ``salty``: true where the amount may only shrink a little or grow a little (salt).
    ``optional`` plates may be left out whole.
    """

    food_ids: tuple[str, ...]
    measures: tuple[Measure, ...]
    step_g: Floats
    own: Floats
    low: Ints
    high: Ints
    per_step: Floats
    salty: NDArray[np.bool_]
    optional: bool = False

    def grams(self, steps: Ints) -> tuple[float, ...]:
        """Grams of each ingredient for ``steps``, to a hundredth of a gram."""
        return tuple(round(float(g), 2) for g in steps * self.step_g)

    def figures(self, steps: Ints | Floats) -> Floats:
        """``FIGURES`` of the dish for ``steps``."""
        result: Floats = steps @ self.per_step
        return result


def is_salt(food: Food) -> bool:
    """Whether the food is table salt or as salty (more than 20 g of sodium per 100 g)."""
    return food.group is FoodGroup.TEMPEROS and (food.per_100g["sodium_mg"] or 0.0) > 20_000


def figures_per_gram(food: Food) -> Floats:
    """``FIGURES`` of one gram of ``food``; an unknown value counts 0."""
    values = [(food.per_100g.get(name) or 0.0) / 100 for name in FIGURES[:-1]]
    return np.array([*values, 1.0 if FRUIT_VEGETABLE_TAG in food.tags else 0.0])


def plate_of(
    ingredients: Sequence[Ingredient],
    table: FoodById,
    *,
    side: bool = False,
    optional: bool = False,
) -> Plate:
    """Build the plate of a dish. ``side`` widens the bounds when one food makes the dish.

    Raises ``KeyError`` for a food that the table does not have.
    """
    foods = [table[i.food_id] for i in ingredients]
    alone = side and len(foods) <= 2
    measures = tuple(measure_for(f, max(i.grams, 0.1)) for f, i in zip(foods, ingredients, strict=True))
    steps_g = np.array([step_g(f, m) for f, m in zip(foods, measures, strict=True)])
    own = np.array([i.grams for i in ingredients]) / steps_g
    bounds = [
        _bounds(food, amount, float(step), alone)
        for food, amount, step in zip(foods, own, steps_g, strict=True)
    ]
    return Plate(
        food_ids=tuple(f.id for f in foods),
        measures=measures,
        step_g=steps_g,
        own=own,
        low=np.array([b[0] for b in bounds], dtype=np.int64),
        high=np.array([b[1] for b in bounds], dtype=np.int64),
        per_step=np.array([figures_per_gram(f) for f in foods]) * steps_g[:, None],
        salty=np.array([is_salt(f) for f in foods]),
        optional=optional,
    )


def _bounds(food: Food, own: float, grams: float, alone: bool) -> tuple[int, int]:
    """Bounds in steps: the dish's stretch, within what is sensible of the food; the recipe itself always fits."""
    if is_salt(food):
        shrink, grow = SALT_SHRINK, SALT_GROW
    elif food.group is FoodGroup.BEBIDAS and (food.per_100g["energy_kcal"] or 0.0) < _THIN_KCAL:
        shrink = grow = 1.0
    else:
        shrink, grow = (SIDE_SHRINK, SIDE_GROW) if alone else (SHRINK, GROW)
    least = min(max(shrink * own, food.portion_min_g / grams), own)
    most = max(min(grow * own, food.portion_max_g / grams, HALVES * MOST_MEASURES), own)
    low = max(1, int(np.ceil(least - 1e-6)))
    high = max(1, int(np.floor(most + 1e-6)))
    if low > high:
        low = high = max(1, round(own))
    return low, high
