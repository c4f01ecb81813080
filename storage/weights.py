"""Weights that people measured: one a local date. Each entry has a new id, so that an undo names just that entry."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.clock import to_ms
from storage.driver import Connection, Row


@dataclass(frozen=True, slots=True)
class Weight:
    """``replaced_kg``: what stood on that date before. ``profile_kg``: the profile's weight, where this one took its place."""

    id: int
    day: date
    kg: float
    replaced_kg: float | None = None
    profile_kg: float | None = None


async def put(
    conn: Connection, person_id: int, day: date, kg: float, now: datetime, *, profile_kg: float | None = None
) -> int:
    """Keep ``kg`` for ``day``, in the place of what stood there; returns the id of the entry."""
    before = await on(conn, person_id, day)
    if before is not None:
        await remove(conn, person_id, before.id)
    return await conn.insert(
        "INSERT INTO weights (person_id, local_date, kg, replaced_kg, profile_kg, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (person_id, day.isoformat(), kg, before.kg if before else None, profile_kg, to_ms(now)),
    )


async def get(conn: Connection, person_id: int, weight_id: int) -> Weight | None:
    """One entry of this person; another's, or one that was replaced or taken back, is None."""
    row = await conn.fetch_one("SELECT * FROM weights WHERE id = ? AND person_id = ?", (weight_id, person_id))
    return _weight(row) if row else None


async def on(conn: Connection, person_id: int, day: date) -> Weight | None:
    """What was measured on ``day``."""
    row = await conn.fetch_one(
        "SELECT * FROM weights WHERE person_id = ? AND local_date = ?", (person_id, day.isoformat())
    )
    return _weight(row) if row else None


async def for_person(conn: Connection, person_id: int, since: date = date.min) -> tuple[Weight, ...]:
    """All that the person measured from ``since`` on, oldest first."""
    rows = await conn.fetch_all(
        "SELECT * FROM weights WHERE person_id = ? AND local_date >= ? ORDER BY local_date",
        (person_id, since.isoformat()),
    )
    return tuple(_weight(row) for row in rows)


async def remove(conn: Connection, person_id: int, weight_id: int) -> bool:
    """Forget one entry; False when it was not there."""
    return (
        await conn.execute("DELETE FROM weights WHERE id = ? AND person_id = ?", (weight_id, person_id)) > 0
    )


def _weight(row: Row) -> Weight:
    return Weight(
        row["id"], date.fromisoformat(row["local_date"]), row["kg"], row["replaced_kg"], row["profile_kg"]
    )
