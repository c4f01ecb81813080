"""What kind of dish a dish is, and its figures: shared by the tests of the guide."""

from collections.abc import Iterable
from enum import StrEnum

from nutrition.foods import FoodTable
from nutrition.menu import Dish, Role, Slot


class Kind(StrEnum):
    """The guide's kinds; a lunch or dinner main that is a whole meal of one pot is tagged ``completo``."""

    BREAKFAST = "breakfast"
    SNACK = "snack"
    MAIN = "main"
    ONE_POT = "one pot"
    SIDE = "side"
    SALAD = "salad"
    FRUIT = "fruit"
    DRINK = "drink"


_OF_ROLE = {
    Role.ACOMPANHAMENTO: Kind.SIDE,
    Role.SALADA: Kind.SALAD,
    Role.FRUTA: Kind.FRUIT,
    Role.BEBIDA: Kind.DRINK,
}
SNACKS = frozenset({Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE, Slot.CEIA})
MEALS = frozenset({Slot.ALMOCO, Slot.JANTAR})


def kind_of(dish: Dish) -> Kind:
    """Return the one kind of a dish."""
    if dish.role is not Role.PRINCIPAL:
        return _OF_ROLE[dish.role]
    if dish.slots & MEALS:
        return Kind.ONE_POT if "completo" in dish.tags else Kind.MAIN
    return Kind.BREAKFAST if Slot.CAFE_DA_MANHA in dish.slots else Kind.SNACK


def counts(dishes: Iterable[Dish]) -> tuple[int, int, int]:
    """Count the dishes that can lead a breakfast, a snack, and a lunch or dinner."""
    leading = [dish for dish in dishes if dish.role is Role.PRINCIPAL]
    return (
        sum(Slot.CAFE_DA_MANHA in dish.slots for dish in leading),
        sum(bool(dish.slots & SNACKS) for dish in leading),
        sum(bool(dish.slots & MEALS) for dish in leading),
    )


def grams_of(dish: Dish, food_id: str) -> float:
    """Return the grams of one food in a dish."""
    return sum(item.grams for item in dish.ingredients if item.food_id == food_id)


def nutrient(dish: Dish, table: FoodTable, name: str) -> float:
    """Return a nutrient of a serving, or ``fruit_vegetable_g``; what is not known counts as nothing."""
    if name == "fruit_vegetable_g":
        counted = (item for item in dish.ingredients if "conta_fruta_verdura" in table[item.food_id].tags)
        return sum(item.grams for item in counted)
    return sum((table[item.food_id].per_100g[name] or 0.0) * item.grams / 100 for item in dish.ingredients)
