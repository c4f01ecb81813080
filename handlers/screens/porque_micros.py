"""Vitamins and minerals of a day beside their references, one line each; what is not known is said."""

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined
from handlers.keyboards import Rows
from handlers.screens import porque_words as words
from handlers.screens.porque_foods import day_name
from handlers.screens.shown import Shown
from handlers.texts import porque as w
from menus.micronutrients import Micronutrient, micronutrients, wants_b12
from menus.people import Review
from nutrition.foods import FoodTable
from nutrition.menu import Day


def text(t: Catalogue, found: Shown, review: Review, day: Day, table: FoodTable) -> Markup:
    """The day's vitamins and minerals; in words alone where numbers are hidden."""
    told = micronutrients(day, review.profile, table)
    title = t(w.MICROS_TITLE, day=day_name(t, found, day))
    b12 = [t(w.MICROS_B12)] if wants_b12(review.profile) else []
    if found.hidden:
        lines = [_in_words(t, item) for item in told if item.top]
        return joined([title, *lines, *b12])
    unknown = list(dict.fromkeys(food.name for item in told for food in item.unknown))
    missing = [t(w.UNKNOWN, foods=words.listed(t, unknown))] if unknown else []
    details = t(w.DETAILS, text=joined([*missing, t(w.MICROS_SOURCES)]))
    return joined([title, *(_line(t, item) for item in told), t(w.MICROS_MEAN), *b12, details])


def buttons(t: Catalogue, day: Day) -> Rows:
    """The foods behind the two that people ask about most, the day, and back."""
    iso = day.date.isoformat()
    return (
        (
            words.button(t, w.CALCIUM_BUTTON, "dia", iso, "calcium_mg"),
            words.button(t, w.IRON_BUTTON, "dia", iso, "iron_mg"),
        ),
        (words.day_button(t, day.date), words.button(t, w.BACK)),
    )


def _line(t: Catalogue, item: Micronutrient) -> Markup:
    """ "Cálcio: 820 mg de 1.000 mg (82%)", with a mark where some food has no figure."""
    name = capitalised(words.name(t, item.nutrient))
    total = words.told(t, item.nutrient, item.total)
    at_least = bool(item.unknown)
    if item.reference is None:
        return t(w.MICROS_LINE_AT_LEAST if at_least else w.MICROS_LINE, nutrient=name, total=total)
    sentence = w.MICROS_OF_AT_LEAST if at_least else w.MICROS_OF
    told = words.told(t, item.nutrient, item.reference)
    return t(sentence, nutrient=name, total=total, reference=told, percent=item.percent)


def _in_words(t: Catalogue, item: Micronutrient) -> Markup:
    foods = [food.name for food in item.top]
    return t(w.MICROS_WORDS, nutrient=capitalised(words.name(t, item.nutrient)), foods=t.listing(foods))
