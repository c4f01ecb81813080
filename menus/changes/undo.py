"""Use cases in the turn itself: see a change, take it back, keep a meal for the weeks to come, small settings."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from menus import cart, people, tastes
from menus.changes.orders import Kind, Order
from nutrition.menu import Day, Slot, Week
from nutrition.person import Restriction
from storage import changes, menus, restrictions
from storage.changes import Change
from storage.driver import Connection

PEOPLE, DISLIKE = "people", "dislike"
"""What was changed beside menus: for how many the list is; what is not liked."""


@dataclass(frozen=True, slots=True)
class Undone:
    """``code`` is "" when it was taken back now, else why not: "gone", "already", "changed_since"."""

    code: str
    change: Change | None = None


async def change_of(conn: Connection, person_id: int, change_id: int) -> Change | None:
    """One change of this person."""
    return await changes.get(conn, person_id, change_id)


async def lock(
    tx: Connection, person_id: int, day: date, slot: Slot, now: datetime, *, wanted: bool
) -> int | None:
    """Let a meal stay as it is while the rest of its week is changed, or no longer; returns the change's id, or None when
    it is so already, or is not on the menu."""
    saved = await menus.current_week(tx, person_id, day)
    before = next((each for each in saved.week.days if each.date == day), None) if saved else None
    if saved is None or before is None:
        return None
    meals = tuple(
        replace(meal, locked=wanted) if meal.slot is slot and meal.dishes else meal for meal in before.meals
    )
    after = replace(before, meals=meals)
    if after == before:
        return None
    await menus.replace_day(tx, person_id, saved.id, after)
    what = {"order": Order(kind=Kind.LOCK if wanted else Kind.UNLOCK, date=day, slot=slot).to_json()}
    return await changes.record(tx, person_id, saved.id, what, days=((before,), (after,)), now=now)


async def undo(tx: Connection, person_id: int, change_id: int | None, now: datetime) -> Undone:
    """Take back a change, or the newest one. What was changed again since is left as it is; twice does it once."""
    change = (
        await changes.newest(tx, person_id)
        if change_id is None
        else await changes.get(tx, person_id, change_id)
    )
    if change is None:
        return Undone("gone")
    if change.undone:
        return Undone("already", change)
    if change.week_id is not None and not await _restored(tx, person_id, change, change.week_id):
        return Undone("changed_since", change)
    await _settings_back(tx, person_id, change)
    await tastes.swapped_back(tx, person_id, change.id)
    await changes.undone(tx, change.id, now)
    return Undone("", replace(change, undone=True))


async def _restored(tx: Connection, person_id: int, change: Change, week_id: int) -> bool:
    saved = await menus.get_week(tx, person_id, week_id)
    if saved is None:
        return False
    now = {day.date: day for day in saved.week.days}
    if any(now.get(after.date) != after for after in change.after):
        return False
    for before in change.before:
        await menus.replace_day(tx, person_id, week_id, before)
    return True


async def _settings_back(tx: Connection, person_id: int, change: Change) -> None:
    what = change.what
    if PEOPLE in what:
        await cart.set_people(tx, person_id, float(what[PEOPLE][0]))
    for code in what.get(DISLIKE, ()):
        await people.remove_restriction(tx, person_id, str(code))


async def set_people(tx: Connection, person_id: int, week: Week, number: int, now: datetime) -> int | None:
    """Shop for ``number`` people; returns the change's id, or None for a number that no household has."""
    before = await cart.people_of(tx, person_id, week)
    if not await cart.set_people(tx, person_id, number):
        return None
    what: dict[str, Any] = {PEOPLE: [before, number]}
    return await changes.record(tx, person_id, None, what, days=((), ()), now=now)


async def dislike(
    tx: Connection, person_id: int, found: tuple[Restriction, ...], now: datetime
) -> int | None:
    """Leave ``found`` out of the weeks to come; returns the change's id, or None when all was known already."""
    held = {item.code for item in await restrictions.list_for(tx, person_id)}
    new = [item for item in found if item.code not in held]
    for item in new:
        await restrictions.add(tx, person_id, item, now)
    if not new:
        return None
    what: dict[str, Any] = {DISLIKE: [item.code for item in new]}
    return await changes.record(tx, person_id, None, what, days=((), ()), now=now)


async def keep(tx: Connection, person_id: int, week: Week, day: date, slot: Slot) -> bool:
    """Keep a meal of ``week`` for the weeks to come; False when it is not there, or not eaten from the menu."""
    for each in week.days:
        for meal in each.meals:
            if each.date == day and meal.slot is slot and meal.withheld is None and meal.dishes:
                await changes.keep(tx, person_id, day, replace(meal, locked=False))
                return True
    return False


async def let_go(tx: Connection, person_id: int, day: date, slot: Slot) -> None:
    """Keep it no longer."""
    await changes.let_go(tx, person_id, day, slot)


async def kept_of(conn: Connection, person_id: int) -> frozenset[tuple[date, Slot]]:
    """The dates and slots of the meals that are kept."""
    return frozenset((each.date, each.meal.slot) for each in await changes.kept(conn, person_id))


def stored_day(day: Day) -> Day:
    """``day`` as it is stored: what is withheld is worked out anew whenever it is shown."""
    return replace(day, meals=tuple(replace(meal, withheld=None) for meal in day.meals))
