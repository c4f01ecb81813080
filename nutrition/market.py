"""The market: what one buys for each food, in which section it stands, and in what it is sold.

``data/market.csv`` has one row an item. ``foods`` names the foods that become the item, each with grams bought per gram as
eaten after ``*``; without it, ``Food.purchase_factor`` holds. A food made at home of several things (purê de batata) is in
the row of each. ``unit`` is ``g`` or ``ml`` (sold by ``size`` of them), ``ovo`` (by ``size`` eggs), a word such as
``maço``, or ``a gosto`` (a kitchen has it); ``grams`` is what one such unit weighs, as bought, rather less than more.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from nutrition.food import Food
from nutrition.foods import FoodTable


class MarketError(Exception):
    """The market's data do not fit the food table; the message names the line or the food."""


class Section(StrEnum):
    """Sections in the order of the list; ``DESPENSA`` is what a kitchen has, no section of a market."""

    HORTIFRUTI = "hortifruti"
    CARNES = "carnes"
    FRIOS = "frios"
    PADARIA = "padaria"
    MERCEARIA = "mercearia"
    TEMPEROS = "temperos"
    BEBIDAS = "bebidas"
    CONGELADOS = "congelados"
    ROTISSERIA = "rotisseria"
    DESPENSA = "despensa"


TO_TASTE = "a gosto"
"""Unit of what a kitchen has anyway: salt, dry spices, vinegar, tap water."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is bought. ``id`` is a slug; ``size`` is how many ``unit`` are sold together, ``grams`` their weight."""

    id: str
    name: str
    section: Section
    unit: str
    size: float
    grams: float

    @property
    def basic(self) -> bool:
        """Whether a kitchen has it anyway, so no quantity is said."""
        return self.unit == TO_TASTE


@dataclass(frozen=True, slots=True)
class Part:
    """``factor`` grams of ``item`` are bought for each gram, as eaten, of the food it is a part of."""

    item: Item
    factor: float


class Market:
    """What to buy for each food of a table. Iterating gives the items in the order of the file."""

    def __init__(self, items: Iterable[Item], parts: dict[str, tuple[Part, ...]]) -> None:
        self._items = MappingProxyType({item.id: item for item in items})
        self._parts = MappingProxyType(parts)

    @classmethod
    def load(cls) -> "Market":
        """The project's market over the project's table, read once. Raises ``MarketError``."""
        return _load()

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def get(self, item_id: str) -> Item | None:
        """The item of that id, else None."""
        return self._items.get(item_id)

    def parts(self, food: Food) -> tuple[Part, ...]:
        """What is bought for ``food``. One that the data do not name is bought under its own name, by weight."""
        return self._parts.get(food.id) or (Part(unnamed(food), food.purchase_factor),)


def unnamed(food: Food) -> Item:
    """An item for a food that ``market.csv`` does not have: better a plain line on the list than a missing one."""
    return Item(food.id, food.name[:1].upper() + food.name[1:], Section.MERCEARIA, "g", 100, 100)


@cache
def _load() -> Market:
    table = FoodTable.load()
    items: list[Item] = []
    parts: dict[str, tuple[Part, ...]] = {}
    with files("nutrition").joinpath("data", "market.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            item = _item(row)
            items.append(item)
            for food_id, part in _row_parts(row, item, table):
                parts[food_id] = (*parts.get(food_id, ()), part)
    return Market(items, parts)


def _item(row: dict[str, str]) -> Item:
    size, grams = float(row["size"] or 1), float(row["grams"] or 1)
    try:
        return Item(row["item"], row["name"], Section(row["section"]), row["unit"], size, grams)
    except ValueError as exc:
        raise MarketError(f"market.csv, {row['item']}: {exc}") from exc


def _row_parts(row: dict[str, str], item: Item, table: FoodTable) -> Iterator[tuple[str, Part]]:
    for word in row["foods"].split():
        food_id, _, factor = word.partition("*")
        food = table.get(food_id)
        if food is None:
            raise MarketError(f"market.csv, {item.id}: the table has no food {food_id}")
        yield food_id, Part(item, float(factor) if factor else food.purchase_factor)
