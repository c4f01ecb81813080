"""What has to be said about a finished week: who wrote it in the end, what did not fit, how meals are called."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from menus.candidates import MAIN_SLOTS, Part
from menus.dayplan import PlannedDay
from menus.fallback import PLAIN_NOTE, PLAIN_TAG
from menus.recheck import Verdicts
from menus.repair import Written
from nutrition.menu import Day, Dish, Origin, Slot, Unmet

LEAST_MAINS, LEAST_BREAKFASTS = 11, 5

PARTLY = "gemini_partly"
AWAY = "gemini_away"


def told(days: Sequence[Day], written: Written, dishes: Sequence[Dish]) -> tuple[Origin, tuple[str, ...]]:
    """Who the week is by in the end, and what has to be said about it."""
    notes = list(written.notes)
    writer = written.writer
    if writer is not Origin.GUIA:
        kept = any(dish.origin is writer for day in days for meal in day.meals for dish in meal.dishes)
        if not kept and not written.checked.meals:
            writer, notes = Origin.GUIA, [AWAY]
    plain = {dish.name for dish in dishes if PLAIN_TAG in dish.tags}
    if plain & {dish.name for day in days for meal in day.meals for dish in meal.dishes}:
        notes.append(PLAIN_NOTE)
    return writer, tuple(dict.fromkeys(notes))


def plainly_named(day: Day, verdicts: Verdicts) -> Day:
    """A meal's name joins dish names; where the join alone reads as something forbidden, its first dish names it."""
    meals = tuple(
        meal if verdicts.text(meal.name) is None else replace(meal, name=meal.dishes[0].name)
        for meal in day.meals
    )
    return replace(day, meals=meals)


def unmet(start: date, planned: Mapping[int, PlannedDay], slots: Sequence[Slot]) -> tuple[Unmet, ...]:
    dates: dict[str, list[date]] = {}
    for index, day in sorted(planned.items()):
        for miss in day.misses:
            dates.setdefault(miss, []).append(start + timedelta(days=index))
    found = [Unmet(what, tuple(days)) for what, days in dates.items()]
    if not _is_varied(planned, slots):
        found.append(Unmet("variety"))
    return tuple(found)


def _is_varied(planned: Mapping[int, PlannedDay], slots: Sequence[Slot]) -> bool:
    """At least 11 main dishes and 5 breakfasts a week, and none on adjacent days in the same main meal."""
    mains: set[int] = set()
    breakfasts: set[int] = set()
    before: dict[Slot, set[int]] = {}
    repeated = False
    for _, day in sorted(planned.items()):
        today: dict[Slot, set[int]] = {}
        for slot, pick in day.picks(slots):
            if pick.part is Part.MAIN:
                today.setdefault(slot, set()).add(pick.index)
        repeated |= any(today.get(s, set()) & before.get(s, set()) for s in MAIN_SLOTS)
        mains |= set().union(*(today.get(s, set()) for s in MAIN_SLOTS))
        breakfasts |= today.get(Slot.CAFE_DA_MANHA, set())
        before = today
    return not repeated and len(mains) >= LEAST_MAINS and len(breakfasts) >= LEAST_BREAKFASTS
