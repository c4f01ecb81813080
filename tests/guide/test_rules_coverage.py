"""What the restriction rules leave of the guide, by foods and by words, for every kind of the ontology."""

from functools import cache

import pytest

from nutrition.foods import FoodTable
from nutrition.menu import Dish
from nutrition.person import Restriction
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.rules import Rules
from tests.book import book
from tests.guide.kinds import counts

TABLE = FoodTable.load()
DISHES = book().dishes
ONTOLOGY = Ontology.load()
CODES = sorted(kind.code for kind in ONTOLOGY)

COMBINED = [
    ("vegano", "celiaca"),
    ("leite", "ovos"),
    ("pescetariano", "low_carb"),
    ("pescetariano", "cetogenica"),
    ("halal", "celiaca"),
    ("vegano", "soja"),
    ("vegano", "soja", "celiaca"),
    ("vegano", "oleaginosas", "amendoim"),
    ("vegano", "low_carb"),
    ("vegetariano", "low_carb"),
    ("fodmap",),
    ("fodmap", "leite"),
    ("celiaca", "leite", "ovos"),
    ("celiaca", "leite", "soja", "milho"),
    ("kosher", "celiaca"),
    ("hipertensao", "diabetes_2"),
    ("peixes", "frutos_do_mar", "amendoim", "oleaginosas"),
]

MOST_BY_WORDS = 0.06
"""Part of the guide that words alone may cost a person: safe dishes lost to prudence."""


def rules_of(*codes: str) -> Rules:
    """The rules of a person with these kinds of restriction."""
    return Rules.of([Restriction(code, ONTOLOGY[code].strength, code) for code in codes], TABLE)


@cache
def allowed(*codes: str) -> tuple[Dish, ...]:
    """The dishes that the rules let pass, by foods and by words."""
    rules = rules_of(*codes)
    return tuple(
        dish
        for dish in DISHES
        if rules.forbids_dish(dish.name, [item.food_id for item in dish.ingredients], dish.steps) is None
    )


@pytest.mark.parametrize("code", CODES)
def test_each_kind_of_restriction_alone_leaves_12_breakfasts_12_snacks_and_25_mains(code: str) -> None:
    breakfasts, snacks, mains = counts(allowed(code))
    assert (breakfasts >= 12, snacks >= 12, mains >= 25) == (True, True, True), (breakfasts, snacks, mains)


@pytest.mark.parametrize("codes", COMBINED, ids=" + ".join)
def test_hard_combinations_leave_6_breakfasts_6_snacks_and_12_mains(codes: tuple[str, ...]) -> None:
    breakfasts, snacks, mains = counts(allowed(*codes))
    assert (breakfasts >= 6, snacks >= 6, mains >= 12) == (True, True, True), (breakfasts, snacks, mains)


@pytest.mark.parametrize("code", CODES)
def test_words_alone_cost_few_dishes_whose_foods_are_all_allowed(code: str) -> None:
    rules = rules_of(code)
    by_foods = [
        dish
        for dish in DISHES
        if all(rules.forbids_food(TABLE[item.food_id]) is None for item in dish.ingredients)
    ]
    kept = {dish.id for dish in allowed(code)}
    lost = [dish.name for dish in by_foods if dish.id not in kept]
    assert len(lost) <= MOST_BY_WORDS * len(DISHES), lost


WITHOUT_BY_NATURE = {
    "frutas": {"fruta"},
    "saladas": {"salada"},
    "legumes": {"salada"},
    "hortalicas": {"salada"},
}
"""Roles that a kind excludes by what it means."""


@pytest.mark.parametrize("code", CODES)
def test_every_restriction_leaves_sides_salads_and_fruit(code: str) -> None:
    roles = [dish.role.value for dish in allowed(code)]
    for role, least in (("acompanhamento", 8), ("salada", 8), ("fruta", 3)):
        assert role in WITHOUT_BY_NATURE.get(code, ()) or roles.count(role) >= least
