"""What was learned of a person's tastes, dish by dish: opinions, dishes that they swapped away, days that they skipped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.driver import Connection

LIKED, DISLIKED, SWAPPED, SKIPPED = "gostei", "nao_gostei", "troca", "pulei"


@dataclass(frozen=True, slots=True)
class Taste:
    """``ref`` is what it was learned from (a change, a day), "" for an opinion; a dish has one opinion at most."""

    dish_id: str
    kind: str
    ref: str
    name: str
    noted_on: date


async def put(conn: Connection, person_id: int, taste: Taste) -> None:
    """Keep one; an opinion takes the place of another about the same dish."""
    if taste.kind in (LIKED, DISLIKED):
        await conn.execute(
            "DELETE FROM tastes WHERE person_id = ? AND dish_id = ? AND kind IN ('gostei', 'nao_gostei')",
            (person_id, taste.dish_id),
        )
    await put_many(conn, person_id, [taste])


async def put_many(conn: Connection, person_id: int, found: Iterable[Taste]) -> None:
    """Keep several; the same one twice is one. Raises ``ConstraintViolated`` for an unknown kind."""
    await conn.execute_many(
        "INSERT INTO tastes (person_id, dish_id, kind, ref, name, noted_on) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET name = excluded.name, noted_on = excluded.noted_on",
        [
            (person_id, each.dish_id, each.kind, each.ref, each.name, each.noted_on.isoformat())
            for each in found
        ],
    )


async def for_person(conn: Connection, person_id: int) -> tuple[Taste, ...]:
    """All that was learned, newest first."""
    rows = await conn.fetch_all(
        "SELECT * FROM tastes WHERE person_id = ? ORDER BY noted_on DESC, name, dish_id, kind, ref",
        (person_id,),
    )
    return tuple(
        Taste(row["dish_id"], row["kind"], row["ref"], row["name"], date.fromisoformat(row["noted_on"]))
        for row in rows
    )


async def forget_from(conn: Connection, person_id: int, kind: str, ref: str) -> None:
    """Forget what was learned from one change or day."""
    await conn.execute(
        "DELETE FROM tastes WHERE person_id = ? AND kind = ? AND ref = ?", (person_id, kind, ref)
    )


async def forget_opinion(conn: Connection, person_id: int, dish_id: str, kind: str) -> None:
    """Forget one opinion about a dish; what was learned from swaps and skips stays."""
    await conn.execute(
        "DELETE FROM tastes WHERE person_id = ? AND dish_id = ? AND kind = ?", (person_id, dish_id, kind)
    )


async def forget_dish(conn: Connection, person_id: int, dish_id: str) -> bool:
    """Forget all about one dish; False when there was nothing."""
    return (
        await conn.execute("DELETE FROM tastes WHERE person_id = ? AND dish_id = ?", (person_id, dish_id)) > 0
    )


async def forget_all(conn: Connection, person_id: int) -> None:
    """Forget all that was learned."""
    await conn.execute("DELETE FROM tastes WHERE person_id = ?", (person_id,))
