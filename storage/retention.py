"""Who has been silent for long: to be told, and later to be erased."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import to_ms
from storage.driver import Connection


@dataclass(frozen=True, slots=True)
class Silent:
    """A person who has not written for long."""

    person_id: int
    chat_id: int
    time_zone: str


async def to_tell(conn: Connection, seen_before: datetime, limit: int) -> tuple[Silent, ...]:
    """Those last seen before ``seen_before`` who were not told since, longest silent first."""
    return await _silent(
        conn,
        "last_seen_at < ?1 AND (farewell_at IS NULL OR farewell_at <= last_seen_at)"
        " ORDER BY last_seen_at LIMIT ?2",
        (to_ms(seen_before), limit),
    )


async def to_erase(
    conn: Connection, seen_before: datetime, told_before: datetime, limit: int
) -> tuple[Silent, ...]:
    """Those told before ``told_before`` and silent since."""
    return await _silent(
        conn,
        "last_seen_at < ?1 AND farewell_at > last_seen_at AND farewell_at < ?2 ORDER BY last_seen_at LIMIT ?3",
        (to_ms(seen_before), to_ms(told_before), limit),
    )


async def set_told(tx: Connection, person_id: int, now: datetime) -> None:
    """Note that the person is told now."""
    await tx.execute("UPDATE people SET farewell_at = ? WHERE id = ?", (to_ms(now), person_id))


async def _silent(conn: Connection, where: str, values: tuple[int, ...]) -> tuple[Silent, ...]:
    rows = await conn.fetch_all(f"SELECT id, chat_id, time_zone FROM people WHERE {where}", values)
    return tuple(Silent(row["id"], row["chat_id"], row["time_zone"]) for row in rows)
