"""Reading what people write about what they do not eat.

Each sentence is read alone, piece by piece ("peixe pode, camarão não"). What a piece names is restricted unless the
person says that they eat it; the reading is the strictest one. Orders to a program and facts about somebody else change
nothing. What is left and means something is kept as literal words to avoid, and told. A permission never removes a
restriction of another sentence: an allergy leaves only by confirmation, elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nutrition.conditions import declared_condition, words_and_stops
from nutrition.foods import FoodTable
from nutrition.foreign import is_foreign
from nutrition.person import Restriction, Strength
from nutrition.restrictions.lexicon import Lexicon
from nutrition.restrictions.matching import singular
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.pieces import Cutter
from nutrition.restrictions.sentence import Reading, Said
from nutrition.words import fold, tokens

MAX_TEXT = 2000

_SENTENCE = re.compile(r"[.;!?\n]+")
_AS_COMMA = re.compile(r"[+&•·*|\[\]\"“”…–—]|(?<!\w)-|-(?!\w)|\b\d{1,2}[).]\s")
_AMBIGUOUS = frozenset({"leite", "gluten", "trigo", "frutos_do_mar"})
"""Kinds that may be an allergy, an intolerance or a choice: the chat asks, when the reason was not told."""
_QUOTED = 120
_FIRM = frozenset({Strength.ALERGIA, Strength.INTOLERANCIA})
_DAYS = frozenset({"segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo", "hoje", "amanha"})
_OTHER_DAYS = frozenset(
    {"so", "somente", "apenas", "exceto", "menos", "salvo", "tirando", "mas", "sou", "somo", "virei"}
)
"""With these, a day is when something is eaten, or something else: "não como carne, só no domingo"."""
_CONDITIONS = {"pre_diabetes": "diabetes_2", "frutosemia": "frutose"}
"""Conditions whose kind of restriction has another name; the other kinds share the condition's code."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask after acting on the strictest reading; ``code`` is the kind in doubt, ``said`` their words."""

    code: str
    said: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text says. ``allowed`` are codes of kinds and foods that it permits, told back and otherwise unused.

    ``conditions`` are health facts it tells of (codes of ``nutrition.conditions``): they belong in the profile too.
    """

    restrictions: tuple[Restriction, ...] = ()
    allowed: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    conditions: tuple[str, ...] = ()


def understand(text: str, table: FoodTable) -> Understood:
    """Read ``text`` (at most 2,000 letters are looked at). Never raises; about 1 ms for a sentence."""
    text = text[:MAX_TEXT]
    notes = _Notes(text)
    lexicon = Lexicon.of(table)
    for sentence in _SENTENCE.split(_AS_COMMA.sub(",", text)):
        words = words_and_stops(sentence)
        if words:
            cutter = Cutter(words, lexicon)
            notes.begin(sentence)
            notes.add_conditions(sentence, cutter)
            notes.add(Reading(cutter), of_a_day=_is_of_a_day(words))
    return notes.result()


def _is_of_a_day(words: list[str]) -> bool:
    """Whether a wish is for a day: "bora de vegetariano no sábado", "sexta-feira eu não como carne".

    The day begins or ends it; one in the middle may be of something else ("sou vegana e hoje janto tarde").
    """
    said = [singular(word) for word in words if word.isalpha() and word != "feira"]
    return bool({*said[:2], *said[-1:]} & _DAYS) and not {*words, *said} & _OTHER_DAYS


class _Notes:
    """What the sentences of a text say together."""

    def __init__(self, text: str) -> None:
        self._spelled = {fold(word): word.lower() for word in re.findall(r"\w+", text)}
        self._whole = ""
        self._restrictions: dict[str, Restriction] = {}
        self._allowed: dict[str, None] = {}
        self._not_understood: dict[str, None] = {}
        self._questions: dict[str, Question] = {}
        self._conditions: dict[str, None] = {}

    def begin(self, sentence: str) -> None:
        """Take up a sentence: one that is read in Portuguese words is quoted whole, as it was written."""
        self._whole = " ".join(sentence.split())[:_QUOTED] if is_foreign(tokens(sentence)) else ""

    def add_conditions(self, sentence: str, cutter: Cutter) -> None:
        """Health facts become the kind of restriction that goes with them, when there is one."""
        found = [mention.code for mention in cutter.conditions if mention.holds]
        if len(cutter.words) == 1:
            found += declared_condition(sentence)
        for code in found:
            self._conditions[code] = None
            kind = _CONDITIONS.get(code, code)
            if kind in Ontology.load():
                self._keep(Restriction(kind, Ontology.load()[kind].strength, self._quoted(cutter.words)))

    def add(self, reading: Reading, *, of_a_day: bool) -> None:
        """Take in what a sentence restricts, permits and leaves unknown; what is chosen for a day is for no week."""
        for said in reading.restricted:
            if not (of_a_day and self._strength(said) is Strength.DIETA):
                self._restrict(said)
        for code in reading.allowed:
            self._allowed[code] = None
        for words, strength, literal in reading.unknown:
            written = self._as_written(words)
            if of_a_day and strength not in _FIRM:
                continue
            self._not_understood[written] = None
            if literal:
                code = f"word:{' '.join(singular(word) for word in words)}"
                self._keep(Restriction(code, strength or Strength.PREFERENCIA, written))

    def _restrict(self, said: Said) -> None:
        written = self._quoted(said.words)
        strength = self._strength(said)
        if said.code == "lactose" and strength is Strength.ALERGIA:
            # nobody is allergic to lactose: milk is meant, or may be
            self._restrict(Said("leite", said.strength, said.words))
            self._questions["leite"] = Question("leite", written)
        self._keep(Restriction(said.code, strength, written))
        if said.code == "nozes" and said.strength is Strength.ALERGIA:
            self._restrict(
                Said("oleaginosas", said.strength, said.words)
            )  # many say "nozes" of every tree nut
        if said.words and said.strength in {None, Strength.DIETA} and said.code in _AMBIGUOUS:
            self._questions.setdefault(said.code, Question(said.code, written))

    def _strength(self, said: Said) -> Strength:
        kind = Ontology.load().get(said.code)
        own = kind.strength if kind is not None else Strength.PREFERENCIA
        if own in {Strength.DIETA, Strength.CONDICAO} and said.strength is not Strength.ALERGIA:
            return own
        return said.strength or own

    def _keep(self, restriction: Restriction) -> None:
        known = self._restrictions.get(restriction.code)
        if known is None or _stronger(restriction.strength, known.strength):
            self._restrictions[restriction.code] = restriction

    def _as_written(self, words: Iterable[str]) -> str:
        return " ".join(self._spelled.get(word, word) for word in words)

    def _quoted(self, words: tuple[str, ...] | list[str]) -> str:
        """What the person wrote of a restriction; nothing for one that only follows from another."""
        return self._whole if self._whole and words else self._as_written(words)

    def result(self) -> Understood:
        return Understood(
            tuple(self._restrictions.values()),
            tuple(code for code in self._allowed if code not in self._restrictions),
            tuple(self._not_understood),
            tuple(self._questions.values()),
            tuple(self._conditions),
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
