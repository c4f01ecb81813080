"""Foods of a meal in words: "4 colheres de sopa de arroz (100 g)", "2 ovos cozidos (90 g)"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers.catalogue import Catalogue
from nutrition.food import Food, FoodGroup, Measure
from nutrition.foods import FoodTable
from nutrition.measures import amount, in_grams, wording
from nutrition.menu import Meal, Portion
from nutrition.words import fold

SALT = "sal"
SEASONING_G = 12.0
"""Up to this much of a seasoning is a pinch to taste on the day's screen."""

TEASPOON = "colher de chá"

_GRAMS = re.compile(r"[\d.,]+\s?(?:g|ml)")
_UNITS = re.compile(r"(\d+) unidades?")
_AND_HALF = re.compile(r" e mei[ao]$")
_UNIT_AND_HALF = re.compile(r"(\d+) unidades? e meia")
_PLURALS = (
    (re.compile(r"pão$"), "pães"),
    (re.compile(r"ão$"), "ões"),
    (re.compile(r"ês$"), "eses"),
    (re.compile(r"el$"), "éis"),
    (re.compile(r"al$"), "ais"),
    (re.compile(r"([rz])$"), r"\1es"),
    (re.compile(r"m$"), "ns"),
    (re.compile(r"([aeiouáéíóúâêôã])$"), r"\1s"),
)
_INVARIABLE = frozenset({"prata", "maçã", "ouro", "pera", "taiti", "manteiga", "cereja", "cajá"})
"""Second parts that only say which kind: "bananas-prata", "laranjas-pera"."""

_LINKING = ("de", "do", "da", "dos", "das")
_AGREEING = re.compile(
    r"(ad|id|it|rel)[oa]$|^(francês|integral|verde|vermelh[oa]|amarel[oa]|pequen[oa]|médi[oa]|grande|cru|crua)$"
)


def line(t: Catalogue, portion: Portion) -> str:
    """One food with its measure first and grams in brackets; grams alone where no measure comes near."""
    if _GRAMS.fullmatch(portion.measure):
        return f"{t.grams(portion.grams)} de {portion.food}"
    return f"{served(portion.measure, portion.food)} ({t.grams(portion.grams)})"


def served(measure: str, food: str) -> str:
    """A measure and its food; units take the food's own name: "2 unidades" of "ovo cozido" → "2 ovos cozidos"."""
    half = _UNIT_AND_HALF.fullmatch(measure)
    if half is not None:
        whole = f"{half[1]} {food if half[1] == '1' else plural(food)}"
        return f"{whole} e {'meia' if food.split(' ', maxsplit=1)[0].endswith(('a', 'ã')) else 'meio'}"
    units = _UNITS.fullmatch(measure)
    if units is None:
        said, (first, *rest) = _AND_HALF.sub("", fold(measure)).split()[-1], food.split(" ")
        if rest and said in (fold(first), fold(_plural_word(first))):
            return f"{measure} {' '.join(rest)}"  # not "2 coxas de coxa de frango"
        return f"{measure} de {food}"
    return f"{units[1]} {food if units[1] == '1' else plural(food)}"


def plural(food: str) -> str:
    """The plural of a food's name: its first word, and the adjectives right after it that agree."""
    first, *rest = food.split(" ")
    words = [_plural_word(first)]
    if len(rest) > 2 and rest[0] == "de" and rest[2][-1] == first[-1]:  # not "posta de salmão cru"
        words, rest = [*words, *rest[:2]], rest[2:]
    for index, word in enumerate(rest):
        if not _AGREEING.search(word):
            return " ".join([*words, *rest[index:]])
        words.append(_plural_word(word))
    return " ".join(words)


def is_salt(portion: Portion) -> bool:
    """Whether it is the cook's salt, told once at the end of the day."""
    return portion.food_id == SALT


def foods(meal: Meal, *, salt: bool = False) -> tuple[Portion, ...]:
    """What goes into a meal, one line a food: the oil of the rice and of the salad together.

    The cook's salt is told once a day, so it is left out unless ``salt`` asks for it.
    """
    together: dict[str, Portion] = {}
    for portion in (portion for dish in meal.dishes for portion in dish.portions):
        if is_salt(portion) and not salt:
            continue
        before = together.get(portion.food_id)
        together[portion.food_id] = _summed(before, portion) if before else portion
    return tuple(together.values())


def apart(table: FoodTable, served: Iterable[Portion]) -> tuple[list[Portion], list[Portion]]:
    """What is measured, and the seasonings by the pinch: a day names those in one line, a recipe measures them too."""
    measured: list[Portion] = []
    seasonings: list[Portion] = []
    for portion in served:
        food = table.get(portion.food_id)
        light = food is not None and food.group is FoodGroup.TEMPEROS and portion.grams <= SEASONING_G
        (seasonings if light else measured).append(portion)
    return measured, seasonings


def _summed(one: Portion, other: Portion) -> Portion:
    grams, food = one.grams + other.grams, FoodTable.load().get(one.food_id)
    measure = amount(food, grams) if food else f"{one.measure} e {other.measure}"
    return replace(one, grams=grams, measure=measure)


def scaled(portion: Portion, share: float) -> Portion:
    """``share`` of a portion, measured anew."""
    if share == 1:
        return portion
    grams, food = portion.grams * share, FoodTable.load().get(portion.food_id)
    return replace(portion, grams=grams, measure=amount(food, grams) if food else in_grams(grams))


def salt_grams(meals: tuple[Meal, ...]) -> float:
    """The cook's salt of several meals, in grams."""
    return sum(p.grams for meal in meals for dish in meal.dishes for p in dish.portions if is_salt(p))


def salt_measure(table: FoodTable, grams: float) -> str:
    """The same salt in a measure that a cook has at hand; "" when the table has none."""
    food = table.get(SALT)
    measure = _salt_measure(food, grams) if food else None
    if measure is None:
        return ""
    return wording(measure, max(1, round(2 * grams / measure.grams)))


def _salt_measure(food: Food, grams: float) -> Measure | None:
    spoon = next((m for m in food.measures if m.name == TEASPOON), None)
    if spoon is not None and grams >= 0.4 * spoon.grams:
        return spoon
    return min(food.measures, key=lambda m: m.grams, default=None)


def _plural_word(word: str) -> str:
    """ "ovo" → "ovos", "batata-inglesa" → "batatas-inglesas", "castanha-de-caju" → "castanhas-de-caju"."""
    first, *rest = word.split("-")
    if rest and rest[0] in _LINKING:
        return "-".join([_plural_part(first), *rest])
    return "-".join([_plural_part(first), *(p if p in _INVARIABLE else _plural_part(p) for p in rest)])


def _plural_part(word: str) -> str:
    for ending, replacement in _PLURALS:
        if ending.search(word):
            return ending.sub(replacement, word)
    return word
