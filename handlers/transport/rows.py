"""Rows of the outbox beside their content: whose they are, and the messages that screens remember."""

from dataclasses import dataclass

from storage import conversations, jobs, outbox, people
from storage.database import Connection
from storage.outbox import Owed
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Head:
    """The next row of a chat, and its person."""

    owed: Owed
    person: Person | None


async def head_of(conn: Connection, chat_id: int) -> Head | None:
    """The next row of a chat. Raises ``StoredDataInvalid``."""
    owed = await outbox.head(conn, chat_id)
    return None if owed is None else Head(owed, await people.get_by_chat(conn, chat_id))


async def slot_of(conn: Connection, owed: Owed, person: Person | None) -> int | None:
    """The message remembered under the row's slot."""
    if owed.slot == "question" and person is not None:
        conversation = await conversations.get(conn, person.id)
        return conversation.question_message_id if conversation else None
    if owed.slot is not None and owed.slot.startswith("job:"):
        job = await jobs.get(conn, int(owed.slot.removeprefix("job:")))
        return job.message_id if job else None
    return None


async def remember(tx: Connection, slot: str | None, person: Person | None, message_id: int) -> None:
    """Keep the id of the message that was sent under ``slot``."""
    if slot == "question" and person is not None:
        await conversations.set_question(tx, person.id, message_id)
    elif slot is not None and slot.startswith("job:"):
        await jobs.set_message(tx, int(slot.removeprefix("job:")), message_id)
