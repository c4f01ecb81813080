"""Rules: what a person's restrictions forbid, by the tags of foods and by the words of any text.

Both checks are made on everything shown, whoever wrote it. When in doubt the answer is "forbidden".
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import ClassVar
from weakref import WeakKeyDictionary

from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.person import Restriction
from nutrition.restrictions.holder import Holder
from nutrition.restrictions.ontology import FoodNames
from nutrition.words import tokens

_REMEMBERED = 256
_TEXTS_REMEMBERED = 4096
_NAMES: "WeakKeyDictionary[FoodTable, FoodNames]" = WeakKeyDictionary()


class Rules:
    """The restrictions of one person against one food table. Make with ``Rules.of``; equal keys behave alike."""

    _cache: ClassVar["OrderedDict[tuple[int, frozenset[Restriction]], Rules]"] = OrderedDict()

    def __init__(self, restrictions: Sequence[Restriction], table: FoodTable) -> None:
        self.restrictions = tuple(restrictions)
        self.key = key_of(restrictions)
        self._table = table
        self._names = _NAMES.setdefault(table, FoodNames())
        self._holders = tuple(Holder(item, table, self._names) for item in self.restrictions)
        self._forbidden = self._forbidden_foods()
        self._judged: dict[str, Restriction | None] = {}

    @classmethod
    def of(cls, restrictions: Iterable[Restriction], table: FoodTable) -> "Rules":
        """Return the rules for ``restrictions``, remembered for those seen last."""
        listed = tuple(restrictions)
        # the key has words and strengths too: what one person said is never shown to another
        key = (id(table), frozenset(listed))
        made = cls._cache.get(key)
        if made is None:
            made = cls._cache[key] = cls(listed, table)
            if len(cls._cache) > _REMEMBERED:
                cls._cache.popitem(last=False)
        cls._cache.move_to_end(key)
        return made

    def __reduce__(
        self,
    ) -> tuple[Callable[[tuple[Restriction, ...]], "Rules"], tuple[tuple[Restriction, ...]]]:
        """Another process gets the restrictions and makes the rules against the product's own table."""
        return _against_own_table, (self.restrictions,)

    @cached_property
    def diets(self) -> frozenset[str]:
        """Codes of the kinds that are held, for what changes targets (low_carb, cetogenica…)."""
        return frozenset(item.code for item in self.restrictions)

    def forbids_food(self, food: Food) -> Restriction | None:
        """Return what forbids a food, or None."""
        if food.id in self._table:
            return self._forbidden.get(food.id)
        return next((holder.restriction for holder in self._holders if holder.forbids(food)), None)

    def forbids_text(self, text: str) -> Restriction | None:
        """Return what a text betrays, or None: hidden sources count, safe phrases and "sem X" do not."""
        if text not in self._judged:
            if len(self._judged) >= _TEXTS_REMEMBERED:
                self._judged.clear()
            words = tokens(text)
            self._judged[text] = next(
                (holder.restriction for holder in self._holders if holder.betrayed_by(words)), None
            )
        return self._judged[text]

    def forbids_dish(self, name: str, food_ids: Sequence[str], steps: Sequence[str]) -> Restriction | None:
        """Return what forbids a dish: one of its foods, or a word of its name or steps.

        A food id that the table does not have forbids the dish whenever anything is restricted.
        """
        for food_id in food_ids:
            food = self._table.get(food_id)
            if food is None:
                if self.restrictions:
                    return self.restrictions[0]
                continue
            found = self.forbids_food(food)
            if found is not None:
                return found
        for text in (name, *steps):
            found = self.forbids_text(text)
            if found is not None:
                return found
        return self.forbids_together(food_ids)

    def forbids_together(self, food_ids: Iterable[str]) -> Restriction | None:
        """Return what forbids foods that are allowed one by one but not in one meal (kosher: meat with milk)."""
        apart = [holder for holder in self._holders if holder.keeps_apart]
        if not apart:
            return None
        origins: set[str] = set()
        for food_id in food_ids:
            food = self._table.get(food_id)
            origins |= food.animal if food is not None else frozenset()
        return next((holder.restriction for holder in apart if holder.forbids_origins(origins)), None)

    def allowed(self, table: FoodTable) -> tuple[Food, ...]:
        """Return the foods of ``table`` that nothing forbids."""
        return tuple(food for food in table if self.forbids_food(food) is None)

    def _forbidden_foods(self) -> dict[str, Restriction]:
        """Each food that is excluded, and the first restriction that excludes it."""
        return {food_id: holder.restriction for holder in reversed(self._holders) for food_id in holder.foods}


def key_of(restrictions: Iterable[Restriction]) -> str:
    """A key that is equal for the same set of codes."""
    return "|".join(sorted({item.code for item in restrictions}))


def _against_own_table(restrictions: tuple[Restriction, ...]) -> Rules:
    return Rules.of(restrictions, FoodTable.load())
