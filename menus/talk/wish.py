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
    SLOT_OFF = "slot_off"
    PEOPLE = "people"
    KEEP = "lock"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Wish:
    """``date`` and ``slot`` are where it is meant for; ``source`` is the day to copy; ``count`` meals a day or people."""

    act: Act
    date: Date | None = None
    slot: Slot | None = None
    foods: tuple[str, ...] = ()
    source: Date | None = None
    count: int = 0
