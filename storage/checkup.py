"""Whether the database can be trusted and written, found out without changing it."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.clock import to_ms
from storage.database import Database
from storage.driver import connect_untouched
from storage.errors import DatabaseCorrupt, StorageError

CHECKED_AT_START_BYTES = 1024**3
"""A larger file is not read as a whole before the bot serves: a quarter of a second for 400 MB, minutes for a slow disk."""


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes: of the database's files by name ("main", "wal"), and free on their disk of ``total``."""

    files: dict[str, int]
    free: int
    total: int


async def check(path: Path, *, at_most: int | None = None) -> bool:
    """Read the whole database and look for damage. Nothing is written, repaired or made.

    A file that is not there, or has more than ``at_most`` bytes, is not looked at. Returns whether the full-text indexes
    are whole: ``rebuild_words`` makes them anew. Raises ``DatabaseCorrupt`` for damage of what people gave us, and
    ``DatabaseUnavailable`` when the file cannot be read.
    """
    size = await asyncio.to_thread(_size, path)
    if size == 0 or (at_most is not None and size > at_most):
        return True
    connection = await connect_untouched(path)
    try:
        found = [str(next(iter(row.values()))) for row in await connection.fetch_all("PRAGMA quick_check")]
    except StorageError as exc:
        raise type(exc)(f"{path}: {exc}") from exc
    finally:
        await connection.close()
    problems = [line for line in found if line != "ok"]
    damage = [line for line in problems if "fts5" not in line.lower()]
    if damage:
        raise DatabaseCorrupt(f"{path} is damaged: {len(damage)} problems found by SQLite's quick_check")
    return not problems


async def rebuild_words(database: Database) -> int:
    """Make every full-text index anew from the texts beside it; returns how many. Raises ``StorageError``."""
    database.words_damaged.clear()
    async with database.transaction() as tx:
        rows = await tx.fetch_all(
            "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        )
        for row in rows:
            await tx.execute(f"INSERT INTO {row['name']} ({row['name']}) VALUES ('rebuild')")
    return len(rows)


async def beat(database: Database, now: datetime) -> None:
    """Write one row and commit it. Raises ``StorageError`` when that cannot be done."""
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO heartbeat (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at",
            (to_ms(now),),
        )


async def room(path: Path) -> Room:
    """How much the database takes, and how much there is left."""
    return await asyncio.to_thread(_room, path)


async def free_bytes(path: Path) -> int:
    """What is free on the disk that is to hold ``path``, whose folder may not be there yet."""

    def look() -> int:
        there = next((folder for folder in path.absolute().parents if folder.exists()), Path("/"))
        return shutil.disk_usage(there).free

    return await asyncio.to_thread(look)


async def fingerprint(path: Path) -> tuple[int, int, int] | None:
    """What changes when somebody puts another file in the place of ``path``; None when there is none."""

    def look() -> tuple[int, int, int] | None:
        try:
            found = path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    return await asyncio.to_thread(look)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _room(path: Path) -> Room:
    usage = shutil.disk_usage(path.parent)
    wal = path.with_name(path.name + "-wal")
    return Room({"main": _size(path), "wal": _size(wal)}, usage.free, usage.total)
