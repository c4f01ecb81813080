"""Foods as people name them: "frango" is any poultry, "carne vermelha" any red meat, "couve" whatever is called so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from nutrition.food import Food, FoodGroup
from nutrition.foods import FoodTable
from nutrition.menu import Dish
from nutrition.words import tokens

MEAT_ORIGINS = frozenset({"ave", "bovina", "suina", "outra_carne", "peixe", "crustaceo", "molusco"})
"""What "sem carne" leaves out: fish and seafood too, the stricter reading."""

_KINDS: dict[str, Callable[[Food], bool]] = {
    "peixe": lambda food: food.group is FoodGroup.PEIXES,
    "frutos do mar": lambda food: food.group is FoodGroup.FRUTOS_DO_MAR,
    "frango": lambda food: "ave" in food.animal,
    "galinha": lambda food: "ave" in food.animal,
    "carne": lambda food: food.group is FoodGroup.CARNES,
    "carne vermelha": lambda food: "carne_vermelha" in food.tags,
    "carne de porco": lambda food: "suina" in food.animal,
    "porco": lambda food: "suina" in food.animal,
    "carne de boi": lambda food: "bovina" in food.animal,
    "boi": lambda food: "bovina" in food.animal,
    "ovo": lambda food: food.group is FoodGroup.OVOS,
    "fruta": lambda food: food.group is FoodGroup.FRUTAS,
    "verdura": lambda food: food.group is FoodGroup.VERDURAS,
}
_SMALL = frozenset({"de", "da", "do", "com", "e", "a", "o", "em", "file", "bife", "posta"})


@dataclass(frozen=True)
class Named:
    """What ``said`` names: foods of the table, and dishes that are called so."""

    said: str
    table: FoodTable

    @cached_property
    def food_ids(self) -> frozenset[str]:
        """The foods that are meant."""
        kind = _KINDS.get(" ".join(stem(word) if word != "mar" else word for word in tokens(self.said)))
        kind = kind or _KINDS.get(" ".join(tokens(self.said)))
        if kind is not None:
            return frozenset(food.id for food in self.table if kind(food))
        words = self._words
        named = [food for food in self.table if words and words <= stems((food.name, *food.synonyms))]
        return frozenset(food.id for food in named)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(stem(word) for word in tokens(self.said) if word not in _SMALL)

    def is_in(self, name: str, food_ids: Iterable[str]) -> bool:
        """Whether a dish of this name and these foods has it."""
        return not self.food_ids.isdisjoint(food_ids) or self.calls(name)

    def calls(self, name: str) -> bool:
        """Whether a dish of this name is called so."""
        return bool(self._words) and self._words <= stems((name,))

    def is_known(self, dishes: Sequence[Dish]) -> bool:
        """Whether any food, or any of these dishes, is called so."""
        return bool(self.food_ids) or any(self.calls(dish.name) for dish in dishes)


def any_of(said: Sequence[str], table: FoodTable) -> Callable[[str, Iterable[str]], bool]:
    """Whether a dish (its name, its foods) has any of the foods ``said``."""
    named = [Named(each, table) for each in said]

    def found(name: str, food_ids: Iterable[str]) -> bool:
        ids = tuple(food_ids)
        return any(each.is_in(name, ids) for each in named)

    return found


def has_meat(table: FoodTable) -> Callable[[str, Iterable[str]], bool]:
    """Whether a dish has meat, poultry, fish or seafood."""
    meats = frozenset(food.id for food in table if food.animal & MEAT_ORIGINS)
    return lambda _name, food_ids: not meats.isdisjoint(food_ids)


def stems(names: Iterable[str]) -> frozenset[str]:
    """The stems of all words of ``names``."""
    return frozenset(stem(word) for name in names for word in tokens(name))


def stem(word: str) -> str:
    """Without the mark of the plural: "ovos" and "ovo", "feijões" and "feijão" (folded)."""
    if word.endswith("oes") and len(word) > 4:
        return word[:-3] + "ao"
    if word.endswith(("res", "zes")) and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
