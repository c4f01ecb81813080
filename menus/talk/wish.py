"""What a sentence was understood as."""

from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum

from nutrition.menu import Slot


class Act(StrEnum):
    """What is asked for."""

    OFFER = "offer"
    SWAP = "swap"
    SWAP_DAY = "swap_day"
    LESS = "less"
    WITHOUT = "without"
    MISSING = "missing"
    PANTRY = "pantry"
    AWAY = "away"
    COPY_DAY = "copy_day"
    COPY_MEAL = "copy_meal"
    NO_MEAT = "no_meat"
    CHEAPER = "cheaper"
    FASTER = "faster"
    MEALS = "meals"
    SKIP = "skip"
    SLOT_OFF = "slot_off"
    SLOT_ON = "slot_on"
    PEOPLE = "people"
    KEEP = "lock"
    UNLOCK = "unlock"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Wish:
    """``date`` and ``slot`` are where it is meant for, no slot being the whole day; ``count`` meals a day or people.

    ``source`` is the day to copy, ``source_slot`` the meal of it where that is another than ``slot``.
    """

    act: Act
    date: Date | None = None
    slot: Slot | None = None
    foods: tuple[str, ...] = ()
    source: Date | None = None
    source_slot: Slot | None = None
    count: int = 0
