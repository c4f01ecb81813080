"""What makes a week good beyond its numbers, as costs: no repeats, several protein sources, price, time, wishes.

Costs are in the unit of ``nutrition.bars.Bars.cost`` (1 % of energy costs 8), so both can be added. They are the soft
preferences and give way first; the order is that of the constants, cheapest first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from menus import habits
from menus.candidates import Kitchen, Part
from menus.meals import Pick
from menus.wishes import EVERY_DAY, Wishes
from nutrition.bars import Floats
from nutrition.menu import MAIN_SLOTS, Slot
from nutrition.plates import FoodById
from nutrition.words import fold
from rag.liking import Tastes

NOISE = 6.0
RANK = 3.0
PRICE, CHEAP_PRICE = 1.0, 6.0
MINUTE, ASKED_MINUTE, ASKED_LATE = 0.05, 0.3, 20.0
PATIENCE_MINUTES = 45
HABIT, RARE, ODD = 12.0, 10.0, 12.0
"""Weights of ``menus.habits``: what people who eat everything, or cook on a weekday, seldom have."""

STAPLE = 8.0
PLATE = {Slot.ALMOCO: 7.0, Slot.JANTAR: 2.0}
"""Lunch is first of all a plate of rice, beans and something; one-pot dishes are for some days."""

LIKED, DISLIKED = 6.0, 16.0
"""A dish that is liked is no more than noise ahead of others; one that the person said no to is behind all but what a day's
numbers need."""

OWN, OWN_AGAIN = 45.0, 0.25
"""A dish of the person's own plan comes before all others, and its repeats cost this part of what others' do: a plan with one
lunch is followed every second day, one with several nearly always."""

RECENT = 10.0
SIDE_AGAIN, FRUIT_AGAIN, SNACK_AGAIN, BREAKFAST_AGAIN = 1.5, 3.0, 6.0, 20.0
PROTEIN_AGAIN, PROTEIN_SAME_DAY, PROTEIN_NEW = 4.0, 8.0, 40.0
SOURCES = 5
"""Kinds of protein source that a week should have; the fewer meals are left for those that lack, the dearer a known one."""

QUOTA, OVER_QUOTA = 15.0, 70.0
MAIN_AGAIN = 60.0
ADJACENT = 500.0

LEFTOVERS = 3
"""At most this many lunches repeat the dinner before, for people who batch cook: 11 of 14 mains stay distinct."""

_LEFTOVER_BONUS = MAIN_AGAIN + 30.0


class WeekState:
    """What was picked so far in the week, and what each possible pick would cost."""

    def __init__(
        self,
        kitchen: Kitchen,
        table: FoodById,
        wishes: Wishes,
        *,
        avoid: Sequence[str] = (),
        tastes: Tastes = (),
        seed: int = 0,
        days: int = 7,
    ) -> None:
        self._kitchen = kitchen
        self._wishes = wishes
        count = len(kitchen.candidates)
        # drawn at once, so that the number of tries of one day does not change the next
        self._noise = np.random.default_rng(seed).random((days, count)) * NOISE
        self._general = self._by_itself(avoid, dict(tastes))
        self._odd = ODD * kitchen.odd
        self._matches = [
            np.array([quota.matches(c.dish, table) for c in kitchen.candidates], dtype=bool)
            for quota in wishes.quotas
        ]
        sources = {name: i for i, name in enumerate(sorted({c.protein for c in kitchen.candidates}))}
        self._source: NDArray[np.int64] = np.array(
            [sources[c.protein] for c in kitchen.candidates], dtype=np.int64
        )
        self._source_counts = np.zeros(len(sources))
        self._used = np.zeros(count)
        self._wear = 1 - (1 - OWN_AGAIN) * kitchen.own
        self._days: dict[int, list[tuple[Slot, Pick]]] = {}
        self._leftovers: set[int] = set()

    def _by_itself(self, avoid: Sequence[str], tastes: Mapping[str, float]) -> Floats:
        """What each dish costs whatever else was picked: fit, price, time, habits, taste."""
        kitchen, wishes = self._kitchen, self._wishes
        recent = {fold(name) for name in avoid}
        cost = RANK * kitchen.rank + (CHEAP_PRICE if wishes.cheap else PRICE) * (kitchen.price - 1)
        if recent:
            cost += RECENT * np.array([float(c.key in recent) for c in kitchen.candidates])
        if tastes:
            cost += self._liking(tastes)
        limit = wishes.max_minutes or PATIENCE_MINUTES
        cost += (ASKED_MINUTE if wishes.max_minutes else MINUTE) * np.maximum(kitchen.minutes - limit, 0)
        if wishes.max_minutes:
            leading = np.array([float(c.part is Part.MAIN) for c in kitchen.candidates])
            cost += ASKED_LATE * leading * (kitchen.minutes > limit)
        result: Floats = cost + HABIT * habits.unusual(kitchen) + RARE * kitchen.rare - OWN * kitchen.own
        return result

    def cost(self, day: int, slot: Slot, part: Part, today: Sequence[tuple[Slot, Pick]]) -> Floats:
        """Cost of each dish of ``kitchen.pool(slot, part)`` on ``day``, given the other picks of ``today``."""
        pool = self._kitchen.pool(slot, part)
        cost = (self._general + self._noise[day])[pool]
        used = (self._used + self._counts(today)) * self._wear
        if part is Part.MAIN and slot in MAIN_SLOTS:
            cost += self._main_cost(day, slot, pool, used, today)
        elif part is Part.MAIN:
            cost += self._odd[pool]
            again = BREAKFAST_AGAIN if slot is Slot.CAFE_DA_MANHA else SNACK_AGAIN
            cost += again * used[pool] + 2 * again * self._among(pool, self._neighbours(day, {slot}))
            cost += ADJACENT * self._among(pool, {p.index for _, p in today})
        elif part in (Part.STARCH, Part.PULSE):
            cost += (
                SIDE_AGAIN * self._among(pool, self._neighbours(day, MAIN_SLOTS))
                - STAPLE * self._kitchen.staple[pool]
            )
            cost += ADJACENT * self._among(pool, {p.index for s, p in today if s is slot})
        else:
            cost += FRUIT_AGAIN * used[pool]
            cost += ADJACENT * self._among(pool, {p.index for s, p in today if s is slot})
        cost += self._quota_cost(day, pool, today)
        result: Floats = cost
        return result

    def record(self, day: int, picks: Sequence[tuple[Slot, Pick]]) -> None:
        """Remember the picks of a planned day."""
        self._days[day] = list(picks)
        self._used += self._counts(picks)
        for slot, pick in picks:
            if pick.part is Part.MAIN and slot in MAIN_SLOTS:
                self._source_counts[self._source[pick.index]] += 1
                if slot is Slot.ALMOCO and pick.index in self._dinner_of(day - 1):
                    self._leftovers.add(day)

    def forget(self, day: int) -> None:
        """Take back what ``record`` remembered of a day that will be planned again."""
        picks = self._days.pop(day)
        self._leftovers.discard(day)
        self._used -= self._counts(picks)
        for slot, pick in picks:
            if pick.part is Part.MAIN and slot in MAIN_SLOTS:
                self._source_counts[self._source[pick.index]] -= 1

    def _liking(self, tastes: Mapping[str, float]) -> Floats:
        """What each dish costs by how much it is liked: below 0 for those that are."""
        liking = np.array([tastes.get(c.dish.id, 0.0) for c in self._kitchen.candidates])
        result: Floats = -np.where(liking > 0, LIKED, DISLIKED) * liking
        return result

    def _main_cost(
        self,
        day: int,
        slot: Slot,
        pool: NDArray[np.int64],
        used: Floats,
        today: Sequence[tuple[Slot, Pick]],
    ) -> Floats:
        plate = PLATE[slot] if self._kitchen.has(slot, Part.STARCH) else 0.0
        cost = plate * self._kitchen.starchy[pool]
        counts = self._source_counts[self._source[pool]]
        cost += MAIN_AGAIN * used[pool] + PROTEIN_AGAIN * counts
        lacking = SOURCES - np.count_nonzero(self._source_counts)
        if lacking > 0:
            cost += PROTEIN_NEW * lacking / max(1, len(MAIN_SLOTS) * (EVERY_DAY - day)) * (counts > 0)
        others = {p.index for s, p in today if s in MAIN_SLOTS and p.part is Part.MAIN}
        sources = np.zeros(len(self._source_counts))
        sources[self._source[list(others)]] = PROTEIN_SAME_DAY
        cost += ADJACENT * (self._among(pool, others) + self._among(pool, self._neighbours(day, {slot})))
        cost += sources[self._source[pool]]
        if self._wishes.batch and slot is Slot.ALMOCO and len(self._leftovers) < LEFTOVERS:
            cost -= _LEFTOVER_BONUS * self._among(pool, self._dinner_of(day - 1))
        result: Floats = cost
        return result

    def _quota_cost(
        self, day: int, pool: NDArray[np.int64], today: Sequence[tuple[Slot, Pick]]
    ) -> Floats | float:
        cost: Floats | float = 0.0
        for quota, matches in zip(self._wishes.quotas, self._matches, strict=True):
            now = any(matches[p.index] for _, p in today)
            done = sum(any(matches[p.index] for _, p in picks) for picks in self._days.values())
            if quota.at_most:
                cost = cost + OVER_QUOTA * matches[pool] * (done + now >= quota.times)
            elif not now and done < quota.times:
                urgency = min(1.5, (quota.times - done) / max(1, EVERY_DAY - day))
                cost = cost - QUOTA * (1 + urgency) * matches[pool]
        return cost

    def _counts(self, picks: Sequence[tuple[Slot, Pick]]) -> Floats:
        counts = np.zeros(len(self._used))
        for index, times in Counter(p.index for _, p in picks).items():
            counts[index] = times
        return counts

    def _neighbours(self, day: int, slots: set[Slot] | frozenset[Slot]) -> set[int]:
        """Dishes of the days before and after in ``slots``."""
        beside = [*self._days.get(day - 1, ()), *self._days.get(day + 1, ())]
        return {p.index for s, p in beside if s in slots}

    def _dinner_of(self, day: int) -> set[int]:
        return {p.index for s, p in self._days.get(day, ()) if s is Slot.JANTAR and p.part is Part.MAIN}

    def _among(self, pool: NDArray[np.int64], indexes: set[int]) -> Floats:
        """1 for the dishes of ``pool`` that are among ``indexes``, else 0."""
        marked = np.zeros(len(self._used))
        marked[list(indexes)] = 1.0
        result: Floats = marked[pool]
        return result
