"""Meals and days that move: eaten out, copied from another day, left out of every day, kept for the next week."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from menus.changes.laying import Outcome, Refit
from menus.changes.orders import Order
from menus.changes.situation import CannotChange, Situation, replaced, swapper_for
from menus.changes.standing import out_of_the_day
from menus.recheck import AWAY, Verdicts, forbidden_by
from nutrition.menu import MAIN_SLOTS, Day, Meal, Week

AWAY_NAME = "Fora de casa"
"""The name that is stored of a meal eaten out."""


def away(order: Order, now: Situation) -> Outcome:
    """A meal eaten out: it leaves the list, and the rest of its day stays as it is."""
    index, place = now.place(order)
    meal = now.week.days[index].meals[place]
    if meal.withheld == AWAY:
        raise CannotChange("same")
    out = Meal(meal.slot, AWAY_NAME, (), withheld=AWAY)
    return Outcome(now.put(replaced(now.week.days[index], out)).week)


def copy_day(order: Order, now: Situation) -> Outcome:
    """A day's meals on another day; what is eaten out there keeps the other day's own meal."""
    target, source = now.index(order.date), now.index(order.source)
    if target == source:
        raise CannotChange("same")
    day = now.week.days[target]
    slots = {meal.slot for meal in day.meals if meal.withheld != AWAY}
    for meal in now.week.days[source].meals:
        if not out_of_the_day(meal) and meal.slot in slots:
            day = replaced(day, meal)
    return Outcome(now.put(fitted(now, target, day)).week)


def copy_meal(order: Order, now: Situation) -> Outcome:
    """A meal of one day in the same place of another."""
    index, place = now.place(order)
    source = now.week.days[now.index(order.source)]
    meal = next((each for each in source.meals if each.slot is order.slot), None)
    if meal is None or out_of_the_day(meal):
        raise CannotChange("no_meal")
    day = now.week.days[index]
    if meal.dishes == day.meals[place].dishes:
        raise CannotChange("same")
    return Outcome(now.put(fitted(now, index, replaced(day, meal))).week)


def slot_off(order: Order, now: Situation) -> Outcome:
    """Days from today on without one of their small meals; the others grow to the day's targets."""
    if order.slot in MAIN_SLOTS:
        raise CannotChange("no_meal")
    failed, found = 0, False
    for index, day in enumerate(now.week.days):
        left = tuple(meal for meal in day.meals if meal.slot is not order.slot)
        if day.date < now.today or len(left) == len(day.meals):
            continue
        found = True
        refit = _without_a_meal(now, index, replace(day, meals=left))
        if refit is None:
            failed += 1
        else:
            now = now.put(refit.day)
    if not found:
        raise CannotChange("no_meal")
    return Outcome(now.week, failed)


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
        raise CannotChange("misses")
    return refit.day


def _without_a_meal(now: Situation, index: int, day: Day) -> Refit | None:
    allowed = swapper_for(now, index).allowed
    swapper = swapper_for(now.put(day), index, share_out=True)
    swapper.allowed = allowed
    for refit in (swapper.fit(swapper.laid), swapper.whole(keep=True), swapper.whole()):
        if swapper.holds(refit):
            return refit
    return None
