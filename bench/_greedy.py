"""The plain planner that people write first: take the best dishes in turn, scale the whole day to its calories.

Kept as the baseline of ``bench menus``: energy comes out exact, everything else as it happens to.
"""

from collections.abc import Sequence

from menus.candidates import Candidate, Kitchen, Part
from menus.meals import wanted_parts
from nutrition.bars import Bars, Floats
from nutrition.menu import Slot


def greedy_week(
    kitchen: Kitchen, shares: Sequence[tuple[Slot, float]], energy_kcal: float, days: int = 7
) -> list[Floats]:
    """The figures (``nutrition.bars.FIGURES``) of each day of a week, in exact grams."""
    turn: dict[tuple[Slot, Part], int] = {}
    week: list[Floats] = []
    for _ in range(days):
        figures = [_meal(kitchen, slot, share * energy_kcal, turn) for slot, share in shares]
        total = sum(figures[1:], start=figures[0])
        week.append(total * (energy_kcal / total[0]))
    return week


def _meal(kitchen: Kitchen, slot: Slot, kcal: float, turn: dict[tuple[Slot, Part], int]) -> Floats:
    main = _next(kitchen, slot, Part.MAIN, turn)
    dishes = [main, *(_next(kitchen, slot, part, turn) for part in wanted_parts(slot, main, kitchen))]
    figures = sum((dish.figures for dish in dishes[1:]), start=dishes[0].figures)
    scaled: Floats = figures * (kcal / max(float(figures[0]), 1.0))
    return scaled


def _next(kitchen: Kitchen, slot: Slot, part: Part, turn: dict[tuple[Slot, Part], int]) -> Candidate:
    """The next dish of the pool, best fit first, round and round."""
    pool = kitchen.pool(slot, part)
    at = turn.get((slot, part), 0)
    turn[slot, part] = at + 1
    return kitchen.candidates[int(pool[at % len(pool)])]


def all_met(figures: Floats, bars: Bars) -> bool:
    """Whether a day meets every bar."""
    return not bars.misses(figures)
