"""The planner's engine: a week of picked and portioned dishes, with meals that others wrote kept where they fit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from menus.candidates import Kitchen, Part
from menus.companions import Companions, ForbidsTogether, nothing_apart
from menus.dayplan import DayPlanner
from menus.meals import Pick
from menus.planned import PlannedDay, Proposed
from menus.variety import WeekState
from menus.wishes import Wishes
from nutrition.bars import Bars
from nutrition.menu import Slot
from nutrition.person import Targets
from nutrition.plates import FoodById
from rag.liking import Tastes

Locked = Mapping[tuple[int, Slot], Sequence[Proposed]]
"""The dishes already proposed for (day, slot)."""


@dataclass(frozen=True, slots=True)
class WeekOrder:
    """What to plan: for whom (targets, shares), what they like, and which days. Same order, same week.

    ``locked`` dishes are kept while the day can meet its bars with them; with ``final`` a day whose amounts are given
    is kept as it is, even if it misses a bar (it was already the planner's best).
    """

    targets: Targets
    shares: tuple[tuple[Slot, float], ...]
    wishes: Wishes = field(default_factory=Wishes)
    avoid: tuple[str, ...] = ()
    tastes: Tastes = ()
    seed: int = 0
    days: tuple[int, ...] = tuple(range(7))
    locked: Locked = field(default_factory=dict)
    final: bool = False
    forbids_together: ForbidsTogether = nothing_apart

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The meals of a day, in order."""
        return tuple(slot for slot, _ in self.shares)


def plan_week(
    order: WeekOrder,
    kitchen: Kitchen,
    table: FoodById,
    day_done: Callable[[int, int], None] = lambda done, asked: None,
) -> dict[int, PlannedDay]:
    """Plan the days of ``order``, by index. Blocking CPU work: call it in a thread.

    Raises ``PortionsError`` if the solver fails, and ``EmptyKitchenError`` when a meal has no dish at all.
    """
    _refuse_empty(order, kitchen)
    bars = Bars.of(order.targets)
    state = WeekState(kitchen, table, order.wishes, avoid=order.avoid, tastes=order.tastes, seed=order.seed)
    companions = Companions(kitchen, order.forbids_together)
    planner = DayPlanner(kitchen, order.shares, bars, state, companions)
    planned: dict[int, PlannedDay] = {}
    proposed = {day: _proposed(order, day) for day in order.days}
    for day, locked in proposed.items():  # what stands on later days counts for the days before them too
        state.record(day, _picks(locked, kitchen))
    for done, day in enumerate(order.days, start=1):
        state.forget(day)
        planned[day] = planner.plan(day, proposed[day], final=order.final)
        state.record(day, planned[day].picks(order.slots))
        day_done(done, len(order.days))
    return planned


def _proposed(order: WeekOrder, day: int) -> dict[Slot, Sequence[Proposed]]:
    return {slot: order.locked[day, slot] for slot in order.slots if order.locked.get((day, slot))}


def _picks(locked: Mapping[Slot, Sequence[Proposed]], kitchen: Kitchen) -> list[tuple[Slot, Pick]]:
    return [
        (slot, Pick(kitchen.candidates[item.index].part, item.index, locked=True))
        for slot, items in locked.items()
        for item in items
    ]


class EmptyKitchenError(Exception):
    """No dish can be the main part of a meal; ``slot`` says of which."""

    def __init__(self, slot: Slot) -> None:
        super().__init__(f"no dish for {slot}")
        self.slot = slot


def _refuse_empty(order: WeekOrder, kitchen: Kitchen) -> None:
    for slot in order.slots:
        if not kitchen.has(slot, Part.MAIN) and not all(order.locked.get((day, slot)) for day in order.days):
            raise EmptyKitchenError(slot)
