"""Use cases of a shopping list: the list as it stands now, and the taps that change it.

Each takes the connection of the caller's transaction (or a reader) first, and the person's week as it holds now.
"""

from dataclasses import dataclass
from datetime import date

from menus.shopping import Foods, Line, ShoppingList, shopping_list
from nutrition.menu import Week
from storage import shopping
from storage.driver import Connection

MOST_PEOPLE = 12
"""Above this a household is an event, and a typing mistake more likely."""

SHARES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""What somebody may eat of the person's own portion."""


@dataclass(frozen=True, slots=True)
class Cart:
    """``days``: the dates the list is for, of those of the week; ``people``: for how many, ``shares``: the portion of each."""

    list: ShoppingList
    days: tuple[date, ...]
    whole_week: bool
    people: float
    shares: tuple[float, ...] = (1.0,)


async def cart_of(conn: Connection, person_id: int, week: Week, table: Foods) -> Cart:
    """The list of ``week`` with what the person said about it."""
    marks = await shopping.get(conn, person_id, week.start)
    days = [day for day in week.days if day.date not in marks.days_off]
    found = shopping_list(days, table, marks.portions, marks.home, marks.bought)
    dates = tuple(day.date for day in days)
    return Cart(found, dates, len(days) == len(week.days), marks.people, marks.shares)


async def put(tx: Connection, person_id: int, week: Week, table: Foods, item: str, *, bought: bool) -> Cart:
    """Put what the list says of ``item`` in the cart, or take it out; an item that is not on the list changes nothing."""
    cart = await cart_of(tx, person_id, week, table)
    line = cart.list.line(item)
    if line is None or line.item.basic:
        return cart
    await shopping.set_bought(tx, person_id, week.start, item, max(line.units, line.got) if bought else 0)
    return await cart_of(tx, person_id, week, table)


async def keep_at_home(
    tx: Connection, person_id: int, week: Week, table: Foods, item: str, *, at_home: bool
) -> Cart:
    """Say that ``item`` is at home, or that it is not; an item that is not on the list changes nothing."""
    cart = await cart_of(tx, person_id, week, table)
    if cart.list.line(item) is None:
        return cart
    await shopping.set_home(tx, person_id, week.start, item, at_home)
    return await cart_of(tx, person_id, week, table)


async def shop_for(tx: Connection, person_id: int, week: Week, day: date, *, wanted: bool) -> None:
    """Shop for ``day`` of the week, or leave it out; a day of another week changes nothing."""
    if any(each.date == day for each in week.days):
        await shopping.set_day(tx, person_id, week.start, day, wanted)


async def people_of(conn: Connection, person_id: int, week: Week) -> float:
    """For how many the list is."""
    return (await shopping.get(conn, person_id, week.start)).people


async def shares_of(conn: Connection, person_id: int, week: Week) -> tuple[float, ...]:
    """The portion of each who eats, the person's own (1) first; their sum is what the list is for."""
    return (await shopping.get(conn, person_id, week.start)).shares


async def set_share(tx: Connection, person_id: int, week: Week, place: int, share: float) -> bool:
    """``place`` (2 and on) eats ``share`` of the person's portion; False, and nothing changes, for what is not offered."""
    if share not in SHARES or not 2 <= place <= await people_of(tx, person_id, week):
        return False
    await shopping.set_share(tx, person_id, place, share)
    return True


async def set_people(tx: Connection, person_id: int, people: float) -> bool:
    """Make the list for ``people``; False, and nothing changes, for a number that no household has."""
    if not 0 < people <= MOST_PEOPLE:
        return False
    await shopping.set_people(tx, person_id, people)
    return True


__all__ = [
    "SHARES",
    "Cart",
    "Line",
    "cart_of",
    "keep_at_home",
    "people_of",
    "put",
    "set_people",
    "set_share",
    "shares_of",
    "shop_for",
]
