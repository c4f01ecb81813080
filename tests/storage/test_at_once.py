"""Work in one hop: kept or undone as a whole, with the errors of any other, and awaiting nothing else."""

import asyncio
from pathlib import Path

import pytest

from storage import people
from storage.at_once import at_once
from storage.database import COMMITS_A_CHECKPOINT, Connection, Database
from storage.errors import ConstraintViolated, DatabaseUnavailable


async def chats(database: Database) -> list[int]:
    async with database.reader() as conn:
        return [row["chat_id"] for row in await conn.fetch_all("SELECT chat_id FROM people ORDER BY chat_id")]


async def both(tx: Connection) -> int:
    await people.create(tx, 1)
    return (await people.create(tx, 2)).chat_id


async def test_all_of_it_is_kept_and_its_result_returned(database: Database) -> None:
    assert await database.at_once(both) == 2
    assert await chats(database) == [1, 2]


async def test_an_error_undoes_it_and_is_the_same_as_outside(database: Database) -> None:
    async def twice(tx: Connection) -> None:
        await people.create(tx, 1)
        await tx.insert("INSERT INTO people (chat_id) VALUES (?)", (1,))

    with pytest.raises(ConstraintViolated):
        await database.at_once(twice)
    assert await chats(database) == []
    await database.at_once(both)


async def test_within_a_transaction_it_is_a_part_of_that(database: Database) -> None:
    with pytest.raises(LookupError):
        async with database.transaction():
            await database.at_once(both)
            raise LookupError
    assert await chats(database) == []


async def test_waiting_for_anything_else_is_refused_and_undone(database: Database) -> None:
    async def waits(tx: Connection) -> None:
        await people.create(tx, 1)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="something else"):
        await database.at_once(waits)
    assert await chats(database) == []


async def test_a_reader_reads_in_one_hop_too_and_nobody_closes_it_from_inside(database: Database) -> None:
    await database.at_once(both)

    async def read(conn: Connection) -> list[int]:
        nested = await at_once(conn, lambda inside: people.get_by_chat(inside, 1))
        found = [nested, await people.get_by_chat(conn, 2)]
        with pytest.raises(DatabaseUnavailable):
            await conn.close()
        return [person.chat_id for person in found if person is not None]

    async with database.reader() as conn:
        assert await at_once(conn, read) == [1, 2]


async def test_one_that_is_cancelled_is_ended_before_the_next_begins(database: Database) -> None:
    first = asyncio.create_task(database.at_once(both))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await chats(database) in ([], [1, 2])
    await database.at_once(lambda tx: people.create(tx, 3))


async def test_the_log_is_moved_into_the_file_while_the_database_is_in_use(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "x.db")
    file = database.path
    before = await asyncio.to_thread(file.stat)
    for chat_id in range(1, 20 * COMMITS_A_CHECKPOINT):
        await database.at_once(lambda tx, chat_id=chat_id: people.create(tx, chat_id))  # type: ignore[misc]
        if (await asyncio.to_thread(file.stat)).st_size > before.st_size:
            break
    else:
        pytest.fail("nothing was moved")
    await database.close()
