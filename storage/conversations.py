"""Conversations: the step each person is at and what they answered so far. No row: nothing is being asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.driver import Connection
from storage.stored_json import dump_object, load_object


@dataclass(frozen=True, slots=True)
class Conversation:
    """``data`` is JSON-able; ``question_message_id`` is the message that asked the open question, once it was sent."""

    step: str
    data: Mapping[str, Any]
    question_message_id: int | None


async def get(conn: Connection, person_id: int) -> Conversation | None:
    """The person's step, or None. Raises ``StoredDataInvalid``."""
    row = await conn.fetch_one(
        "SELECT step, data, question_message_id FROM conversations WHERE person_id = ?", (person_id,)
    )
    if row is None:
        return None
    return Conversation(row["step"], load_object(row["data"]), row["question_message_id"])


async def set(conn: Connection, person_id: int, step: str, data: Mapping[str, Any] | None = None) -> None:
    """Put the person at ``step``; ``data`` None keeps the answers so far. The question's message id is kept."""
    await conn.execute(
        "INSERT INTO conversations (person_id, step, data) VALUES (?1, ?2, coalesce(?3, '{}'))"
        " ON CONFLICT (person_id) DO UPDATE SET step = ?2, data = coalesce(?3, data)",
        (person_id, step, None if data is None else dump_object(data)),
    )


async def set_question(conn: Connection, person_id: int, message_id: int | None) -> None:
    """Remember (or forget) which message asks the open question; nothing happens when nothing is being asked."""
    await conn.execute(
        "UPDATE conversations SET question_message_id = ? WHERE person_id = ?", (message_id, person_id)
    )


async def clear(conn: Connection, person_id: int) -> None:
    """The conversation is over."""
    await conn.execute("DELETE FROM conversations WHERE person_id = ?", (person_id,))
