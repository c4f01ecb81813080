"""What a person chose about reminders, and when each is due: pure arithmetic of local clocks.

Rule for late ones (the program was down, or the person's clock jumped): up to 15 minutes late a reminder is sent as if
on time. Later it is sent while it is of use, and otherwise not at all:

    the day           until 21h of the same local date; it then shows only the meals still ahead
    the evening before  until 23h30
    before a meal     up to an hour late
    the next week     until 21h of the same local date
    the summary       until 21h of the same local date

Of several missed ones of a kind only the last counts. A message that waits in the outbox expires at the same moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from nutrition.menu import Slot
from storage.clock import zone_named

GRACE = timedelta(minutes=15)
EVERY_DAY: frozenset[int] = frozenset(range(7))
"""Days of the week, Monday 0."""


class Kind(StrEnum):
    """What a reminder brings; one of each a person and local date."""

    DAY = "dia"
    EVE = "vespera"
    WEEK = "semana"
    SUMMARY = "resumo"
    BREAKFAST = Slot.CAFE_DA_MANHA.value
    MORNING = Slot.LANCHE_DA_MANHA.value
    LUNCH = Slot.ALMOCO.value
    AFTERNOON = Slot.LANCHE_DA_TARDE.value
    DINNER = Slot.JANTAR.value
    SUPPER = Slot.CEIA.value

    @property
    def slot(self) -> Slot | None:
        """The meal that this reminder goes before."""
        return Slot(self.value) if self.value in set(Slot) else None


HOURS: dict[Kind, str] = {
    Kind.DAY: "07:00",
    Kind.EVE: "20:00",
    Kind.WEEK: "18:00",
    Kind.SUMMARY: "19:00",
    Kind.BREAKFAST: "07:00",
    Kind.MORNING: "09:30",
    Kind.LUNCH: "11:30",
    Kind.AFTERNOON: "15:30",
    Kind.DINNER: "18:30",
    Kind.SUPPER: "21:00",
}
"""The hour of a kind until the person chooses another."""

_EVENING = time(21, 0)
_NIGHT = time(23, 30)
_MEAL_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """``hours``: local 'HH:MM' of the kinds that are on. ``days`` on which the menu of the day comes (the evening before
    goes by the day it is before); ``week_day`` of the weekly question, ``summary_day`` of the summary. Paused until the local date ``resumes_on``."""

    hours: Mapping[Kind, str] = field(default_factory=dict)
    days: frozenset[int] = EVERY_DAY
    week_day: int = 6
    resumes_on: date | None = None
    zone: str = "America/Sao_Paulo"
    summary_day: int = 6

    @property
    def on(self) -> bool:
        """Whether anything is sent."""
        return bool(self.hours)

    @property
    def hour(self) -> str:
        """The hour of the day's menu; "" when that is off."""
        return self.hours.get(Kind.DAY, "")

    @property
    def meals(self) -> frozenset[Slot]:
        """The meals that have a reminder before them."""
        return frozenset(kind.slot for kind in self.hours if kind.slot is not None)

    def with_hour(self, kind: Kind, hour: str) -> "Plan":
        """A copy in which ``kind`` comes at ``hour``; "" turns it off. Raises ``ValueError`` for what is no hour."""
        hours = {each: at for each, at in self.hours.items() if each is not kind}
        if hour:
            hours[kind] = time.fromisoformat(hour).strftime("%H:%M")
        return replace(self, hours=hours)

    def days_of(self, kind: Kind) -> frozenset[int]:
        """The days of the week on which ``kind`` is sent."""
        if kind is Kind.WEEK:
            return frozenset({self.week_day})
        if kind is Kind.SUMMARY:
            return frozenset({self.summary_day})
        return frozenset((day - 1) % 7 for day in self.days) if kind is Kind.EVE else self.days

    def next_due(self, kind: Kind, after: datetime) -> datetime:
        """When ``kind`` is due next after ``after``."""
        return next_due(after, self.hours[kind], self.zone, self.days_of(kind), self.resumes_on)

    def to_json(self) -> dict[str, Any]:
        """As JSON types; ``from_json`` reads them back."""
        return {
            "hours": {kind.value: hour for kind, hour in self.hours.items()},
            "days": bits(self.days),
            "week_day": self.week_day,
            "resumes_on": self.resumes_on.isoformat() if self.resumes_on else None,
            "zone": self.zone,
            "summary_day": self.summary_day,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """Read what ``to_json`` wrote."""
        resumes_on = data["resumes_on"]
        return cls(
            {Kind(kind): hour for kind, hour in data["hours"].items()},
            days_in(data["days"]),
            data["week_day"],
            date.fromisoformat(resumes_on) if resumes_on else None,
            data["zone"],
            data.get("summary_day", 6),
        )


def bits(days: frozenset[int]) -> int:
    """Days of the week as bits, Monday the lowest."""
    return sum(1 << day for day in days)


def days_in(mask: int) -> frozenset[int]:
    """The days that ``bits`` wrote."""
    return frozenset(day for day in EVERY_DAY if mask >> day & 1)


def next_due(
    after: datetime, hour: str, zone: str, days: frozenset[int] = EVERY_DAY, first: date | None = None
) -> datetime:
    """The first instant (UTC) later than ``after`` at which clocks in ``zone`` show ``hour`` ('HH:MM') on one of ``days``,
    not before the local date ``first``.

    An hour that a date does not have (clocks went forward) is taken as much later as the clocks jumped; an hour that a
    date has twice (clocks went back) is the first of the two, so each local date has exactly one.
    """
    at, tz = time.fromisoformat(hour), zone_named(zone)
    # A date's hour and the instant it falls on may be a day apart where a zone skipped or repeated a date.
    start = after.astimezone(tz).date() - timedelta(days=1)
    start = start if first is None else max(start, first)
    for ahead in range(18):
        day = start + timedelta(days=ahead)
        if day.weekday() in days:
            candidate = datetime.combine(day, at, tz).astimezone(UTC)
            if candidate > after and (first is None or local_date(candidate, zone) >= first):
                return candidate
    raise ValueError(f"no {hour} within two weeks in {zone}")  # no zone skips the same day of the week twice


def local_date(instant: datetime, zone: str) -> date:
    """The date that calendars in ``zone`` show at ``instant``."""
    return instant.astimezone(zone_named(zone)).date()


def useful_until(due_at: datetime, zone: str, kind: Kind = Kind.DAY) -> datetime:
    """Until when a reminder due at ``due_at`` is worth sending (see the rule of this module)."""
    if kind.slot is not None:
        return due_at + _MEAL_LASTS
    tz = zone_named(zone)
    last = _NIGHT if kind is Kind.EVE else _EVENING
    end = datetime.combine(due_at.astimezone(tz).date(), last, tz).astimezone(UTC)
    return max(due_at + GRACE, end)
