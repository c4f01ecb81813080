"""Where a day comes from: for each meal the document and section, the passage folded; then the table rows."""

import asyncio
import re
from collections.abc import Iterable
from datetime import date as Date

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import day_button
from handlers.screens import guardrails
from handlers.screens.day import SLOTS, no_menu
from handlers.screens.shown import shown
from handlers.texts import buttons as b
from handlers.texts import menu as m
from handlers.transport.screens import Screen, View, screen
from menus import sources
from menus.sources import Passage
from nutrition.foods import FoodTable
from nutrition.menu import Meal, Origin, Source
from nutrition.restrictions.rules import Rules

QUOTE_CHARACTERS = 260
"""A passage is quoted in part: six meals with theirs stay far below Telegram's 4096."""

ROWS_SHOWN = 6
INGREDIENTS = "Ingredientes:"
_ROW = re.compile(r"(TACO|USDA|IBGE|TBCA)\s+(\S+)")


@screen("fontes")
async def day_sources(view: View, *, date: str) -> Screen:
    """The sources of the day ``date``."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    day = found.day(wanted)
    if found.referred:
        return guardrails.referral(view, found)
    if day is None or view.person is None:
        return no_menu(t, found, wanted)
    meals = [meal for meal in day.meals if not meal.withheld]
    ids = [source.chunk_id for meal in meals for source in _sources(meal)]
    passages = await sources.passages_of(view.conn, view.person.id, ids)
    rules = await asyncio.to_thread(Rules.of, found.restrictions, view.services.table)
    lines: list[str] = [t(m.SOURCES_TITLE, weekday=t.weekday(day.date))]
    for meal in meals:
        lines += meal_lines(t, meal, passages, rules)
    lines.append(_numbers(t, view.services.table, meals))
    return Screen(joined(lines), ((day_button(t, b.BACK_TO_DAY, day.date),),))


def meal_lines(t: Catalogue, meal: Meal, passages: dict[int, Passage], rules: Rules) -> list[Markup]:
    """One line for the meal's main source, and its passage folded, unless its words name what the person excludes.

    A meal with a dish that Gemini composed says so first: its source inspired it and does not hold its recipe.
    """
    slot = t(SLOTS[meal.slot])
    written = any(dish.origin is Origin.GEMINI for dish in meal.dishes)
    lines = [t(m.SOURCE_GEMINI, slot=slot)] if written else []
    first = next(iter(_sources(meal)), None)
    if first is None:
        return lines or [t(m.SOURCE_NONE, slot=slot)]
    line = m.SOURCE_LINE if first.page is None else m.SOURCE_LINE_PAGE
    lines.append(t(line, slot=slot, document=first.document, section=first.section, page=first.page))
    passage = passages.get(first.chunk_id)
    quote = _quote(passage) if passage else ""
    if quote and rules.forbids_text(quote) is None:
        lines.append(t(m.SOURCE_QUOTE, text=quote))
    return lines


def _sources(meal: Meal) -> Iterable[Source]:
    return (source for dish in meal.dishes for source in dish.sources)


def _quote(passage: Passage) -> str:
    """The passage as running text; of a dish, from its ingredients on: the fields above are for the planner."""
    text = passage.text
    if passage.kind == "dish" and INGREDIENTS in text:
        text = INGREDIENTS + text.partition(INGREDIENTS)[2]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined_lines = "; ".join(line.removeprefix("- ") for line in lines)
    return _cut(joined_lines.replace(":; ", ": ").replace(".; ", ". "))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE_CHARACTERS else flat[:QUOTE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def _numbers(t: Catalogue, table: FoodTable, meals: Iterable[Meal]) -> Markup:
    rows: dict[str, list[str]] = {}
    ids = dict.fromkeys(p.food_id for meal in meals for dish in meal.dishes for p in dish.portions)
    for food in (table.get(food_id) for food_id in ids):
        for name, row in _ROW.findall(food.source if food else ""):
            rows.setdefault(name, []).append(row)
    told = [
        t.plain(
            m.SOURCE_TABLE,
            table=name,
            rows=", ".join(numbers[:ROWS_SHOWN]) + ("…" if len(numbers) > ROWS_SHOWN else ""),
        )
        for name, numbers in rows.items()
    ]
    return t(m.SOURCE_NUMBERS, tables="; ".join(told)) if told else Markup("")
