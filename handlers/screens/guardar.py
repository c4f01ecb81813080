"""After a change: what comes again next week, what stays out of it, for how many the list is, tips for eating out."""

from datetime import date as Date
from typing import Any

from handlers.catalogue import joined
from handlers.keyboards import day_button, place, places
from handlers.screens import guardrails
from handlers.screens import trocar_words as words
from handlers.screens.casa import household, shares_button
from handlers.screens.day import SLOTS
from handlers.screens.shown import shown
from handlers.screens.trocar import day_of, gone
from handlers.texts import buttons as b
from handlers.texts import changes as c
from handlers.transport.screens import Button, Screen, View, screen
from menus import cart
from menus.changes import undo as changes
from menus.changes.orders import Order
from menus.changes.situation import LOCKED


@screen(words.KEEP)
async def keep(view: View, *, date: str) -> Screen:
    """Which meals of the day are to come again; a tap sets what its label says."""
    found = await day_of(view, Date.fromisoformat(date))
    if isinstance(found, Screen) or view.person is None:
        return found if isinstance(found, Screen) else await gone(view)
    t, (_, day) = view.t, found
    kept = await changes.kept_of(view.conn, view.person.id)
    rows: list[tuple[Button, ...]] = []
    for meal in day.meals:
        if meal.withheld is None:
            ticked = (day.date, meal.slot) in kept
            label = t.plain(SLOTS[meal.slot])
            verb = "solta" if ticked else "guarda"
            data = f"{verb}:{date}:{meal.slot.value}"
            rows.append((Button(t.plain(c.TICKED, label=label) if ticked else label, data=data),))
    rows.append((day_button(t, b.BACK_TO_DAY, day.date),))
    return Screen(t(c.KEEP_WHICH, weekday=t.weekday(day.date)), tuple(rows))


@screen(words.KEPT)
async def kept_meal(view: View, *, date: str, slot: str, kept: bool) -> Screen:
    """A meal was kept, on the person's word."""
    t, around, day = view.t, await shown(view), Date.fromisoformat(date)
    if not kept:
        return Screen(t(c.NOT_KEPT), places(t, ("hoje", "semana")))
    meal = next(words.meal_of(t, each, day, around.today) for each in SLOTS if each == slot)
    show = Button(t.plain(c.KEEP), f"guarda:{date}")
    return Screen(t(c.KEPT, meal=meal), ((show, place(t, "hoje")),))


@screen(words.KEPT_TOAST)
async def kept_toast(view: View, *, kept: bool) -> Screen:
    """Over the chat."""
    return Screen(view.t(c.KEPT_TOAST if kept else c.LET_GO_TOAST))


@screen(words.LOCK)
async def lock(view: View, *, date: str) -> Screen:
    """Which meals of the day stay as they are; a tap sets what its label says."""
    found = await day_of(view, Date.fromisoformat(date))
    if isinstance(found, Screen):
        return found
    t, (_, day) = view.t, found
    rows: list[tuple[Button, ...]] = []
    for meal in day.meals:
        if meal.withheld is None:
            label, verb = t.plain(SLOTS[meal.slot]), "destrava" if meal.locked else "trava"
            if meal.locked:
                label = t.plain(c.LOCKED_LABEL, label=label)
            rows.append((Button(label, f"{verb}:{date}:{meal.slot.value}"),))
    rows.append((day_button(t, b.BACK_TO_DAY, day.date),))
    return Screen(t(c.LOCK_WHICH, weekday=t.weekday(day.date)), tuple(rows))


@screen(words.LOCK_TOAST)
async def lock_toast(view: View, *, locked: bool) -> Screen:
    """Over the chat."""
    return Screen(view.t(c.LOCKED_TOAST if locked else c.UNLOCKED_TOAST))


@screen(words.ASK)
async def ask(
    view: View, *, order: dict[str, Any], waits: int, code: str, missed: list[str], where: int
) -> Screen:
    """Shall it be done all the same?"""
    t, asked, around = view.t, Order.from_json(order), await shown(view)
    if around.referred:
        return guardrails.referral(view, around)
    told = () if around.hidden else missed
    text = words.question(t, asked, code, around.today, missed=told, where=where)
    yes = c.ALL_THE_SAME if code == LOCKED else c.WHERE_IT_CAN
    day = asked.date or around.today
    return Screen(text, ((Button(t.plain(yes), f"mesmo:{waits}"),), (day_button(t, b.KEEP_IT, day),)))


@screen(words.ASK_GONE)
async def ask_gone(view: View) -> Screen:
    """A yes to a question that is not open any more."""
    return Screen(view.t(c.QUESTION_GONE), places(view.t, ("hoje", "semana")))


@screen(words.ALWAYS)
async def always(view: View, *, foods: list[str], change: int) -> Screen:
    """Something stays out of the weeks to come."""
    t = view.t
    undo = ((Button(t.plain(b.UNDO), f"desfaz:{change}"),),) if change else ()
    return Screen(t(c.FROM_NOW_ON, foods=t.listing(foods)), (*undo, *places(t, ("restricoes",))))


@screen(words.ONLY_NOW)
async def only_now(view: View, *, foods: list[str], change: int) -> Screen:
    """Something stays out of this week only."""
    t = view.t
    undo = (Button(t.plain(b.UNDO), f"desfaz:{change}"), place(t, "hoje"))
    return Screen(t(c.ONLY_NOW, foods=t.listing(foods)), (undo,))


@screen(words.TIPS)
async def tips(view: View) -> Screen:
    """Eating out."""
    return Screen(view.t(c.TIPS_OUT), places(view.t, ("hoje",)))


@screen(words.PEOPLE)
async def for_people(view: View, *, count: int, change: int | None) -> Screen:
    """For how many the list is now."""
    t = view.t
    if change is None:
        return Screen(t(c.TOO_MANY_PEOPLE, n=cart.MOST_PEOPLE), ((place(t, "compras"), place(t, "hoje")),))
    around = await shown(view)
    shares = (
        await cart.shares_of(view.conn, view.person.id, around.week) if around.week and view.person else ()
    )
    text = joined([t.count(c.FOR_PEOPLE, count), household(t, shares)])
    undo = Button(t.plain(b.UNDO), f"desfaz:{change}")
    each = shares_button(t, around.week) if around.week and len(shares) > 1 else ()
    return Screen(text, tuple(row for row in ((undo, place(t, "compras")), each) if row))
