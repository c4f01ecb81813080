"""The embedded planner: a ``MenuWriter`` that needs no network, made of dishes of the guide.

The same brief gives the same menu; another seed gives another week. When not everything can hold, what gives way, in
this order: order of fit and noise, what is liked, price, time, staples, side variety, repeated protein sources, weekly quotas, repeated
main dishes, adjacent repeats (only where the guide has no other dish), the meal's share of the energy, and last the
bars of the day by their weights (added sugar; fibre, saturated fat and vegetables; fat and sodium; protein; energy).
What does not go together (``menus.traits``) is kept apart unless a day's energy cannot be reached otherwise.
Restrictions never do: what they forbid is not in the kitchen. ``menus.outcome`` lists what gave way, in this order.
"""

import asyncio

from menus.candidates import Kitchen, Preparer
from menus.fallback import completed
from menus.serving import draft_day
from menus.weekplan import EmptyKitchenError, Locked, WeekOrder, plan_week
from menus.wishes import wishes_in
from nutrition.foods import FoodTable
from nutrition.menu import Draft, DraftDay, Origin
from nutrition.portions_lp import PortionsError
from rag.writer import DayDone, MenuBrief, WriterError

NO_DISHES = "no_dishes"
"""Note of a week that cannot be made: the restrictions leave nothing for some meal, not even a plain dish."""

PLANNING_FAILED = "planning_failed"


class Planner:
    """Writes a week from the guide's dishes in ``brief.dishes``. Raises ``WriterError`` when a meal has no dish at all."""

    origin = Origin.GUIA

    def __init__(self, table: FoodTable, preparer: Preparer | None = None) -> None:
        self._table = table
        self._prepare = preparer or Preparer(table)

    async def draft(self, brief: MenuBrief, day_done: DayDone) -> Draft:
        """Plan the brief's days in a thread; with ``brief.rejected``, return only those meals."""
        return await asyncio.to_thread(self.write, brief, day_done)

    def write(self, brief: MenuBrief, day_done: DayDone = lambda done, asked: None) -> Draft:
        """Like ``draft``, in the caller's thread (blocking, about 50 ms)."""
        order = order_of(brief)
        try:
            kitchen = Kitchen.of(completed(brief, self._table), self._prepare)
            planned = plan_week(order, kitchen, self._table, day_done)
        except EmptyKitchenError as exc:
            raise WriterError(NO_DISHES, str(exc)) from exc
        except PortionsError as exc:
            raise WriterError(PLANNING_FAILED, str(exc)) from exc
        days = tuple(draft_day(index, day, order.slots, kitchen) for index, day in planned.items())
        return Draft(_only_rejected(days, brief))


def order_of(brief: MenuBrief, locked: Locked | None = None, *, final: bool = False) -> WeekOrder:
    """What a brief asks of the engine."""
    return WeekOrder(
        targets=brief.targets,
        shares=brief.shares,
        wishes=wishes_in(brief.request),
        avoid=brief.avoid,
        tastes=brief.tastes,
        seed=brief.seed,
        days=brief.days,
        locked=locked or {},
        final=final,
        forbids_together=brief.rules.forbids_together,
    )


def _only_rejected(days: tuple[DraftDay, ...], brief: MenuBrief) -> tuple[DraftDay, ...]:
    asked = {(item.day, item.slot) for item in brief.rejected}
    if not asked:
        return days
    kept = [DraftDay(day.index, tuple(m for m in day.meals if (day.index, m.slot) in asked)) for day in days]
    return tuple(day for day in kept if day.meals)
