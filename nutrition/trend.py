"""The trend of a weight: what is left of it when the noise of single days is taken out. Pure.

A weight moves by a kilogram from one day to the next with water, salt and what is in the gut; a body gains or loses
fat at some 10 to 150 g a day. So a single figure says nothing, and two things are told instead:

- a line, the exponentially weighted average of all figures so far (time constant ``MEMORY_DAYS``; a gap of days counts
  as what it is, and the first days are not tied to the first figure);
- a pace, the slope of a straight line through the last four weeks (least squares), with its standard error.

The limit of the pace is the usual one, half to one per cent of the weight a week and at most a kilogram. The time
constant, the windows and the floor of the noise are design rules of ours.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MEMORY_DAYS = 7.0
"""After so many days a figure weighs 1/e of what it did."""

WINDOW_DAYS = 28
MIN_DAYS, MIN_MEASURES = 14, 5
"""No pace is told from less: two weeks from the first day to the last, and so many days with a figure."""

STALE_DAYS = 14
"""A pace that ended longer ago says nothing about now."""

NOISE_KG = 0.3
"""The least that single days are taken to vary, however well a few of them happen to lie on a line."""

MAX_SHARE_A_WEEK, MAX_KG_A_WEEK = 0.01, 1.0
STEADY_KG_A_WEEK = 0.1


@dataclass(frozen=True, slots=True)
class Measure:
    """A weight in kg on a local date."""

    day: date
    kg: float


@dataclass(frozen=True, slots=True)
class Trend:
    """``kg`` is the line at ``last``; ``per_week`` the pace in kg a week with its standard ``error``, from ``first`` on."""

    kg: float
    per_week: float
    error: float
    first: date
    last: date

    @property
    def weeks(self) -> int:
        """How many weeks it covers, at least 2."""
        return max(2, round(((self.last - self.first).days + 1) / 7))


class Pace(StrEnum):
    """A pace in words."""

    FALLS_FAST = "falls_fast"
    FALLS = "falls"
    FALLS_SLOWLY = "falls_slowly"
    STEADY = "steady"
    RISES_SLOWLY = "rises_slowly"
    RISES = "rises"


def smoothed(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The line: for each day with a figure, the average of all until then, older ones weighing less."""
    line: list[Measure] = []
    total = weight = 0.0
    before: date | None = None
    for measure in sorted(measures, key=lambda each: each.day):
        fade = math.exp(-(measure.day - before).days / MEMORY_DAYS) if before is not None else 0.0
        total, weight = total * fade + measure.kg, weight * fade + 1.0
        line.append(Measure(measure.day, total / weight))
        before = measure.day
    return tuple(line)


def trend(measures: Sequence[Measure], today: date, since: date | None = None) -> Trend | None:
    """The pace of the last ``WINDOW_DAYS`` before ``today``, not before ``since``; None while there is too little to tell."""
    oldest = today - timedelta(days=WINDOW_DAYS - 1)
    start = oldest if since is None else max(oldest, since)
    found = sorted((each for each in measures if start <= each.day <= today), key=lambda each: each.day)
    if len(found) < MIN_MEASURES or (found[-1].day - found[0].day).days + 1 < MIN_DAYS:
        return None
    if (today - found[-1].day).days > STALE_DAYS:
        return None
    per_day, error = _slope([(each.day - found[0].day).days for each in found], [each.kg for each in found])
    line = smoothed(each for each in measures if each.day <= today)
    return Trend(line[-1].kg, 7 * per_day, 7 * error, found[0].day, found[-1].day)


def limit(kg: float) -> float:
    """The fastest pace (kg a week) at which somebody of ``kg`` should lose weight."""
    return min(MAX_SHARE_A_WEEK * kg, MAX_KG_A_WEEK)


def pace(of: Trend) -> Pace:
    """``of`` in words. What its own error may explain counts as steady."""
    size, most = abs(of.per_week), limit(of.kg)
    falls = of.per_week < 0
    if falls and size > most:
        return Pace.FALLS_FAST
    if size < max(STEADY_KG_A_WEEK, min(of.error, most)):
        return Pace.STEADY
    if size < most / 2:
        return Pace.FALLS_SLOWLY if falls else Pace.RISES_SLOWLY
    return Pace.FALLS if falls else Pace.RISES


def _slope(days: Sequence[float], kgs: Sequence[float]) -> tuple[float, float]:
    """Slope of the least-squares line, and its standard error, per day."""
    middle, mean = sum(days) / len(days), sum(kgs) / len(kgs)
    spread = sum((day - middle) ** 2 for day in days)
    slope = sum((day - middle) * (kg - mean) for day, kg in zip(days, kgs, strict=True)) / spread
    left = sum((kg - mean - slope * (day - middle)) ** 2 for day, kg in zip(days, kgs, strict=True))
    noise = max(math.sqrt(left / (len(days) - 2)), NOISE_KG)
    return slope, noise / math.sqrt(spread)
