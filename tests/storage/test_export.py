"""What is exported covers the schema, and so does what erasing a person takes away."""

from storage import export
from storage.database import Database

NAMES_A_PERSON = ("person_id", "chat_id", "owner")
BY_TRIGGER = {"gemini_usage"}
"""Its rows become nobody's, so that the sums of a day stay right."""


async def naming_people(database: Database) -> dict[str, set[str]]:
    """Ordinary tables with a column that names a person, and those columns."""
    async with database.reader() as conn:
        rows = await conn.fetch_all(
            "SELECT m.name AS t, c.name AS c FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c"
            " WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
        )
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["c"] in NAMES_A_PERSON:
            found.setdefault(row["t"], set()).add(row["c"])
    return found


async def test_every_table_that_names_a_person_is_exported_or_left_out_for_a_reason(
    database: Database,
) -> None:
    named = await naming_people(database)
    assert len(named) > 20
    assert set(named) == (export.tables() - {"people"}) | {"people"} | (export.LEFT_OUT.keys() & named.keys())
    assert all(export.LEFT_OUT.values())


async def test_erasing_a_person_takes_along_every_table_that_names_one(database: Database) -> None:
    left = []
    async with database.reader() as conn:
        for table, columns in (await naming_people(database)).items():
            if "person_id" not in columns or table in BY_TRIGGER:
                continue
            keys = await conn.fetch_all("SELECT * FROM pragma_foreign_key_list(?)", (table,))
            if not any(
                (key["from"], key["table"], key["on_delete"]) == ("person_id", "people", "CASCADE")
                for key in keys
            ):
                left.append(table)
    assert left == []
