"""Other dishes for one day that stands: first with all else as it is, then with the other portions gently fitted.

The bars are those of the whole day; what is eaten out, or withheld and not being filled, takes its share of them away.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from menus.candidates import Candidate, Part
from menus.changes.laying import (
    Aims,
    Item,
    Laid,
    Refit,
    named,
    pick_of,
    picks_of,
    varied,
    with_amounts,
)
from menus.changes.relaid import RelaidDay
from menus.changes.standing import Served, Standing, again
from menus.extras import placed
from menus.meals import Pick, wanted_parts
from menus.planned import PlannedPick
from menus.recheck import NOT_FORBIDDEN
from menus.serving import served_dish
from menus.variety import ADJACENT, WeekState
from nutrition.foods import FoodTable
from nutrition.menu import Meal, PlannedDish
from nutrition.portions import DayFit, Serving, fit_day, scale_for
from nutrition.totals import totals

TRIES = 18
"""Main dishes that are fitted while looking for alternatives: some 3 ms each."""

SIDE_TRIES = 5
ALIKE = 0.15
"""An alternative whose energy is further from the meal's than this part is offered only after all others."""


class Swapper(RelaidDay):
    """Works on the day ``index`` of a standing week; ``filling`` are the meals out of the day that get dishes again.

    ``allowed`` are the bars that the day may miss: those that it missed as it stood.
    """

    def __init__(
        self,
        standing: Standing,
        index: int,
        aims: Aims,
        *,
        table: FoodTable,
        state: WeekState,
        filling: Collection[int] = (),
        share_out: bool = False,
    ) -> None:
        super().__init__(
            standing, index, aims, table=table, state=state, filling=filling, share_out=share_out
        )
        self.allowed = frozenset() if filling else self.as_it_stands().misses

    def as_it_stands(self) -> Refit:
        """The day as it is, judged."""
        return self._fitted(self.laid, loose=False)

    def fit(self, laid: Laid, main: Candidate | None = None) -> Refit:
        """Fit a day that is laid out anew: all that stands as it is, and only if that misses a bar, gently changed."""
        first = self._fitted(laid, loose=False)
        if first.misses <= self.allowed:
            return replace(first, main=main)
        return replace(min(first, self._fitted(laid, loose=True), key=lambda f: f.rating), main=main)

    def holds(self, refit: Refit) -> bool:
        """Whether a day misses nothing that it did not miss before."""
        return refit.misses <= self.allowed

    def alternatives(
        self,
        meal: int,
        *,
        suits: Callable[[Candidate], bool] = lambda candidate: True,
        order: Callable[[Candidate], float] = lambda candidate: 0.0,
        count: int = 3,
    ) -> list[Refit]:
        """Up to ``count`` days with another main dish in ``meal``, of different kinds of protein where there are.

        ``order`` adds to the planner's cost; lower comes first.
        """
        alike: list[Refit] = []
        others: list[Refit] = []
        for candidate, laid in self._tries(meal, suits, order):
            refit = self.fit(laid, candidate)
            if self.holds(refit):
                (alike if self._is_alike(refit, meal) else others).append(refit)
            if len({each.main.protein for each in alike if each.main}) >= count:
                break
        return (varied(alike, count) + varied(others, count))[:count]

    def _is_alike(self, refit: Refit, meal: int) -> bool:
        """Whether the meal has about the energy it had, and the portions of the others did not have to change."""
        portions = [p for dish in refit.day.meals[meal].dishes for p in dish.portions]
        kcal = totals(portions, self.table).values["energy_kcal"]
        return not refit.gentle and abs(kcal / self._meal_kcal[meal] - 1) <= ALIKE

    def best(
        self,
        meal: int,
        *,
        suits: Callable[[Candidate], bool] = lambda candidate: True,
        asked_for: bool = False,
    ) -> Refit | None:
        """The first day with another main dish in ``meal`` that holds; where restrictions emptied the meal, else the one
        that misses least: something has to be eaten there. What was ``asked_for`` may be a dish of the days beside."""
        fallback: Refit | None = None
        most = float("inf") if asked_for else ADJACENT
        for candidate, laid in self._tries(meal, suits, lambda candidate: 0.0, most):
            refit = self.fit(laid, candidate)
            if self.holds(refit):
                return refit
            if fallback is None or refit.rating < fallback.rating:
                fallback = refit
        emptied = self.standing_day.day.meals[meal].withheld not in NOT_FORBIDDEN
        return fallback if emptied else None

    def closest(self, meal: int, suits: Callable[[Candidate], bool], count: int) -> list[Refit]:
        """Up to ``count`` days with another main dish in ``meal``, those that miss least first, none of which may hold."""
        tries = self._tries(meal, suits, lambda candidate: 0.0, float("inf"))
        return sorted((self.fit(laid, main) for main, laid in islice(tries, count)), key=lambda f: f.rating)

    def other_side(self, meal: int, position: int) -> Refit | None:
        """Another dish for the part that stands at ``position`` of ``meal``; without one, the meal without it."""
        part = pick_of(self.laid[meal][position]).part
        others = [item for at, item in enumerate(self.laid[meal]) if at != position]
        picks = [pick_of(item) for item in others]
        pool = self._kitchen.pool(self.slots[meal], part)
        laid = [others if m == meal else list(items) for m, items in enumerate(self.laid)]
        cost = self._state.cost(self.index, self.slots[meal], part, self._flat(picks_of(laid)))
        tried: list[Refit] = []
        for at in np.argsort(cost, kind="stable")[:SIDE_TRIES]:
            index = int(pool[at])
            if not self._companions.allow(index, picks):
                continue
            new: list[Item] = [*others[:position], Pick(part, index), *others[position:]]
            tried.append(self.fit([new if m == meal else items for m, items in enumerate(laid)]))
            if self.holds(tried[-1]):
                return tried[-1]
        if others:
            tried.append(self.fit(laid))
        return next((refit for refit in tried if self.holds(refit)), None)

    def _tries(
        self,
        meal: int,
        suits: Callable[[Candidate], bool],
        order: Callable[[Candidate], float],
        most: float = ADJACENT,
    ) -> Iterator[tuple[Candidate, Laid]]:
        """The day laid out with each main dish that costs less than ``most``, the most promising first."""
        slot = self.slots[meal]
        pool = self._kitchen.pool(slot, Part.MAIN)
        now = {pick_of(item).index for item in self.laid[meal]}
        # One whose amounts are not the guide's any more stands under an index of its own, and is the same dish to eat.
        stand = {item.dish.dish_id for item in self.laid[meal] if isinstance(item, Served)}
        rest = [items if m != meal else [] for m, items in enumerate(self.laid)]
        cost = self._state.cost(self.index, slot, Part.MAIN, self._flat(picks_of(rest)))
        cost = cost + self._density_cost(pool, meal)
        cost = cost + np.array([order(self._kitchen.candidates[int(i)]) for i in pool])
        tries = 0
        for at in np.argsort(cost, kind="stable"):
            index = int(pool[at])
            candidate = self._kitchen.candidates[index]
            stands = index in now or candidate.dish.id in stand
            if stands or cost[at] >= most or not suits(candidate):
                continue
            if tries >= TRIES:
                return
            tries += 1
            yield candidate, self._with_main(meal, index)

    def _with_main(self, meal: int, index: int) -> Laid:
        """The day with another main dish in ``meal`` and the sides that go with it, those that stand first."""
        candidate = self._kitchen.candidates[index]
        wanted = wanted_parts(self.slots[meal], candidate, self._kitchen)
        picks = picks_of(self.laid)
        sides = [p for p in picks[meal] if p.part is not Part.MAIN and p.part in wanted]
        kept: list[Pick] = [Pick(Part.MAIN, index)]
        kept += [p for p in sides if self._companions.allow(p.index, kept)]
        picks[meal] = kept
        self._complete(self.index, picks, meal)
        return [list(picks[m]) if m == meal else list(items) for m, items in enumerate(self.laid)]

    def _fitted(self, laid: Laid, *, loose: bool) -> Refit:
        servings: list[Serving] = []
        for meal, items in enumerate(laid):
            new = sum(self._kitchen.kcal[item.index] for item in items if isinstance(item, Pick))
            scale = scale_for(self._meal_kcal[meal], new)
            bends = loose and meal not in self._locked
            servings += [self._serving(item, meal, scale, loose=bends) for item in items]
        extras = self._extras_for(laid)
        servings += [
            Serving(replace(self._candidate(p).plate, optional=True), meal, 0.0) for meal, p in extras
        ]
        if not servings:
            return Refit(self.standing_day.day, frozenset(), 0.0, gentle=False)
        return self._refit(laid, extras, fit_day(servings, self._meal_kcal, self._bars), loose=loose)

    def _serving(self, item: Item, meal: int, scale: float, *, loose: bool) -> Serving:
        if isinstance(item, Pick):
            return Serving(self._candidate(item).plate, meal, scale)
        plate, steps = self._candidate(item.planned.pick).plate, item.planned.steps
        if loose and item.elastic:
            own = replace(plate, own=steps.astype(float), high=np.maximum(plate.high, steps))
            return Serving(own, meal)
        return Serving(replace(plate, own=steps.astype(float), low=steps, high=steps), meal)

    def _extras_for(self, laid: Laid) -> list[tuple[int, Pick]]:
        """Extras may join the meals that are being changed only."""
        changed = [m for m, items in enumerate(laid) if any(isinstance(item, Pick) for item in items)]
        picks, slots = picks_of(laid), self.slots
        found = placed(
            self._extras,
            [picks[m] for m in changed],
            [slots[m] for m in changed],
            self._companions,
            self._kitchen,
        )
        return [(changed[at], pick) for at, pick in found]

    def _refit(self, laid: Laid, extras: list[tuple[int, Pick]], fit: DayFit, *, loose: bool) -> Refit:
        steps = iter(fit.steps)
        meals: list[Meal] = []
        dishes: list[list[PlannedDish]] = []
        for items in laid:
            row: list[PlannedDish] = []
            for item in items:
                amounts = next(steps)
                if isinstance(item, Pick):
                    row.append(served_dish(PlannedPick(item, amounts), self._kitchen, self.table))
                else:
                    plate = self._candidate(item.planned.pick).plate
                    row.append(again(item, amounts, plate, self.table))
            dishes.append(row)
        for meal, pick in extras:
            amounts = next(steps)
            if amounts.any():
                dishes[meal].append(served_dish(PlannedPick(pick, amounts), self._kitchen, self.table))
        for before, items, row in zip(self.standing_day.day.meals, laid, dishes, strict=True):
            stands = [item.dish if isinstance(item, Served) else None for item in items]
            same = len(row) == len(before.dishes) and stands == list(before.dishes)
            meals.append(with_amounts(before, row) if same or not row else named(before.slot, tuple(row)))
        day = replace(self.standing_day.day, meals=tuple(meals))
        return Refit(day, frozenset(fit.misses), fit.cost, gentle=loose)
