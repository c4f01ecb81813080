"""The nouns of a planned day: what was proposed for it, and what was picked with how much of each food."""

from collections.abc import Sequence
from dataclasses import dataclass

from menus.meals import Pick
from nutrition.bars import Floats
from nutrition.menu import Slot
from nutrition.plates import Ints


@dataclass(frozen=True, slots=True)
class Proposed:
    """A dish that someone else wrote into a meal: its kitchen index and, where they are whole steps, its amounts."""

    index: int
    steps: Ints | None = None


@dataclass(frozen=True, slots=True)
class PlannedPick:
    """A dish of a planned meal and its whole steps (half household measures) per ingredient."""

    pick: Pick
    steps: Ints


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """Meals in the order of the brief's slots; ``misses`` are the bars not met."""

    meals: tuple[tuple[PlannedPick, ...], ...]
    figures: Floats
    misses: tuple[str, ...]
    cost: float

    def picks(self, slots: Sequence[Slot]) -> list[tuple[Slot, Pick]]:
        """Every pick with the slot it stands in."""
        return [(slot, p.pick) for slot, meal in zip(slots, self.meals, strict=True) for p in meal]
