"""Which foods a nutrient of a day comes from: the greatest first, then meal by meal with the figures of the table."""

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined
from handlers.keyboards import Rows
from handlers.screens import porque_targets, portions
from handlers.screens import porque_words as words
from handlers.screens.day import SLOTS
from handlers.screens.shown import Shown
from handlers.texts import porque as w
from menus.explain import SODIUM, Contribution, DayNutrient, MealPart
from menus.explain_asked import TARGETS
from menus.explain_targets import salt_grams
from menus.micronutrients import reference
from nutrition.menu import Day
from nutrition.person import Targets

TOP = 3
_ROOMS = range(12, 0, -1)


def text(t: Catalogue, found: Shown, day: Day, part: DayNutrient) -> Markup:
    """The total of a day, its target, what gives most, and all of it folded."""
    head = _hidden_head(t, found, day, part) if found.hidden else _head(t, found, day, part)
    details = next(
        lines
        for room in _ROOMS
        if len(lines := _details(t, found, part, room)) + len(head) <= words.MOST_LINES or room == 1
    )
    return joined([*head, t(w.DETAILS, text=joined(details)) if part.meals else ""])


def buttons(t: Catalogue, nutrient: str, day: Day) -> Rows:
    """To the target, to the day, and back."""
    why = (
        ((words.button(t, w.WHY_TARGET, "meta", nutrient),),) if nutrient in porque_targets.EXPLAINED else ()
    )
    return (*why, (words.day_button(t, day.date), words.button(t, w.BACK)))


def day_name(t: Catalogue, found: Shown, day: Day) -> str:
    """ "hoje", or "quinta"."""
    return t.plain(w.TODAY) if day.date == found.today else t.weekday(day.date)


def _title(t: Catalogue, found: Shown, day: Day, part: DayNutrient) -> dict[str, str]:
    return {"nutrient": capitalised(words.name(t, part.nutrient)), "day": day_name(t, found, day)}


def _head(t: Catalogue, found: Shown, day: Day, part: DayNutrient) -> list[Markup]:
    total = words.told(t, part.nutrient, part.total)
    lines = [t(w.DAY_TITLE, total=total, **_title(t, found, day, part))]
    targets = found.review.targets if found.review else None
    if targets is not None and part.nutrient in TARGETS:
        lines.append(_target(t, targets, part.nutrient))
    elif found.review is not None and (amount := reference(part.nutrient, found.review.profile)) is not None:
        lines.append(t(w.REFERENCE_IS, reference=words.told(t, part.nutrient, amount)))
    if part.nutrient == SODIUM:
        lines.append(_salt(t, day, part))
    top = part.top(TOP)
    if top or _nothing(part):
        lines.append(t(w.MOST_FROM if top else w.NOTHING_GIVES))
    for food, units in top:
        lines.append(t(w.TOP_LINE, food=food.name, amount=words.told(t, part.nutrient, part.amount(units))))
    if part.unknown:
        lines.append(t(w.UNKNOWN, foods=words.listed(t, words.food_names(part.unknown))))
    return lines


def _hidden_head(t: Catalogue, found: Shown, day: Day, part: DayNutrient) -> list[Markup]:
    top = [food.name for food, _units in part.top(TOP)]
    lines = [t(w.DAY_TITLE_HIDDEN, **_title(t, found, day, part))]
    if top or _nothing(part):
        lines.append(t(w.MOST_FROM_WORDS, foods=t.listing(top)) if top else t(w.NOTHING_GIVES))
    if part.unknown:
        lines.append(t(w.UNKNOWN_WORDS, foods=words.listed(t, words.food_names(part.unknown))))
    return lines


def _nothing(part: DayNutrient) -> bool:
    """Whether every figure is known, and is nothing."""
    return not part.unknown and not any(food.exact for meal in part.meals for food in meal.foods)


def _target(t: Catalogue, targets: Targets, nutrient: str) -> Markup:
    amount, is_limit = porque_targets.target_of(targets, nutrient)
    return t(w.LIMIT_IS if is_limit else w.TARGET_IS, target=words.told(t, nutrient, amount))


def _salt(t: Catalogue, day: Day, part: DayNutrient) -> Markup:
    meals = tuple(meal for meal in day.meals if not meal.withheld)
    salt = t.quantity(salt_grams(part.total), "g", 1)
    cooks = portions.salt_grams(meals)
    return t(w.SALT_IS, salt=salt) if not cooks else t(w.SALT_IS_OF, salt=salt, added=t.grams(cooks))


def _details(t: Catalogue, found: Shown, part: DayNutrient, room: int) -> list[Markup]:
    """Every meal with at most ``room`` foods; the least ones summed up in one line."""
    lines: list[Markup] = []
    for meal in part.meals:
        lines += _meal(t, part, meal, room, hidden=found.hidden)
    return [*lines, t(w.TABLES)]


def _meal(t: Catalogue, part: DayNutrient, meal: MealPart, room: int, *, hidden: bool) -> list[Markup]:
    slot = t(SLOTS[meal.meal.slot])
    known = [food for food in meal.foods if food.exact]
    if hidden:
        named = [
            t(w.FOOD_LINE_BARE, food=f.food.name, grams=t.grams(f.grams), source=f.food.source)
            for f in known[:room]
        ]
        return [t(w.MEAL_LINE_HIDDEN, slot=slot), *named] if named else []
    if not known:
        return []
    seen = [food for food in known if food.units][:room]
    rest = known[len(seen) :]
    amount = _amount(t, part, meal.units, sum(food.exact or 0.0 for food in known))
    lines = [t(w.MEAL_LINE, slot=slot, amount=amount), *(_food(t, part, food) for food in seen)]
    if rest:
        exact = sum(food.exact or 0.0 for food in rest)
        told = _amount(t, part, sum(food.units for food in rest), exact)
        lines.append(t.count(w.REST, len(rest), amount=told))
    return lines


def _food(t: Catalogue, part: DayNutrient, food: Contribution) -> Markup:
    return t(
        w.FOOD_LINE,
        food=food.food.name,
        grams=t.grams(food.grams),
        amount=words.told(t, part.nutrient, part.amount(food.units)),
        per_100g=words.told(t, part.nutrient, food.per_100g or 0.0),
        source=food.food.source,
    )


def _amount(t: Catalogue, part: DayNutrient, units: int, exact: float) -> str:
    """An amount as shown; what is there and rounds to nothing is "menos de 1 g"."""
    if units == 0 and exact > 0:
        return t.plain(w.LESS_THAN, amount=words.told(t, part.nutrient, part.step))
    return words.told(t, part.nutrient, part.amount(units))
