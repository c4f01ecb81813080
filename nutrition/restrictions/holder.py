"""One restriction, ready to judge foods and the words of a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.person import Restriction
from nutrition.restrictions.matching import Found, Phrase, PhraseTable, phrase, singular
from nutrition.restrictions.ontology import NEAR, FoodNames, Kind, Ontology

_Verdict = Literal["forbidden", "safe"]
_NEGATIONS = frozenset({"sem", "zero", "livre", "isento", "isenta"})
_LINKS = frozenset(
    {"de", "do", "da", "adicao", "nem", "ou", "nenhum", "nenhuma", "qualquer", "adicionar", "usar"}
)
_OR = frozenset({"nem", "ou"})
_OF = frozenset({"de", "do", "da"})
_ADJECTIVES = frozenset(
    {
        "caseiro",
        "caseira",
        "natural",
        "cremoso",
        "cremosa",
        "minas",
        "ralado",
        "light",
        "integral",
        "simples",
        "leve",
        "fit",
    }
)


@dataclass(frozen=True, slots=True)
class _OfKind:
    """What a kind excludes of one food table: words of texts, and ids of foods."""

    phrases: PhraseTable[_Verdict]
    foods: frozenset[str]


_KINDS: "WeakKeyDictionary[FoodTable, dict[str, _OfKind]]" = WeakKeyDictionary()
"""Kept for every kind that was asked about: making one takes 10 ms, and people with it share it."""


class Holder:
    """A restriction against one food table. ``foods``: ids of those of the table that it excludes; ``keeps_apart``: some
    foods may not be eaten in one meal."""

    def __init__(self, restriction: Restriction, table: FoodTable, names: FoodNames) -> None:
        self.restriction = restriction
        self._names = names
        self._words = literal(restriction.code)
        self._kind = Ontology.load().get(restriction.code)
        if self._kind is None:
            self._phrases = self._of_words(table)
            self.foods = frozenset(food.id for food in table if self.forbids(food))
        else:
            kept = _KINDS.setdefault(table, {})
            if self._kind.code not in kept:
                kept[self._kind.code] = self._of_kind(self._kind, table)
            self._phrases, self.foods = kept[self._kind.code].phrases, kept[self._kind.code].foods

    @property
    def keeps_apart(self) -> bool:
        return self._kind is not None and bool(self._kind.apart)

    def forbids(self, food: Food) -> bool:
        """Whether the food is excluded, by its marks or by the words of its names."""
        if self._kind is not None:
            return self._kind.forbids(food, self._names)
        return any(
            found.value == "forbidden"
            for name in self._names.of(food)
            for found in self._phrases.find(list(name))
        )

    def forbids_origins(self, origins: set[str]) -> bool:
        """Whether animal origins that are kept apart come together."""
        return (
            self._kind is not None
            and bool(self._kind.apart)
            and all(origins & side for side in self._kind.apart)
        )

    def betrayed_by(self, words: list[str]) -> bool:
        """Whether folded ``words`` name what is excluded, or a dish that usually has it."""
        named = [found for found in self._phrases.find(words) if found.value == "forbidden"]
        negated = _negated(words) if named else set()
        return any(not self._is_harmless(found, words, negated) for found in named)

    def _is_harmless(self, found: Found[_Verdict], words: list[str], negated: set[int]) -> bool:
        """Whether the words around it say that it is not there: "sem leite", "maionese vegana", "bolo sem leite".

        A phrase that holds "sem" itself ("sem lactose" for a milk allergy) is judged as it is."""
        if found.start in negated:
            return not any(word in _NEGATIONS for word in words[found.start : found.end])
        if self._kind is None:
            return False
        said = tuple(singular(word) for word in words[found.start : found.end])
        between = self._kind.excused(said, tuple(singular(word) for word in words[found.end :]))
        if between is None:
            return False
        return between == 0 or between > NEAR or self._goes_on(words[found.end : found.end + between])

    def _goes_on(self, between: list[str]) -> bool:
        """Whether the words between a word and its excuse only describe it, and are not excluded themselves."""
        describes = between[0] in _OF if len(between) > 1 else singular(between[0]) in _ADJECTIVES
        return describes and not any(found.value == "forbidden" for found in self._phrases.find(between))

    def _of_words(self, table: FoodTable) -> PhraseTable[_Verdict]:
        """The words themselves, longer names of other foods that hold them ("couve-flor" for "couve"), and whatever
        else the foods so named are called ("aipim" for "macaxeira")."""
        phrases: PhraseTable[_Verdict] = PhraseTable()
        for name in self._same_foods(table):
            phrases.add(name, "forbidden")
        for longer, unmeant in Ontology.load().compounds.items():
            if self._words in unmeant:
                phrases.add(longer, "safe")
        phrases.add(self._words, "forbidden")
        return phrases

    def _same_foods(self, table: FoodTable) -> Iterator[Phrase]:
        for food in table:
            names = self._names.of(food)
            if self._words in names:
                yield from (name for name in names if len(name) > 1 or name[0] not in _COMMON)

    def _of_kind(self, kind: Kind, table: FoodTable) -> _OfKind:
        """Words of the ontology, safe phrases, and the table's own names: allowed foods are safe phrases, forbidden
        ones betray. The ontology's words win over names of allowed foods, forbidden names over safe phrases.

        A single word that also begins the name of an allowed food ("óleo", a synonym of soya oil) betrays nothing by
        itself: which one it is, the ingredients tell."""
        phrases: PhraseTable[_Verdict] = PhraseTable()
        words = set(kind.words)
        heads: set[str] = set()
        foods = frozenset(food.id for food in table if kind.forbids(food, self._names))
        for food in table:
            if food.id not in foods:
                for name in self._names.of(food):
                    heads.add(name[0])
                    if name not in words:
                        phrases.add(name, "safe")
        for item in kind.safe:
            phrases.add(item, "safe")
        for food in table:
            if food.id in foods:
                for name in self._names.of(food):
                    if len(name) > 1 or name[0] not in heads:
                        phrases.add(name, "forbidden")
        for item in words - set(kind.safe):
            phrases.add(item, "forbidden")
        return _OfKind(phrases, foods)


_COMMON = frozenset({"oleo", "massa", "fruta", "legume", "salada", "farinha", "vitamina", "mistura"})
# One-word synonyms that name more than one food; the person's own words are kept even then.


def _negated(words: list[str]) -> set[int]:
    """Positions right after "sem" or "zero", or after a linking word ("livre de", "sem adição de"), also after "nem"
    and "ou" ("sem leite nem ovo"): what is left out does no harm."""
    found: set[int] = set()
    for at, word in enumerate(words):
        if word in _NEGATIONS:
            after = at + 1
            while after < len(words) and words[after] in _LINKS:
                after += 1
            found.add(after)
            if words[after + 1 : after + 2] and words[after + 1] in _OR:
                found.add(after + 2)
    return found


def literal(code: str) -> Phrase:
    """Return the words of a ``food:`` or ``word:`` code; an unknown code stands for its own words."""
    _, _, rest = code.rpartition(":")
    return phrase(rest)
