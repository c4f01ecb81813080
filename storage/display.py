"""How a person wants to be shown things; no row means the defaults."""

from storage.driver import Connection


async def numbers_hidden(conn: Connection, person_id: int) -> bool:
    """Whether kcal, macros and weight are to be left out of what this person sees."""
    row = await conn.fetch_one("SELECT numbers_hidden FROM display_choices WHERE person_id = ?", (person_id,))
    return bool(row and row["numbers_hidden"])


async def set_numbers_hidden(conn: Connection, person_id: int, hidden: bool) -> None:
    """Hide or show numbers from now on."""
    await conn.execute(
        "INSERT INTO display_choices (person_id, numbers_hidden) VALUES (?1, ?2)"
        " ON CONFLICT (person_id) DO UPDATE SET numbers_hidden = ?2",
        (person_id, int(hidden)),
    )
