"""Takes foods out of the meals to come: another main dish, or another side, wherever they are."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from menus.changes.foods import Named, any_of, has_meat
from menus.changes.lacking import missing_foods, missing_items
from menus.changes.laying import Outcome
from menus.changes.orders import Kind, Order
from menus.changes.situation import CannotChange, Situation, coming, swapper_for
from nutrition.menu import Day, PlannedDish, Role

Offends = Callable[[str, Iterable[str]], bool]
"""Whether a dish (its name, the ids of its foods) is not wanted."""


def foods(order: Order, now: Situation) -> Outcome:
    """Without the foods, or the goods, of ``order``. Raises ``CannotChange``."""
    if order.items:
        gone = missing_foods(missing_items(order, now), now)
        return _cleared(order, now, lambda _name, food_ids: not gone.isdisjoint(food_ids))
    known = [said for said in order.foods if Named(said, now.table).is_known(now.dishes)]
    if not known:
        raise CannotChange("no_food")
    return _cleared(order, now, any_of(known, now.table))


def cleared(now: Situation, gone: frozenset[str], indexes: Collection[int]) -> Outcome:
    """Other dishes, on the days ``indexes``, for all that have the foods ``gone``."""
    for_one = [Order(kind=Kind.WITHOUT, date=now.week.days[index].date) for index in indexes]
    failed = 0
    for order in for_one:
        done = _cleared(order, now, lambda _name, food_ids: not gone.isdisjoint(food_ids))
        now, failed = replace(now, week=done.week), failed + done.failed
    return Outcome(now.week, failed)


def meat(order: Order, now: Situation) -> Outcome:
    """Without meat, poultry, fish and seafood."""
    return _cleared(order, now, has_meat(now.table))


def _cleared(order: Order, now: Situation, offends: Offends) -> Outcome:
    places = [
        (index, place)
        for index, place in coming(now)
        if order.date in (None, now.week.days[index].date)
        and order.slot in (None, now.week.days[index].meals[place].slot)
        and any(_is_bad(dish, offends) for dish in now.week.days[index].meals[place].dishes)
    ]
    if not places:
        if order.date is not None:
            now.index(order.date)  # a day that is not there is told as such
        raise CannotChange("none_has_it")
    clean = tuple(d for d in now.dishes if not offends(d.name, [item.food_id for item in d.ingredients]))
    failed = 0
    for index, place in places:
        try:
            now = now.put(_clean_meal(replace(now, dishes=clean), index, place, offends))
        except CannotChange:
            failed += 1
    return Outcome(now.week, failed)


def _clean_meal(now: Situation, index: int, place: int, offends: Offends) -> Day:
    """The day without the offending dishes of one meal, its main dish first. Raises ``CannotChange``."""
    for _ in now.week.days[index].meals[place].dishes:
        dishes = now.week.days[index].meals[place].dishes
        bad = [at for at, dish in enumerate(dishes) if _is_bad(dish, offends)]
        if not bad:
            break
        swapper = swapper_for(now, index)
        main = any(dishes[at].role is Role.PRINCIPAL for at in bad)
        refit = swapper.best(place) if main else swapper.other_side(place, bad[0])
        if refit is None:
            raise CannotChange("no_options")
        now = now.put(refit.day)
    if any(_is_bad(dish, offends) for dish in now.week.days[index].meals[place].dishes):
        raise CannotChange("no_options")
    return now.week.days[index]


def _is_bad(dish: PlannedDish, offends: Offends) -> bool:
    return offends(dish.name, [portion.food_id for portion in dish.portions])
