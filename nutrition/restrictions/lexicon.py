"""The words of the talk about restrictions: kinds and foods by name, typos forgiven, and phrases that set the mode."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from nutrition.foods import FoodTable
from nutrition.person import Strength
from nutrition.restrictions.matching import Found, Phrase, PhraseTable, phrase, readings, singular
from nutrition.restrictions.ontology import DATA, Ontology

Codes = tuple[str, ...]
_TYPO_LENGTH = 5
"""Words shorter than this are never corrected: "pato" and "prato" are both words."""

_QUALIFIERS = frozenset(
    [
        "cozido",
        "cozida",
        "assado",
        "assada",
        "grelhado",
        "grelhada",
        "frito",
        "frita",
        "cru",
        "crua",
        "refogado",
        "refogada",
        "integral",
        "natural",
        "fresco",
        "fresca",
        "branco",
        "branca",
        "em",
        "de",
        "do",
        "da",
        "com",
        "sem",
        "ao",
        "no",
        "na",
        "pele",
        "gordura",
        "sal",
        "oleo",
        "agua",
        "po",
    ]
)


class Mode(Enum):
    """What a clause does with the foods it names."""

    PERMITS = "permits"
    RESTRICTS = "restricts"


class Lexicon:
    """Names of kinds and of foods. A food's first words are a name too: "jiló cozido" is known as "jiló"."""

    def __init__(self, table: FoodTable, ontology: Ontology) -> None:
        self._phrases: PhraseTable[Codes] = PhraseTable()
        for food in table:
            for name in (food.name, *food.synonyms):
                for words in _heads(phrase(name)):
                    self._phrases.add(words, (f"food:{' '.join(words)}",))
        for kind in ontology:
            for words in kind.names:
                self._phrases.add(words, (kind.code,))
        self._vocabulary = sorted(
            {word for words in self._phrases for word in words if len(word) >= _TYPO_LENGTH}
        )
        self._known = set(self._vocabulary)

    def longest_at(self, words: list[str], start: int) -> Found[Codes] | None:
        """Return the longest name at a place; when there is none, the name it would be with one letter corrected."""
        found = self._phrases.longest_at(words, start)
        if found is not None:
            return found
        fixed = [*words[:start], self._corrected(words[start]), *words[start + 1 :]]
        return self._phrases.longest_at(fixed, start) if fixed[start] != words[start] else None

    def _corrected(self, word: str) -> str:
        """Return the known word one edit away, two for long words, if there is just one nearest; else the word."""
        base = singular(word)
        if len(base) < _TYPO_LENGTH or any(reading in self._known for reading in readings(word)):
            return word
        if Talk.load().knows(word):
            return word
        limit = 1 if len(base) < 9 else 2
        near = process.extract(
            base, self._vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=2
        )
        alike = [item for item in near if item[0][0] == base[0]]
        if not alike or (len(alike) > 1 and alike[0][1] == alike[1][1]):
            return word
        return str(alike[0][0])


def _heads(words: Phrase) -> Iterator[Phrase]:
    """Yield the whole name, and its beginning up to the first word that only tells how it is prepared."""
    yield words
    for at, word in enumerate(words):
        if word in _QUALIFIERS and at > 0:
            yield words[:at]
            return


@dataclass(frozen=True, slots=True)
class _Said:
    mode: Mode | None
    strength: Strength | None


class Talk:
    """The phrases of ``restriction_talk.toml``."""

    def __init__(self, data: dict[str, list[str]]) -> None:
        self._said: PhraseTable[_Said] = PhraseTable()
        for key, said in (
            ("permits", _Said(Mode.PERMITS, None)),
            ("restricts", _Said(Mode.RESTRICTS, None)),
            ("preference", _Said(Mode.RESTRICTS, Strength.PREFERENCIA)),
            ("intolerance", _Said(Mode.RESTRICTS, Strength.INTOLERANCIA)),
            ("allergy", _Said(Mode.RESTRICTS, Strength.ALERGIA)),
        ):
            for text in data[key]:
                self._said.add(phrase(text), said)
        self._nothing = {phrase(text) for text in data["nothing"]}
        self._orders = PhraseTable((phrase(text), True) for text in data["instructions"])
        self._others = PhraseTable((phrase(text), True) for text in data["others"])
        self._fillers = {singular(word) for text in data["fillers"] for word in phrase(text)}

    @staticmethod
    @cache
    def load() -> "Talk":
        """Read the data file once."""
        return Talk(tomllib.loads((DATA / "restriction_talk.toml").read_text(encoding="utf-8")))

    def is_nothing(self, words: list[str]) -> bool:
        """Whether the whole clause says that there is nothing."""
        return tuple(singular(word) for word in words) in self._nothing

    def is_order(self, words: list[str]) -> bool:
        """Whether the clause tries to give orders to a program."""
        return any(True for _ in self._orders.find(words))

    def is_of_others(self, words: list[str]) -> bool:
        """Whether the clause is about somebody else."""
        return any(True for _ in self._others.find(words))

    def mode(self, words: list[str]) -> Mode | None:
        """What the last phrase of an item sets, or None when it has none: the mode before it goes on."""
        found = [item.value.mode for item in self._said.find(words)]
        return found[-1] if found else None

    def strength(self, words: list[str]) -> Strength | None:
        """How strongly an item restricts, or None when it does not say."""
        found = [item.value.strength for item in self._said.find(words) if item.value.strength is not None]
        return found[-1] if found else None

    def spans(self, words: list[str]) -> Iterator[int]:
        """Yield positions of words that belong to a phrase of the talk."""
        for item in self._said.find(words):
            yield from range(item.start, item.end)

    def means_something(self, word: str) -> bool:
        """Whether a word may be the name of something to avoid."""
        return singular(word) not in self._fillers and not word.isdecimal()

    def knows(self, word: str) -> bool:
        """Whether the word belongs to the talk: it is never taken for a misspelt food."""
        base = singular(word)
        return base in self._fillers or self._said.begins(base)
