"""What the screens of /porque share: their names, their buttons, and nutrients and amounts in words.

Callback data is ``pq``, ``pq:<what>``, ``pq:<what>:<date or nutrient>`` or ``pq:<what>:<date>:<nutrient or slot>``.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.catalogue import Catalogue
from handlers.texts import porque as w
from handlers.transport.screens import Button
from menus.explain_asked import unit_of
from nutrition.food import Food

ASK, OTHER, MICROS, MEALS, TARGET, DAY, MEAL, NOT_FOUND = (
    "pq",
    "pq_outro",
    "pq_micros",
    "pq_pratos",
    "pq_meta",
    "pq_dia",
    "pq_prato",
    "pq_nao_achei",
)
"""Names of the screens."""

VERB = "pq"
MOST_LINES = 40
QUOTE_CHARACTERS = 240
_MOST_NAMED = 6

NAMES: dict[str, str] = {
    "energy_kcal": w.ENERGY,
    "protein_g": w.PROTEIN,
    "fat_g": w.FAT,
    "saturated_fat_g": w.SATURATED,
    "carbohydrate_g": w.CARBS,
    "fiber_g": w.FIBRE,
    "sugars_g": w.SUGARS,
    "added_sugar_g": w.ADDED_SUGAR,
    "sodium_mg": w.SODIUM,
    "calcium_mg": w.CALCIUM,
    "iron_mg": w.IRON,
    "potassium_mg": w.POTASSIUM,
    "zinc_mg": w.ZINC,
    "magnesium_mg": w.MAGNESIUM,
    "vitamin_c_mg": w.VITAMIN_C,
    "cholesterol_mg": w.CHOLESTEROL,
    "fruit_vegetable_g": w.FRUIT,
}
"""Each nutrient in words."""


def button(t: Catalogue, label: str, *parts: str) -> Button:
    """A button of /porque; ``parts`` are what follows the verb."""
    return Button(t.plain(label), data=":".join((VERB, *parts)))


def day_button(t: Catalogue, day: date) -> Button:
    """Back to the day view, in the same message."""
    return Button(t.plain(w.SEE_DAY), data=f"dia:{day.isoformat()}")


def name(t: Catalogue, nutrient: str) -> str:
    """ "proteína"."""
    return t.plain(NAMES[nutrient])


def told(t: Catalogue, nutrient: str, value: float) -> str:
    """An amount of ``nutrient`` with its unit: 1.850 kcal, 5,2 g, 1.480 mg."""
    unit = unit_of(nutrient)
    if unit == "kcal":
        return t.kcal(value)
    return t.grams(value) if unit == "g" else t.quantity(value, unit, 1 if value < 10 else 0)


def listed(t: Catalogue, names: Sequence[str]) -> str:
    """Names in a sentence; of many, the first ones and how many more."""
    more = len(names) - _MOST_NAMED
    return t.listing([*names[:_MOST_NAMED], *([str(t.count(w.AND_OTHERS, more))] if more > 0 else [])])


def food_names(foods: Iterable[Food]) -> list[str]:
    """Names of foods, each once."""
    return list(dict.fromkeys(food.name for food in foods))


def cut(text: str, most: int = QUOTE_CHARACTERS) -> str:
    """A passage in one line, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + "…"
