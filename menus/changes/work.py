"""Does what an order says to a week, apart from any database (blocking: some ten to a hundred milliseconds).

Whatever comes out holds the restrictions, and its days miss no target that they did not miss before.
"""

from collections.abc import Callable
from dataclasses import replace

from menus.candidates import Candidate
from menus.changes import days, slots, without
from menus.changes.foods import Named
from menus.changes.instead import put_instead
from menus.changes.laying import Outcome, Refit
from menus.changes.orders import Kind, Order, key_of
from menus.changes.situation import (
    LOCKED,
    CannotChange,
    Situation,
    asked_of_a_locked_meal,
    coming,
    is_locked,
    main_of,
    price_of,
    swapper_for,
)
from menus.changes.standing import out_of_the_day
from menus.outcome import plainly_named
from menus.recheck import NOT_FORBIDDEN, Verdicts, forbidden_by
from nutrition.menu import MAIN_SLOTS, Day, Role

DEAREST = 3
"""So many meals are made cheaper at once."""

CHEAPER_BY = 0.2
SEEDS = 3
ASKED_TRIES = 4


def perform(order: Order, now: Situation) -> Outcome:
    """The week after an order. Raises ``CannotChange`` when nothing would change."""
    asked_of_a_locked_meal(order, now)
    done = _WORK[order.kind](order, now)
    changed = tuple(
        _safe(after, now) if after != before else before
        for before, after in zip(now.week.days, done.week.days, strict=True)
    )
    if changed == now.week.days:
        raise CannotChange("no_options" if done.failed else LOCKED if done.locked else "same")
    return replace(done, week=replace(done.week, days=changed))


def _safe(day: Day, now: Situation) -> Day:
    """A changed day with harmless names, looked at once more against the restrictions. Raises ``CannotChange``."""
    verdicts = Verdicts(now.rules)
    named = plainly_named(day, verdicts)
    if any(meal.withheld is None and forbidden_by(meal, verdicts) for meal in named.meals):
        raise CannotChange("no_options")
    return named


def _swap(order: Order, now: Situation) -> Outcome:
    index, place = now.place(order)
    main = main_of(now.week.days[index].meals[place], now)
    if order.key and main is not None and key_of(main) == order.key:
        raise CannotChange("same")
    wanted = [Named(said, now.table) for said in order.foods]
    if wanted and not any(named.is_known(now.dishes) for named in wanted):
        raise CannotChange("no_food")

    def suits(candidate: Candidate) -> bool:
        if order.key:
            return key_of(candidate.dish) == order.key
        return not wanted or any(_made_of(named, candidate) for named in wanted)

    there = replace(now, banned={}) if wanted else now
    refit = swapper_for(there, index, place).best(place, suits=suits, asked_for=bool(wanted))
    if refit is not None:
        return Outcome(now.put(refit.day).week)
    if not wanted or out_of_the_day(now.week.days[index].meals[place]):
        raise CannotChange("no_options")
    return Outcome(now.put(_with_others_around(there, index, place, suits)).week)


def _with_others_around(now: Situation, index: int, place: int, suits: Callable[[Candidate], bool]) -> Day:
    """The day with what was asked for, and other dishes in its other meals. Raises ``CannotChange``."""
    for refit in swapper_for(now, index).closest(place, suits, ASKED_TRIES):
        try:
            return days.around(now, index, place, refit.day)
        except CannotChange:
            continue
    raise CannotChange("no_options")


def _made_of(named: Named, candidate: Candidate) -> bool:
    """Whether a dish is what was asked for: called so, or with the food as more than a seasoning of it."""
    if named.calls(candidate.dish.name):
        return True
    grams = {item.food_id: item.grams for item in candidate.dish.ingredients}
    asked = sum(amount for food_id, amount in grams.items() if food_id in named.food_ids)
    return asked >= 0.2 * sum(grams.values())


def _swap_day(order: Order, now: Situation) -> Outcome:
    index = now.index(order.date)
    day = now.week.days[index]
    eaten = [meal for meal in day.meals if not out_of_the_day(meal)]
    locked = [meal for meal in eaten if meal.locked and not order.force]
    if locked and len(locked) == len(eaten):
        raise CannotChange(LOCKED)
    if order.force:
        now = now.put(replace(day, meals=tuple(replace(meal, locked=False) for meal in day.meals)))
    mains = {d.dish_id for meal in eaten for d in meal.dishes if d.role is Role.PRINCIPAL}
    others = tuple(dish for dish in now.dishes if dish.id not in mains)
    missed: frozenset[str] = frozenset()
    for seed in range(SEEDS):
        swapper = swapper_for(replace(now, dishes=others, seed=now.seed + seed), index)
        refit = swapper.whole()
        if swapper.holds(refit):
            return Outcome(now.put(refit.day).week, locked=len(locked))
        missed = refit.misses - swapper.allowed
    raise CannotChange("misses", missed)


def _cheaper(_order: Order, now: Situation) -> Outcome:
    """Cheaper main dishes in the dearest meals to come."""
    meals = [
        (i, m)
        for i, m in coming(now)
        if (meal := now.week.days[i].meals[m]).slot in MAIN_SLOTS and not is_locked(meal)
    ]
    dearest = sorted(meals, key=lambda at: (-price_of(now.week.days[at[0]].meals[at[1]], now), at))
    changed = 0
    for index, place in dearest:
        most = price_of(now.week.days[index].meals[place], now) - CHEAPER_BY
        refit = _below(now, index, place, most)
        if refit is not None:
            now = now.put(refit.day)
            changed += 1
        if changed == DEAREST:
            break
    if not changed:
        raise CannotChange("no_options")
    return Outcome(now.week)


def _below(now: Situation, index: int, place: int, price: float) -> Refit | None:
    return swapper_for(now, index).best(place, suits=lambda candidate: candidate.price <= price)


def _refill(order: Order, now: Situation) -> Outcome:
    """Dishes for what restrictions took out."""
    places = [
        (index, place)
        for index, day in enumerate(now.week.days)
        for place, meal in enumerate(day.meals)
        if day.date >= now.today
        and meal.withheld not in NOT_FORBIDDEN
        and (order.date is None or (day.date == order.date and meal.slot is order.slot))
    ]
    if not places:
        raise CannotChange("same")
    failed = 0
    for index, place in places:
        refit = swapper_for(now, index, place).best(place)
        if refit is None:
            failed += 1
        else:
            now = now.put(refit.day)
    return Outcome(now.week, failed)


_WORK: dict[Kind, Callable[[Order, Situation], Outcome]] = {
    Kind.SWAP: _swap,
    Kind.SWAP_DAY: _swap_day,
    Kind.LESS: without.foods,
    Kind.MISSING: without.foods,
    Kind.INSTEAD: put_instead,
    Kind.WITHOUT: without.foods,
    Kind.NO_MEAT: without.meat,
    Kind.AWAY: days.away,
    Kind.SKIP: days.skip,
    Kind.LOCK: days.lock,
    Kind.UNLOCK: days.lock,
    Kind.COPY_DAY: days.copy_day,
    Kind.COPY_MEAL: days.copy_meal,
    Kind.CHEAPER: _cheaper,
    Kind.SLOT_OFF: slots.slot_off,
    Kind.SLOT_ON: slots.slot_on,
    Kind.REFILL: _refill,
}
