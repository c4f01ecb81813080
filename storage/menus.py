"""Menus: weeks, their days and their meals, as they were checked when they were saved.

Restrictions may have changed since: use cases check again before anything is shown. ``Meal.withheld`` is never stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from nutrition.menu import Day, Meal, Origin, PlannedDish, Slot, Unmet, Week
from storage import stored_json
from storage.clock import from_ms, to_ms
from storage.driver import Connection, Row
from storage.errors import StorageError, StoredDataInvalid

_DISHES: TypeAdapter[tuple[PlannedDish, ...]] = TypeAdapter(tuple[PlannedDish, ...])
_UNMET: TypeAdapter[tuple[Unmet, ...]] = TypeAdapter(tuple[Unmet, ...])


@dataclass(frozen=True, slots=True)
class SavedWeek:
    """A stored week. ``seed`` is what its variety was drawn from."""

    id: int
    week: Week
    seed: int
    created_at: datetime


async def save_week(conn: Connection, person_id: int, week: Week, seed: int, now: datetime) -> int:
    """Store ``week`` beside the older ones; returns its id. The newest week that has a date is the one shown for it."""
    week_id = await conn.insert(
        "INSERT INTO weeks (person_id, start, writer, seed, unmet, notes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            person_id,
            week.start.isoformat(),
            week.writer.value,
            seed,
            stored_json.dump(_UNMET, week.unmet),
            stored_json.dump(stored_json.TEXTS, week.notes),
            to_ms(now),
        ),
    )
    for day in week.days:
        day_id = await conn.insert(
            "INSERT INTO week_days (week_id, date) VALUES (?, ?)", (week_id, day.date.isoformat())
        )
        await _add_meals(conn, day_id, day)
    return week_id


async def current_week(conn: Connection, person_id: int, day: date) -> SavedWeek | None:
    """The newest week that has ``day``."""
    row = await conn.fetch_one(
        "SELECT w.* FROM weeks w JOIN week_days d ON d.week_id = w.id"
        " WHERE w.person_id = ? AND d.date = ? ORDER BY w.id DESC LIMIT 1",
        (person_id, day.isoformat()),
    )
    return await _saved(conn, row) if row else None


async def get_week(conn: Connection, person_id: int, week_id: int) -> SavedWeek | None:
    """One week of this person; another's week is None."""
    row = await conn.fetch_one("SELECT * FROM weeks WHERE id = ? AND person_id = ?", (week_id, person_id))
    return await _saved(conn, row) if row else None


async def weeks_of(conn: Connection, person_id: int, limit: int = 10) -> tuple[SavedWeek, ...]:
    """The person's weeks, newest first."""
    rows = await conn.fetch_all(
        "SELECT * FROM weeks WHERE person_id = ? ORDER BY id DESC LIMIT ?", (person_id, limit)
    )
    return tuple([await _saved(conn, row) for row in rows])


async def replace_meal(conn: Connection, person_id: int, week_id: int, day: date, meal: Meal) -> None:
    """Put ``meal`` in the place of the one in its slot. Raises ``StorageError`` when this person has no such meal."""
    changed = await conn.execute(
        "UPDATE meals SET name = ?, dishes = ?, locked = ? WHERE slot = ? AND day_id = ("
        " SELECT d.id FROM week_days d JOIN weeks w ON w.id = d.week_id"
        " WHERE w.id = ? AND w.person_id = ? AND d.date = ?)",
        (
            meal.name,
            stored_json.dump(_DISHES, meal.dishes),
            int(meal.locked),
            meal.slot.value,
            week_id,
            person_id,
            day.isoformat(),
        ),
    )
    if changed != 1:
        raise StorageError(f"week {week_id} has no {meal.slot.value} on {day.isoformat()}")


async def replace_day(conn: Connection, person_id: int, week_id: int, day: Day) -> None:
    """Put all meals of ``day`` in the place of those on its date. Raises ``StorageError`` when there is no such day."""
    row = await conn.fetch_one(
        "SELECT d.id FROM week_days d JOIN weeks w ON w.id = d.week_id"
        " WHERE w.id = ? AND w.person_id = ? AND d.date = ?",
        (week_id, person_id, day.date.isoformat()),
    )
    if row is None:
        raise StorageError(f"week {week_id} has no {day.date.isoformat()}")
    await conn.execute("DELETE FROM meals WHERE day_id = ?", (row["id"],))
    await _add_meals(conn, row["id"], day)


async def _add_meals(conn: Connection, day_id: int, day: Day) -> None:
    await conn.execute_many(
        "INSERT INTO meals (day_id, position, slot, name, dishes, locked) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                day_id,
                position,
                meal.slot.value,
                meal.name,
                stored_json.dump(_DISHES, meal.dishes),
                int(meal.locked),
            )
            for position, meal in enumerate(day.meals)
        ],
    )


async def _saved(conn: Connection, row: Row) -> SavedWeek:
    meals = await conn.fetch_all(
        "SELECT d.date, m.slot, m.name, m.dishes, m.locked FROM week_days d LEFT JOIN meals m ON m.day_id = d.id"
        " WHERE d.week_id = ? ORDER BY d.date, m.position",
        (row["id"],),
    )
    try:
        week = Week(
            start=date.fromisoformat(row["start"]),
            days=_days(meals),
            writer=Origin(row["writer"]),
            unmet=stored_json.load(_UNMET, row["unmet"]),
            notes=stored_json.load(stored_json.TEXTS, row["notes"]),
        )
    except ValueError as exc:
        raise StoredDataInvalid("a stored week has an unknown word") from exc
    return SavedWeek(row["id"], week, row["seed"], from_ms(row["created_at"]))


def _days(rows: Sequence[Row]) -> tuple[Day, ...]:
    by_date: dict[str, list[Meal]] = {}
    for row in rows:
        meals = by_date.setdefault(row["date"], [])
        if row["slot"] is not None:
            dishes = stored_json.load(_DISHES, row["dishes"])
            meals.append(Meal(Slot(row["slot"]), row["name"], dishes, locked=bool(row["locked"])))
    return tuple(Day(date.fromisoformat(day), tuple(meals)) for day, meals in by_date.items())
