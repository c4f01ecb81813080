"""The meals of a person's plan as dishes that a menu can be made of."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nutrition.foods import FoodTable
from nutrition.menu import Dish, Ingredient, Origin, Role, Slot, Source
from rag.plans.nouns import OWN_ID, OWN_TAG, OwnPlan, PlanFood, PlanMeal

SLOT_NAMES = {
    Slot.CAFE_DA_MANHA: "Café da manhã",
    Slot.LANCHE_DA_MANHA: "Lanche da manhã",
    Slot.ALMOCO: "Almoço",
    Slot.LANCHE_DA_TARDE: "Lanche da tarde",
    Slot.JANTAR: "Jantar",
    Slot.CEIA: "Ceia",
}
"""Sections of plans that have no headings."""

_COMPLETE_TAG = "completo"
_MINUTES = {Slot.ALMOCO: 30, Slot.JANTAR: 30, Slot.CAFE_DA_MANHA: 15}
_SNACK_MINUTES = 5
_LEAST_KCAL = 20.0
"""A cup of tea is no meal."""

_LONGEST_SECTION = 80

_NAMED = 3
"""Foods that name a dish: those with most energy."""

_MOST_VARIANTS = 4


def own_dishes(plan: OwnPlan, table: FoodTable) -> tuple[Dish, ...]:
    """Return the dishes of a plan's meals, each with the document and page it stands on; restrictions are not looked at.

    A meal that is mostly foods which the table does not have gives none. Where the plan leaves the main food open
    ("1 fruta") each of the foods it may be gives a dish. ``chunk_id`` of the sources is 0: see ``with_chunks``.
    """
    found: dict[str, Dish] = {}
    for meal in plan.meals:
        if len(meal.unknown) >= len(meal.foods):
            continue
        for foods in _variants(meal.foods, table):
            dish = _dish(plan, meal, foods, table)
            if _kcal(foods, table) >= _LEAST_KCAL:
                found.setdefault(dish.id, dish)
    return tuple(found.values())


def with_chunks(dishes: Iterable[Dish], chunks: Iterable[tuple[int, int | None, str]]) -> tuple[Dish, ...]:
    """Give the sources of a plan's dishes their chunk: the one of their page that says most of their section's words.

    ``chunks`` of the plan's document: (id, page, section and text).
    """
    known = [(chunk_id, page, set(text.split())) for chunk_id, page, text in chunks]

    def placed(source: Source, said: str) -> Source:
        words = set(said.split())
        near = [chunk for chunk in known if chunk[1] == source.page] or known
        best = max(near, key=lambda chunk: len(words & chunk[2]), default=None)
        return source if best is None else replace(source, chunk_id=best[0])

    return tuple(
        replace(dish, sources=tuple(placed(source, source.section) for source in dish.sources))
        for dish in dishes
    )


def _variants(foods: tuple[PlanFood, ...], table: FoodTable) -> Iterator[tuple[PlanFood, ...]]:
    """The foods as they stand, then with others in the place of the main one where the plan leaves it open."""
    yield foods
    main = max(range(len(foods)), key=lambda at: _kcal(foods[at : at + 1], table))
    for other in foods[main].others[: _MOST_VARIANTS - 1]:
        food = table[other]
        grams = foods[main].grams if foods[main].grams >= food.portion_min_g else food.portion_min_g
        yield (*foods[:main], replace(foods[main], food_id=other, grams=grams), *foods[main + 1 :])


def _dish(plan: OwnPlan, meal: PlanMeal, foods: tuple[PlanFood, ...], table: FoodTable) -> Dish:
    key = "|".join([meal.slot.value, *sorted(f"{food.food_id} {food.grams:g}" for food in foods)])
    return Dish(
        id=f"{OWN_ID}{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        name=_name(foods, table),
        slots=frozenset({meal.slot}),
        role=Role.PRINCIPAL,
        minutes=_MINUTES.get(meal.slot, _SNACK_MINUTES),
        ingredients=tuple(Ingredient(food.food_id, food.grams) for food in foods),
        steps=(),
        tags=frozenset({OWN_TAG, _COMPLETE_TAG}),
        sources=(Source(plan.document, _section(meal), meal.page, 0),),
        origin=Origin.DOCUMENTO,
    )


def _name(foods: tuple[PlanFood, ...], table: FoodTable) -> str:
    """The foods with most energy, in the plan's order, by the table's names: a document's words name nothing."""
    ranked = sorted(range(len(foods)), key=lambda at: -_kcal(foods[at : at + 1], table))
    names = [table[foods[at].food_id].name for at in sorted(ranked[:_NAMED])]
    joined = " com ".join(names) if len(names) == 2 else ", ".join(names)
    return joined[:1].upper() + joined[1:]


def _section(meal: PlanMeal) -> str:
    """The heading of a meal; its line would name the foods that may stand for those of this dish."""
    return meal.section if 0 < len(meal.section) <= _LONGEST_SECTION else SLOT_NAMES[meal.slot]


def _kcal(foods: Iterable[PlanFood], table: FoodTable) -> float:
    return sum((table[food.food_id].per_100g["energy_kcal"] or 0.0) * food.grams / 100 for food in foods)
