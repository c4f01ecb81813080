"""How days of the week, dates and cities are said in what is about reminders."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from markupsafe import Markup

from handlers.catalogue import Catalogue
from handlers.keyboards import Rows
from handlers.screens.day import SLOTS
from handlers.texts import menu as m
from handlers.texts import onboarding as o
from handlers.texts import reminders as r
from handlers.transport.screens import Button
from menus.reminder_plan import EVERY_DAY, Kind, Plan, local_date
from nutrition.menu import Slot

A_MONDAY = date(2026, 11, 23)
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
MASCULINE = frozenset({5, 6})
"""Sábado and domingo."""

SHORT_SLOTS: dict[Slot, str] = {
    Slot.CAFE_DA_MANHA: r.SHORT_BREAKFAST,
    Slot.LANCHE_DA_MANHA: r.SHORT_SNACK,
    Slot.ALMOCO: m.SLOT_LUNCH,
    Slot.LANCHE_DA_TARDE: r.SHORT_SNACK,
    Slot.JANTAR: m.SLOT_DINNER,
    Slot.CEIA: m.SLOT_SUPPER,
}


def hour(t: Catalogue, text: str) -> str:
    """ "07:30" → 7h30."""
    return t.hour(time.fromisoformat(text))


def asked(t: Catalogue, values: Sequence[str], buttons: Sequence[Button]) -> tuple[Markup, Rows]:
    """Which of the hours "HH:MM" is meant, and their buttons in twos: the morning's and the evening's, or any."""
    hours = [time.fromisoformat(value) for value in values]
    same = {(each.hour % 12, each.minute) for each in hours}
    question = o.HOUR_OR if len(hours) == 2 and len(same) == 1 else o.WHICH_HOUR
    return t(question), tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def weekday(t: Catalogue, day: int) -> str:
    """0 → segunda."""
    return t.weekday(A_MONDAY.replace(day=A_MONDAY.day + day))


def weekday_short(t: Catalogue, day: int) -> str:
    """0 → Seg."""
    return t.weekday_short(A_MONDAY.replace(day=A_MONDAY.day + day))


def days(t: Catalogue, chosen: frozenset[int]) -> str:
    """Todo dia, de segunda a sexta, or segunda, quarta e sexta."""
    named = {EVERY_DAY: r.EVERY_DAY, WORKDAYS: r.WORKDAYS, WEEKEND: r.WEEKEND}
    return t.plain(named[chosen]) if chosen in named else t.listing(weekday(t, day) for day in sorted(chosen))


def on_day(t: Catalogue, day: int) -> str:
    """Na segunda, no domingo."""
    return t.plain(r.ON_MASCULINE if day in MASCULINE else r.ON_FEMININE, day=weekday(t, day))


def on_date(t: Catalogue, day: date) -> str:
    """Na segunda, 21 de dezembro."""
    return t.plain(r.ON_MASCULINE if day.weekday() in MASCULINE else r.ON_FEMININE, day=t.day(day))


def city(zone: str) -> str:
    """The city that a zone is called by, as Brazilians say it."""
    return str(get_timezone_location(zone, locale="pt_BR", return_city=True))


def zone(name: str) -> ZoneInfo:
    """The zone of that name; São Paulo's for someone we do not know."""
    return ZoneInfo(name or Plan().zone)


def meals(t: Catalogue, plan: Plan) -> str:
    """Almoço às 11h30 e jantar às 18h30."""
    on = [kind for kind in Kind if kind.slot is not None and kind in plan.hours]
    return t.listing(
        t.plain(r.STATUS_MEAL, slot=t.plain(SLOTS[Slot(kind.value)]).lower(), hour=hour(t, plan.hours[kind]))
        for kind in on
    )


def first_day(plan: Plan, now: datetime, *, of_any: bool = False) -> tuple[date, str] | None:
    """The local date and hour of the next reminder, the day's menu if that is on, or ``of_any`` kind; None when nothing is."""
    kinds = [Kind.DAY] if Kind.DAY in plan.hours and not of_any else list(plan.hours)
    dues = sorted((plan.next_due(kind, now), kind) for kind in kinds)
    return (local_date(dues[0][0], plan.zone), plan.hours[dues[0][1]]) if dues else None
