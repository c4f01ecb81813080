"""Changes in words: meals inside a sentence, what was done by kind of order, why something was not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date as Date

from markupsafe import Markup

from handlers.catalogue import Catalogue, Plural, joined
from handlers.screens.unmet import TARGETS
from handlers.texts import changes as c
from menus.changes.orders import Kind, Order
from menus.changes.situation import PARTLY
from nutrition.market import Market
from nutrition.menu import Day, Meal, Role, Slot

THE: dict[Slot, str] = {
    Slot.CAFE_DA_MANHA: c.THE_BREAKFAST,
    Slot.LANCHE_DA_MANHA: c.THE_MORNING,
    Slot.ALMOCO: c.THE_LUNCH,
    Slot.LANCHE_DA_TARDE: c.THE_AFTERNOON,
    Slot.JANTAR: c.THE_DINNER,
    Slot.CEIA: c.THE_SUPPER,
}
OF_A_MEAL: dict[Kind, str] = {
    Kind.AWAY: c.AWAY,
    Kind.SKIP: c.SKIPPED,
    Kind.LOCK: c.LOCKED,
    Kind.UNLOCK: c.UNLOCKED,
}
REFUSALS: dict[str, str] = {
    "no_source": c.NO_SOURCE,
    "least_meals": c.LEAST_MEALS,
    "most_meals": c.MOST_MEALS,
    "no_options": c.NO_OPTIONS,
    "same": c.SAME,
    "misses": c.MISSES,
    "changed_since": c.TRY_AGAIN,
}
MOST_NAMED = 4

WHICH, OPTIONS, DONE, NOT_DONE = "troca_qual", "trocas", "mudei", "nao_mudei"
LOCK, LOCK_TOAST, ASK, ASK_GONE = "travar", "travado", "mudo_mesmo", "mudo_mesmo_passou"
UNDONE, NOT_READ = "desfeito", "troca_nao_entendi"
KEEP, KEPT, KEPT_TOAST = "guardar", "guardei", "guardado"
ALWAYS, ONLY_NOW, TIPS, PEOPLE = "tirei_sempre", "so_agora", "dicas_fora", "para_pessoas"
"""Names of the screens."""

FORCED = "!"
"""Before what is chosen for a locked meal, after a yes."""


def meal_of(t: Catalogue, slot: Slot, day: Date, today: Date) -> str:
    """O jantar de quarta; o jantar de hoje."""
    if day == today:
        return t.plain(c.MEAL_TODAY, meal=t.plain(THE[slot]))
    return t.plain(c.MEAL_OF, meal=t.plain(THE[slot]), weekday=t.weekday(day))


def main_name(meal: Meal) -> str:
    """The main dish inside a sentence: "tilápia com batata"."""
    name = next((dish.name for dish in meal.dishes if dish.role is Role.PRINCIPAL), meal.name)
    return name[:1].lower() + name[1:]


def changed_meals(before: Iterable[Day], after: Iterable[Day]) -> list[tuple[Date, Meal]]:
    """The meals that have other dishes or foods now, with their day; other amounts of the same ones are not told."""
    found = []
    for old, new in zip(before, after, strict=True):
        had = {meal.slot: _eaten(meal) for meal in old.meals}
        found += [(new.date, meal) for meal in new.meals if _eaten(meal) != had.get(meal.slot)]
    return found


def _eaten(meal: Meal) -> list[tuple[str, tuple[str, ...]]]:
    return [(dish.name, tuple(portion.food_id for portion in dish.portions)) for dish in meal.dishes]


def understood(t: Catalogue, order: Order, meals: list[tuple[Date, Meal]], today: Date) -> Markup:
    """What was understood and done, in the past tense."""
    foods = t.listing(order.foods)
    weekday = t.weekday(order.date) if order.date else ""
    named = [meal_of(t, meal.slot, day, today) for day, meal in meals]
    news = _news(t, named, meals)
    one = order.slot is not None and order.date is not None
    the_meal = _what_is_meant(t, order, today)
    match order.kind:
        case Kind.SWAP if meals and one:
            swapped = next((meal for _, meal in meals if meal.slot is order.slot), meals[0][1])
            others = [at for at, (_, meal) in enumerate(meals) if meal.slot is not order.slot]
            around = _news(t, [named[at] for at in others], [meals[at] for at in others])
            return joined([t(c.SWAPPED, meal=the_meal, dish=main_name(swapped)), *around])
        case Kind.SWAP_DAY:
            return joined([t(c.SWAPPED_DAY, weekday=weekday), *news])
        case Kind.LESS | Kind.MISSING:
            sentence = c.LESS if order.kind is Kind.LESS else c.MISSING
            return joined([_count(t, sentence, len(meals), foods=foods), *news])
        case Kind.INSTEAD:
            return joined([_count(t, c.INSTEAD, len(meals), foods=foods, item=_good(order.key)), *news])
        case Kind.WITHOUT:
            return joined([t(c.WITHOUT, foods=foods, meals=t.listing(named)), *news])
        case Kind.NO_MEAT:
            when = t.plain(c.TODAY) if order.date == today else weekday
            return joined([_count(t, c.NO_MEAT, len(meals), weekday=when), *news])
        case Kind.AWAY | Kind.SKIP | Kind.LOCK | Kind.UNLOCK:
            return t(OF_A_MEAL[order.kind], meal=the_meal)
        case Kind.COPY_DAY | Kind.COPY_MEAL:
            return _copied(t, order, today)
        case Kind.CHEAPER:
            return joined([t(c.CHEAPER), *news])
        case Kind.SLOT_OFF if order.slot:
            return t(c.SLOT_OFF, meal=t.plain(THE[order.slot]))
        case Kind.SLOT_ON:
            return t(c.SLOT_ON, meal=t.plain(THE[order.slot or _added(meals)]))
        case _:
            return joined([_count(t, c.REFILLED, max(len(meals), 1)), *news])


def _what_is_meant(t: Catalogue, order: Order, today: Date) -> str:
    """The meal of an order inside a sentence, or all meals of its day."""
    if order.date is None:
        return ""
    if order.slot is None:
        if order.date == today:
            return t.plain(c.ALL_MEALS_TODAY)
        return t.plain(c.ALL_MEALS, weekday=t.weekday(order.date))
    return meal_of(t, order.slot, order.date, today)


def _added(meals: Sequence[tuple[Date, Meal]]) -> Slot:
    """The meal that the most days have as a new one."""
    counted = Counter(meal.slot for _, meal in meals)
    return counted.most_common(1)[0][0] if counted else Slot.LANCHE_DA_TARDE


def _copied(t: Catalogue, order: Order, today: Date) -> Markup:
    source, weekday = t.weekday(order.source or today), t.weekday(order.date or today)
    if order.slot is None:
        return t(c.COPIED_DAY, source=source, weekday=weekday)
    if order.source_slot in (None, order.slot):
        return t(c.COPIED_MEAL, meal=t.plain(THE[order.slot]), source=source, weekday=weekday)
    copied, other = t.plain(THE[order.source_slot]), t.plain(THE[order.slot])
    return t(c.COPIED_INTO, meal=copied, source=source, other=other, weekday=weekday)


def _news(t: Catalogue, named: list[str], meals: list[tuple[Date, Meal]]) -> list[Markup]:
    """The meals that have another dish now, a line each, the first few of many."""
    lines = [
        t(c.NEW_DISH, meal=capitalised_meal(name), dish=main_name(meal))
        for name, (_, meal) in zip(named, meals, strict=True)
    ]
    left = len(lines) - MOST_NAMED
    return [*lines[:MOST_NAMED], t.count(c.MORE_MEALS, left)] if left > 0 else lines


def question(
    t: Catalogue, order: Order, code: str, today: Date, *, missed: Sequence[str], where: int
) -> Markup:
    """What is asked before something is done: a locked meal is to be changed, or only some of a day's meals can be."""
    if code == PARTLY:
        foods, what = _without_what(t, order), _bars(t, missed)
        if not what:
            return t.count(c.ASK_PARTLY_BARE, where, foods=foods)
        return t.count(c.ASK_PARTLY, where, foods=foods, what=what)
    if order.slot and order.date:
        return t(c.ASK_LOCKED_MEAL, meal=meal_of(t, order.slot, order.date, today))
    return t(c.ASK_LOCKED)


def _without_what(t: Catalogue, order: Order) -> str:
    return t.listing(order.foods) if order.foods else t.plain(c.MEAT)


def _bars(t: Catalogue, missed: Sequence[str]) -> str:
    """ "calorias e fibra"."""
    names = dict.fromkeys(t.plain(TARGETS[bar]) for bar in missed if bar in TARGETS)
    return t.listing(names)


def refusal(t: Catalogue, order: Order, code: str, missed: Sequence[str] = ()) -> Markup:
    """Why nothing was changed; ``missed`` are targets that the best day would not meet."""
    foods = t.listing(order.foods)
    what = _bars(t, missed)
    if code == "misses" and what and order.kind in (Kind.WITHOUT, Kind.NO_MEAT):
        return t(c.MISSES_WITHOUT, foods=_without_what(t, order), what=what)
    if code == "misses" and what:
        return t(c.MISSES_WHAT, what=what)
    if code == "misses" and missed:
        return t(c.NO_OPTIONS)
    if code == "main_meal" and order.slot:
        the_meal = t.plain(THE[order.slot])
        return t(c.MAIN_MEAL, meal=the_meal[:1].upper() + the_meal[1:])
    if code == "has_meal" and order.slot:
        return t(c.HAS_MEAL, meal=t.plain(THE[order.slot]).split(" ", 1)[1])
    if code == "no_day" and order.date:
        return t(c.NO_DAY, day=t.day(order.date))
    if code == "no_meal" and order.kind is Kind.SLOT_OFF and order.slot:
        return t(c.NO_SLOT, meal=t.plain(THE[order.slot]).split(" ", 1)[1])
    if code == "no_meal" and order.slot:
        return t(c.NO_MEAL, meal=t.plain(THE[order.slot]))
    if code == "no_meal":
        return t(c.NOT_KEPT)
    if code == "no_food":
        return t(c.NO_FOOD, foods=foods)
    if code == "none_has_it" and foods and order.date:
        return t(c.WITHOUT_ALREADY, foods=foods)
    if code == "none_has_it":
        return t(c.NONE_HAS_IT, foods=foods) if foods else t(c.NO_MEAT_ALREADY)
    return t(REFUSALS[code]) if code in REFUSALS else t(c.BROKE, code=code)


def capitalised_meal(name: str) -> str:
    """ "o jantar de quarta" → "Jantar de quarta"."""
    bare = name.split(" ", 1)[1]
    return bare[:1].upper() + bare[1:]


def _good(item_id: str) -> str:
    """A good of the market inside a sentence."""
    item = Market.load().get(item_id)
    return item.name[:1].lower() + item.name[1:] if item else ""


def _count(t: Catalogue, sentence: Plural, n: int, **values: str) -> Markup:
    return t.count(sentence, n, **values)
