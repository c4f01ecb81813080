"""How a person wants to be shown things; no row means the defaults."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import from_ms, to_ms
from storage.driver import Connection


@dataclass(frozen=True, slots=True)
class Held:
    """What a weight stopped: ``hidden`` as numbers were before, ``revision`` of the change that turned reminders off."""

    since: datetime
    hidden: bool
    revision: int | None


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


async def held(conn: Connection, person_id: int) -> Held | None:
    """What waits to come back, or None."""
    row = await conn.fetch_one(
        "SELECT held_since, held_hidden, held_revision FROM display_choices"
        " WHERE person_id = ? AND held_since IS NOT NULL",
        (person_id,),
    )
    return Held(from_ms(row["held_since"]), bool(row["held_hidden"]), row["held_revision"]) if row else None


async def hold(conn: Connection, person_id: int, what: Held | None) -> None:
    """Keep what waits to come back, or forget it."""
    values = (to_ms(what.since), int(what.hidden), what.revision) if what else (None, None, None)
    await conn.execute(
        "INSERT INTO display_choices (person_id, held_since, held_hidden, held_revision) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (person_id) DO UPDATE SET held_since = ?2, held_hidden = ?3, held_revision = ?4",
        (person_id, *values),
    )
