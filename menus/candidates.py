"""Dishes as the planner sees them: what part of a meal each can be, and its figures as one matrix."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from menus.traits import Trait, clashes, traits_of
from nutrition.bars import ENERGY, FIGURES, Floats
from nutrition.food import Food, FoodGroup
from nutrition.menu import MAIN_SLOTS, Dish, Role, Slot
from nutrition.plates import FoodById, Plate, figures_per_gram, plate_of
from nutrition.words import fold
from rag.plans.nouns import OWN_TAG

COMPLETE_TAG = "completo"

_STAPLE = "arroz"
_WORD_BREAK = re.compile("[-_]")
_STARCHES = frozenset({FoodGroup.CEREAIS, FoodGroup.TUBERCULOS})
_SEASONINGS = frozenset({FoodGroup.OLEOS, FoodGroup.TEMPEROS})
_STARCH_KCAL, _PULSE_KCAL = 80.0, 60.0


class Part(StrEnum):
    """What a dish does in a meal."""

    MAIN = "main"
    STARCH = "starch"
    PULSE = "pulse"
    SIDE = "side"
    SALAD = "salad"
    FRUIT = "fruit"
    DRINK = "drink"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dish and what the planner needs of it.

    ``figures`` are those of the recipe's grams; ``least_kcal``/``most_kcal`` what its bounds allow; ``protein`` names the
    source of most of its protein; ``starchy`` and ``pulse``: it already brings what rice or beans would;
    ``price``: 1 (cheap) to 3, weighted by energy; ``single``: exactly one food; ``staple``: rice, what most people want
    beside their beans; ``key``: the folded name; ``traits`` and ``fruits`` decide what it goes with; ``rare`` and ``odd``
    (0 to 1): how seldom people cook it, and how seldom they eat it for breakfast or as a snack.
    """

    dish: Dish
    plate: Plate
    part: Part
    figures: Floats
    least_kcal: float
    most_kcal: float
    protein: str
    starchy: bool
    pulse: bool
    price: float
    single: bool
    staple: bool
    key: str
    traits: Trait
    fruits: frozenset[str]
    rare: float
    odd: float

    @property
    def kcal(self) -> float:
        """Energy of the recipe's grams."""
        return float(self.figures[ENERGY])


def candidate_of(dish: Dish, table: FoodById) -> Candidate:
    """Prepare one dish. Raises ``KeyError`` for a food that the table does not have."""
    foods = [table[i.food_id] for i in dish.ingredients]
    plate = plate_of(dish.ingredients, table, side=dish.role is not Role.PRINCIPAL)
    energies = [
        float(figures_per_gram(f)[ENERGY]) * i.grams for f, i in zip(foods, dish.ingredients, strict=True)
    ]
    by_group: dict[FoodGroup, float] = {}
    for food, kcal in zip(foods, energies, strict=True):
        by_group[food.group] = by_group.get(food.group, 0.0) + kcal
    starch = sum(by_group.get(group, 0.0) for group in _STARCHES)
    prices = [food.price_tier for food in foods]
    return Candidate(
        dish=dish,
        plate=plate,
        part=_part(dish, by_group),
        figures=plate.figures(plate.own),
        least_kcal=float(plate.figures(plate.low)[ENERGY]),
        most_kcal=float(plate.figures(plate.high)[ENERGY]),
        protein=protein_source(foods, [i.grams for i in dish.ingredients]),
        starchy=COMPLETE_TAG in dish.tags or starch >= _STARCH_KCAL,
        pulse=COMPLETE_TAG in dish.tags or by_group.get(FoodGroup.LEGUMINOSAS, 0.0) >= _PULSE_KCAL,
        price=float(np.average(prices, weights=[kcal + 1.0 for kcal in energies])),
        single=len(foods) == 1,
        staple=any(food.group is FoodGroup.CEREAIS and _STAPLE in food.id for food in foods),
        key=fold(dish.name),
        traits=traits_of(dish, foods),
        fruits=frozenset(food.id for food in foods if food.group is FoodGroup.FRUTAS),
        rare=rarity(foods, [i.grams for i in dish.ingredients]),
        odd=oddity(foods, [i.grams for i in dish.ingredients]),
    )


def _part(dish: Dish, by_group: Mapping[FoodGroup, float]) -> Part:
    fixed = {
        Role.PRINCIPAL: Part.MAIN,
        Role.SALADA: Part.SALAD,
        Role.FRUTA: Part.FRUIT,
        Role.BEBIDA: Part.DRINK,
    }
    if dish.role in fixed:
        return fixed[dish.role]
    bodies = {group: kcal for group, kcal in by_group.items() if group not in _SEASONINGS}
    body = max(bodies, key=lambda group: bodies[group], default=FoodGroup.VERDURAS)
    if body in _STARCHES:
        return Part.STARCH
    return Part.PULSE if body is FoodGroup.LEGUMINOSAS else Part.SIDE


def protein_source(foods: Sequence[Food], grams: Sequence[float]) -> str:
    """The kind of food that gives most protein: an animal, or one kind of pulse, or another group."""
    protein = [(f.per_100g["protein_g"] or 0.0) * g for f, g in zip(foods, grams, strict=True)]
    food = foods[int(np.argmax(protein))]
    if food.group is FoodGroup.CARNES:
        return min(food.animal, default=food.group.value)
    if food.group in (FoodGroup.LEGUMINOSAS, FoodGroup.PROTEINA_VEGETAL):
        return _WORD_BREAK.split(food.id)[0]
    return food.group.value


_SELDOM_COOKED = ("pato-", "codorna-", "coelho-", "rim-", "lingua-", "bucho-", "coracao-")
_VISCERA_RARITY, _TIER_RARITY = 0.6, 0.5


def rarity(foods: Sequence[Food], grams: Sequence[float]) -> float:
    """How seldom the food that gives most protein is cooked at home: seafood, kid, offal; dear ones by half."""
    protein = [(f.per_100g["protein_g"] or 0.0) * g for f, g in zip(foods, grams, strict=True)]
    food = foods[int(np.argmax(protein))]
    if food.group is FoodGroup.FRUTOS_DO_MAR or "outra_carne" in food.animal:
        return 1.0
    if food.id.startswith(_SELDOM_COOKED):
        return 1.0
    if "viscera" in food.tags:
        return _VISCERA_RARITY
    return _TIER_RARITY if food.price_tier >= 3 else 0.0


_ODD_GRAMS: Mapping[FoodGroup, float] = {
    FoodGroup.LEGUMINOSAS: 1.0,
    FoodGroup.PEIXES: 0.8,
    FoodGroup.FRUTOS_DO_MAR: 1.0,
    FoodGroup.CARNES: 0.6,
}


def oddity(foods: Sequence[Food], grams: Sequence[float]) -> float:
    """How seldom a dish is eaten for breakfast or as a snack: beans, rice, fish and beef belong to lunch."""
    odd = [
        _ODD_GRAMS.get(food.group, 1.0 if food.id.startswith(_STAPLE) and "farinha" not in food.id else 0.0)
        for food, amount in zip(foods, grams, strict=True)
        if amount >= 30
    ]
    return max(odd, default=0.0)


class Kitchen:
    """The dishes one person may get, in the order of their fit, with the figures of all as one matrix.

    ``pool(slot, part)`` gives the indexes of the dishes that can be that part of that meal.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        count = len(self.candidates)
        self.figures: Floats = np.array([c.figures for c in self.candidates]).reshape(count, len(FIGURES))
        self.kcal: Floats = np.array([max(c.kcal, 1.0) for c in self.candidates])
        self.least_kcal: Floats = np.array([c.least_kcal for c in self.candidates])
        self.most_kcal: Floats = np.array([c.most_kcal for c in self.candidates])
        self.price: Floats = np.array([c.price for c in self.candidates])
        self.minutes: Floats = np.array([float(c.dish.minutes) for c in self.candidates])
        self.staple: Floats = np.array([float(c.staple) for c in self.candidates])
        self.starchy: Floats = np.array([float(c.starchy) for c in self.candidates])
        self.own: Floats = np.array([float(OWN_TAG in c.dish.tags) for c in self.candidates])
        self.rank: Floats = np.arange(count) / max(count, 1)
        self.rare: Floats = np.array([c.rare for c in self.candidates])
        self.odd: Floats = np.array([c.odd for c in self.candidates])
        self.traits: NDArray[np.int64] = np.array([int(c.traits) for c in self.candidates], dtype=np.int64)
        self._pools: dict[tuple[Slot, Part], NDArray[np.int64]] = {}

    @classmethod
    def of(cls, dishes: Iterable[Dish], prepare: Callable[[Dish], Candidate]) -> "Kitchen":
        """A kitchen of ``dishes``; ``prepare`` is ``candidate_of`` for a table, or a cache over it."""
        return cls([prepare(dish) for dish in dishes])

    def pool(self, slot: Slot, part: Part) -> NDArray[np.int64]:
        """Indexes of the dishes that can be ``part`` of the meal ``slot``, in order of fit.

        A fruit suits any meal, so a meal that no fruit names gets them all. Oil by itself is an extra, never a dish.
        """
        key = (slot, part)
        if key not in self._pools:
            ours = [
                i
                for i, c in enumerate(self.candidates)
                if c.part is part and c.dish.slots and not c.traits & Trait.OIL
            ]
            found = [i for i in ours if slot in self.candidates[i].dish.slots]
            self._pools[key] = np.array(found or (ours if part is Part.FRUIT else []), dtype=np.int64)
        return self._pools[key]

    def has(self, slot: Slot, part: Part) -> bool:
        """Whether any dish can be ``part`` of the meal ``slot``."""
        return len(self.pool(slot, part)) > 0

    @cached_property
    def clashes(self) -> NDArray[np.bool_]:
        """For each two dishes whether they may not share a meal."""
        return clashes([c.traits for c in self.candidates], [c.fruits for c in self.candidates])

    @cached_property
    def protein_sources(self) -> int:
        """How many kinds of protein source those main dishes have."""
        mains = [self.pool(slot, Part.MAIN) for slot in MAIN_SLOTS]
        return len({self.candidates[int(i)].protein for pool in mains for i in pool})


class Preparer:
    """``candidate_of`` remembered: the guide's dishes are the same for everyone.

    The numbers depend on the ingredients only; a dish re-indexed with new sources is prepared again.
    """

    def __init__(self, table: FoodById) -> None:
        self._table = table
        self._known: dict[str, Candidate] = {}

    def __call__(self, dish: Dish) -> Candidate:
        """The candidate of ``dish``. Raises ``KeyError`` for an unknown food."""
        known = self._known.get(dish.id)
        if known is None or (known.dish is not dish and known.dish != dish):
            known = self._known[dish.id] = candidate_of(dish, self._table)
        return known
