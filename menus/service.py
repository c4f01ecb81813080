"""Use cases of the weekly menu: ask for a week, make it, show it as it may be shown now."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from menus import meters, own_dishes, tastes
from menus.people import profile_of, review
from menus.recheck import NOT_FORBIDDEN, withhold
from menus.repeating import RepeatedWeek
from menus.weekly import CannotMakeWeek, Progress, WeekRequest, Workshop, make_week
from nutrition.guardrails import Decision
from nutrition.menu import Week, main_dishes
from nutrition.person import Profile, Restriction
from nutrition.restrictions.rules import Rules
from nutrition.shares import shares
from rag.leaving import words_of
from rag.writer import MenuWriter
from storage import jobs, menus, people, restrictions
from storage.at_once import at_once
from storage.database import Database
from storage.driver import Connection
from storage.jobs import Job
from storage.menus import SavedWeek
from storage.people import Person

__all__ = ["Job", "MadeWeek", "MenuService", "SavedWeek"]

KIND = "week"
RECENT_WEEKS = 2
_SEEDS = 2**31
_REMEMBERED = 256

Writers = Callable[[Person], Sequence[MenuWriter]]
"""The writers that may serve a person, in order of preference; the planner always stands behind them."""


@dataclass(frozen=True, slots=True)
class MadeWeek:
    """A week, what it was drawn from, and the restrictions that it was made for."""

    week: Week
    seed: int
    rules_key: str


KeepIn = Callable[[int, Profile, Rules, Week, int], Awaitable[Week]]
"""Puts the meals that a person (by id) keeps into a new week, drawn from a seed: ``menus.changes``."""


async def _as_made(_person_id: int, _profile: Profile, _rules: Rules, week: Week, _seed: int) -> Week:
    return week


class MenuService:
    """One for the whole program. ``wake`` is called after a commit that asked for a week: it rings the job runner.

    ``keep_in`` is what a new week goes through before it is saved.
    """

    def __init__(
        self,
        database: Database,
        workshop: Workshop,
        *,
        writers: Writers = lambda person: (),
        seeds: Callable[[], int] = lambda: secrets.randbelow(_SEEDS),
    ) -> None:
        self._database = database
        self._workshop = workshop
        self._writers = writers
        self._seeds = seeds
        self._rechecked: OrderedDict[tuple[int, str, Week], Week] = OrderedDict()
        self.wake: Callable[[], object] = lambda: None
        self.keep_in: KeepIn = _as_made

    async def request_week(
        self, tx: Connection, person: Person, start: date, now: datetime, *, repeat: int | None = None
    ) -> tuple[Job, bool]:
        """The person's open job, made if there is none; the flag says whether it is new. Its seed is drawn here, so
        that a job taken up after a restart gives the same week. ``repeat`` is the id of a past week to make once more."""
        payload = {"start": start.isoformat(), "seed": self._seeds(), "repeat": repeat}
        return await jobs.create_or_get(tx, person.id, KIND, payload, now)

    async def cancel(self, tx: Connection, person_id: int, now: datetime) -> bool:
        """Stop making the person's week; False when none was being made."""
        return await jobs.cancel(tx, person_id, KIND, now)

    async def current_week(self, conn: Connection, person_id: int, day: date) -> SavedWeek | None:
        """The newest week that has ``day``, checked against the restrictions of now: what breaks them is withheld."""

        async def read(conn: Connection) -> tuple[SavedWeek | None, tuple[Restriction, ...]]:
            return await menus.current_week(conn, person_id, day), await restrictions.list_for(
                conn, person_id
            )

        saved, held = await at_once(conn, read)
        if saved is None:
            return None
        return replace(saved, week=await self._recheck(saved, held))

    async def weeks(self, conn: Connection, person_id: int, limit: int = 10) -> tuple[SavedWeek, ...]:
        """The person's weeks, newest first, each checked like the current one."""
        held = await restrictions.list_for(conn, person_id)
        saved = await menus.weeks_of(conn, person_id, limit)
        return tuple([replace(item, week=await self._recheck(item, held)) for item in saved])

    async def make(self, job: Job, progress: Progress) -> MadeWeek:
        """Do the work of ``job``. Raises ``CannotMakeWeek`` with a code, and ``StorageError``."""
        start, seed = date.fromisoformat(str(job.payload["start"])), int(job.payload["seed"])
        async with self._database.reader() as conn:
            person = await people.get(conn, job.person_id)
            profile = await profile_of(conn, job.person_id)
            recent = await menus.weeks_of(conn, job.person_id, RECENT_WEEKS)
            liking = await tastes.scores(conn, job.person_id)
            plan = await own_dishes.of_person(conn, job.person_id, profile, self._workshop.table)
            again = await menus.get_week(conn, job.person_id, int(job.payload.get("repeat") or 0))
        if person is None or profile is None:
            raise CannotMakeWeek("no_profile")
        rules = await self._rules(profile.restrictions)
        request = week_request(profile, rules, start=start, seed=seed, avoid=recent_mains(recent, start))
        request = replace(request, tastes=liking, own=plan.dishes, permitted=plan.permitted)
        writers = (RepeatedWeek(again.week),) if again else self._writers(person)
        with words_of(person.gemini_consent):
            week = await make_week(request, self._workshop, writers, progress)
        week = await self.keep_in(job.person_id, profile, rules, week, seed)
        return MadeWeek(week, seed, rules.key)

    async def save(self, tx: Connection, job: Job, made: MadeWeek, now: datetime) -> bool:
        """Keep ``made`` in the transaction that ends ``job``, awaiting nothing but ``tx``. False, and nothing is kept, when the person's restrictions
        changed while it was made."""
        held = await restrictions.list_for(tx, job.person_id)
        if Rules.of(held, self._workshop.table).key != made.rules_key:
            return False
        await menus.save_week(tx, job.person_id, made.week, made.seed, now)
        return True

    async def _rules(self, held: Sequence[Restriction]) -> Rules:
        """The rules for ``held``; made in a thread, since new ones take some 30 ms."""
        return await asyncio.to_thread(Rules.of, held, self._workshop.table)

    async def _recheck(self, saved: SavedWeek, held: Sequence[Restriction]) -> Week:
        rules = await self._rules(held)
        key = (saved.id, rules.key, saved.week)
        if key not in self._rechecked:
            self._rechecked[key] = await asyncio.to_thread(withhold, saved.week, rules)
            meters.meals_withheld.inc(_broken(self._rechecked[key]))
            if len(self._rechecked) > _REMEMBERED:
                self._rechecked.popitem(last=False)
        self._rechecked.move_to_end(key)
        return self._rechecked[key]


def _broken(week: Week) -> int:
    """How many meals of a rechecked week break a restriction."""
    return sum(meal.withheld not in NOT_FORBIDDEN for day in week.days for meal in day.meals)


def week_request(
    profile: Profile, rules: Rules, *, start: date, seed: int, avoid: tuple[str, ...] = ()
) -> WeekRequest:
    """What a profile asks of a week. Raises ``CannotMakeWeek`` for someone who is referred to a professional."""
    found = review(profile)
    if found.targets is None or found.assessment.decision is Decision.REFER:
        raise CannotMakeWeek("refer")
    return WeekRequest(
        start=start,
        goal=found.assessment.goal,
        targets=found.targets,
        shares=shares(profile.meals_per_day),
        rules=rules,
        request=profile.request,
        avoid=avoid,
        seed=seed,
    )


def recent_mains(recent: Sequence[SavedWeek], start: date) -> tuple[str, ...]:
    """Names of the main dishes of recent weeks, newest first, to give the person something else this time."""
    earliest = start - timedelta(days=7 * RECENT_WEEKS)
    names = [
        dish.name
        for saved in recent
        for day in reversed(saved.week.days)
        if day.date >= earliest
        for dish in main_dishes(day.meals)
    ]
    return tuple(dict.fromkeys(names))
