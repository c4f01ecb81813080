"""What people answered about a day: its menu was followed, or skipped. The last answer stands."""

from collections.abc import Iterable
from datetime import date, datetime

from storage.clock import to_ms
from storage.driver import Connection

DONE, SKIPPED = "feito", "pulei"


async def put(conn: Connection, person_id: int, day: date, answer: str, now: datetime) -> None:
    """Keep ``answer`` (``DONE`` or ``SKIPPED``) for the menu of ``day``. Raises ``ConstraintViolated`` for another word."""
    await conn.execute(
        "INSERT INTO day_answers (person_id, local_date, answer, answered_at) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (person_id, local_date) DO UPDATE SET answer = ?3, answered_at = ?4",
        (person_id, day.isoformat(), answer, to_ms(now)),
    )


async def remove(conn: Connection, person_id: int, day: date) -> None:
    """Forget the answer for ``day``."""
    await conn.execute(
        "DELETE FROM day_answers WHERE person_id = ? AND local_date = ?", (person_id, day.isoformat())
    )


async def get(conn: Connection, person_id: int, day: date) -> str | None:
    """The answer for ``day``, or None."""
    row = await conn.fetch_one(
        "SELECT answer FROM day_answers WHERE person_id = ? AND local_date = ?", (person_id, day.isoformat())
    )
    return row["answer"] if row else None


async def between(conn: Connection, person_id: int, first: date, last: date) -> dict[date, str]:
    """Answers from ``first`` to ``last``, both included."""
    rows = await conn.fetch_all(
        "SELECT local_date, answer FROM day_answers WHERE person_id = ? AND local_date BETWEEN ? AND ?",
        (person_id, first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(row["local_date"]): row["answer"] for row in rows}


async def answered_among(conn: Connection, days: Iterable[tuple[int, str]]) -> frozenset[tuple[int, str]]:
    """Which of these people and local dates were answered for."""
    found = await conn.run(lambda raw: [each for each in days if raw.execute(_ANSWERED, each).fetchone()])
    return frozenset(found)


_ANSWERED = "SELECT 1 FROM day_answers WHERE person_id = ? AND local_date = ?"
