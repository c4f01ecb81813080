"""The evening before: what is to be soaked, thawed, or made."""

from dataclasses import replace

from menus.preparing import Preparation, preparation_for
from nutrition.foods import FoodTable
from nutrition.menu import Role
from tests.handlers.weeks import dish, portion, week
from tests.weeks import guide_week

TABLE = FoodTable.load()
DAY = week().days[0]


def of(*foods: str, name: str = "Prato", steps: tuple[str, ...] = ()) -> Preparation:
    made = dish(name, Role.PRINCIPAL, *(portion(food, 100, "1 porção") for food in foods), steps=steps)
    return preparation_for(replace(DAY, meals=(replace(DAY.meals[0], dishes=(made,)),)), TABLE)


def test_dry_beans_are_soaked_and_what_needs_none_is_not() -> None:
    assert of("feijao-preto-cozido", "grao-de-bico-cozido").soak == ("Feijão-preto", "Grão-de-bico")
    assert not of("lentilha-cozida", "grao-de-bico-em-conserva-escorrido", "ervilha-fresca-cozida").needed


def test_salted_meat_is_soaked_not_thawed() -> None:
    found = of("carne-seca-cozida")
    assert found.soak and not found.thaw


def test_meat_and_fish_are_thawed_and_what_keeps_is_not() -> None:
    assert of("tilapia-assada", "patinho-grelhado").thaw == ("Filé de tilápia", "Patinho")
    assert not of("atum-em-agua-escorrido", "presunto-magro", "bacon-frito", "ovo-cozido").needed


def test_dishes_that_rest_overnight_are_named() -> None:
    assert of("aveia-em-flocos", name="Aveia de véspera com iogurte").dishes == (
        "Aveia de véspera com iogurte",
    )
    assert of("aveia-em-flocos", steps=("Deixe na geladeira durante a noite.",)).dishes == ("Prato",)


def test_a_withheld_meal_asks_for_nothing() -> None:
    withheld = replace(DAY, meals=tuple(replace(meal, withheld="peixes") for meal in DAY.meals))
    assert not preparation_for(withheld, TABLE).needed


def test_most_days_of_the_guide_have_something_to_prepare() -> None:
    days = [day for seed in range(10) for day in guide_week(seed).days]
    assert sum(preparation_for(day, TABLE).needed for day in days) > len(days) / 2
