"""English and Spanish sentences about health and food, put into the Portuguese words that the readers here know.

Only words are changed, by ``data/foreign_words.toml``: the rules of who and whether stay in one place. A word that
is Portuguese too is changed only where nothing around it is Portuguese.
"""

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from nutrition.words import tokens

_DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("foreign_words.toml").read_text(encoding="utf-8")
)
_Phrases = dict[tuple[str, ...], list[str]]


def _phrases(*tables: str) -> _Phrases:
    return {
        tuple(tokens(said)): [*meant.replace("-", " ").split()]
        for table in tables
        for said, meant in _DATA[table].items()
    }


_SURE, _WEAK = _phrases("talk", "names"), _phrases("weak")
_TALK = frozenset(_phrases("talk"))
_NAMES = frozenset(_phrases("names"))
_LONGEST = max(map(len, _SURE))
_PORTUGUESE = frozenset(_DATA["read"]["portuguese"])
_AFTER_SOY = frozenset(_DATA["read"]["after_soy"])
_REASONS = {
    "alergia": "alergia a",
    "intolerante": "intolerante a",
    "intolerancia": "intolerancia a",
    "free": "sem",
}
"""What follows its food in English ("peanut allergy", "dairy free") and leads it here."""

_JOINS = frozenset({"e", "ou", ",", "/"})
_LED = frozenset({"allergy", "allergies", "intolerance", "intolerant", "free"})
_KNOWN_NAMES = frozenset({"gluten", "lactose", "banana", "kiwi", "latex", "soja", "tofu", "coco", "mel"})
_YEARS = frozenset(_DATA["read"]["minor_years"]) | {str(age) for age in range(8, 18)}
_AFTER_AGE = frozenset({"years", "year", "yo", "y", "and", ",", "."})
_SHORT = 4


@lru_cache(maxsize=4096)
def _meaning(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The Portuguese of a phrase, or of its singular."""
    for last in _singulars(words[-1]):
        found = _SURE.get((*words[:-1], last))
        if found is not None:
            return tuple(found)
    return None


def _singulars(word: str) -> Iterable[str]:
    yield word
    if len(word) >= _SHORT and word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"


def in_portuguese(words: list[str]) -> list[str]:
    """Return folded ``words`` (marks of punctuation among them) with what is English or Spanish put into Portuguese."""
    if not is_foreign(words):
        return words
    plain = not _PORTUGUESE.intersection(words)
    said: list[tuple[str, bool]] = []
    """Each word, and whether it names something."""
    at = 0
    while at < len(words):
        size, found, names = _at(words, at, plain=plain)
        if size == 1 and plain and words[at] in _LED and found[0] in _REASONS:
            _lead(said, found[0])
        else:
            said += [(word, names) for word in found]
        at += size
    return [word for word, _ in said]


def is_foreign(words: list[str]) -> bool:
    """Whether something in folded ``words`` is surely English or Spanish."""
    at = 0
    while at < len(words):
        found = _longest(words, at)
        size, meaning = found or (1, (words[at],))
        if words[at] == "soy" or _minor(words, at) or meaning != tuple(words[at : at + size]):
            return True
        at += size
    return False


def _at(words: list[str], at: int, *, plain: bool) -> tuple[int, tuple[str, ...], bool]:
    """How many words are read at a place, what they are in Portuguese, and whether they name something."""
    minor = _minor(words, at)
    if minor:
        return minor, ("menor", "de", "idade"), True
    found = _longest(words, at)
    if found is not None:
        size, meaning = found
        return size, meaning, tuple(words[at : at + size]) not in _TALK
    if words[at] == "soy":
        verb = words[at + 1 : at + 2] and words[at + 1] in _AFTER_SOY
        return (1, ("sou",), False) if verb else (1, ("soja",), True)
    if plain:
        return _weak(words, at)
    return 1, (words[at],), False


def _weak(words: list[str], at: int) -> tuple[int, tuple[str, ...], bool]:
    word, after = words[at], words[at + 1 : at + 3]
    if word == "no":
        is_verb = after[:1] == ["soy"] and after[1:] and after[1] in _AFTER_SOY
        return 1, ("nao" if is_verb or not after else "sem",), False
    for phrase in (tuple(words[at : at + 2]), (word,)):
        meaning = _WEAK.get(phrase)
        if meaning is not None:
            return len(phrase), tuple(meaning), False
    return 1, (word,), word in _KNOWN_NAMES


def _longest(words: list[str], at: int) -> tuple[int, tuple[str, ...]] | None:
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        meaning = _meaning(tuple(words[at : at + size]))
        if meaning is not None:
            return size, meaning
    return None


def _minor(words: list[str], at: int) -> int:
    """How many words say an age below 18 of the writer, 0 for none: "i am 16", "i'm a 16 year old", "tengo 16 años"."""
    if words[at : at + 1] == ["tengo"] and words[at + 2 : at + 3] == ["anos"]:
        return 3 if words[at + 1] in _YEARS else 0
    if words[at : at + 2] not in (["i", "am"], ["i", "m"]):
        return 0
    size = 3 if words[at + 2 : at + 3] in (["a"], ["only"]) else 2
    age, after = words[at + size : at + size + 1], words[at + size + 1 : at + size + 2]
    is_age = bool(age) and age[0] in _YEARS and (not after or after[0] in _AFTER_AGE)
    return size + 1 if is_age else 0


def _lead(said: list[tuple[str, bool]], reason: str) -> None:
    """Put the reason before the foods it follows: "peanut and egg allergy"."""
    start = len(said)
    while start > 0 and (said[start - 1][1] or (said[start - 1][0] in _JOINS and start < len(said))):
        start -= 1
    while start < len(said) and said[start][0] in _JOINS:
        start += 1
    if start == len(said):
        said.append((reason if reason != "free" else "sem", False))
    else:
        said[start:start] = [(word, False) for word in _REASONS[reason].split()]
