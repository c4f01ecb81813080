"""/porque: what to explain, why a target, which foods a number comes from, where a meal comes from."""

from collections.abc import Awaitable, Callable
from datetime import date as Date

from handlers.keyboards import Rows, places
from handlers.screens import guardrails, porque_foods, porque_meal, porque_micros, porque_targets
from handlers.screens import porque_words as words
from handlers.screens.day import SLOTS, meal_text, no_menu
from handlers.screens.shown import Shown, shown
from handlers.texts import menu as m
from handlers.texts import porque as w
from handlers.transport.screens import Screen, View, screen
from menus import explain, explain_passages

OTHERS: tuple[tuple[tuple[str, str], ...], ...] = (
    ((w.FIBRE_BUTTON, "fiber_g"), (w.FAT_BUTTON, "fat_g")),
    ((w.CARBS_BUTTON, "carbohydrate_g"), (w.SALT_BUTTON, "sodium_mg")),
    ((w.SUGAR_BUTTON, "added_sugar_g"), (w.FRUIT_BUTTON, "fruit_vegetable_g")),
)
"""The other numbers of today, two in a row."""


@screen(words.ASK)
async def ask(view: View) -> Screen:
    """What do you want to understand?"""
    return await _for(view, "", lambda found: _plain(Screen(view.t(w.ASK), _choices(view))))


@screen(words.OTHER)
async def other(view: View) -> Screen:
    """Which other number of today?"""
    t = view.t
    rows = [tuple(words.button(t, label, "hoje", nutrient) for label, nutrient in row) for row in OTHERS]
    text, last = t(w.ASK_OTHER), (words.button(t, w.MICROS_BUTTON, "micros"), words.button(t, w.BACK))
    return await _for(view, "", lambda found: _plain(Screen(text, (*rows, last))))


@screen(words.MICROS)
async def micros(view: View, *, date: str) -> Screen:
    """Vitamins and minerals of the day ``date`` beside their references."""

    async def show(found: Shown) -> Screen:
        t, day = view.t, found.day(Date.fromisoformat(date))
        if day is None or found.review is None:
            return no_menu(t, found, Date.fromisoformat(date))
        text = porque_micros.text(t, found, found.review, day, view.services.table)
        return Screen(text, porque_micros.buttons(t, day))

    return await _for(view, date, show)


@screen(words.NOT_FOUND)
async def not_found(view: View) -> Screen:
    """A number or a food that is neither in the targets nor in the week."""
    return await _for(view, "", lambda found: _plain(Screen(view.t(w.NOT_FOUND), _choices(view))))


@screen(words.TARGET)
async def target(view: View, *, nutrient: str) -> Screen:
    """Why the day aims at this."""

    async def show(found: Shown) -> Screen:
        if found.review is None:
            return Screen(view.t(m.NO_PROFILE))
        passage = await explain_passages.behind_target(
            view.conn, nutrient, found.restrictions, view.services.table
        )
        text = porque_targets.text(view.t, found.review, nutrient, passage, hidden=found.hidden)
        day = found.today.isoformat() if found.day(found.today) else ""
        return Screen(text, porque_targets.buttons(view.t, nutrient, day))

    return await _for(view, "", show)


@screen(words.DAY)
async def foods(view: View, *, date: str, nutrient: str) -> Screen:
    """Which foods of the day ``date`` this nutrient comes from."""

    async def show(found: Shown) -> Screen:
        day = found.day(Date.fromisoformat(date))
        if day is None:
            return no_menu(view.t, found, Date.fromisoformat(date))
        part = explain.day_nutrient(day, nutrient, view.services.table)
        if not part.meals:
            return Screen(view.t(w.NO_FOODS), ((words.day_button(view.t, day.date),),))
        text = porque_foods.text(view.t, found, day, part)
        return Screen(text, porque_foods.buttons(view.t, nutrient, day))

    return await _for(view, date, show)


@screen(words.MEALS)
async def meals(view: View, *, date: str) -> Screen:
    """Which meal of the day ``date``?"""

    async def show(found: Shown) -> Screen:
        t, day = view.t, found.day(Date.fromisoformat(date))
        if day is None:
            return no_menu(t, found, Date.fromisoformat(date))
        rows = [
            (words.button(t, SLOTS[meal.slot], "prato", date, meal.slot.value),)
            for meal in day.meals
            if not meal.withheld
        ]
        question = (
            t(w.ASK_MEAL_TODAY) if day.date == found.today else t(w.ASK_MEAL, weekday=t.weekday(day.date))
        )
        return Screen(question if rows else t(w.NO_FOODS), (*rows, (words.button(t, w.BACK),)))

    return await _for(view, date, show)


@screen(words.MEAL)
async def meal_view(view: View, *, date: str, slot: str) -> Screen:
    """The foods, the numbers, the table rows and the passages behind one meal."""

    async def show(found: Shown) -> Screen:
        t, table, day = view.t, view.services.table, found.day(Date.fromisoformat(date))
        if day is None or view.person is None:
            return no_menu(t, found, Date.fromisoformat(date))
        meal = next((each for each in day.meals if each.slot == slot), None)
        if meal is None:
            return Screen(t(w.NO_MEAL), ((words.day_button(t, day.date), words.button(t, w.BACK)),))
        rows = porque_meal.buttons(t, day, meal)
        if meal.withheld:
            return Screen(meal_text(t, table, found, meal), rows)
        passages = await explain_passages.behind_dishes(
            view.conn, view.person.id, porque_meal.chunk_ids(meal), found.restrictions, table
        )
        return Screen(porque_meal.text(t, found, day, explain.meal_why(meal, table), passages), rows)

    return await _for(view, date, show)


def _choices(view: View) -> Rows:
    t = view.t
    return (
        (words.button(t, w.MY_ENERGY, "meta", "energy_kcal"),),
        (words.button(t, w.MY_PROTEIN, "meta", "protein_g"),),
        (words.button(t, w.A_DISH, "pratos"),),
        (words.button(t, w.ANOTHER_NUMBER, "outro"),),
    )


async def _for(view: View, date: str, show: Callable[[Shown], Awaitable[Screen]]) -> Screen:
    """``show`` for someone who may have a menu; referred people get help and no numbers."""
    found = await shown(view, Date.fromisoformat(date) if date else None)
    if found.referred:
        return guardrails.referral(view, found)
    if found.review is None:
        return Screen(view.t(m.NO_PROFILE), places(view.t, ("continuar",)))
    return await show(found)


async def _plain(ready: Screen) -> Screen:
    return ready
