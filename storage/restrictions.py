"""Restrictions: what a person excludes, one row a code, in the order they were said."""

from collections.abc import Iterable
from datetime import datetime

from nutrition.person import Restriction, Strength
from storage.clock import to_ms
from storage.driver import Connection
from storage.errors import StoredDataInvalid

_UPSERT = (
    "INSERT INTO restrictions (person_id, code, strength, said, created_at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (person_id, code) DO UPDATE SET strength = excluded.strength, said = excluded.said"
)


async def list_for(conn: Connection, person_id: int) -> tuple[Restriction, ...]:
    """All that the person excludes. Raises ``StoredDataInvalid``: an unreadable restriction is never skipped."""
    rows = await conn.fetch_all(
        "SELECT code, strength, said FROM restrictions WHERE person_id = ? ORDER BY id", (person_id,)
    )
    try:
        return tuple(Restriction(row["code"], Strength(row["strength"]), row["said"]) for row in rows)
    except ValueError as exc:
        raise StoredDataInvalid("a stored restriction has an unknown strength") from exc


async def add(conn: Connection, person_id: int, restriction: Restriction, now: datetime) -> None:
    """Add one; a code that is already there takes the new strength and words."""
    await conn.execute(
        _UPSERT, (person_id, restriction.code, restriction.strength.value, restriction.said, to_ms(now))
    )


async def remove(conn: Connection, person_id: int, code: str) -> bool:
    """Remove one; False when it was not there."""
    changed = await conn.execute(
        "DELETE FROM restrictions WHERE person_id = ? AND code = ?", (person_id, code)
    )
    return changed > 0


async def replace(
    conn: Connection, person_id: int, restrictions: Iterable[Restriction], now: datetime
) -> None:
    """Make ``restrictions`` all that the person excludes."""
    await conn.execute("DELETE FROM restrictions WHERE person_id = ?", (person_id,))
    at = to_ms(now)
    await conn.execute_many(
        _UPSERT, [(person_id, item.code, item.strength.value, item.said, at) for item in restrictions]
    )
