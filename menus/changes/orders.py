"""What a person may ask to have changed in a menu that stands, as one JSON-able noun."""

import hashlib
from datetime import date as Date
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from nutrition.menu import Dish, Slot


class Kind(StrEnum):
    """What to do. Those of a day or a meal have ``date`` and ``slot``; the others look at the days from today on."""

    OFFER = "offer"
    """Three alternatives for a meal, to choose from; ``way`` narrows them, ``foods`` are to be used or wanted."""

    SWAP = "swap"
    """Another main dish for a meal: the one of ``key``, else the best with ``foods``, else the best."""

    SWAP_DAY = "swap_day"
    LESS = "less"
    """No more ``foods`` this week: the person had enough of them."""

    LACKING = "lacking"
    """What can take the place of ``foods``, or of the goods ``items``, that the market did not have: to choose from."""

    INSTEAD = "instead"
    """The good ``key`` in the place of the goods ``items``."""

    MISSING = "missing"
    """Other dishes for all that have ``foods``, or the goods ``items``: the market had none."""

    WITHOUT = "without"
    """No ``foods`` in one meal or one day."""

    NO_MEAT = "no_meat"
    AWAY = "away"
    SKIP = "skip"
    """A meal that is not eaten at all."""

    LOCK = "lock"
    """A meal that stays as it is while the rest of its week is changed."""

    UNLOCK = "unlock"
    COPY_DAY = "copy_day"
    COPY_MEAL = "copy_meal"
    CHEAPER = "cheaper"
    SLOT_OFF = "slot_off"
    SLOT_ON = "slot_on"
    """One more meal a day, the one of ``slot`` or the first that is not there."""

    REFILL = "refill"
    """Dishes again for what restrictions took out: one meal, or all from today on."""


OFFERS = frozenset({Kind.OFFER, Kind.LACKING})
"""Kinds that change nothing: something is offered to be chosen."""


ABOUT_A_MEAL = frozenset({Kind.OFFER, Kind.SWAP, Kind.COPY_MEAL, Kind.AWAY, Kind.SKIP})
"""Kinds aimed at one meal, which is asked about when it is locked."""


class Way(StrEnum):
    """How alternatives are narrowed."""

    ANY = ""
    FASTER = "rapido"
    CHEAPER = "barato"
    PANTRY = "tenho"


class Order(BaseModel):
    """One wish. ``items`` are ids of goods of the market, ``source`` is the day to copy, ``source_slot`` the meal of it
    where that is another than ``slot``; ``message_id`` the message whose button asked for it.

    The person was asked and said yes: ``force`` to changing a locked meal, ``partly`` to doing it only where it can be done.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    date: Date | None = None
    slot: Slot | None = None
    key: str = ""
    foods: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    source: Date | None = None
    source_slot: Slot | None = None
    way: Way = Way.ANY
    message_id: int | None = None
    force: bool = False
    partly: bool = False

    def to_json(self) -> dict[str, Any]:
        """As JSON types; ``from_json`` reads it back."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read what ``to_json`` wrote. Raises ``pydantic.ValidationError``."""
        return cls.model_validate(data)


def key_of(dish: Dish) -> str:
    """Eight letters that name a dish in a button."""
    return hashlib.blake2s(dish.id.encode(), digest_size=4).hexdigest()
