"""The week as one picture for a phone: what there is for breakfast, lunch and dinner, and the snacks."""

from dataclasses import dataclass

from handlers.catalogue import Catalogue, capitalised
from handlers.files.canvas import WIDTH, Canvas, wrapped
from handlers.files.fonts import Weight
from handlers.files.theme import Theme, theme
from handlers.texts import files as f
from menus.recheck import NOT_FORBIDDEN
from nutrition.menu import Day, Meal, Slot, Week

MARGIN = 40
PAD_X, PAD_Y = 32, 28
DATE_WIDTH = 124
LABEL_WIDTH = 126
GAP, ROW_GAP = 16, 8
TEXT, LABEL, LINE = 35, 28, 42
HEADER, FOOTER = 190, 96
RADIUS = 30
LEAST_TEXT = 2 * LINE
"""Pixels that the weekday and its number need beside the meals."""

MAIN: dict[Slot, str] = {Slot.CAFE_DA_MANHA: f.BREAKFAST, Slot.ALMOCO: f.LUNCH, Slot.JANTAR: f.DINNER}
"""Meals with a row of their own; all others share the row of snacks."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label and the wrapped lines beside it."""

    label: str
    lines: list[str]
    quiet: bool = False


def week_card(week: Week, t: Catalogue, *, dark: bool = False) -> bytes:
    """A PNG, 1080 pixels wide, about 2.000 high. It shows dishes only: no numbers, nothing about the person."""
    colours = theme(dark)
    days = [(day, _rows(t, day)) for day in week.days]
    height = HEADER + sum(_height(rows) + GAP for _, rows in days) - GAP + FOOTER
    canvas = Canvas(height, colours.ground)
    _header(canvas, colours, week, t)
    top = HEADER
    for day, rows in days:
        head = t.weekday_short(day.date), str(day.date.day)
        _day(canvas, colours, head, rows, top)
        top += _height(rows) + GAP
    canvas.text((WIDTH // 2, height - 42), t.plain(f.SUGGESTION), (Weight.REGULAR, 27), colours.muted, "ms")
    return canvas.png()


def _header(canvas: Canvas, colours: Theme, week: Week, t: Catalogue) -> None:
    span = t.span(week.days[0].date, week.days[-1].date)
    canvas.text((MARGIN, 92), t.plain(f.WEEK), (Weight.BLACK, 60), colours.text)
    canvas.text((MARGIN, 150), span, (Weight.REGULAR, 38), colours.muted)


def _rows(t: Catalogue, day: Day) -> list[Row]:
    rows = [
        Row(t.plain(MAIN[meal.slot]), _lines(_name(t, meal)), quiet=bool(meal.withheld))
        for meal in day.meals
        if meal.slot in MAIN
    ]
    snacks = [_name(t, meal) for meal in day.meals if meal.slot not in MAIN and not meal.withheld]
    if snacks:
        # The dot stays with the snack before it, so that no line begins with one.
        rows.append(Row(t.plain(f.SNACKS), _lines("\u00a0· ".join(dict.fromkeys(snacks))), quiet=True))
    return rows


def _name(t: Catalogue, meal: Meal) -> str:
    return t.plain(f.WITHHELD) if meal.withheld not in NOT_FORBIDDEN else capitalised(meal.name)


def _lines(text: str) -> list[str]:
    width = WIDTH - 2 * (MARGIN + PAD_X) - DATE_WIDTH - LABEL_WIDTH
    return wrapped(text, (Weight.REGULAR, TEXT), width)


def _height(rows: list[Row]) -> int:
    text = LINE * sum(len(row.lines) for row in rows) + ROW_GAP * (len(rows) - 1)
    return 2 * PAD_Y + max(text, LEAST_TEXT)


def _day(canvas: Canvas, colours: Theme, head: tuple[str, str], rows: list[Row], top: int) -> None:
    canvas.box((MARGIN, top, WIDTH - MARGIN, top + _height(rows)), RADIUS, colours.card)
    left = MARGIN + PAD_X
    canvas.text((left, top + 64), head[0], (Weight.BOLD, 40), colours.accent)
    canvas.text((left, top + 122), head[1], (Weight.REGULAR, 46), colours.muted)
    baseline = top + PAD_Y + 33
    for row in rows:
        canvas.text((left + DATE_WIDTH, baseline), row.label, (Weight.SEMIBOLD, LABEL), colours.muted)
        for line in row.lines:
            colour = colours.muted if row.quiet else colours.text
            canvas.text((left + DATE_WIDTH + LABEL_WIDTH, baseline), line, (Weight.REGULAR, TEXT), colour)
            baseline += LINE
        baseline += ROW_GAP
