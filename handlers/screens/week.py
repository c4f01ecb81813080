"""The whole week, one line a day, and the next meal alone."""

from datetime import date as Date
from datetime import time
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined, paragraphs
from handlers.keyboards import new_day_button, place, places
from handlers.screens import guardrails
from handlers.screens.day import day_kcal, meal_text, no_menu
from handlers.screens.shown import Shown, shown
from handlers.texts import buttons as b
from handlers.texts import files as f
from handlers.texts import menu as m
from handlers.texts import profile as p
from handlers.texts.changes import LOCK, SWAP, UNLOCK
from handlers.transport.screens import Button, Screen, View, screen, screens
from nutrition.foods import FoodTable
from nutrition.menu import MAIN_SLOTS, Day, Meal, Role, Slot

EATEN_BY: dict[Slot, time] = {
    Slot.CAFE_DA_MANHA: time(9, 30),
    Slot.LANCHE_DA_MANHA: time(11, 0),
    Slot.ALMOCO: time(14, 30),
    Slot.LANCHE_DA_TARDE: time(17, 30),
    Slot.JANTAR: time(21, 30),
    Slot.CEIA: time(23, 59),
}
"""Until what local time a meal is still "the next one"."""


GREETINGS: dict[str, str] = {
    "bom_dia": m.GREETING_MORNING,
    "boa_tarde": m.GREETING_AFTERNOON,
    "boa_noite": m.GREETING_NIGHT,
}
"""A greeting is returned as it was said."""


@screen("semana")
async def week_view(view: View) -> Screen:
    """One line a day, no measures; a button for each day."""
    t, found = view.t, await shown(view)
    if found.referred:
        return guardrails.referral(view, found)
    if found.review is None:
        return Screen(t(m.NO_PROFILE), places(t, ("continuar",)))
    if found.week is None:
        return no_menu(t, found, found.today)
    days = found.week.days
    title = t(m.WEEK_TITLE, span=t.span(days[0].date, days[-1].date))
    lines = [day_line(t, view.services.table, found, day) for day in days]
    buttons = [Button(t.weekday_short(day.date), f"dia:{day.date.isoformat()}") for day in days]
    files = (Button(t.plain(f.PDF), "pdf"), Button(t.plain(f.AGENDA), "agenda"))
    looks = (place(t, "nova"), Button(t.plain(f.PICTURE), "imagem"))
    rows = (tuple(buttons[:4]), tuple(buttons[4:]), looks, files)
    return Screen(joined([title, *lines]), tuple(row for row in rows if row))


@screen("proxima")
async def next_meal(view: View, *, greet: str | bool) -> Screen:
    """The next meal by the local clock, with its measures; ``greet`` is a code of ``GREETINGS``, or nothing."""
    t, found = view.t, await shown(view)
    if found.referred:
        return guardrails.referral(view, found)
    day = found.day(found.today)
    if day is None:
        return (
            no_menu(t, found, found.today)
            if found.review
            else Screen(t(m.NO_PROFILE), places(t, ("continuar",)))
        )
    meal = _next(view, day)
    text = meal_text(t, view.services.table, found, meal)
    iso = day.date.isoformat()
    rows = (
        (Button(t.plain(b.RECIPE), f"receita:{iso}:{meal.slot.value}"), place(t, "hoje")),
        (place(t, "semana"),),
    )
    return Screen(paragraphs([t(GREETINGS.get(str(greet), m.GREETING)) if greet else "", text]), rows)


@screen("refeicao")
async def one_meal(view: View, *, date: str, slot: str) -> Screen:
    """One meal of a day, with its measures; the day where it has no such meal."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    day = None if found.referred else found.day(wanted)
    meal = next((each for each in day.meals if each.slot == slot), None) if day else None
    if day is None or meal is None:
        return await screens.render("dia", view, {"date": date})
    name = t.plain(m.TODAY) if wanted == found.today else t.weekday(wanted)
    swap = Button(t.plain(SWAP), f"troca:{date}:{slot}")
    recipe = Button(t.plain(b.RECIPE), f"receita:{date}:{slot}")
    gone = meal.withheld is not None or wanted < found.today
    label, verb = (UNLOCK, "destrava") if meal.locked else (LOCK, "trava")
    lock = Button(t.plain(label), f"{verb}:{date}:{slot}")
    rows = (
        ((recipe, new_day_button(t, b.SEE_WHOLE, wanted)),)
        if gone
        else ((recipe, swap), (lock, new_day_button(t, b.SEE_WHOLE, wanted)))
    )
    return Screen(
        joined([t(m.DAY_TITLE, day=capitalised(name)), meal_text(t, view.services.table, found, meal)]), rows
    )


@screen("perfil_nova_semana")
async def offer_new_week(view: View) -> Screen:
    """After a correction of the profile: the old week was made with other answers."""
    found = await shown(view)
    if found.week is None:
        return Screen(view.t(m.NO_WEEK), ((place(view.t, "nova", b.MAKE_WEEK),),))
    return Screen(view.t(p.NEW_WEEK), places(view.t, ("nova",), ("hoje",)))


def main_names(meal_or_day: Day) -> list[str]:
    """The main dishes of lunch and dinner, as short as they can be said."""
    return [_short(meal) for meal in meal_or_day.meals if meal.slot in MAIN_SLOTS and not meal.withheld]


def _short(meal: Meal) -> str:
    """ "Frango grelhado com couve" → "frango grelhado"; a head of one word ("arroz") would say too little."""
    main = next((dish.name for dish in meal.dishes if dish.role is Role.PRINCIPAL), meal.name)
    head = main.split(" com ")[0]
    return (head if " " in head else main).lower()


def day_line(t: Catalogue, table: FoodTable, found: Shown, day: Day) -> Markup:
    """ "Seg 1.850 kcal: frango grelhado e sopa de lentilha"; without energy for someone who hid numbers, and
    for a day that lost a meal: what is left of it is no day's energy."""
    mains = t.listing(main_names(day)) or "–"
    weekday = t.weekday_short(day.date)
    if found.hidden or any(meal.withheld for meal in day.meals):
        return t(m.WEEK_LINE_BARE, weekday=weekday, mains=mains)
    return t(m.WEEK_LINE, weekday=weekday, energy=t.kcal(day_kcal(table, day)), mains=mains)


def _next(view: View, day: Day) -> Meal:
    zone = view.person.time_zone if view.person else "America/Sao_Paulo"
    clock = view.now.astimezone(ZoneInfo(zone)).time()
    return next((meal for meal in day.meals if clock <= EATEN_BY[meal.slot]), day.meals[-1])
