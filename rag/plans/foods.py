"""Foods and amounts of one piece of a plan: "2 fatias de pão integral", "Arroz (4 c. sopa)", "1 filé de frango (120 g)"."""

import re
from dataclasses import dataclass

from nutrition.food import Food
from nutrition.foods import FoodTable
from rag.plans.amounts import NUMBER, Amount, Amounts, usual_serving, weight_in
from rag.plans.lines import folded, quoted
from rag.plans.nouns import PlanFood
from rag.plans.words import PlanWords

Alternative = tuple[PlanFood, ...]
"""Foods that are eaten together."""

_PLURAL_MARK = re.compile(r"\((?:s|es|is)\)")
_SPOON = re.compile(r"\b(colher(?:es)?|col|c)\b\.?\s*\(\s*(?:de )?(sopa|cha|sobremesa|cafe|servir)\s*\)")
_SIZE = re.compile(r"\b(?:medi[oa]s?|pequen[oa]s?|grandes?|chei[oa]s?|ras[oa]s?)\b")
_DOT = re.compile(r"(?<=[a-z])\.(?=\s|[a-z(]|$)")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_WITHOUT = re.compile(r"\((sem [^()]*)\)")
_LINK = re.compile(r"^(?:de|da|do|das|dos|d)\s+")
_LEADING = re.compile(r"^[^a-z0-9½¼¾]+|[\s.,;:*_–-]+$")
_ASIDE = re.compile(
    r"\s+(?:de preferencia|preferencialmente|a vontade|ou similar|tipo|por exemplo|com moderacao|opcional)\b.*"
)
_TRAILING = re.compile(rf"^(?P<name>[^0-9½¼¾]{{3,60}}?)\s*(?:[-–—:,=]|\.{{2,}}|\s)\s*(?P<amount>{NUMBER}.*)$")
_LATER = re.compile(rf"(?<![\d/,.]){NUMBER}")
_SIZES = frozenset(
    {"media", "medio", "medias", "medios", "pequena", "pequeno", "grande", "cheia", "cheias", "rasa"}
)
_MOST_NAME = 8


@dataclass(frozen=True, slots=True)
class _Named:
    foods: tuple[Food, ...]
    grams: float = 0.0
    """Of a serving, where the name is generic; 0: a measure of the food."""


class FoodReader:
    """Reads pieces of text; remembers nothing of them."""

    def __init__(self, table: FoodTable, words: PlanWords) -> None:
        self._table = table
        self._words = words
        self._amounts = Amounts(words)

    def read(self, piece: str) -> PlanFood | None:
        """The food and grams of a piece without separators; None for what is no food of the table."""
        text = _WITHOUT.sub(r" \1 ", _tidy(folded(piece)))
        inside = [part.strip() for part in _PARENTHESES.findall(text)]
        bare = " ".join(_PARENTHESES.sub(" ", text).split())
        found = self._bare(bare, quoted(piece.strip()))
        if found is None:
            return None
        food, amount, named = found
        for part in inside:
            weight = weight_in(part)
            own = self._amounts.at_start(part)
            if weight is not None:
                grams, each = weight
                amount = Amount(grams=grams * (amount.count if amount and each else 1))
            elif amount is None and own is not None:
                amount = own
        return self._weighed(food, amount, named, quoted(piece.strip()))

    def is_amount(self, piece: str) -> bool:
        """Whether a piece is an amount of something named before: ``"1 xícara média"``."""
        text = _PARENTHESES.sub(" ", _tidy(folded(piece))).strip()
        amount = self._amounts.at_start(text)
        return amount is not None and not text[amount.end :].strip()

    def named(self, name: str) -> Food | None:
        """The one food of a name without an amount; None for kinds of food too."""
        return self._table.resolve(_LEADING.sub("", _tidy(folded(name))))

    def _weighed(self, food: Food, amount: Amount | None, named: _Named, said: str) -> PlanFood | None:
        if amount is None:
            grams: float | None = named.grams or usual_serving(food)
        elif named.grams and amount.grams is None and amount.measure is None and amount.count == 1:
            grams = named.grams
        else:
            grams = self._amounts.grams(amount, food)
        if grams is None:
            return None
        return PlanFood(food.id, grams, said, tuple(other.id for other in named.foods[1:]))

    def _bare(self, text: str, said: str) -> tuple[Food, Amount | None, _Named] | None:
        text = _LEADING.sub("", text).strip()
        amount = self._amounts.at_start(text)
        if amount is not None:
            return self._after(text, amount)
        if trailing := _TRAILING.match(text):
            named = self._resolve(trailing["name"])
            behind = self._amounts.at_start(trailing["amount"])
            if named is not None and behind is not None:
                return named.foods[0], behind, named
        named = self._resolve(text)
        if named is not None:
            return named.foods[0], None, named
        later = _LATER.search(text)  # "coma 2 fatias de pão"
        if later is not None and later.start() > 0:
            amount = self._amounts.at_start(text[later.start() :])
            return self._after(text[later.start() :], amount) if amount else None
        return None

    def _after(self, text: str, amount: Amount) -> tuple[Food, Amount, _Named] | None:
        """The food named behind an amount; "1 bife grelhado" and "1 filé de frango" name it with the measure."""
        rest = text[amount.end :].strip()
        if amount.measure is not None:
            count = re.match(NUMBER, text)
            whole = self._resolve(text[count.end() :].strip()) if count else None
            if whole is not None and not whole.grams:
                return whole.foods[0], amount, whole
        named = self._resolve(_LINK.sub("", rest))
        if named is None and (shorter := self._amounts.with_shorter_measure(text, amount)) is not None:
            return self._after(text, shorter)
        return None if named is None else (named.foods[0], amount, named)

    def _resolve(self, name: str) -> _Named | None:
        name = _ASIDE.sub("", name).strip(" .,;:*-–")
        words = _LINK.sub("", name).split()
        if not words or len(words) > _MOST_NAME:
            return None
        while words:
            text = " ".join(words)
            if food := self._table.resolve(text):
                return _Named((food,))
            if kind := self._words.generic.get(text):
                return _Named(tuple(self._table[food_id] for food_id in kind.foods), kind.grams)
            if words[-1] not in self._words.qualifiers:
                return None
            words = words[:-1]
        return None


def _tidy(text: str) -> str:
    """Plural marks, spoons and abbreviations written in one way; sizes are left to the portions."""
    text = _SIZE.sub(" ", _SPOON.sub(r"\1 de \2", _PLURAL_MARK.sub("", text)))
    return " ".join(_DOT.sub(" ", text).split())
