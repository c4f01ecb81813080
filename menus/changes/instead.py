"""One food in the place of another that the market did not have, in every meal to come that has it.

The dishes stay; the food, its amount and the name change, the day is fitted again, and a line of the recipe says so. A
meal whose day would leave its targets gets another dish, as when the food is just left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from menus.candidates import Candidate, candidate_of
from menus.changes import without
from menus.changes.days import fitted
from menus.changes.foods import stem
from menus.changes.lacking import (
    Substitute,
    bare,
    missing_foods,
    missing_items,
    of_the_same_name,
    substitutes,
)
from menus.changes.laying import Outcome
from menus.changes.offers import OPTIONS, Option
from menus.changes.orders import Order
from menus.changes.situation import CannotChange, Situation, coming, is_locked, swapper_for
from menus.changes.standing import out_of_the_day
from menus.meals import meal_name
from nutrition.food import Food
from nutrition.measures import wording
from nutrition.menu import Day, Dish, Ingredient, Meal, PlannedDish, Portion
from nutrition.words import fold, tokens

TRIES = 10
"""So many substitutes are tried while looking for ``OPTIONS`` that all days can take."""

_WORD = re.compile(r"[\w-]+")
_SMALL = frozenset({"de", "do", "da", "com", "e", "a", "o", "em"})


@dataclass(frozen=True, slots=True)
class _Variant:
    """A dish with another food: ``dish`` as the planner sees it, ``original`` the id of the one that stood."""

    dish: Dish
    candidate: Candidate
    original: str | None


def offer_instead(order: Order, now: Situation) -> tuple[Option, ...]:
    """Up to three goods that can take the place of what is missing (blocking). Raises ``CannotChange``."""
    items = missing_items(order, now)
    gone = missing_foods(items, now)
    whole: list[Option] = []
    partly: list[Option] = []
    for each in substitutes(items, gone, now, of_the_same_name(order, now))[:TRIES]:
        done = _everywhere(now, each)
        if done is not None and not done.outcome.failed:
            foods = tuple(sorted({food.id for food in each.foods.values()}))
            (partly if done.otherwise else whole).append(
                Option(each.item.id, each.item.name, 0.0, 0.0, 0, foods)
            )
        if len(whole) == OPTIONS:
            break
    if not whole and not partly:
        raise CannotChange("no_substitute")
    return tuple([*whole, *partly][:OPTIONS])


def put_instead(order: Order, now: Situation) -> Outcome:
    """The chosen good in the place of what is missing. Raises ``CannotChange``."""
    items = missing_items(order, now)
    every = substitutes(items, missing_foods(items, now), now)
    chosen = next((each for each in every if each.item.id == order.key), None)
    done = _everywhere(now, chosen) if chosen else None
    if done is None:
        raise CannotChange("no_options")
    return done.outcome


@dataclass(frozen=True, slots=True)
class _Done:
    """``otherwise``: on how many days other dishes came instead of the substitute."""

    outcome: Outcome
    otherwise: int


def _everywhere(now: Situation, chosen: Substitute) -> _Done | None:
    """Every day that has what is missing, with ``chosen`` in its place; None when no day can take it."""
    having = [(i, m) for i, m in coming(now) if _has(now.week.days[i].meals[m], chosen)]
    locked = sum(is_locked(now.week.days[i].meals[m]) for i, m in having)
    touched = sorted({i for i, m in having if not is_locked(now.week.days[i].meals[m])})
    left: list[int] = []
    for index in touched:
        try:
            now = now.put(_one_day(now, index, chosen))
        except CannotChange:
            left.append(index)
    if len(left) == len(touched):
        return None
    outcome = without.cleared(now, frozenset(chosen.foods), left) if left else Outcome(now.week)
    return _Done(replace(outcome, locked=locked), len(left))


def _has(meal: Meal, chosen: Substitute) -> bool:
    return any(_is_in(dish, chosen) for dish in meal.dishes)


def _is_in(dish: PlannedDish, chosen: Substitute) -> bool:
    return any(portion.food_id in chosen.foods for portion in dish.portions)


def _one_day(now: Situation, index: int, chosen: Substitute) -> Day:
    """The day with the other food, fitted. Raises ``CannotChange``."""
    day, variants = now.week.days[index], list[_Variant]()
    meals = []
    for meal in day.meals:
        if out_of_the_day(meal) or meal.locked or not _has(meal, chosen):
            meals.append(meal)
            continue
        dishes = tuple(
            _replaced(dish, chosen, now, variants) if _is_in(dish, chosen) else dish for dish in meal.dishes
        )
        if now.aims.forbids_together([p.food_id for dish in dishes for p in dish.portions]) is not None:
            raise CannotChange("no_options")
        name = meal_name([(dish.name, dish.role) for dish in dishes])
        meals.append(replace(meal, name=name, dishes=dishes))
    known = {variant.dish.id: variant.candidate for variant in variants}
    there = replace(
        now,
        dishes=(*now.dishes, *(variant.dish for variant in variants)),
        prepare=lambda dish: known.get(dish.id) or now.prepare(dish),
    )
    allowed = swapper_for(now, index).allowed
    return _as_stored(fitted(there, index, replace(day, meals=tuple(meals)), allowed), variants)


def _replaced(dish: PlannedDish, chosen: Substitute, now: Situation, variants: list[_Variant]) -> PlannedDish:
    """``dish`` with the other food, about as much of it; where it was in the dish already, more of it."""
    had = {portion.food_id for portion in dish.portions}
    dish = _merged(dish, chosen)
    foods = [chosen.foods.get(portion.food_id) or now.table[portion.food_id] for portion in dish.portions]
    guides = next((each for each in now.dishes if each.id == dish.dish_id), None)
    own = {i.food_id: i.grams for i in guides.ingredients} if guides else {}
    ingredients = tuple(
        Ingredient(food.id, own.get(portion.food_id, portion.grams))
        for food, portion in zip(foods, dish.portions, strict=True)
    )
    pairs = [(now.table[old], new) for old, new in chosen.foods.items() if old in had]
    made = Dish(
        id=f"{dish.dish_id or dish.name}>{chosen.item.id}@{len(variants)}",
        name=renamed(dish.name, pairs),
        slots=frozenset(),
        role=dish.role,
        minutes=dish.minutes,
        ingredients=ingredients,
        steps=(*(_use(old, new) for old, new in pairs), *dish.steps),
        tags=guides.tags if guides else frozenset(),
        sources=dish.sources,
        origin=dish.origin,
    )
    candidate = candidate_of(made, now.table)
    variants.append(_Variant(made, candidate, dish.dish_id))
    portions = _portions(dish, foods, candidate)
    return replace(dish, name=made.name, portions=portions, steps=made.steps, dish_id=made.id)


def _merged(dish: PlannedDish, chosen: Substitute) -> PlannedDish:
    """The dish without what is missing where the food that comes is in it too: its grams go there."""
    there = {portion.food_id for portion in dish.portions}
    double = {old: new.id for old, new in chosen.foods.items() if old in there and new.id in there}
    if not double:
        return dish
    more = {
        new: sum(p.grams for p in dish.portions if double.get(p.food_id) == new) for new in double.values()
    }
    kept = [portion for portion in dish.portions if portion.food_id not in double]
    return replace(dish, portions=tuple(replace(p, grams=p.grams + more.get(p.food_id, 0.0)) for p in kept))


def _portions(dish: PlannedDish, foods: Sequence[Food], candidate: Candidate) -> tuple[Portion, ...]:
    """The amounts that stood; of the new food the nearest that a cook can serve."""
    plate = candidate.plate
    grams = np.array([portion.grams for portion in dish.portions])
    steps = np.clip(np.rint(grams / plate.step_g), plate.low, plate.high).astype(np.int64)
    served = plate.grams(steps)
    return tuple(
        portion
        if portion.food_id == food.id and portion.grams == amount
        else Portion(food.id, food.name, amount, wording(measure, round(2 * amount / measure.grams)))
        for portion, food, measure, amount in zip(dish.portions, foods, plate.measures, served, strict=True)
    )


def _as_stored(day: Day, variants: Sequence[_Variant]) -> Day:
    """The day whose dishes have the ids by which the guide and the person's tastes know them."""
    originals = {variant.dish.id: variant.original for variant in variants}

    def stored(dish: PlannedDish) -> PlannedDish:
        return replace(dish, dish_id=originals[dish.dish_id]) if dish.dish_id in originals else dish

    return replace(day, meals=tuple(replace(m, dishes=tuple(stored(d) for d in m.dishes)) for m in day.meals))


def _use(old: Food, new: Food) -> str:
    return f"No lugar de {old.name}, use {new.name}."


def renamed(name: str, pairs: Sequence[tuple[Food, Food]]) -> str:
    """The name of a dish with the other food: "Frango com couve" → "Frango com espinafre".

    A name that does not name the food stays as it is.
    """
    for old, new in pairs:
        name = _with(name, old, new)
    return name


def _with(name: str, old: Food, new: Food) -> str:
    vocabulary, heads = _vocabulary(old)
    words = list(_WORD.finditer(name))
    best: tuple[int, int] | None = None
    for first in range(len(words)):
        if not _stems_of(words[first].group()) & heads:
            continue
        last = first
        for at in range(first, len(words)):
            stems = _stems_of(words[at].group())
            if stems <= vocabulary:
                last = at
            elif not stems <= _SMALL:
                break
        if best is None or last - first > best[1] - best[0]:
            best = first, last
    if best is None:
        return name
    start, end = words[best[0]].start(), words[best[1]].end()
    prepared = set(tokens(name[start:end])) & set(tokens(old.name)) - set(tokens(bare(old)))
    comes = new.name if prepared else bare(new)
    return f"{name[:start]}{comes[:1].upper() + comes[1:] if start == 0 else comes}{name[end:]}"


def _vocabulary(food: Food) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of all that a food is called, and those that its names begin with."""
    names = (food.name, *food.synonyms)
    every = frozenset(stem(word) for name in names for word in tokens(name)) - _SMALL
    return every, frozenset(stem(tokens(name)[0]) for name in names if tokens(name))


def _stems_of(word: str) -> frozenset[str]:
    return frozenset(stem(part) for part in tokens(fold(word)))
