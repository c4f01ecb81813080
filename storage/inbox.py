"""The inbox: every update is stored here before Telegram is told that we have it, and worked on from here.

Once processed a row keeps the update's id only, so that the same update coming twice does nothing the second time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from storage.driver import Connection

CHAT_CAP = 100
"""Updates one chat may have waiting; what comes above it is dropped (and the person told once)."""

BEGIN_LIMIT = 5
"""Times an update may be begun again after a stop before it is blamed for the stops and set aside."""

KEEP_IDS = 100_000
"""Processed ids kept to recognise an update that comes twice."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A raw update: its JSON text, and its chat when it has one."""

    update_id: int
    chat_id: int | None
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored update that is still to be processed."""

    update_id: int
    chat_id: int | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: ``new`` are to be processed in this order; ``over_cap`` are chats that sent too much."""

    new: tuple[Waiting, ...]
    over_cap: tuple[int, ...]


async def store(conn: Connection, updates: Iterable[Incoming], cap: int = CHAT_CAP) -> Stored:
    """Store a batch. An update that is known, pending or processed, is ignored."""
    batch = list(updates)

    def run(raw: Any) -> Stored:
        new: list[Waiting] = []
        over: dict[int, None] = {}
        for update in batch:
            waiting = raw.execute(
                "SELECT count(*) AS n FROM inbox WHERE state = 'pending' AND chat_id = ?", (update.chat_id,)
            ).fetchone()["n"]
            full = waiting >= cap
            kept = (None, None, "dropped") if full else (update.chat_id, update.body, "pending")
            inserted = raw.execute(
                "INSERT INTO inbox (update_id, chat_id, body, state) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (update.update_id, *kept),
            ).rowcount
            if inserted and full and update.chat_id is not None:
                over[update.chat_id] = None
            elif inserted:
                new.append(Waiting(update.update_id, update.chat_id))
        return Stored(tuple(new), tuple(over))

    return await conn.run(run)


async def take(conn: Connection, update_id: int) -> str | None:
    """The body of an update that is still pending, else None."""
    row = await conn.fetch_one(
        "SELECT body FROM inbox WHERE update_id = ? AND state = 'pending'", (update_id,)
    )
    return row["body"] if row else None


async def done(conn: Connection, update_id: int) -> None:
    """Mark as processed; its body and chat are forgotten."""
    await _settle(conn, update_id, "done", None)


def done_soon(conn: Connection, update_id: int) -> None:
    """``done``, in the hop of what is asked next of ``conn``."""
    conn.soon(lambda raw: raw.execute(_SETTLE, ("done", None, update_id)))


async def fail(conn: Connection, update_id: int, error_code: str) -> None:
    """Mark as failed under a code that the log has too; its body and chat are forgotten."""
    await _settle(conn, update_id, "failed", error_code)


async def _settle(conn: Connection, update_id: int, state: str, error_code: str | None) -> None:
    await conn.execute(_SETTLE, (state, error_code, update_id))


_SETTLE = "UPDATE inbox SET state = ?, error_code = ?, chat_id = NULL, body = NULL WHERE update_id = ?"


async def pending(conn: Connection) -> tuple[Waiting, ...]:
    """At start: the updates still to be processed, in order of arrival."""
    rows = await conn.fetch_all("SELECT update_id, chat_id FROM inbox WHERE state = 'pending' ORDER BY seq")
    return tuple(Waiting(row["update_id"], row["chat_id"]) for row in rows)


async def begin_again(conn: Connection, update_id: int) -> bool:
    """Note, before it runs, that an update from before a stop is begun; False when that happened too often.

    Run those one at a time, so that a stop is counted against the one update that was running.
    """
    rows = await conn.fetch_all(
        "UPDATE inbox SET begun = begun + 1 WHERE update_id = ? RETURNING begun", (update_id,)
    )
    return not rows or rows[0]["begun"] <= BEGIN_LIMIT


async def prune(conn: Connection, keep: int = KEEP_IDS) -> int:
    """Forget the oldest processed ids, keeping ``keep``; returns how many were forgotten."""
    return await conn.execute(
        "DELETE FROM inbox WHERE state <> 'pending' AND seq <= (SELECT max(seq) FROM inbox) - ?", (keep,)
    )


async def counts(conn: Connection) -> dict[str, int]:
    """How many rows are in each state."""
    rows = await conn.fetch_all("SELECT state, count(*) AS n FROM inbox GROUP BY state")
    return {row["state"]: row["n"] for row in rows}
