"""Extras: dishes of one food (a fruit, a glass of milk, a handful of nuts) that a day may add to meet its bars."""

from collections.abc import Sequence

import numpy as np

from menus.candidates import Kitchen
from menus.companions import Companions
from menus.meals import Pick
from menus.traits import Trait
from nutrition.bars import ENERGY, FAT, FIBER, PLANTS, PROTEIN, SATURATED, Bars
from nutrition.menu import Slot

EXTRAS, RICH_EXTRAS = 12, 16
"""At most this many are offered to the portions of a day; most days use one or none. More where most of the energy has to
come from fat, since dishes are not made so."""

LEAST_KCAL = 15.0
"""Coffee and tea bring nothing: an extra of less energy is none."""

_FATTY_SHARE = 0.29
_KCAL_PER_G_FAT = 9.0


def worthwhile(kitchen: Kitchen, bars: Bars) -> list[int]:
    """Up to ``EXTRAS`` dishes of exactly one food, the best of each figure that extras are for, per unit of energy.

    Protein counts less what comes with it and has a ceiling; a day that wants most of its energy from fat gets fats.
    """
    singles = [
        i for i, c in enumerate(kitchen.candidates) if c.single and c.dish.slots and c.kcal >= LEAST_KCAL
    ]
    if not singles:
        return []
    shares = kitchen.figures[singles] / bars.scale
    dense = shares / np.maximum(shares[:, [ENERGY]], 0.005)
    lean = dense[:, PROTEIN] - 0.5 * dense[:, FIBER] - 0.5 * dense[:, SATURATED]
    fatty = dense[:, FAT] - dense[:, PROTEIN] - dense[:, SATURATED]
    rich = bars.aim_low[FAT] * bars.scale[FAT] * _KCAL_PER_G_FAT > _FATTY_SHARE * bars.scale[ENERGY]
    wishes = [
        (lean, 4),
        (dense[:, PLANTS], 2),
        (dense[:, FIBER], 1),
        (fatty, 6 if rich else 1),
        (shares[:, ENERGY] - shares[:, FIBER], 3 if rich else 2),
    ]
    chosen: list[int] = []
    for worth, count in wishes:
        order = np.argsort(-worth, kind="stable")
        chosen += [singles[int(i)] for i in order if singles[int(i)] not in chosen][:count]
    return chosen[: RICH_EXTRAS if rich else EXTRAS]


def placed(
    extras: Sequence[int],
    picks: Sequence[Sequence[Pick]],
    slots: Sequence[Slot],
    companions: Companions,
    kitchen: Kitchen,
) -> list[tuple[int, Pick]]:
    """Each extra with the index of its meal: the one with fewest dishes of those that it suits and is not in."""
    found: list[tuple[int, Pick]] = []
    meals = [list(meal) for meal in picks]
    for index in extras:
        candidate = kitchen.candidates[index]
        fitting = [
            meal
            for meal, slot in enumerate(slots)
            if slot in candidate.dish.slots
            and all(p.index != index for p in meals[meal])
            and companions.allow(index, meals[meal])
        ]
        best = sorted(fitting, key=lambda m: (len(meals[m]), m))
        for meal in (
            best if candidate.traits & Trait.OIL else best[:1]
        ):  # oil goes on every plate that takes it
            pick = Pick(candidate.part, index)
            meals[meal].append(pick)
            found.append((meal, pick))
    return found
