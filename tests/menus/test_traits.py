"""Dishes that no table puts together are never in one meal of a plan, whatever the numbers would gain."""

import pytest

from menus.candidates import Kitchen, oddity, rarity
from menus.companions import Companions, nothing_apart
from menus.meals import Pick
from menus.traits import MOST, Trait
from menus.weekly import plan
from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Slot
from tests.menus.fixtures import PREPARE, brief, dishes, workshop

TABLE = FoodTable.load()
KITCHEN = Kitchen.of(dishes(), PREPARE)
BY_NAME = {candidate.dish.name: index for index, candidate in enumerate(KITCHEN.candidates)}
COMPANIONS = Companions(KITCHEN, nothing_apart)


def together(*names: str) -> bool:
    """Whether the last dish may join the others in a meal."""
    *meal, last = (BY_NAME[name] for name in names)
    picks = [Pick(KITCHEN.candidates[index].part, index) for index in meal]
    return COMPANIONS.allow(last, picks)


@pytest.mark.parametrize(
    "names",
    [
        ("Tangerina", "Atum ao natural"),
        ("Claras cozidas", "Pote de iogurte desnatado"),
        ("Banana-da-terra com castanhas e canela", "Tofu firme em cubos"),
        ("Omelete de tomate e manjericão", "Ovo cozido simples"),
        ("Leite desnatado gelado", "Vitamina de mamão com leite"),
        ("Banana com pasta de amendoim", "Banana"),
        ("Caldinho de feijão-preto", "Pote de iogurte desnatado"),
        ("Café com leite desnatado", "Chá de hortelã"),
        ("Frango desfiado simples", "Atum ao natural"),
        ("Arroz com brócolis", "Arroz integral"),
        ("Laranja descascada", "Salada de agrião com laranja"),
        ("Mamão em fatias", "Banana", "Uva"),
    ],
)
def test_what_does_not_go_together_is_kept_apart(names: tuple[str, ...]) -> None:
    assert not together(*names)


@pytest.mark.parametrize(
    "names",
    [
        ("Pão com ovo mexido", "Mamão em fatias"),
        ("Tapioca com queijo branco e tomate", "Café com leite desnatado"),
        ("Banana", "Pote de iogurte desnatado"),
        ("Cuscuz com carne moída e pimentão", "Leite desnatado gelado"),
        ("Arroz integral", "Feijão-preto"),
        ("Maçã em fatias", "Punhado de nozes"),
        ("Tapioca pequena com frango", "Claras cozidas"),
        ("Mamão em fatias", "Banana"),
    ],
)
def test_what_people_eat_together_goes_together(names: tuple[str, ...]) -> None:
    assert together(*names)


@pytest.mark.parametrize("codes", [(), ("vegano",), ("celiaca",), ("leite", "ovos"), ("low_carb",)])
@pytest.mark.parametrize("meals", [3, 5, 6])
def test_no_meal_of_a_plan_holds_what_does_not_go_together(codes: tuple[str, ...], meals: int) -> None:
    made = plan(brief(*codes, meals=meals, seed=meals), workshop())
    for day in made.days:
        for meal in day.meals:
            picked = [BY_NAME[dish.name] for dish in meal.dishes]
            for at, one in enumerate(picked):
                assert not KITCHEN.clashes[one, picked[at + 1 :]].any(), meal.name
            for trait, most in MOST.items():
                assert sum(bool(KITCHEN.traits[one] & int(trait)) for one in picked) <= most


def test_what_people_seldom_cook_or_eat_early_is_known() -> None:
    def foods_of(dish: Dish) -> tuple[list[float], list[Food]]:
        return [item.grams for item in dish.ingredients], [TABLE[item.food_id] for item in dish.ingredients]

    by_name = {dish.name: dish for dish in dishes()}
    for name, rare in (("Mexilhão ao tomate com coentro", True), ("Frango com quiabo", False)):
        grams, foods = foods_of(by_name[name])
        assert (rarity(foods, grams) > 0) is rare
    for name, odd in (
        ("Arroz com ovo e cenoura na frigideira", True),
        ("Cuscuz com ovo mexido e tomate", False),
    ):
        grams, foods = foods_of(by_name[name])
        assert (oddity(foods, grams) > 0) is odd


def test_people_who_eat_everything_seldom_get_soya_or_seafood() -> None:
    weeks = [plan(brief(seed=seed), workshop()) for seed in range(6)]
    picked = [
        KITCHEN.candidates[BY_NAME[dish.name]]
        for week in weeks
        for day in week.days
        for meal in day.meals
        for dish in meal.dishes
        if dish.role.value == "principal"
    ]
    assert sum(bool(c.traits & Trait.SOY) for c in picked) <= 0.04 * len(picked)
    mains = [c for c in picked if Slot.ALMOCO in c.dish.slots]
    assert sum(c.rare == 1.0 for c in mains) <= 0.10 * len(mains)
    early = [c for c in picked if Slot.CAFE_DA_MANHA in c.dish.slots]
    assert sum(c.odd == 1.0 for c in early) <= 0.08 * len(early)
