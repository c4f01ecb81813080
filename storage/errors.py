"""What can go wrong in storage.

    StorageError
    ├── DatabaseUnavailable     cannot be opened, read or written (path, permissions, disk)
    │   ├── DatabaseFull        the disk is full
    │   └── DriverMissing       no SQLite here can load sqlite-vec
    ├── DatabaseBusy            another process holds the write lock for longer than the busy timeout
    ├── DatabaseNewer           made by a newer version of this program; never touched
    ├── DatabaseCorrupt         not a database, or a damaged one; never overwritten
    ├── IndexCorrupt            the full-text index is damaged; it can be made anew
    ├── MigrationFailed         a migration did not apply; the database is as it was before it
    ├── ConstraintViolated      a unique, foreign key or check constraint said no
    └── StoredDataInvalid       a stored value does not parse into its noun

The driver's own exceptions never leave ``storage.driver``; they are the ``__cause__`` of these.
"""


class StorageError(Exception):
    """Something went wrong in storage."""


class DatabaseUnavailable(StorageError):
    """The database cannot be opened, read or written."""


class DatabaseFull(DatabaseUnavailable):
    """The disk that holds the database is full."""


class DriverMissing(DatabaseUnavailable):
    """What is installed cannot open any of our databases."""


class DatabaseBusy(StorageError):
    """Another process held the write lock for longer than the busy timeout; worth trying again."""


class DatabaseNewer(StorageError):
    """The database was made by a newer version of this program."""


class DatabaseCorrupt(StorageError):
    """The file is not a database, or is damaged."""


class IndexCorrupt(StorageError):
    """The full-text index is damaged; what it was made of is not."""


class MigrationFailed(StorageError):
    """A migration did not apply; its transaction was rolled back."""


class ConstraintViolated(StorageError):
    """A unique, foreign key or check constraint refused the change."""


class StoredDataInvalid(StorageError):
    """A stored value does not parse into the noun it should be."""
