"""Everything kept about a person as plain text that people read: one fact a line, under headings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.catalogue import Catalogue, capitalised
from handlers.screens import portions
from handlers.screens.day import SLOTS
from handlers.screens.reminder_words import hour
from handlers.texts import export as x
from menus.export import Export
from menus.reminder_plan import Kind
from nutrition.menu import Day, Meal, Slot

Rows = Sequence[Mapping[str, Any]]

_REMINDERS: dict[str, str] = {
    Kind.DAY: x.OF_THE_DAY,
    Kind.EVE: x.OF_THE_EVE,
    Kind.WEEK: x.OF_THE_WEEK,
    Kind.SUMMARY: x.OF_THE_SUMMARY,
}
_TASTES = {"gostei": x.LIKED, "nao_gostei": x.DISLIKED, "troca": x.SWAPPED, "pulei": x.SKIPPED}


def data_text(found: Export, answers: Sequence[str], zone: str, t: Catalogue) -> bytes:
    """The file. ``answers`` are the person's answers in words, ``zone`` the IANA name in which dates are told."""
    today = found.made_at.astimezone(ZoneInfo(zone)).date()
    lines = [t.plain(x.TITLE, day=t.day(today)), t.plain(x.SUGGESTION)]
    sections: list[tuple[str, list[str]]] = [
        (x.ANSWERS, list(answers) or [t.plain(x.NO_ANSWERS)]),
        (x.CONSENT, list(_consent(found.rows.get("people", ()), zone, t))),
        (x.REMINDERS, [_reminder(row, t) for row in found.rows.get("reminders", ())]),
        (x.WEIGHTS, [_weight(row, t) for row in found.rows.get("weights", ())]),
        (x.TASTES, [t.plain(_TASTES[row["kind"]], dish=row["name"]) for row in found.rows.get("tastes", ())]),
        (x.DOCUMENTS, _documents(found.rows, t)),
        (x.ASKED, _asked(found.rows.get("gemini_usage", ()), t)),
        (x.MENUS, list(_menus(found, t))),
    ]
    for heading, content in sections:
        if content:
            lines += ["", t.plain(heading), *content]
    lines += ["", t.plain(x.REST)]
    return ("\n".join(lines) + "\n").encode()


def _consent(rows: Rows, zone: str, t: Catalogue) -> Iterator[str]:
    for row in rows:
        if row["consent_at"]:
            day = datetime.fromisoformat(row["consent_at"]).astimezone(ZoneInfo(zone)).date()
            yield t.plain(x.AGREED, day=t.day(day), version=row["consent_version"])
        yield t.plain(x.GEMINI_YES if row["gemini_consent"] else x.GEMINI_NO)


def _reminder(row: Mapping[str, Any], t: Catalogue) -> str:
    kind = row["kind"]
    label = _REMINDERS[kind] if kind in _REMINDERS else SLOTS[Slot(kind)]
    return t.plain(x.REMINDER, kind=t.plain(label), hour=hour(t, row["hour"]))


def _weight(row: Mapping[str, Any], t: Catalogue) -> str:
    return t.plain(x.WEIGHT, day=t.day(date.fromisoformat(row["local_date"])), weight=t.kg(row["kg"]))


def _documents(rows: Mapping[str, Rows], t: Catalogue) -> list[str]:
    chunks = [row["document_id"] for row in rows.get("chunks", ())]
    return [
        str(t.count(x.DOCUMENT, chunks.count(row["id"]), title=row["title"]).striptags())
        for row in rows.get("documents", ())
    ]


def _asked(rows: Rows, t: Catalogue) -> list[str]:
    by_day: dict[str, int] = {}
    for row in rows:
        by_day[row["day"]] = by_day.get(row["day"], 0) + row["requests"]
    return [
        str(t.count(x.REQUESTS, count, day=t.day(date.fromisoformat(day))))
        for day, count in sorted(by_day.items())
    ]


def _menus(found: Export, t: Catalogue) -> Iterator[str]:
    for saved in found.weeks:
        first, last = saved.week.days[0].date, saved.week.days[-1].date
        yield t.plain(x.WEEK, span=t.span(first, last))
        for day in saved.week.days:
            yield from _day(day, t)
        yield ""


def _day(day: Day, t: Catalogue) -> Iterator[str]:
    yield f"  {capitalised(t.day(day.date))}"
    for meal in day.meals:
        yield f"    {t.plain(x.MEAL, slot=t.plain(SLOTS[meal.slot]), meal=_named(meal, t))}"
        if not meal.withheld:
            yield from (f"      {portions.line(t, portion)}" for portion in portions.foods(meal))


def _named(meal: Meal, t: Catalogue) -> str:
    return t.plain(x.WITHHELD) if meal.withheld else capitalised(meal.name)
