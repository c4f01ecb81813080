"""What a nutritionist's document asks for, as typed fields with the page and the line they stand on."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from nutrition.menu import Slot

T = TypeVar("T")

OWN_TAG = "meu plano"
OWN_ID = "plano-"
"""The tag of a dish of the person's own plan, and how its id begins."""


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """Something a document says. ``quote`` is the line as it stands there (at most 200 letters); ``page`` counts from 1."""

    value: T
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PlanFood:
    """``grams`` of a food of the table, as eaten; ``said`` is how the document puts it.

    ``others``: foods that would do as well, where the document leaves it open ("1 fruta").
    """

    food_id: str
    grams: float
    said: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanMeal:
    """One way to eat a meal. ``unknown``: parts of it that are no food of the table, as the document puts them.

    ``section`` is the heading it stands under; ``quote`` its first line.
    """

    slot: Slot
    foods: tuple[PlanFood, ...]
    unknown: tuple[str, ...]
    section: str
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """What a document asks for; None and empty where it says nothing (or nothing believable).

    ``meals_per_day`` 1 to 8; ``energy_kcal`` a day, 800 to 6000; ``protein_g`` a day, 20 to 400; ``protein_g_per_kg``
    of body weight, 0.4 to 4. ``avoid``: foods or kinds of food in the document's words, one each ("frituras"), for
    ``nutrition.restrictions.understand``; ``permitted``: food ids of the table. ``hours``: local "HH:MM" by meal.
    """

    document: str
    meals_per_day: Said[int] | None = None
    energy_kcal: Said[float] | None = None
    protein_g: Said[float] | None = None
    protein_g_per_kg: Said[float] | None = None
    avoid: tuple[Said[str], ...] = ()
    permitted: tuple[Said[str], ...] = ()
    hours: tuple[tuple[Slot, Said[str]], ...] = ()
    meals: tuple[PlanMeal, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that could be a setting or a meal."""
        found = (self.meals_per_day, self.energy_kcal, self.protein_g, self.protein_g_per_kg)
        return not any(found) and not (self.avoid or self.permitted or self.hours or self.meals)
