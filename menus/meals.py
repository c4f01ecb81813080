"""How dishes make a meal: which parts a lunch wants, and meals that are too small or too large for their share."""

from collections.abc import Sequence
from dataclasses import dataclass

from menus.candidates import Candidate, Kitchen, Part
from nutrition.menu import MAIN_SLOTS, Role, Slot

TOO_MUCH, TOO_LITTLE = 1.0, 1.15
"""A meal is trimmed when its least energy is over, and filled when its most is under, this part of its share."""

_TRIM_ORDER = (Part.DRINK, Part.SIDE, Part.FRUIT, Part.PULSE, Part.STARCH)
_FILL_MAIN = (Part.STARCH, Part.PULSE, Part.FRUIT, Part.SIDE, Part.STARCH, Part.FRUIT, Part.DRINK, Part.SIDE)
_FILL_SMALL = (Part.FRUIT, Part.DRINK, Part.MAIN, Part.MAIN, Part.FRUIT, Part.SIDE)


@dataclass(frozen=True, slots=True)
class Pick:
    """A dish (index in the kitchen) in a meal. A ``locked`` pick was written by someone else and is kept."""

    part: Part
    index: int
    locked: bool = False


def wanted_parts(slot: Slot, main: Candidate, kitchen: Kitchen) -> tuple[Part, ...]:
    """The parts to go with ``main``: arroz, feijão, salad and fruit, less what the main dish already brings.

    Where nothing starchy may be eaten, another side takes its place. Breakfast and snacks are complete as they are.
    """
    if slot not in MAIN_SLOTS:
        return ()
    parts: list[Part] = []
    if not main.starchy:
        parts.append(Part.STARCH if kitchen.has(slot, Part.STARCH) else Part.SIDE)
    if not main.pulse:
        parts.append(Part.PULSE)
    parts += [Part.SALAD, Part.FRUIT]
    return tuple(part for part in parts if kitchen.has(slot, part))


def surplus_part(picks: Sequence[Pick], kitchen: Kitchen, meal_kcal: float) -> Pick | None:
    """The pick to leave out when the smallest servings are still too much for the meal, else None."""
    least = sum(kitchen.least_kcal[p.index] for p in picks)
    if least <= TOO_MUCH * meal_kcal:
        return None
    for part in _TRIM_ORDER:
        found = [p for p in picks if p.part is part and not p.locked]
        if found:
            return found[-1]
    return None


def lacking_part(slot: Slot, picks: Sequence[Pick], kitchen: Kitchen, meal_kcal: float) -> Part | None:
    """The part to add when the largest servings are too little for the meal, else None."""
    most = sum(kitchen.most_kcal[p.index] for p in picks)
    if most >= TOO_LITTLE * meal_kcal:
        return None
    order = _FILL_MAIN if slot in MAIN_SLOTS else _FILL_SMALL
    for position, part in enumerate(order):
        allowed = order[: position + 1].count(part)
        if sum(p.part is part for p in picks) < allowed and kitchen.has(slot, part):
            return part
    return None


def meal_name(dishes: Sequence[tuple[str, Role]]) -> str:
    """A name for a meal from its dishes: "Frango grelhado, arroz branco e feijão carioca"."""
    mains = [name for name, role in dishes if role is Role.PRINCIPAL] or [dishes[0][0]]
    sides = [name for name, role in dishes if role is Role.ACOMPANHAMENTO and name not in mains]
    first, *rest = [*mains, *sides]
    if not rest:
        return first
    lowered = [name[:1].lower() + name[1:] for name in rest]
    return ", ".join([first, *lowered[:-1]]) + f" e {lowered[-1]}"
