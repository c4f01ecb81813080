"""Plain dishes for people whose restrictions leave no dish of the guide for some meal: rice, beans and something.

They are composed from allowed foods of the table, and cite the guidance passage that was found for the person. The
week's note ``plain_dishes`` says so.
"""

from collections.abc import Sequence
from itertools import zip_longest

from menus.checker import source_of
from nutrition.food import Food, FoodGroup
from nutrition.foods import FoodTable
from nutrition.menu import MAIN_SLOTS, Dish, Ingredient, Role, Slot
from nutrition.words import fold, tokens
from rag.writer import MenuBrief

PLAIN_TAG = "simples"
PLAIN_NOTE = "plain_dishes"
ENOUGH_MAINS, ENOUGH_SMALL = 2, 1
"""With fewer dishes than this for a meal the guide alone cannot make a week without adjacent repeats."""

_MAX_PLAIN = 8
_PROTEINS = (
    FoodGroup.AVES,
    FoodGroup.PEIXES,
    FoodGroup.CARNES,
    FoodGroup.OVOS,
    FoodGroup.PROTEINA_VEGETAL,
    FoodGroup.LEGUMINOSAS,
)
_STARCHES = (FoodGroup.CEREAIS, FoodGroup.TUBERCULOS)
_PLANTS = (FoodGroup.LEGUMES, FoodGroup.VERDURAS)
_COOKED = frozenset(
    [
        "cozido",
        "cozida",
        "cozidos",
        "cozidas",
        "grelhado",
        "grelhada",
        "assado",
        "assada",
        "refogado",
        "refogada",
        "hidratado",
        "hidratada",
    ]
)
_SEASONED = frozenset({"empanado", "empanada", "frito", "frita", "molho"})


def completed(brief: MenuBrief, table: FoodTable) -> tuple[Dish, ...]:
    """The dishes offered and, for meals that have too few, plain ones that the rules allow."""
    added: list[Dish] = []
    for slot, _ in brief.shares:
        found = sum(d.role is Role.PRINCIPAL and slot in d.slots for d in (*brief.offered, *added))
        if found < (ENOUGH_MAINS if slot in MAIN_SLOTS else ENOUGH_SMALL):
            added += [dish for dish in _plain(slot, brief) if _holds(dish, brief)]
    return (*brief.offered, *added)


def _holds(dish: Dish, brief: MenuBrief) -> bool:
    ids = [item.food_id for item in dish.ingredients]
    return brief.rules.forbids_dish(dish.name, ids, dish.steps) is None


def _plain(slot: Slot, brief: MenuBrief) -> list[Dish]:
    proteins = _in_turns(brief.foods, _PROTEINS)
    plants = _in_turns(brief.foods, _PLANTS)
    starches = _in_turns(brief.foods, _STARCHES)
    if slot in MAIN_SLOTS:
        parts = [(proteins, 110.0), (starches, 120.0), (plants, 90.0)]
        slots = MAIN_SLOTS
    else:
        fruits = [f for f in brief.foods if f.group is FoodGroup.FRUTAS and f.nova == 1 and not _is_dry(f)]
        nuts = [f for f in brief.foods if f.group is FoodGroup.OLEAGINOSAS and f.nova == 1]
        parts = [(fruits or plants, 120.0), (nuts or proteins, 20.0)]
        slots = frozenset(Slot) - MAIN_SLOTS
    count = min(_MAX_PLAIN, max((len(foods) for foods, _ in parts), default=0))
    recipes = [[(foods[i % len(foods)], grams) for foods, grams in parts if foods] for i in range(count)]
    return [_dish(recipe, slots, brief) for recipe in recipes if recipe]


def _dish(recipe: Sequence[tuple[Food, float]], slots: frozenset[Slot], brief: MenuBrief) -> Dish:
    names = [food.name for food, _ in recipe]
    listed = " e ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    name = listed[:1].upper() + listed[1:]
    sources = next((dish.sources for dish in brief.dishes if dish.sources), ())
    if brief.passages:
        sources = (source_of(brief.passages[0]),)
    return Dish(
        id=f"simples:{fold(name)}",
        name=name,
        slots=slots,
        role=Role.PRINCIPAL,
        minutes=30 if slots == MAIN_SLOTS else 5,
        ingredients=tuple(Ingredient(food.id, grams) for food, grams in recipe),
        steps=("Prepare cada alimento do seu jeito, sem acrescentar outros.", "Monte o prato e sirva."),
        tags=frozenset({PLAIN_TAG}),
        sources=sources,
    )


def _in_turns(foods: Sequence[Food], groups: Sequence[FoodGroup]) -> list[Food]:
    """Ready-to-eat plain foods of ``groups``, one of each group in turn."""
    by_group = [[f for f in foods if f.group is group and _is_ready(f)] for group in groups]
    return [food for row in zip_longest(*by_group) for food in row if food is not None]


def _is_ready(food: Food) -> bool:
    words = set(tokens(food.name))
    plain = food.nova <= 2 and not words & _SEASONED
    return plain and (bool(words & _COOKED) or food.group in (FoodGroup.VERDURAS, FoodGroup.LEGUMES))


def _is_dry(food: Food) -> bool:
    return (food.per_100g["energy_kcal"] or 0.0) > 150
