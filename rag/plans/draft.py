"""Meals while they are read: options of components, until the end of the plan tells which meal a snack is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nutrition.menu import Slot
from nutrition.shares import MAX_MEALS, MIN_MEALS, slots
from rag.plans.components import Component
from rag.plans.nouns import PlanFood, PlanMeal

MOST_OPTIONS = 8
"""Of a meal: a plan with more is cut there."""

_SNACK_HOURS = (("11:30", Slot.LANCHE_DA_MANHA), ("19:30", Slot.LANCHE_DA_TARDE), ("25", Slot.CEIA))
_HOURS = (
    ("09:00", Slot.CAFE_DA_MANHA),
    ("11:00", Slot.LANCHE_DA_MANHA),
    ("14:30", Slot.ALMOCO),
    ("18:00", Slot.LANCHE_DA_TARDE),
    ("21:30", Slot.JANTAR),
    ("25", Slot.CEIA),
)
"""What a meal is until an hour of the day: one that is called a snack, and one that has only a number."""

_SNACKS = (Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE, Slot.CEIA)


@dataclass(slots=True)
class Option:
    """One way to eat a meal: components eaten together."""

    section: str
    quote: str
    page: int | None
    components: list[Component] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A meal as far as it was read. ``slots`` is empty for a snack that is still to be placed."""

    slots: tuple[Slot, ...]
    hour: str | None
    quote: str
    page: int | None
    numbered: bool = False
    options: list[Option] = field(default_factory=list)

    def has_food(self) -> bool:
        """Whether anything to eat was found."""
        return any(option.components for option in self.options)


def placed(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with a slot each: by their hour, numbered ones by their place, snacks by the meals around them."""
    numbered = [draft for draft in drafts if draft.numbered and not draft.slots]
    if numbered and len(numbered) == len(drafts) and MIN_MEALS <= len(drafts) <= MAX_MEALS:
        for draft, slot in zip(drafts, slots(len(drafts)), strict=True):
            draft.slots = (slot,)
    for at, draft in enumerate(drafts):
        if not draft.slots:
            draft.slots = (_by_hour(draft) or _by_neighbours(drafts, at),)
    return list(drafts)


def _by_hour(draft: Draft) -> Slot | None:
    if draft.hour is None:
        return None
    meals = _HOURS if draft.numbered else _SNACK_HOURS
    return next(slot for until, slot in meals if draft.hour < until)


def _by_neighbours(drafts: Sequence[Draft], at: int) -> Slot:
    order = list(Slot)
    before = next((d.slots[-1] for d in reversed(drafts[:at]) if d.slots), None)
    if before is None or order.index(before) < order.index(Slot.LANCHE_DA_MANHA):
        return Slot.LANCHE_DA_MANHA
    return next((slot for slot in _SNACKS if order.index(slot) > order.index(before)), Slot.CEIA)


def meals_of(draft: Draft) -> Iterable[PlanMeal]:
    """The ways to eat a meal: alternatives of its components in turns, so that each comes up once."""
    for option in draft.options:
        known = [component for component in option.components if component]
        if not known:
            continue
        for turn in range(max(map(len, known))):
            foods = _merged(food for c in known for food in c[min(turn, len(c) - 1)])
            for slot in draft.slots:
                yield PlanMeal(slot, foods, tuple(option.unknown), option.section, option.quote, option.page)


def _merged(foods: Iterable[PlanFood]) -> tuple[PlanFood, ...]:
    """Each food once, its first amount."""
    return tuple({food.food_id: food for food in reversed(list(foods))}.values())[::-1]
