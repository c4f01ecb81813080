"""Other words for what a question says: those of everyday talk, and names of foods that the documents do not use.

A question about the "freezer" also looks for "congelador". The words are data (``data/synonyms.toml``) and the
synonyms of the food table; nothing here knows any document.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nutrition.foods import FoodTable
from nutrition.words import tokens
from rag.stems import STOP_WORDS

_DATA = Path(__file__).with_name("data") / "synonyms.toml"
_LONGEST = 4
"""Words of the longest phrase."""

_LINKING = frozenset("a o as os de da do das dos um uma".split())  # noqa: SIM905 -- a list of words
_STATES = re.compile(r"crua?|\w+[ai]d[ao]")  # cozido, grelhada: how a food of the table is prepared

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """``said``: words of the question as ``phrase`` gives them. ``words``: folded, to be looked for too."""

    said: Phrase
    words: tuple[str, ...]


class Thesaurus:
    """Phrases of everyday talk with the words of documents; immutable."""

    def __init__(self, sayings: Mapping[Phrase, Sequence[str]], foods: Mapping[str, Sequence[str]]) -> None:
        """``sayings``: what to look for too, by phrase. ``foods``: the words of a food's name, by another name of it."""
        self._sayings = {key: tuple(dict.fromkeys(value)) for key, value in sayings.items()}
        self._foods = {key: tuple(dict.fromkeys(value)) for key, value in foods.items()}
        self.words = frozenset([*(key[0] for key in self._sayings if len(key) == 1), *self._foods])

    @classmethod
    def load(cls) -> "Thesaurus":
        """The project's own, read once (blocking, about 20 ms)."""
        return _load()

    def knows(self, word: str) -> bool:
        """Whether a folded word stands here by itself: then it is no typo."""
        return plain(word) in self.words

    def others(self, text: str, unknown: Sequence[str] = ()) -> list[Other]:
        """Return what to look for besides the words of ``text``, in their order.

        Names of foods count only for the ``unknown`` words (folded), which no document has.
        """
        said = phrase(text)
        spans = [
            said[start:end]
            for start in range(len(said))
            for end in range(start + 1, min(start + _LONGEST, len(said)) + 1)
        ]
        found = [Other(span, self._sayings[span]) for span in spans if span in self._sayings]
        names = (plain(word) for word in unknown)
        return found + [Other((name,), self._foods[name]) for name in names if name in self._foods]


def plain(word: str) -> str:
    """A folded word without its plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def phrase(text: str) -> Phrase:
    """The words of ``text`` as they are compared: "sem" and "por" count, articles and "de" do not."""
    return tuple(plain(word) for word in tokens(text) if word not in _LINKING)


@cache
def _load() -> Thesaurus:
    sayings: defaultdict[Phrase, list[str]] = defaultdict(list)
    for group in tomllib.loads(_DATA.read_text(encoding="utf-8")).values():
        for written, said in group.items():
            for saying in said:
                sayings[phrase(saying)] += [word for word in tokens(written) if word not in STOP_WORDS]
    foods: defaultdict[str, list[str]] = defaultdict(list)
    for food in FoodTable.load():
        head, *rest = tokens(food.name)
        for synonym in food.synonyms:
            name = tokens(synonym)
            if len(name) == 1 and plain(name[0]) != plain(head):
                told = [word for word in rest[:2] if word not in STOP_WORDS and not _STATES.fullmatch(word)]
                foods[plain(name[0])] += [head, *told]
    return Thesaurus(sayings, foods)
