"""Which dishes may stand in one meal: some rules keep foods apart that are allowed one by one (kosher: meat, milk)."""

from collections.abc import Callable, Iterable, Sequence

from menus.candidates import Kitchen
from menus.meals import Pick

ForbidsTogether = Callable[[Iterable[str]], object | None]
"""``Rules.forbids_together``: what forbids these food ids in one meal, or None."""


def nothing_apart(food_ids: Iterable[str]) -> None:
    """The rule of people whose foods all go together."""


class Companions:
    """Asks the rule only for people who have one: for all others every dish goes with every dish."""

    def __init__(self, kitchen: Kitchen, forbids: ForbidsTogether) -> None:
        self._kitchen = kitchen
        self._forbids = forbids
        every = {food_id for c in kitchen.candidates for food_id in c.plate.food_ids}
        self._always = forbids(sorted(every)) is None

    def allow(self, index: int, meal: Sequence[Pick]) -> bool:
        """Whether the dish ``index`` may join the picks of ``meal``."""
        if self._always:
            return True
        dishes = [index, *(pick.index for pick in meal)]
        foods = [f for dish in dishes for f in self._kitchen.candidates[dish].plate.food_ids]
        return self._forbids(foods) is None

    def first(self, indexes: Iterable[int], meal: Sequence[Pick]) -> int | None:
        """The first of ``indexes`` that may join ``meal``."""
        return next((index for index in indexes if self.allow(index, meal)), None)
