"""The kinds of restriction, read from ``nutrition/data/restrictions.toml`` and ``restriction_words.toml``."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nutrition.food import ALLERGENS, ANIMAL_ORIGINS, TAGS, Food, FoodGroup
from nutrition.person import Strength
from nutrition.restrictions.matching import Phrase, PhraseTable, phrase

DATA = Path(__file__).resolve().parent.parent / "data"


class OntologyError(Exception):
    """The data files contradict themselves or the food table's vocabulary; the message names the kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of restriction. A food is forbidden by any of its marks unless ``keep`` names its group or id.

    ``words`` betray it in a text, ``safe`` phrases do not; ``foods`` are words that a forbidden food's name has.
    ``refer``: the guardrails send the person to a professional.
    """

    code: str
    label: str
    strength: Strength
    names: tuple[Phrase, ...]
    words: tuple[Phrase, ...]
    safe: tuple[Phrase, ...]
    allergens: frozenset[str]
    animal: frozenset[str]
    tags: frozenset[str]
    groups: frozenset[str]
    foods: tuple[Phrase, ...]
    keep: frozenset[str]
    nova: int
    refer: bool

    def forbids(self, food: Food, names: "FoodNames") -> bool:
        """Whether the kind excludes ``food``, by its marks or by the words of its names."""
        if food.group in self.keep or food.id in self.keep:
            return False
        marked = (
            food.allergens & self.allergens
            or food.animal & self.animal
            or food.tags & self.tags
            or food.group in self.groups
            or (self.nova and food.nova >= self.nova)
        )
        return bool(marked) or any(names.has(food, words) for words in self.foods)


class FoodNames:
    """The words of each food's name and synonyms, made once for a table."""

    def __init__(self) -> None:
        self._phrases: dict[str, tuple[Phrase, ...]] = {}

    def of(self, food: Food) -> tuple[Phrase, ...]:
        """Return the food's name and synonyms as phrases."""
        if food.id not in self._phrases:
            self._phrases[food.id] = tuple(phrase(name) for name in (food.name, *food.synonyms))
        return self._phrases[food.id]

    def has(self, food: Food, words: Phrase) -> bool:
        """Whether any name of ``food`` contains ``words`` in a row."""
        size = len(words)
        return any(
            name[at : at + size] == words for name in self.of(food) for at in range(len(name) - size + 1)
        )


class Ontology:
    """All kinds by code, and the names by which people call them."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = dict(kinds)
        self.names: PhraseTable[str] = PhraseTable(
            (name, kind.code) for kind in kinds.values() for name in kind.names
        )

    @staticmethod
    @cache
    def load() -> "Ontology":
        """Read the data files once. Raises ``OntologyError``."""
        families = tomllib.loads((DATA / "restriction_words.toml").read_text(encoding="utf-8"))
        rows = tomllib.loads((DATA / "restrictions.toml").read_text(encoding="utf-8"))["kind"]
        kinds = {row["code"]: _kind(row, families) for row in rows}
        if len(kinds) != len(rows):
            raise OntologyError("two kinds have the same code")
        return Ontology(kinds)

    def __getitem__(self, code: str) -> Kind:
        return self._kinds[code]

    def __contains__(self, code: str) -> bool:
        return code in self._kinds

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)


def _kind(row: dict[str, Any], families: dict[str, dict[str, list[str]]]) -> Kind:
    code = row["code"]
    for field, known in (
        ("allergens", set(ALLERGENS)),
        ("animal", set(ANIMAL_ORIGINS)),
        ("tags", set(TAGS)),
        ("groups", {group.value for group in FoodGroup}),
        ("families", set(families)),
    ):
        unknown = set(row.get(field, [])) - known
        if unknown:
            raise OntologyError(f"{code}: unknown {field}: {', '.join(sorted(unknown))}")
    own = [families[name] for name in row.get("families", [])]
    return Kind(
        code=code,
        label=row["label"],
        strength=Strength(row["strength"]),
        names=_phrases(row.get("names", [])),
        words=_phrases([word for family in own for word in family["words"]] + row.get("foods", [])),
        safe=_phrases([word for family in own for word in family["safe"]]),
        allergens=frozenset(row.get("allergens", [])),
        animal=frozenset(row.get("animal", [])),
        tags=frozenset(row.get("tags", [])),
        groups=frozenset(row.get("groups", [])),
        foods=_phrases(row.get("foods", [])),
        keep=frozenset(row.get("keep", [])),
        nova=int(row.get("nova", 0)),
        refer=bool(row.get("refer", False)),
    )


def _phrases(texts: list[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase(text) for text in texts))
