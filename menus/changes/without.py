"""Takes foods out of the meals to come: another main dish, or another side, wherever they are; of one day, if need be,
the whole day anew."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from menus.changes.excluded import excluded
from menus.changes.foods import Named, any_of, has_meat
from menus.changes.lacking import missing_foods, missing_items
from menus.changes.laying import Outcome, Refit
from menus.changes.orders import Kind, Order
from menus.changes.situation import LOCKED, PARTLY, CannotChange, Situation, coming, is_locked, swapper_for
from nutrition.menu import Day, PlannedDish, Role

Offends = Callable[[str, Iterable[str]], bool]
"""Whether a dish (its name, the ids of its foods) is not wanted."""

SEEDS = 4
"""So many days are drawn anew while looking for one without what is not wanted."""

Place = tuple[int, int]


def foods(order: Order, now: Situation) -> Outcome:
    """Without the foods, or the goods, of ``order``. Raises ``CannotChange``."""
    if order.items:
        gone = missing_foods(missing_items(order, now), now)
        return _cleared(order, now, lambda _name, food_ids: not gone.isdisjoint(food_ids))
    if order.date is not None:
        return _cleared(order, now, excluded(order.foods, now.table, now.dishes))
    known = [said for said in order.foods if Named(said, now.table).is_known(now.dishes)]
    if not known:
        raise CannotChange("no_food")
    return _cleared(order, now, any_of(known, now.table))


def cleared(now: Situation, gone: frozenset[str], indexes: Collection[int]) -> Outcome:
    """Other dishes, on the days ``indexes``, for all that have the foods ``gone``; locked meals stay."""
    failed = locked = 0
    for index in indexes:
        order = Order(kind=Kind.MISSING, date=now.week.days[index].date)
        try:
            done = _cleared(order, now, lambda _name, food_ids: not gone.isdisjoint(food_ids), whole=False)
        except CannotChange:
            failed += 1
        else:
            now = replace(now, week=done.week)
            failed, locked = failed + done.failed, locked + done.locked
    return Outcome(now.week, failed, locked)


def meat(order: Order, now: Situation) -> Outcome:
    """Without meat, poultry, fish and seafood."""
    return _cleared(order, now, has_meat(now.table))


def _cleared(order: Order, now: Situation, offends: Offends, *, whole: bool = True) -> Outcome:
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
    free = [(i, m) for i, m in places if order.force or not is_locked(now.week.days[i].meals[m])]
    if not free:
        raise CannotChange(LOCKED)
    clean = tuple(d for d in now.dishes if not offends(d.name, [item.food_id for item in d.ingredients]))
    done = _meal_by_meal(replace(now, dishes=clean), free, offends)
    if done.failed and whole and order.date is not None and order.slot is None:
        done = _DayWithout(order, replace(now, dishes=clean), offends).instead_of(done, len(free))
    return replace(done, locked=len(places) - len(free))


def _meal_by_meal(now: Situation, places: Iterable[Place], offends: Offends) -> Outcome:
    failed = 0
    for index, place in places:
        try:
            now = now.put(_clean_meal(now, index, place, offends))
        except CannotChange:
            failed += 1
    return Outcome(now.week, failed)


@dataclass(frozen=True, slots=True)
class _DayWithout:
    """The whole day of ``order`` laid out anew without what is not wanted; ``now`` has only dishes without it."""

    order: Order
    now: Situation
    offends: Offends

    def instead_of(self, partly: Outcome, places: int) -> Outcome:
        """The day anew, or what could be done ``partly``, of so many ``places``, if the person wants that. Raises
        ``CannotChange``."""
        best: frozenset[str] | None = None
        for missed, refit in self._days():
            if not missed:
                return Outcome(self.now.put(refit.day).week)
            best = missed if best is None or len(missed) < len(best) else best
        if partly.failed == places:
            raise CannotChange("misses", best or frozenset())
        if not self.order.partly:
            raise CannotChange(PARTLY, best or frozenset(), places - partly.failed)
        return partly

    def _days(self) -> Iterable[tuple[frozenset[str], Refit]]:
        """Days that could be, with what each misses: first those with the dishes that may stay."""
        index = self.now.index(self.order.date)
        for seed in range(SEEDS):
            swapper = swapper_for(replace(self.now, seed=self.now.seed + seed), index)
            if seed == 0:
                kept = swapper.whole(keep=lambda dish: not _is_bad(dish, self.offends))
                yield kept.misses - swapper.allowed, kept
            new = swapper.whole()
            yield new.misses - swapper.allowed, new


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
