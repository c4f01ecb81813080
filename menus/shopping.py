"""The shopping list of a menu: what to buy, in what one buys, by section of the market. Pure.

Grams as eaten are summed over the days, turned into what is bought (raw, with peel and bone), and rounded up to whole
units. What was withheld is not on the list. The list is made anew from the menu whenever it is shown, so it cannot
disagree with it; only what a person said (bought, at home, for how many) is kept, in ``menus/cart.py``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from menus import purchase
from nutrition.food import Food
from nutrition.market import Item, Market, Part, Section
from nutrition.menu import Day, Portion
from nutrition.words import tokens

_NOTICED_G = 1.0
"""A change below one gram is not told."""

_NOTHING: Mapping[str, int] = MappingProxyType({})


class Foods(Protocol):
    """A food table, or a plain mapping of foods by id."""

    def get(self, food_id: str, /) -> Food | None:
        """The food of that id, else None."""


@dataclass(frozen=True, slots=True)
class Line:
    """``grams`` of ``item``, as bought, are needed for the foods ``foods``; ``got`` units were already put in the cart."""

    item: Item
    grams: float
    foods: tuple[str, ...]
    got: int = 0

    @property
    def units(self) -> int:
        """Whole units that hold ``grams``."""
        return purchase.units_for(self.item, self.grams)

    @property
    def bought(self) -> bool:
        """Whether what is in the cart is enough for the menu of now."""
        return self.got >= self.units

    @property
    def started(self) -> bool:
        """Whether some was bought and the menu has come to need more."""
        return 0 < self.got < self.units

    @property
    def quantity(self) -> str:
        """What to buy, in words; what is still missing when some was bought before the menu changed."""
        return purchase.words(self.item, self.units - self.got if self.started else self.units)


@dataclass(frozen=True, slots=True)
class ShoppingList:
    """``lines``: to buy, by section and name. ``at_home``: said to be at home. ``basics``: salt, spices, vinegar."""

    lines: tuple[Line, ...] = ()
    at_home: tuple[Line, ...] = ()
    basics: tuple[Line, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that have something to buy or to have, in the order of the market."""
        found = {line.item.section for line in (*self.lines, *self.at_home)}
        return tuple(section for section in Section if section in found)

    def section(self, section: Section) -> tuple[Line, ...]:
        """What to buy in one section."""
        return tuple(line for line in self.lines if line.item.section is section)

    def line(self, item_id: str) -> Line | None:
        """The line of an item, wherever it stands."""
        everything = (*self.lines, *self.at_home, *self.basics)
        return next((line for line in everything if line.item.id == item_id), None)

    @property
    def bought(self) -> int:
        """How many lines are in the cart."""
        return sum(line.bought for line in self.lines)


@dataclass(frozen=True, slots=True)
class Change:
    """``grams`` of ``item``, as bought, that a change of the menu adds or spares."""

    item: Item
    grams: float

    @property
    def quantity(self) -> str:
        """In words: "2 unidades", "170 g"."""
        return purchase.about(self.item, self.grams)


@dataclass(frozen=True, slots=True)
class Difference:
    """What comes onto the list and what leaves it, each by name."""

    enters: tuple[Change, ...] = ()
    leaves: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.enters or self.leaves)


def shopping_list(
    days: Sequence[Day],
    table: Foods,
    people: float = 1,
    pantry: frozenset[str] = frozenset(),
    bought: Mapping[str, int] = _NOTHING,
    *,
    market: Market | None = None,
) -> ShoppingList:
    """The list for ``days``. ``people`` multiplies the portions (above 0); ``pantry`` holds ids of items that are at home;
    ``bought`` maps ids of items to units already in the cart."""
    needs = _needs(days, table, people, market or Market.load())
    order = {section: place for place, section in enumerate(Section)}
    lines = [
        Line(need.item, need.grams, tuple(need.foods), bought.get(need.item.id, 0)) for need in needs.values()
    ]
    lines.sort(key=lambda line: (order[line.item.section], tokens(line.item.name)))
    return ShoppingList(
        lines=tuple(line for line in lines if not line.item.basic and line.item.id not in pantry),
        at_home=tuple(line for line in lines if not line.item.basic and line.item.id in pantry),
        basics=tuple(line for line in lines if line.item.basic),
    )


def difference(old: ShoppingList, new: ShoppingList) -> Difference:
    """What ``new`` needs beyond ``old`` and the other way round, in grams before rounding; basics and what is at home are left out."""
    before, after = _by_id(old), _by_id(new)
    enters: list[Change] = []
    leaves: list[Change] = []
    for item_id in sorted({*before, *after}):
        item = (before.get(item_id) or after[item_id]).item
        change = _grams(after, item_id) - _grams(before, item_id)
        if abs(change) >= _NOTICED_G:
            (enters if change > 0 else leaves).append(Change(item, abs(change)))
    return Difference(tuple(enters), tuple(leaves))


def find(shopping: ShoppingList, said: str) -> Line | None:
    """The one line whose name has all the words of ``said`` ("couve", "filé de tilápia"); None when none or several do."""
    wanted = set(tokens(said))
    if not wanted:
        return None
    lines = (*shopping.lines, *shopping.at_home)
    exact = [line for line in lines if set(tokens(line.item.name)) == wanted]
    found = exact or [line for line in lines if wanted <= set(tokens(line.item.name))]
    return found[0] if len(found) == 1 else None


@dataclass(slots=True)
class _Need:
    item: Item
    grams: float
    foods: dict[str, None]


def _needs(days: Sequence[Day], table: Foods, people: float, market: Market) -> dict[str, _Need]:
    needs: dict[str, _Need] = {}
    for portion in _portions(days):
        if portion.grams <= 0:
            continue
        for part in _parts(portion, table, market):
            need = needs.setdefault(part.item.id, _Need(part.item, 0.0, {}))
            need.grams += portion.grams * part.factor * people
            need.foods[portion.food_id] = None
    return needs


def _portions(days: Sequence[Day]) -> Iterable[Portion]:
    for day in days:
        for meal in day.meals:
            if meal.withheld is None:
                yield from (portion for dish in meal.dishes for portion in dish.portions)


def _parts(portion: Portion, table: Foods, market: Market) -> tuple[Part, ...]:
    food = table.get(portion.food_id)
    if food is not None:
        return market.parts(food)
    # A food that left the table after the week was saved is still eaten, so it is still bought.
    name = portion.food[:1].upper() + portion.food[1:]
    return (Part(Item(portion.food_id, name, Section.MERCEARIA, "g", 100, 100), 1.0),)


def _by_id(shopping: ShoppingList) -> dict[str, Line]:
    return {line.item.id: line for line in shopping.lines}


def _grams(lines: Mapping[str, Line], item_id: str) -> float:
    line = lines.get(item_id)
    return line.grams if line else 0.0
