"""The settings of a document that a person said yes to, and what they replaced: one at a time, to undo it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.clock import to_ms
from storage.driver import Connection
from storage.stored_json import dump_object, load_object


@dataclass(frozen=True, slots=True)
class PlanUse:
    """``before`` and ``after`` are settings as ``menus.own_settings`` wrote them."""

    document_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


async def save(tx: Connection, person_id: int, use: PlanUse, now: datetime) -> None:
    """Keep the newest yes in the place of the one before."""
    await tx.execute(
        "INSERT INTO plan_uses (person_id, document_id, before, after, used_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET document_id = excluded.document_id, before = excluded.before,"
        " after = excluded.after, used_at = excluded.used_at",
        (person_id, use.document_id, dump_object(use.before), dump_object(use.after), to_ms(now)),
    )


async def get(conn: Connection, person_id: int) -> PlanUse | None:
    """The newest yes that was not undone."""
    row = await conn.fetch_one("SELECT * FROM plan_uses WHERE person_id = ?", (person_id,))
    if row is None:
        return None
    return PlanUse(row["document_id"], load_object(row["before"]), load_object(row["after"]))


async def forget(tx: Connection, person_id: int) -> None:
    """It was undone."""
    await tx.execute("DELETE FROM plan_uses WHERE person_id = ?", (person_id,))
