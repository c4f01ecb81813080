"""Reminders: the hour each person chose, when the next is due, and what was decided for each local date."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.clock import from_ms, from_ms_or_none, to_ms
from storage.driver import Connection


@dataclass(frozen=True, slots=True)
class Reminder:
    """``hour`` is local, 'HH:MM', or None when off; ``next_due_at`` is None when off or while blocked."""

    hour: str | None
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come, with what is needed to decide on it."""

    person_id: int
    chat_id: int
    hour: str
    time_zone: str
    due_at: datetime


async def get(conn: Connection, person_id: int) -> Reminder | None:
    """The person's reminder, or None when they were never asked."""
    row = await conn.fetch_one("SELECT hour, next_due_at FROM reminders WHERE person_id = ?", (person_id,))
    return Reminder(row["hour"], from_ms_or_none(row["next_due_at"])) if row else None


async def set(conn: Connection, person_id: int, hour: str | None, next_due_at: datetime | None) -> None:
    """Choose the hour and when it is next due; None turns it off."""
    await conn.execute(
        "INSERT INTO reminders (person_id, hour, next_due_at) VALUES (?, ?, ?) ON CONFLICT (person_id)"
        " DO UPDATE SET hour = excluded.hour, next_due_at = excluded.next_due_at",
        (person_id, hour, None if next_due_at is None else to_ms(next_due_at)),
    )


async def reschedule(conn: Connection, person_id: int, next_due_at: datetime | None) -> None:
    """Move the next due time; None suspends it without forgetting the hour (the person blocked the bot)."""
    await conn.execute(
        "UPDATE reminders SET next_due_at = ? WHERE person_id = ?",
        (None if next_due_at is None else to_ms(next_due_at), person_id),
    )


async def due(conn: Connection, now: datetime, limit: int) -> tuple[Due, ...]:
    """Reminders due at ``now`` or before, the longest waiting first."""
    rows = await conn.fetch_all(
        "SELECT r.person_id, p.chat_id, r.hour, p.time_zone, r.next_due_at FROM reminders r"
        " JOIN people p ON p.id = r.person_id"
        " WHERE r.next_due_at <= ? AND r.hour IS NOT NULL ORDER BY r.next_due_at LIMIT ?",
        (to_ms(now), limit),
    )
    return tuple(
        Due(row["person_id"], row["chat_id"], row["hour"], row["time_zone"], from_ms(row["next_due_at"]))
        for row in rows
    )


async def mark(conn: Connection, person_id: int, local_date: date, outcome: str, now: datetime) -> bool:
    """Record the decision for a local date ('queued', 'late' or 'skipped'); False when there was one already."""
    changed = await conn.execute(
        "INSERT INTO reminder_log (person_id, local_date, outcome, decided_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (person_id, local_date.isoformat(), outcome, to_ms(now)),
    )
    return changed > 0


async def decided(conn: Connection, person_id: int, local_date: date) -> str | None:
    """What was decided for this date, or None."""
    row = await conn.fetch_one(
        "SELECT outcome FROM reminder_log WHERE person_id = ? AND local_date = ?",
        (person_id, local_date.isoformat()),
    )
    return row["outcome"] if row else None
