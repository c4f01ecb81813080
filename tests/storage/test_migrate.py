"""Migrations: from every earlier version, in order, refused when newer, undone when broken."""

from pathlib import Path

import pytest

from storage import migrate
from storage.database import Database
from storage.driver import Connection, connect
from storage.errors import DatabaseNewer, MigrationFailed
from storage.migrate import Migration

MIGRATIONS = migrate.load()
LATEST = len(MIGRATIONS)


async def schema(conn: Connection) -> list[tuple[str, str]]:
    rows = await conn.fetch_all("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [(row["name"], row["sql"]) for row in rows]


async def at_version(path: Path, version: int) -> Connection:
    conn = await connect(path)
    await migrate.migrate(conn, MIGRATIONS[:version])
    return conn


@pytest.mark.parametrize("version", range(LATEST + 1))
async def test_a_database_of_any_earlier_version_becomes_the_newest(tmp_path: Path, version: int) -> None:
    conn = await at_version(tmp_path / "old.db", version)
    if version:
        await conn.execute("INSERT INTO people (chat_id) VALUES (77)")
        await conn.execute("INSERT INTO restrictions VALUES (5, 1, 'gluten', 'alergia', 'celíaca', 0)")
    await conn.close()

    upgraded = await Database.open(tmp_path / "old.db")
    fresh = await Database.open(tmp_path / "fresh.db")
    async with upgraded.reader() as old, fresh.reader() as new:
        assert await migrate.version(old) == LATEST
        assert await schema(old) == await schema(new)
        kept = await old.fetch_all("SELECT code, said FROM restrictions")
        assert [tuple(row.values()) for row in kept] == ([("gluten", "celíaca")] if version else [])
        assert await old.fetch_all("PRAGMA foreign_key_check") == []
    await upgraded.close()
    await fresh.close()


async def test_a_second_start_migrates_nothing(tmp_path: Path) -> None:
    conn = await at_version(tmp_path / "x.db", LATEST)
    assert await migrate.migrate(conn, MIGRATIONS) == 0
    await conn.close()


async def test_a_newer_database_is_refused_with_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    conn = await at_version(tmp_path / "new.db", LATEST)
    await conn.execute(f"PRAGMA user_version = {LATEST + 1}")
    await conn.close()
    with pytest.raises(DatabaseNewer, match="update the program"):
        await Database.open(tmp_path / "new.db")


async def test_a_migration_that_breaks_leaves_the_version_before_it(tmp_path: Path) -> None:
    conn = await at_version(tmp_path / "x.db", LATEST)
    broken = Migration(LATEST + 1, "9999_broken", ("CREATE TABLE half (x) ", "SELECT * FROM nowhere"))
    with pytest.raises(MigrationFailed, match="9999_broken"):
        await migrate.migrate(conn, (*MIGRATIONS, broken))
    assert await migrate.version(conn) == LATEST
    assert "half" not in [name for name, _ in await schema(conn)]
    await conn.close()


def test_numbers_must_have_no_gaps(tmp_path: Path) -> None:
    (tmp_path / "0001_a.sql").write_text("SELECT 1;")
    (tmp_path / "0003_c.sql").write_text("SELECT 1;")
    with pytest.raises(MigrationFailed, match="gaps"):
        migrate.load(tmp_path)


def test_names_must_be_readable(tmp_path: Path) -> None:
    (tmp_path / "first.sql").write_text("SELECT 1;")
    with pytest.raises(MigrationFailed, match=r"first\.sql"):
        migrate.load(tmp_path)
