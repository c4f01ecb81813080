"""The files of this folder, each with its libraries imported when the first one is made.

Pillow, fpdf2 and icalendar take half a second to import; most starts of the bot never need them. Callers are in a
thread anyway.
"""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.catalogue import Catalogue
from menus.shopping import ShoppingList
from nutrition.menu import Week
from nutrition.person import Targets
from nutrition.totals import Totals
from nutrition.trend import Measure


def week_card(week: Week, t: Catalogue, *, dark: bool) -> bytes:
    """See ``handlers.files.week_card``."""
    from handlers.files.week_card import week_card as make

    return make(week, t, dark=dark)


def day_chart(day: date, totals: Totals, targets: Targets | None, t: Catalogue) -> bytes:
    """See ``handlers.files.day_chart``."""
    from handlers.files.day_chart import day_chart as make

    return make(day, totals, targets, t)


def weight_chart(measures: Sequence[Measure], line: Sequence[Measure], t: Catalogue, *, dark: bool) -> bytes:
    """See ``handlers.files.weight_chart``."""
    from handlers.files.weight_chart import weight_chart as make

    return make(measures, line, t, dark=dark)


def week_pdf(week: Week, shopping: ShoppingList, t: Catalogue, *, people: float) -> bytes:
    """See ``handlers.files.week_pdf``."""
    from handlers.files.week_pdf import week_pdf as make

    return make(week, shopping, t, people=people)


def week_ics(week: Week, zone: str, t: Catalogue, made_at: datetime) -> bytes:
    """See ``handlers.files.week_ics``."""
    from handlers.files.week_ics import week_ics as make

    return make(week, zone, t, made_at)
