"""A consistent copy of the live database, for ``bot.py backup``."""

import asyncio
import os
from pathlib import Path

from storage.checkup import check
from storage.driver import Connection, connect, connect_untouched
from storage.errors import DatabaseUnavailable
from storage.whole_file import copy_to


async def backup(source: Path, target: Path) -> Path:
    """Copy the database ``source`` to ``target``, which must not exist yet; the bot may keep working meanwhile.

    The copy is one snapshot, is checked before it gets its name, and is readable by its owner only; nothing of the
    source is changed, its schema included. Raises ``DatabaseUnavailable`` when there is nothing to copy or it cannot be
    written, and ``DatabaseCorrupt`` when the copy does not pass the check.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        await asyncio.to_thread(_prepare, source, target, partial)
        try:
            await copy_database(source, partial)
            await asyncio.to_thread(partial.rename, target)
        finally:
            await asyncio.to_thread(discard, partial)
    except OSError as exc:
        raise DatabaseUnavailable(f"cannot write the backup {target}: {exc.strerror}") from exc
    return target


async def copy_database(source: Path, partial: Path) -> None:
    """Copy ``source`` into the empty file ``partial``; both are checked. Raises ``StorageError``."""
    await check(source)
    # A connection of its own: the copy must not hold up the bot's readers or its writer.
    reading = await connect_untouched(source)
    try:
        await copy_to(reading, partial)
    finally:
        await reading.close()
    await check(partial)
    connection: Connection = await connect(partial)
    try:
        # One file is easier to carry away than three; the bot turns WAL on again when it opens a restored copy.
        await connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        await connection.close()


def make_private(partial: Path) -> None:
    """An empty file for its owner alone, in the place of what a broken copy left."""
    partial.parent.mkdir(parents=True, exist_ok=True)
    discard(partial)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def discard(partial: Path) -> None:
    """Remove an unfinished copy and the files beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        partial.with_name(partial.name + suffix).unlink(missing_ok=True)


def _prepare(source: Path, target: Path, partial: Path) -> None:
    if not source.exists():
        raise DatabaseUnavailable(f"there is no database {source} to copy; see DATABASE_PATH")
    if target.exists():
        raise DatabaseUnavailable(f"{target} already exists; a backup never overwrites")
    make_private(partial)
