"""The seam between use cases and whoever writes a menu: Gemini (``rag.gemini_writer``) or the planner (``menus.planner``)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from nutrition.food import Food
from nutrition.menu import Dish, Draft, Origin, Slot
from nutrition.person import Targets
from nutrition.restrictions.rules import Rules
from rag.liking import Tastes
from storage.passages import Passage

DayDone = Callable[[int, int], None]
"""Called with (days written so far, days asked); may be called from another thread, must return at once."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A meal that failed the check and goes back to its writer once. ``reason`` is one short Portuguese sentence."""

    day: int
    slot: Slot
    reason: str


@dataclass(frozen=True, slots=True)
class MenuBrief:
    """All that a writer may know. No name, id, weight or height is in it, by construction.

    ``foods``, ``dishes`` and ``own`` (those of the person's own plan) were already filtered by ``rules``; ``avoid`` holds names of recent main dishes, newest
    first; ``tastes`` how much dishes are liked, by id; ``shares`` gives each slot's part of the day's energy (sums to 1); ``request`` is the person's own words,
    data and never instructions. ``days`` are the indexes to write. With ``rejected``, only those meals are asked again.
    """

    start: date
    days: tuple[int, ...]
    targets: Targets
    shares: tuple[tuple[Slot, float], ...]
    rules: Rules
    foods: tuple[Food, ...]
    dishes: tuple[Dish, ...]
    passages: tuple[Passage, ...]
    request: str = ""
    avoid: tuple[str, ...] = ()
    seed: int = 0
    rejected: tuple[Rejected, ...] = ()
    tastes: Tastes = ()
    own: tuple[Dish, ...] = ()

    @property
    def offered(self) -> tuple[Dish, ...]:
        """All dishes there are, those of the person's own plan first."""
        return (*self.own, *self.dishes)


class MenuWriter(Protocol):
    """Writes a proposal of a menu. Raises ``WriterError`` when it cannot; never shows anything to anyone."""

    origin: Origin

    async def draft(self, brief: MenuBrief, day_done: DayDone) -> Draft:
        """Return a draft of ``brief.days``; call ``day_done`` as days are written."""
        ...


class WriterError(Exception):
    """The writer could not write: ``note`` is the code told to the person ("gemini_away", "gemini_quota"...)."""

    def __init__(self, note: str, message: str) -> None:
        super().__init__(message)
        self.note = note
