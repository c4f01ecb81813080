"""A consistent copy of the live database, for ``bot.py backup``."""

import asyncio
import os
from pathlib import Path

from storage.database import Database
from storage.driver import Connection, connect, copy_to
from storage.errors import DatabaseCorrupt, DatabaseUnavailable


async def backup(database: Database, target: Path) -> Path:
    """Copy ``database`` to ``target``, which must not exist yet; the bot may keep working meanwhile.

    The copy is one snapshot, is checked before it gets its name, and is readable by its owner only. Raises
    ``DatabaseUnavailable`` when it cannot be written and ``DatabaseCorrupt`` when the copy does not pass the check.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        await asyncio.to_thread(_prepare, target, partial)
        try:
            await _copy(database, partial)
            await asyncio.to_thread(partial.rename, target)
        finally:
            await asyncio.to_thread(_discard, partial)
    except OSError as exc:
        raise DatabaseUnavailable(f"cannot write the backup {target}: {exc.strerror}") from exc
    return target


async def _copy(database: Database, partial: Path) -> None:
    # A connection of its own: the copy must not hold up the bot's readers or its writer.
    source = await connect(database.path, read_only=True)
    try:
        await copy_to(source, partial)
    finally:
        await source.close()
    await _check(partial)


def _prepare(target: Path, partial: Path) -> None:
    if target.exists():
        raise DatabaseUnavailable(f"{target} already exists; a backup never overwrites")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _discard(partial: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        partial.with_name(partial.name + suffix).unlink(missing_ok=True)


async def _check(copy: Path) -> None:
    connection: Connection = await connect(copy)
    try:
        # One file is easier to carry away than three; the bot turns WAL on again when it opens a restored copy.
        await connection.execute("PRAGMA journal_mode = DELETE")
        rows = await connection.fetch_all("PRAGMA quick_check")
    finally:
        await connection.close()
    if [tuple(row.values()) for row in rows] != [("ok",)]:
        raise DatabaseCorrupt(f"the copy of {copy.name} failed SQLite's quick_check")
