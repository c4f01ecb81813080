"""The way of a weekly menu, apart from any database: brief, draft, check, repair, portions, fill.

Writers are tried in the order given; the embedded planner is always the last, so a week comes out whenever the
restrictions leave anything to eat. All computing is done in threads, at most two weeks at once: more would only make
the event loop wait for the interpreter.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ParamSpec, Protocol, TypeVar

import structlog

from menus import meters
from menus.candidates import Preparer
from menus.drafted import kitchen_with
from menus.fallback import completed
from menus.outcome import AWAY, PARTLY, plainly_named, told, unmet
from menus.own_dishes import with_permitted
from menus.planner import NO_DISHES, PLANNING_FAILED, Planner, order_of
from menus.recheck import Verdicts, violations
from menus.repair import Written, ask_again, checked_draft, merged
from menus.serving import served_days
from menus.weekplan import EmptyKitchenError, plan_week
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Draft, Origin, Slot, Week
from nutrition.person import Goal, Targets
from nutrition.portions_lp import PortionsError
from nutrition.restrictions.rules import Rules
from rag.liking import Tastes
from rag.writer import MenuBrief, MenuWriter, WriterError
from storage.passages import Passage

log = structlog.get_logger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")

AT_ONCE = 2
WRITING_S = 45.0
"""A writer's time for a week, its repair included: with the planning after it, people wait less than a minute."""

PASSAGES = 8
DAYS = 7

Progress = Callable[[int, int], None]
"""Called with (days done, days asked), possibly from another thread; must return at once."""


class CannotMakeWeek(Exception):
    """No week can be made; ``code`` is what the person is told ("no_dishes", "planning_failed", "unsafe")."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Library(Protocol):
    """Where dishes and passages are found: ``rag.retriever.Retriever``."""

    async def passages(self, text: str, k: int = ...) -> tuple[Passage, ...]:
        """The ``k`` passages of guidance that fit a text best."""
        ...

    async def dishes(
        self, goal: Goal, slots: Sequence[Slot], rules: Rules, request: str = ""
    ) -> tuple[Dish, ...]:
        """Every dish that the rules allow, ordered by fit."""
        ...


@dataclass(frozen=True, slots=True)
class WeekRequest:
    """What a week is made for. ``avoid``: names of recent main dishes; ``request``: the person's words (data); ``tastes``:
    how much dishes are liked, by id; ``own``: the dishes of the person's own plan, restrictions not looked at;
    ``permitted``: foods that it allows by name."""

    start: date
    goal: Goal
    targets: Targets
    shares: tuple[tuple[Slot, float], ...]
    rules: Rules
    request: str = ""
    avoid: tuple[str, ...] = ()
    seed: int = 0
    tastes: Tastes = ()
    own: tuple[Dish, ...] = ()
    permitted: frozenset[str] = frozenset()


class Elsewhere(Protocol):
    """Where weeks may be computed instead of in a thread: ``menus.worker.PlanningProcess``."""

    async def plan(self, brief: MenuBrief, notes: tuple[str, ...]) -> Week:
        """Like ``plan``."""
        ...

    async def finish(self, brief: MenuBrief, written: Written) -> Week:
        """Like ``finish``."""
        ...


class Workshop:
    """What weeks are made with; one for the whole program.

    ``library`` is None where only ``plan`` and ``finish`` are called; ``elsewhere`` computes them in another process.
    ``prepare`` is shared by workshops over the same table.
    """

    def __init__(
        self,
        table: FoodTable,
        library: Library | None,
        *,
        at_once: int = AT_ONCE,
        elsewhere: Elsewhere | None = None,
        prepare: Preparer | None = None,
    ) -> None:
        self.table = table
        self.library = library
        self.elsewhere = elsewhere
        self.prepare = prepare or Preparer(table)
        self.planner = Planner(table, self.prepare)
        self._threads = asyncio.Semaphore(at_once)

    async def compute(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run blocking work in a thread, at most ``at_once`` at a time."""
        async with self._threads:
            return await asyncio.to_thread(work, *args, **kwargs)

    async def planned(self, brief: MenuBrief, progress: Progress, notes: tuple[str, ...]) -> Week:
        """``plan`` without blocking; days are told one by one only when this process computes them."""
        with meters.planning_seconds.labels("plan").time():
            if self.elsewhere is None:
                return await self.compute(plan, brief, self, progress, notes=notes)
            return await self.elsewhere.plan(brief, notes)

    async def finished(self, brief: MenuBrief, written: Written) -> Week:
        """``finish`` without blocking."""
        with meters.planning_seconds.labels("finish").time():
            if self.elsewhere is None:
                return await self.compute(finish, brief, written, self)
            return await self.elsewhere.finish(brief, written)


async def make_week(
    request: WeekRequest,
    workshop: Workshop,
    writers: Sequence[MenuWriter] = (),
    progress: Progress = lambda done, asked: None,
) -> Week:
    """Make a week for ``request``. Raises ``CannotMakeWeek`` only when nothing at all can be planned."""
    brief = await brief_for(request, workshop)
    onward = _onward(progress)
    notes: tuple[str, ...] = ()
    for writer in writers:
        written = await _written(brief, workshop, writer, onward)
        if isinstance(written, Written):
            return await workshop.finished(brief, written)
        notes = (*notes, written)
    return await workshop.planned(brief, onward, notes)


async def _written(
    brief: MenuBrief, workshop: Workshop, writer: MenuWriter, progress: Progress
) -> Written | str:
    """What a writer wrote within ``WRITING_S``, checked and mended; else the note that says why it did not."""
    end = asyncio.get_running_loop().time() + WRITING_S
    try:
        async with asyncio.timeout_at(end):
            draft = await writer.draft(brief, progress)
    except WriterError as exc:
        log.info("writer failed", writer=writer.origin.value, note=exc.note)
        return exc.note
    except TimeoutError:
        log.info("writer too slow", writer=writer.origin.value)
        return AWAY
    progress(len(brief.days), len(brief.days))
    return await _mended(brief, draft, workshop, writer, end)


def _onward(progress: Progress) -> Progress:
    """``progress`` that never goes back: when the planner takes over, days already told are not told again."""
    told = 0

    def report(done: int, asked: int) -> None:
        nonlocal told
        if done > told:
            told = done
            progress(done, asked)

    return report


def plan(
    brief: MenuBrief,
    workshop: Workshop,
    progress: Progress = lambda done, asked: None,
    *,
    notes: tuple[str, ...] = (),
) -> Week:
    """The embedded planner's week, through the same check as any other (blocking). Raises ``CannotMakeWeek``."""
    try:
        draft = workshop.planner.write(brief, progress)
    except WriterError as exc:
        raise CannotMakeWeek(exc.note) from exc
    full = replace(brief, dishes=completed(brief, workshop.table), own=())
    verdicts = Verdicts(brief.rules)
    checked = checked_draft(full, draft, workshop.table, Origin.GUIA, verdicts)
    return finish(brief, Written(checked, Origin.GUIA, notes), workshop, verdicts)


async def brief_for(request: WeekRequest, workshop: Workshop) -> MenuBrief:
    """Retrieve what fits and put it with what a writer may know."""
    if workshop.library is None:
        raise ValueError("a workshop without a library can only compute")
    slots = [slot for slot, _ in request.shares]
    dishes = await workshop.library.dishes(request.goal, slots, request.rules, request.request)
    passages = await workshop.library.passages(request.request or "montar o prato do dia a dia", PASSAGES)
    return MenuBrief(
        start=request.start,
        days=tuple(range(DAYS)),
        targets=request.targets,
        shares=request.shares,
        rules=request.rules,
        foods=request.rules.allowed(workshop.table),
        dishes=dishes,
        passages=passages,
        request=request.request,
        avoid=request.avoid,
        seed=request.seed,
        tastes=with_permitted(request.tastes, dishes, request.permitted),
        own=fitting(request.own, slots, request.rules),
    )


def fitting(own: Sequence[Dish], slots: Collection[Slot], rules: Rules) -> tuple[Dish, ...]:
    """The dishes of a person's plan that are for one of these meals and allowed: restrictions win over documents."""
    return tuple(
        dish
        for dish in own
        if not dish.slots.isdisjoint(slots)
        and rules.forbids_dish(dish.name, [item.food_id for item in dish.ingredients], dish.steps) is None
    )


async def _mended(
    brief: MenuBrief, draft: Draft, workshop: Workshop, writer: MenuWriter, end: float
) -> Written:
    """Check a draft, and let its writer mend once, until ``end`` on the loop's clock, what failed."""
    checked = await workshop.compute(checked_draft, brief, draft, workshop.table, writer.origin)
    if checked.rejected:
        try:
            async with asyncio.timeout_at(end):
                second = await ask_again(writer, brief, checked)
        except TimeoutError:
            log.info("repair too slow", writer=writer.origin.value)
            second = None
        if second is not None:
            checked = await workshop.compute(merged, brief, checked, second, workshop.table)
    return Written(checked, writer.origin, (PARTLY,) if checked.rejected else ())


def finish(brief: MenuBrief, written: Written, workshop: Workshop, verdicts: Verdicts | None = None) -> Week:
    """Portions for what passed, the planner's dishes for the rest, and a last look at every word (blocking)."""
    verdicts = verdicts or Verdicts(brief.rules)
    dishes = completed(brief, workshop.table)
    kitchen, locked = kitchen_with(dishes, written.checked, workshop.prepare, workshop.table)
    order = order_of(brief, locked, final=written.writer is Origin.GUIA)
    try:
        planned = plan_week(order, kitchen, workshop.table)
    except EmptyKitchenError as exc:
        raise CannotMakeWeek(NO_DISHES) from exc
    except PortionsError as exc:
        raise CannotMakeWeek(PLANNING_FAILED) from exc
    days = served_days(brief.start, planned, order.slots, kitchen, workshop.table)
    writer, notes = told(days, written, dishes)
    week = Week(
        start=brief.start,
        days=tuple(plainly_named(day, verdicts) for day in days),
        writer=writer,
        unmet=unmet(brief.start, planned, order, kitchen, workshop.table),
        notes=notes,
    )
    if any(violations(week, verdicts)):
        raise CannotMakeWeek("unsafe")
    return week
