"""The food table: what the project's own CSV files say about each food, found by id, by name or by likeness.

``FoodTable.load()`` reads ``data/foods.csv`` and ``data/food_measures.csv`` once. Both are made by
``scripts/build_foods.py``; each row names the publication and the row its figures come from.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rapidfuzz import fuzz, process

from nutrition.food import ALLERGENS, ANIMAL_ORIGINS, NUTRIENTS, TAGS, Food, FoodGroup, Measure
from nutrition.words import tokens

_LINKING_WORDS = frozenset(
    {"a", "ao", "as", "da", "das", "de", "do", "dos", "e", "em", "na", "no", "o", "os"}
)
# How Portuguese makes plurals, longest ending first; a word that ends in a bare "s" loses it.
_PLURALS = (
    ("eses", "e"),  # as "francês" becomes when it loses its s
    ("oes", "ao"),
    ("aes", "ao"),
    ("ais", "al"),
    ("eis", "el"),
    ("ois", "ol"),
    ("zes", "z"),
    ("res", "r"),
    ("ns", "m"),
)
_LEAST_LIKENESS = 60.0


class FoodTableError(Exception):
    """The data files are not a valid food table; the message names the line."""


def _singular(word: str) -> str:
    for plural, singular in _PLURALS:
        if word.endswith(plural) and len(word) > len(plural):
            return word.removesuffix(plural) + singular
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _loose_key(name: str) -> tuple[str, ...]:
    """The words of a name, singular, without "de" and its like, in an order that does not depend on how it was said."""
    return tuple(sorted(_singular(word) for word in tokens(name) if word not in _LINKING_WORDS))


def _names(food: Food) -> tuple[str, ...]:
    return (food.name, *food.synonyms)


class FoodTable:
    """All foods, immutable. Iterating gives the foods in table order; ``table[id]`` raises ``KeyError``."""

    def __init__(self, foods: Iterable[Food]) -> None:
        """Index ``foods``. Raises ``FoodTableError`` when two have one id."""
        by_id: dict[str, Food] = {}
        exact: dict[str, set[str]] = defaultdict(set)
        loose: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for food in foods:
            if food.id in by_id:
                raise FoodTableError(f"two foods have the id {food.id}")
            by_id[food.id] = food
            for name in _names(food):
                exact[" ".join(tokens(name))].add(food.id)
                loose[_loose_key(name)].add(food.id)
        self._by_id = MappingProxyType(by_id)
        self._exact = exact
        self._loose = loose
        self._search_keys = [(key, food_id) for key, ids in exact.items() for food_id in sorted(ids)]

    @classmethod
    def load(cls) -> "FoodTable":
        """The table of the project, read from its data files once per process."""
        return _load()

    def __getitem__(self, food_id: str) -> Food:
        return self._by_id[food_id]

    def __contains__(self, food_id: object) -> bool:
        return food_id in self._by_id

    def __iter__(self) -> Iterator[Food]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, food_id: str) -> Food | None:
        """The food of that id, else None."""
        return self._by_id.get(food_id)

    def resolve(self, name: str) -> Food | None:
        """The one food that ``name`` means: an id, a name or a synonym; None when no food has it or several do.

        Case, accents and hyphens never matter; plural, word order and words like "de" are forgiven. It never guesses:
        "arroz" is a synonym that means cooked white rice, "peixe" means no one food and is None.
        """
        if name in self._by_id:
            return self._by_id[name]
        found = self._exact.get(" ".join(tokens(name))) or self._loose.get(_loose_key(name)) or set()
        return self._by_id[next(iter(found))] if len(found) == 1 else None

    def search(self, name: str, limit: int = 5) -> list[Food]:
        """Up to ``limit`` foods whose names are most like ``name``, best first; for suggestions, never for decisions."""
        query = " ".join(tokens(name))
        if not query or limit < 1:
            return []
        keys = [key for key, _ in self._search_keys]
        hits = process.extract(query, keys, scorer=fuzz.WRatio, limit=limit * 6, score_cutoff=_LEAST_LIKENESS)
        ranked = sorted(hits, key=lambda hit: (-hit[1], -fuzz.ratio(query, hit[0]), hit[2]))
        ids = dict.fromkeys(self._search_keys[index][1] for _, _, index in ranked)
        return [self._by_id[food_id] for food_id in ids][:limit]


@cache
def _load() -> FoodTable:
    measures: dict[str, list[Measure]] = defaultdict(list)
    for row in _rows("food_measures.csv"):
        feminine = row["feminine"] == "f"
        measures[row["food_id"]].append(Measure(row["name"], row["plural"], float(row["grams"]), feminine))
    return FoodTable(_food(row, tuple(measures[row["id"]])) for row in _rows("foods.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("nutrition").joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _food(row: dict[str, str], measures: tuple[Measure, ...]) -> Food:
    try:
        return Food(
            id=row["id"],
            name=row["name"],
            synonyms=tuple(filter(None, row["synonyms"].split(";"))),
            group=FoodGroup(row["group"]),
            nova=int(row["nova"]),
            per_100g=MappingProxyType({name: float(row[name]) if row[name] else None for name in NUTRIENTS}),
            allergens=_words(row["allergens"], ALLERGENS),
            animal=_words(row["animal"], ANIMAL_ORIGINS),
            tags=_words(row["tags"], TAGS),
            measures=measures,
            purchase_factor=float(row["purchase_factor"]),
            portion_min_g=float(row["portion_min_g"]),
            portion_max_g=float(row["portion_max_g"]),
            price_tier=int(row["price_tier"]),
            source=row["source"],
        )
    except (KeyError, ValueError) as exc:
        raise FoodTableError(f"foods.csv, {row.get('id')}: {exc}") from exc


def _words(cell: str, vocabulary: tuple[str, ...]) -> frozenset[str]:
    words = frozenset(cell.split())
    if unknown := words - set(vocabulary):
        raise ValueError(f"not in the vocabulary: {', '.join(sorted(unknown))}")
    return words
