"""What one restriction covers, in words: the foods it takes out, where it hides, and what is wrongly feared."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.person import Restriction
from nutrition.restrictions.ontology import DATA
from nutrition.restrictions.rules import Rules

_FEW = 6

WRITTEN: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    (DATA / "restriction_notes.toml").read_text(encoding="utf-8")
)
"""The notes of the data file, by kind."""


@dataclass(frozen=True, slots=True)
class Notes:
    """``covers`` are usual foods, ``hidden`` where it is not expected, ``fine`` what is no violation; ``foods`` are all
    names of the food table that it takes out, in the table's order."""

    covers: tuple[str, ...]
    hidden: tuple[str, ...]
    fine: tuple[str, ...]
    foods: tuple[str, ...]


def notes_of(restriction: Restriction, table: FoodTable) -> Notes:
    """The notes of one restriction; without any of its own, the first foods that it takes out stand for the others."""
    foods = tuple(food.name for food in foods_of(restriction, table))
    own = WRITTEN.get(restriction.code, {})
    covers = tuple(own.get("covers", ())) or foods[:_FEW]
    return Notes(covers, tuple(own.get("hidden", ())), tuple(own.get("fine", ())), foods)


def foods_of(restriction: Restriction, table: FoodTable) -> tuple[Food, ...]:
    """The foods of the table that one restriction takes out, in its order."""
    rules = Rules.of((restriction,), table)
    return tuple(food for food in table if rules.forbids_food(food) is not None)
