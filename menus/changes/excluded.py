"""What "sem leite" leaves out on one day: all that a person who excludes milk is kept from, and whatever is called so."""

from collections.abc import Callable, Iterable, Sequence

from menus.changes.foods import Named, any_of
from menus.changes.situation import CannotChange
from nutrition.foods import FoodTable
from nutrition.menu import Dish
from nutrition.person import Restriction
from nutrition.restrictions.rules import Rules
from nutrition.restrictions.understand import understand

_NOT_A_FOOD = frozenset({"cafeina", "low_carb", "cetogenica"})
"""Kinds that a food's name is read as and that mean more than it: "sem café" leaves the chocolate where it is."""


def excluded(
    said: Sequence[str], table: FoodTable, dishes: Sequence[Dish]
) -> Callable[[str, Iterable[str]], bool]:
    """Whether a dish (its name, its foods) has any of the foods or groups ``said``. Raises ``CannotChange`` when nothing is
    called so."""
    rules = Rules.of([kind for each in said for kind in _kinds(each, table)], table)
    known = [each for each in said if Named(each, table).is_known(dishes)]
    if not known and not rules.restrictions:
        raise CannotChange("no_food")
    called = any_of(known, table)

    def found(name: str, food_ids: Iterable[str]) -> bool:
        ids = tuple(food_ids)
        return called(name, ids) or rules.forbids_dish(name, ids, ()) is not None

    return found


def _kinds(said: str, table: FoodTable) -> list[Restriction]:
    understood = understand(f"não como {said}", table).restrictions
    return [kind for kind in understood if kind.code not in _NOT_A_FOOD and not kind.code.startswith("word:")]
