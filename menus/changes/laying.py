"""A day laid out anew: which dishes stand, which are to be portioned, and what came out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from menus.candidates import Candidate
from menus.changes.standing import Served
from menus.companions import ForbidsTogether
from menus.dayplan import MISS_COST
from menus.meals import Pick, meal_name
from nutrition.menu import Day, Meal, PlannedDish, Slot, Week
from nutrition.person import Targets

Item = Served | Pick
"""A dish that stands, or one to be portioned."""

Laid = list[list[Item]]
"""The dishes of each meal of a day."""


@dataclass(frozen=True, slots=True)
class Refit:
    """A day that could be. ``gentle``: portions of other meals changed too; ``main``: the new main dish, if one was asked."""

    day: Day
    misses: frozenset[str]
    cost: float
    gentle: bool
    main: Candidate | None = None

    @property
    def rating(self) -> float:
        """Lower is better."""
        return MISS_COST * len(self.misses) + self.cost


@dataclass(frozen=True, slots=True)
class Outcome:
    """A week as it became, how many meals could not be changed as asked, and how many were locked and left alone."""

    week: Week
    failed: int = 0
    locked: int = 0


@dataclass(frozen=True, slots=True)
class Aims:
    """What days are held to. ``shares``: the meals that the person has and their parts of the energy."""

    targets: Targets
    shares: Mapping[Slot, float]
    forbids_together: ForbidsTogether


def with_amounts(before: Meal, row: Sequence[PlannedDish]) -> Meal:
    """The meal as it was, with the amounts that came out."""
    return replace(before, dishes=tuple(row)) if row else before


def named(slot: Slot, dishes: tuple[PlannedDish, ...]) -> Meal:
    """A meal called by its dishes."""
    return Meal(slot, meal_name([(dish.name, dish.role) for dish in dishes]), dishes)


def scaled(targets: Targets, part: float) -> Targets:
    """Targets for ``part`` (0 to 1) of a day."""
    if part >= 1.0:
        return targets
    amounts = {f.name: getattr(targets, f.name) * part for f in fields(targets) if f.name != "notes"}
    return replace(targets, **amounts)


def varied(found: Sequence[Refit], count: int) -> list[Refit]:
    """One of each kind of protein first, each in the order it was found."""
    chosen: list[Refit] = []
    for refit in found:
        if refit.main and all(c.main and c.main.protein != refit.main.protein for c in chosen):
            chosen.append(refit)
    chosen += [refit for refit in found if refit not in chosen]
    return chosen[:count]


def pick_of(item: Item) -> Pick:
    return item if isinstance(item, Pick) else item.planned.pick


def picks_of(laid: Laid) -> list[list[Pick]]:
    return [[pick_of(item) for item in items] for items in laid]
