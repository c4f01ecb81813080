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
from typing import Any

from storage import migrate
from storage.driver import Connection, Parameters, Row, connect, finish
from storage.errors import DatabaseUnavailable, IndexCorrupt, StorageError

READERS = 3

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
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None
        self._depth = 0
        self._closed = False
        self.corrupted = asyncio.Event()
        """Set for good when a statement found the file damaged: whoever serves from it should stop."""
        self.words_damaged = asyncio.Event()
        """Set when a full-text index was found damaged, until somebody made it anew."""
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
        async with self._lock:
            self._closed = True
            for reader in self._readers:
                await reader.close()
            if not self.corrupted.is_set():
                with suppress(StorageError):  # a full disk must not keep the database open
                    await self._writer.run(lambda raw: raw.execute("PRAGMA optimize"))
            await self._writer.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """The writer connection inside a transaction: all of the block is kept, or nothing.

        Inside a block of the same task this is a savepoint: an exception undoes the inner block only, and the outer
        one may go on. Tasks started inside a block are not part of it; awaiting one that writes would wait forever.
        """
        if self._owner is not None and self._owner is asyncio.current_task():
            async with self._savepoint() as connection:
                yield connection
            return
        async with self._lock:
            if self._closed:
                raise DatabaseUnavailable("the database is closed")
            self._owner = asyncio.current_task()
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                await finish(self._writer.execute("COMMIT"))
            except BaseException:
                # Also after a cancelled BEGIN or a failed COMMIT: the thread runs calls in order.
                await finish(self._writer.rollback())
                raise
            finally:
                self._owner = None

    @asynccontextmanager
    async def _savepoint(self) -> AsyncIterator[Connection]:
        self._depth += 1
        name = f"level_{self._depth}"
        try:
            await self._writer.execute(f"SAVEPOINT {name}")
            try:
                yield self._writer
            except BaseException:
                await finish(self._writer.execute(f"ROLLBACK TO {name}"))
                await finish(self._writer.execute(f"RELEASE {name}"))
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
