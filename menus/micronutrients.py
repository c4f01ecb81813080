"""Vitamins and minerals of a day beside their reference intakes. Pure.

A day below a reference is no lack: references are for the mean of many days. What no publication measured is named, so
that nobody takes a lower bound for the whole.
"""

from dataclasses import dataclass

from menus.explain import day_nutrient
from nutrition.dri import reference_intake
from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.menu import Day
from nutrition.person import Profile

MICRONUTRIENTS: tuple[str, ...] = (
    "calcium_mg",
    "iron_mg",
    "potassium_mg",
    "magnesium_mg",
    "zinc_mg",
    "vitamin_c_mg",
    "cholesterol_mg",
)
"""What the food table has beside the figures that have a target; cholesterol has no reference."""

_NO_MEAT = frozenset({"vegetariano", "lactovegetariano", "ovovegetariano", "vegano"})
_NO_MILK_EGG_OR_MEAT = frozenset({"vegano"})


@dataclass(frozen=True, slots=True)
class Micronutrient:
    """``total`` of a day as it is shown, and ``reference`` in the same unit, None where there is none.

    ``unknown``: foods of the day without a figure; ``top``: those that give most.
    """

    nutrient: str
    total: float
    reference: float | None
    unknown: tuple[Food, ...]
    top: tuple[Food, ...]

    @property
    def percent(self) -> int | None:
        """How much of the reference the day brings."""
        return None if not self.reference else round(100 * self.total / self.reference)


def reference(nutrient: str, profile: Profile) -> float | None:
    """The reference intake of a person a day; people who eat no meat need more iron."""
    codes = {item.code for item in profile.restrictions}
    return reference_intake(nutrient, profile.sex, profile.age, vegetarian=bool(codes & _NO_MEAT))


def wants_b12(profile: Profile) -> bool:
    """Whether nothing that the person eats brings vitamin B12 by itself."""
    return bool({item.code for item in profile.restrictions} & _NO_MILK_EGG_OR_MEAT)


def micronutrients(day: Day, profile: Profile, table: FoodTable) -> tuple[Micronutrient, ...]:
    """Each of ``MICRONUTRIENTS`` of ``day`` for ``profile``; withheld meals do not count."""
    found = []
    for nutrient in MICRONUTRIENTS:
        part = day_nutrient(day, nutrient, table)
        top = tuple(food for food, _ in part.top(3))
        found.append(Micronutrient(nutrient, part.total, reference(nutrient, profile), part.unknown, top))
    return tuple(found)
