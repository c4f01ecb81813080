"""What SQLite's result codes mean here."""

from pathlib import Path

from storage.errors import (
    ConstraintViolated,
    DatabaseBusy,
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseUnavailable,
    IndexCorrupt,
    StorageError,
)

_SQLITE_BUSY, _SQLITE_LOCKED, _SQLITE_CORRUPT, _SQLITE_FULL, _SQLITE_CONSTRAINT, _SQLITE_NOTADB = (
    5,
    6,
    11,
    13,
    19,
    26,
)
_SQLITE_CORRUPT_VTAB = 267
"""An extended code: a virtual table (the full-text index) is damaged, the file is not."""

_ERRORS_BY_CODE: dict[int, type[StorageError]] = {
    _SQLITE_BUSY: DatabaseBusy,
    _SQLITE_LOCKED: DatabaseBusy,
    _SQLITE_CORRUPT: DatabaseCorrupt,
    _SQLITE_NOTADB: DatabaseCorrupt,
    _SQLITE_FULL: DatabaseFull,
    _SQLITE_CONSTRAINT: ConstraintViolated,
    3: DatabaseUnavailable,  # SQLITE_PERM
    8: DatabaseUnavailable,  # SQLITE_READONLY
    10: DatabaseUnavailable,  # SQLITE_IOERR
    14: DatabaseUnavailable,  # SQLITE_CANTOPEN
}
"""Primary result codes of https://www.sqlite.org/rescode.html; any other is a plain ``StorageError``."""


def translated(exc: Exception, path: Path | None = None) -> StorageError:
    """The meaning of what a driver raised, about the file ``path`` where that is to be said."""
    said = str(exc) if path is None else f"{path}: {exc}"
    code = getattr(exc, "sqlite_errorcode", None)
    if code == _SQLITE_CORRUPT_VTAB or (code == _SQLITE_CORRUPT and str(exc).startswith("fts5")):
        return IndexCorrupt(said)
    kind = _ERRORS_BY_CODE.get(code & 0xFF, StorageError) if isinstance(code, int) else StorageError
    return kind(said)
