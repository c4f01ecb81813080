"""Recipes: which meal, then what to take out and what to do, as a message that stays open on the counter."""

from datetime import date as Date

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined, paragraphs
from handlers.keyboards import Rows, day_button, new_day_button
from handlers.screens import guardrails, portions
from handlers.screens.day import SLOTS, no_menu
from handlers.screens.gostos import under_recipe
from handlers.screens.shown import shown
from handlers.texts import buttons as b
from handlers.texts import household as h
from handlers.texts import menu as m
from handlers.transport.screens import Button, Screen, View, screen
from menus import cart as carts
from nutrition.menu import Day, Meal, PlannedDish, Slot, Week


@screen("receitas")
async def which(view: View, *, date: str) -> Screen:
    """The meals of a day as buttons."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    day = found.day(wanted)
    if found.referred:
        return guardrails.referral(view, found)
    if day is None:
        return no_menu(t, found, wanted)
    return Screen(t(m.WHICH_RECIPE, weekday=t.weekday(day.date)), _meals(t, day))


@screen("receita")
async def recipe(view: View, *, date: str, slot: str) -> Screen:
    """One meal, dish by dish."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    day = found.day(wanted)
    if found.referred:
        return guardrails.referral(view, found)
    if day is None:
        return no_menu(t, found, wanted)
    meal = next((each for each in day.meals if each.slot == slot and not each.withheld), None)
    if meal is None:
        return Screen(t(m.NO_RECIPE), _meals(t, day))
    opinion, rows = await under_recipe(view, meal, date)
    text = paragraphs([recipe_text(t, meal), opinion])
    return Screen(
        text,
        (*rows, *await _for_all(view, found.week, date, slot), (new_day_button(t, b.BACK_TO_DAY, day.date),)),
    )


async def _for_all(view: View, week: Week | None, date: str, slot: str) -> Rows:
    """The same recipe for the household, where there is one."""
    if week is None or view.person is None:
        return ()
    people = len(await carts.shares_of(view.conn, view.person.id, week))
    label = str(view.t.count(h.FOR_ALL, people).striptags())
    return ((Button(label, f"receita_todos:{date}:{slot}"),),) if people > 1 else ()


def recipe_text(t: Catalogue, meal: Meal) -> Markup:
    """Name, minutes, what to take out, what to do."""
    minutes = max((dish.minutes for dish in meal.dishes), default=0)
    head = joined(
        [
            t(m.RECIPE_TITLE, name=capitalised(meal.name)),
            t(m.RECIPE_TIME, minutes=minutes) if minutes > 1 else t(m.RECIPE_SERVING),
        ]
    )
    taken = [portions.line(t, portion) for portion in portions.foods(meal, salt=True)]
    return paragraphs([head, joined([t(m.RECIPE_PICK), *taken]), *doing(t, meal)])


def doing(t: Catalogue, meal: Meal) -> list[Markup]:
    """What to do, dish by dish."""
    cooked = [dish for dish in meal.dishes if dish.steps]
    if not cooked:
        return [joined([t(m.RECIPE_DO), t(m.RECIPE_NO_STEPS)])]
    if len(cooked) == 1:
        return [joined([t(m.RECIPE_DO), *_steps(t, cooked[0])])]
    return [joined([t(m.RECIPE_TITLE, name=dish.name), *_steps(t, dish)]) for dish in cooked]


def _steps(t: Catalogue, dish: PlannedDish) -> list[Markup]:
    return [t(m.RECIPE_STEP, n=n, text=text) for n, text in enumerate(dish.steps, start=1)]


def _meals(t: Catalogue, day: Day) -> Rows:
    iso = day.date.isoformat()
    rows: list[tuple[Button, ...]] = [
        (Button(t.plain(SLOTS[Slot(meal.slot)]), f"receita:{iso}:{meal.slot.value}"),)
        for meal in day.meals
        if not meal.withheld
    ]
    return (*rows, (day_button(t, b.BACK_TO_DAY, day.date),))
