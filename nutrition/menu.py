"""The nouns of a menu: dishes of the guide, drafts that a writer proposes, weeks that were checked and portioned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Slot(StrEnum):
    """Meals of a day, in the order they are eaten."""

    CAFE_DA_MANHA = "cafe_da_manha"
    LANCHE_DA_MANHA = "lanche_da_manha"
    ALMOCO = "almoco"
    LANCHE_DA_TARDE = "lanche_da_tarde"
    JANTAR = "jantar"
    CEIA = "ceia"


MAIN_SLOTS = frozenset({Slot.ALMOCO, Slot.JANTAR})
"""The main meals."""


class Role(StrEnum):
    """What a dish is in its meal. Variety counts ``principal`` only."""

    PRINCIPAL = "principal"
    ACOMPANHAMENTO = "acompanhamento"
    SALADA = "salada"
    FRUTA = "fruta"
    BEBIDA = "bebida"


class Origin(StrEnum):
    """Who wrote a dish."""

    GUIA = "guia"
    GEMINI = "gemini"
    DOCUMENTO = "documento"


@dataclass(frozen=True, slots=True)
class Source:
    """The passage a dish came from. ``page`` is None where the document has no pages."""

    document: str
    section: str
    page: int | None
    chunk_id: int


@dataclass(frozen=True, slots=True)
class Ingredient:
    """``grams`` of a food, as eaten, in one serving."""

    food_id: str
    grams: float


@dataclass(frozen=True, slots=True)
class Dish:
    """A dish of the guide or of a document, for one serving. ``id`` is a slug, stable across re-indexing."""

    id: str
    name: str
    slots: frozenset[Slot]
    role: Role
    minutes: int
    ingredients: tuple[Ingredient, ...]
    steps: tuple[str, ...]
    tags: frozenset[str]
    sources: tuple[Source, ...] = ()
    origin: Origin = Origin.GUIA


@dataclass(frozen=True, slots=True)
class DraftIngredient:
    """What a writer says: ``food`` is a food id, or a name still to be resolved; grams as eaten."""

    food: str
    grams: float


@dataclass(frozen=True, slots=True)
class DraftDish:
    """A proposed dish. ``dish_id`` names a guide dish taken as it is; ``chunk_ids`` are the passages it cites."""

    name: str
    role: Role
    ingredients: tuple[DraftIngredient, ...]
    steps: tuple[str, ...] = ()
    minutes: int = 0
    chunk_ids: tuple[int, ...] = ()
    dish_id: str | None = None
    origin: Origin = Origin.GUIA


@dataclass(frozen=True, slots=True)
class DraftMeal:
    """A proposed meal; empty ``dishes`` means that the writer left it out."""

    slot: Slot
    name: str
    dishes: tuple[DraftDish, ...]


@dataclass(frozen=True, slots=True)
class DraftDay:
    """``index`` counts days from the start of the week, 0-6."""

    index: int
    meals: tuple[DraftMeal, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a ``MenuWriter`` returns: a proposal, never trusted. Missing days and meals are filled later."""

    days: tuple[DraftDay, ...]


@dataclass(frozen=True, slots=True)
class Portion:
    """An ingredient as served: grams as eaten and the same amount in words ("2 colheres de sopa")."""

    food_id: str
    food: str
    grams: float
    measure: str


@dataclass(frozen=True, slots=True)
class PlannedDish:
    """A checked, portioned dish."""

    name: str
    role: Role
    portions: tuple[Portion, ...]
    steps: tuple[str, ...]
    minutes: int
    sources: tuple[Source, ...]
    origin: Origin
    dish_id: str | None = None


@dataclass(frozen=True, slots=True)
class Meal:
    """``withheld`` is the code of the restriction that took the meal out after it was saved, else None.

    A ``locked`` meal stays as it is while the rest of its week is changed.
    """

    slot: Slot
    name: str
    dishes: tuple[PlannedDish, ...]
    withheld: str | None = None
    locked: bool = False


def main_dishes(meals: Iterable[Meal]) -> Iterator[PlannedDish]:
    """The main dishes of the main meals among ``meals``, in their order."""
    for meal in meals:
        if meal.slot in MAIN_SLOTS:
            yield from (dish for dish in meal.dishes if dish.role is Role.PRINCIPAL)


@dataclass(frozen=True, slots=True)
class Day:
    """One local date."""

    date: date
    meals: tuple[Meal, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A soft target that could not be held: which (a ``Targets`` field, or ``variety``), and on which dates."""

    what: str
    dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """Seven checked days. ``writer`` is who drafted it; ``notes`` are codes of what to tell ("gemini_away"...)."""

    start: date
    days: tuple[Day, ...]
    writer: Origin
    unmet: tuple[Unmet, ...] = ()
    notes: tuple[str, ...] = field(default=())
