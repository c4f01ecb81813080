"""Amounts that a cook can serve: which household measure suits a food, so that portions are halves of it."""

from math import log2

from nutrition.food import Food, FoodGroup, Measure

HALVES = 2
"""Amounts are whole numbers of half measures."""

_WHOLE = frozenset({"folha", "gomo", "metade"})
"""Measures of which a cook serves no half; eggs are whole too, and so are things as small as a grape."""

_SMALL_UNIT_G = 25.0

_USUAL_COUNT = 3.0
_COARSE_STEP = 0.3
_COARSE_PENALTY = 3.0
_ORDER_PENALTY = 0.25


def half_step_g(measure: Measure) -> float:
    """Grams of half a ``measure``, the smallest change of an amount."""
    return measure.grams / HALVES


def step_g(food: Food, measure: Measure) -> float:
    """Grams of the smallest change of an amount of ``food``: half a measure, or a whole one where nobody halves it."""
    small = measure.name == "unidade" and measure.grams <= _SMALL_UNIT_G
    whole = small or food.group is FoodGroup.OVOS or measure.name in _WHOLE
    return measure.grams if whole else half_step_g(measure)


def measure_for(food: Food, grams: float) -> Measure:
    """The measure in which about ``grams`` of ``food`` is best served.

    Prefers a count near three, a half that is not a large part of the amount, and the measures listed first.
    """
    if not food.measures:
        raise ValueError(f"{food.id} has no household measure")
    ranked = enumerate(food.measures)
    return min(ranked, key=lambda pair: _awkwardness(pair[1], grams) + _ORDER_PENALTY * pair[0])[1]


def _awkwardness(measure: Measure, grams: float) -> float:
    halves = max(1.0, round(grams / half_step_g(measure)))
    error = abs(halves * half_step_g(measure) - grams) / grams
    coarse = max(0.0, half_step_g(measure) / grams - _COARSE_STEP)
    return abs(log2(halves / HALVES / _USUAL_COUNT)) / 2 + 2 * error + _COARSE_PENALTY * coarse
