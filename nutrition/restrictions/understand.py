"""Reading what people write about what they do not eat.

Text is cut into clauses; each clause permits, restricts or orders (orders are ignored). In a restricting clause every
known kind and food becomes a restriction, on the strictest reading; what is left and means something is kept as
literal words to avoid, and told. Permissions never remove a restriction here: an allergy leaves only by confirmation.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.lexicon import Lexicon, Mode, Talk
from nutrition.restrictions.matching import singular
from nutrition.restrictions.ontology import Ontology
from nutrition.words import fold, tokens

MAX_TEXT = 2000
MAX_LITERAL_WORDS = 8

_CLAUSE = re.compile(
    r"[.;!?\n]+|\bmas\b|\bporem\b|\bso que\b|\bentretanto\b|\bja\b(?=\s+\w+\s+(?:posso|como))"
)
_ITEM = re.compile(r"[,/+&()\[\]:\"“”]|\be\b|\bou\b|\balem de\b|(?=\bnem\b)|(?=\btampouco\b)")
_NOR = ("nem", "tampouco")
_AMBIGUOUS = {"leite": "leite", "gluten": "gluten", "trigo": "gluten", "frutos_do_mar": "frutos_do_mar"}
"""Kinds that may be an allergy, an intolerance or a choice: code -> what the chat asks."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask after acting on the strictest reading; ``code`` is the kind in doubt, ``said`` their words."""

    code: str
    said: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text says. ``allowed`` are codes of kinds and foods that it permits, told back and otherwise unused."""

    restrictions: tuple[Restriction, ...] = ()
    allowed: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a clause between commas, with what the words before it set."""

    text: str
    mode: Mode
    strength: Strength | None


def understand(text: str, table: FoodTable) -> Understood:
    """Read ``text`` (at most 2,000 letters are looked at). Never raises; about 1 ms for a sentence."""
    reader = _Reader(table, text[:MAX_TEXT])
    for clause in _CLAUSE.split(fold(text[:MAX_TEXT])):
        reader.read(clause)
    return reader.result()


class _Reader:
    def __init__(self, table: FoodTable, text: str) -> None:
        self._lexicon = _lexicon(table)
        self._spelled = {fold(word): word.lower() for word in re.findall(r"\w+", text)}
        self._talk = Talk.load()
        self._restrictions: dict[str, Restriction] = {}
        self._allowed: dict[str, None] = {}
        self._not_understood: dict[str, None] = {}
        self._questions: dict[str, Question] = {}

    def read(self, clause: str) -> None:
        """Take one clause in."""
        words = tokens(clause)
        if (
            not words
            or self._talk.is_nothing(words)
            or self._talk.is_order(words)
            or self._talk.is_of_others(words)
        ):
            return
        mode, strength = Mode.RESTRICTS, None
        for piece in _ITEM.split(clause):
            item = tokens(piece)
            if not item:
                continue
            said_mode = Mode.RESTRICTS if item[0] in _NOR else self._talk.mode(item)
            if said_mode is not None:
                mode = said_mode
                strength = self._talk.strength(item)
            elif (found := self._talk.strength(item)) is not None:
                mode, strength = Mode.RESTRICTS, found
            self._take(_Part(" ".join(item), mode, strength))

    def _take(self, part: _Part) -> None:
        words = tokens(part.text)
        used: set[int] = set(self._talk.spans(words))
        at = 0
        while at < len(words):
            found = self._lexicon.longest_at(words, at)
            if found is None or (found.start in used and found.end - found.start == 1):
                at += 1
                continue
            said = self._as_written(words[found.start : found.end])
            used.update(range(found.start, found.end))
            at = found.end
            for code in found.value:
                self._note(code, said, part)
        if part.mode is Mode.RESTRICTS:
            self._keep_literal(words, used)

    def _note(self, code: str, said: str, part: _Part) -> None:
        if part.mode is Mode.PERMITS:
            self._allowed[code] = None
            return
        strength = self._strength(code, part)
        if code == "lactose" and strength is Strength.ALERGIA:
            self._note("leite", said, part)  # nobody is allergic to lactose: milk is meant, or may be
            self._questions["leite"] = Question("leite", said)
        known = self._restrictions.get(code)
        if known is None or _stronger(strength, known.strength):
            self._restrictions[code] = Restriction(code, strength, said)
        if part.strength is None and code in _AMBIGUOUS and code not in self._questions:
            self._questions[code] = Question(code, said)

    def _as_written(self, words: list[str]) -> str:
        return " ".join(self._spelled.get(word, word) for word in words)

    def _strength(self, code: str, part: _Part) -> Strength:
        ontology = Ontology.load()
        own = ontology[code].strength if code in ontology else Strength.PREFERENCIA
        if own in {Strength.DIETA, Strength.CONDICAO} and part.strength is not Strength.ALERGIA:
            return own
        return part.strength or own

    def _keep_literal(self, words: list[str], used: set[int]) -> None:
        left = [
            word
            for at, word in enumerate(words)
            if at not in used and self._talk.means_something(word) and len(word) > 2
        ]
        if not left:
            return
        said = self._as_written(left[:MAX_LITERAL_WORDS])
        self._not_understood[said] = None
        for word in left[:MAX_LITERAL_WORDS]:
            code = f"word:{singular(word)}"
            self._restrictions.setdefault(
                code, Restriction(code, Strength.PREFERENCIA, self._as_written([word]))
            )

    def result(self) -> Understood:
        return Understood(
            tuple(self._restrictions.values()),
            tuple(code for code in self._allowed if code not in self._restrictions),
            tuple(self._not_understood),
            tuple(self._questions.values()),
        )


_ORDER = (Strength.PREFERENCIA, Strength.DIETA, Strength.INTOLERANCIA, Strength.CONDICAO, Strength.ALERGIA)


def _stronger(one: Strength, other: Strength) -> bool:
    return _ORDER.index(one) > _ORDER.index(other)


def merge(old: Iterable[Restriction], new: Iterable[Restriction]) -> tuple[Restriction, ...]:
    """Return both, one of each code, the stronger where both have it; nothing is ever lost."""
    merged: dict[str, Restriction] = {}
    for item in (*old, *new):
        known = merged.get(item.code)
        if known is None or _stronger(item.strength, known.strength):
            merged[item.code] = item
    return tuple(merged.values())


@cache
def _lexicon(table: FoodTable) -> Lexicon:
    return Lexicon(table, Ontology.load())
