"""Turns a brief into the few thousand characters that Gemini reads, and keeps the numbering to read its answer back.

Costs: a week of 5 meals stays within 6,000 tokens in and 4,500 out, repair included (characters / 3), so lists are
short, numbered and free of punctuation. The shortlist keeps what the candidate dishes use, then one food a group.
"""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from nutrition.food import Food, FoodGroup
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Role, Slot
from nutrition.restrictions.labels import label
from nutrition.restrictions.rules import Rules
from rag.gemini_request import Prompt
from rag.liking import UNWANTED, by_liking
from rag.masking import mask
from rag.plans.nouns import OWN_TAG
from rag.prompts import load
from rag.writer import MenuBrief
from storage.passages import Passage

MAX_FOODS, MAX_DISHES, MAX_PASSAGES = 100, 60, 5
REPAIR_FOODS, REPAIR_DISHES = 30, 24
MAX_PASSAGE_CHARS, MAX_REQUEST_CHARS, MAX_RESTRICTIONS_CHARS = 420, 300, 500
MAX_AVOIDED = 14
MAX_OUTPUT_TOKENS, REPAIR_OUTPUT_TOKENS = 3_200, 1_200

PARTS = {
    "main": 22,
    "breakfast": 8,
    "snack": 9,
    "side": 7,
    "salada": 6,
    "fruta": 4,
    "bebida": 2,
    "extra": 2,
}
"""Parts of a shortlist by what dishes are for: a week has 14 main meals without repeats, and drinks are a detail."""

SLOT_CODES = {
    Slot.CAFE_DA_MANHA: "caf",
    Slot.LANCHE_DA_MANHA: "lm",
    Slot.ALMOCO: "alm",
    Slot.LANCHE_DA_TARDE: "lt",
    Slot.JANTAR: "jan",
    Slot.CEIA: "cei",
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "refeicoes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "dia": {"type": "integer"},
                    "ref": {"type": "string", "enum": list(SLOT_CODES.values())},
                    "guia": {"type": "array", "items": {"type": "integer"}},
                    "nome": {"type": "string"},
                    "itens": {"type": "string"},
                    "passos": {"type": "string"},
                    "min": {"type": "integer"},
                    "fontes": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["dia", "ref"],
            },
        }
    },
    "required": ["refeicoes"],
}
"""Flat, with one short enum and no counts: nested or counted schemas are refused with a bare 400."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """What each number of the prompt stands for. Foods, dishes and passages share one series, from 1."""

    foods: dict[int, Food]
    dishes: dict[int, Dish]
    passages: dict[int, Passage]


@dataclass(frozen=True, slots=True)
class Brief:
    """A prompt and the key to its answer."""

    prompt: Prompt
    numbering: Numbering


def compose(brief: MenuBrief, table: FoodTable) -> Brief:
    """Write the request for ``brief``: the week, or only its rejected meals."""
    repair = bool(brief.rejected)
    dishes = shortlist_dishes(brief, REPAIR_DISHES if repair else MAX_DISHES)
    foods = shortlist_foods(brief, dishes, REPAIR_FOODS if repair else MAX_FOODS)
    numbering = _number(foods, dishes, () if repair else brief.passages[:MAX_PASSAGES])
    values = {
        "metas": _targets(brief),
        "restricoes": _restrictions(brief.rules, table),
        "alimentos": "\n".join(_food_line(number, food) for number, food in numbering.foods.items()),
        "guia": "\n".join(
            [
                *(_dish_line(number, dish, table) for number, dish in numbering.dishes.items()),
                *_own(numbering),
            ]
        ),
    }
    if repair:
        values["recusadas"] = "\n".join(
            f"- dia {item.day}, {SLOT_CODES[item.slot]}: {item.reason[:120]}" for item in brief.rejected
        )
    else:
        values |= {
            "refs": ", ".join(SLOT_CODES[slot] for slot, _ in brief.shares),
            "dias": ", ".join(map(str, brief.days)),
            "divisao": ", ".join(f"{SLOT_CODES[slot]} {share:.0%}" for slot, share in brief.shares),
            "evitar": ", ".join([*_unwanted(brief), *brief.avoid][:MAX_AVOIDED]) or "nada",
            "trechos": "\n".join(_passage_line(number, item) for number, item in numbering.passages.items()),
            "pedido": _quoted(brief.request),
        }
    text = load("conserto" if repair else "cardapio", 1).substitute(values)
    system = load("sistema", 1).substitute()
    limit = REPAIR_OUTPUT_TOKENS if repair else MAX_OUTPUT_TOKENS
    return Brief(Prompt(system, text, SCHEMA, limit), numbering)


def shortlist_dishes(brief: MenuBrief, limit: int) -> list[Dish]:
    """Take of each kind of dish its part of ``PARTS``: half in the retriever's order, half in turns over food groups."""
    slots = {item.slot for item in brief.rejected} or {slot for slot, _ in brief.shares}
    kinds: dict[str, list[Dish]] = {}
    for dish in (*brief.own, *by_liking(brief.dishes, brief.tastes)):
        if dish.slots & slots:
            kinds.setdefault(_kind(dish, slots), []).append(dish)
    whole = sum(PARTS[kind] for kind in kinds)
    groups = {food.id: food.group for food in brief.foods}
    quotas = {kind: limit * PARTS[kind] // whole for kind in kinds}
    varied = {kind: _varied(dishes, quotas[kind] // 2, groups) for kind, dishes in kinds.items()}
    first = [dish for kind, dishes in varied.items() for dish in dishes[: quotas[kind]]]
    rest = zip_longest(*(dishes[quotas[kind] :] for kind, dishes in varied.items()))
    turns = [dish for row in rest for dish in row if dish is not None]
    return first + turns[: limit - len(first)]


def _varied(dishes: list[Dish], kept: int, groups: dict[str, FoodGroup]) -> list[Dish]:
    """The first ``kept`` as they are, the others in turns over the group of their heaviest food."""
    by_group: dict[FoodGroup | None, list[Dish]] = {}
    for dish in dishes[kept:]:
        heaviest = max(dish.ingredients, key=lambda item: item.grams)
        by_group.setdefault(groups.get(heaviest.food_id), []).append(dish)
    turns = [dish for row in zip_longest(*by_group.values()) for dish in row if dish is not None]
    return dishes[:kept] + turns


def _kind(dish: Dish, slots: set[Slot]) -> str:
    """What a dish is for in these meals: a key of ``PARTS``."""
    main_meal = bool(dish.slots & slots & {Slot.ALMOCO, Slot.JANTAR})
    if dish.role is Role.PRINCIPAL:
        breakfast = Slot.CAFE_DA_MANHA in dish.slots & slots
        return "main" if main_meal else "breakfast" if breakfast else "snack"
    if dish.role is Role.ACOMPANHAMENTO:
        return "side" if main_meal else "extra"
    return dish.role.value


def shortlist_foods(brief: MenuBrief, dishes: list[Dish], limit: int) -> list[Food]:
    """Take foods that the shortlisted dishes use, most used first, then others in turns over the groups."""
    allowed = {food.id: food for food in brief.foods}
    uses: dict[str, int] = {}
    for dish in dishes:
        for ingredient in dish.ingredients:
            if ingredient.food_id in allowed:
                uses[ingredient.food_id] = uses.get(ingredient.food_id, 0) + 1
    chosen = sorted(uses, key=lambda food_id: (-uses[food_id], food_id))[:limit]
    groups: dict[str, list[str]] = {}
    for food in brief.foods:
        if food.id not in uses:
            groups.setdefault(food.group, []).append(food.id)
    others = [food_id for row in zip_longest(*groups.values()) for food_id in row if food_id is not None]
    return [allowed[food_id] for food_id in (*chosen, *others[: limit - len(chosen)])]


def _number(foods: list[Food], dishes: list[Dish], passages: tuple[Passage, ...]) -> Numbering:
    first_dish = len(foods) + 1
    first_passage = first_dish + len(dishes)
    return Numbering(
        dict(enumerate(foods, 1)),
        dict(enumerate(dishes, first_dish)),
        dict(enumerate(passages, first_passage)),
    )


def _targets(brief: MenuBrief) -> str:
    day = brief.targets
    return (
        f"{day.energy_kcal:.0f} kcal, proteína {day.protein_g:.0f} g, gordura {day.fat_g:.0f} g, "
        f"carboidrato {day.carbohydrate_g:.0f} g, fibra {day.fiber_g:.0f} g, sódio até {day.sodium_mg:.0f} mg, "
        f"frutas e verduras {day.fruit_vegetable_min_g:.0f} g"
    )


def _unwanted(brief: MenuBrief) -> list[str]:
    """Names of dishes that the person said no to."""
    unwanted = {dish_id for dish_id, score in brief.tastes if score <= UNWANTED}
    return [dish.name for dish in brief.dishes if dish.id in unwanted][: MAX_AVOIDED // 2]


def _restrictions(rules: Rules, table: FoodTable) -> str:
    labels = [mask(label(restriction, table)) for restriction in rules.restrictions]
    return "; ".join(labels)[:MAX_RESTRICTIONS_CHARS] or "nada informado"


def _food_line(number: int, food: Food) -> str:
    energy, protein = food.per_100g["energy_kcal"], food.per_100g["protein_g"]
    return f"{number}|{food.name}|{energy or 0:.0f}|{protein or 0:.0f}"


def _dish_line(number: int, dish: Dish, table: FoodTable) -> str:
    energy = sum(
        (table[item.food_id].per_100g["energy_kcal"] or 0) * item.grams / 100 for item in dish.ingredients
    )
    slots = " ".join(code for slot, code in SLOT_CODES.items() if slot in dish.slots)
    role = "completo" if "completo" in dish.tags else dish.role.value
    return f"{number}|{dish.name}|{role}|{slots}|{energy:.0f}"


def _own(numbering: Numbering) -> list[str]:
    """Which numbers are of the person's own plan; nothing else of their document leaves."""
    numbers = [str(number) for number, dish in numbering.dishes.items() if OWN_TAG in dish.tags]
    return [f"Do plano da própria pessoa, use primeiro: {', '.join(numbers)}"] if numbers else []


def _passage_line(number: int, passage: Passage) -> str:
    text = " ".join(passage.text.split())
    return f"[{number}] {passage.section}: {text[:MAX_PASSAGE_CHARS]}"


def _quoted(request: str) -> str:
    """The person's words as data: masked, on one line, without the quotes that frame them."""
    text = " ".join(mask(request).replace("«", "").replace("»", "").split())
    return text[:MAX_REQUEST_CHARS] or "sem pedido"
