"""Where a meal comes from: its dishes and foods with their numbers, the figures of the table, the passages."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined
from handlers.keyboards import Rows
from handlers.screens import porque_words as words
from handlers.screens.day import SLOTS
from handlers.screens.porque_foods import day_name
from handlers.screens.shown import Shown
from handlers.texts import porque as w
from handlers.transport.screens import Button
from menus.explain import Contribution, DishPart, MealWhy
from menus.own_dishes import is_own
from menus.sources import Passage
from nutrition.menu import Day, Meal, Origin, PlannedDish, Source

_QUOTES_TOGETHER = 900
"""Characters of all the passages of a meal together."""

_ORIGINS = {Origin.GUIA: w.FITS, Origin.GEMINI: w.FITS_GEMINI, Origin.DOCUMENTO: w.FITS_DOCUMENT}

Pair = tuple[Contribution, Contribution]


def text(t: Catalogue, found: Shown, day: Day, why: MealWhy, passages: Mapping[int, Passage]) -> Markup:
    """A meal taken apart."""
    details = [*_figures(t, why, hidden=found.hidden), *_quotes(t, why.meal, passages), t(w.TABLES)]
    dishes = [line for part in why.dishes for line in _dish(t, why, part, hidden=found.hidden)]
    title = t(w.MEAL_TITLE, name=why.meal.name)
    return joined(
        [title, _head(t, found, day, why), *dishes, *_why(t, why.meal), t(w.DETAILS, text=joined(details))]
    )


def buttons(t: Catalogue, day: Day, meal: Meal) -> Rows:
    """To its recipe, to another meal of the day, to the day, and back."""
    iso = day.date.isoformat()
    rows = [
        (words.button(t, w.OTHER_MEAL, "pratos", iso),),
        (words.day_button(t, day.date), words.button(t, w.BACK)),
    ]
    if meal.withheld or not any(dish.steps for dish in meal.dishes):
        return tuple(rows)
    recipe = Button(t.plain(w.RECIPE), data=f"receita:{iso}:{meal.slot.value}")
    return ((recipe,), *rows)


def _head(t: Catalogue, found: Shown, day: Day, why: MealWhy) -> Markup:
    where = {
        "day": capitalised(day_name(t, found, day)),
        "slot": t.plain(SLOTS[why.meal.slot]).lower(),
    }
    if found.hidden:
        return t(w.MEAL_HEAD_HIDDEN, **where)
    protein = t.grams(why.protein(why.protein_units))
    return t(w.MEAL_HEAD, energy=t.kcal(why.kcal), protein=protein, **where)


def _why(t: Catalogue, meal: Meal) -> list[Markup]:
    return [t(sentence) for sentence in dict.fromkeys(_from_where(dish) for dish in meal.dishes)]


def _from_where(dish: PlannedDish) -> str:
    """Where a dish comes from: the person's own document is told apart from those that the operators gave everybody."""
    return w.FITS_OWN_DOCUMENT if is_own(dish) else _ORIGINS[dish.origin]


def _dish(t: Catalogue, why: MealWhy, part: DishPart, *, hidden: bool) -> list[Markup]:
    """The dish with its totals, one food a line; what gives next to nothing stands in one line at its end."""
    much = [pair for pair in part.foods if pair[0].units or pair[1].units]
    little = [pair for pair in part.foods if pair not in much]
    lines = [] if len(why.dishes) == 1 else [_dish_title(t, why, part, hidden=hidden)]
    lines += [_food(t, why, pair, hidden=hidden) for pair in much]
    if little:
        named = [t.plain(w.DISH_FOOD_HIDDEN, food=e.food.name, grams=t.grams(e.grams)) for e, _ in little]
        lines.append(t(w.WITHOUT_MUCH, foods=t.listing(named)))
    return lines


def _dish_title(t: Catalogue, why: MealWhy, part: DishPart, *, hidden: bool) -> Markup:
    if hidden:
        return t(w.DISH_HIDDEN, name=part.dish.name)
    protein = t.grams(why.protein(part.protein_units))
    return t(w.DISH, name=part.dish.name, energy=t.kcal(part.kcal), protein=protein)


def _food(t: Catalogue, why: MealWhy, pair: Pair, *, hidden: bool) -> Markup:
    energy, protein = pair
    food = {"food": energy.food.name, "grams": t.grams(energy.grams)}
    if hidden:
        return t(w.DISH_FOOD_HIDDEN, **food)
    unknown = t.plain(w.NO_DATA)
    kcal = t.kcal(energy.units) if energy.exact is not None else unknown
    grams = t.grams(why.protein(protein.units)) if protein.exact is not None else unknown
    return t(w.DISH_FOOD, energy=kcal, protein=grams, **food)


def _figures(t: Catalogue, why: MealWhy, *, hidden: bool) -> list[Markup]:
    """One line with what the table says of 100 g of each food, and the row it says it in."""
    pairs = {pair[0].food.id: pair for part in why.dishes for pair in part.foods}.values()
    if hidden:
        told = [t.plain(w.FIGURE_HIDDEN, food=e.food.name, source=e.food.source) for e, _ in pairs]
        return [t(w.ROWS, foods="; ".join(told))] if told else []
    told = [
        t.plain(
            w.FIGURE,
            food=energy.food.name,
            energy=_figure(t, "energy_kcal", energy.per_100g),
            protein=_figure(t, "protein_g", protein.per_100g),
            source=energy.food.source,
        )
        for energy, protein in pairs
    ]
    return [t(w.FIGURES, foods="; ".join(told))] if told else []


def _figure(t: Catalogue, nutrient: str, value: float | None) -> str:
    return t.plain(w.NO_DATA) if value is None else words.told(t, nutrient, value)


def _quotes(t: Catalogue, meal: Meal, passages: Mapping[int, Passage]) -> list[Markup]:
    """Where each dish is written, and its passage: shorter ones when there are many."""
    found = [(dish, dish.sources[0]) for dish in meal.dishes if dish.sources]
    most = min(words.QUOTE_CHARACTERS, _QUOTES_TOGETHER // max(1, len(found)))
    return [_quote(t, dish, source, passages.get(source.chunk_id), most) for dish, source in found]


def _quote(t: Catalogue, dish: PlannedDish, source: Source, passage: Passage | None, most: int) -> Markup:
    where = {"document": source.document, "section": source.section, "page": source.page}
    if passage is None:
        return t(w.NO_PASSAGE if source.page is None else w.NO_PASSAGE_PAGE, dish=dish.name, **where)
    quoted = words.cut(passage.text, most)
    return t(w.QUOTE if source.page is None else w.QUOTE_PAGE, text=quoted, dish=dish.name, **where)


def chunk_ids(meal: Meal) -> Iterable[int]:
    """The passages of the dishes of a meal."""
    return (dish.sources[0].chunk_id for dish in meal.dishes if dish.sources)
