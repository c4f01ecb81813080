"""The words of plans, from ``rag/data/plan_words.toml``."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nutrition.menu import Slot


@dataclass(frozen=True, slots=True)
class Generic:
    """Foods that a kind of food means; ``grams`` of a serving, 0: one household measure."""

    foods: tuple[str, ...]
    grams: float


@dataclass(frozen=True, slots=True)
class PlanWords:
    """``measures``: the table's name of a household measure by every way of writing it (folded)."""

    measures: dict[str, str]
    usual_grams: dict[str, float]
    generic: dict[str, Generic]
    qualifiers: frozenset[str]
    meals: dict[str, Slot | None]
    avoid: tuple[str, ...]
    permit: tuple[str, ...]
    swap: tuple[str, ...]
    end: tuple[str, ...]
    not_food: frozenset[str]

    @classmethod
    def load(cls) -> "PlanWords":
        """Read once a process."""
        return _load()


def longest_first(words: Iterable[str]) -> str:
    """A regular expression of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _load() -> PlanWords:
    raw = tomllib.loads(files("rag").joinpath("data/plan_words.toml").read_text(encoding="utf-8"))
    sections = raw["sections"]
    return PlanWords(
        measures={word: name for name, words in raw["measures"].items() for word in words},
        usual_grams={name: float(grams) for name, grams in raw["usual_grams"].items()},
        generic={
            name: Generic(tuple(kind["foods"]), float(kind["grams"]))
            for kind in raw["generic"]
            for name in kind["names"]
        },
        qualifiers=frozenset(raw["qualifiers"]["words"]),
        meals={
            name: None if slot == "any_snack" else Slot(slot)
            for slot, names in raw["meals"].items()
            for name in names
        },
        avoid=tuple(sections["avoid"]),
        permit=tuple(sections["permit"]),
        swap=tuple(sections["swap"]),
        end=tuple(sections["end"]),
        not_food=frozenset(raw["not_food"]["words"]),
    )
