"""Counts for the operator: nothing about anybody in particular."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import inbox, outbox, people
from storage.clock import to_ms
from storage.driver import Connection

FAILED_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Overview:
    """``jobs_failed`` counts the last 24 hours; what waits and is due is of this moment."""

    people: int
    jobs_open: int
    jobs_failed: int
    inbox_waiting: int
    outbox_waiting: int
    reminders_due: int


async def look(conn: Connection, now: datetime) -> Overview:
    """Count what is open, failed, waiting and due."""
    row = await conn.fetch_one(
        "SELECT (SELECT count(*) FROM jobs WHERE state IN ('open', 'running')) AS jobs_open,"
        " (SELECT count(*) FROM jobs WHERE state = 'failed' AND updated_at >= ?) AS jobs_failed,"
        " (SELECT count(*) FROM reminders WHERE next_due_at <= ?) AS reminders_due",
        (to_ms(now - FAILED_WITHIN), to_ms(now)),
    )
    found = dict(row) if row else {}
    return Overview(
        people=await people.count(conn),
        inbox_waiting=(await inbox.counts(conn)).get("pending", 0),
        outbox_waiting=(await outbox.counts(conn)).get("pending", 0),
        **found,
    )
