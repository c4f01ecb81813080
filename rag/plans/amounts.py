"""Amounts as plans write them: "3 a 4 col. sopa", "1 concha e meia", "½", "(120 g)"."""

import re
from dataclasses import dataclass

from nutrition.food import Food
from rag.plans.words import PlanWords, longest_first

_WORDS = {
    "um": 1.0, "uma": 1.0, "dois": 2.0, "duas": 2.0, "tres": 3.0, "quatro": 4.0, "cinco": 5.0, "seis": 6.0,
    "meia": 0.5, "meio": 0.5, "½": 0.5, "¼": 0.25, "¾": 0.75,
}  # fmt: skip
_ONE = r"\d{1,4}(?:[.,]\d{1,2})?"
_NUMBER = rf"(?:\d{{1,2}}\s*(?:e\s*)?(?:\d/\d|[½¼¾])|\d/\d|{_ONE}|[½¼¾]|\b(?:{longest_first(w for w in _WORDS if w.isalpha())})\b)"
NUMBER = rf"(?P<count>{_NUMBER})(?:\s*(?:a|-|–|ou)\s*(?P<most>{_NUMBER})(?=\s*[a-z(]))?"
"""A number, or two as a range."""

_WEIGHT_UNITS = {
    "g": 1.0,
    "gr": 1.0,
    "grs": 1.0,
    "grama": 1.0,
    "gramas": 1.0,
    "kg": 1000.0,
    "ml": 1.0,
    "l": 1000.0,
}
_WEIGHT = rf"(?P<weight>{_ONE})\s*(?P<weight_unit>{longest_first(_WEIGHT_UNITS)})\b(?P<each>\s*cada)?"
_SPOON_PARTS = {"colher de sobremesa": 2 / 3, "colher de chá": 1 / 3, "colher de café": 1 / 6}
_SPOON = "colher de sopa"
_SPOON_G = 15.0
_CUTS = ("filé", "bife", "posta")
_WHOLE = (
    "unidade",
    "pote",
    "filé",
    "bife",
    "posta",
    "fatia",
    "lata",
    "copo",
    "espiga",
    "sobrecoxa",
    "coxa",
    "pacote",
)
"""What one of a food is when no measure is said."""

_UNIT_G = 60.0
_LEAST_G, _MOST_G = 0.2, 2000.0


@dataclass(frozen=True, slots=True)
class Amount:
    """``grams``, or ``count`` of ``measure`` (None: of whole ones). ``end``: where the amount ends in the text."""

    count: float = 1.0
    measure: str | None = None
    grams: float | None = None
    end: int = 0


class Amounts:
    """Reads amounts and weighs them."""

    def __init__(self, words: PlanWords) -> None:
        self._measures = words.measures
        self._usual = words.usual_grams
        units = longest_first(words.measures)
        counted = rf"{NUMBER}\s*(?:(?P<unit>{units})\b\.?)?(?P<half>\s+e\s+mei[ao]\b)?"
        self._at_start = re.compile(rf"\s*(?:cerca de\s+)?(?:{_WEIGHT}|{counted})")

    def at_start(self, text: str) -> Amount | None:
        """The amount that ``text`` (folded) begins with."""
        found = self._at_start.match(text)
        if found is None:
            return None
        if found["weight"]:
            grams = _float(found["weight"]) * _WEIGHT_UNITS[found["weight_unit"]]
            return Amount(grams=grams, end=found.end())
        count = value_of(found["count"])
        if found["most"]:
            count = (count + value_of(found["most"])) / 2
        if found["half"]:
            count += 0.5
        return Amount(count, self._measures.get(found["unit"] or ""), end=found.end())

    def with_shorter_measure(self, text: str, amount: Amount) -> Amount | None:
        """The amount with less of the text as its measure: "1 xícara" of "1 xícara de café sem açúcar"."""
        head, _, tail = text[: amount.end].rstrip(". ").rpartition(" de ")
        measure = self._measures.get(head.split(" ")[-1])
        if not tail or measure is None or measure == amount.measure:
            return None
        return Amount(amount.count, measure, end=len(head))

    def grams(self, amount: Amount, food: Food) -> float | None:
        """The grams of an amount of a food; None for what nobody eats of it at once."""
        grams = amount.grams if amount.grams is not None else amount.count * self._one(amount.measure, food)
        return round(grams, 2) if _LEAST_G <= grams <= _MOST_G else None

    def _one(self, measure: str | None, food: Food) -> float:
        own = {each.name: each.grams for each in food.measures}
        if measure is None or (measure == "unidade" and measure not in own):
            return next((own[name] for name in _WHOLE if name in own), _first(food))
        if measure in own:
            return own[measure]
        if measure in _SPOON_PARTS:
            return own.get(_SPOON, _SPOON_G) * _SPOON_PARTS[measure]
        if measure == "metade" and "unidade" in own:
            return own["unidade"] / 2
        if measure in _CUTS:
            return next((own[name] for name in _CUTS if name in own), self._usual[measure])
        return self._usual.get(measure, _SPOON_G if measure == _SPOON else _first(food))


def usual_serving(food: Food) -> float:
    """Grams of a food that is named without an amount: one measure, or as many as make a sensible portion."""
    one = _first(food)
    times = 1
    while one * times < food.portion_min_g and times < 6:
        times += 1
    return one * times


def weight_in(text: str) -> tuple[float, bool] | None:
    """The grams that a whole text (folded) says ("120 g", "200ml"), and whether they are of each piece."""
    found = re.fullmatch(rf"\s*(?:cerca de|aprox\w*\.?|aproximadamente|=|~)?\s*{_WEIGHT}\s*", text)
    if found is None:
        return None
    return _float(found["weight"]) * _WEIGHT_UNITS[found["weight_unit"]], bool(found["each"])


def value_of(number: str) -> float:
    """The value of a number as ``NUMBER`` finds it: "1 e 1/2" is 1.5."""
    total = 0.0
    for part in re.findall(rf"\d/\d|{_ONE}|[½¼¾]|[a-z]{{2,}}", number):
        if "/" in part:
            above, below = part.split("/")
            total += int(above) / (int(below) or 1)
        else:
            total += _WORDS[part] if part in _WORDS else _float(part)
    return total


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _first(food: Food) -> float:
    return food.measures[0].grams if food.measures else _UNIT_G
