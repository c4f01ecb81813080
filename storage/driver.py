"""The SQLite driver: the only file that imports one.

``pysqlite3`` is tried first (its wheels can load extensions and bring a recent SQLite), then the standard ``sqlite3``;
the first that loads ``sqlite-vec`` wins. Every connection lives in a thread of its own (aiosqlite, with
``storage/thread.py``), so no call here blocks the event loop.
"""

import asyncio
import importlib
import os
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any, TypeVar

import aiosqlite
import sqlite_vec
from aiosqlite.core import _STOP_RUNNING_SENTINEL

from storage.errors import DatabaseCorrupt, DatabaseUnavailable, DriverMissing, IndexCorrupt, StorageError
from storage.result_codes import translated
from storage.thread import Letters, serve

T = TypeVar("T")
Row = Mapping[str, Any]
Value = str | int | float | bytes | None
Parameters = Sequence[Value] | Mapping[str, Value]

BUSY_TIMEOUT_MS = 5_000
MOST_PAGES_IN_LOG = 10_000
"""Of the write-ahead log: then a commit moves them itself (``Database`` does so earlier, beside the commits)."""

CANDIDATES = ("pysqlite3", "sqlite3")


@cache
def driver() -> ModuleType:
    """The first driver that can load sqlite-vec. Raises ``DriverMissing`` when none can."""
    failures: list[str] = []
    for name in CANDIDATES:
        try:
            module = importlib.import_module(name)
            probe = module.connect(":memory:")
            try:
                _load_vectors(probe)
            finally:
                probe.close()
        except (ImportError, AttributeError) as exc:  # not installed; built without extension loading
            failures.append(f"{name}: {exc}")
        except Exception as exc:  # noqa: BLE001 -- each driver has an error class of its own, unknown before it loads
            failures.append(f"{name}: {exc}")
        else:
            return module
    raise DriverMissing("no SQLite driver here can load sqlite-vec (" + "; ".join(failures) + ")")


def _load_vectors(raw: Any) -> None:
    raw.enable_load_extension(True)
    sqlite_vec.load(raw)
    raw.enable_load_extension(False)


def _as_dict(cursor: Any, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


class _Thread(aiosqlite.Connection):
    """aiosqlite's connection, with a thread of ours and one way to run functions in it (one hop, not one a call)."""

    def __init__(self, connector: Callable[[], Any]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._letters = Letters(self._tx)
        # daemon: a crash that skips close() must end the process; SQLite recovers what was committed
        self._thread = Thread(target=serve, args=(self._tx, _STOP_RUNNING_SENTINEL), daemon=True)

    def submit(self, function: Callable[[Any], T]) -> "asyncio.Future[T]":
        return self._letters.add(lambda: function(self._conn))

    async def close(self) -> None:
        self._letters.send()
        await super().close()


class Connection:
    """A connection as repositories see it: rows are mappings, errors are ``StorageError``, values are always bound (``?``
    with a sequence or ``:name`` with a mapping)."""

    def __init__(self, thread: _Thread, path: Path) -> None:
        self._thread = thread
        self._closed = False
        self._soon: deque[Callable[[Any], object]] = deque()
        self.path = path
        self.on_corrupt: Callable[[StorageError], object] = lambda _error: None
        """Called when a statement finds damage, whoever catches the error then."""
        self.on_erased: Callable[[], object] = lambda: None

    async def fetch_all(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of a query (or of a change with ``RETURNING``)."""
        return await self.run(lambda raw: raw.execute(sql, parameters).fetchall())

    async def fetch_one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    async def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one change; returns how many rows it changed."""
        return await self.run(lambda raw: int(raw.execute(sql, parameters).rowcount))

    async def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one INSERT; returns the row's id."""
        return await self.run(lambda raw: int(raw.execute(sql, parameters).lastrowid))

    async def execute_many(self, sql: str, rows: Iterable[Parameters]) -> int:
        """Run one change for each of ``rows``; returns how many rows changed."""
        batch = list(rows)
        return await self.run(lambda raw: int(raw.executemany(sql, batch).rowcount))

    async def run(self, function: Callable[[Any], T]) -> T:
        """Run ``function(raw connection)`` in the connection's thread: many statements for one hop.

        Cancelling the caller does not stop the function; what it did is rolled back with its transaction.
        """
        before, self._soon = self._soon, deque()

        def work(raw: Any) -> T:
            try:
                _run_all(before, raw)
            except BaseException:
                self._soon.extendleft(reversed(before))
                raise
            return function(raw)

        return await self.outcome(self._submit(work))

    def soon(self, function: Callable[[Any], object]) -> None:
        """Run ``function(raw connection)`` before whatever is asked next, in the same hop; its errors are raised there.

        One that fails is tried again before what is asked after that: it is never skipped, only undone.
        """
        self._soon.append(function)

    async def settle(self) -> None:
        """Run now what was to run soon."""
        if self._soon:
            await self.run(lambda _raw: None)

    async def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return await self.run(lambda raw: bool(raw.in_transaction))

    async def rollback(self, savepoint: str | None = None) -> None:
        """Undo the open transaction, or what came after ``savepoint``, and what was to run soon. Harmless without any."""

        def undo(raw: Any) -> None:
            self._soon.clear()  # now: a cancelled hop may have come just before this one, and failed
            if savepoint is None:
                raw.rollback()
            else:
                raw.execute(f"ROLLBACK TO {savepoint}")
                raw.execute(f"RELEASE {savepoint}")

        await self.outcome(self._submit(undo))

    def commit(self) -> "asyncio.Future[None]":
        """Keep the open transaction, or undo it, if that fails; on its way when this returns: what is asked next follows."""
        before, self._soon = self._soon, deque()

        def keep(raw: Any) -> None:
            try:
                _run_all(before, raw)
                raw.execute("COMMIT")
            except BaseException:
                raw.rollback()
                raise

        return self._submit(keep)

    def transaction(self, work: Callable[[Any], T]) -> "asyncio.Future[T]":
        """A transaction of its own around ``work(raw connection)``; on its way when this returns."""

        def whole(raw: Any) -> T:
            raw.execute("BEGIN IMMEDIATE")
            try:
                result = work(raw)
                raw.execute("COMMIT")
            except BaseException:
                raw.rollback()
                raise
            return result

        return self._submit(whole)

    async def outcome(self, awaitable: Awaitable[T]) -> T:
        """Wait for what is on its way."""
        try:
            return await awaitable
        except (DatabaseCorrupt, IndexCorrupt) as exc:
            self.on_corrupt(exc)
            raise

    def _submit(self, function: Callable[[Any], T]) -> "asyncio.Future[T]":
        if self._closed:
            raise DatabaseUnavailable("the database is closed")
        return self._thread.submit(lambda raw: translating(function, raw))

    async def close(self) -> None:
        """Close the connection and end its thread; closing twice is harmless."""
        if not self._closed:
            self._closed = True
            await self._thread.close()


def _run_all(functions: deque[Callable[[Any], object]], raw: Any) -> None:
    """One that fails is still the first of those left."""
    while functions:
        functions[0](raw)
        functions.popleft()


def translating(function: Callable[[Any], T], raw: Any) -> T:
    """``function(raw)``; what the driver raises becomes a ``StorageError``."""
    try:
        return function(raw)
    except driver().Error as exc:
        raise translated(exc) from exc


async def connect(path: Path, *, read_only: bool = False) -> Connection:
    """Open ``path`` (made with mode 0600 if it is new) in WAL mode, ready for use. ``read_only`` refuses changes."""
    module = driver()

    def connector() -> Any:
        try:
            return _open(module, path, read_only=read_only)
        except module.Error as exc:
            raise translated(exc, path) from exc
        except OSError as exc:
            raise DatabaseUnavailable(f"cannot open {path}: {exc.strerror}") from exc

    thread = _Thread(connector)
    await thread
    return Connection(thread, path)


async def connect_untouched(path: Path) -> Connection:
    """Open an existing database for reading only, for checks and copies: no byte of it is changed, not even by closing
    it. Raises ``DatabaseCorrupt`` and ``DatabaseUnavailable``."""
    module = driver()

    def connector() -> Any:
        try:
            raw = module.connect(
                f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
            )
            raw.row_factory = _as_dict
            _load_vectors(raw)
        except module.Error as exc:
            raise translated(exc, path) from exc
        return raw

    thread = _Thread(connector)
    await thread
    return Connection(thread, path)


def _make_private(path: Path) -> None:
    """SQLite gives -wal and -shm the mode of the main file, so all three stay private to the owner.

    A file that is there is never opened here: closing it would drop the locks that other connections of this process
    hold on it (POSIX), and then another program that closes the database would take the WAL away from under us.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        path.chmod(0o600)


def _open(module: ModuleType, path: Path, *, read_only: bool) -> Any:
    path.parent.mkdir(parents=True, exist_ok=True)
    _make_private(path)
    raw = module.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        raw.row_factory = _as_dict
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = NORMAL")
        raw.execute(f"PRAGMA wal_autocheckpoint = {MOST_PAGES_IN_LOG}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA secure_delete = ON")  # what a person erases is overwritten with zeros
        _load_vectors(raw)
        if read_only:
            raw.execute("PRAGMA query_only = ON")
    except BaseException:
        raw.close()
        raise
    return raw
