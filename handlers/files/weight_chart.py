"""A weight and its trend as a picture: a dot a day, and the moving average as a line. Nobody is named in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.catalogue import Catalogue
from handlers.files.canvas import WIDTH, Canvas
from handlers.files.fonts import Weight
from handlers.files.theme import Theme, theme
from handlers.texts import progress as p
from nutrition.trend import Measure

HEIGHT = 1000
MARGIN = 64
LEFT, RIGHT, TOP, BOTTOM = 196, WIDTH - 96, 236, 800
"""The field of the curve, in pixels."""

SHOWN = timedelta(days=90)
"""The newest figures only: an older curve would flatten what can be acted on."""

LEAST_RANGE_KG = 3.0
"""A steady weight must look steady, so the field is never stretched over less."""

_STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST_LINES = 6
_LABEL_DAYS = (1, 2, 4, 7, 14, 21, 30)
_MOST_DATES = 5


@dataclass(frozen=True, slots=True)
class _Field:
    """What the field covers: days and kg."""

    first: date
    days: int
    low: float
    high: float

    def x(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / max(self.days, 1)

    def y(self, kg: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (kg - self.low) / (self.high - self.low)


def weight_chart(
    measures: Sequence[Measure], line: Sequence[Measure], t: Catalogue, *, dark: bool = False
) -> bytes:
    """A PNG of 1080 × 1000 pixels of the last 90 days. ``measures`` and ``line`` (their moving average) are not empty."""
    colours, start = theme(dark), measures[-1].day - SHOWN
    measures = [each for each in measures if each.day >= start]
    line = [each for each in line if each.day >= start]
    field, step = _field(measures, line)
    canvas = Canvas(HEIGHT, colours.ground)
    canvas.text((MARGIN, 112), t.plain(p.CHART_TITLE), (Weight.BLACK, 54), colours.text)
    canvas.box((MARGIN - 24, 160, WIDTH - MARGIN + 24, HEIGHT - 48), 36, colours.card)
    _grid(canvas, colours, field, step, t)
    for each in measures:
        canvas.stroke([(field.x(each.day), field.y(each.kg))], 16, colours.fibre)
    canvas.stroke([(field.x(each.day), field.y(each.kg)) for each in line], 9, colours.accent)
    _legend(canvas, colours, t)
    return canvas.png()


def _field(measures: Sequence[Measure], line: Sequence[Measure]) -> tuple[_Field, float]:
    """What is covered, and the distance of its lines in kg."""
    kgs = [each.kg for each in (*measures, *line)]
    low, high = min(kgs), max(kgs)
    spare = max(0.0, LEAST_RANGE_KG - (high - low)) / 2
    low, high = low - spare, high + spare
    step = next((each for each in _STEPS if (high - low) / each <= _MOST_LINES - 1), _STEPS[-1])
    low, high = step * (low // step), step * -(-high // step)
    first = measures[0].day
    return _Field(first, (measures[-1].day - first).days, low, high), step


def _grid(canvas: Canvas, colours: Theme, field: _Field, step: float, t: Catalogue) -> None:
    for number in range(round((field.high - field.low) / step) + 1):
        kg = field.low + number * step
        y = round(field.y(kg))
        canvas.box((LEFT - 16, y - 1, RIGHT + 16, y + 2), 1, colours.line)
        canvas.text((LEFT - 32, y + 12), t.kg(kg), (Weight.REGULAR, 32), colours.muted, "rs")
    apart = next((each for each in _LABEL_DAYS if field.days / each <= _MOST_DATES - 1), _LABEL_DAYS[-1])
    for ahead in range(0, field.days + 1, apart):
        day = field.first + timedelta(days=ahead)
        label = t.plain(p.CHART_DATE, day=day.day, month=t.month_short(day))
        canvas.text((field.x(day), BOTTOM + 60), label, (Weight.REGULAR, 30), colours.muted, "ms")


def _legend(canvas: Canvas, colours: Theme, t: Catalogue) -> None:
    y = HEIGHT - 84
    canvas.stroke([(LEFT, y - 10)], 16, colours.fibre)
    canvas.text((LEFT + 24, y), t.plain(p.CHART_DAYS), (Weight.REGULAR, 32), colours.muted)
    middle = LEFT + 320
    canvas.stroke([(middle, y - 10), (middle + 56, y - 10)], 9, colours.accent)
    canvas.text((middle + 80, y), t.plain(p.CHART_LINE), (Weight.REGULAR, 32), colours.muted)
