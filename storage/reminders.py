"""Reminders: what each person chose, when each kind is next due, and what was decided for each local date.

Kinds are words of ``menus.reminder_plan.Kind``; days of the week are bits, Monday the lowest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from storage.clock import from_ms, from_ms_or_none, to_ms
from storage.driver import Connection
from storage.stored_json import dump_object, load_object

DAY = "dia"
EVERY_DAY = 0b111_1111
KEEP_LOG = timedelta(days=60)
"""Older decisions are forgotten: no reminder is decided that late."""

Key = tuple[int, str, str]
"""Person, local date, kind: what is decided once."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """``hour`` is local, 'HH:MM', or None when off; ``next_due_at`` is None when off, blocked or silent."""

    hour: str | None
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose. ``hours``: local 'HH:MM' by kind. ``resumes_on``: paused until that local date.

    ``before`` is what the last change replaced, as it was given to ``save``; ``revision`` counts changes.
    """

    hours: Mapping[str, str]
    next_due: Mapping[str, datetime | None]
    days: int = EVERY_DAY
    week_day: int = 6
    resumes_on: date | None = None
    asleep: bool = False
    revision: int = 0
    before: Mapping[str, Any] | None = None
    summary_day: int = 6


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come, with what is needed to decide on it.

    ``silent_days`` local dates, the last of them ``last_date``, had a reminder since the person was heard of.
    """

    person_id: int
    chat_id: int
    kind: str
    hour: str
    time_zone: str
    due_at: datetime
    days: int
    week_day: int
    resumes_on: date | None
    silent_days: int
    last_date: str | None
    summary_day: int = 6


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for one person, local date and kind: 'queued', 'late', 'skipped', 'answered' or 'stopped'."""

    key: Key
    outcome: str


@dataclass(frozen=True, slots=True)
class Silence:
    """How long a person has not been heard of; ``asleep``: nothing more is sent until they write."""

    person_id: int
    silent_days: int
    last_date: str | None
    asleep: bool


async def get(conn: Connection, person_id: int, kind: str = DAY) -> Reminder | None:
    """One reminder of the person, or None when that kind is off."""
    row = await conn.fetch_one(
        "SELECT hour, next_due_at FROM reminders WHERE person_id = ? AND kind = ?", (person_id, kind)
    )
    return Reminder(row["hour"], from_ms_or_none(row["next_due_at"])) if row else None


async def choices(conn: Connection, person_id: int) -> Choices | None:
    """All that the person chose, or None when they never did. Raises ``StoredDataInvalid``."""
    row = await conn.fetch_one("SELECT * FROM reminder_choices WHERE person_id = ?", (person_id,))
    if row is None:
        return None
    kinds = await conn.fetch_all(
        "SELECT kind, hour, next_due_at FROM reminders WHERE person_id = ?", (person_id,)
    )
    return Choices(
        hours={each["kind"]: each["hour"] for each in kinds},
        next_due={each["kind"]: from_ms_or_none(each["next_due_at"]) for each in kinds},
        days=row["days"],
        week_day=row["week_day"],
        resumes_on=_date(row["resumes_on"]),
        asleep=bool(row["asleep"]),
        revision=row["revision"],
        before=load_object(row["before"]) if row["before"] else None,
        summary_day=row["summary_day"],
    )


async def save(conn: Connection, person_id: int, chosen: Choices) -> None:
    """Replace all that the person chose; how long they have been silent is kept."""
    await conn.execute(
        "INSERT INTO reminder_choices (person_id, days, week_day, resumes_on, asleep, revision, before, summary_day)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (person_id) DO UPDATE SET days = ?2, week_day = ?3,"
        " resumes_on = ?4, asleep = ?5, revision = ?6, before = ?7, summary_day = ?8",
        (
            person_id,
            chosen.days,
            chosen.week_day,
            None if chosen.resumes_on is None else chosen.resumes_on.isoformat(),
            int(chosen.asleep),
            chosen.revision,
            None if chosen.before is None else dump_object(chosen.before),
            chosen.summary_day,
        ),
    )
    await conn.execute("DELETE FROM reminders WHERE person_id = ?", (person_id,))
    await conn.execute_many(
        "INSERT INTO reminders (person_id, kind, hour, next_due_at) VALUES (?, ?, ?, ?)",
        [
            (person_id, kind, hour, _ms(chosen.next_due.get(kind)))
            for kind, hour in sorted(chosen.hours.items())
        ],
    )


async def suspend(conn: Connection, person_ids: Iterable[int]) -> None:
    """Nothing is due any more for these people; their choices are kept."""
    await conn.execute_many(
        "UPDATE reminders SET next_due_at = NULL WHERE person_id = ?", [(each,) for each in person_ids]
    )


async def heard(conn: Connection, person_id: int) -> bool:
    """The person wrote or tapped: their silence is over. True when reminders had stopped over it."""
    row = await conn.fetch_one(
        "SELECT asleep FROM reminder_choices WHERE person_id = ? AND (silent_days > 0 OR asleep = 1)",
        (person_id,),
    )
    if row is None:
        return False
    await conn.execute(
        "UPDATE reminder_choices SET silent_days = 0, asleep = 0 WHERE person_id = ?", (person_id,)
    )
    return bool(row["asleep"])


async def due(conn: Connection, now: datetime, limit: int) -> tuple[Due, ...]:
    """Reminders due at ``now`` or before, the longest waiting first."""
    rows = await conn.fetch_all(
        "SELECT r.person_id, p.chat_id, r.kind, r.hour, p.time_zone, r.next_due_at, c.days, c.week_day,"
        " c.resumes_on, c.silent_days, c.last_date, c.summary_day FROM reminders r JOIN people p ON p.id = r.person_id"
        " JOIN reminder_choices c ON c.person_id = r.person_id"
        " WHERE r.next_due_at <= ? ORDER BY r.next_due_at LIMIT ?",
        (to_ms(now), limit),
    )
    return tuple(
        Due(
            row["person_id"],
            row["chat_id"],
            row["kind"],
            row["hour"],
            row["time_zone"],
            from_ms(row["next_due_at"]),
            row["days"],
            row["week_day"],
            _date(row["resumes_on"]),
            row["silent_days"],
            row["last_date"],
            row["summary_day"],
        )
        for row in rows
    )


async def first_due(conn: Connection) -> datetime | None:
    """When the next reminder of anybody is due."""
    row = await conn.fetch_one("SELECT min(next_due_at) AS due FROM reminders WHERE next_due_at IS NOT NULL")
    return from_ms_or_none(row["due"]) if row else None


async def decided_among(conn: Connection, keys: Iterable[Key]) -> frozenset[Key]:
    """Which of ``keys`` were decided already."""
    found = await conn.run(lambda raw: [key for key in keys if raw.execute(_DECIDED, key).fetchone()])
    return frozenset(found)


_DECIDED = "SELECT 1 FROM reminder_log WHERE person_id = ? AND local_date = ? AND kind = ?"


async def record(conn: Connection, decisions: Iterable[Decision], now: datetime) -> None:
    """Keep new decisions, and forget those people's old ones. Raises ``ConstraintViolated`` for a second decision."""
    batch = list(decisions)
    await conn.execute_many(
        "INSERT INTO reminder_log (person_id, local_date, kind, outcome, decided_at) VALUES (?, ?, ?, ?, ?)",
        [(*each.key, each.outcome, to_ms(now)) for each in batch],
    )
    before = (now - KEEP_LOG).date().isoformat()
    await conn.execute_many(
        "DELETE FROM reminder_log WHERE person_id = ? AND local_date < ?",
        [(person, before) for person in dict.fromkeys(each.key[0] for each in batch)],
    )


async def reschedule(conn: Connection, dues: Mapping[tuple[int, str], datetime | None]) -> None:
    """Move the next due time of reminders, by person and kind."""
    await conn.execute_many(
        "UPDATE reminders SET next_due_at = ? WHERE person_id = ? AND kind = ?",
        [(_ms(at), person_id, kind) for (person_id, kind), at in dues.items()],
    )


async def note_silence(conn: Connection, people: Iterable[Silence]) -> None:
    """Keep how long people have been silent."""
    await conn.execute_many(
        "UPDATE reminder_choices SET silent_days = ?, last_date = ?, asleep = ? WHERE person_id = ?",
        [(each.silent_days, each.last_date, int(each.asleep), each.person_id) for each in people],
    )


async def decided(conn: Connection, person_id: int, local_date: date, kind: str = DAY) -> str | None:
    """What was decided for this date, or None."""
    row = await conn.fetch_one(
        "SELECT outcome FROM reminder_log WHERE person_id = ? AND local_date = ? AND kind = ?",
        (person_id, local_date.isoformat(), kind),
    )
    return row["outcome"] if row else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ms(instant: datetime | None) -> int | None:
    return None if instant is None else to_ms(instant)
