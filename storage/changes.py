"""Changes of a menu: what was asked and is still to be done, what was done (to undo it), and the meals to keep.

Days are stored whole, as they were and as they became, so that an undo brings back exactly what was there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from nutrition.menu import Day, Meal, Slot
from storage import stored_json
from storage.clock import to_ms
from storage.driver import Connection, Row
from storage.stored_json import dump_object, load_object

_DAYS: TypeAdapter[tuple[Day, ...]] = TypeAdapter(tuple[Day, ...])
_MEAL: TypeAdapter[Meal] = TypeAdapter(Meal)

REMEMBERED = 30
"""So many changes of a person can be undone; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Something asked and not done yet. ``attempts`` counts how often it was begun."""

    id: int
    person_id: int
    body: Mapping[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class Change:
    """Something done: ``what`` in words of the program, the days it touched before and after."""

    id: int
    person_id: int
    week_id: int | None
    what: Mapping[str, Any]
    before: tuple[Day, ...]
    after: tuple[Day, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class KeptMeal:
    """A meal that the person wants again, and the date on which it stood."""

    date: date
    meal: Meal


async def ask(conn: Connection, person_id: int, body: Mapping[str, Any], now: datetime) -> int:
    """Keep an order until it is done; returns its id."""
    return await conn.insert(
        "INSERT INTO change_orders (person_id, body, created_at) VALUES (?, ?, ?)",
        (person_id, dump_object(body), to_ms(now)),
    )


async def waiting(conn: Connection) -> tuple[Ordered, ...]:
    """The oldest order of each person, oldest first: those of one person are done one after the other. What waits for a
    yes is not among them."""
    rows = await conn.fetch_all(
        "SELECT * FROM change_orders WHERE id IN"
        " (SELECT min(id) FROM change_orders WHERE held = 0 GROUP BY person_id) ORDER BY id"
    )
    return tuple(
        Ordered(row["id"], row["person_id"], load_object(row["body"]), row["attempts"]) for row in rows
    )


async def begin(conn: Connection, order_id: int) -> None:
    """Count one more attempt."""
    await conn.execute("UPDATE change_orders SET attempts = attempts + 1 WHERE id = ?", (order_id,))


async def unbegin(conn: Connection, order_id: int) -> None:
    """A graceful stop ended an attempt: it does not count."""
    await conn.execute("UPDATE change_orders SET attempts = max(attempts - 1, 0) WHERE id = ?", (order_id,))


async def hold(conn: Connection, ordered: Ordered, body: Mapping[str, Any]) -> bool:
    """Let an order, as ``body``, wait for its person's yes; what waited before is given up. False when it was gone."""
    await conn.execute("DELETE FROM change_orders WHERE person_id = ? AND held = 1", (ordered.person_id,))
    changed = await conn.execute(
        "UPDATE change_orders SET held = 1, attempts = 0, body = ? WHERE id = ?",
        (dump_object(body), ordered.id),
    )
    return changed > 0


async def propose(
    conn: Connection, person_id: int, bodies: Sequence[Mapping[str, Any]], now: datetime
) -> int:
    """Keep orders that wait for their person's yes together; what waited before is given up. Returns the id of the first."""
    await conn.execute("DELETE FROM change_orders WHERE person_id = ? AND held = 1", (person_id,))
    ids = [
        await conn.insert(
            "INSERT INTO change_orders (person_id, body, created_at, held) VALUES (?, ?, ?, 1)",
            (person_id, dump_object(body), to_ms(now)),
        )
        for body in bodies
    ]
    return ids[0]


async def take_proposed(
    conn: Connection, person_id: int, first: int | None = None, *, since: datetime | None = None
) -> tuple[Mapping[str, Any], ...]:
    """The orders of this person that wait for a yes, the first of them ``first``, and wait for it no longer; none when
    there are no such. Without ``first``: whatever waits, asked for at ``since`` or later."""
    rows = await conn.fetch_all(
        "SELECT id, body FROM change_orders WHERE person_id = ? AND held = 1 AND created_at >= ? ORDER BY id",
        (person_id, 0 if since is None else to_ms(since)),
    )
    if not rows or first not in (None, rows[0]["id"]):
        return ()
    await conn.execute("DELETE FROM change_orders WHERE person_id = ? AND held = 1", (person_id,))
    return tuple(load_object(row["body"]) for row in rows)


async def close(conn: Connection, order_id: int) -> bool:
    """The order is done or given up; False when it was gone already (erased)."""
    return await conn.execute("DELETE FROM change_orders WHERE id = ?", (order_id,)) > 0


async def record(
    conn: Connection,
    person_id: int,
    week_id: int | None,
    what: Mapping[str, Any],
    *,
    days: tuple[Sequence[Day], Sequence[Day]],
    now: datetime,
) -> int:
    """Remember a change and its ``days`` (before, after); returns its id. The oldest beyond ``REMEMBERED`` go."""
    before, after = (stored_json.dump(_DAYS, tuple(each)) for each in days)
    change_id = await conn.insert(
        "INSERT INTO changes (person_id, week_id, what, before, after, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (person_id, week_id, dump_object(what), before, after, to_ms(now)),
    )
    await conn.execute(
        "DELETE FROM changes WHERE person_id = ?1 AND id NOT IN ("
        " SELECT id FROM changes WHERE person_id = ?1 ORDER BY id DESC LIMIT ?2)",
        (person_id, REMEMBERED),
    )
    return change_id


async def get(conn: Connection, person_id: int, change_id: int) -> Change | None:
    """One change of this person; another's is None."""
    row = await conn.fetch_one("SELECT * FROM changes WHERE id = ? AND person_id = ?", (change_id, person_id))
    return _change(row) if row else None


async def of_person(conn: Connection, person_id: int) -> tuple[Change, ...]:
    """The changes that are remembered, undone ones too, newest first."""
    rows = await conn.fetch_all("SELECT * FROM changes WHERE person_id = ? ORDER BY id DESC", (person_id,))
    return tuple(_change(row) for row in rows)


async def in_force(conn: Connection, person_id: int, week_id: int) -> tuple[Mapping[str, Any], ...]:
    """What was changed in a week and not undone, without the days themselves, oldest first."""
    rows = await conn.fetch_all(
        "SELECT what FROM changes WHERE person_id = ? AND week_id = ? AND undone_at IS NULL ORDER BY id",
        (person_id, week_id),
    )
    return tuple(load_object(row["what"]) for row in rows)


async def newest(conn: Connection, person_id: int) -> Change | None:
    """The newest change that was not undone."""
    row = await conn.fetch_one(
        "SELECT * FROM changes WHERE person_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
        (person_id,),
    )
    return _change(row) if row else None


async def undone(conn: Connection, change_id: int, now: datetime) -> bool:
    """Mark as undone; False when it was already."""
    changed = await conn.execute(
        "UPDATE changes SET undone_at = ? WHERE id = ? AND undone_at IS NULL", (to_ms(now), change_id)
    )
    return changed > 0


async def keep(conn: Connection, person_id: int, day: date, meal: Meal) -> None:
    """Keep ``meal``, which stands on ``day``, for the weeks to come."""
    await conn.execute(
        "INSERT INTO kept_meals (person_id, date, slot, meal) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (person_id, date, slot) DO UPDATE SET meal = ?4",
        (person_id, day.isoformat(), meal.slot.value, stored_json.dump(_MEAL, meal)),
    )


async def let_go(conn: Connection, person_id: int, day: date, slot: Slot) -> None:
    """Keep it no longer."""
    await conn.execute(
        "DELETE FROM kept_meals WHERE person_id = ? AND date = ? AND slot = ?",
        (person_id, day.isoformat(), slot.value),
    )


async def kept(conn: Connection, person_id: int) -> tuple[KeptMeal, ...]:
    """The meals that the person keeps, by date."""
    rows = await conn.fetch_all(
        "SELECT date, meal FROM kept_meals WHERE person_id = ? ORDER BY date, slot", (person_id,)
    )
    return tuple(
        KeptMeal(date.fromisoformat(row["date"]), stored_json.load(_MEAL, row["meal"])) for row in rows
    )


def _change(row: Row) -> Change:
    return Change(
        id=row["id"],
        person_id=row["person_id"],
        week_id=row["week_id"],
        what=load_object(row["what"]),
        before=stored_json.load(_DAYS, row["before"]),
        after=stored_json.load(_DAYS, row["after"]),
        undone=row["undone_at"] is not None,
    )
