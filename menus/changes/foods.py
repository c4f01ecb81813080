"""Foods as people name them: "frango" is any poultry, "carne vermelha" any red meat, "couve" whatever is called so."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
_OF = frozenset({"de", "da", "do"})
_DIMINUTIVE = re.compile(r"(?P<begin>\w{2,}?)z?inh(?P<end>[oa])s?")


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
        found = frozenset(food.id for food in self.table if self._words and self._names(food))
        return found or (self._plain.food_ids if self._plain else found)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(stem(word) for word in tokens(self.said) if word not in _SMALL)

    @cached_property
    def _plain(self) -> "Named | None":
        """The food of a diminutive: "peixinho", "sopinha", "arrozinho"."""
        named = (Named(each, self.table) for each in undiminished(self.said))
        return next((each for each in named if each.food_ids), None)

    def _names(self, food: Food) -> bool:
        return self._words <= stems((food.name,)) or any(map(self._is_another_name, food.synonyms))

    def _is_another_name(self, name: str) -> bool:
        """Whether a synonym means this food: it begins with it and goes on without "de". The courgette that is called
        "macarrão de abobrinha" is no pasta, and the turkey "carne moída de peru" no minced beef."""
        words = tokens(name)
        while words and words[0] in _SMALL:
            del words[0]
        begins = bool(words) and stem(words[0]) in self._words
        return begins and self._words <= stems(words) and _OF.isdisjoint({*words} - {*tokens(self.said)})

    def is_in(self, name: str, food_ids: Iterable[str]) -> bool:
        """Whether a dish of this name and these foods has it."""
        return not self.food_ids.isdisjoint(food_ids) or self.calls(name)

    def calls(self, name: str) -> bool:
        """Whether a dish of this name is called so."""
        if self._words and self._words <= stems((name,)):
            return True
        return self._plain is not None and self._plain.calls(name)

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


def undiminished(said: str) -> Iterator[str]:
    """What the food of a diminutive may be called, likelier first: "peixinho" → "peixo", "peixe", "peixa", "peix"; nothing
    for what is none."""
    words = tokens(said)
    found = [(at, match) for at, word in enumerate(words) if (match := _DIMINUTIVE.fullmatch(word))]
    for at, match in found[:1]:
        begin = match["begin"].removesuffix("u") if match["begin"].endswith("gu") else match["begin"]
        begin = f"{begin[:-2]}c" if begin.endswith("qu") else begin
        for end in dict.fromkeys((match["end"], "e", "o", "a", "")):
            yield " ".join((*words[:at], begin + end, *words[at + 1 :]))
