"""What the market did not have: which goods were meant, and what the person's restrictions let take their place.

Goods (``nutrition.market.Item``) rather than foods, since they are what is on the list: couve is bought once, and eaten
raw and braised. A substitute has a like food for each food of the good that is missing: of its kind, cooked as it is,
about as rich, and eaten in the guide's dishes.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from menus.changes.foods import Named, stem
from menus.changes.orders import Order
from menus.changes.situation import CannotChange, Situation
from nutrition.food import Food, FoodGroup
from nutrition.foods import FoodTable
from nutrition.market import Item, Market
from nutrition.menu import Day, Meal
from nutrition.words import tokens

_MEATS = frozenset({FoodGroup.AVES, FoodGroup.CARNES, FoodGroup.PEIXES})
_KIN: tuple[frozenset[FoodGroup], ...] = (
    frozenset({FoodGroup.VERDURAS, FoodGroup.LEGUMES}),
    _MEATS,
    frozenset({FoodGroup.CEREAIS, FoodGroup.TUBERCULOS}),
)
"""Groups that may stand for each other; every other group only for itself."""

_WAYS: tuple[frozenset[str], ...] = (
    frozenset({"cozido", "refogado", "hidratado", "ensopado", "grelhado", "assado"}),
    frozenset({"frito", "empanado", "milanesa"}),
    frozenset({"seco", "po", "desidratado"}),
    frozenset({"pasta", "creme", "pure", "molho", "polpa", "suco", "extrato"}),
)
_RICHER, _RICHER_MEAT, _RICHER_KCAL = 1.9, 2.6, 40.0
"""A substitute is at most so many times as rich as the food, or so many kcal apart per 100 g."""

_LARGER = 2.5
"""The largest sensible portions of both are at most so many times apart: a lemon is not eaten like a papaya."""

_ALIKE_TAGS = frozenset({"viscera", "fermentado", "embutido", "picante"})
"""Who wants liver or kefir says so; neither is put where there was none."""

_OTHER_GROUP, _OTHER_WAY, _PER_PRICE, _RARE = 0.35, 0.15, 0.1, 0.6
MOST_UNLIKE = 1.3
_COMMON_WORDS = frozenset({"de", "do", "da", "dos", "das", "com", "em"})


@dataclass(frozen=True, slots=True)
class Substitute:
    """``item`` in the place of what is missing: for each food that goes, the food that comes. Lower ``cost`` is liker."""

    item: Item
    foods: Mapping[str, Food]
    cost: float


def missing_items(order: Order, now: Situation) -> tuple[Item, ...]:
    """The goods that ``order`` says are missing, of those still to be eaten. Raises ``CannotChange``."""
    found = meant(order, needed_items(now.week.days, now.today, now.table), now.table)
    if found:
        return found
    known = order.items or any(Named(said, now.table).is_known(now.dishes) for said in order.foods)
    raise CannotChange("none_has_it" if known else "no_food")


def meant(order: Order, needed: Sequence[Item], table: FoodTable) -> tuple[Item, ...]:
    """The goods among ``needed`` that ``order`` names."""
    if order.items:
        return tuple(item for item in needed if item.id in order.items)
    market = Market.load()
    found = [item for said in order.foods for item in named_items(said, needed, table, market)]
    return tuple(dict.fromkeys(found))


def meals_with(items: Collection[Item], days: Iterable[Day], today: date, table: FoodTable) -> int:
    """How many meals from ``today`` on cannot be had without ``items``."""
    market = Market.load()
    gone = {food_id for item in items for food_id in foods_of(item, table, market)}
    return sum(not gone.isdisjoint(food_ids_of(meal)) for _, meal in coming_meals(days, today))


def needed_items(days: Iterable[Day], today: date, table: FoodTable) -> tuple[Item, ...]:
    """What the meals from ``today`` on need from a market."""
    market, found = Market.load(), dict[str, Item]()
    for _, meal in coming_meals(days, today):
        for food_id in food_ids_of(meal):
            food = table.get(food_id)
            for part in market.parts(food) if food else ():
                found[part.item.id] = part.item
    return tuple(item for item in found.values() if not item.basic)


def named_items(said: str, needed: Sequence[Item], table: FoodTable, market: Market) -> tuple[Item, ...]:
    """The goods among ``needed`` that ``said`` names: "couve" is not couve-flor, "leite" not leite de coco."""
    words = [stem(word) for word in tokens(said) if word not in _COMMON_WORDS]
    if not words:
        return ()
    spelled = {item: [stem(word) for word in tokens(item.name)] for item in needed}
    exact = [item for item in needed if [w for w in spelled[item] if w not in _COMMON_WORDS] == words]
    if exact:
        return tuple(exact)
    headed = [item for item in needed if _is_kind_of(spelled[item], words)]
    if headed:
        return tuple(headed)
    named = Named(said, table).food_ids
    return tuple(item for item in needed if not named.isdisjoint(foods_of(item, table, market)))


def foods_of(item: Item, table: FoodTable, market: Market) -> frozenset[str]:
    """The foods for which ``item`` alone, or beside others, is bought."""
    return frozenset(food.id for food in table if any(part.item == item for part in market.parts(food)))


def coming_meals(days: Iterable[Day], today: date) -> Iterator[tuple[Day, Meal]]:
    """The meals from ``today`` on that are eaten from the menu."""
    for day in days:
        if day.date >= today:
            yield from ((day, meal) for meal in day.meals if meal.withheld is None and meal.dishes)


def food_ids_of(meal: Meal) -> frozenset[str]:
    """The foods of a meal."""
    return frozenset(portion.food_id for dish in meal.dishes for portion in dish.portions)


def missing_foods(items: Collection[Item], now: Situation) -> frozenset[str]:
    """The foods that stand on the meals to come and cannot be had without ``items``."""
    market = Market.load()
    gone = {food_id for item in items for food_id in foods_of(item, now.table, market)}
    eaten = {food_id for _, meal in coming_meals(now.week.days, now.today) for food_id in food_ids_of(meal)}
    return frozenset(gone & eaten)


def of_the_same_name(order: Order, now: Situation) -> frozenset[str]:
    """The foods that would be no answer: to "não achei banana", banana-nanica. Couve-flor is one to "não achei couve"."""
    market = Market.load()
    exact = {" ".join(stem(word) for word in tokens(item.name)) for item in market}
    said = [each for each in order.foods if " ".join(stem(word) for word in tokens(each)) not in exact]
    return frozenset(food_id for each in said for food_id in Named(each, now.table).food_ids)


def substitutes(
    items: Collection[Item], gone: frozenset[str], now: Situation, but: frozenset[str] = frozenset()
) -> list[Substitute]:
    """What may take the place of ``gone``, the likest first; never the foods ``but``."""
    market, usual = Market.load(), _usual(now)
    lost = [now.table[food_id] for food_id in sorted(gone)]
    heads = {tokens(food.name)[0] for food in lost}
    sold: dict[str, list[Food]] = {}
    for food in now.table:
        parts = market.parts(food)
        cooked_with = usual[food.id] or tokens(food.name)[0] in heads
        if food.id not in but and cooked_with and len(parts) == 1 and now.rules.forbids_food(food) is None:
            sold.setdefault(parts[0].item.id, []).append(food)
    found = []
    for item in market:
        if item.basic or item in items or item.id not in sold or not any(_sold_alike(item, m) for m in items):
            continue
        chosen = {old.id: _likest(old, sold[item.id]) for old in lost}
        if all(chosen.values()):
            foods = {old: pair[1] for old, pair in chosen.items() if pair}
            cost = sum(pair[0] for pair in chosen.values() if pair) / len(chosen)
            rarely = _RARE / max(1, *(usual[food.id] for food in foods.values()))
            found.append(Substitute(item, foods, cost + rarely))
    found = [each for each in found if each.cost <= MOST_UNLIKE]
    return sorted(found, key=lambda each: (each.cost, each.item.id))


def _usual(now: Situation) -> Counter[str]:
    """In how many of the person's dishes each food is: what people here cook with."""
    return Counter(item.food_id for dish in now.dishes for item in dish.ingredients)


def _likest(old: Food, foods: Sequence[Food]) -> tuple[float, Food] | None:
    costs = [(cost, food.id, food) for food in foods if (cost := _unlike(old, food)) is not None]
    best = min(costs, default=None)
    return (best[0], best[2]) if best else None


def _unlike(old: Food, new: Food) -> float | None:
    """How unlike ``new`` is, 0 for the same; None when it cannot stand for ``old``."""
    kin = next((groups for groups in _KIN if old.group in groups), frozenset({old.group}))
    if new.group not in kin or new.nova > max(old.nova, 2) or _way(old) != _way(new):
        return None
    if (old.tags ^ new.tags) & _ALIKE_TAGS:
        return None
    if not 1 / _LARGER <= new.portion_max_g / old.portion_max_g <= _LARGER:
        return None
    kcal, other = old.per_100g["energy_kcal"] or 0.0, new.per_100g["energy_kcal"] or 0.0
    richer = _RICHER_MEAT if old.group in _MEATS else _RICHER
    if abs(kcal - other) > _RICHER_KCAL and not 1 / richer <= other / max(kcal, 1.0) <= richer:
        return None
    apart = sum(
        abs((old.per_100g[name] or 0.0) - (new.per_100g[name] or 0.0)) * energy
        for name, energy in (("protein_g", 4), ("fat_g", 9), ("carbohydrate_g", 4))
    ) / max(kcal, other, 30.0)
    dearer = max(new.price_tier - old.price_tier, 0)
    same_words = set(tokens(old.name)[1:]) & set(tokens(new.name)[1:])
    return (
        apart
        + (_OTHER_GROUP if new.group is not old.group else 0.0)
        + (0.0 if same_words else _OTHER_WAY)
        + _PER_PRICE * dearer
    )


def _way(food: Food) -> int:
    """How a food was prepared, as a class: raw, cooked, fried, dried."""
    words = {form for word in tokens(food.name) for form in _forms(word)}
    return next((n for n, ways in enumerate(_WAYS) if words & ways), -1)


def _forms(word: str) -> tuple[str, str]:
    """The stem of ``word``, and its masculine: "refogadas" → "refogada", "refogado"."""
    found = stem(word)
    return found, f"{found[:-1]}o" if found.endswith("a") else found


def bare(food: Food) -> str:
    """What a food is called before how it is prepared: "sobrecoxa de frango assada sem pele" → "sobrecoxa de frango"."""
    words = food.name.split(" ")
    ways = frozenset({"cru", *_WAYS[0], *_WAYS[1]})
    ends = [
        at for at, word in enumerate(words) if ways & {form for part in tokens(word) for form in _forms(part)}
    ]
    return " ".join(words[: next((end for end in ends if end), len(words))])


def _sold_alike(item: Item, missing: Item) -> bool:
    """Whether both stand in one section and are both drinks or both not: yoghurt is not what goes into a coffee."""
    return item.section is missing.section and (item.unit == "ml") == (missing.unit == "ml")


def _is_kind_of(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether ``name`` begins with ``words`` and then only says which: "alface crespa", but not "leite de coco"."""
    rest = name[len(words) :]
    return list(name[: len(words)]) == list(words) and not (rest and rest[0] in _COMMON_WORDS)
