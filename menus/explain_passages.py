"""Passages behind numbers and dishes, read from the index, as this person may read them.

A passage that names what the person excludes is left out.
"""

import asyncio
from collections.abc import Iterable, Sequence

from menus.sources import passages_of
from nutrition.foods import FoodTable
from nutrition.person import Restriction
from nutrition.restrictions.rules import Rules
from rag.stems import match_any, stems
from storage import passages
from storage.driver import Connection
from storage.passages import PUBLIC, Passage

BEHIND: dict[str, str] = {
    "energy_kcal": "Energia e metas do dia › De onde vem o número",
    "protein_g": "Proteína: quanto e de onde › Quanto por dia",
    "fiber_g": "Fibras: como chegar a 25 g",
    "fat_g": "Gorduras boas e na medida",
    "saturated_fat_g": "Gorduras boas e na medida",
    "carbohydrate_g": "Energia e metas do dia",
    "sodium_mg": "Sal e temperos",
    "added_sugar_g": "Açúcar: menos, sem drama",
    "fruit_vegetable_g": "Frutas e verduras: 400 g por dia",
}
"""For each nutrient with a target, the section of the guide that says why, as it is indexed."""

_CANDIDATES = 20
_TITLE_WEIGHT = 10.0


async def behind_target(
    conn: Connection, nutrient: str, held: Sequence[Restriction], table: FoodTable
) -> Passage | None:
    """The first passage of the section behind ``nutrient``'s target; None when there is none to quote."""
    section = BEHIND.get(nutrient)
    if section is None:
        return None
    match = match_any(stems(section))
    scored = await passages.by_words(
        conn, PUBLIC, match, _CANDIDATES, title_weight=_TITLE_WEIGHT, kind="passage"
    )
    found = await passages.load(conn, [each.chunk_id for each in scored])
    named = {key: found[key] for key in sorted(found) if found[key].section == section}
    return next(iter((await _allowed(named, held, table)).values()), None)


async def behind_dishes(
    conn: Connection, person_id: int, chunk_ids: Iterable[int], held: Sequence[Restriction], table: FoodTable
) -> dict[int, Passage]:
    """The passages of these ids, of the guide or the person's own, without those that may not be quoted."""
    return await _allowed(await passages_of(conn, person_id, chunk_ids), held, table)


async def _allowed(
    found: dict[int, Passage], held: Sequence[Restriction], table: FoodTable
) -> dict[int, Passage]:
    if not held or not found:
        return found
    rules = await asyncio.to_thread(Rules.of, tuple(held), table)
    return {
        key: passage
        for key, passage in found.items()
        if rules.forbids_text(f"{passage.section}\n{passage.text}") is None
    }
