"""The database: transactions, savepoints, readers, errors, file mode."""

import asyncio
import stat
from pathlib import Path

import pytest

from storage import people
from storage.database import Database
from storage.driver import connect, driver
from storage.errors import (
    ConstraintViolated,
    DatabaseBusy,
    DatabaseCorrupt,
    DatabaseUnavailable,
    StorageError,
)
from storage.migrate import statements
from tests.fakes.clock import START


async def chats(database: Database) -> list[int]:
    async with database.reader() as conn:
        return [row["chat_id"] for row in await conn.fetch_all("SELECT chat_id FROM people ORDER BY chat_id")]


async def test_a_transaction_keeps_all_of_its_block(database: Database) -> None:
    async with database.transaction() as tx:
        await people.create(tx, 1)
        await people.create(tx, 2)
    assert await chats(database) == [1, 2]


async def test_an_exception_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(LookupError):
        async with database.transaction() as tx:
            await people.create(tx, 1)
            raise LookupError
    assert await chats(database) == []


async def test_an_exception_in_an_inner_block_undoes_only_that_block(database: Database) -> None:
    async with database.transaction() as tx:
        await people.create(tx, 1)
        with pytest.raises(LookupError):
            async with database.transaction() as inner:
                await people.create(inner, 2)
                async with database.transaction() as deeper:
                    await people.create(deeper, 3)
                raise LookupError
        async with database.transaction() as inner:
            await people.create(inner, 4)
    assert await chats(database) == [1, 4]


async def test_readers_see_only_what_was_committed(database: Database) -> None:
    async with database.transaction() as tx:
        await people.create(tx, 1)
        assert await chats(database) == []
    assert await chats(database) == [1]


async def test_transactions_of_different_tasks_wait_for_each_other(database: Database) -> None:
    async def add(chat_id: int) -> None:
        async with database.transaction() as tx:
            before = len(await tx.fetch_all("SELECT id FROM people"))
            await asyncio.sleep(0)
            await people.create(tx, chat_id)
            assert len(await tx.fetch_all("SELECT id FROM people")) == before + 1

    await asyncio.gather(*(add(chat_id) for chat_id in range(20)))
    assert len(await chats(database)) == 20


@pytest.mark.parametrize("steps", range(12))
async def test_a_cancelled_transaction_leaves_nothing_half_done(database: Database, steps: int) -> None:
    async def add_two() -> None:
        async with database.transaction() as tx:
            await people.create(tx, 1)
            await people.create(tx, 2)

    task = asyncio.create_task(add_two())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert await chats(database) in ([], [1, 2])
    async with database.transaction() as tx:
        await people.create(tx, 3)
    assert 3 in await chats(database)


async def test_what_is_to_run_soon_runs_in_order_before_what_is_asked_next(database: Database) -> None:
    async with database.transaction() as tx:
        tx.soon(lambda raw: raw.execute("INSERT INTO people (chat_id) VALUES (1)"))
        tx.soon(lambda raw: raw.execute("INSERT INTO people (chat_id) VALUES (2)"))
        assert [row["chat_id"] for row in await tx.fetch_all("SELECT chat_id FROM people ORDER BY id")] == [
            1,
            2,
        ]
        tx.soon(lambda raw: raw.execute("DELETE FROM people WHERE chat_id = 1"))
    assert await chats(database) == [2]


async def test_what_was_to_run_soon_and_fails_undoes_the_block(database: Database) -> None:
    with pytest.raises(ConstraintViolated):
        async with database.transaction() as tx:
            await people.create(tx, 1)
            tx.soon(lambda raw: raw.execute("INSERT INTO people (chat_id) VALUES (1)"))
    assert await chats(database) == []
    async with database.transaction() as tx:
        await people.create(tx, 2)
        with pytest.raises(ConstraintViolated):
            async with database.transaction() as inner:
                await people.create(inner, 3)
                inner.soon(lambda raw: raw.execute("INSERT INTO people (chat_id) VALUES (2)"))
    assert await chats(database) == [2]


async def test_one_that_cannot_be_kept_leaves_alone_the_one_that_follows_at_its_heels(
    database: Database,
) -> None:
    async def broken() -> None:
        async with database.transaction() as tx:
            await people.create(tx, 1)
            tx.soon(lambda raw: raw.execute("INSERT INTO people (chat_id) VALUES (1)"))

    async def whole(chat_id: int) -> None:
        async with database.transaction() as tx:
            await people.create(tx, chat_id)

    work = (broken(), whole(2), broken(), database.at_once(lambda tx: people.create(tx, 3)))
    ended = await asyncio.gather(*work, return_exceptions=True)
    assert [type(each) for each in ended if isinstance(each, Exception)] == [ConstraintViolated] * 2
    assert await chats(database) == [2, 3]


async def test_nothing_is_written_outside_a_transaction_that_could_not_begin(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute("PRAGMA busy_timeout = 1")
    other = await connect(database.path)
    await other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy):
        async with database.transaction() as tx:
            with pytest.raises(DatabaseBusy):
                await people.create(tx, 1)
            await people.create(tx, 2)
    with pytest.raises(LookupError):
        async with database.transaction() as tx:
            with pytest.raises(DatabaseBusy):
                await people.create(tx, 3)
            await other.rollback()
            await people.create(tx, 4)
            raise LookupError
    assert await chats(database) == []
    await other.close()


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.reader() as conn:
        with pytest.raises(StorageError):
            await people.create(conn, 1)


async def test_a_broken_constraint_has_an_error_of_its_own(database: Database) -> None:
    with pytest.raises(ConstraintViolated):
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO profiles (person_id) VALUES (99)")


async def test_a_lock_held_by_another_process_is_reported_as_busy(database: Database) -> None:
    other = await connect(database.path)
    await other.execute("BEGIN IMMEDIATE")
    async with database.reader() as conn:
        with pytest.raises(StorageError):  # a reader refuses at once; the writer would wait its whole timeout
            await conn.execute("BEGIN IMMEDIATE")
    impatient = await connect(database.path)
    await impatient.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(DatabaseBusy):
        await impatient.execute("BEGIN IMMEDIATE")
    await impatient.close()
    await other.close()


async def test_a_file_that_is_not_a_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "not.db"
    path.write_bytes(b"these are somebody's notes, not a database" * 50)
    before = path.read_bytes()
    with pytest.raises(DatabaseCorrupt):
        await Database.open(path)
    assert path.read_bytes() == before


async def test_a_folder_in_the_place_of_the_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        await Database.open(tmp_path)


async def test_a_closed_database_says_so(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "x.db")
    await database.close()
    await database.close()
    with pytest.raises(DatabaseUnavailable):
        async with database.transaction():
            pass
    with pytest.raises(DatabaseUnavailable):
        async with database.reader():
            pass


async def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "new" / "x.db")
    async with database.transaction() as tx:
        await people.create(tx, 1)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    await database.close()
    assert set(modes) == {"x.db", "x.db-wal", "x.db-shm"}
    assert set(modes.values()) == {0o600}


async def test_connections_are_set_up_for_safety_and_vectors(database: Database) -> None:
    async with database.transaction() as tx:
        assert (await tx.fetch_all("PRAGMA journal_mode"))[0]["journal_mode"] == "wal"
        assert (await tx.fetch_all("PRAGMA foreign_keys"))[0]["foreign_keys"] == 1
        assert (await tx.fetch_all("PRAGMA synchronous"))[0]["synchronous"] == 1
        assert (await tx.fetch_all("SELECT vec_version() AS v"))[0]["v"].startswith("v")


async def test_all_our_tables_are_strict(database: Database) -> None:
    async with database.reader() as conn:
        rows = await conn.fetch_all("SELECT name, strict, type FROM pragma_table_list WHERE schema = 'main'")
    ours = {"people", "profiles", "restrictions", "conversations", "weeks", "week_days", "meals", "jobs"}
    ours |= {"inbox", "outbox", "reminders", "reminder_log"}
    assert ours <= {row["name"] for row in rows if row["strict"]}


async def test_erasing_a_person_erases_all_that_is_theirs(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        await people.set_consent(tx, person.id, version="1", gemini=None, now=START)
        await people.delete(tx, person.id)
        tables = await tx.fetch_all(
            "SELECT m.name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f"
            " WHERE f.\"table\" = 'people' AND f.on_delete <> 'CASCADE'"
        )
    assert tables == []
    assert await chats(database) == []


def test_scripts_are_split_at_statements_and_not_inside_them() -> None:
    script = """
        -- a comment; with a semicolon
        CREATE TABLE a (x TEXT DEFAULT 'a;b');
        CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; SELECT 1; END;
        SELECT 2; -- the end
    """
    found = statements(script)
    assert len(found) == 3
    assert found[1].endswith("END;")


def test_a_script_that_ends_in_the_middle_is_refused() -> None:
    with pytest.raises(ValueError, match="middle"):
        statements("SELECT 1; SELECT 'open")


def test_the_driver_can_load_extensions() -> None:
    assert driver().__name__ in ("pysqlite3", "sqlite3")
