"""The kinds of restriction, read from ``nutrition/data``: ``restrictions.toml`` and the words that betray them."""

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


NEAR, ANYWHERE = 2, 12
"""Words that may stand between a word and its excuse: "maionese caseira vegana"; a recipe's may come anywhere."""


class OntologyError(Exception):
    """The data files contradict themselves or the food table's vocabulary; the message names the kind."""


@dataclass(frozen=True, slots=True)
class Excuse:
    """``phrase`` after a word says that it is not the usual thing; it stands ``reach`` words later at most."""

    phrase: Phrase
    reach: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of restriction. A food is forbidden by any of its marks unless ``keep`` names its group or id.

    ``words`` betray it in a text, ``safe`` phrases do not; ``foods`` are words that a forbidden food's name has.
    ``apart``: two sets of animal origins that are never eaten together. ``refer``: the guardrails send the person to
    a professional.
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
    apart: tuple[frozenset[str], ...]
    excuse: Mapping[Phrase, tuple[Excuse, ...]]

    def excused(self, said: Phrase, rest: Phrase) -> int | None:
        """How many words of ``rest``, which follows ``said``, come before the nearest excuse; None without one."""
        found = self.excuse.get(said) or self.excuse.get(said[:1], ())
        return min(
            (
                at
                for item in found
                for at in range(min(item.reach, len(rest) - len(item.phrase)) + 1)
                if rest[at : at + len(item.phrase)] == item.phrase
            ),
            default=None,
        )

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

    def __init__(self, kinds: Mapping[str, Kind], compounds: Mapping[Phrase, tuple[Phrase, ...]]) -> None:
        """``compounds``: longer names, and the words in them that they do not mean."""
        self._kinds = dict(kinds)
        self.compounds = dict(compounds)
        self.names: PhraseTable[str] = PhraseTable(
            (name, kind.code) for kind in kinds.values() for name in kind.names
        )

    @staticmethod
    @cache
    def load() -> "Ontology":
        """Read the data files once. Raises ``OntologyError``."""
        families = _read("restriction_words.toml")
        phrases = _read("restriction_phrases.toml")
        rows = _read("restrictions.toml")["kind"]
        kinds = {row["code"]: _kind(row, families, phrases) for row in rows}
        if len(kinds) != len(rows):
            raise OntologyError("two kinds have the same code")
        compounds = {phrase(name): _phrases(words) for name, words in phrases["compounds"].items()}
        return Ontology(kinds, compounds)

    def __getitem__(self, code: str) -> Kind:
        return self._kinds[code]

    def get(self, code: str) -> Kind | None:
        """Return the kind of that code, else None."""
        return self._kinds.get(code)

    def __contains__(self, code: str) -> bool:
        return code in self._kinds

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _kind(row: dict[str, Any], families: dict[str, dict[str, list[str]]], phrases: dict[str, Any]) -> Kind:
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
        safe=_safe(own),
        allergens=frozenset(row.get("allergens", [])),
        animal=frozenset(row.get("animal", [])),
        tags=frozenset(row.get("tags", [])),
        groups=frozenset(row.get("groups", [])),
        foods=_phrases(row.get("foods", [])),
        keep=frozenset(row.get("keep", [])),
        nova=int(row.get("nova", 0)),
        refer=bool(row.get("refer", False)),
        apart=tuple(frozenset(side) for side in row.get("apart", [])),
        excuse=_excuses(row.get("families", []), families, phrases),
    )


def _safe(own: list[dict[str, list[str]]]) -> tuple[Phrase, ...]:
    """The safe phrases of the families, but for those that hold a word of another: "carne de frango" is no red meat,
    and no food for vegetarians."""
    tables = [
        (PhraseTable((word, True) for word in _phrases(item["words"])), _phrases(item["safe"]))
        for item in own
    ]
    return tuple(
        dict.fromkeys(
            item
            for _, safe in tables
            for item in safe
            if all(item in known or not any(True for _ in words.find(list(item))) for words, known in tables)
        )
    )


def _excuses(
    own: list[str], families: dict[str, dict[str, list[str]]], phrases: dict[str, Any]
) -> dict[Phrase, tuple[Excuse, ...]]:
    """What excuses each word of the kind's families: what excuses it in every family that has it."""
    recipes = set(_phrases(phrases["recipes"]["words"]))
    by_family: dict[str, dict[Phrase, set[Excuse]]] = {}
    for name in own:
        words = _phrases(families[name]["words"])
        by_family[name] = {word: set() for word in words}
        for row in phrases["excuse"]:
            if name not in row["families"] or set(row.get("unless", [])) & set(own):
                continue
            near = ANYWHERE if row.get("recipes", False) else NEAR
            items = {Excuse(item, 0) for item in _phrases(row.get("after", []))}
            items |= {Excuse(item, near) for item in _phrases(row.get("near", []))}
            for word in words:
                if word in recipes or not row.get("recipes", False):
                    by_family[name][word] |= items
    found: dict[Phrase, set[Excuse]] = {}
    for excuses in by_family.values():
        for word, items in excuses.items():
            found[word] = found[word] & items if word in found else set(items)
    return {word: tuple(items) for word, items in found.items() if items}


def _phrases(texts: list[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase(text) for text in texts))
