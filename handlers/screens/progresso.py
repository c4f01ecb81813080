"""The week in a few kind facts, sent once a week or asked for; and new targets from the trend, for the person to decide.

What is sent unasked names no weight, no goal and no figure of the body: those are behind its button.
"""

from dataclasses import replace
from datetime import date as Date
from datetime import timedelta

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined, paragraphs
from handlers.keyboards import Rows, place, places
from handlers.screens import reminder_words as words
from handlers.screens.gostos import forbidden
from handlers.screens.peso import nothing_for, of, trend_lines
from handlers.screens.reminders import plan_of
from handlers.screens.shown import Shown, local_date, shown
from handlers.texts import buttons as b
from handlers.texts import progress as p
from handlers.transport.screens import Button, NothingToSay, Screen, View, screen
from menus import adapting, progress, tastes
from menus.adapting import EnergyOffer
from menus.progress import Summary
from menus.reminder_plan import Kind
from menus.reminder_tick import SUMMARY_SCREEN
from nutrition.adaptation import Why

VARIED = 4
"""From so many different dishes on, variety is worth telling."""

MOST_LIKED = 3
NO = "nao"


@screen(SUMMARY_SCREEN)
async def weekly(view: View, *, date: str) -> Screen:
    """The week, unasked; not sent when there is nothing kind to tell, nor to whom menus are not for."""
    t, around = view.t, await shown(view)
    if around.review is None or around.referred or view.person is None:
        raise NothingToSay
    found = await progress.summary(view.conn, view.person.id, Date.fromisoformat(date), view.services.table)
    if found.empty:
        raise NothingToSay
    found = await _speakable(view, found)
    rows = (
        (Button(t.plain(p.SEE_TREND), "peso_semana"),),
        (Button(t.plain(b.NO_NOTICE), f"l_resumo_dia:{NO}"),),
    )
    return Screen(_week(t, found), rows)


@screen("peso_semana")
async def asked(view: View) -> Screen:
    """The week, asked for: with the trend."""
    t, around = view.t, await shown(view)
    if (instead := nothing_for(view, around)) is not None or view.person is None:
        return instead or Screen(t(p.NO_RECORDS))
    last = local_date(view)
    found = await progress.summary(view.conn, view.person.id, last, view.services.table)
    found = await _speakable(view, found)
    weights = await of(view)
    note = (Button(t.plain(p.NOTE_WEIGHT), "peso"),)
    if found.empty and not weights.measures:
        return Screen(t(p.SUMMARY_EMPTY), (note, (place(t, "hoje"),)))
    weighed = t.count(p.WEIGHED, found.weighed) if found.weighed else ""
    trend = joined([weighed, *(trend_lines(t, weights, hidden=around.hidden) if weights.measures else [])])
    records = (Button(t.plain(p.RECORDS_BUTTON), "peso_registros"),)
    return Screen(paragraphs([_week(t, found), trend]), (note, records))


@screen("lembrete_dia_do_resumo")
async def which_day(view: View) -> Screen:
    """On which day the summary is sent."""
    t, plan = view.t, await plan_of(view)
    buttons = []
    for day in (4, 5, 6, 0, 1, 2, 3):
        label = capitalised(words.weekday(t, day))
        chosen = Kind.SUMMARY in plan.hours and plan.summary_day == day
        buttons.append(Button(t.plain(b.TICKED, label=label) if chosen else label, f"l_resumo_dia:{day}"))
    pairs = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    last = ((Button(t.plain(b.NO_NOTICE), f"l_resumo_dia:{NO}"),), (place(t, "lembretes", b.BACK),))
    return Screen(t(p.ASK_DAY), (*pairs, *last))


@screen("peso_meta")
async def proposed(view: View, *, offer: int) -> Screen:
    """A new target, in words, to use or not."""
    t, around = view.t, await shown(view)
    found = await adapting.get(view.conn, view.person.id, offer) if view.person else None
    if found is None or around.hidden or around.referred:
        raise NothingToSay
    change = found.change
    energies = {"after": t.kcal(change.kcal_after), "before": t.kcal(change.kcal_before)}
    if change.why == Why.WEIGHT.value:
        head = t(p.OFFER_WEIGHT, old=t.kg(change.weight_before), new=t.kg(change.weight_after), **energies)
    else:
        spends = p.SPENDS_MORE if change.correction_after > change.correction_before else p.SPENDS_LESS
        head = joined([t(p.OFFER, **energies), t(spends)])
    rows = (
        (Button(t.plain(p.USE, energy=energies["after"]), f"meta_usa:{offer}", style="primary"),),
        (Button(t.plain(p.KEEP, energy=energies["before"]), f"meta_fica:{offer}"),),
    )
    return Screen(joined([head, t(p.OFFER_ESTIMATE)]), rows)


@screen("peso_meta_resposta")
async def answered(view: View, *, offer: int, code: str = "") -> Screen:
    """What became of a proposal; ``code`` says why an answer had no effect."""
    t, around = view.t, await shown(view)
    found = await adapting.get(view.conn, view.person.id, offer) if view.person else None
    if found is None or code not in ("", adapting.ALREADY):
        return _old(t, around)
    if around.hidden:
        return Screen(t(p.RECORDS_HIDDEN), places(t, ("perfil",)))
    return _answer(t, around, found)


async def _speakable(view: View, found: Summary) -> Summary:
    """The same without dishes that a restriction of now forbids."""
    learned = await tastes.of(view.conn, view.person.id) if view.person and found.liked else ()
    marks = [(each.dish_id, each.name) for each in learned if each.name in found.liked]
    out = await forbidden(view, marks)
    unspoken = {name for dish_id, name in marks if dish_id in out}
    return replace(found, liked=tuple(name for name in found.liked if name not in unspoken))


def _answer(t: Catalogue, around: Shown, found: EnergyOffer) -> Screen:
    before, after = t.kcal(found.change.kcal_before), t.kcal(found.change.kcal_after)
    undo: Rows = ((Button(t.plain(b.UNDO), f"meta_desfaz:{found.id}"),), (place(t, "nova"),))
    match found.answer:
        case adapting.USED:
            return Screen(t(p.USED, after=after), undo)
        case adapting.KEPT:
            return Screen(
                t(p.KEPT, before=before), ((Button(t.plain(p.USE, energy=after), f"meta_usa:{found.id}"),),)
            )
        case adapting.UNDONE:
            return Screen(t(p.OFFER_UNDONE, before=before), places(t, ("hoje",)))
        case _:
            return _old(t, around)


def _old(t: Catalogue, around: Shown) -> Screen:
    targets = around.review.targets if around.review else None
    if targets is None or around.hidden:
        return Screen(t(p.ALREADY), places(t, ("hoje",)))
    return Screen(t(p.OFFER_OLD, now=t.kcal(targets.energy_kcal)), places(t, ("hoje",)))


def _week(t: Catalogue, found: Summary) -> Markup:
    """Days that were followed and what went well; nothing about those that were not."""
    days = t.listing(t.weekday(day) for day in found.done)
    done = t.count(p.SUMMARY_DONE, len(found.done), days=days) if found.done else t(p.SUMMARY_NONE)
    well = [
        t(p.PLANTS) if found.plants else "",
        t(p.VARIETY, n=t.number(found.dishes, 0)) if found.dishes >= VARIED else "",
        t(p.LIKED, dishes=t.listing(found.liked[:MOST_LIKED])) if found.liked else "",
    ]
    last = t(p.NEXT_WEEK)
    span = t.span(found.last - timedelta(days=6), found.last)
    good = joined([t(p.WENT_WELL), *well]) if any(well) else ""
    return paragraphs([joined([t(p.SUMMARY, span=span), done]), good, last])
