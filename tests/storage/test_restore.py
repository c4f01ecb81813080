"""Restoring: only a whole backup of ours, never over a database unasked, nothing deleted, never under a running bot."""

import asyncio
import os
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import people
from storage.backup import backup
from storage.database import Database
from storage.errors import (
    DatabaseBusy,
    DatabaseCorrupt,
    DatabaseNewer,
    DatabaseUnavailable,
    StorageError,
)
from storage.restore import restore

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


async def made(path: Path, *chats: int) -> Path:
    """A closed database with these people."""
    database = await Database.open(path)
    async with database.transaction() as tx:
        for chat in chats:
            await people.create(tx, chat)
    await database.close()
    return path


async def chats_in(path: Path) -> list[int]:
    database = await Database.open(path)
    async with database.reader() as conn:
        rows = await conn.fetch_all("SELECT chat_id FROM people ORDER BY chat_id")
    await database.close()
    return [row["chat_id"] for row in rows]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_backup_takes_an_empty_place(tmp_path: Path) -> None:
    copy = await backup(await made(tmp_path / "x.db", 1, 2), tmp_path / "copy.db")
    target = tmp_path / "new" / "cardapio.db"
    assert await restore(copy, target, NOW) is None
    assert stat.S_IMODE((await asyncio.to_thread(target.stat)).st_mode) == 0o600
    assert await asyncio.to_thread(names, target.parent) == ["cardapio.db"]
    assert await chats_in(target) == [1, 2]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
async def test_what_root_restores_belongs_to_who_runs_the_bot(tmp_path: Path) -> None:
    copy = await backup(await made(tmp_path / "x.db", 1), tmp_path / "copy.db")
    target = await made(tmp_path / "cardapio.db", 7)
    await asyncio.to_thread(os.chown, target, 10001, 10002)
    await restore(copy, target, NOW, over=True)
    found = await asyncio.to_thread(target.stat)
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (10001, 10002, 0o600)


async def test_it_never_replaces_a_database_unasked(tmp_path: Path) -> None:
    copy = await backup(await made(tmp_path / "x.db", 1), tmp_path / "copy.db")
    target = await made(tmp_path / "cardapio.db", 7)
    with pytest.raises(DatabaseUnavailable, match="--yes"):
        await restore(copy, target, NOW)
    assert await chats_in(target) == [7]


async def test_asked_to_it_sets_the_former_one_aside_whole(tmp_path: Path) -> None:
    copy = await backup(await made(tmp_path / "x.db", 1), tmp_path / "copy.db")
    target = await made(tmp_path / "cardapio.db", 7)
    aside = await restore(copy, target, NOW, over=True)
    assert aside == tmp_path / "cardapio.db.before-20261125T150000Z"
    assert await chats_in(target) == [1]
    assert await chats_in(aside) == [7]


async def test_what_a_kill_left_in_the_wal_is_set_aside_too(tmp_path: Path) -> None:
    copy = await backup(await made(tmp_path / "x.db", 1), tmp_path / "copy.db")
    target = tmp_path / "cardapio.db"
    database = await Database.open(target)
    async with database.transaction() as tx:
        await people.create(tx, 7)
    files = {suffix: target.with_name(target.name + suffix).read_bytes() for suffix in ("", "-wal")}
    await database.close()
    for suffix, content in files.items():  # as a kill leaves them
        target.with_name(target.name + suffix).write_bytes(content)
    aside = await restore(copy, target, NOW, over=True)
    assert aside is not None
    assert await chats_in(aside) == [7]
    assert await chats_in(target) == [1]


async def test_a_damaged_database_is_set_aside_byte_by_byte(tmp_path: Path) -> None:
    copy = await backup(await made(tmp_path / "x.db", 1), tmp_path / "copy.db")
    target = tmp_path / "cardapio.db"
    await asyncio.to_thread(target.write_bytes, b"\xa5" * 9000)
    aside = await restore(copy, target, NOW, over=True)
    assert aside is not None
    assert await asyncio.to_thread(aside.read_bytes) == b"\xa5" * 9000
    assert await chats_in(target) == [1]


async def test_under_a_running_bot_nothing_is_replaced(tmp_path: Path) -> None:
    copy = await backup(await made(tmp_path / "x.db", 1), tmp_path / "copy.db")
    running = await Database.open(tmp_path / "cardapio.db")
    with pytest.raises(DatabaseBusy, match="stop the bot"):
        await restore(copy, running.path, NOW, over=True)
    async with running.transaction() as tx:
        await people.create(tx, 7)
    await running.close()
    assert await chats_in(running.path) == [7]


async def unreadable(folder: Path) -> Path:
    path = folder / "bad.db"
    await asyncio.to_thread(path.write_bytes, b"not a database " * 500)
    return path


async def cut_short(folder: Path) -> Path:
    path = await made(folder / "bad.db", *range(100))
    content = await asyncio.to_thread(path.read_bytes)
    await asyncio.to_thread(path.write_bytes, content[: len(content) // 2])
    return path


async def of_another_program(folder: Path) -> Path:
    def make() -> None:
        with sqlite3.connect(folder / "bad.db") as raw:
            raw.execute("CREATE TABLE notes (x)")
        raw.close()

    await asyncio.to_thread(make)
    return folder / "bad.db"


async def newer(folder: Path) -> Path:
    database = await Database.open(folder / "bad.db")
    async with database.transaction() as tx:
        await tx.execute("PRAGMA user_version = 9999")
    await database.close()
    return database.path


async def missing(folder: Path) -> Path:
    return folder / "bad.db"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (unreadable, DatabaseCorrupt),
        (cut_short, DatabaseCorrupt),
        (of_another_program, DatabaseUnavailable),
        (newer, DatabaseNewer),
        (missing, DatabaseUnavailable),
    ],
)
async def test_what_is_no_whole_backup_of_ours_changes_nothing(
    source: object, error: type[StorageError], tmp_path: Path
) -> None:
    await asyncio.to_thread((tmp_path / "in").mkdir)
    bad: Path = await source(tmp_path / "in")  # type: ignore[operator]
    target = await made(tmp_path / "data" / "cardapio.db", 7)
    before = await asyncio.to_thread(target.read_bytes)
    with pytest.raises(error):
        await restore(bad, target, NOW, over=True)
    assert await asyncio.to_thread(target.read_bytes) == before
    assert await asyncio.to_thread(names, target.parent) == ["cardapio.db"]


async def test_the_database_is_not_restored_from_itself(tmp_path: Path) -> None:
    target = await made(tmp_path / "cardapio.db", 7)
    with pytest.raises(DatabaseUnavailable, match="itself"):
        await restore(target, target, NOW, over=True)
    assert await chats_in(target) == [7]


async def test_a_backup_leaves_its_source_and_schema_alone(tmp_path: Path) -> None:
    source = await made(tmp_path / "x.db", 1)
    before = await asyncio.to_thread(source.read_bytes)
    await backup(source, tmp_path / "copy.db")
    assert await asyncio.to_thread(source.read_bytes) == before
    with pytest.raises(DatabaseUnavailable, match="no database"):
        await backup(tmp_path / "none.db", tmp_path / "copy2.db")
    assert not {"none.db", "copy2.db"} & set(await asyncio.to_thread(names, tmp_path))
