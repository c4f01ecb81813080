"""Where the local chat keeps what must outlive it: records (JSON) by kind and id, and the bytes of files.

The chat itself lives in memory. Each change is queued here, and one thread writes what is queued in one transaction
(group commit). ``flush`` returns when everything queued before it is on disk; the servers await it before they
answer, so what anybody was told survives ``kill -9``.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

from localchat.errors import Json, LocalChatError

T = TypeVar("T")
_VERSION = 1
_SCHEMA = """
CREATE TABLE records (
  kind TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE files (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
"""


class Journal(Protocol):
    """What the world needs of its memory."""

    def put(self, kind: str, key: int, body: Json) -> None:
        """Queue a record; the last one put under (kind, key) holds."""

    def drop(self, kind: str, key: int) -> None:
        """Queue the removal of a record."""

    def put_file(self, key: int, body: bytes) -> None:
        """Queue the bytes of a file."""

    async def file(self, key: int) -> bytes:
        """The bytes of a file; KeyError if unknown."""

    async def open(self) -> list[tuple[str, int, Json]]:
        """Every record kept so far, by kind and id."""

    async def flush(self) -> None:
        """Return when all that was queued before is safe."""

    async def close(self) -> None:
        """Write what is queued and let go of the file."""


class MemoryJournal:
    """Keeps only the bytes of files, and those in memory."""

    def __init__(self) -> None:
        self._files: dict[int, bytes] = {}

    def put(self, kind: str, key: int, body: Json) -> None:
        """Nothing to do: the world holds the record."""

    def drop(self, kind: str, key: int) -> None:
        """Nothing to do."""

    def put_file(self, key: int, body: bytes) -> None:
        """Keep the bytes."""
        self._files[key] = body

    async def file(self, key: int) -> bytes:
        """The bytes of a file; KeyError if unknown."""
        return self._files[key]

    async def open(self) -> list[tuple[str, int, Json]]:
        """Nothing was kept."""
        return []

    async def flush(self) -> None:
        """Nothing is queued."""

    async def close(self) -> None:
        """Nothing to close."""


class SqliteJournal:
    """One SQLite file (WAL), used by one process at a time, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="localchat-journal")
        self._connection: sqlite3.Connection | None = None
        self._queue: list[tuple[str, tuple[Any, ...]]] = []
        self._queued = 0
        self._written = 0
        self._writer: asyncio.Task[None] | None = None

    def put(self, kind: str, key: int, body: Json) -> None:
        """Queue a record; the last one put under (kind, key) holds."""
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        self._add("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (kind, key, text))

    def drop(self, kind: str, key: int) -> None:
        """Queue the removal of a record."""
        self._add("DELETE FROM records WHERE kind = ? AND id = ?", (kind, key))

    def put_file(self, key: int, body: bytes) -> None:
        """Queue the bytes of a file."""
        self._add("INSERT OR REPLACE INTO files VALUES (?, ?)", (key, body))

    def _add(self, sql: str, values: tuple[Any, ...]) -> None:
        self._queue.append((sql, values))
        self._queued += 1

    async def file(self, key: int) -> bytes:
        """The bytes of a file; KeyError if unknown."""
        await self.flush()
        return await self._run(self._read_file, key)

    async def open(self) -> list[tuple[str, int, Json]]:
        """Open or create the file and read every record.

        Raises:
            LocalChatError: The file is in use, of a newer version or not ours.
        """
        try:
            return await self._run(self._open)
        except LocalChatError:
            raise
        except (sqlite3.Error, OSError) as exc:
            raise LocalChatError(f"the local chat cannot use {self._path}: {exc}") from exc

    async def flush(self) -> None:
        """Return when all that was queued before is on disk; raises sqlite3.Error if that fails."""
        target = self._queued
        while self._written < target:
            if self._writer is None or self._writer.done():
                self._writer = asyncio.create_task(self._write_batch())
            # a caller that goes away must not cancel the write others wait for
            await asyncio.shield(self._writer)

    async def close(self) -> None:
        """Write what is queued and let go of the file."""
        if self._connection is not None:
            await self.flush()
            await self._run(self._connection.close)
            self._connection = None
        self._thread.shutdown(wait=False)

    async def _run(self, function: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *args)

    async def _write_batch(self) -> None:
        batch, self._queue = self._queue, []
        try:
            await self._run(self._write, batch)
        except sqlite3.Error:
            self._queue = batch + self._queue  # kept for the next try
            raise
        self._written += len(batch)

    def _open(self) -> list[tuple[str, int, Json]]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        # one thread at a time uses it: the executor's at work, and close() after the last job
        connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=2)
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > _VERSION:
            connection.close()
            raise LocalChatError(f"{self._path} was written by a newer local chat (version {version})")
        if version == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        rows = connection.execute("SELECT kind, id, body FROM records ORDER BY kind, id").fetchall()
        self._connection = connection
        return [(kind, key, json.loads(body)) for kind, key, body in rows]

    def _write(self, batch: list[tuple[str, tuple[Any, ...]]]) -> None:
        connection = self._opened()
        connection.execute("BEGIN IMMEDIATE")
        try:
            for sql, values in batch:
                connection.execute(sql, values)
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _read_file(self, key: int) -> bytes:
        row = self._opened().execute("SELECT body FROM files WHERE id = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return bytes(row[0])

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise LocalChatError("the journal is not open")
        return self._connection
