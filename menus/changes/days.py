"""Meals and days that move: eaten out, skipped, locked, copied from another day or meal, kept for the next week."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from menus.changes.laying import Outcome
from menus.changes.orders import Kind, Order
from menus.changes.situation import LOCKED, CannotChange, Situation, is_locked, replaced, swapper_for
from menus.changes.standing import out_of_the_day
from menus.recheck import AWAY, SKIPPED, SKIPPED_NAME, Verdicts, forbidden_by
from nutrition.menu import Day, Meal, Week

AWAY_NAME = "Fora de casa"
"""The name that is stored of a meal eaten out."""


def away(order: Order, now: Situation) -> Outcome:
    """A meal eaten out: it leaves the list, and the rest of its day stays as it is."""
    return _emptied(order, now, AWAY_NAME, AWAY)


def skip(order: Order, now: Situation) -> Outcome:
    """A meal that is not eaten: it leaves the list, and the rest of its day stays as it is."""
    return _emptied(order, now, SKIPPED_NAME, SKIPPED)


def _emptied(order: Order, now: Situation, name: str, withheld: str) -> Outcome:
    day, meals = _meant(order, now)
    out = [meal for meal in meals if meal.withheld != withheld]
    if not out:
        raise CannotChange("same")
    for meal in out:
        day = replaced(day, Meal(meal.slot, name, (), withheld=withheld))
    return Outcome(now.put(day).week)


def lock(order: Order, now: Situation) -> Outcome:
    """Meals that stay as they are from now on, or no longer do."""
    (day, meals), wanted = _meant(order, now), order.kind is Kind.LOCK
    eaten = [meal for meal in meals if not out_of_the_day(meal)]
    if not eaten:
        raise CannotChange("no_meal")
    for meal in eaten:
        day = replaced(day, replace(meal, locked=wanted))
    return Outcome(now.put(day).week)


def _meant(order: Order, now: Situation) -> tuple[Day, tuple[Meal, ...]]:
    """The day of an order and the meal it is about, or all meals of the day. Raises ``CannotChange``."""
    day = now.week.days[now.index(order.date)]
    if order.slot is None:
        return day, day.meals
    return day, (day.meals[now.place(order)[1]],)


def copy_day(order: Order, now: Situation) -> Outcome:
    """A day's meals on another day; what is locked or not eaten from the menu there stays as it is."""
    target, source = now.index(order.date), now.source(order.source)
    day = now.week.days[target]
    if day.date == source.date:
        raise CannotChange("same")
    stays = {meal.slot for meal in day.meals if is_locked(meal) and not order.force}
    slots = {meal.slot for meal in day.meals if meal.withheld not in (AWAY, SKIPPED)}
    if stays and slots <= stays:
        raise CannotChange(LOCKED)
    for meal in source.meals:
        if not out_of_the_day(meal) and meal.slot in slots - stays:
            day = replaced(day, replace(meal, locked=False))
    return Outcome(now.put(fitted(now, target, day)).week, locked=len(stays))


def copy_meal(order: Order, now: Situation) -> Outcome:
    """A meal of one day in the same place of another, or in another place; its portions follow the day."""
    index, place = now.place(order)
    source, slot = now.source(order.source), order.source_slot or order.slot
    meal = next((each for each in source.meals if each.slot is slot), None)
    if meal is None or out_of_the_day(meal):
        raise CannotChange("no_source")
    day = now.week.days[index]
    if meal.dishes == day.meals[place].dishes:
        raise CannotChange("same")
    copied = replaced(day, replace(meal, slot=day.meals[place].slot, locked=False))
    try:
        return Outcome(now.put(fitted(now, index, copied)).week)
    except CannotChange:
        return Outcome(now.put(around(now, index, place, copied)).week)


def keep_in(week: Week, kept: Sequence[tuple[date, Meal]], now: Situation) -> tuple[Week, int]:
    """Put the meals that a person keeps into a new week, on their date, else on their weekday; returns the week and how
    many did not fit."""
    left, verdicts = 0, Verdicts(now.rules)
    for day, meal in kept:
        by_date = [i for i, each in enumerate(week.days) if each.date == day]
        by_weekday = [i for i, each in enumerate(week.days) if each.date.weekday() == day.weekday()]
        index = next(iter(by_date or by_weekday), None)
        if index is None or forbidden_by(meal, verdicts) is not None:
            left += 1
            continue
        there = replace(now, week=week)
        try:
            day_with_it = fitted(there, index, _with_meal(week.days[index], meal))
        except CannotChange:
            left += 1
        else:
            week = there.put(day_with_it).week
    return week, left


def _with_meal(day: Day, meal: Meal) -> Day:
    if not any(each.slot is meal.slot for each in day.meals):
        raise CannotChange("no_meal")
    return replaced(day, replace(meal, withheld=None))


def fitted(now: Situation, index: int, day: Day, allowed: frozenset[str] | None = None) -> Day:
    """``day`` in the place of the one at ``index``, its portions gently fitted if they must. Raises ``CannotChange``.

    ``allowed`` are the bars it may miss: those that the day at ``index`` misses, unless told.
    """
    if allowed is None:
        allowed = swapper_for(now, index).allowed
    swapper = swapper_for(now.put(day), index)
    swapper.allowed = allowed
    refit = swapper.fit(swapper.laid)
    if not swapper.holds(refit):
        raise CannotChange("misses", refit.misses - allowed)
    return refit.day


def around(now: Situation, index: int, place: int, day: Day) -> Day:
    """``day`` with other dishes around the meal at ``place``, which has the amounts that suit the day best. Raises
    ``CannotChange``."""
    allowed = swapper_for(now, index).allowed
    there = swapper_for(now.put(day), index, share_out=True)
    meal = there.fit(there.laid).day.meals[place]
    swapper = swapper_for(now.put(replaced(day, replace(meal, locked=True))), index, share_out=True)
    swapper.allowed = allowed
    refit = swapper.whole(keep=lambda dish: True)
    if not swapper.holds(refit):
        refit = swapper.whole()
    if not swapper.holds(refit):
        raise CannotChange("misses", refit.misses - allowed)
    return replaced(refit.day, meal)
