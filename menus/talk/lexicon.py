"""Which words are what: phrases of ``data/words.toml`` and the food table, found by their first word."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from menus.changes.foods import stem
from menus.talk.when import WEEKDAYS
from nutrition.foods import FoodTable
from nutrition.menu import Slot
from nutrition.words import tokens

_DATA = Path(__file__).parent / "data"
_SAID, _FOODS = ((_DATA / name).read_text(encoding="utf-8") for name in ("words.toml", "foods.toml"))
_SMALL_WORDS = {
    "n*": [
        "no",
        "na",
        "nos",
        "nas",
        "nesse",
        "nessa",
        "neste",
        "nesta",
        "naquele",
        "naquela",
        "nele",
        "nela",
        "num",
        "numa",
        "em",
    ],
    "d*": [
        "de",
        "do",
        "da",
        "dos",
        "das",
        "desse",
        "dessa",
        "deste",
        "desta",
        "daquele",
        "daquela",
        "disso",
        "dele",
        "dela",
        "dum",
        "duma",
    ],
    "um*": ["um", "uma", "uns", "umas"],
}
_SPELT = ("SLOT", "SNACK")
_SPELT_VERBS = frozenset(
    [
        "trocar",
        "troque",
        "substituir",
        "substitui",
        "cancela",
        "cancelar",
        "repete",
        "repetir",
        "desfaz",
        "coloca",
        "colocar",
    ]
)
_SPELT_LONG = 6
_PREFIX = 3
"""Words that are given by their beginning are found by so many letters of it."""


class Phrase(NamedTuple):
    """Words in a row, each whole or ("*") by its beginning, and what they are."""

    words: tuple[str, ...]
    kind: str
    value: str = ""

    def fits(self, said: list[str], at: int) -> bool:
        """Whether the words from ``at`` on are these."""
        if at + len(self.words) > len(said):
            return False
        return all(_is(word, said[at + n]) for n, word in enumerate(self.words))


@dataclass
class Lexicon:
    """All phrases, and the words of foods: ``heads`` may begin one, ``others`` may follow."""

    by_first: dict[str, list[Phrase]] = field(default_factory=dict)
    by_prefix: dict[str, list[Phrase]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    spelt: dict[int, list[str]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)

    def add(self, phrase: Phrase) -> None:
        """Keep ``phrase``."""
        first = phrase.words[0]
        if first.endswith("*"):
            self.by_prefix.setdefault(first[:_PREFIX].rstrip("*"), []).append(phrase)
        else:
            self.by_first.setdefault(first, []).append(phrase)
        self.words.update(word for word in phrase.words if not word.endswith("*"))

    def at(self, said: list[str], at: int) -> list[Phrase]:
        """The longest phrases that begin at ``at``: several when the same words are several things."""
        word = said[at]
        near = [*self.by_first.get(word, ())]
        for length in range(1, _PREFIX + 1):
            near += self.by_prefix.get(word[:length], ()) if len(word) >= length else ()
        found = [phrase for phrase in near if phrase.fits(said, at)]
        longest = max((len(phrase.words) for phrase in found), default=0)
        return [phrase for phrase in found if len(phrase.words) == longest]

    def is_known(self, word: str) -> bool:
        """Whether ``word`` is any word of ours."""
        return word in self.words or self.is_food(word) or bool(self.at([word], 0))

    def is_food(self, word: str) -> bool:
        """Whether ``word`` may begin the name of a food."""
        return word in self.heads or stem(word) in self.heads

    def goes_on(self, word: str) -> bool:
        """Whether ``word`` may follow in the name of a food: "integral", "grelhado"."""
        return word in self.others or stem(word) in self.others


def expand(phrase: str) -> Iterator[tuple[str, ...]]:
    """The phrases that are meant by one with alternatives."""
    return product(*(_SMALL_WORDS.get(word) or word.split("|") for word in phrase.split()))


@cache
def load() -> Lexicon:
    """The lexicon, read once."""
    lexicon = Lexicon()
    said = tomllib.loads(_SAID)
    kinds = {"meals": "SLOT", "times": "TIME", "filler": "FILLER"}
    for section, entries in said.items():
        for name, phrases in entries.items():
            kind = kinds.get(section, "SNACK" if section == "snack" else name)
            value = Slot(name).value if section in {"meals", "times"} else ""
            for phrase in _listed(phrases):
                for words in expand(phrase):
                    lexicon.add(Phrase(words, kind, value))
    _add_foods(lexicon)
    meals = {
        word
        for word, near in lexicon.by_first.items()
        if any(each.kind in _SPELT and len(each.words) == 1 for each in near)
    }
    for word in meals | _SPELT_VERBS | {*WEEKDAYS, "amanha"} | lexicon.heads:
        if len(word) >= _SPELT_LONG or word in WEEKDAYS:
            lexicon.spelt.setdefault(len(word), []).append(word)
    lexicon.words.update(WEEKDAYS, ("amanha", "hoje", "ontem", "anteontem"))
    return lexicon


def _add_foods(lexicon: Lexicon) -> None:
    more: dict[str, Any] = tomllib.loads(_FOODS)
    never = frozenset(_words(more["never"]))
    lexicon.called.update(more["called"])
    lexicon.heads.update(word.split()[0] for word in more["called"])
    for food in FoodTable.load():
        for name in (food.name, *food.synonyms):
            first, *rest = tokens(name)
            lexicon.heads.add(stem(first))
            lexicon.others.update(stem(word) for word in rest if len(word) > 1)
    lexicon.heads.update(stem(word) for word in _words(more["heads"]))
    lexicon.others.update(stem(word) for word in _words(more["others"]))
    lexicon.heads -= never | {stem(word) for word in never}
    lexicon.others -= frozenset(_words(more["never_others"]))


def _listed(text: str) -> list[str]:
    return [each for part in text.replace("\n", " ").split(",") if (each := part.strip())]


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _is(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
