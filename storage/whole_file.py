"""What is done with the database's file as a whole: copying it, and asking whether it is in use."""

import asyncio
from pathlib import Path
from typing import Any

from storage.driver import Connection, driver
from storage.errors import DatabaseBusy
from storage.result_codes import translated


async def nobody_else_has(path: Path) -> bool:
    """Whether no program has the database open; its WAL is then moved into it. Raises ``DatabaseCorrupt``."""
    module = driver()

    def look() -> bool:
        raw = module.connect(path, isolation_level=None, timeout=0)
        try:
            # In WAL mode an exclusive lock is refused while anybody, idle or not, has the file open.
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            raw.execute("BEGIN EXCLUSIVE")
            raw.execute("ROLLBACK")
        except module.Error as exc:
            error = translated(exc)
            if isinstance(error, DatabaseBusy):
                return False
            raise error from exc
        finally:
            raw.close()
        return True

    return await asyncio.to_thread(look)


async def copy_to(source: Connection, target: Path) -> None:
    """Copy the whole database of ``source`` into the file ``target`` as one consistent snapshot, while it is in use.

    Pages are copied as they are (SQLite's backup API): VACUUM INTO may renumber rows that vector tables refer to.
    """
    module = driver()

    def copy(raw: Any) -> None:
        destination = module.connect(target)
        try:
            raw.backup(destination)
        finally:
            destination.close()

    await source.run(copy)
