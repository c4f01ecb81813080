"""From the solver's fractions to whole steps of half a household measure, repaired step by step."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nutrition.bars import Bars, Floats

MAX_SINGLE_STEPS = 60
MAX_PAIR_STEPS = 6
PAIR_WIDTH = 32
"""Pairs start from the best this many single steps: all pairs of a day would be ten thousand."""

GOOD_ENOUGH = 0.8
"""Cost at which repair stops: energy within 0.1 % and every aim held."""

_GAIN = 1e-7


@dataclass(slots=True)
class Rounding:
    """Whole steps of a day under repair. ``gap`` is true where the smallest amount may also be left out."""

    steps: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    gap: NDArray[np.bool_]
    per_step: Floats
    bars: Bars
    shares: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Work in shares of each figure's scale, the unit of every cost."""
        self.per_step = self.per_step / self.bars.scale
        self.shares = self.steps @ self.per_step

    @property
    def cost(self) -> float:
        """Distance of the day from its aims."""
        return float(self.bars.cost(self.shares))

    def repair(self) -> None:
        """Best single steps until none helps, then the best pairs, each followed by single steps."""
        self._singles()
        for _ in range(MAX_PAIR_STEPS):
            if self.cost <= GOOD_ENOUGH or not self._pair():
                return
            self._singles()

    def _moves(self) -> NDArray[np.int64]:
        """Change of each ingredient by one step up (first half) and down (second half); 0 where not allowed."""
        out = self.gap & (self.steps == 0)
        least = self.gap & (self.steps == self.low)
        up = np.where(out, self.low, np.where(self.steps < self.high, 1, 0))
        down = np.where(out, 0, np.where(least, -self.low, np.where(self.steps > self.low, -1, 0)))
        return np.concatenate([up, down])

    def _singles(self) -> None:
        size = len(self.steps)
        doubled = np.vstack([self.per_step, self.per_step])
        for _ in range(MAX_SINGLE_STEPS):
            before = self.cost
            if before <= GOOD_ENOUGH:
                return
            moves = self._moves()
            costs = self.bars.cost(self.shares + moves[:, None] * doubled)
            best = int(np.argmin(costs))
            if costs[best] >= before - _GAIN:
                return
            self._apply(best % size, int(moves[best]))

    def _pair(self) -> bool:
        size = len(self.steps)
        before = self.cost
        moves = self._moves()
        deltas = moves[:, None] * np.vstack([self.per_step, self.per_step])
        costs = self.bars.cost(self.shares + deltas)
        first = np.argsort(costs, kind="stable")[:PAIR_WIDTH]
        both = self.bars.cost(self.shares + deltas[first][:, None, :] + deltas[None, :, :])
        same = (first[:, None] % size) == (np.arange(2 * size)[None, :] % size)
        both[same] = np.inf
        row, other = np.unravel_index(int(np.argmin(both)), both.shape)
        if both[row, other] >= before - _GAIN:
            return False
        for move in (int(first[row]), int(other)):
            self._apply(move % size, int(moves[move]))
        return True

    def _apply(self, index: int, change: int) -> None:
        self.steps[index] += change
        self.shares = self.shares + change * self.per_step[index]
