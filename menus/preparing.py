"""What to do the evening before: dry beans to soak, meat and fish to take out of the freezer, steps that take a night."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nutrition.food import Food, FoodGroup
from nutrition.foods import FoodTable
from nutrition.market import Market, Section
from nutrition.menu import Day, PlannedDish
from nutrition.words import fold

_NO_SOAKING = ("lentilha", "ervilha", "edamame", "feijao-verde", "feijao-moyashi")
_SALTED = ("carne-seca", "charque")
_KEEPS = ("bacon", "toucinho", "paio")
"""Cured: kept in the fridge, not in the freezer."""

_OVERNIGHT = re.compile(
    r"\b(durante a noite|de um dia para o outro|na vespera|no dia anterior|na noite anterior)\b"
)
_OVERNIGHT_NAME = re.compile(r"\bde vespera\b")


@dataclass(frozen=True, slots=True)
class Preparation:
    """Names as one buys them ("Feijão-carioca"), in the order of the meals; ``dishes`` are made the evening before."""

    soak: tuple[str, ...] = ()
    thaw: tuple[str, ...] = ()
    dishes: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.soak or self.thaw or self.dishes)


def preparation_for(day: Day, table: FoodTable) -> Preparation:
    """What the menu of ``day`` asks for on the evening before. Withheld meals ask for nothing."""
    dishes = [dish for meal in day.meals if not meal.withheld for dish in meal.dishes]
    foods = [food for dish in dishes for p in dish.portions if (food := table.get(p.food_id)) is not None]
    return Preparation(
        soak=tuple(dict.fromkeys(name for food in foods if _soaks(food) for name in _bought(food))),
        thaw=tuple(dict.fromkeys(name for food in foods if _thaws(food) for name in _bought(food))),
        dishes=tuple(dict.fromkeys(dish.name for dish in dishes if _takes_a_night(dish))),
    )


def _soaks(food: Food) -> bool:
    if food.group is FoodGroup.LEGUMINOSAS:
        return food.id.endswith(("-cozido", "-cozida")) and not food.id.startswith(_NO_SOAKING)
    return food.id.startswith(_SALTED)


def _thaws(food: Food) -> bool:
    groups = (FoodGroup.CARNES, FoodGroup.AVES, FoodGroup.PEIXES, FoodGroup.FRUTOS_DO_MAR)
    if food.group not in groups or food.id.startswith(_SALTED + _KEEPS):
        return False
    return any(part.item.section is Section.CARNES for part in Market.load().parts(food))


def _bought(food: Food) -> Iterator[str]:
    for part in Market.load().parts(food):
        yield part.item.name


def _takes_a_night(dish: PlannedDish) -> bool:
    return bool(_OVERNIGHT_NAME.search(fold(dish.name))) or any(
        _OVERNIGHT.search(fold(s)) for s in dish.steps
    )
