"""What people who eat everything seldom want: mains of plants, soya, drinks that stand in for milk."""

import numpy as np

from menus.candidates import Kitchen, Part
from menus.traits import Trait
from nutrition.bars import Floats
from nutrition.food import FoodGroup
from nutrition.menu import MAIN_SLOTS

_ANIMAL = frozenset(
    {
        "bovina",
        "suina",
        "outra_carne",
        FoodGroup.CARNES,
        FoodGroup.AVES,
        FoodGroup.PEIXES,
        FoodGroup.FRUTOS_DO_MAR,
        FoodGroup.OVOS,
    }
)


def unusual(kitchen: Kitchen) -> Floats:
    """1 for dishes that somebody whose kitchen is mostly meat, fish and eggs gets now and then, not every day: main
    dishes of plants, and anything of soya or another stand-in for milk and meat. 0 for everything of anybody else."""
    mains = np.array([c.part is Part.MAIN and bool(c.dish.slots & MAIN_SLOTS) for c in kitchen.candidates])
    plants = np.array([c.protein not in _ANIMAL for c in kitchen.candidates]) & mains
    if 2 * plants.sum() >= mains.sum():
        return np.zeros(len(mains))
    soya = (kitchen.traits & int(Trait.SOY)) > 0
    result: Floats = (plants | soya).astype(float)
    return result
