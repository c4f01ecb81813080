"""One day: pick dishes, fit portions, judge, and swap the dish that helps most while a bar is missed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from menus.candidates import Candidate, Kitchen, Part
from menus.companions import Companions
from menus.extras import placed, worthwhile
from menus.meals import Pick, lacking_part, surplus_part, wanted_parts
from menus.planned import PlannedDay, PlannedPick, Proposed
from menus.variety import WeekState
from nutrition.bars import ENERGY, MISSES, Bars, Floats
from nutrition.menu import MAIN_SLOTS, Slot
from nutrition.plates import GROW, SHRINK, Ints
from nutrition.portions import DayFit, Serving, fit_day, judge_day, scale_for

MAX_TRIES = 15
PATIENCE = 2
"""Tries without any gain after which dishes that another writer proposed may be swapped too."""

VAIN_TRIES = 8
"""Tries without any gain after which a day is as good as it gets."""

MISS_COST = 30.0
SNACKS = frozenset({Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE, Slot.CEIA})
_FLEXIBLE_ENERGY = 0.15
_FIT_WEIGHT = 2.0
_DENSITY_WEIGHT = 60.0
_FILL_WEIGHT = 25.0
_LEAST_FILL_KCAL = 60.0
_MAX_PARTS = 9


Picks = list[list[Pick]]


class DayPlanner:
    """Plans the days of one week; ``state`` carries what earlier days used."""

    def __init__(
        self,
        kitchen: Kitchen,
        shares: Sequence[tuple[Slot, float]],
        bars: Bars,
        state: WeekState,
        companions: Companions,
    ) -> None:
        self.slots = tuple(slot for slot, _ in shares)
        self._meal_kcal = [share * float(bars.scale[ENERGY]) for _, share in shares]
        self._kitchen = kitchen
        self._bars = bars
        self._loose = _flexible(bars)
        self._state = state
        self._extras = worthwhile(kitchen, bars)
        self._companions = companions

    def plan(self, day: int, locked: Mapping[Slot, Sequence[Proposed]], *, final: bool = False) -> PlannedDay:
        """Plan ``day``. ``locked`` gives, by slot, what was already proposed for it.

        A day proposed whole, with amounts that meet every bar, is left as it is; so is any such day if ``final``.
        """
        proposed = self._as_proposed(locked)
        if proposed is not None and (final or not proposed.misses):
            return proposed
        best = self._improved(day, self._first_picks(day, locked))
        if best.misses and locked and all(self._kitchen.has(slot, Part.MAIN) for slot in self.slots):
            best = min(best, self._improved(day, self._first_picks(day, {})), key=_rating)
        if MISSES[ENERGY] in best.misses:
            with self._companions.regardless_of_taste():
                best = min(best, self._improved(day, self._first_picks(day, locked)), key=_rating)
        return best

    def _improved(self, day: int, best_picks: Picks) -> PlannedDay:
        """Fit ``best_picks``, then swap one dish after another while a bar is missed and that helps."""
        best = self._fit(best_picks)
        tried: set[tuple[int, int, int]] = set()
        unlock = not any(pick.locked for meal in best_picks for pick in meal)
        vain = 0
        for _ in range(MAX_TRIES):
            if not best.misses or (vain >= VAIN_TRIES and unlock):
                break
            if vain >= PATIENCE and not unlock:
                unlock, vain = True, 0
            picks = self._best_swap(day, best_picks, best, tried, unlock=unlock)
            if picks is None:
                if unlock:
                    break
                unlock = True
                continue
            fit = self._fit(picks)
            vain += 1
            if _rating(fit) < _rating(best):
                best, best_picks, vain = fit, picks, 0
        return best

    def _as_proposed(self, locked: Mapping[Slot, Sequence[Proposed]]) -> PlannedDay | None:
        """The day exactly as proposed, judged; None unless every meal came with its amounts."""
        meals = [
            [
                PlannedPick(Pick(self._kitchen.candidates[p.index].part, p.index, locked=True), p.steps)
                for p in locked.get(slot, ())
                if p.steps is not None
            ]
            for slot in self.slots
        ]
        if any(
            not meal or len(meal) < len(locked[slot]) for slot, meal in zip(self.slots, meals, strict=True)
        ):
            return None
        fit = judge_day(
            [(self._candidate(p.pick).plate, p.steps) for meal in meals for p in meal], self._bars
        )
        return PlannedDay(tuple(map(tuple, meals)), fit.figures, fit.misses, fit.cost)

    def _first_picks(self, day: int, locked: Mapping[Slot, Sequence[Proposed]]) -> Picks:
        """Mains first, since they decide which sides are wanted."""
        picks: Picks = [
            [Pick(self._kitchen.candidates[p.index].part, p.index, locked=True) for p in locked.get(slot, ())]
            for slot in self.slots
        ]
        free = [meal for meal, chosen in enumerate(picks) if not chosen]
        for meal in sorted(free, key=lambda m: -self._meal_kcal[m]):
            picks[meal] += [p for p in [self._main(day, picks, meal)] if p is not None]
        for meal in free:
            self._complete(day, picks, meal)
        return picks

    def _complete(self, day: int, picks: Picks, meal: int) -> None:
        """Add the parts that go with the main dish, then trim or fill the meal to its share of the energy."""
        slot, share = self.slots[meal], self._meal_kcal[meal]
        main = next((p for p in picks[meal] if p.part is Part.MAIN), None)
        if main is not None:
            for part in wanted_parts(slot, self._kitchen.candidates[main.index], self._kitchen):
                if not any(p.part is part for p in picks[meal]):
                    picks[meal] += [p for p in [self._pick(day, picks, meal, part)] if p is not None]
        while (surplus := surplus_part(picks[meal], self._kitchen, share)) is not None:
            picks[meal].remove(surplus)
        while len(picks[meal]) < _MAX_PARTS:
            lacking = lacking_part(slot, picks[meal], self._kitchen, share)
            if lacking is None:
                break
            most = sum(self._kitchen.most_kcal[p.index] for p in picks[meal])
            missing = max(1.1 * share - most, _LEAST_FILL_KCAL)
            added = self._pick(day, picks, meal, lacking, fill_kcal=missing)
            if added is None:
                break
            picks[meal].append(added)

    def _main(self, day: int, picks: Picks, meal: int) -> Pick | None:
        """The main dish of a meal; a snack too small for any dish is a fruit."""
        main = self._pick(day, picks, meal, Part.MAIN)
        share = self._meal_kcal[meal]
        if self.slots[meal] in SNACKS and (main is None or self._kitchen.least_kcal[main.index] > share):
            return self._pick(day, picks, meal, Part.FRUIT) or main
        return main

    def _pick(self, day: int, picks: Picks, meal: int, part: Part, *, fill_kcal: float = 0.0) -> Pick | None:
        """The cheapest dish for ``part`` of a meal; with ``fill_kcal``, one that can give that much energy."""
        slot = self.slots[meal]
        pool = self._kitchen.pool(slot, part)
        if len(pool) == 0:
            return None
        cost = self._state.cost(day, slot, part, self._flat(picks))
        if part is Part.MAIN and not fill_kcal:
            cost = cost + self._density_cost(pool, meal)
        if fill_kcal > 0:
            most = self._kitchen.most_kcal[pool]
            cost = cost + _FILL_WEIGHT * np.maximum(1 - most / fill_kcal, 0)
            cost = np.where(most < _LEAST_FILL_KCAL / 2, np.inf, cost)  # tea fills nobody
        order = (int(pool[at]) for at in np.argsort(cost, kind="stable") if np.isfinite(cost[at]))
        index = self._companions.first(order, picks[meal])
        return None if index is None else Pick(part, index)

    def _density_cost(self, pool: Ints, meal: int) -> Floats:
        """How badly a dish suits its meal: energy out of reach, or too much of what has a ceiling."""
        share = self._meal_kcal[meal]
        misfit = np.maximum(self._kitchen.least_kcal[pool] / share - 1.0, 0)
        if self.slots[meal] not in MAIN_SLOTS:
            misfit += np.maximum(0.7 - self._kitchen.most_kcal[pool] / share, 0)
        shares = self._kitchen.figures[pool] / self._bars.scale
        density = shares / np.maximum(shares[:, [ENERGY]], 1e-6)
        over = np.maximum(density - 1.3 * self._bars.high, 0)
        result: Floats = _DENSITY_WEIGHT * misfit + 2.0 * np.minimum(over, 2.0).sum(axis=1)
        return result

    def _flat(self, picks: Picks) -> list[tuple[Slot, Pick]]:
        return [(slot, p) for slot, meal in zip(self.slots, picks, strict=True) for p in meal]

    def _fit(self, picks: Picks) -> PlannedDay:
        """Fit the portions of ``picks`` and of the extras that the day turns out to want."""
        servings: list[Serving] = []
        for meal, chosen in enumerate(picks):
            kcal = sum(self._kitchen.kcal[p.index] for p in chosen)
            scale = scale_for(self._meal_kcal[meal], kcal)
            servings += [Serving(self._candidate(p).plate, meal, scale) for p in chosen]
        extras = placed(self._extras, picks, self.slots, self._companions, self._kitchen)
        servings += [
            Serving(replace(self._candidate(p).plate, optional=True), meal, 0.0) for meal, p in extras
        ]
        fit = fit_day(servings, self._meal_kcal, self._bars)
        return self._planned(picks, extras, fit)

    def _planned(self, picks: Picks, extras: list[tuple[int, Pick]], fit: DayFit) -> PlannedDay:
        steps = iter(fit.steps)
        meals = [[PlannedPick(p, next(steps)) for p in chosen] for chosen in picks]
        for meal, pick in extras:
            amount = next(steps)
            if amount.any():
                meals[meal].append(PlannedPick(pick, amount))
        return PlannedDay(tuple(map(tuple, meals)), fit.figures, fit.misses, fit.cost)

    def _candidate(self, pick: Pick) -> Candidate:
        return self._kitchen.candidates[pick.index]

    def _best_swap(
        self, day: int, picks: Picks, planned: PlannedDay, tried: set[tuple[int, int, int]], *, unlock: bool
    ) -> Picks | None:
        """The day with the one replacement predicted to help most, scored from dish totals without fitting."""
        best: tuple[float, int, int, int] | None = None
        for meal, chosen in enumerate(picks):
            for position, pick in enumerate(chosen):
                if pick.locked and not unlock:
                    continue
                pool, cost = self._swap_costs(day, picks, planned, meal, position)
                for at in np.argsort(cost, kind="stable"):
                    index = int(pool[at])
                    others = [p for p in chosen if p is not pick]
                    fresh = index != pick.index and (meal, position, index) not in tried
                    if fresh and self._companions.allow(index, others):
                        if best is None or cost[at] < best[0]:
                            best = (float(cost[at]), meal, position, index)
                        break
        if best is None:
            return None
        _, meal, position, index = best
        tried.add((meal, position, index))
        return self._swapped(day, picks, meal, position, index)

    def _swap_costs(
        self, day: int, picks: Picks, planned: PlannedDay, meal: int, position: int
    ) -> tuple[Ints, Floats]:
        pick, slot = picks[meal][position], self.slots[meal]
        pool = self._kitchen.pool(slot, pick.part)
        current = planned.meals[meal][position]
        lost = self._candidate(pick).plate.figures(current.steps)
        over = planned.figures[ENERGY] - self._bars.scale[ENERGY]  # what the portions could not take out
        scale = np.clip((lost[ENERGY] - over) / self._kitchen.kcal[pool], SHRINK, GROW)
        figures = planned.figures - lost + self._kitchen.figures[pool] * scale[:, None]
        others = [(s, p) for s, p in self._flat(picks) if p is not pick]
        bars = self._bars if MISSES[ENERGY] in planned.misses else self._loose
        cost = _FIT_WEIGHT * bars.cost(figures / self._bars.scale)
        liking = self._state.cost(day, slot, pick.part, others)
        return pool, cost + liking - liking[pool == pick.index].sum()  # against the dish that would go

    def _swapped(self, day: int, picks: Picks, meal: int, position: int, index: int) -> Picks:
        swapped = [list(chosen) for chosen in picks]
        part = swapped[meal][position].part
        swapped[meal][position] = Pick(part, index)
        if part is Part.MAIN:
            wanted = wanted_parts(self.slots[meal], self._kitchen.candidates[index], self._kitchen)
            swapped[meal] = [p for p in swapped[meal] if p.part is Part.MAIN or p.locked or p.part in wanted]
            self._complete(day, swapped, meal)
        return swapped


def _rating(planned: PlannedDay) -> float:
    return MISS_COST * len(planned.misses) + planned.cost


def _flexible(bars: Bars) -> Bars:
    """Bars for predictions: portions will absorb a good part of a difference in energy."""
    low, high = bars.aim_low.copy(), bars.aim_high.copy()
    low[ENERGY], high[ENERGY] = 1 - _FLEXIBLE_ENERGY, 1 + _FLEXIBLE_ENERGY
    return replace(bars, aim_low=low, aim_high=high)
