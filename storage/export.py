"""All that is stored about one person, row by row: what ``/exportar`` hands over.

Every table that names a person is in ``_QUERIES``, or in ``LEFT_OUT`` with the reason; a test compares both with the
schema, so that a new table cannot be forgotten.
"""

import json
from typing import Any

from storage.clock import from_ms
from storage.driver import Connection, Row
from storage.people import Person

LEFT_OUT: dict[str, str] = {
    "weeks": "told as weeks that were checked against the restrictions of now",
    "week_days": "the same",
    "meals": "the same",
}
"""Tables that name a person and are not exported as they are stored."""

_BY_PERSON = (
    "profiles",
    "restrictions",
    "conversations",
    "display_choices",
    "reminders",
    "reminder_choices",
    "reminder_log",
    "day_answers",
    "households",
    "eaters",
    "shopping_marks",
    "shopping_days_off",
    "change_orders",
    "kept_meals",
    "weights",
    "energy_offers",
    "tastes",
    "jobs",
    "own_documents",
    "plan_uses",
    "gemini_usage",
)
_QUERIES: dict[str, str] = {
    "people": "SELECT * FROM people WHERE id = :person",
    **{table: f"SELECT * FROM {table} WHERE person_id = :person" for table in _BY_PERSON},
    # Before and after are copies of days of a menu; the days themselves are told in full.
    "changes": "SELECT id, what, undone_at, created_at FROM changes WHERE person_id = :person",
    "documents": "SELECT * FROM documents WHERE owner = :person",
    "chunks": "SELECT document_id, position, section, page, kind, dish, text FROM chunks"
    " WHERE owner = :person ORDER BY document_id, position",
    "words": "SELECT spelling, chunks FROM words WHERE owner = :person",
    "inbox": "SELECT update_id, body FROM inbox WHERE chat_id = :chat AND state = 'pending'",
    "outbox": "SELECT screen, args, mode, created_at, settled_at, state FROM outbox WHERE chat_id = :chat",
}
_JSON = frozenset(
    {"data", "payload", "body", "what", "meal", "plan", "before", "after", "args", "conditions"}
)
_NOT_TOLD = frozenset({"person_id", "owner"})


def tables() -> frozenset[str]:
    """The tables that are exported."""
    return frozenset(_QUERIES)


async def everything(conn: Connection, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows about ``person``, JSON columns parsed and instants in ISO 8601 (UTC); empty tables left out."""
    found = {}
    for table, query in _QUERIES.items():
        rows = await conn.fetch_all(query, {"person": person.id, "chat": person.chat_id})
        if rows:
            found[table] = [_record(row) for row in rows]
    return found


def _record(row: Row) -> dict[str, Any]:
    return {key: _value(key, row[key]) for key in row.keys() if key not in _NOT_TOLD}  # noqa: SIM118 -- a Row iterates over values


def _value(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column.endswith("_at") and isinstance(value, int):
        return from_ms(value).isoformat()
    if column in _JSON and isinstance(value, str) and value[:1] in ("{", "["):
        return json.loads(value)
    return value
