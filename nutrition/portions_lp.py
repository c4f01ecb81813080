"""The linear program of a day's portions, solved by HiGHS.

Each ingredient is ``start * (1 + u - v)`` within its bounds. Each figure of the day is a row divided by its scale, with
slack on both sides, so that the program is never infeasible: the slacks say what cannot be met. A small cost on
``u + v`` keeps dishes near their recipes, and each meal is kept near its share of the energy.
"""

import threading
from dataclasses import dataclass
from typing import Any, cast

import highspy
import numpy as np
from numpy.typing import NDArray

from nutrition.bars import WEIGHTS, Bars, Floats

MEAL_STRETCH = 0.25
"""A meal may leave its share of the day's energy by this part at no cost."""

MEAL_WEIGHT = 4.0
STRETCH_COST = 0.1
EXTRA_COST = 2.0
"""Cost of a whole optional extra: dear enough to leave out when the dishes alone meet the bars."""

_ROW_WISE = 2
_MINIMISE = 1
_local = threading.local()


class PortionsError(Exception):
    """The solver did not return an optimal solution, or its input was not finite."""


@dataclass(frozen=True, slots=True)
class DayProgram:
    """Input of one day, an array element per ingredient.

    ``start``: wanted steps (0 for an optional extra); ``low``/``high``: bounds in steps; ``per_step``: figures of a
    step; ``meal``: index of the ingredient's meal; ``meal_kcal``: the energy share of each meal.
    """

    start: Floats
    low: Floats
    high: Floats
    per_step: Floats
    meal: NDArray[np.int64]
    meal_kcal: Floats


def solve(program: DayProgram, bars: Bars) -> Floats:
    """Steps (not whole) of each ingredient that cost least. Raises ``PortionsError``."""
    extra = program.start <= 0
    unit = np.where(extra, program.high, program.start)
    up = np.where(extra, 1.0, program.high / unit - 1.0)
    down = np.where(extra, 0.0, 1.0 - program.low / unit)
    base = np.where(extra, 0.0, program.start)
    rows = _rows(program, unit, bars)
    constant = rows @ np.where(extra, 0.0, 1.0)
    bounds = _row_bounds(program, bars, constant)
    cost = np.where(extra, EXTRA_COST, STRETCH_COST)
    solution = _run(rows, np.maximum(up, 0.0), np.maximum(down, 0.0), cost, bounds)
    size = len(unit)
    return base + unit * (solution[:size] - solution[size : 2 * size])


def _rows(program: DayProgram, unit: Floats, bars: Bars) -> Floats:
    """Figures and meal energies of one unit of each ingredient, scaled: shape (figures + meals, ingredients)."""
    figures = (program.per_step * unit[:, None]).T
    meals = np.zeros((len(program.meal_kcal), len(unit)))
    meals[program.meal, np.arange(len(unit))] = figures[0]
    stacked: Floats = np.vstack([figures / bars.scale[:, None], meals / program.meal_kcal[:, None]])
    return stacked


def _row_bounds(program: DayProgram, bars: Bars, constant: Floats) -> tuple[Floats, Floats]:
    meals = len(program.meal_kcal)
    low = np.concatenate([bars.aim_low, np.full(meals, 1 - MEAL_STRETCH)]) - constant
    high = np.concatenate([bars.aim_high, np.full(meals, 1 + MEAL_STRETCH)]) - constant
    return low, high


def _run(rows: Floats, up: Floats, down: Floats, cost: Floats, bounds: tuple[Floats, Floats]) -> Floats:
    count, size = rows.shape
    identity = np.eye(count)
    matrix = np.hstack([rows, -rows, identity, -identity])
    weights = np.concatenate([WEIGHTS, np.full(count - len(WEIGHTS), MEAL_WEIGHT)])
    costs = np.concatenate([cost, cost, weights, weights])
    upper = np.concatenate([up, down, np.full(2 * count, highspy.kHighsInf)])
    if not (np.isfinite(matrix).all() and np.isfinite(costs).all() and np.isfinite(up + down).all()):
        # HiGHS answers "Optimal" to NaN
        raise PortionsError("a figure of the day is not a finite number")
    nonzero = matrix != 0
    starts = np.concatenate([[0], np.cumsum(nonzero.sum(axis=1))[:-1]]).astype(np.int32)
    solver = _solver()
    status = solver.passModel(
        2 * size + 2 * count, count, int(nonzero.sum()), _ROW_WISE, _MINIMISE, 0.0,
        costs, np.zeros(len(costs)), upper, bounds[0], bounds[1],
        starts, np.nonzero(nonzero)[1].astype(np.int32), matrix[nonzero], np.zeros(len(costs), dtype=np.int32),
    )  # fmt: skip
    if status == highspy.HighsStatus.kError or solver.run() == highspy.HighsStatus.kError:
        raise PortionsError("the solver refused the program of the day")
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise PortionsError(f"no optimal portions: {solver.getModelStatus().name}")
    return np.array(cast("list[float]", solver.getSolution().col_value))


def _solver() -> Any:  # highspy publishes no types
    """One solver a thread, one core, silent.

    The base class is made directly because ``highspy.Highs()`` prints its banner to stdout, where ``bot.py menu``
    writes its result lines.
    """
    if not hasattr(_local, "solver"):
        solver = cast("type[Any]", highspy.Highs.__base__)()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        _local.solver = solver
    return _local.solver
