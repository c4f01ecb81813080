"""How a restriction is called when the bot repeats it, in Portuguese."""

import re
from functools import cache

from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.holder import literal
from nutrition.restrictions.matching import Phrase, phrase
from nutrition.restrictions.ontology import Ontology

_WORD = re.compile(r"\w+")
_PREFIX = {Strength.ALERGIA: "alergia a ", Strength.INTOLERANCIA: "intolerância a "}
_CONTRACTED = {"lactose": "à", "frutose": "à", "cafeina": "à", "histamina": "à", "gluten": "ao"}
"""Kinds that take the article after "intolerância": it is "intolerância à lactose", by everyone who has it."""

_LONGEST_WORDS = 60
"""Characters of a person's own words that a label repeats."""


def label(restriction: Restriction, table: FoodTable) -> str:
    """Return a short label: "alergia a crustáceos", "vegana", "jiló", or the person's own words."""
    ontology = Ontology.load()
    if restriction.code in ontology:
        kind = ontology[restriction.code]
        plain = kind.strength in {Strength.DIETA, Strength.CONDICAO}
        return kind.label if plain else _prefix(restriction) + kind.label
    words = literal(restriction.code)
    if restriction.code.startswith("food:"):
        return _PREFIX.get(restriction.strength, "") + _spelled(words, table)
    return _PREFIX.get(restriction.strength, "") + _shorten(restriction.said or " ".join(words))


def _shorten(words: str) -> str:
    """A person's own words, cut at the end of a word when they are long."""
    if len(words) <= _LONGEST_WORDS:
        return words
    cut = words[:_LONGEST_WORDS]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,.;") + "…"


def _prefix(restriction: Restriction) -> str:
    if restriction.strength is Strength.INTOLERANCIA and restriction.code in _CONTRACTED:
        return f"intolerância {_CONTRACTED[restriction.code]} "
    return _PREFIX.get(restriction.strength, "")


def _spelled(words: Phrase, table: FoodTable) -> str:
    """The words as the table spells them ("jiló"); as they are when no food's name begins so."""
    name = _beginnings(table).get(words)
    return " ".join(words if name is None else _WORD.findall(name)[: len(words)])


@cache
def _beginnings(table: FoodTable) -> dict[Phrase, str]:
    """The first name in the table that begins with a phrase, for every such phrase; made once (10 ms)."""
    found: dict[Phrase, str] = {}
    for food in table:
        for name in (food.name, *food.synonyms):
            words = phrase(name)
            for length in range(1, len(words) + 1):
                found.setdefault(words[:length], name)
    return found
