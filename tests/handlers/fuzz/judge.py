"""What must hold after every round of fuzzed updates, whatever they were."""

import io
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import structlog
from structlog.contextvars import get_contextvars

from handlers.transport.intake import BEYOND, chat_of
from logs import configure_logging
from storage import outbox
from storage.database import Connection, Database
from storage.outbox import Mode, Outgoing
from tests.handlers.fuzz.town import SETTLED, Town, mark_of

VIA = {
    "people": "id",
    "week_days": "(SELECT w.person_id FROM weeks w WHERE w.id = t.week_id)",
    "meals": "(SELECT w.person_id FROM weeks w JOIN week_days d ON d.week_id = w.id WHERE d.id = t.day_id)",
    "chunk_vectors": "(SELECT c.owner FROM chunks c WHERE c.id = t.chunk_id)",
}
"""Whose a row is, where no column says so."""

NOBODYS = frozenset({"sqlite_sequence", "inbox", "embeddings", "alerts", "heartbeat"})
"""Tables whose rows are nobody's: counters, what is yet to be done, vectors by content."""

SHADOWS = ("chunks_fts", "chunks_vec", "sqlite_stat")
"""Tables that SQLite and its extensions keep for their own tables."""

ADDS = ("add", "add_soon")
"""What puts a message into the outbox."""

ERASED = frozenset({"tudo_apagado", "menor"})
"""Screens that tell somebody that all of theirs was erased."""

Rows = Mapping[tuple[str, int], str]
"""By table and chat: a digest of all its rows."""


async def rows_of(database: Database, but: Collection[int]) -> Rows:
    """What is stored of everybody but the chats ``but``."""
    found: dict[tuple[str, int], str] = {}
    async with database.reader() as conn:
        chats = {row["id"]: row["chat_id"] for row in await conn.fetch_all("SELECT id, chat_id FROM people")}
        for table in await _tables(conn):
            digests: defaultdict[int, Any] = defaultdict(sha256)
            for row in await conn.fetch_all(
                f"SELECT {await _owner(conn, table)} AS whose_, t.* FROM {table} t"
            ):
                owner = row["whose_"]
                chat_id = owner if table == "outbox" else chats.get(owner, 0)
                if chat_id not in but:
                    digests[chat_id].update(repr(tuple(row.values())).encode("utf-8", "surrogatepass"))
            found |= {(table, chat_id): digest.hexdigest() for chat_id, digest in digests.items()}
    return found


async def _tables(conn: Connection) -> list[str]:
    rows = await conn.fetch_all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    names = [row["name"] for row in rows]
    return [name for name in names if name not in NOBODYS and not name.startswith(SHADOWS)]


async def _owner(conn: Connection, table: str) -> str:
    if table in VIA:
        return VIA[table]
    columns = {row["name"] for row in await conn.fetch_all(f"PRAGMA table_info({table})")}
    found = next((name for name in ("chat_id", "person_id", "owner") if name in columns), None)
    assert found is not None, f"say in VIA or NOBODYS whose the rows of {table} are"
    return found


def owes_answer(update: Any) -> int | None:
    """The chat in which this update must be answered: a message of a person in their own chat; None for all others."""
    if not isinstance(update, dict) or set(update) & {"callback_query", "edited_message", "my_chat_member"}:
        return None
    message, chat_id = update.get("message"), chat_of(update)
    chat, sender = (message.get(key) if isinstance(message, dict) else None for key in ("chat", "from"))
    if not isinstance(chat, dict) or not isinstance(sender, dict) or chat_id is None or chat_id <= 0:
        return None
    own = (
        sender.get("id") == chat_id
        and not isinstance(sender.get("id"), bool)
        and chat.get("type") == "private"
    )
    return chat_id if own else None


@dataclass
class Judge:
    """Finds what is wrong. ``milliseconds``: of every turn so far; ``owed``: screens by the update that asked for them."""

    town: Town
    log: io.StringIO
    milliseconds: list[float] = field(default_factory=list)
    outcomes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    looked_at: int = 0
    owed: defaultdict[int, list[Outgoing]] = field(default_factory=lambda: defaultdict(list))

    async def faults(self, actors: Collection[int], updates: Collection[Any]) -> list[str]:
        """What this round did that it must not do. ``actors``: the chats (and their groups) that sent the updates."""
        found = [*self._logged(), *self._said(actors), *self._unanswered(updates), *await self._stored()]
        self.owed.clear()
        self.town.desk.asked.clear()
        return found

    def _logged(self) -> Iterator[str]:
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        self.log.seek(0)
        self.log.truncate()
        for line in lines:
            if line["level"] not in ("debug", "info"):
                yield f"logged: {line}"
            if line["event"] == "turn":
                self.milliseconds.append(line["milliseconds"])
                self.outcomes[line["outcome"]] += 1

    def _said(self, actors: Collection[int]) -> Iterator[str]:
        telegram = self.town.telegram
        yield from (f"Telegram refused: {what}" for what in telegram.refused)
        for shown in telegram.shown:
            if shown.chat_id not in actors:
                yield f"said to {shown.chat_id}, who did nothing: {shown.words}"
            for other in SETTLED:
                if other != shown.chat_id and mark_of(other) in shown.words:
                    yield f"said to {shown.chat_id} what is of {other}: {shown.words}"
        telegram.refused.clear()
        telegram.shown.clear()
        telegram.history.clear()

    def _unanswered(self, updates: Collection[Any]) -> Iterator[str]:
        answered = set(self.town.telegram.answered)
        self.town.telegram.answered.clear()
        # What is owed to people goes with them when they erase their data a moment later, the note over a tap too.
        erased = any(each.screen in ERASED for owed in self.owed.values() for each in owed)
        for update in updates:
            screens = self.owed.get(update.get("update_id"), [])
            chat_id = owes_answer(update)
            asked = update.get("update_id") in self.town.desk.asked
            if chat_id is not None and not asked and not any(each.chat_id == chat_id for each in screens):
                yield f"no answer to {json.dumps(update)}"
            if any(each.screen == "error" for each in screens):
                yield f"an error screen for {json.dumps(update)}"
            tap = update.get("callback_query")
            named = tap.get("id") if isinstance(tap, dict) else None
            # half a character in the id is U+FFFD in what we keep, and so in the answer
            waits = isinstance(named, str) and not {named, BEYOND.sub("\ufffd", named)} & set(answered)
            if waits and not (erased and any(each.mode is Mode.TOAST for each in screens)):
                yield f"a tap waits for ever: {json.dumps(update)}"

    async def _stored(self) -> list[str]:
        """Rows of the inbox that are not done, and of the outbox that were not sent."""
        async with self.town.database.reader() as conn:
            bad = await conn.fetch_all("SELECT update_id, state FROM inbox WHERE state <> 'done'")
            unsent = await conn.fetch_all(
                "SELECT * FROM outbox WHERE (state = 'failed' OR screen = 'error') AND id > ?",
                (self.looked_at,),
            )
            self.looked_at = max([self.looked_at, *(row["id"] for row in unsent)])
        return [f"not done: {dict(row)}" for row in bad] + [f"not sent: {dict(row)}" for row in unsent]


@contextmanager
def judging(town: Town) -> Iterator[Judge]:
    """A judge who reads the log and sees which update owes what; all is as before in the end."""
    judge = Judge(town, io.StringIO())
    kept, root, level = structlog.get_config(), logging.root.handlers[:], logging.root.level
    originals = {name: getattr(outbox, name) for name in ADDS if hasattr(outbox, name)}

    def witnessed(add: Callable[..., Any]) -> Callable[..., Any]:
        def note(tx: Connection, message: Outgoing, *args: Any, **kwargs: Any) -> Any:
            update_id = get_contextvars().get("update_id")
            if update_id is not None:
                judge.owed[update_id].append(message)
            return add(tx, message, *args, **kwargs)

        return note

    for name, add in originals.items():
        setattr(outbox, name, witnessed(add))
    configure_logging("INFO", out=judge.log)
    try:
        yield judge
    finally:
        for name, add in originals.items():
            setattr(outbox, name, add)
        structlog.configure(**kept)
        logging.root.handlers[:] = root
        logging.root.setLevel(level)
