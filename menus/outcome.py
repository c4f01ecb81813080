"""What has to be said about a finished week: who wrote it in the end, what did not fit, how meals are called."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from menus.candidates import Candidate, Kitchen, Part
from menus.fallback import PLAIN_NOTE, PLAIN_TAG
from menus.planned import PlannedDay
from menus.recheck import Verdicts
from menus.repair import Written
from menus.weekplan import WeekOrder
from menus.wishes import Quota
from nutrition.bars import ENERGY, FAT, FIBER, MISSES, PLANTS, PROTEIN, SATURATED, SODIUM, SUGAR
from nutrition.foods import FoodTable
from nutrition.menu import MAIN_SLOTS, Day, Dish, Origin, Slot, Unmet
from nutrition.person import Restriction, Strength
from nutrition.restrictions.labels import label
from nutrition.restrictions.matching import singular
from nutrition.words import tokens

LEAST_MAINS, LEAST_BREAKFASTS, LEAST_SOURCES = 11, 5, 5
CHEAP_AVERAGE = 1.8
"""A week of main dishes is dear to somebody who asked for cheap ones above this price tier (1 to 3), on average."""

MEAL_SWING, MEAL_SWING_KCAL = 0.5, 200.0
"""A meal whose energy is further than both from its share of the day is told."""

CHEAP, TIME, BATCH, SOURCES, VARIETY, ADJACENT, SHARE = (
    "cheap", "time", "batch", "protein_sources", "variety", "adjacent", "meal_share",
)  # fmt: skip
AT_LEAST, AT_MOST = "quota", "limit"
"""Wishes about a food: "quota:peixe:2:1" asked for fish twice and got it once; "limit:frango:2:3" got too much."""

_BARS = tuple(MISSES[at] for at in (SUGAR, PLANTS, SATURATED, FIBER, SODIUM, FAT, PROTEIN, ENERGY))
"""By rising weight: what gives way first is first."""

PARTLY = "gemini_partly"
AWAY = "gemini_away"


def told(days: Sequence[Day], written: Written, dishes: Sequence[Dish]) -> tuple[Origin, tuple[str, ...]]:
    """Who the week is by in the end, and what has to be said about it."""
    notes = list(written.notes)
    writer = written.writer
    if writer is not Origin.GUIA:
        kept = any(dish.origin is writer for day in days for meal in day.meals for dish in meal.dishes)
        if not kept and not written.checked.meals:
            writer, notes = Origin.GUIA, [AWAY]
    plain = {dish.name for dish in dishes if PLAIN_TAG in dish.tags}
    if plain & {dish.name for day in days for meal in day.meals for dish in meal.dishes}:
        notes.append(PLAIN_NOTE)
    return writer, tuple(dict.fromkeys(notes))


def plainly_named(day: Day, verdicts: Verdicts) -> Day:
    """A meal's name joins dish names; where the join alone reads as something forbidden, its first dish names it."""
    meals = tuple(
        meal if verdicts.text(meal.name) is None else replace(meal, name=meal.dishes[0].name)
        for meal in day.meals
    )
    return replace(day, meals=meals)


def unmet(
    start: date, planned: Mapping[int, PlannedDay], order: WeekOrder, kitchen: Kitchen, table: FoodTable
) -> tuple[Unmet, ...]:
    """Everything soft that gave way, in the order in which it does (see ``menus.planner``): what was let go first is
    first, energy is last."""
    week = _Made(planned, order, kitchen, table)
    found = [*week.wishes(), *week.repeats(), *week.shares(), *week.bars()]
    return tuple(
        Unmet(what, tuple(start + timedelta(days=index) for index in sorted(days))) for what, days in found
    )


_Found = Iterator[tuple[str, set[int]]]


@dataclass(frozen=True, slots=True)
class _Made:
    """A planned week beside what was asked; each method yields (what gave way, on which days)."""

    planned: Mapping[int, PlannedDay]
    order: WeekOrder
    kitchen: Kitchen
    table: FoodTable

    def wishes(self) -> _Found:
        """Price, time, cooking in batches, protein sources and quotas, as far as they were asked for."""
        wishes = self.order.wishes
        mains = self._mains()
        if wishes.cheap and mains and _average([c.price for c in mains.values()]) > CHEAP_AVERAGE:
            yield CHEAP, set()
        if wishes.max_minutes is not None:
            late = {day for (day, _), c in mains.items() if c.dish.minutes > wishes.max_minutes}
            if late:
                yield TIME, late
        whole = len(self.planned) > 1
        if wishes.batch and whole and not any(self._is_leftover(day) for day in self.planned):
            yield BATCH, set()
        possible = min(LEAST_SOURCES, self.kitchen.protein_sources)
        if whole and len({c.protein for c in mains.values()}) < possible:
            yield SOURCES, set()
        for quota in wishes.quotas:
            yield from self._quota(quota)

    def repeats(self) -> _Found:
        """Fewer than 11 main dishes or 5 breakfasts a week; one on adjacent days in the same meal."""
        mains, breakfasts = self._distinct(MAIN_SLOTS), self._distinct({Slot.CAFE_DA_MANHA})
        days = len(self.planned)
        asked = {slot for slot in self.order.slots if slot in MAIN_SLOTS}
        if mains < min(LEAST_MAINS, days * len(asked)) or breakfasts < min(LEAST_BREAKFASTS, days):
            yield VARIETY, set()
        again = {
            day
            for day in self.planned
            for slot in MAIN_SLOTS
            if self._main(day, slot) & self._main(day - 1, slot)
        }
        if again:
            yield ADJACENT, again

    def _distinct(self, slots: Iterable[Slot]) -> int:
        """How many different main dishes meals have; one of the person's own plan is wanted each time it comes."""
        picks = [pick for day in self.planned for slot in slots for pick in self._main(day, slot)]
        own = [pick for pick in picks if self.kitchen.own[pick]]
        return len(set(picks)) + len(own) - len(set(own))

    def shares(self) -> _Found:
        """Meals much larger or smaller than their share of the day's energy."""
        energy = self.order.targets.energy_kcal
        odd = set()
        for index, day in self.planned.items():
            for (_, share), meal in zip(self.order.shares, day.meals, strict=True):
                served = sum(
                    float(self.kitchen.candidates[p.pick.index].plate.figures(p.steps)[ENERGY]) for p in meal
                )
                off = abs(served - share * energy)
                if off > MEAL_SWING * share * energy and off > MEAL_SWING_KCAL:
                    odd.add(index)
        if odd:
            yield SHARE, odd

    def bars(self) -> _Found:
        """The bars of the day, in the order of their weights."""
        for what in _BARS:
            days = {index for index, day in self.planned.items() if what in day.misses}
            if days:
                yield what, days

    def _quota(self, quota: Quota) -> _Found:
        matches = {
            index
            for index, day in self.planned.items()
            if any(
                quota.matches(self.kitchen.candidates[pick.index].dish, self.table)
                for _, pick in day.picks(self.order.slots)
            )
        }
        times, got = min(quota.times, len(self.planned)), len(matches)
        if (got > times) if quota.at_most else (got < times):
            name = self._name(quota)
            if name:
                yield f"{AT_MOST if quota.at_most else AT_LEAST}:{name}:{times}:{got}", set()

    def _name(self, quota: Quota) -> str:
        """How the food of a quota is spelled; "" for a word that is no food ("algo leve todo dia")."""
        if quota.groups:
            return quota.words
        stem = singular(quota.words)
        known = any(
            stem in map(singular, tokens(name)) for food in self.table for name in (food.name, *food.synonyms)
        )
        return label(Restriction(f"food:{quota.words}", Strength.DIETA, ""), self.table) if known else ""

    def _mains(self) -> dict[tuple[int, Slot], Candidate]:
        """The main dish of each lunch and dinner."""
        return {
            (day, slot): self.kitchen.candidates[pick]
            for day in self.planned
            for slot in MAIN_SLOTS
            for pick in self._main(day, slot)
        }

    def _main(self, day: int, slot: Slot) -> set[int]:
        if day not in self.planned:
            return set()
        picks = self.planned[day].picks(self.order.slots)
        return {pick.index for at, pick in picks if at is slot and pick.part is Part.MAIN}

    def _is_leftover(self, day: int) -> bool:
        return bool(self._main(day, Slot.ALMOCO) & self._main(day - 1, Slot.JANTAR))


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values)
