"""What a person wanted none of this week, or on one day of it, as long as that change was not undone: later changes do not
bring it back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from menus.changes.excluded import excluded
from menus.changes.foods import any_of, has_meat
from menus.changes.orders import Kind, Order
from menus.changes.situation import CannotChange, Situation
from menus.changes.without import Offends

_FOR_THE_WEEK = frozenset({Kind.LESS, Kind.MISSING})
_FOR_A_DAY = frozenset({Kind.WITHOUT, Kind.NO_MEAT})


def with_bans(now: Situation, made: Iterable[Mapping[str, Any]]) -> Situation:
    """``now`` with the dishes that changes of its week, which are in force, took out (blocking, some ms each)."""
    banned: dict[date, frozenset[str]] = {}
    for order in _orders(made):
        offends = _offends(order, now)
        ids = frozenset(
            d.id for d in now.dishes if offends and offends(d.name, [i.food_id for i in d.ingredients])
        )
        for day in now.week.days:
            if order.date in (None, day.date):
                banned[day.date] = banned.get(day.date, frozenset()) | ids
    return replace(now, banned=banned)


def _orders(made: Iterable[Mapping[str, Any]]) -> Iterator[Order]:
    for what in made:
        if "order" not in what:
            continue
        order = Order.from_json(what["order"])
        day_long = order.kind in _FOR_A_DAY and order.date is not None and order.slot is None
        if (order.kind in _FOR_THE_WEEK and order.foods) or day_long:
            yield order


def _offends(order: Order, now: Situation) -> Offends | None:
    if order.kind is Kind.NO_MEAT:
        return has_meat(now.table)
    try:
        return excluded(order.foods, now.table, now.dishes) if order.date else any_of(order.foods, now.table)
    except CannotChange:
        return None
