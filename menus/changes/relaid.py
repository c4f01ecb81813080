"""Other dishes for a whole day that stands, around its locked meals and those that are out of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from menus.candidates import Part
from menus.changes.laying import Aims, Item, Laid, Refit, named, pick_of, scaled
from menus.changes.standing import Served, Standing, out_of_the_day
from menus.companions import Companions
from menus.dayplan import DayPlanner
from menus.planned import PlannedPick, Proposed
from menus.serving import served_dish
from menus.variety import WeekState
from nutrition.bars import ENERGY, Bars
from nutrition.foods import FoodTable
from nutrition.menu import MAIN_SLOTS, PlannedDish

NO_DISH = "no_dish"
"""Among what a day misses: a meal for which there is no dish."""

_LEAST_MEAL_KCAL = 40.0
_LEAST_LEFT = 0.1
"""At least this part of a day's bars is left for what is not locked."""


class RelaidDay(DayPlanner):
    """The day ``index`` of a standing week; ``filling`` are the meals out of it that get dishes, with ``share_out`` all
    meals share the energy of the whole day."""

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
        self.index = index
        self.standing_day = standing.days[index]
        self.table = table
        day = self.standing_day.day
        out = {m for m, meal in enumerate(day.meals) if out_of_the_day(meal) and m not in filling}
        away = sum(aims.shares.get(day.meals[m].slot, 0.0) for m in out)
        bars = Bars.of(scaled(aims.targets, max(1.0 - away, 0.1)))
        energy = float(bars.scale[ENERGY])
        shares = [(meal.slot, self._share(standing, m, energy, aims)) for m, meal in enumerate(day.meals)]
        if share_out:
            whole = sum(share for _, share in shares)
            shares = [(slot, share / whole) for slot, share in shares]
        super().__init__(
            standing.kitchen, shares, bars, state, Companions(standing.kitchen, aims.forbids_together)
        )
        self.laid: Laid = [list(meal) for meal in self.standing_day.meals]
        self._filling = frozenset(filling)
        self._locked = frozenset(m for m, meal in enumerate(day.meals) if meal.locked and self.laid[m])

    def _share(self, standing: Standing, meal: int, energy: float, aims: Aims) -> float:
        """The part of the day's energy that a meal has; of a meal without dishes, the part that it should have."""
        served = standing.days[self.index].meals[meal]
        kcal = sum(
            float(standing.kitchen.candidates[s.planned.pick.index].plate.figures(s.planned.steps)[ENERGY])
            for s in served
        )
        if kcal < _LEAST_MEAL_KCAL:
            kcal = aims.shares.get(self.standing_day.day.meals[meal].slot, 0.1) * aims.targets.energy_kcal
        return kcal / energy

    def whole(self, *, keep: Callable[[PlannedDish], bool] = lambda dish: False) -> Refit:
        """Other dishes for the whole day, locked meals and those out of it apart; of those that stand, what ``keep`` says
        is kept where it fits, with its main dish."""
        free = [
            m for m, meal in enumerate(self.laid) if (meal or m in self._filling) and m not in self._locked
        ]
        if not free:
            return Refit(self.standing_day.day, frozenset(), 0.0, gentle=False)
        kcals = [self._meal_kcal[m] for m in free]
        bars, part = self._left(sum(kcals))
        energy = float(bars.scale[ENERGY])
        shares = [(self.slots[m], part * kcal / energy) for m, kcal in zip(free, kcals, strict=True)]
        planner = DayPlanner(self._kitchen, shares, bars, self._state, self._companions)
        kept = {self.slots[m]: [Proposed(pick_of(item).index) for item in self._kept(m, keep)] for m in free}
        self._state.record(
            self.index, [(self.slots[m], pick_of(i)) for m in self._locked for i in self.laid[m]]
        )
        planned = planner.plan(self.index, kept)
        self._state.forget(self.index)
        meals = list(self.standing_day.day.meals)
        for m, picks in zip(free, planned.meals, strict=True):
            dishes = tuple(served_dish(pick, self._kitchen, self.table) for pick in picks)
            meals[m] = named(meals[m].slot, dishes)
        day = replace(self.standing_day.day, meals=tuple(meals))
        misses = frozenset(planned.misses)
        if not all(map(self._is_a_meal, free, planned.meals)):
            misses |= {NO_DISH}
        return Refit(day, misses, planned.cost, gentle=False)

    def _is_a_meal(self, meal: int, picks: Sequence[PlannedPick]) -> bool:
        """Whether a meal got dishes, lunch and dinner a main one."""
        leading = any(p.pick.part is Part.MAIN for p in picks)
        return leading or (bool(picks) and self.slots[meal] not in MAIN_SLOTS)

    def _kept(self, meal: int, keep: Callable[[PlannedDish], bool]) -> list[Item]:
        """The dishes of a meal that are kept: none without its main dish, which decides what goes with it."""
        kept = [item for item in self.laid[meal] if isinstance(item, Served) and keep(item.dish)]
        mains = [item for item in self.laid[meal] if pick_of(item).part is Part.MAIN]
        return [*kept] if all(item in kept for item in mains) else []

    def _left(self, standing_kcal: float) -> tuple[Bars, float]:
        """What the locked meals leave of the day's bars, and by how much the others (of ``standing_kcal`` together)
        change in energy."""
        if not self._locked:
            return self._bars, 1.0
        figures = sum(
            self._candidate(item.planned.pick).plate.figures(item.planned.steps)
            for m in self._locked
            for item in self.laid[m]
            if isinstance(item, Served)
        )
        eaten = figures / self._bars.scale
        left = max(1.0 - float(eaten[ENERGY]), _LEAST_LEFT)
        bars = Bars(
            self._bars.scale * left,
            *(
                (bound - eaten) / left
                for bound in (self._bars.low, self._bars.high, self._bars.aim_low, self._bars.aim_high)
            ),
        )
        return bars, float(bars.scale[ENERGY]) / max(standing_kcal, 1.0)
