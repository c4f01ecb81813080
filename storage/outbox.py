"""The outbox: every message the bot owes, written in the transaction that decided it, sent afterwards.

A row says what to show (a screen and its arguments), not the text: it is rendered when it is sent, so what changed
meanwhile holds. Within a chat rows go in order of priority, then of writing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from storage.clock import from_ms, from_ms_or_none, to_ms
from storage.driver import Connection, Row, Value
from storage.stored_json import dump_object, load_object


class Mode(StrEnum):
    """How a screen reaches the phone. ``edit`` becomes a send when its message is gone, ``shrink`` is then dropped."""

    SEND = "send"
    EDIT = "edit"
    SHRINK = "shrink"
    TOAST = "toast"


class Priority(IntEnum):
    """Lower goes first."""

    TOAST = -1
    ANSWER = 0
    RESULT = 1
    """How work that takes its time advances and ends: whoever asks something now is answered first."""

    OWN = 2
    """What the bot says on its own: reminders."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be owed. ``args`` is JSON-able and holds ids, dates and codes rather than texts.

    To edit, give ``target_message_id``, or ``slot``: the name under which a screen remembered its message
    ("question", "job:<id>"). A pending row with the same ``dedupe_key`` is replaced. After ``expires_at`` it is dropped.
    """

    chat_id: int
    screen: str
    args: Mapping[str, Any] = field(default_factory=dict)
    mode: Mode = Mode.SEND
    target_message_id: int | None = None
    slot: str | None = None
    callback_query_id: str | None = None
    priority: Priority = Priority.ANSWER
    dedupe_key: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A pending row. ``parts_done`` parts of a long message were sent already; ``attempts`` did not succeed,
    the last for the reason ``outcome``."""

    id: int
    chat_id: int
    person_id: int | None
    screen: str
    args: Mapping[str, Any]
    mode: Mode
    target_message_id: int | None
    slot: str | None
    callback_query_id: str | None
    priority: int
    revision: int
    attempts: int
    parts_done: int
    not_before: datetime
    expires_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A chat that has something pending: the newest row seen, and how urgent it is."""

    row_id: int
    chat_id: int
    priority: int


async def add(conn: Connection, message: Outgoing, now: datetime) -> int:
    """Owe ``message``; returns its row's id. Raises ``TypeError`` when ``args`` is not JSON-able.

    The row belongs to the person of its chat, if there is one: erasing the person erases what they are owed.
    """
    rows = await conn.fetch_all(f"{_ADD} RETURNING id", _added(message, now))
    return int(rows[0]["id"])


def add_soon(conn: Connection, message: Outgoing, now: datetime) -> None:
    """``add``, in the hop of what is asked next of ``conn``. Raises ``TypeError``, at once."""
    row = _added(message, now)
    conn.soon(lambda raw: raw.execute(_ADD, row))


_ADD = (
    "INSERT INTO outbox (chat_id, person_id, screen, args, mode, target_message_id, slot, callback_query_id,"
    " priority, dedupe_key, expires_at, created_at)"
    " VALUES (?1, (SELECT id FROM people WHERE chat_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    " ON CONFLICT (dedupe_key) WHERE state = 'pending' AND dedupe_key IS NOT NULL DO UPDATE SET"
    " screen = excluded.screen, args = excluded.args, mode = excluded.mode,"
    " target_message_id = excluded.target_message_id, slot = excluded.slot,"
    " expires_at = excluded.expires_at, revision = revision + 1, parts_done = 0"
)


def _added(message: Outgoing, now: datetime) -> tuple[Value, ...]:
    return (
        message.chat_id,
        message.screen,
        dump_object(message.args),
        message.mode.value,
        message.target_message_id,
        message.slot,
        message.callback_query_id,
        int(message.priority),
        message.dedupe_key,
        None if message.expires_at is None else to_ms(message.expires_at),
        to_ms(now),
    )


async def add_many(conn: Connection, messages: Iterable[Outgoing], now: datetime) -> None:
    """Owe many messages at once, each new (without slots, edits and dedupe keys): a morning's reminders."""
    await conn.execute_many(
        "INSERT INTO outbox (chat_id, person_id, screen, args, mode, priority, expires_at, created_at)"
        " VALUES (?1, (SELECT id FROM people WHERE chat_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
        [
            (
                message.chat_id,
                message.screen,
                dump_object(message.args),
                message.mode.value,
                int(message.priority),
                None if message.expires_at is None else to_ms(message.expires_at),
                to_ms(now),
            )
            for message in messages
        ],
    )


async def arrivals(conn: Connection, after_id: int) -> tuple[Arrival, ...]:
    """Pending rows newer than ``after_id``, oldest first; 0 gives all."""
    rows = await conn.fetch_all(
        "SELECT id, chat_id, priority FROM outbox WHERE id > ? AND state = 'pending' ORDER BY id", (after_id,)
    )
    return tuple(Arrival(row["id"], row["chat_id"], row["priority"]) for row in rows)


async def head(conn: Connection, chat_id: int) -> Owed | None:
    """The next row of this chat. Raises ``StoredDataInvalid``."""
    row = await conn.fetch_one(
        "SELECT * FROM outbox WHERE state = 'pending' AND chat_id = ? ORDER BY priority, id LIMIT 1",
        (chat_id,),
    )
    return _owed(row) if row else None


async def left(conn: Connection, chat_id: int) -> int | None:
    """Priority of the next row of this chat; None when nothing is left."""
    row = await conn.fetch_one(
        "SELECT priority FROM outbox WHERE state = 'pending' AND chat_id = ? ORDER BY priority, id LIMIT 1",
        (chat_id,),
    )
    return row["priority"] if row else None


async def settle(conn: Connection, owed: Owed, state: str, outcome: str, now: datetime) -> bool:
    """End a row as sent, failed or dropped and forget its arguments.

    False when the row was replaced while it was being sent: it then stays pending, to be sent as it is now.
    """
    changed = await conn.execute(
        "UPDATE outbox SET state = ?, outcome = ?, settled_at = ?, args = NULL, callback_query_id = NULL"
        " WHERE id = ? AND state = 'pending' AND revision = ?",
        (state, outcome, to_ms(now), owed.id, owed.revision),
    )
    return changed > 0


async def postpone(conn: Connection, owed: Owed, until: datetime, why: str, *, parts_done: int) -> None:
    """Try again at ``until``, which counts an attempt; ``why`` is found in ``Owed.outcome`` then."""
    await conn.execute(
        "UPDATE outbox SET not_before = ?, attempts = attempts + 1, outcome = ?, parts_done = ?"
        " WHERE id = ? AND state = 'pending' AND revision = ?",
        (to_ms(until), why, parts_done, owed.id, owed.revision),
    )


async def replace(conn: Connection, owed: Owed, screen: str, args: Mapping[str, Any]) -> None:
    """Show another screen in the place of one that cannot be rendered."""
    await conn.execute(
        "UPDATE outbox SET screen = ?, args = ?, parts_done = 0 WHERE id = ? AND state = 'pending'",
        (screen, dump_object(args), owed.id),
    )


async def drop_chat(conn: Connection, chat_id: int, outcome: str, now: datetime) -> int:
    """Drop all that is owed to a chat (it cannot be reached); returns how many rows."""
    return await conn.execute(
        "UPDATE outbox SET state = 'dropped', outcome = ?, settled_at = ?, args = NULL, callback_query_id = NULL"
        " WHERE chat_id = ? AND state = 'pending'",
        (outcome, to_ms(now), chat_id),
    )


async def drop_own(conn: Connection, person_id: int, now: datetime) -> int:
    """Drop what the bot was about to say on its own to this person, who asked for silence; returns how many rows."""
    return await conn.execute(
        "UPDATE outbox SET state = 'dropped', outcome = 'unwanted', settled_at = ?, args = NULL"
        " WHERE person_id = ? AND state = 'pending' AND priority >= ?",
        (to_ms(now), person_id, int(Priority.OWN)),
    )


async def move(conn: Connection, old_chat_id: int, new_chat_id: int) -> None:
    """Follow a chat that Telegram gave another id."""
    await conn.execute(
        "UPDATE outbox SET chat_id = ? WHERE chat_id = ? AND state = 'pending'", (new_chat_id, old_chat_id)
    )


async def prune(conn: Connection, before: datetime) -> int:
    """Forget rows settled before ``before``; returns how many."""
    return await conn.execute(
        "DELETE FROM outbox WHERE state <> 'pending' AND settled_at < ?", (to_ms(before),)
    )


@dataclass(frozen=True, slots=True)
class Oldest:
    """Answers and results that wait: how many, and since when the oldest does."""

    count: int
    since: datetime | None


async def oldest_owed(conn: Connection) -> Oldest:
    """What people wait for; what the bot says on its own may wait for its turn."""
    row = await conn.fetch_one(
        "SELECT count(*) AS n, min(created_at) AS since FROM outbox WHERE state = 'pending' AND priority < ?",
        (int(Priority.OWN),),
    )
    return Oldest(row["n"], from_ms_or_none(row["since"])) if row else Oldest(0, None)


async def counts(conn: Connection) -> dict[str, int]:
    """How many rows are in each state."""
    rows = await conn.fetch_all("SELECT state, count(*) AS n FROM outbox GROUP BY state")
    return {row["state"]: row["n"] for row in rows}


def _owed(row: Row) -> Owed:
    return Owed(
        id=row["id"],
        chat_id=row["chat_id"],
        person_id=row["person_id"],
        screen=row["screen"],
        args=load_object(row["args"]),
        mode=Mode(row["mode"]),
        target_message_id=row["target_message_id"],
        slot=row["slot"],
        callback_query_id=row["callback_query_id"],
        priority=row["priority"],
        revision=row["revision"],
        attempts=row["attempts"],
        parts_done=row["parts_done"],
        not_before=from_ms(row["not_before"]),
        expires_at=from_ms_or_none(row["expires_at"]),
        outcome=row["outcome"],
    )
