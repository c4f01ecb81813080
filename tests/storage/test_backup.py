"""Backups: consistent while the database is written to, private, restorable, never over something else."""

import asyncio
import stat
from pathlib import Path

import pytest

from storage import people
from storage.backup import backup
from storage.database import Database
from storage.errors import DatabaseUnavailable


async def test_a_backup_under_load_is_one_consistent_moment(database: Database, tmp_path: Path) -> None:
    stop = asyncio.Event()

    async def write_pairs() -> int:
        pairs = 0
        while not stop.is_set():
            async with database.transaction() as tx:
                await people.create(tx, 2 * pairs)
                await people.create(tx, 2 * pairs + 1)
            pairs += 1
        return pairs

    writing = asyncio.create_task(write_pairs())
    copies = [await backup(database.path, tmp_path / f"copy{n}.db") for n in range(3)]
    stop.set()
    assert await writing > 0
    for copy in copies:
        restored = await Database.open(copy)
        async with restored.reader() as conn:
            row = await conn.fetch_one("SELECT count(*) AS n, sum(chat_id % 2) AS odd FROM people")
        await restored.close()
        assert row is not None
        assert row["n"] == 2 * (row["odd"] or 0)


async def test_a_backup_is_one_private_file(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as tx:
        await people.create(tx, 1)
    folder = tmp_path / "copies"
    target = await backup(database.path, folder / "copy.db")
    files = await asyncio.to_thread(lambda: [path.name for path in folder.iterdir()])
    mode = await asyncio.to_thread(lambda: stat.S_IMODE(target.stat().st_mode))
    assert (files, mode) == (["copy.db"], 0o600)


async def test_a_backup_never_overwrites(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "precious.db"
    target.write_text("mine")
    with pytest.raises(DatabaseUnavailable, match="already exists"):
        await backup(database.path, target)
    assert target.read_text() == "mine"


async def test_a_backup_that_cannot_be_written_says_so(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnavailable):
        await backup(database.path, tmp_path / "file" / "copy.db")
