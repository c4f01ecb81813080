"""Finding phrases in text, word by word: plurals, diminutives and accents forgiven, never parts of words.

A phrase is a tuple of singular, folded words. "ovo" is found in "ovinhos", never in "povo"; "mel" never in "melhor".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from nutrition.words import tokens

T = TypeVar("T")
Phrase = tuple[str, ...]

_PLURALS = (
    ("oes", "ao"),
    ("aes", "ao"),
    ("ais", "al"),
    ("eis", "el"),
    ("ois", "ol"),
    ("uis", "ul"),
    ("ns", "m"),
    ("res", "r"),
    ("zes", "z"),
)
"""Folded plural endings and their singulars, first match wins."""

_INNER_PLURALS = {"oe": "ao", "ae": "ao", "ei": "el", "ai": "al", "oi": "ol"}
"""What the plural leaves before "zinhos": "camarõezinhos" are of "camarão", "pasteizinhos" of "pastel"."""

_NOT_PLURAL = frozenset(
    {"mais", "pais", "arroz", "gas", "tres", "depois", "seis", "reis", "nozes", "pires", "tenis"}
)
_IRREGULAR = {
    "nozes": "noz",
    "maos": "mao",
    "graos": "grao",
    "mamoes": "mamao",
    "paes": "pao",
    "acucares": "acucar",
}


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """Return the singular of a folded word; words it does not know how to turn stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _NOT_PLURAL or len(word) < 4:
        return word
    for ending, replacement in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + replacement
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[str, ...]:
    """Return what a folded word may stand for: its singular, and what it is a diminutive of."""
    base = singular(word)
    found = [base]
    for ending in ("zinho", "zinha"):
        if base.endswith(ending) and len(base) > len(ending) + 2:
            stem = base[: -len(ending)]
            found.append(_INNER_PLURALS.get(stem[-2:], stem[-2:]).join((stem[:-2], "")))
    for ending, vowel in (("inho", "o"), ("inha", "a")):
        if base.endswith(ending) and len(base) >= len(ending) + 2:
            stem = base[: -len(ending)]
            found += [stem + vowel, stem + "e"]
    return tuple(dict.fromkeys(found))


def phrase(text: str) -> Phrase:
    """Return the phrase that ``text`` spells: "Castanhas-do-Pará" is ("castanha", "do", "para")."""
    return tuple(singular(word) for word in tokens(text))


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase at words ``start`` to ``end`` (exclusive) of a text, and what it stands for."""

    start: int
    end: int
    value: T


class PhraseTable(Generic[T]):
    """Many phrases, each with a value; a later value for the same phrase replaces the earlier one."""

    def __init__(self, phrases: Iterable[tuple[Phrase, T]] = ()) -> None:
        self._values: dict[Phrase, T] = {}
        self._starts: dict[str, list[int]] = {}
        """The lengths of the phrases that begin with a word, longest first."""
        self._most = 1
        for words, value in phrases:
            self.add(words, value)

    def add(self, words: Phrase, value: T) -> None:
        """Add a phrase; an empty one is ignored."""
        if words:
            self._values[words] = value
            self._most = max(self._most, len(words))
            lengths = self._starts.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))
                lengths.sort(reverse=True)

    def get(self, words: Phrase) -> T | None:
        """Return the value of exactly this phrase."""
        return self._values.get(words)

    def __contains__(self, words: Phrase) -> bool:
        return words in self._values

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._values)

    def begins(self, word: str) -> bool:
        """Whether some phrase begins with this singular word."""
        return word in self._starts

    def longest_at(self, words: list[str], start: int) -> Found[T] | None:
        """Return the longest phrase that begins at word ``start`` (words are folded, in any number)."""
        near = words[start : start + self._most]
        found = self._longest(near, [singular(word) for word in near], 0)
        return Found(start, start + found.end, found.value) if found is not None else None

    def find(self, words: list[str]) -> Iterator[Found[T]]:
        """Yield phrases left to right, longest first, not overlapping."""
        starts, singulars = self._starts.keys(), [singular(word) for word in words]
        at = 0
        while at < len(words):
            if starts.isdisjoint(readings(words[at])):  # nearly every word
                at += 1
                continue
            found = self._longest(words, singulars, at)
            if found is None:
                at += 1
            else:
                yield found
                at = found.end

    def _longest(self, words: list[str], singulars: list[str], start: int) -> Found[T] | None:
        best: Found[T] | None = None
        for first in readings(words[start]):
            for length in self._starts.get(first, ()):
                end = start + length
                if end > len(words):
                    continue
                if best is not None and end <= best.end:
                    break
                value = self._lookup((first, *singulars[start + 1 : end]), words[end - 1])
                if value is not None:
                    best = Found(start, end, value)
                    break
        return best

    def _lookup(self, plain: Phrase, last: str) -> T | None:
        """The value of a phrase, also when its last word stands for something else than its singular."""
        value = self._values.get(plain)
        if value is not None or len(plain) == 1:
            return value
        for ending in readings(last)[1:]:
            value = self._values.get((*plain[:-1], ending))
            if value is not None:
                return value
        return None
