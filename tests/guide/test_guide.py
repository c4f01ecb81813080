"""The dishes of the guide: enough of each kind, cookable, within the energy and salt that a day can hold."""

import re
from collections import Counter
from statistics import mean

import pytest

from nutrition.foods import FoodTable
from nutrition.menu import Dish, Role, Slot
from tests.book import book
from tests.guide.kinds import Kind, grams_of, kind_of, nutrient

TABLE = FoodTable.load()
GUIDE = book()
DISHES = GUIDE.dishes

ENERGY = {
    Kind.BREAKFAST: (240, 500),
    Kind.SNACK: (110, 300),
    Kind.MAIN: (210, 500),
    Kind.ONE_POT: (300, 650),
    Kind.SIDE: (20, 260),
    Kind.SALAD: (25, 160),
    Kind.FRUIT: (20, 170),
    Kind.DRINK: (0, 150),
}
"""kcal of one serving. The planner scales dishes from about 0.65 to 2.2, so these are wide on purpose."""

MOST_SALT = {
    Kind.BREAKFAST: 0.7,
    Kind.SNACK: 0.6,
    Kind.MAIN: 1.2,
    Kind.ONE_POT: 1.3,
    Kind.SIDE: 0.5,
    Kind.SALAD: 0.4,
    Kind.FRUIT: 0.0,
    Kind.DRINK: 0.0,
}
"""Grams of added salt. 1.1 g in a main plate leaves the day under 2 g of sodium (measured by the planner)."""

MOST_SODIUM = {Kind.BREAKFAST: 760, Kind.SNACK: 480, Kind.MAIN: 780, Kind.ONE_POT: 900}

LEAST = {
    Kind.BREAKFAST: 75,
    Kind.SNACK: 75,
    Kind.MAIN: 85,
    Kind.ONE_POT: 40,
    Kind.SIDE: 35,
    Kind.SALAD: 15,
    Kind.FRUIT: 15,
    Kind.DRINK: 5,
}


def by_kind(kind: Kind) -> list[Dish]:
    return [dish for dish in DISHES if kind_of(dish) is kind]


def test_every_dish_can_be_read_and_every_ingredient_is_a_food_of_the_table() -> None:
    assert [str(problem) for problem in GUIDE.problems] == []


def test_there_are_at_least_320_dishes() -> None:
    assert len(DISHES) >= 320


@pytest.mark.parametrize("kind", list(Kind))
def test_there_are_enough_dishes_of_each_kind(kind: Kind) -> None:
    assert len(by_kind(kind)) >= LEAST[kind]


def test_names_are_unique_and_read_as_names() -> None:
    names = Counter(dish.name.casefold() for dish in DISHES)
    assert [name for name, times in names.items() if times > 1] == []
    assert all(dish.name[0].isupper() and len(dish.name) <= 70 for dish in DISHES)


def test_no_two_main_dishes_of_a_meal_have_the_same_ingredients() -> None:
    seen = Counter(
        (kind_of(dish), frozenset(item.food_id for item in dish.ingredients if item.grams >= 5))
        for dish in DISHES
        if dish.role is Role.PRINCIPAL
    )
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("kind", list(Kind))
def test_energy_of_a_serving_suits_its_kind(kind: Kind) -> None:
    low, high = ENERGY[kind]
    outside = {
        d.name: round(e) for d in by_kind(kind) if not low <= (e := nutrient(d, TABLE, "energy_kcal")) <= high
    }
    assert outside == {}


@pytest.mark.parametrize("kind", list(Kind))
def test_salt_is_explicit_and_small(kind: Kind) -> None:
    salt = {dish.name: grams_of(dish, "sal") for dish in by_kind(kind)}
    assert {name: grams for name, grams in salt.items() if grams > MOST_SALT[kind]} == {}


@pytest.mark.parametrize("kind", list(MOST_SODIUM))
def test_sodium_of_a_serving_leaves_room_in_the_day(kind: Kind) -> None:
    sodium = {dish.name: round(nutrient(dish, TABLE, "sodium_mg")) for dish in by_kind(kind)}
    assert {name: mg for name, mg in sodium.items() if mg > MOST_SODIUM[kind]} == {}


def test_main_plates_average_at_most_1_1_grams_of_salt() -> None:
    assert mean(grams_of(dish, "sal") for dish in by_kind(Kind.MAIN) + by_kind(Kind.ONE_POT)) <= 1.1


def test_main_plates_bring_protein_vegetables_and_little_saturated_fat_on_average() -> None:
    mains = by_kind(Kind.MAIN) + by_kind(Kind.ONE_POT)
    energy = mean(nutrient(dish, TABLE, "energy_kcal") for dish in mains)
    assert mean(nutrient(dish, TABLE, "protein_g") for dish in mains) >= 25
    assert mean(nutrient(dish, TABLE, "fruit_vegetable_g") for dish in mains) >= 150
    assert mean(nutrient(dish, TABLE, "saturated_fat_g") for dish in mains) * 9 / energy <= 0.10


def test_every_lunch_or_dinner_main_has_protein() -> None:
    poor = {
        dish.name: round(grams)
        for kind in (Kind.MAIN, Kind.ONE_POT)
        for dish in by_kind(kind)
        if (grams := nutrient(dish, TABLE, "protein_g")) < 13
    }
    assert poor == {}


ULTRA_PROCESSED = {
    "bebida de soja sem açúcar",
    "bebida de amêndoas sem açúcar",
    "bebida de arroz sem açúcar",
    "pão sem glúten",
    "shoyu",
}
"""The NOVA 4 foods we use: what vegans and celiacs ask for in place of milk and bread, and soy sauce by the gram."""


def test_ultra_processed_foods_stay_out_but_for_five_that_are_named() -> None:
    used = [
        TABLE[item.food_id].name
        for dish in DISHES
        for item in dish.ingredients
        if TABLE[item.food_id].nova == 4
    ]
    assert set(used) <= ULTRA_PROCESSED
    assert len(used) <= 0.05 * len(DISHES)


def test_raw_meat_fish_and_eggs_stay_out() -> None:
    raw = {
        TABLE[i.food_id].name
        for dish in DISHES
        for i in dish.ingredients
        if "cru_animal" in TABLE[i.food_id].tags
    }
    assert raw == set()


def test_amounts_fit_what_one_person_is_served() -> None:
    over = {
        (dish.name, item.food_id): item.grams
        for dish in DISHES
        for item in dish.ingredients
        if item.grams > TABLE[item.food_id].portion_max_g
    }
    assert over == {}


def test_steps_are_one_to_five_and_cooked_dishes_say_how_long() -> None:
    assert {dish.name for dish in DISHES if not 1 <= len(dish.steps) <= 5} == set()
    cooked = [dish for dish in DISHES if dish.minutes >= 20]
    timed = re.compile(r"\d+ (?:minuto|hora)|pelo tempo da embalagem|já (?:cozid|pront)")
    assert {dish.name for dish in cooked if not timed.search(" ".join(dish.steps))} == set()


def test_tags_agree_with_the_food_table() -> None:
    gluten = {"gluten", "contaminacao_gluten"}
    wrong = []
    for dish in DISHES:
        foods = [TABLE[item.food_id] for item in dish.ingredients]
        animal = {origin for food in foods for origin in food.animal}
        marks = {mark for food in foods for mark in food.tags | food.allergens}
        if (
            ("vegano" in dish.tags and animal)
            or ("vegetariano" in dish.tags and animal - {"leite", "ovo", "mel"})
            or ("sem leite" in dish.tags and "leite" in marks)
            or ("sem gluten" in dish.tags and marks & gluten)
        ):
            wrong.append(dish.name)
    assert wrong == []
    used = {tag for dish in DISHES for tag in dish.tags}
    assert used >= {"vegano", "vegetariano", "sem leite", "sem gluten", "low-carb"}


@pytest.mark.parametrize("region", ["norte", "nordeste", "centro-oeste", "sudeste", "sul"])
def test_every_region_has_dishes(region: str) -> None:
    assert sum(region in dish.tags for dish in DISHES) >= 12


def test_there_are_cheap_quick_and_take_along_dishes() -> None:
    mains = by_kind(Kind.MAIN) + by_kind(Kind.ONE_POT)
    assert sum("barato" in dish.tags for dish in mains) >= 60
    assert sum(dish.minutes <= 20 for dish in mains) >= 50
    assert sum("marmita" in dish.tags for dish in mains) >= 60


def test_every_meal_of_the_day_has_main_dishes() -> None:
    for slot in Slot:
        assert sum(slot in dish.slots and dish.role is Role.PRINCIPAL for dish in DISHES) >= 25
