"""One meal a day more, or one less, from today on: the others grow or shrink to the day's targets."""

from collections.abc import Callable
from dataclasses import replace

from menus.changes.laying import Outcome, Refit
from menus.changes.orders import Order
from menus.changes.situation import LOCKED, CannotChange, Situation, is_locked, swapper_for
from nutrition.menu import MAIN_SLOTS, Day, Meal, Slot
from nutrition.shares import MAX_MEALS, MIN_MEALS

_ORDER = tuple(Slot)
_FIRST_ADDED = (Slot.LANCHE_DA_TARDE, Slot.LANCHE_DA_MANHA, Slot.CEIA)


def slot_off(order: Order, now: Situation) -> Outcome:
    """Days from today on without one of their small meals. Raises ``CannotChange``."""
    if order.slot in MAIN_SLOTS:
        raise CannotChange("main_meal")
    having = [
        (index, meal)
        for index, day in _to_come(now)
        if (meal := next((each for each in day.meals if each.slot is order.slot), None)) is not None
    ]
    if not having:
        raise CannotChange("no_meal")
    many = [(i, meal) for i, meal in having if len(now.week.days[i].meals) > MIN_MEALS]
    if not many:
        raise CannotChange("least_meals")
    free = [(i, meal) for i, meal in many if order.force or not is_locked(meal)]
    if not free:
        raise CannotChange(LOCKED)
    failed = 0
    for index, _ in free:
        day = now.week.days[index]
        left = tuple(meal for meal in day.meals if meal.slot is not order.slot)
        refit = _refit(now, index, replace(day, meals=left))
        failed += refit is None
        now = now.put(refit.day) if refit else now
    return Outcome(now.week, failed, len(many) - len(free))


def slot_on(order: Order, now: Situation) -> Outcome:
    """Days from today on with one more meal. Raises ``CannotChange``."""
    slot = order.slot or _missing(now)
    lacking = [i for i, day in _to_come(now) if all(meal.slot is not slot for meal in day.meals)]
    if not lacking:
        raise CannotChange("most_meals" if _is_full(now) else "has_meal")
    failed = 0
    for index in lacking:
        day = now.week.days[index]
        if len(day.meals) >= MAX_MEALS or slot is None:
            raise CannotChange("most_meals")
        meals = sorted((*day.meals, Meal(slot, "", ())), key=lambda meal: _ORDER.index(meal.slot))
        place = next(at for at, meal in enumerate(meals) if meal.slot is slot)
        refit = _refit(now, index, replace(day, meals=tuple(meals)), filling=place)
        failed += refit is None
        now = now.put(refit.day) if refit else now
    return Outcome(now.week, failed)


def _to_come(now: Situation) -> list[tuple[int, Day]]:
    return [(index, day) for index, day in enumerate(now.week.days) if day.date >= now.today]


def _missing(now: Situation) -> Slot | None:
    """The first of the small meals that no day has."""
    have = {meal.slot for _, day in _to_come(now) for meal in day.meals}
    return next((slot for slot in _FIRST_ADDED if slot not in have), None)


def _is_full(now: Situation) -> bool:
    return all(len(day.meals) >= MAX_MEALS for _, day in _to_come(now))


def _refit(now: Situation, index: int, day: Day, filling: int | None = None) -> Refit | None:
    """``day`` in the place of the one at ``index``, its meals sharing the whole energy: the dishes that stand first."""
    swapper = swapper_for(now.put(day), index, filling, share_out=True)
    swapper.allowed = swapper_for(now, index).allowed

    def gently() -> Refit | None:
        return swapper.fit(swapper.laid) if filling is None else swapper.best(filling)

    ways: tuple[Callable[[], Refit | None], ...] = (
        gently,
        lambda: swapper.whole(keep=lambda dish: True),
        swapper.whole,
    )
    tried = (way() for way in ways)
    return next((refit for refit in tried if refit is not None and swapper.holds(refit)), None)
