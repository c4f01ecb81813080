"""What a person erases is gone from the files too: the database, and the write-ahead log beside it."""

import asyncio
from pathlib import Path

from nutrition.person import Restriction, Strength
from storage import chunks, people, restrictions
from storage.chunks import NewChunk, NewDocument
from storage.database import Database
from storage.driver import connect_untouched
from storage.passages import Stems, Word
from storage.people import Person
from tests.fakes.clock import START

SAID, WRITTEN = "jabuticabinha", "xaropelandia"


async def somebody(database: Database) -> Person:
    """A person with a restriction in words of their own and a document."""
    chunk = NewChunk(
        "Plano",
        1,
        "passage",
        None,
        WRITTEN,
        "hash",
        Stems(WRITTEN, WRITTEN),
        (Word(WRITTEN, WRITTEN, WRITTEN),),
    )
    async with database.transaction() as tx:
        person = await people.create(tx, 5)
        await restrictions.add(tx, person.id, Restriction("fruta:x", Strength.ALERGIA, SAID), START)
        plan = NewDocument(person.id, "chat", f"{WRITTEN}.md", WRITTEN, "hash", "hash:", (chunk,))
        update = await chunks.begin_document(tx, plan)
        await chunks.add_chunks(tx, update, update.to_add)
        await chunks.finish_document(tx, update, "hash")
    return person


async def found(path: Path) -> set[str]:
    """The words that are in the files of a database."""

    def look() -> set[str]:
        files = (path, path.with_name(path.name + "-wal"))
        content = b"".join(file.read_bytes() for file in files if file.exists())
        return {word for word in (SAID, WRITTEN) if word.encode() in content}

    return await asyncio.to_thread(look)


async def test_no_word_of_an_erased_person_stays_in_the_files(database: Database) -> None:
    person = await somebody(database)
    await database.empty_log()
    assert await found(database.path) == {SAID, WRITTEN}  # in the database itself
    database.erased.clear()
    async with database.transaction() as tx:
        await people.delete(tx, person.id)
    await database.erased.wait()
    assert await database.empty_log()
    assert await found(database.path) == set()


async def test_a_document_that_goes_asks_for_the_log_to_be_emptied(database: Database) -> None:
    person = await somebody(database)
    database.erased.clear()
    async with database.transaction() as tx:
        (plan,) = await chunks.documents_of(tx, person.id)
        await chunks.remove_document(tx, plan.id)
    await database.erased.wait()
    assert await database.empty_log()
    assert await found(database.path) == {SAID}


async def test_while_a_copy_is_read_the_log_stays_and_is_emptied_after_it(database: Database) -> None:
    person = await somebody(database)
    copying = await connect_untouched(database.path)
    try:
        await copying.execute("BEGIN")
        await copying.fetch_all("SELECT said FROM restrictions")
        async with database.transaction() as tx:
            await people.delete(tx, person.id)
        assert not await database.empty_log()
        async with database.transaction() as tx:  # and nobody waits for it
            await people.create(tx, 6)
    finally:
        await copying.close()
    assert await database.empty_log()
    assert await found(database.path) == set()
