"""The bars of a day: which figures are judged, between which bounds, and how much a miss weighs.

A day is *judged* against the bars themselves and *aimed* a little inside them, because rounding to household
measures moves every figure: without that margin an optimal day lands on a bar and falls off it once rounded.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nutrition.person import Targets

Floats = NDArray[np.float64]

FIGURES: tuple[str, ...] = (
    "energy_kcal",
    "protein_g",
    "fat_g",
    "fiber_g",
    "sodium_mg",
    "saturated_fat_g",
    "added_sugar_g",
    "fruit_vegetable_g",
)
"""The figures of a day that have a bar, in the order of every array of this package."""

ENERGY, PROTEIN, FAT, FIBER, SODIUM, SATURATED, SUGAR, PLANTS = range(len(FIGURES))

MISSES: tuple[str, ...] = (
    "energy_kcal",
    "protein_g",
    "fat_g",
    "fiber_g",
    "sodium_mg",
    "saturated_fat_max_g",
    "added_sugar_max_g",
    "fruit_vegetable_min_g",
)
"""What a miss is called in ``Week.unmet``: the field of ``Targets`` that the figure is about."""

ENERGY_TOLERANCE = 0.03
PROTEIN_UNDER, PROTEIN_OVER = 0.97, 1.15

WEIGHTS: Floats = np.array([800.0, 100.0, 60.0, 50.0, 60.0, 50.0, 20.0, 50.0])
"""Cost of missing by one whole scale; the order of relaxation, dearest last to give way."""

PLANTS_CEILING_G = 1200.0
"""More than this of fruit and vegetables a day is bulk that few people finish."""

_KCAL_PER_G_FAT = 9.0
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Bars:
    """Bounds of each of ``FIGURES`` divided by ``scale`` (so 1.0 is "the target" or "the limit").

    ``low``/``high`` judge a day; ``aim_low``/``aim_high`` lie inside them and are what the optimiser aims at.
    """

    scale: Floats
    low: Floats
    high: Floats
    aim_low: Floats
    aim_high: Floats

    @classmethod
    def of(cls, targets: Targets) -> "Bars":
        """Bars of one day for ``targets``."""
        scale = np.array(
            [
                targets.energy_kcal,
                targets.protein_g,
                max(targets.fat_max_g, 1.0),
                max(targets.fiber_g, 1.0),
                targets.sodium_mg,
                max(targets.saturated_fat_max_g, 1.0),
                max(targets.added_sugar_max_g, 1.0),
                max(targets.fruit_vegetable_min_g, 100.0),
            ]
        )
        low = np.zeros(len(FIGURES))
        low[[ENERGY, PROTEIN]] = 1 - ENERGY_TOLERANCE, PROTEIN_UNDER
        low[[FAT, FIBER, PLANTS]] = targets.fat_min_g, targets.fiber_g, targets.fruit_vegetable_min_g
        high = np.array(
            [
                1 + ENERGY_TOLERANCE,
                PROTEIN_OVER,
                targets.fat_max_g,
                targets.fiber_max_g,
                targets.sodium_mg,
                targets.saturated_fat_max_g,
                targets.added_sugar_max_g,
                max(PLANTS_CEILING_G, 1.5 * targets.fruit_vegetable_min_g),
            ]
        )
        low[FAT:] /= scale[FAT:]
        high[FAT:] /= scale[FAT:]
        aim_low, aim_high = _aims(low, high, targets.energy_kcal, scale)
        return cls(scale, low, high, aim_low, aim_high)

    def misses(self, figures: Floats) -> tuple[str, ...]:
        """Names (``Targets`` fields) of the bars that ``figures`` (in their units) do not meet."""
        shares = figures / self.scale
        over = shares > self.high + _TINY
        over[PLANTS] = False  # a lot of salad is bulk, not a miss
        missed = (shares < self.low - _TINY) | over
        return tuple(MISSES[i] for i in np.flatnonzero(missed))

    def cost(self, shares: Floats) -> Floats:
        """Weighted distance from the aims along the last axis; ``shares`` are figures divided by ``scale``."""
        missed = np.maximum(self.aim_low - shares, 0.0)
        missed += np.maximum(shares - self.aim_high, 0.0)
        result: Floats = missed @ WEIGHTS
        return result


def _aims(low: Floats, high: Floats, energy_kcal: float, scale: Floats) -> tuple[Floats, Floats]:
    """Bounds a little inside the bars: energy exact, protein 0.99-1.12, one point of energy of fat, 3 % elsewhere."""
    aim_low, aim_high = low.copy(), high.copy()
    aim_low[ENERGY] = aim_high[ENERGY] = 1.0
    aim_low[PROTEIN], aim_high[PROTEIN] = 0.99, 1.12
    point = 0.01 * energy_kcal / _KCAL_PER_G_FAT / scale[FAT]
    inside = min(point, (high[FAT] - low[FAT]) / 4)
    aim_low[FAT], aim_high[FAT] = low[FAT] + inside, high[FAT] - inside
    aim_low[[FIBER, PLANTS]] *= 1.03
    aim_high[[FIBER, SODIUM, SATURATED, SUGAR]] *= 0.97
    return aim_low, aim_high
