"""After a change: what comes again next week, what stays out of it, for how many the list is, tips for eating out."""

from datetime import date as Date

from handlers.catalogue import joined
from handlers.keyboards import day_button, place, places
from handlers.screens import trocar_words as words
from handlers.screens.day import SLOTS
from handlers.screens.shown import shown
from handlers.screens.trocar import day_of, gone
from handlers.texts import buttons as b
from handlers.texts import changes as c
from handlers.transport.screens import Button, Screen, View, screen
from menus import cart
from menus.changes import undo as changes


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
    text = joined([t.count(c.FOR_PEOPLE, count), t(c.FOR_PEOPLE_EACH)])
    undo = Button(t.plain(b.UNDO), f"desfaz:{change}")
    return Screen(text, ((undo, place(t, "compras")),))
