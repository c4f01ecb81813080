"""Which meals a day has, and how much of its energy each one carries."""

from nutrition.menu import Slot

_SHARES: dict[int, tuple[tuple[Slot, float], ...]] = {
    3: ((Slot.CAFE_DA_MANHA, 0.25), (Slot.ALMOCO, 0.40), (Slot.JANTAR, 0.35)),
    4: (
        (Slot.CAFE_DA_MANHA, 0.25),
        (Slot.ALMOCO, 0.35),
        (Slot.LANCHE_DA_TARDE, 0.15),
        (Slot.JANTAR, 0.25),
    ),
    5: (
        (Slot.CAFE_DA_MANHA, 0.20),
        (Slot.LANCHE_DA_MANHA, 0.10),
        (Slot.ALMOCO, 0.35),
        (Slot.LANCHE_DA_TARDE, 0.10),
        (Slot.JANTAR, 0.25),
    ),
    6: (
        (Slot.CAFE_DA_MANHA, 0.20),
        (Slot.LANCHE_DA_MANHA, 0.05),
        (Slot.ALMOCO, 0.35),
        (Slot.LANCHE_DA_TARDE, 0.10),
        (Slot.JANTAR, 0.25),
        (Slot.CEIA, 0.05),
    ),
}

MIN_MEALS, MAX_MEALS = min(_SHARES), max(_SHARES)


def shares(meals_per_day: int) -> tuple[tuple[Slot, float], ...]:
    """Return each slot of a day of ``meals_per_day`` meals (3 to 6) with its part of the energy, in eating order.

    The parts sum to 1. They are a template within the ranges that Brazilian textbooks teach (Assis 1997: breakfast
    20-25 %, colação 5 %, lunch 35-40 %, snack 10-15 %, dinner 15-25 %, supper 5 %; Sá 1990 for four meals).
    Raises ``ValueError`` for another number of meals.
    """
    try:
        return _SHARES[meals_per_day]
    except KeyError:
        raise ValueError(f"meals per day must be {MIN_MEALS} to {MAX_MEALS}, not {meals_per_day}") from None


def slots(meals_per_day: int) -> tuple[Slot, ...]:
    """Return the slots of a day of ``meals_per_day`` meals (3 to 6), in eating order; raises like ``shares``."""
    return tuple(slot for slot, _ in shares(meals_per_day))
