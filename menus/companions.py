"""Which dishes may stand in one meal: rules keep foods apart that are allowed one by one (kosher: meat and milk), and so
does taste (``menus.traits``)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from menus.candidates import Kitchen
from menus.meals import Pick
from menus.traits import MOST

ForbidsTogether = Callable[[Iterable[str]], object | None]
"""``Rules.forbids_together``: what forbids these food ids in one meal, or None."""


def nothing_apart(food_ids: Iterable[str]) -> None:
    """The rule of people whose foods all go together."""


class Companions:
    """Asks the rule only of people who have one; taste holds for everybody."""

    def __init__(self, kitchen: Kitchen, forbids: ForbidsTogether) -> None:
        self._kitchen = kitchen
        self._forbids = forbids
        every = {food_id for c in kitchen.candidates for food_id in c.plate.food_ids}
        self._particular = True
        self._always = forbids(sorted(every)) is None

    def allow(self, index: int, meal: Sequence[Pick]) -> bool:
        """Whether the dish ``index`` may join the picks of ``meal``."""
        if not self._tastes(index, meal):
            return False
        if self._always:
            return True
        dishes = [index, *(pick.index for pick in meal)]
        foods = [f for dish in dishes for f in self._kitchen.candidates[dish].plate.food_ids]
        return self._forbids(foods) is None

    @contextmanager
    def regardless_of_taste(self) -> Iterator[None]:
        """For days whose energy nothing else can bring: what rules keep apart stays apart."""
        self._particular = False
        try:
            yield
        finally:
            self._particular = True

    def _tastes(self, index: int, meal: Sequence[Pick]) -> bool:
        """Whether ``index`` goes with every pick, and the meal has not too much of its kind with it."""
        beside = [pick.index for pick in meal]
        if not beside or not self._particular:
            return True
        if self._kitchen.clashes[index, beside].any():
            return False
        own, others = self._kitchen.traits[index], self._kitchen.traits[beside]
        return all(
            not own & int(trait) or int(np.count_nonzero(others & int(trait))) < most
            for trait, most in MOST.items()
        )

    def first(self, indexes: Iterable[int], meal: Sequence[Pick]) -> int | None:
        """The first of ``indexes`` that may join ``meal``."""
        return next((index for index in indexes if self.allow(index, meal)), None)
