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


@dataclass(frozen=True, slots=True)
class Cart:
    """``days``: the dates the list is for, of those of the week; ``people``: for how many."""

    list: ShoppingList
    days: tuple[date, ...]
    whole_week: bool
    people: float


async def cart_of(conn: Connection, person_id: int, week: Week, table: Foods) -> Cart:
    """The list of ``week`` with what the person said about it."""
    marks = await shopping.get(conn, person_id, week.start)
    days = [day for day in week.days if day.date not in marks.days_off]
    found = shopping_list(days, table, marks.people, marks.home, marks.bought)
    return Cart(found, tuple(day.date for day in days), len(days) == len(week.days), marks.people)


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


async def set_people(tx: Connection, person_id: int, people: float) -> bool:
    """Make the list for ``people``; False, and nothing changes, for a number that no household has."""
    if not 0 < people <= MOST_PEOPLE:
        return False
    await shopping.set_people(tx, person_id, people)
    return True


__all__ = ["Cart", "Line", "cart_of", "keep_at_home", "people_of", "put", "set_people", "shop_for"]
