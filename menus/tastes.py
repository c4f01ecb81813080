"""What a person likes, learned from 👍 and 👎, from dishes that they swap away and from days that they skip.

Each dish gets a score from -1 to 1. It moves costs of the planner and the order of what is offered, and nothing else: what
restrictions forbid is out before any taste is looked at. An opinion in words of the person (👍, 👎) decides alone; a swap is
a hint, a skipped day a weak one that counts from the second on.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from menus.changes.orders import Kind, Order
from nutrition.menu import MAIN_SLOTS, Day, Meal, PlannedDish, Role, Slot, Week
from nutrition.words import fold
from rag.liking import Tastes
from storage import tastes
from storage.driver import Connection
from storage.tastes import DISLIKED, LIKED, SKIPPED, SWAPPED, Taste

__all__ = ["DISLIKED", "LIKED", "Learned", "Tastes"]

PER_SWAP, MOST_SWAPS = 0.3, 2
PER_SKIP, MOST_SKIPS, FIRST_SKIPS_FREE = 0.1, 3, 1
OWN = "nome:"
"""Before the folded name of a dish that is not the guide's."""


@dataclass(frozen=True, slots=True)
class Learned:
    """All that was learned of one dish. ``opinion`` is ``LIKED``, ``DISLIKED`` or ""; ``key`` names it in a button."""

    dish_id: str
    name: str
    opinion: str
    swaps: int
    skips: int

    @property
    def key(self) -> str:
        """Eight letters."""
        return hashlib.blake2s(self.dish_id.encode(), digest_size=4).hexdigest()

    @property
    def score(self) -> float:
        """-1 (not wanted) to 1 (liked)."""
        if self.opinion:
            return 1.0 if self.opinion == LIKED else -1.0
        skips = max(0, min(self.skips - FIRST_SKIPS_FREE, MOST_SKIPS))
        return -(PER_SWAP * min(self.swaps, MOST_SWAPS) + PER_SKIP * skips)


def learned(found: Iterable[Taste]) -> tuple[Learned, ...]:
    """What is known, dish by dish, in the order of ``found``."""
    by_dish: dict[str, list[Taste]] = {}
    for each in found:
        by_dish.setdefault(each.dish_id, []).append(each)
    return tuple(
        Learned(
            dish_id,
            marks[0].name,
            next((each.kind for each in marks if each.kind in (LIKED, DISLIKED)), ""),
            sum(each.kind == SWAPPED for each in marks),
            sum(each.kind == SKIPPED for each in marks),
        )
        for dish_id, marks in by_dish.items()
    )


async def of(conn: Connection, person_id: int) -> tuple[Learned, ...]:
    """All that was learned of this person, newest first."""
    return learned(await tastes.for_person(conn, person_id))


async def scores(conn: Connection, person_id: int) -> Tastes:
    """The scores that are not 0, by dish."""
    return tuple(sorted((each.dish_id, each.score) for each in await of(conn, person_id) if each.score))


async def opinion(conn: Connection, person_id: int, dish: PlannedDish) -> str:
    """``LIKED``, ``DISLIKED`` or ""."""
    return next((each.opinion for each in await of(conn, person_id) if each.dish_id == id_of(dish)), "")


async def say(tx: Connection, person_id: int, dish: PlannedDish, said: str, today: date) -> None:
    """Keep an opinion (``LIKED``, ``DISLIKED``), or take it back ("")."""
    if said:
        await tastes.put(tx, person_id, Taste(id_of(dish), said, "", dish.name, today))
    else:
        for kind in (LIKED, DISLIKED):
            await tastes.forget_opinion(tx, person_id, id_of(dish), kind)


async def swapped(
    tx: Connection, person_id: int, change_id: int, order: Order, *, days: Sequence[tuple[Day, Day]]
) -> None:
    """Learn from a meal that the person had changed (``days`` before and after): the main dish that went was not wanted,
    this time."""
    if order.kind is not Kind.SWAP:
        return
    gone = [
        Taste(id_of(dish), SWAPPED, str(change_id), dish.name, before.date)
        for before, after in days
        for dish in _swapped_away(before, after, order.slot)
    ]
    await tastes.put_many(tx, person_id, gone)


async def swapped_back(tx: Connection, person_id: int, change_id: int) -> None:
    """A change was undone: nothing was learned from it."""
    await tastes.forget_from(tx, person_id, SWAPPED, str(change_id))


async def day_answered(
    tx: Connection, person_id: int, day: date, week: Week | None, *, skipped: bool
) -> None:
    """Learn from an answer for a day; another answer, or none, takes back what a skip told."""
    await tastes.forget_from(tx, person_id, SKIPPED, day.isoformat())
    found = next((each for each in week.days if each.date == day), None) if week else None
    if skipped and found is not None:
        mains = [main for meal in found.meals if meal.slot in MAIN_SLOTS for main in mains_of(meal)]
        marks = [Taste(id_of(main), SKIPPED, day.isoformat(), main.name, day) for main in mains]
        await tastes.put_many(tx, person_id, marks)


async def forget(tx: Connection, person_id: int, key: str) -> Learned | None:
    """Forget all about the dish called ``key``; returns it, or None when there was nothing."""
    found = next((each for each in await of(tx, person_id) if each.key == key), None)
    if found is not None:
        await tastes.forget_dish(tx, person_id, found.dish_id)
    return found


async def forget_all(tx: Connection, person_id: int) -> None:
    """Forget all that was learned."""
    await tastes.forget_all(tx, person_id)


def id_of(dish: PlannedDish) -> str:
    """The guide's id, or one made of the name."""
    return dish.dish_id or OWN + fold(dish.name)


def mains_of(meal: Meal) -> tuple[PlannedDish, ...]:
    """The main dishes of a meal that stands."""
    return tuple(dish for dish in meal.dishes if dish.role is Role.PRINCIPAL) if not meal.withheld else ()


def _swapped_away(before: Day, after: Day, slot: Slot | None) -> list[PlannedDish]:
    stays = {id_of(dish) for meal in after.meals if meal.slot is slot for dish in mains_of(meal)}
    return [
        dish
        for meal in before.meals
        if meal.slot is slot
        for dish in mains_of(meal)
        if id_of(dish) not in stays
    ]
