"""The database: one connection that writes, a few that read.

    database = await Database.open(Path("data/cardapio.db"))
    async with database.transaction() as tx:      # BEGIN IMMEDIATE … COMMIT, or ROLLBACK on any exception
        await people.create(tx, chat_id)
    async with database.reader() as conn:         # sees what was committed
        person = await people.get_by_chat(conn, chat_id)
    await database.close()

Transactions of one process wait for each other, so keep them short: database work and parsing only.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from storage import migrate
from storage.at_once import Work, transaction_at_once
from storage.driver import Connection, Parameters, Row, connect
from storage.errors import DatabaseUnavailable, IndexCorrupt, StorageError
from storage.urgent_lock import UrgentLock

T = TypeVar("T")

READERS = 4

COMMITS_A_CHECKPOINT = 200
"""Some 1,000 pages of the write-ahead log, as many as SQLite lets come together."""

CUT_MS = 100
"""How long writers may wait for somebody who reads the log, when it is to be cut."""

__all__ = ["READERS", "Connection", "Database", "Parameters", "Row"]


class Database:
    """An open, migrated database. Make one with ``Database.open``."""

    def __init__(self, path: Path, writer: Connection, readers: list[Connection]) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._idle: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._idle.put_nowait(reader)
        self._lock = UrgentLock()
        self._owner: asyncio.Task[Any] | None = None
        self._depth = 0
        self._closed = False
        self._commits = 0
        self._checkpointing: asyncio.Task[None] | None = None
        self.corrupted = asyncio.Event()
        """Set for good when a statement found the file damaged: whoever serves from it should stop."""
        self.words_damaged = asyncio.Event()
        """Set when a full-text index was found damaged, until somebody made it anew."""
        self.erased = asyncio.Event()
        """Set when something of a person's was erased, and at first, until somebody calls ``empty_log``."""
        self.erased.set()
        loop = asyncio.get_running_loop()
        writer.on_erased = lambda: loop.call_soon_threadsafe(self.erased.set)
        for connection in (writer, *readers):
            connection.on_corrupt = self._found

    @classmethod
    async def open(cls, path: Path, *, readers: int = READERS) -> "Database":
        """Open ``path``, made if missing, and bring its schema up to date.

        Raises ``DatabaseNewer``, ``DatabaseCorrupt``, ``DatabaseUnavailable``, ``MigrationFailed``.
        """
        migrations = await asyncio.to_thread(migrate.load)
        opened = [await connect(path)]
        try:
            await migrate.migrate(opened[0], migrations)
            for _ in range(readers):
                opened.append(await connect(path, read_only=True))
        except BaseException:
            for connection in opened:
                await connection.close()
            raise
        return cls(path, opened[0], opened[1:])

    def _found(self, error: StorageError) -> None:
        (self.words_damaged if isinstance(error, IndexCorrupt) else self.corrupted).set()

    async def close(self) -> None:
        """Wait for the running transaction, then close every connection; closing twice is harmless."""
        if self._closed:
            return
        async with self._lock.holding():
            self._closed = True
            if self._checkpointing is not None:
                await asyncio.wait([self._checkpointing])
            for reader in self._readers:
                await reader.close()
            if not self.corrupted.is_set():
                with suppress(StorageError):  # a full disk must not keep the database open
                    await self._writer.run(lambda raw: raw.execute("PRAGMA optimize"))
            await self._writer.close()

    @asynccontextmanager
    async def transaction(self, *, urgent: bool = False) -> AsyncIterator[Connection]:
        """The writer connection inside a transaction: all of the block is kept, or nothing.

        Inside a block of the same task this is a savepoint: an exception undoes the inner block only, and the outer
        one may go on. Tasks started inside a block are not part of it; awaiting one that writes would wait forever.
        ``urgent`` ones, for which a person waits, go before the others.
        """
        if self._owner is not None and self._owner is asyncio.current_task():
            async with self._savepoint() as connection:
                yield connection
            return
        async with self._lock.holding(urgent=urgent):
            if self._closed:
                raise DatabaseUnavailable("the database is closed")
            self._owner = asyncio.current_task()
            try:
                self._writer.soon(lambda raw: raw.execute("BEGIN IMMEDIATE"))
                yield self._writer
                kept = self._writer.commit()
            except BaseException:
                # Also after a cancelled first statement: the thread runs calls in order.
                await _finish(asyncio.ensure_future(self._writer.rollback()))
                raise
            finally:
                self._owner = None
        # The next transaction may begin: what it asks comes after this COMMIT in the writer's thread.
        await self._writer.outcome(_finish(kept))
        self._note_commit()

    async def at_once(self, work: Work[T], *, urgent: bool = False) -> T:
        """A transaction whose statements run one after another in the writer's thread: ``transaction`` for work that
        awaits nothing but the connection it is given. Others wait for the disk then, not for a busy event loop."""
        if self._owner is not None and self._owner is asyncio.current_task():
            async with self._savepoint() as connection:
                return await work(connection)
        async with self._lock.holding(urgent=urgent):
            if self._closed:
                raise DatabaseUnavailable("the database is closed")
            done = transaction_at_once(self._writer, work)
        result = await self._writer.outcome(_finish(done))
        self._note_commit()
        return result

    def _note_commit(self) -> None:
        """Move the write-ahead log into the database now and then, beside the writer: it takes some 100 ms of waiting for
        the disk, and left to SQLite some commit, and whoever writes after it, would wait for that."""
        self._commits += 1
        if self._commits >= COMMITS_A_CHECKPOINT and (
            self._checkpointing is None or self._checkpointing.done()
        ):
            self._commits = 0
            self._checkpointing = asyncio.create_task(self._checkpoint())

    async def _checkpoint(self) -> None:
        with suppress(StorageError):  # what could not be moved stays in the log, for the next time
            async with self.reader() as conn:
                await conn.fetch_all("PRAGMA wal_checkpoint(PASSIVE)")

    async def empty_log(self) -> bool:
        """Move the write-ahead log into the database and cut it to nothing: until then it, and the pages it was not moved
        to, hold what was erased. False when another program reads it (a copy in the making): ask again later."""
        await self._checkpoint()  # most of the work, beside the writer
        async with self._lock.holding():
            if self._closed:
                raise DatabaseUnavailable("the database is closed")
            return await self._writer.run(_cut_log)

    @asynccontextmanager
    async def _savepoint(self) -> AsyncIterator[Connection]:
        self._depth += 1
        name = f"level_{self._depth}"
        try:
            await self._writer.execute(f"SAVEPOINT {name}")
            try:
                yield self._writer
                await self._writer.settle()
            except BaseException:
                await _finish(asyncio.ensure_future(self._writer.rollback(name)))
                raise
            await self._writer.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Connection]:
        """A connection that only reads; each statement sees what was committed before it. Waits when all are in use."""
        if self._closed:
            raise DatabaseUnavailable("the database is closed")
        connection = await self._idle.get()
        try:
            yield connection
        finally:
            self._idle.put_nowait(connection)


def _cut_log(raw: Any) -> bool:
    usual = raw.execute("PRAGMA busy_timeout").fetchone()["timeout"]
    raw.execute(f"PRAGMA busy_timeout = {CUT_MS}")
    try:
        return bool(raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()["busy"] == 0)
    finally:
        raw.execute(f"PRAGMA busy_timeout = {usual}")


async def _finish(work: "asyncio.Future[T]") -> T:
    """Await ``work`` to its end even when the caller is cancelled meanwhile; the cancellation is raised after it."""
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        if not work.cancelled():
            work.exception()  # seen: the cancellation is what is raised
        raise
