"""How somebody is doing: weights as they were measured, their trend, days that were followed, the week in a few facts.

A measure takes the place of the profile's weight at once only where it asks for more care (a BMI that crosses a limit), or
where nothing but that weight referred the person to a professional.
Otherwise targets stay as they are until the person says yes to new ones (``menus.adapting``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from menus.people import profile_of
from nutrition.foods import FoodTable
from nutrition.guardrails import Assessment, Decision, assess
from nutrition.menu import Day, main_dishes
from nutrition.person import Profile
from nutrition.totals import FRUIT_VEGETABLE, totals
from nutrition.trend import Measure, Trend, smoothed, trend
from storage import day_answers, menus, profiles, tastes, weights
from storage.driver import Connection
from storage.weights import Weight

WEEK = timedelta(days=6)
"""A week is a day and the six before it."""

BIG_JUMP_KG, BIG_JUMP_SHARE, PER_DAY_KG = 2.5, 0.03, 0.15
MOST_JUMP_SHARE = 0.08
"""A figure that is further from the last one than a body moves in that time is asked to be confirmed. Of the profile's
weight the day is not known, so there only a difference of this share counts."""

_SEVERITY = tuple(Decision)
_ENOUGH_PLANTS_G = 400.0


@dataclass(frozen=True, slots=True)
class Progress:
    """``measures`` oldest first, ``line`` their moving average; ``trend`` is None while there is too little to tell."""

    measures: tuple[Measure, ...]
    line: tuple[Measure, ...]
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """``weight_id`` names the entry, to undo it. ``stricter``: what may be planned now, where the weight asks for care."""

    weight_id: int
    stricter: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts of a week: days that were followed, how often a weight was noted, dishes that were liked.

    ``dishes``: how many different main dishes the followed days had; ``plants``: all of them had enough fruit and vegetables.
    """

    first: date
    last: date
    done: tuple[date, ...]
    weighed: int
    liked: tuple[str, ...]
    dishes: int
    plants: bool

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.done or self.weighed or self.liked)


async def progress_of(conn: Connection, person_id: int, today: date) -> Progress:
    """The person's weights and what they show."""
    measures = _measures(await weights.for_person(conn, person_id))
    return Progress(measures, smoothed(measures), trend(measures, today))


async def jumped_from(conn: Connection, person_id: int, kg: float, day: date) -> Measure | None:
    """The figure that ``kg`` is improbably far from; None when it is not, or nothing is known.

    A figure of the profile, whose day is not known, is told with the date ``date.min``.
    """
    measures = [each for each in await weights.for_person(conn, person_id) if each.day != day]
    if not measures:
        profile = await profile_of(conn, person_id)
        before = await weights.on(
            conn, person_id, day
        )  # may have taken the profile's place, and is corrected now
        known = _without(profile, before).weight_kg if profile else kg
        return Measure(date.min, known) if abs(kg - known) > MOST_JUMP_SHARE * known else None
    nearest = min(measures, key=lambda each: (abs((each.day - day).days), each.day))
    usual = max(BIG_JUMP_KG, BIG_JUMP_SHARE * nearest.kg) + PER_DAY_KG * (abs((nearest.day - day).days) - 1)
    allowed = min(usual, max(MOST_JUMP_SHARE * nearest.kg, BIG_JUMP_KG))
    return Measure(nearest.day, nearest.kg) if abs(kg - nearest.kg) > allowed else None


async def frees(conn: Connection, person_id: int, kg: float) -> bool:
    """Whether this person is referred to a professional by the weight of the profile alone, and not at ``kg``."""
    profile = await profile_of(conn, person_id)
    return profile is not None and _frees(profile, kg)


async def record(tx: Connection, person_id: int, kg: float, day: date, now: datetime) -> Recorded:
    """Keep what was measured on ``day``. Raises ``ValueError`` for somebody without a profile."""
    stored = await profile_of(tx, person_id)
    if stored is None:
        raise ValueError(f"person {person_id} has no profile")
    before = await weights.on(tx, person_id, day)
    profile = _without(stored, before)
    later = [each for each in await weights.for_person(tx, person_id, day) if each.day > day]
    found = assess(replace(profile, weight_kg=kg))
    strict = not later and _asks_for_more_care(found, assess(profile))
    takes_over = strict or (not later and _frees(profile, kg))
    weighed = replace(profile, weight_kg=kg) if takes_over else profile
    if weighed != stored:
        await profiles.save(tx, person_id, weighed, now)
    weight_id = await weights.put(
        tx, person_id, day, kg, now, profile_kg=profile.weight_kg if takes_over else None
    )
    return Recorded(weight_id, found if strict else None)


async def undo(tx: Connection, person_id: int, weight_id: int, now: datetime) -> Weight | None:
    """Take back one entry: what stood there before stands again. Returns it; None when it was taken back already."""
    weight = await weights.get(tx, person_id, weight_id)
    if weight is None:
        return None
    await _forget(tx, person_id, weight, now)
    if weight.replaced_kg is not None:
        await weights.put(tx, person_id, weight.day, weight.replaced_kg, now)
    return weight


async def forget(tx: Connection, person_id: int, day: date, now: datetime) -> Weight | None:
    """Forget what was measured on ``day``."""
    weight = await weights.on(tx, person_id, day)
    if weight is not None:
        await _forget(tx, person_id, weight, now)
    return weight


async def weight_of(conn: Connection, person_id: int, weight_id: int) -> Weight | None:
    """One entry."""
    return await weights.get(conn, person_id, weight_id)


async def done_days(conn: Connection, person_id: int, last: date) -> tuple[date, ...]:
    """The days of the week until ``last`` whose menu was followed."""
    answers = await day_answers.between(conn, person_id, last - WEEK, last)
    return tuple(sorted(day for day, said in answers.items() if said == day_answers.DONE))


async def summary(conn: Connection, person_id: int, last: date, table: FoodTable) -> Summary:
    """The week until ``last``."""
    first = last - WEEK
    done = await done_days(conn, person_id, last)
    days = [day for each in done if (day := await _day(conn, person_id, each)) is not None]
    weighed = [each for each in await weights.for_person(conn, person_id, first) if each.day <= last]
    liked = [
        each.name
        for each in await tastes.for_person(conn, person_id)
        if each.kind == tastes.LIKED and first <= each.noted_on <= last
    ]
    plants = bool(days) and all(_plants(day, table) >= _ENOUGH_PLANTS_G for day in days)
    return Summary(first, last, done, len(weighed), tuple(liked), len(_mains(days)), plants)


async def _day(conn: Connection, person_id: int, day: date) -> Day | None:
    saved = await menus.current_week(conn, person_id, day)
    days = saved.week.days if saved else ()
    return next((each for each in days if each.date == day), None)


def _plants(day: Day, table: FoodTable) -> float:
    portions = [portion for meal in day.meals for dish in meal.dishes for portion in dish.portions]
    known = [portion for portion in portions if portion.food_id in table]
    return totals(known, table).values[FRUIT_VEGETABLE]


def _mains(days: Iterable[Day]) -> set[str]:
    return {dish.name for day in days for dish in main_dishes(day.meals)}


def _measures(found: Iterable[Weight]) -> tuple[Measure, ...]:
    return tuple(Measure(each.day, each.kg) for each in found)


async def _forget(tx: Connection, person_id: int, weight: Weight, now: datetime) -> None:
    await weights.remove(tx, person_id, weight.id)
    profile = await profile_of(tx, person_id)
    if profile is not None and (restored := _without(profile, weight)) != profile:
        await profiles.save(tx, person_id, restored, now)


def _without(profile: Profile, weight: Weight | None) -> Profile:
    """The profile as it was before ``weight`` took the place of its own, if it did."""
    if weight is None or weight.profile_kg is None or profile.weight_kg != weight.kg:
        return profile
    return replace(profile, weight_kg=weight.profile_kg)


def _frees(profile: Profile, kg: float) -> bool:
    """Whether ``profile`` is referred to a professional, and would not be at ``kg``."""
    there = assess(replace(profile, weight_kg=kg)).decision
    return assess(profile).decision is Decision.REFER and there is not Decision.REFER


def _asks_for_more_care(found: Assessment, before: Assessment) -> bool:
    grown = _SEVERITY.index(found.decision) - _SEVERITY.index(before.decision)
    return grown > 0 or (grown == 0 and not set(found.reasons) <= set(before.reasons))
