"""Another program over the same file: a backup, a command of the front door, an operator's own look."""

import asyncio
import sys
from pathlib import Path

from storage import people
from storage.database import Database
from storage.whole_file import nobody_else_has

ROOT = Path(__file__).resolve().parent.parent.parent

OPEN_AND_CLOSE = """
import sys
from storage.driver import driver
raw = driver().connect(sys.argv[1])
print(raw.execute("SELECT count(*) FROM people").fetchone()[0])
raw.close()
"""

IS_FREE = """
import asyncio, sys
from pathlib import Path
from storage.whole_file import nobody_else_has
print(asyncio.run(nobody_else_has(Path(sys.argv[1]))))
"""


async def elsewhere(program: str, path: Path) -> str:
    """What a program in a process of its own prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return out.decode().strip()


async def test_a_program_that_closes_the_database_leaves_our_wal_in_its_place(database: Database) -> None:
    wal = database.path.with_name(database.path.name + "-wal")
    async with database.transaction() as tx:
        await people.create(tx, 1)
    before = (await asyncio.to_thread(wal.stat)).st_ino
    assert await elsewhere(OPEN_AND_CLOSE, database.path) == "1"
    assert (await asyncio.to_thread(wal.stat)).st_ino == before
    async with database.transaction() as tx:
        await people.create(tx, 2)
    assert await elsewhere(OPEN_AND_CLOSE, database.path) == "2"


async def test_whether_somebody_has_it_open_is_seen_from_another_process(database: Database) -> None:
    assert await elsewhere(IS_FREE, database.path) == "False"
    await database.close()
    assert await elsewhere(IS_FREE, database.path) == "True"
    assert await nobody_else_has(database.path)
