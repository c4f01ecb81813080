"""A house whose bot is ended over and over at drawn moments, and what its database and the chat held each time.

``ends`` has one ``End`` for each life of the bot. Its figures are read from a copy of the database files, made while no bot
runs, so that the next start finds them as the kill left them.
"""

import asyncio
import json
import random
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.driver import Control, Phone
from tests.e2e.house import TOKEN, House
from tests.e2e.logged import Private

STEP_SECONDS = 0.01
LONGEST_LIFE = 40.0
"""Seconds after which a life ends even if what it waited for did not come."""

HELD_SECONDS = 3.0
"""How long the Bot API keeps its answer back while the bot is killed between a send and its record."""

SETTLED = "SELECT chat_id, count(*) AS n FROM outbox WHERE mode = 'send' AND state = 'sent' GROUP BY chat_id"
"""Messages that the bot knows to have sent, by chat."""

IN_WORK = {
    "turns": "SELECT count(*) FROM inbox WHERE state = 'pending'",
    "weeks": "SELECT count(*) FROM jobs WHERE state = 'running'",
    "changes": "SELECT count(*) FROM change_orders",
    "messages owed": "SELECT count(*) FROM outbox WHERE state = 'pending'",
    "reminders due": "SELECT count(*) FROM reminders WHERE next_due_at BETWEEN 1 AND strftime('%s') * 1000",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When to end a life: ``seconds`` after what ``kind`` names."""

    kind: str
    seconds: float


@dataclass(slots=True)
class End:
    """How a life ended. ``last_message``: the newest in all chats then; ``settled``: messages the bot had noted as sent;
    ``in_work``: what was under way; ``code``: of a bot that was asked to stop, None of one that was killed."""

    moment: Moment
    lived: float
    last_message: int
    took: float = 0.0
    code: int | None = None
    serving: bool = False
    left: int = 0
    settled: dict[int, int] = field(default_factory=dict)
    in_work: dict[str, int] = field(default_factory=dict)
    check: str = ""


NEW, QUICK, START, REPLAY, SEND, SERVING = (
    "new database",
    "quick succession",
    "start-up",
    "replay and tick",
    "between send and record",
    "serving",
)
SHARES = {QUICK: 0.12, START: 0.2, REPLAY: 0.2, SEND: 0.16}
"""The rest: ``SERVING``. The first lives of a house are ``NEW``."""

WITHIN = {NEW: 0.6, QUICK: 0.4, START: 3.2, REPLAY: 0.4, SEND: 0.3, SERVING: 6.0}
NEW_LIVES = 8


def moments(count: int, seed: int) -> list[Moment]:
    """``count`` moments: the first on a new database, then all kinds mixed; quick ones come three in a row."""
    draw = random.Random(seed)
    first = [NEW] * min(NEW_LIVES, count // 10)
    left = count - len(first)
    kinds = [[kind] for kind, share in SHARES.items() if kind != QUICK for _ in range(int(share * left))]
    kinds += [[QUICK] * 3 for _ in range(int(SHARES[QUICK] * left / 3))]
    kinds += [[SERVING] for _ in range(left - sum(map(len, kinds)))]
    draw.shuffle(kinds)
    chosen = [*first, *(kind for group in kinds for kind in group)]
    return [Moment(kind, draw.uniform(0, WITHIN[kind])) for kind in chosen]


class KilledHouse(House):
    """Ends its bot at given moments and starts it again at once."""

    def __init__(self, folder: Path, **environment: str) -> None:
        super().__init__(folder, **environment)
        self.ends: list[End] = []
        self._reading: set[asyncio.Task[None]] = set()
        self._log_from = 0
        self._born = 0.0
        self._control: Control | None = None

    async def start_bot(self) -> None:
        """Start the bot and remember where its log begins."""
        self._log_from = self.bot_log.stat().st_size if self.bot_log.exists() else 0
        self._born = time.monotonic()
        await super().start_bot()

    async def end(
        self, moment: Moment, *, kill: bool = True, meanwhile: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Let the bot live until ``moment``, end it, note what there was, do ``meanwhile``, and start the next one."""
        await self._until(moment)
        lived, asked = time.monotonic() - self._born, time.monotonic()
        code: int | None = None
        if kill:
            await self.kill()
        else:
            code = await self.stop()
        end = End(moment, lived, await self._last_message(), time.monotonic() - asked, code)
        copy = await asyncio.to_thread(self._copy, len(self.ends))
        log = self._life()
        end.serving = "transport_started" in log
        end.left = next(
            (int(each["left"]) for each in _lines(log) if each["event"] == "transport_started"), 0
        )
        self.ends.append(end)
        if meanwhile is not None:
            await meanwhile()
        await self.start_bot()
        task = asyncio.create_task(asyncio.to_thread(_read, copy, end))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def rest(self) -> None:
        """Wait until every copy was read."""
        while self._reading:
            await asyncio.wait(set(self._reading))

    async def quiet(self, seconds: float) -> None:
        """Wait until the bot has nothing left to do."""
        control = self.control()
        async with asyncio.timeout(seconds):
            while await control.waiting_updates() or await asyncio.to_thread(self._busy):  # noqa: ASYNC110 -- another process has no event
                await asyncio.sleep(0.2)

    def strangers(self) -> list[str]:
        """What killed bots left behind: processes that still have our database in their environment (Linux), and files beside
        it (blocking)."""
        assert self._bot is not None
        ours, mine = _family(self._bot.pid), str(self.folder / "cardapio.db").encode()
        known = (
            "bot.log",
            "cardapio.db",
            "cardapio.db-wal",
            "cardapio.db-shm",
            "chat.db",
            "chat.db-wal",
            "chat.db-shm",
        )
        found = [each.name for each in self.folder.iterdir() if each.name not in known]
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if (
                    mine in (process / "environ").read_bytes().split(b"\0DATABASE_PATH=")[-1]
                    and int(process.name) not in ours
                ):
                    found.append(f"process {process.name}")
            except OSError:
                continue  # it ended, or is another user's
        return found

    def descriptors(self) -> int:
        """How many files the bot has open (Linux, blocking)."""
        assert self._bot is not None
        return len(list(Path(f"/proc/{self._bot.pid}/fd").iterdir()))

    def query(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """What the database says (blocking)."""
        with _opened(self.folder / "cardapio.db", "?mode=ro") as conn:
            return conn.execute(sql, values).fetchall()

    def _busy(self) -> bool:
        return any(self.query(sql)[0][0] for sql in IN_WORK.values())

    async def _until(self, moment: Moment) -> None:
        if moment.kind == NEW:
            await self._see((self.folder / "cardapio.db").exists)
        if moment.kind in (REPLAY, SERVING, SEND):
            await self._see(lambda: "transport_started" in self._life())
        if moment.kind == SEND:
            control = self.control()
            await control.fault("delay", method="sendMessage", seconds=HELD_SECONDS, after=True)
            await self._see_eventually(lambda: _none_waits(control.waiting_faults))
        await asyncio.sleep(moment.seconds)  # the drawn moment itself

    async def _see(self, there: Callable[[], bool]) -> None:
        async def look() -> bool:
            return there()

        await self._see_eventually(look)

    async def _see_eventually(self, there: Callable[[], Awaitable[bool]]) -> None:
        """Look until it is so, or the bot lived for long enough."""
        while not await there() and time.monotonic() - self._born < LONGEST_LIFE:  # noqa: ASYNC110 -- a file has no event
            await asyncio.sleep(STEP_SECONDS)

    def _life(self) -> str:
        with self.bot_log.open(encoding="utf-8", errors="replace") as log:
            log.seek(self._log_from)
            return log.read()

    async def _last_message(self) -> int:
        """The newest message, once the local chat took up all that the dead bot had written to it."""
        control, last = self.control(), -1
        while (now := await control.last_message()) != last or last < 0:
            last = now
        return last

    def _copy(self, number: int) -> Path:
        to = self.folder / f"end-{number}.db"
        for ending in ("", "-wal"):
            source = self.folder / f"cardapio.db{ending}"
            if source.exists():
                shutil.copyfile(source, f"{to}{ending}")
        return to

    def control(self) -> Control:
        """The one set of controls of this house."""
        if self._control is None:
            self._control = super().control()
        return self._control

    async def _private(self) -> Private:
        """Who chats, and what they said. What they were told is too much to look for in so long a log."""
        private = Private(secrets={TOKEN})
        for phone in self._phones:
            if isinstance(phone, Phone):
                look = await phone.look()
                private.add_chat(look, [message.text for message in look.messages if message.out])
        return private


def _family(pid: int) -> set[int]:
    """A process and all that it started."""
    found = {pid}
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found |= _family(int(child))
    return found


async def _none_waits(count: Callable[[], Awaitable[int]]) -> bool:
    return await count() == 0


def _lines(log: str) -> Iterator[dict[str, Any]]:
    for line in log.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


@contextmanager
def _opened(path: Path, how: str = "") -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}{how}", uri=True, timeout=10)) as conn:
        conn.row_factory = sqlite3.Row
        yield conn


def _read(copy: Path, end: End) -> None:
    """Note what a copy holds, and throw it away."""
    if copy.exists() and copy.stat().st_size:
        with _opened(copy) as conn:
            end.check = conn.execute("PRAGMA quick_check").fetchone()[0]
            tables = {row["name"] for row in conn.execute("SELECT name FROM sqlite_master")}
            if "weights" in tables:  # else the kill came before the schema was made
                end.settled = {row["chat_id"]: row["n"] for row in conn.execute(SETTLED)}
                end.in_work = {name: conn.execute(sql).fetchone()[0] for name, sql in IN_WORK.items()}
    for ending in ("", "-wal", "-shm"):
        Path(f"{copy}{ending}").unlink(missing_ok=True)
