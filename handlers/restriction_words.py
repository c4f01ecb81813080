"""Restrictions in words and in buttons: how one is named, and the short key that stands for it in callback data."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from handlers.restriction_cues import is_of_a_time, may_state_restriction
from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.harm import Told, harm_in, without_orders
from nutrition.restrictions.labels import label
from nutrition.restrictions.notes import foods_of
from nutrition.restrictions.rules import Rules
from nutrition.restrictions.understand import Understood, merge, understand


def named(item: Restriction, table: FoodTable) -> str:
    """ "alergia a camarão" when the person said so; just "amendoim" for a tick, whose reason nobody told."""
    return label(item if item.said.strip() else replace(item, strength=Strength.DIETA), table)


def key(code: str) -> str:
    """Ten hexadecimal digits that stand for ``code``, which may hold a person's words and be long."""
    return sha256(code.encode()).hexdigest()[:10]


def still_open(
    codes: Iterable[str], held: Iterable[Restriction], table: FoodTable
) -> tuple[list[str], list[str]]:
    """What somebody says they eat, parted: what nothing held takes out, and what something mostly
    does ("não como peixe, só atum": tuna is fish)."""
    rules = Rules.of(held, table)
    open_: list[str] = []
    shut: list[str] = []
    for code in codes:
        foods = foods_of(Restriction(code, Strength.DIETA, ""), table)
        taken = sum(rules.forbids_food(food) is not None for food in foods)
        (shut if 2 * taken > len(foods) else open_).append(code)
    return open_, shut


def find(items: Iterable[Restriction], wanted: str) -> Restriction | None:
    """The restriction of ``items`` whose key is ``wanted``: a person's button never reaches another's list."""
    return next((item for item in items if key(item.code) == wanted), None)


def told_in(text: str, table: FoodTable) -> Understood:
    """What ``text`` excludes: what harms the person in any words, and what the rest of it says in plain ones."""
    harm = harm_in(text, table)
    if harm.told is not Told.SURELY:
        found = understand(without_orders(text, table), table)
        return found if found.restrictions else understand(text, table)
    said = harm.understood
    if not may_state_restriction(harm.rest) or is_of_a_time(harm.rest):
        return said
    more = understand(harm.rest, table)
    named = [item for item in more.restrictions if not item.code.startswith("word:")]
    asked = {each.code: each for each in (*said.questions, *more.questions)}
    return Understood(
        merge(said.restrictions, named), more.allowed, (), tuple(asked.values()), more.conditions
    )


def is_among_foods(words: str, table: FoodTable) -> bool:
    """Whether words that are kept as they were written name a food at all: else no promise is made of them."""
    return bool(foods_of(Restriction(f"word:{words}", Strength.DIETA, words), table))
