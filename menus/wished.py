"""What a person asks of their menus in free words ("mais peixe", "algo rápido"), kept for the weeks to come.

A wish is data: it moves costs of the planner and the order of the search, and is quoted to Gemini. It never touches a
restriction, a guardrail or another person, whatever is written in it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from menus.clean import problem_in
from menus.wishes import Quota, refusals_in, wishes_in
from nutrition.foods import FoodTable
from nutrition.words import fold, tokens
from rag.retriever import with_regions
from storage import profiles
from storage.driver import Connection

MOST_LETTERS, LONGEST_WISH = 300, 120
"""Letters that are kept in all, newest wishes first to stay, and of one wish."""

_APART = re.compile(r"[,;.!\n]|\be\b|\bmas\b", re.IGNORECASE)
_COOKING = re.compile(
    r"\b(?:prat\w+|receitas?|refeic\w+|comida|cozinh\w+|prepar\w+|pront\w+|faz\w*|algo|coisas?|almoco|jantar|cafe|lanches?)\b"
)
_LEAD = re.compile(
    r"^(?:oi,? )?(?:eu )?(?:quero|queria|gostaria de|prefiro)\s+(?:ter |comer )?", re.IGNORECASE
)
_BETWEEN = "; "


def wish_in(text: str, table: FoodTable) -> str:
    """The part of ``text`` that wishes something of the menu, in the person's words; "" when there is none."""
    said = _LEAD.sub("", " ".join(text.split()))
    if len(said) > LONGEST_WISH or said.endswith("?"):
        return ""
    parts = [said] if not refusals_in(said) else [part.strip() for part in _APART.split(said)]
    kept = [part for part in parts if part and not refusals_in(part) and _wishes(part, table)]
    return ", ".join(kept)


def clean_wish(text: str) -> str:
    """A wish as somebody else put it (Gemini), fit to be kept and shown; "" when it is not."""
    said = " ".join(text.split())
    return "" if problem_in(said, LONGEST_WISH) or refusals_in(said) else said


def together(before: str, wish: str) -> str:
    """The wishes kept, with a new one at the end: one about the same food takes the older's place."""
    about = set(_subjects(wish))
    old = [part for part in before.split(_BETWEEN) if part and fold(part) != fold(wish)]
    old = [part for part in old if not about.intersection(_subjects(part))]
    while old and len(_BETWEEN.join([*old, wish])) > MOST_LETTERS:
        del old[0]
    return _BETWEEN.join([*old, wish])


async def keep(tx: Connection, person_id: int, wish: str, now: datetime) -> str | None:
    """Add a wish to the person's request and return it whole; None without a profile."""
    profile = await profiles.get(tx, person_id)
    if profile is None:
        return None
    kept = together(profile.request, wish)
    await profiles.save(tx, person_id, replace(profile, request=kept), now)
    return kept


async def forget(tx: Connection, person_id: int, now: datetime) -> None:
    """Keep no wish any more."""
    profile = await profiles.get(tx, person_id)
    if profile is not None:
        await profiles.save(tx, person_id, replace(profile, request=""), now)


async def kept(conn: Connection, person_id: int) -> str:
    """The person's wishes; "" when there are none."""
    profile = await profiles.get(conn, person_id)
    return profile.request if profile else ""


def _wishes(text: str, table: FoodTable) -> bool:
    """Whether a text surely wishes something: of a food or group that exists, a price, a way of cooking, a region."""
    found = wishes_in(text)
    cooking = bool(_COOKING.search(fold(text)))
    quick = found.max_minutes is not None and cooking
    return (
        any(_exists(quota, table) for quota in found.quotas)
        or (found.cheap and cooking)
        or found.batch
        or quick
        or (cooking and with_regions(text) != text)
    )


def _exists(quota: Quota, table: FoodTable) -> bool:
    if quota.groups:
        return True
    return any(word.startswith(quota.words) for food in table for word in tokens(food.name))


def _subjects(wish: str) -> Iterable[str]:
    return (quota.words for quota in wishes_in(wish).quotas)
