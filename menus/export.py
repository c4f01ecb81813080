"""Everything kept about a person, for ``/exportar``: rows as stored, and weeks checked against the restrictions of now.

A restriction holds in this file too: what the bot wrote (dishes of a menu, of tastes, of changes) and a restriction of now
forbids is told as withheld. The person's own words and documents are theirs and stay as they are.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import TypeAdapter

from menus import named, people
from menus.named import Find, nowhere
from menus.recheck import Verdicts, forbidden_by
from nutrition.foods import FoodTable
from nutrition.menu import Meal, Week
from nutrition.restrictions.rules import Rules
from storage import export
from storage.driver import Connection
from storage.menus import SavedWeek
from storage.people import Person

VERSION = 1
"""Of the format, in the file."""

ALL_WEEKS = 1000
WRITTEN_BY_US = frozenset({"tastes", "kept_meals", "changes", "change_orders"})
"""Tables in which the bot's dishes are named."""

CODES = frozenset({"kind", "slot"})
"""Fields with words of the program, which name no food: a restriction such as "não como pulei" must not take them."""

WITHHELD = "[retido por uma restrição sua]"
_WEEK: TypeAdapter[Week] = TypeAdapter(Week)
_MEAL: TypeAdapter[Meal] = TypeAdapter(Meal)


class Menus(Protocol):
    """Where weeks come from."""

    async def weeks(self, conn: Connection, person_id: int, limit: int = 10) -> tuple[SavedWeek, ...]:
        """Newest first, each checked against the restrictions of now."""
        ...


@dataclass(frozen=True, slots=True)
class Export:
    """``rows`` by table, JSON-able; ``weeks`` newest first, with withheld meals still in their place."""

    made_at: datetime
    rows: dict[str, list[dict[str, Any]]]
    weeks: tuple[SavedWeek, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it as one JSON-able object."""
        weeks = [
            {
                "id": saved.id,
                "seed": saved.seed,
                **without_withheld(_WEEK.dump_python(saved.week, mode="json")),
            }
            for saved in self.weeks
        ]
        return {"format": VERSION, "made_at": self.made_at.isoformat(), **self.rows, "weeks": weeks}


async def gather(
    conn: Connection, person: Person, menus: Menus, table: FoodTable, now: datetime, *, find: Find = nowhere
) -> Export:
    """Read all that is kept about ``person``, in one snapshot of ``conn``; ``find`` gives the guide's dishes."""
    rows = await export.everything(conn, person)
    held = await people.restrictions_of(conn, person.id)
    rules = await asyncio.to_thread(Rules.of, held, table)
    marks = [(str(row["dish_id"]), str(row["name"])) for row in rows.get("tastes", ())]
    out = await named.forbidden(conn, person.id, marks, rules, find)
    if "tastes" in rows:
        rows["tastes"] = [_unnamed(row) if row["dish_id"] in out else row for row in rows["tastes"]]
    verdicts = Verdicts(rules)
    if "kept_meals" in rows:
        rows["kept_meals"] = [{**row, "meal": _kept(row["meal"], verdicts)} for row in rows["kept_meals"]]
    for name in WRITTEN_BY_US & rows.keys():
        rows[name] = [_held_back(row, rules, find) for row in rows[name]]
    return Export(now, rows, await menus.weeks(conn, person.id, ALL_WEEKS))


def without_withheld(week: dict[str, Any]) -> dict[str, Any]:
    """A week as JSON in which a withheld meal keeps its place and loses what it was."""
    days = [
        {**day, "meals": [_emptied(meal) if meal["withheld"] else meal for meal in day["meals"]]}
        for day in week["days"]
    ]
    return {**week, "days": days}


def _unnamed(taste: dict[str, Any]) -> dict[str, Any]:
    return {**taste, "dish_id": WITHHELD, "name": WITHHELD}


def _kept(meal: dict[str, Any], verdicts: Verdicts) -> dict[str, Any]:
    """A kept meal as JSON, emptied when a restriction forbids something in it."""
    return _emptied(meal) if forbidden_by(_MEAL.validate_python(meal), verdicts) else meal


def _emptied(meal: dict[str, Any]) -> dict[str, Any]:
    return {**meal, "name": WITHHELD, "dishes": [], "withheld": True}


def _held_back(value: Any, rules: Rules, find: Find) -> Any:
    """``value`` with each text that the rules forbid replaced, at any depth; the id of a dish stands for its foods."""
    if isinstance(value, dict):
        return {
            key: inner if key in CODES else _held_back(inner, rules, find) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_held_back(inner, rules, find) for inner in value]
    if not isinstance(value, str):
        return value
    dish = find(value) if rules.restrictions else None
    bad = dish is not None and named.forbids_recipe(rules, dish)
    return WITHHELD if bad or rules.forbids_text(value.replace("-", " ")) else value
