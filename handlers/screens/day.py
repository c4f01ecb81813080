"""One day: its meals with measures, its totals at the bottom, and the buttons that move between days."""

import re
from collections.abc import Iterable
from datetime import date as Date

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined, paragraphs
from handlers.keyboards import Row, Rows, day_button, place, places
from handlers.screens import guardrails, portions
from handlers.screens.shown import Shown, shown
from handlers.texts import buttons as b
from handlers.texts import changes as c
from handlers.texts import documents as d
from handlers.texts import files as f
from handlers.texts import menu as m
from handlers.texts import reminders as r
from handlers.transport.screens import Button, Screen, View, screen
from menus import reminders
from menus.own_dishes import is_own
from menus.recheck import AWAY, NOT_FORBIDDEN, SKIPPED
from nutrition.foods import FoodTable
from nutrition.menu import Day, Meal, Slot
from nutrition.person import Strength
from nutrition.totals import Totals, totals

SLOTS: dict[Slot, str] = {
    Slot.CAFE_DA_MANHA: m.SLOT_BREAKFAST,
    Slot.LANCHE_DA_MANHA: m.SLOT_MORNING,
    Slot.ALMOCO: m.SLOT_LUNCH,
    Slot.LANCHE_DA_TARDE: m.SLOT_AFTERNOON,
    Slot.JANTAR: m.SLOT_DINNER,
    Slot.CEIA: m.SLOT_SUPPER,
}
MACROS: dict[str, str] = {
    "protein_g": m.UNKNOWN_PROTEIN,
    "fiber_g": m.UNKNOWN_FIBRE,
    "carbohydrate_g": m.UNKNOWN_CARBS,
    "fat_g": m.UNKNOWN_FAT,
}


LINE, MOST_LINES = 34, 34
"""Characters that a phone shows in a line, and lines of meals from which a day is folded: with its totals and buttons
it then takes about a screen and a half."""

_TAG = re.compile(r"</?b>")

ANSWERS: dict[str, str] = {reminders.DONE: r.ANSWERED_DONE, reminders.SKIPPED: r.ANSWERED_SKIPPED}
"""The line under a day that was answered, here or under its reminder."""


@screen("dia")
async def day_view(view: View, *, date: str) -> Screen:
    """The day ``date`` (ISO), as it holds against the restrictions of now."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    if found.referred:
        return guardrails.referral(view, found)
    if found.review is None:
        return Screen(t(m.NO_PROFILE), places(t, ("continuar",)))
    day = found.day(wanted)
    if day is None or found.week is None:
        return no_menu(t, found, wanted)
    said = await _answer(view, found, day)
    text = paragraphs([day_text(t, view.services.table, found, day), t(ANSWERS[said]) if said else ""])
    return Screen(text, (*_answering(t, found, day, said), *_buttons(t, found, day)))


def no_menu(t: Catalogue, found: Shown, wanted: Date) -> Screen:
    """There is no menu for that day: offer to make one, or to see the week that there is."""
    if wanted == found.today:
        return Screen(
            t(m.NO_WEEK), places(t, ("nova",)) if found.week else ((place(t, "nova", b.MAKE_WEEK),),)
        )
    return Screen(t(m.NO_DAY, day=t.day(wanted)), ((place(t, "hoje"),), (place(t, "nova", b.NEW_WEEK),)))


def day_text(t: Catalogue, table: FoodTable, found: Shown, day: Day) -> Markup:
    """The whole day: title, meals, salt and totals."""
    title = m.TODAY_TITLE if day.date == found.today else m.DAY_TITLE
    name = t.weekday(day.date) if day.date == found.today else capitalised(t.day(day.date))
    meals: list[Markup] = [meal_text(t, table, found, meal) for meal in day.meals]
    if sum(1 + lines_of(meal) for meal in meals) > MOST_LINES:
        meals = [joined(meal_text(t, table, found, meal, fold=True) for meal in day.meals)]
    return paragraphs([t(title, day=name), *meals, _footer(t, table, found, day)])


def lines_of(text: str) -> int:
    """How many lines ``text`` takes on a phone."""
    return sum(max(1, -(-len(_TAG.sub("", line)) // LINE)) for line in text.splitlines())


def meal_text(t: Catalogue, table: FoodTable, found: Shown, meal: Meal, *, fold: bool = False) -> Markup:
    """One meal: its slot and energy, its name, one food a line; or why it is not shown.

    ``fold``: the foods are a quote of which a phone shows three lines, and all of them at a touch.
    """
    slot = t(SLOTS[meal.slot])
    if meal.withheld == AWAY:
        return joined([t(m.MEAL_TITLE_BARE, slot=slot), t(c.AWAY_LINE)])
    if meal.withheld == SKIPPED:
        return joined([t(m.MEAL_TITLE_BARE, slot=slot), t(c.SKIPPED_LINE)])
    if meal.withheld:
        by = found.withheld_by(meal)
        allergy = by is not None and by.strength is Strength.ALERGIA
        return joined([t(m.MEAL_TITLE_BARE, slot=slot), t(m.WITHHELD_ALLERGY if allergy else m.WITHHELD)])
    title = (
        t(m.MEAL_TITLE_BARE, slot=slot)
        if found.hidden
        else t(m.MEAL_TITLE, slot=slot, energy=t.kcal(meal_kcal(table, meal)))
    )
    title = t(c.LOCKED_MARK, title=title) if meal.locked else title
    served, seasonings = portions.apart(table, portions.foods(meal))
    lines = [capitalised(portions.line(t, portion)) for portion in served]
    if seasonings:
        lines.append(t(m.SEASONINGS, foods=t.listing([portion.food for portion in seasonings])))
    foods = joined(lines)
    if fold and lines:
        foods = t(m.FOODS_FOLDED, foods=foods)
    return joined([title, capitalised(meal.name), _of_own_plan(t, meal), foods])


def _of_own_plan(t: Catalogue, meal: Meal) -> Markup:
    """That a meal follows the person's own document, and where it stands there; empty for other meals."""
    own = [dish for dish in meal.dishes if is_own(dish)]
    pages = [source.page for dish in own for source in dish.sources if source.page is not None]
    if pages:
        return t(d.FROM_PLAN_PAGE, page=pages[0])
    return t(d.FROM_PLAN) if own else Markup("")


def meal_kcal(table: FoodTable, meal: Meal) -> int:
    """The energy of a meal, rounded as it is shown."""
    return round(meal_totals(table, [meal]).values["energy_kcal"])


def meal_totals(table: FoodTable, meals: Iterable[Meal]) -> Totals:
    """The nutrients of several meals together."""
    return totals([p for meal in meals for dish in meal.dishes for p in dish.portions], table)


def day_kcal(table: FoodTable, day: Day) -> int:
    """The energy of a day: the sum of what is shown."""
    return sum(meal_kcal(table, meal) for meal in day.meals if not meal.withheld)


def _footer(t: Catalogue, table: FoodTable, found: Shown, day: Day) -> Markup:
    meals = tuple(meal for meal in day.meals if not meal.withheld)
    salt = portions.salt_grams(meals)
    measure = portions.salt_measure(table, salt) if salt else ""
    amount = t.quantity(salt, "g", 1)
    salt_line = t(m.SALT, amount=amount, measure=measure) if measure else t(m.SALT_BARE, amount=amount)
    lines: list[str] = [salt_line] if salt else []
    if not found.hidden and meals:
        lines += _numbers(t, table, found, day, meals)
    return joined(lines)


def _numbers(t: Catalogue, table: FoodTable, found: Shown, day: Day, meals: tuple[Meal, ...]) -> list[str]:
    summed = meal_totals(table, meals)
    whole = all(meal.withheld in (None, SKIPPED) for meal in day.meals)
    targets = found.review.targets if found.review and whole else None
    energy = t.kcal(day_kcal(table, day))
    total = (
        t(m.TOTAL, energy=energy, target=t.number(targets.energy_kcal, 0))
        if targets
        else t(m.TOTAL_BARE, energy=energy)
    )
    grams = {name: t.grams(summed.values[name]) for name in MACROS}
    unknown = [t.plain(MACROS[name]) for name in MACROS if summed.unknown.get(name)]
    return [
        total,
        t(m.PROTEIN_FIBRE, protein=grams["protein_g"], fiber=grams["fiber_g"]),
        t(m.CARBS_FAT, carbohydrate=grams["carbohydrate_g"], fat=grams["fat_g"]),
        t(m.UNKNOWN, nutrients=t.listing(unknown)) if unknown else "",
    ]


def _buttons(t: Catalogue, found: Shown, day: Day) -> Rows:
    days = found.week.days if found.week else ()
    place_in_week = [each.date for each in days].index(day.date)
    arrows: list[Button] = []
    if place_in_week > 0:
        arrows.append(day_button(t, b.PREVIOUS, days[place_in_week - 1].date))
    if place_in_week + 1 < len(days):
        arrows.append(day_button(t, b.NEXT, days[place_in_week + 1].date))
    iso = day.date.isoformat()
    recipes = Button(t.plain(b.RECIPES), f"receitas:{iso}")
    swap = Button(t.plain(c.SWAP), f"troca:{iso}")
    gone = day.date < found.today
    return tuple(
        row
        for row in (
            tuple(arrows),
            () if gone else _refill(t, day),
            (recipes,) if gone else (swap, recipes),
            (Button(t.plain(b.SOURCES), f"fontes:{iso}"), place(t, "compras")),
            (place(t, "semana"), Button(t.plain(f.CHART), f"grafico:{iso}")),
        )
        if row
    )


async def _answer(view: View, found: Shown, day: Day) -> str:
    """What was answered for today, "" for nothing and for any other day."""
    if view.person is None or day.date != found.today:
        return ""
    return await reminders.answer_for(view.conn, view.person.id, day.date) or ""


def _answering(t: Catalogue, found: Shown, day: Day, said: str) -> Rows:
    """[✅ Feito] and [⏭ Pulei] for today, or the way back from them."""
    iso = day.date.isoformat()
    if said:
        return ((Button(t.plain(b.UNDO), f"d_apaga:{iso}"),),)
    if day.date != found.today:
        return ()
    return ((Button(t.plain(b.DID_IT), f"d_feito:{iso}"), Button(t.plain(b.SKIPPED_IT), f"d_pulei:{iso}")),)


def _refill(t: Catalogue, day: Day) -> Row:
    """What offers dishes again for meals that restrictions took out."""
    out = [meal for meal in day.meals if meal.withheld not in NOT_FORBIDDEN]
    if len(out) == 1:
        return (Button(t.plain(c.PICK_OTHER), f"troca:{day.date.isoformat()}:{out[0].slot.value}"),)
    return (Button(t.plain(c.SWAP_BOTH, n=len(out)), "repoe"),) if out else ()
