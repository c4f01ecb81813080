"""Adds up what a meal, a day or a dish gives, and says which figures are not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from nutrition.food import NUTRIENTS
from nutrition.foods import FoodTable

FRUIT_VEGETABLE = "fruit_vegetable_g"
"""Key of the grams that count towards the WHO's 400 g of fruit and vegetables a day."""


class FoodAmount(Protocol):
    """Grams of a food as eaten: an ``Ingredient``, a ``Portion``, or anything shaped like them."""

    @property
    def food_id(self) -> str: ...

    @property
    def grams(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Totals:
    """``values``: the sum of what is known, for every name of ``NUTRIENTS`` and ``fruit_vegetable_g``.

    ``unknown``: for each nutrient with a gap, the ids of the foods whose figure no publication gives, sorted; the sum of
    that nutrient is then a lower bound.
    """

    values: dict[str, float]
    unknown: dict[str, tuple[str, ...]]


def totals(portions: Iterable[FoodAmount], table: FoodTable) -> Totals:
    """Add up ``portions``. Raises ``KeyError`` for a food id that the table does not have."""
    values = dict.fromkeys((*NUTRIENTS, FRUIT_VEGETABLE), 0.0)
    unknown: dict[str, set[str]] = {}
    for portion in portions:
        food = table[portion.food_id]
        if portion.grams <= 0:
            continue
        for nutrient, per_100g in food.per_100g.items():
            if per_100g is None:
                unknown.setdefault(nutrient, set()).add(food.id)
            else:
                values[nutrient] += per_100g * portion.grams / 100
        if "conta_fruta_verdura" in food.tags:
            values[FRUIT_VEGETABLE] += portion.grams
    return Totals(values, {nutrient: tuple(sorted(ids)) for nutrient, ids in unknown.items()})
