"""The phrases that say what a person does with the foods they name: ``data/restriction_talk.toml`` and ``…_harm.toml``."""

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from nutrition.person import Strength
from nutrition.restrictions.matching import Found, Phrase, PhraseTable, phrase, singular
from nutrition.restrictions.ontology import DATA

_LONGEST_CUE = 8
_SUPERLATIVES = ("issimo", "issima")
_TRAILING = frozenset({"mais", "muito", "muita", "tanto"})


class Cue(Enum):
    """What a phrase does with the foods around it."""

    RESTRICTS = "restricts"
    CHOOSES = "chooses"
    ALLERGY = "allergy"
    INTOLERANCE = "intolerance"
    PREFERENCE = "preference"
    PERMITS = "permits"
    WANTS = "wants"
    DENIES = "denies"
    ONLY = "only"
    EXCEPT = "except"
    NOT = "not"
    ORDERS = "orders"


HARM = {
    "danger": Cue.ALLERGY,
    "bad": Cue.INTOLERANCE,
    "disgust": Cue.PREFERENCE,
    "known": None,
    "perhaps": None,
}
"""Lists of ``data/restriction_harm.toml``, and what those phrases do that ``restriction_talk.toml`` does not have."""

STRENGTHS = {
    Cue.CHOOSES: Strength.DIETA,
    Cue.ALLERGY: Strength.ALERGIA,
    Cue.INTOLERANCE: Strength.INTOLERANCIA,
    Cue.PREFERENCE: Strength.PREFERENCIA,
}
RESTRICTING = frozenset({Cue.RESTRICTS, *STRENGTHS})


@dataclass(frozen=True, slots=True)
class Exchange:
    """``holds`` are the codes held instead when a person who says ``diet`` eats ``eats``."""

    diet: str
    eats: frozenset[str]
    holds: tuple[str, ...]


class Talk:
    """The data file, read once."""

    def __init__(self, data: dict[str, Any], harm: dict[str, Any]) -> None:
        self._cues: PhraseTable[Cue] = PhraseTable(
            (phrase(text), cue) for name, cue in HARM.items() if cue for text in harm["phrases"][name]
        )
        for cue in Cue:
            for text in data["cues"][cue.value]:
                self._cues.add(phrase(text), cue)
        words = data["words"]
        self.harm_words = {name: _words(texts) for name, texts in harm["words"].items()}
        self._inside = self.harm_words["inside"]
        self._harms: PhraseTable[str] = PhraseTable()
        for name in HARM:
            for said in map(phrase, harm["phrases"][name]):
                self._harms.add(said, name)
                self._harms.add((said[0], *(word for word in said[1:] if word not in self._inside)), name)
        self._adverbs = _words(words["adverbs"])
        self._fillers = _words(words["fillers"])
        self._ordinary = _words(words["ordinary"])
        self.myself = _words(words["myself"])
        self.separators = frozenset(words["separators"]) | _words(words["separators"])
        self.not_food = _words(words["not_food"])
        self.ways = frozenset(data["ways"]["codes"])
        self.relaxed = tuple(
            Exchange(row["diet"], frozenset(row["eats"]), tuple(row["holds"])) for row in data["relaxed"]
        )
        self.only = tuple(Exchange("", frozenset(row["eats"]), tuple(row["holds"])) for row in data["only"])

    @staticmethod
    @cache
    def load() -> "Talk":
        """Read the data files once."""
        talk, harm = (
            tomllib.loads((DATA / f"restriction_{name}.toml").read_text(encoding="utf-8"))
            for name in ("talk", "harm")
        )
        return Talk(talk, harm)

    def harm_at(self, words: list[str], start: int) -> Found[str] | None:
        """Return the longest phrase of harm that begins at word ``start``; words like "toda" inside it are skipped."""
        plain = self._harms.longest_at(words, start)
        places = [
            at
            for at in range(start, min(len(words), start + _LONGEST_CUE))
            if at == start or singular(words[at]) not in self._inside
        ]
        found = self._harms.longest_at([words[at] for at in places], 0)
        if found is None or (plain is not None and plain.end > places[found.end - 1]):
            return plain
        return Found(start, places[found.end - 1] + 1, found.value)

    def cue_at(self, words: list[str], start: int) -> Found[Cue] | None:
        """Return the longest cue that begins at word ``start``; adverbs inside it are skipped."""
        places = [start]
        for at in range(start + 1, len(words)):
            if len(places) == _LONGEST_CUE:
                break
            if singular(words[at]) not in self._adverbs:
                places.append(at)
        plain = self._cues.longest_at(words, start)
        found = self._cues.longest_at([words[at] for at in places], 0)
        if found is not None and (plain is None or plain.end - plain.start < found.end):
            plain = Found(start, places[found.end - 1] + 1, found.value)
        if plain is None or plain.value not in RESTRICTING:
            return plain
        end = plain.end
        while end < len(words) and words[end] in _TRAILING:  # "não aguento mais frango"
            end += 1
        return Found(start, end, plain.value)

    def is_filler(self, word: str) -> bool:
        """Whether the word names nothing."""
        if word.isdecimal() or len(word) < 2 or word.endswith(_SUPERLATIVES):
            return True
        return singular(word) in self._fillers or word in self._fillers

    def is_ordinary(self, word: str) -> bool:
        """Whether the word is one of the language: it is never taken for a misspelt food."""
        base = singular(word)
        return (
            self.is_filler(word) or base in self._ordinary or self._cues.begins(base) or base in self._adverbs
        )


def _words(texts: list[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _single(phrase(text)))


def _single(words: Phrase) -> Phrase:
    return words if len(words) == 1 else ()
