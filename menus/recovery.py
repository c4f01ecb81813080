"""When a database that could not be served from may be tried again."""

from pathlib import Path

from menus.alerts import Alert
from storage import checkup
from storage.clock import Clock
from storage.database import Database
from storage.errors import (
    DatabaseBusy,
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseUnavailable,
    DriverMissing,
    StorageError,
)

PASSING = (DatabaseCorrupt, DatabaseFull, DatabaseBusy)
"""Troubles for which the bot stays, in maintenance."""

TOO_LITTLE_BYTES = 1024**2
"""SQLite cannot even open a database where there is no room for its shared memory, and calls that an I/O error."""


def passing(trouble: StorageError, free: int, *, there: bool) -> StorageError | None:
    """``trouble`` if the bot should stay in maintenance for it; what it really is, where ``free`` bytes tell that.

    A file that is ``there`` and cannot be opened (a disk that only reads, another owner) holds people who wait for an
    answer. Anything else is for the operator to read at start.
    """
    if isinstance(trouble, PASSING):
        return trouble
    if isinstance(trouble, DatabaseUnavailable) and free < TOO_LITTLE_BYTES:
        return DatabaseFull(str(trouble))
    unopened = isinstance(trouble, DatabaseUnavailable) and not isinstance(trouble, DriverMissing)
    return trouble if unopened and there else None


class Recovery:
    """Made when the trouble came and nothing of ours holds the file any more."""

    def __init__(self, path: Path, trouble: StorageError, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._trouble = trouble
        self._seen: tuple[int, int, int] | None = None

    @property
    def alert(self) -> Alert:
        """What the operators are told."""
        return Alert.DATABASE if isinstance(self._trouble, DatabaseCorrupt) else Alert.STORAGE

    @property
    def about(self) -> dict[str, str | int]:
        """What the alert says beside its kind."""
        return {} if self.alert is Alert.DATABASE else {"error": type(self._trouble).__name__}

    async def begin(self) -> None:
        """Remember the file as it is: a damaged one is looked at again only when it is another one."""
        self._seen = await checkup.fingerprint(self._path)

    async def over(self) -> bool:
        """Whether to serve again. A damaged file is not written to, and a missing one not made anew: somebody is at it."""
        found = await checkup.fingerprint(self._path)
        if found is None and self._seen is not None:
            return False
        if self.alert is Alert.DATABASE:
            if found == self._seen:
                return False
            self._seen = found
        try:
            await checkup.check(self._path)
            if self.alert is Alert.STORAGE:
                database = await Database.open(self._path)
                try:
                    await checkup.beat(database, self._clock.now())
                finally:
                    await database.close()
        except StorageError:
            return False
        return True
