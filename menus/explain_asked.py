"""What a "por quê?" is about: a target, a number of a day, or a meal. Pure.

read("por que 1.850 kcal?")   a number and its unit
read("minha proteína")        a nutrient
read("frango no almoço")      words of a dish, and a meal
subject_of(...)               the target, day or meal that has this number, or this food
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz

from menus import explain
from menus.explain_targets import energy_why, split_why
from menus.people import Review
from nutrition.foods import FoodTable
from nutrition.menu import Day, Meal, Slot, Week
from nutrition.words import fold, tokens

TARGETS: tuple[str, ...] = (
    "energy_kcal",
    "protein_g",
    "fiber_g",
    "fat_g",
    "carbohydrate_g",
    "sodium_mg",
    "saturated_fat_g",
    "added_sugar_g",
    "fruit_vegetable_g",
)
"""Nutrients that have a target or a limit, by the names of the food table, the most asked first."""

_QUESTION = re.compile(
    r"^/?\s*(por\s?que|pq|de onde (vem|veio|vieram|saiu|sai)|(me )?expli(ca|que)( porque)?)\b(@\w+)?[\s:?!.,-]*"
)
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)\s*(kcal|calorias?|cal|kg|quilos?|mg|gramas?|g|ml)?\b")
_UNITS = {"kca": "kcal", "cal": "kcal", "kg": "kg", "qui": "kg", "mg": "mg", "gra": "g", "g": "g", "ml": "g"}
_NUTRIENTS: tuple[tuple[str, str], ...] = (
    (r"gorduras? saturadas?|saturadas?", "saturated_fat_g"),
    (r"frutas? e (verduras?|legumes)|verduras? e frutas?", "fruit_vegetable_g"),
    (r"(k?calorias?|kcal|energia|gasto)", "energy_kcal"),
    (r"proteinas?", "protein_g"),
    (r"gorduras?", "fat_g"),
    (r"carboidratos?|carbos?|carbs", "carbohydrate_g"),
    (r"fibras?", "fiber_g"),
    (r"sodio|sal", "sodium_mg"),
    (r"acucar(es)?", "added_sugar_g"),
    (r"calcio", "calcium_mg"),
    (r"ferro", "iron_mg"),
    (r"potassio", "potassium_mg"),
    (r"zinco", "zinc_mg"),
    (r"magnesio", "magnesium_mg"),
    (r"vitamina c", "vitamin_c_mg"),
    (r"colesterol", "cholesterol_mg"),
)
_SLOTS: tuple[tuple[str, Slot], ...] = (
    (r"cafe da manha|desjejum", Slot.CAFE_DA_MANHA),
    (r"lanche da manha", Slot.LANCHE_DA_MANHA),
    (r"lanche( da tarde)?", Slot.LANCHE_DA_TARDE),
    (r"almoco", Slot.ALMOCO),
    (r"jantar?|janta", Slot.JANTAR),
    (r"ceia", Slot.CEIA),
)
_EMPTY_WORDS = frozenset(
    """
    a o as os um uma uns umas de da do das dos e em no na nos nas que por porque pra para com sem meu minha meus minhas
    eu me tem tenho ter tinha e sao esse essa esses essas este esta isso isto tanto tanta tantos tantas tao muito muita
    mais menos so apenas hoje amanha depois segunda terca quarta quinta sexta sabado domingo feira dia dias semana prato
    pratos refeicao comida numero numeros meta metas cardapio como comer preciso devo vou foi ser seria quero escolheu
    escolheram colocou botou pos voce voces vem vai la ai cada vez todo toda
    """.split()  # noqa: SIM905 -- one word a line would be a page
)
_ABOUT_A_TARGET = frozenset({"meta", "metas", "meu", "minha", "minhas", "meus", "preciso", "devo"})
_LEAST_LIKENESS = 84
_KNOWN_WORD = 3
"""Letters from which a word may be misspelt."""


@dataclass(frozen=True, slots=True)
class Question:
    """``number`` and ``unit`` ("kcal", "g", "mg", "kg" or "") as written; ``words`` are folded, without empty ones."""

    number: float | None = None
    unit: str = ""
    decimals: int = 0
    nutrient: str = ""
    slot: Slot | None = None
    words: tuple[str, ...] = ()
    target: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing in it says what it is about."""
        return self.number is None and not (self.nutrient or self.slot or self.words)


@dataclass(frozen=True, slots=True)
class Subject:
    """What to explain: a target (``nutrient``), a nutrient of a day, or a meal (``day`` and ``slot``)."""

    kind: Literal["target", "day", "meal"]
    nutrient: str = ""
    day: date | None = None
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a question may be about. ``asked_day`` is the day that the words name, if any."""

    review: Review
    week: Week | None
    today: date
    table: FoodTable
    asked_day: date | None = None

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of the week: the one asked for, today, the following, then those gone by; withheld meals left out."""
        days = self.week.days if self.week else ()
        ranked = sorted(days, key=lambda d: (d.date != self.asked_day, d.date < self.today, d.date))
        return tuple(Day(d.date, tuple(m for m in d.meals if not m.withheld)) for d in ranked)


def asks_why(text: str) -> bool:
    """Whether ``text`` asks for a reason: "por que 1.850?", "de onde vem a proteína"."""
    return bool(_QUESTION.match(fold(text).strip()))


def read(text: str) -> Question:
    """Read a question, with or without the words that ask; never raises on any text."""
    rest = _QUESTION.sub("", fold(text).strip(), count=1)
    number, unit, decimals, nutrient, slot = None, "", 0, "", None
    if (found := _NUMBER.search(rest)) is not None:
        number, decimals = _number(found[1])
        unit = _UNITS.get((found[2] or "")[:3], "")
        rest = rest[: found.start()] + " " + rest[found.end() :]
    target = any(word in _ABOUT_A_TARGET for word in tokens(rest))
    for pattern, what in _SLOTS:
        rest, hits = re.subn(rf"\b({pattern})\b", " ", rest)
        slot = slot or (what if hits else None)
    for pattern, name in _NUTRIENTS:
        rest, hits = re.subn(rf"\b({pattern})\b", " ", rest)
        nutrient = nutrient or (name if hits else "")
    words = tuple(word for word in tokens(rest) if word not in _EMPTY_WORDS and not word.isdigit())
    return Question(number, unit, decimals, nutrient, slot, words, target)


def subject_of(question: Question, known: Known) -> Subject | None:
    """What ``question`` is about, or None when nothing of this person's has that number or that food."""
    if question.words and (meal := _meal_with(question, known)) is not None:
        return meal
    if question.words and not question.unit:
        return None  # "por que 5 refeições" is not about 5 g of oil
    if question.number is not None:
        return next(
            (what for value, unit, what in _figures(known) if _fits(question, value, unit, what)), None
        )
    if question.nutrient:
        return _nutrient(question, known)
    return _meal_at(question.slot, known) if question.slot else None


def _nutrient(question: Question, known: Known) -> Subject | None:
    day = next((d for d in known.days if d.date == (known.asked_day or known.today)), None)
    if question.slot and (meal := _meal_at(question.slot, known)) is not None:
        return meal
    wants_day = known.asked_day is not None and not question.target
    if question.nutrient in TARGETS and not (wants_day and day):
        return Subject("target", question.nutrient)
    return Subject("day", question.nutrient, day.date) if day else None


def _meal_at(slot: Slot, known: Known) -> Subject | None:
    wanted = known.asked_day or known.today
    slots = [m.slot for d in (known.week.days if known.week else ()) if d.date == wanted for m in d.meals]
    # "lanche" alone means the afternoon's; who only has the morning's means that one.
    for each in (slot, Slot.LANCHE_DA_MANHA if slot is Slot.LANCHE_DA_TARDE else slot):
        if each in slots:
            return Subject("meal", day=wanted, slot=each)
    return None


def _meal_with(question: Question, known: Known) -> Subject | None:
    """The meal whose dishes or foods have all the words: in the asked slot and in a dish's name first."""
    found = [
        (
            not named,
            question.slot not in (None, meal.slot),
            order,
            Subject("meal", day=day.date, slot=meal.slot),
        )
        for order, day in enumerate(known.days)
        for meal in day.meals
        if (named := _has(_names(meal), question.words)) or _has(_foods(meal), question.words)
    ]
    return min(found, key=lambda each: (each[1], each[2], each[0]))[3] if found else None


def _names(meal: Meal) -> str:
    return " ".join([meal.name, *(dish.name for dish in meal.dishes)])


def _foods(meal: Meal) -> str:
    return " ".join([_names(meal), *(part.food for dish in meal.dishes for part in dish.portions)])


def _has(text: str, words: tuple[str, ...]) -> bool:
    known = tokens(text)
    return all(any(_like(word, other) for other in known) for word in words)


def _like(word: str, other: str) -> bool:
    if min(len(word), len(other)) <= _KNOWN_WORD:
        return word == other
    return word == other or fuzz.ratio(word, other) >= _LEAST_LIKENESS


def _figures(known: Known) -> Iterator[tuple[float, str, Subject]]:
    """Every number that a person is shown, with its unit, in the order in which it is likely to be meant."""
    if known.asked_day is None:
        yield from _target_figures(known.review)
    for day in known.days:
        for nutrient in explain.EXPLAINED:
            part = explain.day_nutrient(day, nutrient, known.table)
            yield part.total, unit_of(nutrient), Subject("day", nutrient, day.date)
        yield _cooks_salt(day), "g", Subject("day", explain.SODIUM, day.date)
        for meal in day.meals:
            why = explain.meal_why(meal, known.table)
            subject = Subject("meal", day=day.date, slot=meal.slot)
            yield why.kcal, "kcal", subject
            for energy, _protein in (pair for dish in why.dishes for pair in dish.foods):
                yield energy.grams, "g", subject
                yield energy.units, "kcal", subject
    if known.asked_day is not None:
        yield from _target_figures(known.review)


def _cooks_salt(day: Day) -> float:
    parts = [part for meal in day.meals for dish in meal.dishes for part in dish.portions]
    return sum(part.grams for part in parts if part.food_id == explain.SALT)


def _target_figures(review: Review) -> Iterator[tuple[float, str, Subject]]:
    targets = review.targets
    if targets is None:
        return
    why, split = energy_why(review), split_why(targets)
    energy = (why.target, why.spent, why.low, why.high, why.resting.result, why.whole_day.result)
    for kcal in (*energy, abs(why.change)):
        yield kcal, "kcal", Subject("target", "energy_kcal")
    for nutrient, amounts in (
        ("protein_g", (targets.protein_g,)),
        ("fiber_g", (targets.fiber_g, targets.fiber_max_g)),
        ("fat_g", (targets.fat_g, targets.fat_min_g, targets.fat_max_g)),
        ("carbohydrate_g", (targets.carbohydrate_g, split.carbohydrate_g)),
        ("sodium_mg", (targets.sodium_mg,)),
        ("saturated_fat_g", (targets.saturated_fat_max_g,)),
        ("added_sugar_g", (targets.added_sugar_max_g,)),
        ("fruit_vegetable_g", (targets.fruit_vegetable_min_g,)),
    ):
        for value in amounts:
            yield value, unit_of(nutrient), Subject("target", nutrient)


def unit_of(nutrient: str) -> str:
    """ "kcal", "g" or "mg": the suffix of the name."""
    return nutrient.rsplit("_", 1)[-1]


def _fits(question: Question, value: float, unit: str, subject: Subject) -> bool:
    if question.number is None or question.unit not in ("", unit) or value <= 0:
        return False
    if question.nutrient and question.nutrient != subject.nutrient and subject.kind != "meal":
        return False
    if question.slot and question.slot != subject.slot:
        return False
    if question.target and subject.kind != "target":
        return False
    return round(value, question.decimals) == question.number


def _number(written: str) -> tuple[float, int]:
    """1.850 and 1,850 are thousands, 57,6 and 57.6 are not: a separator before three digits parts thousands."""
    head, *groups = re.split(r"[.,]", written)
    if groups and all(len(group) == 3 for group in groups) and len(head) <= 3 and head != "0":
        return float(head + "".join(groups)), 0
    if not groups:
        return float(head), 0
    return float("".join([head, *groups[:-1]]) + "." + groups[-1]), len(groups[-1])
