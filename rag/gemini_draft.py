"""Reads what Gemini wrote back into a ``Draft``, whatever shape it came in.

Tolerant by construction: code fences, a cut end, a bare list or stray text cost only the meals that cannot be read.
Nothing here is trusted: foods and restrictions are checked later, for every writer alike.
"""

import json
from collections import Counter
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nutrition.menu import Draft, DraftDay, DraftDish, DraftIngredient, DraftMeal, Origin, Role, Slot
from rag.gemini_brief import SLOT_CODES, Numbering

MAX_TEXT = 60_000
MAX_ROWS = 60
MAX_STEPS = 6
_SLOTS = {code: slot for slot, code in SLOT_CODES.items()}
_DECODER = json.JSONDecoder()


class Row(BaseModel):
    """One meal as Gemini writes it; see ``rag/prompts/sistema_v1.md``."""

    model_config = ConfigDict(extra="ignore", strict=False)

    dia: int = Field(ge=0, le=6)
    ref: str
    guia: list[int] = Field(default_factory=list, max_length=8)
    nome: str = Field(default="", max_length=200)
    itens: str = Field(default="", max_length=600)
    passos: str = Field(default="", max_length=1200)
    min: int = Field(default=0, ge=0, le=600)
    fontes: list[int] = Field(default_factory=list, max_length=12)


@dataclass(frozen=True, slots=True)
class Reading:
    """The draft, and how much had to be left out: rows that were no meals, citations of what was never shown."""

    draft: Draft
    rows: int
    unreadable_rows: int
    invented_citations: int


def rows_in(text: str) -> list[object]:
    """Return every complete JSON object that lists a meal, in order; a cut last one is left out."""
    text = text[:MAX_TEXT]
    found: list[object] = []
    at = text.find("{", max(text.find("["), 0))
    while at != -1 and len(found) < MAX_ROWS:
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        found.append(value)
        at = text.find("{", end)
    return found


def days_written(text: str) -> int:
    """How many days are complete in a text that is still being written: those before the last one begun."""
    days = [row["dia"] for row in rows_in(text) if isinstance(row, dict) and isinstance(row.get("dia"), int)]
    return max(len(set(days)) - 1, 0)


def read(text: str, numbering: Numbering) -> Reading:
    """Turn the whole or cut answer into a draft. Never raises: what cannot be read is left out and counted."""
    meals: dict[int, dict[Slot, DraftMeal]] = {}
    counts: Counter[str] = Counter()
    for raw in rows_in(text):
        counts["rows"] += 1
        try:
            row = Row.model_validate(raw)
            slot = _SLOTS[row.ref]
        except (ValidationError, KeyError):
            counts["unreadable"] += 1
            continue
        meal, invented = _meal(row, slot, numbering)
        counts["invented"] += invented
        meals.setdefault(row.dia, {}).setdefault(slot, meal)
    days = tuple(DraftDay(index, tuple(by_slot.values())) for index, by_slot in sorted(meals.items()))
    return Reading(Draft(days), counts["rows"], counts["unreadable"], counts["invented"])


def _meal(row: Row, slot: Slot, numbering: Numbering) -> tuple[DraftMeal, int]:
    dishes = []
    invented = 0
    if row.nome and row.itens:
        new, invented = _new_dish(row, numbering)
        dishes.append(new)
    for number in row.guia:
        dish = numbering.dishes.get(number)
        if dish is None:
            invented += 1
            continue
        dishes.append(
            DraftDish(
                name=dish.name,
                role=dish.role,
                ingredients=tuple(DraftIngredient(item.food_id, item.grams) for item in dish.ingredients),
                steps=dish.steps,
                minutes=dish.minutes,
                chunk_ids=tuple(source.chunk_id for source in dish.sources),
                dish_id=dish.id,
                origin=dish.origin,
            )
        )
    return DraftMeal(slot, dishes[0].name if dishes else "", tuple(dishes)), invented


def _new_dish(row: Row, numbering: Numbering) -> tuple[DraftDish, int]:
    chunk_ids: list[int] = []
    invented = 0
    for number in row.fontes:
        if number in numbering.passages:
            chunk_ids.append(numbering.passages[number].chunk_id)
        elif number in numbering.dishes:
            chunk_ids += [source.chunk_id for source in numbering.dishes[number].sources]
        else:
            invented += 1
    dish = DraftDish(
        name=" ".join(row.nome.split()),
        role=Role.PRINCIPAL,
        ingredients=tuple(_ingredients(row.itens, numbering)),
        steps=tuple(step.strip() for step in row.passos.split(";") if step.strip())[:MAX_STEPS],
        minutes=row.min,
        chunk_ids=tuple(dict.fromkeys(chunk_ids)),
        origin=Origin.GEMINI,
    )
    return dish, invented


def _ingredients(text: str, numbering: Numbering) -> list[DraftIngredient]:
    """Read "12:120 45:5"; a number that was never shown stays as text, so that the checker refuses the dish."""
    found = []
    for item in text.replace(",", " ").split():
        name, _, amount = item.partition(":")
        try:
            grams = float(amount.removesuffix("g"))
        except ValueError:
            grams = 0.0
        food = numbering.foods.get(int(name)) if name.isdecimal() and len(name) < 6 else None
        found.append(DraftIngredient(food.id if food else name, grams))
    return found
