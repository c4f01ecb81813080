"""Pictures, the PDF and the calendar file, each with a caption that says the same in words.

They are made when they are sent, in a thread: what a changed restriction took out is not in them.
"""

import asyncio
from datetime import date as Date

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined
from handlers.files.amounts import amount_text
from handlers.files.making import day_chart, week_card, week_ics, week_pdf
from handlers.keyboards import places
from handlers.screens import guardrails
from handlers.screens.day import day_kcal, meal_totals, no_menu
from handlers.screens.shown import Shown, shown
from handlers.screens.week import main_names
from handlers.texts import files as f
from handlers.texts import menu as m
from handlers.transport.screens import Attachment, Button, Screen, View, screen
from menus import cart as carts
from nutrition.menu import Week
from nutrition.person import Targets
from nutrition.totals import Totals

CARD, CHART, PDF, AGENDA = "imagem", "grafico", "pdf", "agenda"
"""Names of the screens, and verbs of the buttons that lead to them."""


@screen(CARD)
async def card_view(view: View, *, dark: bool = False) -> Screen:
    """The week as a picture, light or dark."""
    t, found = view.t, await shown(view)
    week = found.week
    if week is None or found.referred:
        return _none(view, found)
    png = await asyncio.to_thread(week_card, week, t, dark=dark)
    lines = [
        t(f.CARD_LINE, weekday=t.weekday_short(day.date), meals=t.listing(main_names(day)) or "–")
        for day in week.days
    ]
    caption = t(f.CARD_CAPTION, span=_span(t, week), days=joined(lines))
    other = Button(t.plain(f.PICTURE if dark else f.PICTURE_DARK), data=CARD if dark else f"{CARD}:escura")
    name = t.plain(f.CARD_FILE, start=week.start.isoformat())
    return Screen(caption, ((other,),), photo=Attachment(name, png))


@screen(CHART)
async def chart_view(view: View, *, date: str) -> Screen:
    """A day's macronutrients against the targets; nothing for someone who hid numbers."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    day = found.day(wanted)
    if day is None or found.referred:
        return _none(view, found, wanted)
    if found.hidden:
        return Screen(t(f.NUMBERS_HIDDEN), places(t, ("perfil",)))
    table = view.services.table
    totals = meal_totals(table, [meal for meal in day.meals if not meal.withheld])
    # The picture and the day view must say the same energy: the sum of its meals as they are shown.
    totals.values["energy_kcal"] = day_kcal(table, day)
    targets = found.review.targets if found.review else None
    png = await asyncio.to_thread(day_chart, day.date, totals, targets, t)
    return Screen(
        _chart_caption(t, day.date, totals, targets),
        photo=Attachment(t.plain(f.CHART_FILE, day=day.date.isoformat()), png),
    )


@screen(PDF)
async def pdf_view(view: View) -> Screen:
    """The week for printing."""
    t, found = view.t, await shown(view)
    week = found.week
    if week is None or found.referred or view.person is None:
        return _none(view, found)
    cart = await carts.cart_of(view.conn, view.person.id, week, view.services.table)
    content = await asyncio.to_thread(week_pdf, week, cart.list, t, people=cart.people)
    name = t.plain(f.PDF_FILE, start=week.start.isoformat())
    return Screen(t(f.PDF_CAPTION, span=_span(t, week)), document=Attachment(name, content))


@screen(AGENDA)
async def agenda_view(view: View) -> Screen:
    """The week's meals as a calendar file, in the person's time zone."""
    t, found = view.t, await shown(view)
    week = found.week
    if week is None or found.referred or view.person is None:
        return _none(view, found)
    content = await asyncio.to_thread(week_ics, week, view.person.time_zone, t, view.now)
    name = t.plain(f.ICS_FILE, start=week.start.isoformat())
    return Screen(t(f.ICS_CAPTION, span=_span(t, week)), document=Attachment(name, content))


def _none(view: View, found: Shown, wanted: Date | None = None) -> Screen:
    """Why there is nothing to draw."""
    if found.referred:
        return guardrails.referral(view, found)
    if found.review is None:
        return Screen(view.t(m.NO_PROFILE), places(view.t, ("continuar",)))
    return no_menu(view.t, found, wanted or found.today)


def _chart_caption(t: Catalogue, day: Date, totals: Totals, targets: Targets | None) -> Markup:
    energy = t.kcal(totals.values["energy_kcal"])
    if targets:
        energy = t.plain(f.OF_TARGET, amount=energy, target=t.kcal(targets.energy_kcal))
    rows = ((f.PROTEIN, "protein_g"), (f.CARBS, "carbohydrate_g"), (f.FAT, "fat_g"), (f.FIBRE, "fiber_g"))
    lines = [t(f.CHART_ENERGY, energy=energy)]
    for label, key in rows:
        target = float(getattr(targets, key)) if targets else None
        amount = amount_text(t, totals.values[key], target, at_least=key == "fiber_g")
        lines.append(t(f.CHART_LINE, name=t(label), amount=amount))
    return t(f.CHART_CAPTION, day=capitalised(t.day(day)), lines=joined(lines))


def _span(t: Catalogue, week: Week) -> str:
    return t.span(week.days[0].date, week.days[-1].date)
