"""A backup put in the place of the database, for ``bot.py restore``: checked first, and nothing is deleted."""

import asyncio
import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from storage import migrate
from storage.backup import copy_database, discard, make_private
from storage.driver import connect_untouched
from storage.errors import DatabaseBusy, DatabaseCorrupt, DatabaseNewer, DatabaseUnavailable
from storage.whole_file import nobody_else_has

COMPANIONS = ("-wal", "-shm")


async def restore(source: Path, target: Path, now: datetime, *, over: bool = False) -> Path | None:
    """Put the backup ``source`` in the place of ``target``; returns where the former file is now, None if there was none.

    The backup is copied and checked first: that it is whole, and of a version that this program knows. With ``over`` a
    database that is there is set aside under another name with the time in it. Raises ``DatabaseUnavailable`` (nothing
    there, or a database is there and ``over`` is not given), ``DatabaseBusy`` (a bot is using it), ``DatabaseCorrupt``,
    ``DatabaseNewer``; the database is then as it was.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        await asyncio.to_thread(_prepare, source, target, partial, over=over)
        try:
            await copy_database(source, partial)
            await _must_be_ours(partial)
            await _must_be_free(target)
            return await asyncio.to_thread(_swap, partial, target, now)
        finally:
            await asyncio.to_thread(discard, partial)
    except OSError as exc:
        raise DatabaseUnavailable(f"cannot restore {source}: {exc.strerror}") from exc


def _prepare(source: Path, target: Path, partial: Path, *, over: bool) -> None:
    if not source.is_file():
        raise DatabaseUnavailable(f"there is no backup {source}")
    if source.resolve() == target.resolve():
        raise DatabaseUnavailable(f"{source} is the database itself")
    if target.exists() and not over:
        raise DatabaseUnavailable(
            f"{target} is there: with --yes it is set aside under another name and {source} takes its place"
        )
    make_private(partial)


async def _must_be_ours(copy: Path) -> None:
    latest = len(await asyncio.to_thread(migrate.load))
    connection = await connect_untouched(copy)
    try:
        version = await migrate.version(connection)
        tables = await connection.fetch_all(
            "SELECT name FROM sqlite_schema WHERE name IN ('people', 'outbox')"
        )
    finally:
        await connection.close()
    if version == 0 or len(tables) < 2:
        raise DatabaseUnavailable("the backup is a database of something else than Cardápio")
    if version > latest:
        raise DatabaseNewer(
            f"the backup has schema version {version}, and this program knows versions up to {latest}: update it first"
        )


async def _must_be_free(target: Path) -> None:
    """A running bot would go on writing into the file that was set aside."""
    if not await asyncio.to_thread(target.exists):
        return
    with suppress(
        DatabaseCorrupt
    ):  # a damaged file is what a restore is for; the bot in maintenance lets go of it
        if not await nobody_else_has(target):
            raise DatabaseBusy(f"a program is using {target}: stop the bot, then restore")


def _give_to_its_owner(partial: Path, like: Path) -> None:
    """An operator may restore as root: the bot, which is somebody else, must be able to open what it finds."""
    owner = like.stat()
    if getattr(os, "geteuid", lambda: 1)() == 0 and owner.st_uid != 0:
        os.chown(partial, owner.st_uid, owner.st_gid)


def _swap(partial: Path, target: Path, now: datetime) -> Path | None:
    """At each moment there is a database under its name: a bot that starts just then never finds none and makes one."""
    _give_to_its_owner(partial, target if target.exists() else target.parent)
    aside = None
    if target.exists():
        aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
        if aside.exists():
            raise DatabaseUnavailable(f"{aside} already exists")
        try:
            os.link(target, aside)
        except OSError:  # a disk without links
            shutil.copy2(target, aside)
        for suffix in COMPANIONS:
            with suppress(FileNotFoundError):
                target.with_name(target.name + suffix).rename(aside.with_name(aside.name + suffix))
    partial.replace(target)
    return aside
