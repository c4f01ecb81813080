"""What a person asked for in words, as soft preferences and weekly quotas: "peixe 2 vezes", "algo barato e rápido".

Wishes are data, never instructions: they move costs of the planner and nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nutrition.food import FoodGroup
from nutrition.menu import Dish
from nutrition.plates import FoodById
from nutrition.words import fold

EVERY_DAY = 7

_NUMBERS = {
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7,
}  # fmt: skip

_SUBJECTS: Mapping[str, frozenset[FoodGroup]] = {
    "peixe": frozenset({FoodGroup.PEIXES}),
    "frutos do mar": frozenset({FoodGroup.FRUTOS_DO_MAR}),
    "frango": frozenset({FoodGroup.AVES}),
    "ave": frozenset({FoodGroup.AVES}),
    "carne": frozenset({FoodGroup.CARNES}),
    "ovo": frozenset({FoodGroup.OVOS}),
    "fruta": frozenset({FoodGroup.FRUTAS}),
    "verdura": frozenset({FoodGroup.VERDURAS}),
    "legume": frozenset({FoodGroup.LEGUMES}),
}
_STEMS: Mapping[str, tuple[str, ...]] = {"porco": ("porco", "suin"), "camarao": ("camara",)}
"""Foods whose names do not all hold the word that people say."""

_COUNT = r"(\d|um|uma|dois|duas|tres|quatro|cinco|seis|sete)"
_TIMES = re.compile(rf"(?P<limit>no maximo |ate )?{_COUNT} ?(?:x|vez(?:es)?|dias?)\b")
_DAILY = re.compile(r"\b(?:todo(?:s os)? dias?|todo santo dia|diariamente)\b")
_MORE, _LESS = re.compile(r"\bmais ([a-z ]+)"), re.compile(r"\bmenos ([a-z ]+)")
_CHEAP = re.compile(r"\b(?:barat\w+|economi\w+|em conta|gastar pouco|pouco dinheiro)\b")
_QUICK = re.compile(r"\b(?:rapid\w+|pratic\w+|pouco tempo|sem tempo|corrid\w+)\b")
_MINUTES = re.compile(r"(\d{1,3}) ?(?:min\b|minutos?\b)")
_BATCH = re.compile(r"\b(?:marmitas?|cozinhar uma vez|para a semana toda|congel\w+|sobras?|adiantar)\b")
_REFUSAL = re.compile(r"\b(?:nao|nada|nunca|sem|nem)\b")
_CLAUSES = re.compile(r"([,;.\n]|\be\b)")
_LEADING = frozenset({"quero", "queria", "gostaria", "gosto", "comer", "ter", "de", "com"})
"""Words that may stand before the first thing of a list: "quero arroz e feijão todo dia" asks for both every day."""
_SUBJECT_WORD = re.compile(r"[a-z]{3,}")
_FILLER = frozenset(
    [
        "quero",
        "comer",
        "gosto",
        "gostaria",
        "queria",
        "que",
        "com",
        "para",
        "por",
        "favor",
        "vezes",
        "vez",
        "semana",
        "dia",
        "dias",
        "todo",
        "todos",
        "maximo",
        "mais",
        "menos",
        "ate",
        "uma",
        "pelo",
        "minimo",
        "algo",
        "pratos",
        "prato",
        "refeicoes",
        "muito",
        "muita",
        "pouco",
        "pouca",
        "nao",
        "sem",
        "dos",
        "das",
        "nos",
        "nas",
    ]
)


@dataclass(frozen=True, slots=True)
class Quota:
    """``words`` (folded stem of a food) or ``groups`` at least (or at most) ``times`` a week among the meals."""

    words: str
    groups: frozenset[FoodGroup]
    times: int
    at_most: bool = False

    def matches(self, dish: Dish, table: FoodById) -> bool:
        """Whether ``dish`` counts towards the quota: by the groups, else by the food's or the dish's name."""
        foods = [table[i.food_id] for i in dish.ingredients if i.food_id in table]
        if self.groups:
            return any(food.group in self.groups for food in foods)
        stems = _STEMS.get(self.words, (self.words,))
        names = (fold(dish.name), *(fold(food.name) for food in foods))
        return any(stem in name for stem in stems for name in names)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Soft preferences. ``max_minutes`` is None when no time was named."""

    quotas: tuple[Quota, ...] = ()
    cheap: bool = False
    max_minutes: int | None = None
    batch: bool = False


QUICK_MINUTES = 30
_MORE_TIMES, _LESS_TIMES = 4, 1


def wishes_in(request: str) -> Wishes:
    """Read the wishes out of free text; what is not recognised is left to the retriever's search."""
    text = fold(request)
    minutes = _MINUTES.search(text)
    quick = QUICK_MINUTES if _QUICK.search(text) else None
    return Wishes(
        quotas=tuple(_quotas(text)),
        cheap=bool(_CHEAP.search(text)),
        max_minutes=int(minutes.group(1)) if minutes else quick,
        batch=bool(_BATCH.search(text)),
    )


def _quotas(text: str) -> list[Quota]:
    """The quotas of every clause; a bare thing joined by "e" to the next one shares its count."""
    parts = [part.strip() for part in _CLAUSES.split(text)]
    found: list[Quota] = []
    for at in range(0, len(parts), 2):
        quota = _quota(parts[at])
        if quota is None:
            continue
        listed = parts[at - 2].split() if at >= 2 and parts[at - 1] == "e" else []
        bare = [word for word in listed if word not in _LEADING]
        joined = _about(bare[0], quota.times, at_most=quota.at_most) if len(bare) == 1 else None
        found += [quota] if joined is None else [joined, quota]
    return found


def _quota(clause: str) -> Quota | None:
    if _REFUSAL.search(clause):
        return None  # "nada de peixe" excludes, which is the restrictions' business
    if _DAILY.search(clause):
        return _about(_DAILY.sub(" ", clause), EVERY_DAY, at_most=False)
    times = _TIMES.search(clause)
    if times:
        said = times.group(2)
        count = int(said) if said.isdigit() else _NUMBERS[said]
        rest = clause[: times.start()] + " " + clause[times.end() :]
        return _about(rest, min(count, EVERY_DAY), at_most=times.group("limit") is not None)
    more, less = _MORE.search(clause), _LESS.search(clause)
    if more:
        return _about(more.group(1), _MORE_TIMES, at_most=False)
    return _about(less.group(1), _LESS_TIMES, at_most=True) if less else None


def _about(text: str, times: int, *, at_most: bool) -> Quota | None:
    for subject in _STEMS:
        if subject in text:
            return Quota(subject, frozenset(), times, at_most)
    for subject, groups in _SUBJECTS.items():
        if re.search(rf"\b{subject}s?\b", text):
            return Quota(subject, groups, times, at_most)
    words = [word for word in _SUBJECT_WORD.findall(text) if word not in _FILLER]
    if not words or _CHEAP.search(text) or _QUICK.search(text):
        return None
    stem = words[0]
    return Quota(stem[:-1] if stem.endswith("s") and len(stem) > 4 else stem, frozenset(), times, at_most)


_REFUSING = re.compile(
    r"\b(?:nao (?:como|posso|quero|gosto|tolero|suporto|consumo)|nada (?:de|com)|sem|nunca|nem|odeio|detesto|evit\w+|tir[ae]\w*"
    r"|alergi\w+|intoleran\w+|celiac\w+|vegan\w+|vegetarian\w+)\b"
)
_WANTING = re.compile(r"\b(?:quero|queria|gosto|gostaria|prefiro|adoro|mais|pode|posso|amo)\b")
_PIECES = re.compile(r"[,;.\n]|\be\b|\bou\b|\bmas\b")


def refusals_in(request: str) -> str:
    """The parts of a wish that exclude something ("mais peixe e nada de coentro" → "nada de coentro"), to be understood
    as restrictions; empty when there are none."""
    refused: list[str] = []
    refusing = False
    for piece in _PIECES.split(fold(request)):
        if _REFUSING.search(piece):
            refusing = True
        elif _WANTING.search(piece) or _TIMES.search(piece) or _DAILY.search(piece):
            refusing = False
        if refusing and piece.strip():
            refused.append(piece.strip())
    return ", ".join(refused)
