"""What the guide leaves to people with restrictions, counted from the food table's tags alone.

This is a second count, independent of the restriction rules: 12 breakfasts, 12 snacks and 25 mains for each
restriction alone; 6, 6 and 12 for the hard combinations.
"""

from collections.abc import Callable

import pytest

from nutrition.food import ALLERGENS, Food
from nutrition.foods import FoodTable
from nutrition.menu import Dish
from tests.book import book
from tests.guide.kinds import counts

TABLE = FoodTable.load()
DISHES = book().dishes

Forbids = Callable[[Food], bool]

MEAT = frozenset({"ave", "bovina", "suina", "outra_carne", "gelatina", "inseto"})
SEA = frozenset({"peixe", "crustaceo", "molusco"})
NUTS = frozenset(ALLERGENS[7:17])
GLUTEN = frozenset({"gluten", "contaminacao_gluten"})
SWEETS = frozenset({"açúcar refinado", "mel", "melado de cana", "rapadura"})


def allergen(*names: str) -> Forbids:
    """Forbid foods with any of these allergens."""
    return lambda food: bool(food.allergens & set(names))


def animal(*names: str) -> Forbids:
    """Forbid foods that come from any of these animals."""
    return lambda food: bool(food.animal & set(names))


def tag(*names: str) -> Forbids:
    """Forbid foods with any of these tags."""
    return lambda food: bool(food.tags & set(names))


def word(*words: str) -> Forbids:
    """Forbid foods whose name has any of these words, as a dislike does."""
    return lambda food: any(name in food.name.replace("-", " ").split() for name in words)


def gluten(food: Food) -> bool:
    """Celiac: gluten, its contamination, and every cereal of the allergen class but certified oats."""
    return bool(food.tags & GLUTEN)


def low_carb(food: Food) -> bool:
    """More than 15 g of available carbohydrate per 100 g; seasonings are used by the gram."""
    return "carbo_alto" in food.tags and food.group.value != "temperos"


def ketogenic(food: Food) -> bool:
    """Over 8 g of available carbohydrate per 100 g, fruit but avocado and berries, pulses."""
    return low_carb(food) or (
        "carbo_medio" in food.tags and food.group.value not in {"temperos", "oleaginosas"}
    )


SINGLE: dict[str, Forbids] = {
    **{f"alergia: {name}": allergen(name) for name in ALLERGENS},
    "alergia: todas as castanhas": allergen(*NUTS),
    "alergia: amendoim e castanhas": allergen("amendoim", *NUTS),
    "alergia: moluscos": animal("molusco"),
    "alergia: peixes e frutos do mar": animal(*SEA),
    "alergia: gergelim": tag("gergelim"),
    "alergia: mostarda": tag("mostarda"),
    "alergia: coco": tag("coco"),
    "alergia: milho": tag("milho"),
    "alergia: cítricos": tag("citrico"),
    "látex e frutas que reagem junto": word("banana", "abacate", "kiwi", "mamão", "castanha"),
    "solanáceas": tag("solanacea"),
    "sulfitos": tag("sulfito"),
    "glúten": gluten,
    "lactose": tag("lactose"),
    "frutose": tag("frutose_alta"),
    "FODMAP": tag("fodmap_alto"),
    "histamina": tag("histamina"),
    "cafeína": tag("cafeina"),
    "álcool": tag("alcool"),
    "ovolactovegetariano": animal(*MEAT, *SEA),
    "lactovegetariano": animal(*MEAT, *SEA, "ovo"),
    "ovovegetariano": animal(*MEAT, *SEA, "leite"),
    "vegano": lambda food: bool(food.animal),
    "pescetariano": animal(*MEAT),
    "sem carne vermelha": animal("bovina", "suina", "outra_carne"),
    "sem porco": animal("suina"),
    "halal": lambda food: "suina" in food.animal or bool(food.tags & {"alcool", "nao_halal"}),
    "low-carb": low_carb,
    "cetogênica": ketogenic,
    "sem açúcar adicionado": lambda food: food.name in SWEETS or "acucar_adicionado" in food.tags,
    "só in natura e ingredientes culinários": lambda food: food.nova > 2,
    "gota": tag("purina_alta"),
    "sem feijões": lambda food: food.group.value == "leguminosas",
    "não gosto: tomate": word("tomate"),
    "não gosto: alho": word("alho"),
    "não gosto: cebola": word("cebola"),
    "não gosto: coentro": word("coentro"),
    "não gosto: frango": word("frango"),
    "não gosto: cuscuz e tapioca": word("cuscuz", "tapioca"),
    "não gosto: banana": word("banana"),
    "não gosto: iogurte": word("iogurte"),
}

COMBINED: dict[str, tuple[Forbids, ...]] = {
    "vegano sem glúten": (SINGLE["vegano"], gluten),
    "sem leite e sem ovo": (allergen("leite"), allergen("ovos")),
    "pescetariano low-carb": (SINGLE["pescetariano"], low_carb),
    "pescetariano cetogênico": (SINGLE["pescetariano"], ketogenic),
    "halal sem glúten": (SINGLE["halal"], gluten),
    "vegano sem soja": (SINGLE["vegano"], allergen("soja")),
    "vegano sem soja nem glúten": (SINGLE["vegano"], allergen("soja"), gluten),
    "vegano sem soja, glúten, amendoim nem castanhas": (
        SINGLE["vegano"],
        gluten,
        allergen("soja", "amendoim", *NUTS),
    ),
    "FODMAP": (tag("fodmap_alto"),),
    "FODMAP sem leite": (tag("fodmap_alto"), allergen("leite")),
    "vegano FODMAP": (SINGLE["vegano"], tag("fodmap_alto")),
    "vegano low-carb": (SINGLE["vegano"], low_carb),
    "vegetariano low-carb": (SINGLE["ovolactovegetariano"], low_carb),
    "sem glúten, leite nem ovo": (gluten, allergen("leite", "ovos")),
    "sem glúten, leite, soja nem milho": (gluten, allergen("leite", "soja"), tag("milho")),
}


def allowed(*rules: Forbids) -> list[Dish]:
    """The dishes without a food that any of the rules forbids."""
    return [
        dish for dish in DISHES if not any(rule(TABLE[i.food_id]) for i in dish.ingredients for rule in rules)
    ]


@pytest.mark.parametrize("name", SINGLE)
def test_each_restriction_alone_leaves_enough(name: str) -> None:
    breakfasts, snacks, mains = counts(allowed(SINGLE[name]))
    assert (breakfasts >= 12, snacks >= 12, mains >= 25) == (True, True, True), (breakfasts, snacks, mains)


@pytest.mark.parametrize("name", COMBINED)
def test_the_hard_combinations_leave_enough(name: str) -> None:
    breakfasts, snacks, mains = counts(allowed(*COMBINED[name]))
    assert (breakfasts >= 6, snacks >= 6, mains >= 12) == (True, True, True), (breakfasts, snacks, mains)


@pytest.mark.parametrize("name", [*SINGLE, *COMBINED])
def test_what_is_left_has_sides_salads_and_fruit_too(name: str) -> None:
    rules = COMBINED.get(name) or (SINGLE[name],)
    roles = [dish.role.value for dish in allowed(*rules)]
    assert roles.count("acompanhamento") >= 8
    assert roles.count("salada") >= 8
    assert roles.count("fruta") >= 3


def test_kosher_dishes_keep_meat_and_milk_apart() -> None:
    def meat_with_milk(dish: Dish) -> bool:
        origins = {origin for item in dish.ingredients for origin in TABLE[item.food_id].animal}
        return bool(origins & MEAT) and "leite" in origins

    forbidden = tag("nao_kosher")
    kosher = [
        dish
        for dish in allowed(forbidden, animal("suina", "crustaceo", "molusco"))
        if not meat_with_milk(dish)
    ]
    breakfasts, snacks, mains = counts(kosher)
    assert (breakfasts >= 12, snacks >= 12, mains >= 25) == (True, True, True)
