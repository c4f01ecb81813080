"""What goes with what: traits of a dish, and which traits no Brazilian table puts in one meal.

Numbers alone would serve tuna with a tangerine, or yoghurt with egg whites: each makes the protein right. These rules
keep such pairs apart wherever dishes are put together; what each dish is by itself is the guide's business.
"""

from collections.abc import Sequence
from enum import IntFlag, auto

import numpy as np
from numpy.typing import NDArray

from nutrition.food import Food, FoodGroup
from nutrition.menu import Dish, Role


class Trait(IntFlag):
    """Traits of a dish; ``LONE``: one savoury protein food with nothing around it."""

    NONE = 0
    SWEET = auto()
    SAVOURY = auto()
    HEARTY = auto()
    LONE = auto()
    NUTS = auto()
    CUP = auto()
    YOGHURT = auto()
    DRINK = auto()
    SOY = auto()
    FRUITY = auto()
    BREAD = auto()
    RICE = auto()
    EGGS = auto()
    POULTRY = auto()
    LONE_EGGS = auto()
    LONE_SOY = auto()
    LONE_POULTRY = auto()
    OIL = auto()


_MEATS = frozenset({FoodGroup.CARNES, FoodGroup.AVES, FoodGroup.PEIXES, FoodGroup.FRUTOS_DO_MAR})
_HEARTY = _MEATS | {FoodGroup.LEGUMINOSAS, FoodGroup.LEGUMES, FoodGroup.VERDURAS}
_LONE = _MEATS | {FoodGroup.OVOS, FoodGroup.LEGUMINOSAS, FoodGroup.PROTEINA_VEGETAL}
_SAVOURY_SEASONINGS = frozenset({"sal", "alho", "cebola-crua", "cebola-refogada", "cebola-roxa-crua"})
_SWEETENERS = frozenset({"cacau-em-po", "canela-em-po"})
_NOT_SWEET_FRUITS = frozenset({"abacate", "limao-taiti"})
_YOGHURTS = ("iogurte", "coalhada", "kefir")
_CUPS = (*_YOGHURTS, "leite-", "bebida-de-", "extrato-de-soja")
_NOT_CUPS = ("leite-de-coco", "leite-em-po", "leite-condensado", "bebida-lactea")
_SOY = ("soja", "edamame")

_RICE = frozenset({"arroz-branco-cozido", "arroz-integral-cozido", "arroz-parboilizado-cozido"})
_LONE_KINDS = {
    FoodGroup.OVOS: Trait.LONE_EGGS,
    FoodGroup.PROTEINA_VEGETAL: Trait.LONE_SOY,
    FoodGroup.LEGUMINOSAS: Trait.LONE_SOY,
    FoodGroup.AVES: Trait.LONE_POULTRY,
}

_FRUIT_G, _CUP_G, _MUCH_G = 40.0, 80.0, 40.0

APART: tuple[tuple[Trait, Trait], ...] = (
    (Trait.LONE, Trait.SWEET),
    (Trait.LONE, Trait.LONE),
    (Trait.LONE, Trait.YOGHURT),
    (Trait.CUP, Trait.CUP),
    (Trait.YOGHURT, Trait.HEARTY),
    (Trait.DRINK, Trait.DRINK),
    (Trait.BREAD, Trait.SWEET),
    (Trait.RICE, Trait.RICE),
    (Trait.LONE_EGGS, Trait.EGGS),
    (Trait.LONE_SOY, Trait.SOY),
    (Trait.LONE_POULTRY, Trait.POULTRY),
    (Trait.OIL, Trait.OIL),
)
"""Pairs that never share a meal."""

MOST: dict[Trait, int] = {Trait.FRUITY: 2, Trait.NUTS: 2}
"""How many dishes of a kind one meal may have: two with fruit, two handfuls of nuts."""


def traits_of(dish: Dish, foods: Sequence[Food]) -> Trait:
    """The traits of a dish made of ``foods``, in the order of its ingredients."""
    grams = {food.id: item.grams for food, item in zip(foods, dish.ingredients, strict=True)}
    groups = {food.group for food in foods if food.id not in _SAVOURY_SEASONINGS and grams[food.id] >= 10}
    fruits = {food.id: grams[food.id] for food in foods if food.group is FoodGroup.FRUTAS}
    fruit = sum(amount for name, amount in fruits.items() if name not in _NOT_SWEET_FRUITS)
    hearty = bool(groups & _HEARTY)
    savoury = hearty or bool(_SAVOURY_SEASONINGS & set(grams))
    cups = {food.id: grams[food.id] for food in foods if _is_cup(food)}
    cup = not hearty and sum(cups.values()) >= _CUP_G
    sweet = fruit >= _FRUIT_G or bool(_SWEETENERS & set(grams)) or (cup and sum(fruits.values()) >= _FRUIT_G)
    soy = any(food.id.startswith(_SOY) or food.group is FoodGroup.PROTEINA_VEGETAL for food in foods)
    marks = (
        (Trait.HEARTY, hearty),
        (Trait.SAVOURY, savoury),
        (Trait.SWEET, sweet and not savoury),
        (Trait.FRUITY, fruit >= _FRUIT_G),
        (Trait.CUP, cup),
        (Trait.YOGHURT, cup and any(name.startswith(_YOGHURTS) for name in cups)),
        (Trait.DRINK, dish.role is Role.BEBIDA),
        (Trait.SOY, soy),
        (Trait.RICE, any(food.id in _RICE and grams[food.id] >= _MUCH_G for food in foods)),
        (Trait.EGGS, FoodGroup.OVOS in groups),
        (Trait.POULTRY, FoodGroup.AVES in groups),
    )
    found = Trait.NONE
    for trait, holds in marks:
        found |= trait if holds else Trait.NONE
    return found | _alone(foods)


def _alone(foods: Sequence[Food]) -> Trait:
    """The traits of a single food."""
    if len(foods) != 1:
        return Trait.NONE
    (food,) = foods
    if food.group is FoodGroup.OLEOS:
        return Trait.OIL
    if food.group in _LONE and not _is_cup(food):
        return Trait.LONE | _LONE_KINDS.get(food.group, Trait.NONE)
    if food.group is FoodGroup.OLEAGINOSAS and not food.id.startswith("coco"):
        return Trait.NUTS
    return Trait.BREAD if food.id.startswith("pao-") else Trait.NONE


def _is_cup(food: Food) -> bool:
    return food.id.startswith(_CUPS) and not food.id.startswith(_NOT_CUPS)


def clashes(traits: Sequence[Trait], fruits: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """For each two dishes whether they may not share a meal: by their traits, or for having the same fruit."""
    marks = np.array([int(each) for each in traits], dtype=np.int64)
    result = np.zeros((len(marks), len(marks)), dtype=bool)
    for one, other in APART:
        first, second = (marks & int(one)) > 0, (marks & int(other)) > 0
        result |= first[:, None] & second[None, :]
        result |= second[:, None] & first[None, :]
    names = sorted(set().union(*fruits)) if fruits else []
    has = np.array([[name in each for name in names] for each in fruits], dtype=np.int64).reshape(
        len(marks), len(names)
    )
    return result | ((has @ has.T) > 0)
