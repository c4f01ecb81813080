"""Numbered migrations (``storage/migrations/NNNN_what.sql``), applied at start, each in a transaction of its own.

``PRAGMA user_version`` holds the number of the last one applied. A published migration is never edited: a change is
a new file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.driver import Connection, driver
from storage.errors import DatabaseNewer, MigrationFailed

FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema. ``number`` counts from 1 without gaps."""

    number: int
    name: str
    statements: tuple[str, ...]


def load(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Read the migrations in order (blocking). Raises ``MigrationFailed`` for gaps and unreadable names."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        match = _NAME.fullmatch(path.name)
        if match is None:
            raise MigrationFailed(f"{path.name} is not named like 0001_what.sql")
        script = path.read_text(encoding="utf-8")
        found.append(Migration(int(match[1]), path.stem, tuple(statements(script))))
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise MigrationFailed("migrations must count 0001, 0002, … without gaps")
    return tuple(found)


async def version(conn: Connection) -> int:
    """The number of the last migration applied; 0 for a new database."""
    row = await conn.fetch_one("PRAGMA user_version")
    return int(row["user_version"]) if row else 0


async def migrate(conn: Connection, migrations: Sequence[Migration]) -> int:
    """Apply what is missing; returns how many were applied.

    Raises ``DatabaseNewer`` when the database knows more migrations than ``migrations``, and ``MigrationFailed``
    when one does not apply (the database then stays at the version before it).
    """
    current, latest = await version(conn), len(migrations)
    if current > latest:
        raise DatabaseNewer(
            f"{conn.path} has schema version {current}, and this program knows versions up to {latest}. "
            "It was opened by a newer Cardápio: update the program, or restore a backup made before the update. "
            "Nothing was changed."
        )
    applied = 0
    for migration in migrations[current:]:
        applied += await conn.run(lambda raw, migration=migration: _apply(raw, migration))  # type: ignore[misc]
    return applied


def _apply(raw: Any, migration: Migration) -> bool:
    """Apply one migration unless another process just did; runs in the connection's thread."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        if raw.execute("PRAGMA user_version").fetchone()["user_version"] >= migration.number:
            raw.execute("ROLLBACK")
            return False
        for statement in migration.statements:
            raw.execute(statement)
        raw.execute(f"PRAGMA user_version = {migration.number}")
        raw.execute("COMMIT")
    except Exception as exc:
        raw.rollback()
        raise MigrationFailed(f"migration {migration.name} did not apply: {exc}") from exc
    return True


def statements(script: str) -> list[str]:
    """Split an SQL script into statements, right for semicolons inside strings and triggers."""
    found: list[str] = []
    *pieces, tail = script.split(";")
    pending = ""
    for piece in pieces:
        pending += piece + ";"
        if driver().complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    left = (pending + tail).splitlines()
    if any(line.strip() and not line.strip().startswith("--") for line in left):
        raise ValueError("the script ends in the middle of a statement")
    return found
