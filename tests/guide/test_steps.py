"""A recipe is whole: what is listed is used in its steps or named in its title."""

from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.menu import Dish
from nutrition.words import tokens
from tests.book import book

TABLE = FoodTable.load()
DISHES = book().dishes

GENERAL = frozenset(
    tokens("de da do em com sem e a ao natural branco branca cozido cozida cru crua assado assada")
)
ALSO_CALLED = {"semente": "sementes", "polenta": "fubá", "noz": "nozes"}


TELLING = frozenset(
    tokens(
        "leite queijo manteiga requeijão ricota iogurte coalhada nata ovo omelete maionese mel carne frango galinha "
        "peru porco bacon linguiça presunto lombo boi bife peixe sardinha atum camarão marisco lula polvo amendoim "
        "paçoca castanha amêndoa noz soja shoyu tofu trigo farinha pão massa macarrão torrada bolo biscoito aveia "
        "cerveja vinho açúcar rapadura gelatina gergelim mostarda milho fubá feijão lentilha alho cebola"
    )
)
"""Words that tell a person with a restriction that something is in the dish."""
ALSO_MADE_OF = {
    "polenta": "fubá milho",
    "cuscuz": "flocão milho",
    "coxão": "carne",
    "patinho": "carne bife",
    "ovo cozido": "omelete",
    "pão": "torrada",
}
"""Words that a cook uses for a food whose names do not have them."""


def _singular(word: str) -> str:
    for plural, single in (("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ns", "m")):
        if word.endswith(plural):
            return word.removesuffix(plural) + single
    return word.removesuffix("s")


def _words(text: str) -> set[str]:
    found = set(tokens(text))
    return found | {_singular(word) for word in found}


def _called(food: Food) -> set[str]:
    names = " ".join(
        (food.name, *food.synonyms, *(also for name, also in ALSO_CALLED.items() if name in food.name))
    )
    return _words(names) - GENERAL


def _unused(dish: Dish) -> list[str]:
    said = _words(" ".join((dish.name, *dish.steps)))
    foods = [TABLE[item.food_id] for item in dish.ingredients]
    return [food.name for food in foods if not _called(food) & said]


def test_every_ingredient_is_used_in_a_step_or_named_in_the_title() -> None:
    unused = {dish.name: names for dish in DISHES if (names := _unused(dish))}
    assert unused == {}


def test_the_salt_listed_is_the_salt_used() -> None:
    for dish in DISHES:
        listed = any(item.food_id == "sal" for item in dish.ingredients)
        used = "sal" in {word for step in dish.steps for word in tokens(step)}
        assert listed == used, dish.name


def test_steps_read_as_sentences() -> None:
    steps = [step for dish in DISHES for step in dish.steps]
    assert [step for step in steps if not (step[0].isupper() and step.endswith("."))] == []
    assert max(len(step) for step in steps) <= 240


def test_titles_and_steps_speak_of_no_food_that_is_not_listed() -> None:
    wrong = {}
    for dish in DISHES:
        foods = [TABLE[item.food_id] for item in dish.ingredients]
        names = " ".join(name for food in foods for name in (food.name, food.group.value, *food.synonyms))
        also = " ".join(words for name, words in ALSO_MADE_OF.items() if name in names)
        said = _words(" ".join((dish.name, *dish.steps)))
        if extra := (said & TELLING) - _words(f"{names} {also}"):
            wrong[dish.name] = sorted(extra)
    assert wrong == {}
