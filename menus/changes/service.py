"""Use cases over changes: ask for one, do it, undo it, keep a meal. What computes runs outside of any transaction."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from menus import own_dishes, tastes
from menus.changes.bans import with_bans
from menus.changes.days import keep_in
from menus.changes.instead import offer_instead
from menus.changes.laying import Aims
from menus.changes.offers import Option, offer
from menus.changes.orders import OFFERS, Kind, Order
from menus.changes.situation import CannotChange, Situation
from menus.changes.undo import stored_day
from menus.changes.work import perform
from menus.fallback import completed
from menus.people import profile_of
from menus.service import MenuService, SavedWeek, week_request
from menus.weekly import CannotMakeWeek, WeekRequest, Workshop, fitting
from menus.wishes import wishes_in
from nutrition.menu import Day, Meal, Week
from nutrition.person import Profile
from nutrition.restrictions.rules import Rules
from rag.liking import Tastes, by_liking
from rag.writer import MenuBrief
from storage import changes, menus, people, restrictions
from storage.database import Database
from storage.driver import Connection

NO_MENU = "no_menu"
_OFFERING = {Kind.OFFER: offer, Kind.LACKING: offer_instead}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an order: ``options`` to choose from, or ``week`` as it becomes, ``failed`` meals and ``locked`` ones.

    ``saved`` is the stored week it was worked out from and ``rules_key`` the restrictions: if either changed meanwhile,
    it is worked out again.
    """

    saved: SavedWeek
    rules_key: str
    options: tuple[Option, ...] = ()
    week: Week | None = None
    failed: int = 0
    locked: int = 0


class ChangeService:
    """One for the whole program."""

    def __init__(self, database: Database, workshop: Workshop, menu_service: MenuService) -> None:
        self._database = database
        self._workshop = workshop
        self._menus = menu_service

    async def work_out(self, person_id: int, order: Order, now: datetime) -> Done:
        """Do the computing of ``order``; nothing is stored. Raises ``CannotChange`` with a code."""
        async with self._database.reader() as conn:
            person = await people.get(conn, person_id)
            profile = await profile_of(conn, person_id)
            if person is None or profile is None:
                raise CannotChange(NO_MENU)
            today = now.astimezone(ZoneInfo(person.time_zone)).date()
            stored = await menus.current_week(conn, person_id, order.date or today)
            checked = await self._menus.current_week(conn, person_id, order.date or today)
            liking = await tastes.scores(conn, person_id)
            anything = stored or await menus.current_week(conn, person_id, today)
            elsewhere = await self._elsewhere(conn, person_id, order, checked)
            made = await changes.in_force(conn, person_id, stored.id) if stored else ()
        if stored is None or checked is None:
            raise CannotChange("no_day" if anything else NO_MENU)
        rules = await asyncio.to_thread(Rules.of, profile.restrictions, self._workshop.table)
        drawn = (checked.week, checked.seed)
        situation = await self._situation(person_id, profile, rules, drawn, today=today, liking=liking)
        situation = replace(situation, elsewhere=elsewhere)
        situation = await self._workshop.compute(with_bans, situation, made)
        if order.kind in OFFERS:
            options = await self._workshop.compute(_OFFERING[order.kind], order, situation)
            return Done(stored, rules.key, options=options)
        done = await self._workshop.compute(perform, order, situation)
        return Done(stored, rules.key, week=done.week, failed=done.failed, locked=done.locked)

    async def _elsewhere(
        self, conn: Connection, person_id: int, order: Order, checked: SavedWeek | None
    ) -> tuple[Day, ...]:
        """The day that an order copies, when it is of another week."""
        if order.source is None or checked is None:
            return ()
        if any(day.date == order.source for day in checked.week.days):
            return ()
        other = await self._menus.current_week(conn, person_id, order.source)
        return tuple(day for day in other.week.days if day.date == order.source) if other else ()

    async def save(
        self, tx: Connection, person_id: int, order: Order, done: Done, now: datetime
    ) -> int | None:
        """Store what was worked out; returns the change's id, or None when the week or the restrictions changed since."""
        if not await self.still_holds(tx, person_id, done):
            return None
        assert done.week is not None  # noqa: S101 (an offer is not saved)
        pairs = [
            (before, plain)
            for before, after in zip(done.saved.week.days, done.week.days, strict=True)
            if (plain := stored_day(after)) != before
        ]
        for _, after in pairs:
            await menus.replace_day(tx, person_id, done.saved.id, after)
        what = {"order": order.to_json(), "failed": done.failed, "locked": done.locked}
        days = ([before for before, _ in pairs], [after for _, after in pairs])
        change_id = await changes.record(tx, person_id, done.saved.id, what, days=days, now=now)
        await tastes.swapped(tx, person_id, change_id, order, days=pairs)
        return change_id

    async def still_holds(self, conn: Connection, person_id: int, done: Done) -> bool:
        """Whether the week and the restrictions are those that ``done`` was worked out from."""
        stored = await menus.get_week(conn, person_id, done.saved.id)
        held = await restrictions.list_for(conn, person_id)
        rules = await asyncio.to_thread(Rules.of, held, self._workshop.table)
        return stored == done.saved and rules.key == done.rules_key

    async def keep_in(self, person_id: int, profile: Profile, rules: Rules, week: Week, seed: int) -> Week:
        """A new week with the meals that the person keeps, where they fit and the restrictions allow them."""
        async with self._database.reader() as conn:
            kept = [(each.date, each.meal) for each in await changes.kept(conn, person_id)]
            locked = await self._locked(conn, person_id, week)
            liking = await tastes.scores(conn, person_id)
        taken = {(day, meal.slot) for day, meal in locked}
        pairs = [*locked, *((day, meal) for day, meal in kept if (day, meal.slot) not in taken)]
        if not pairs:
            return week
        situation = await self._situation(
            person_id, profile, rules, (week, seed), today=week.start, liking=liking
        )
        changed, _ = await self._workshop.compute(keep_in, week, pairs, situation)
        return changed

    async def _locked(self, conn: Connection, person_id: int, week: Week) -> list[tuple[date, Meal]]:
        """The locked meals that stand on the days of ``week`` now."""
        found: list[tuple[date, Meal]] = []
        for day in week.days:
            stands = await menus.current_week(conn, person_id, day.date)
            days = stands.week.days if stands else ()
            found += [(d.date, m) for d in days if d.date == day.date for m in d.meals if m.locked]
        return found

    async def _situation(
        self,
        person_id: int,
        profile: Profile,
        rules: Rules,
        drawn: tuple[Week, int],
        *,
        today: date,
        liking: Tastes,
    ) -> Situation:
        week, seed = drawn
        try:
            request = week_request(profile, rules, start=week.start, seed=seed)
        except CannotMakeWeek as exc:
            raise CannotChange(NO_MENU) from exc
        brief = await self._brief(person_id, profile, week, replace(request, tastes=liking))
        return Situation(
            week=week,
            today=today,
            aims=Aims(request.targets, dict(request.shares), rules.forbids_together),
            rules=rules,
            dishes=await self._workshop.compute(completed, brief, self._workshop.table),
            table=self._workshop.table,
            prepare=self._workshop.prepare,
            wishes=wishes_in(request.request),
            seed=seed,
            tastes=liking,
        )

    async def _brief(self, person_id: int, profile: Profile, week: Week, request: WeekRequest) -> MenuBrief:
        """What the person may get in the meals that they have, in order of fit and liking."""
        rules = request.rules
        slots = {slot for slot, _ in request.shares} | {m.slot for d in week.days for m in d.meals}
        library = self._workshop.library
        if library is None:
            raise CannotChange("no_options")
        async with self._database.reader() as conn:
            plan = await own_dishes.of_person(conn, person_id, profile, self._workshop.table)
        dishes = await library.dishes(request.goal, sorted(slots), rules, request.request)
        return MenuBrief(
            start=request.start,
            days=tuple(range(len(week.days))),
            targets=request.targets,
            shares=request.shares,
            rules=rules,
            foods=rules.allowed(self._workshop.table),
            dishes=by_liking(dishes, request.tastes),
            passages=(),
            request=request.request,
            seed=request.seed,
            tastes=request.tastes,
            own=fitting(plan.dishes, slots, rules),
        )
