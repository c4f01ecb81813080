"""Rules: what a person's restrictions forbid, by the tags of foods and by the words of any text.

Both checks are made on everything shown, whoever wrote it. When in doubt the answer is "forbidden".
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import ClassVar, Literal

from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.person import Restriction
from nutrition.restrictions.matching import Found, Phrase, PhraseTable, phrase
from nutrition.restrictions.ontology import FoodNames, Kind, Ontology
from nutrition.words import tokens

_Verdict = Literal["forbidden", "safe"]
_NEGATIONS = frozenset({"sem", "zero", "livre", "isento", "isenta"})
_LINKS = frozenset({"de", "do", "da", "adicao", "nem", "ou"})
_REMEMBERED = 256
_NAMES: dict[int, FoodNames] = {}


class Rules:
    """The restrictions of one person against one food table. Make with ``Rules.of``; equal keys behave alike."""

    _cache: ClassVar["OrderedDict[tuple[int, str], Rules]"] = OrderedDict()

    def __init__(self, restrictions: Sequence[Restriction], table: FoodTable) -> None:
        self.restrictions = tuple(restrictions)
        self.key = key_of(restrictions)
        self._table = table
        self._names = _NAMES.setdefault(id(table), FoodNames())
        self._holders = tuple(_Holder(item, table, self._names) for item in self.restrictions)
        self._forbidden = self._forbidden_foods()

    @classmethod
    def of(cls, restrictions: Iterable[Restriction], table: FoodTable) -> "Rules":
        """Return the rules for ``restrictions``, remembered for those seen last."""
        listed = tuple(restrictions)
        key = (id(table), key_of(listed))
        made = cls._cache.get(key)
        if made is None:
            made = cls._cache[key] = cls(listed, table)
            if len(cls._cache) > _REMEMBERED:
                cls._cache.popitem(last=False)
        cls._cache.move_to_end(key)
        return made

    @cached_property
    def diets(self) -> frozenset[str]:
        """Codes of the kinds that are held, for what changes targets (low_carb, cetogenica…)."""
        return frozenset(item.code for item in self.restrictions)

    def forbids_food(self, food: Food) -> Restriction | None:
        """Return what forbids a food, or None."""
        if food.id in self._table:
            return self._forbidden.get(food.id)
        return next((holder.restriction for holder in self._holders if holder.forbids(food)), None)

    def forbids_text(self, text: str) -> Restriction | None:
        """Return what a text betrays, or None: hidden sources count, safe phrases and "sem X" do not."""
        words = tokens(text)
        return next((holder.restriction for holder in self._holders if holder.betrayed_by(words)), None)

    def forbids_dish(self, name: str, food_ids: Sequence[str], steps: Sequence[str]) -> Restriction | None:
        """Return what forbids a dish: one of its foods, or a word of its name or steps.

        A food id that the table does not have forbids the dish whenever anything is restricted.
        """
        for food_id in food_ids:
            food = self._table.get(food_id)
            if food is None:
                if self.restrictions:
                    return self.restrictions[0]
                continue
            found = self.forbids_food(food)
            if found is not None:
                return found
        for text in (name, *steps):
            found = self.forbids_text(text)
            if found is not None:
                return found
        return None

    def allowed(self, table: FoodTable) -> tuple[Food, ...]:
        """Return the foods of ``table`` that nothing forbids."""
        return tuple(food for food in table if self.forbids_food(food) is None)

    def _forbidden_foods(self) -> dict[str, Restriction]:
        forbidden: dict[str, Restriction] = {}
        for holder in self._holders:
            for food in self._table:
                if food.id not in forbidden and holder.forbids(food):
                    forbidden[food.id] = holder.restriction
        return forbidden


class _Holder:
    """One restriction, ready to judge foods and words."""

    def __init__(self, restriction: Restriction, table: FoodTable, names: FoodNames) -> None:
        self.restriction = restriction
        self._names = names
        self._kind: Kind | None = None
        self._words: Phrase = ()
        ontology = Ontology.load()
        if restriction.code in ontology:
            self._kind = ontology[restriction.code]
            self._phrases = self._of_kind(self._kind, table)
        else:
            self._words = literal(restriction.code)
            self._phrases = PhraseTable([(self._words, "forbidden")])

    def forbids(self, food: Food) -> bool:
        if self._kind is not None:
            return self._kind.forbids(food, self._names)
        return self._names.has(food, self._words)

    def betrayed_by(self, words: list[str]) -> bool:
        negated = _negated(words)
        for found in self._phrases.find(words):
            if found.value == "forbidden" and not self._is_negated(found, words, negated):
                return True
        return False

    def _is_negated(self, found: Found[_Verdict], words: list[str], negated: set[int]) -> bool:
        """Whether the words stand right after "sem": what is left out does no harm. A phrase that holds "sem" itself
        ("sem lactose" for a milk allergy) is judged as it is."""
        return found.start in negated and not any(
            word in _NEGATIONS for word in words[found.start : found.end]
        )

    def _of_kind(self, kind: Kind, table: FoodTable) -> PhraseTable[_Verdict]:
        """Words of the ontology, safe phrases, and the table's own names: allowed foods are safe phrases, forbidden
        ones betray. The ontology's words win over names of allowed foods, forbidden names over safe phrases.

        A single word that also begins the name of an allowed food ("óleo", a synonym of soya oil) betrays nothing by
        itself: which one it is, the ingredients tell."""
        phrases: PhraseTable[_Verdict] = PhraseTable()
        words = set(kind.words)
        heads: set[str] = set()
        for food in table:
            if not kind.forbids(food, self._names):
                for name in self._names.of(food):
                    heads.add(name[0])
                    if name not in words:
                        phrases.add(name, "safe")
        for item in kind.safe:
            phrases.add(item, "safe")
        for food in table:
            if kind.forbids(food, self._names):
                for name in self._names.of(food):
                    if len(name) > 1 or name[0] not in heads:
                        phrases.add(name, "forbidden")
        for item in words - set(kind.safe):
            phrases.add(item, "forbidden")
        return phrases


def _negated(words: list[str]) -> set[int]:
    """Positions that follow "sem" or "zero" at once, or after a linking word ("livre de", "sem adição de")."""
    found: set[int] = set()
    for at, word in enumerate(words):
        if word in _NEGATIONS:
            after = at + 1
            while after < len(words) and words[after] in _LINKS:
                after += 1
            found.add(after)
    return found


def literal(code: str) -> Phrase:
    """Return the words of a ``food:`` or ``word:`` code; an unknown code stands for its own words."""
    _, _, rest = code.rpartition(":")
    return phrase(rest)


def key_of(restrictions: Iterable[Restriction]) -> str:
    """A key that is equal for the same set of codes."""
    return "|".join(sorted({item.code for item in restrictions}))
