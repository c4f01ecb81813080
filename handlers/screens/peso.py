"""/peso: asked, understood, kept, taken back; the picture of the trend; the figures that were noted."""

import asyncio
from dataclasses import replace
from datetime import date as Date

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.files.making import weight_chart
from handlers.keyboards import Row, places
from handlers.screens import guardrails
from handlers.screens.shown import Shown, local_date, shown
from handlers.texts import buttons as b
from handlers.texts import menu as m
from handlers.texts import progress as p
from handlers.transport.screens import Attachment, Button, Screen, View, screen
from menus import progress, quieting
from menus.progress import Progress
from nutrition.measurements import RANGE
from nutrition.trend import Pace, Trend, limit, pace

MOST_RECORDS = 10
PACES: dict[Pace, str] = {
    Pace.FALLS_FAST: p.FALLS_FAST,
    Pace.FALLS: p.FALLS,
    Pace.FALLS_SLOWLY: p.FALLS_SLOWLY,
    Pace.STEADY: p.STEADY,
    Pace.RISES_SLOWLY: p.RISES_SLOWLY,
    Pace.RISES: p.RISES,
}


@screen("peso_pergunta")
async def ask(view: View) -> Screen:
    """Ask for today's weight, under the trend so far."""
    t, around = view.t, await shown(view)
    if (instead := nothing_for(view, around)) is not None:
        return instead
    found = await of(view)
    row = (Button(t.plain(p.RECORDS_BUTTON), "peso_registros"), Button(t.plain(b.NOT_NOW), "peso_depois"))
    rows = (row, (summary_button(t),)) if found.measures else ((Button(t.plain(b.NOT_NOW), "peso_depois"),),)
    lines = trend_lines(t, found, hidden=around.hidden) if len(found.measures) > 1 else []
    return Screen(paragraphs([joined(lines), t(p.ASK)]), rows, photo=await _picture(view, around, found))


@screen("peso_qual")
async def which(view: View, *, said: str, values: list[float], ago: int) -> Screen:
    """What was read is no weight; what may have been meant is offered, never taken."""
    t = view.t
    offered = tuple(
        (Button(t.plain(b.IT_IS, value=t.kg(kg)), f"peso_e:{round(10 * kg)}:{ago}"),) for kg in values
    )
    fix = (Button(t.plain(b.FIX), "peso_corrige"),)
    text = t(p.READ_AS, said=said, value=t.kg(values[0])) if len(values) == 1 else t(p.WHICH, said=said)
    return Screen(text, (*offered, fix))


@screen("peso_confirma")
async def sure(view: View, *, kg: float, before: float, on: str, day: str = "") -> Screen:
    """Improbably far from the last one; ``on`` is its date, "" when it is the profile's. Without ``day`` the answer in
    the profile is being corrected."""
    t, around, value = view.t, await shown(view), view.t.kg(kg)
    if around.hidden:
        text = t(p.JUMP_HIDDEN, value=value)
    elif on:
        text = t(p.JUMP, day=t.day_and_month(Date.fromisoformat(on)), before=t.kg(before), value=value)
    else:
        text = t(p.JUMP_PROFILE, before=t.kg(before), value=value)
    right, fix = (
        (f"peso_sim:{round(10 * kg)}:{day}", "peso_corrige")
        if day
        else (f"aceito:weight:{kg}", "repete:weight")
    )
    return Screen(text, ((Button(t.plain(b.IT_IS, value=value), right),), (Button(t.plain(b.FIX), fix),)))


@screen("peso_nao_entendi")
async def not_read(view: View, *, said: str, problem: str = "") -> Screen:
    """Neither a weight nor near one: ask again, with an example."""
    sentence = p.OUT_OF_RANGE if problem == RANGE else p.NOT_READ
    return Screen(view.t(sentence, said=said), ((Button(view.t.plain(b.NOT_NOW), "peso_depois"),),))


@screen("peso_depois")
async def another_time(view: View) -> Screen:
    """Not now."""
    return Screen(view.t(p.ANOTHER_TIME))


@screen("peso_anotado")
async def kept(view: View, *, weight: int) -> Screen:
    """What was noted, the trend, and the picture once there is something to see."""
    t, around = view.t, await shown(view)
    instead = nothing_for(view, around)
    entry = await progress.weight_of(view.conn, view.person.id, weight) if view.person else None
    if instead is not None:
        undo = (Button(t.plain(b.UNDO), f"peso_desfaz:{weight}"),)
        return replace(instead, buttons=(*instead.buttons, undo)) if entry is not None else instead
    if entry is None:
        return Screen(t(p.ALREADY), places(t, ("hoje",)))
    found, said_when = await of(view), when(t, entry.day, around.today)
    values = {"weight": t.kg(entry.kg), "when": said_when, "before": t.kg(entry.replaced_kg or 0)}
    sentence = p.SAVED_HIDDEN if around.hidden else p.CHANGED if entry.replaced_kg else p.SAVED
    rows = (
        (
            Button(t.plain(b.UNDO), f"peso_desfaz:{weight}"),
            Button(t.plain(p.RECORDS_BUTTON), "peso_registros"),
        ),
        (summary_button(t),),
    )
    text = joined([t(sentence, **values), *trend_lines(t, found, hidden=around.hidden)])
    return Screen(text, rows, photo=await _picture(view, around, found))


@screen("peso_desfeito")
async def undone(view: View, *, day: str, kg: float | None) -> Screen:
    """One entry was taken back; ``kg`` stands there again. ``day`` "": it was taken back before."""
    t, around = view.t, await shown(view)
    again = ((Button(t.plain(p.NOTE_WEIGHT), "peso"),),)
    if not day:
        return Screen(t(p.ALREADY), again)
    if around.hidden:
        waits = view.person is not None and await quieting.waits(view.conn, view.person.id, view.now)
        return Screen(joined([t(p.UNDONE_HIDDEN), *([t(p.WAITS_FOR_RIGHT)] if waits else [])]), again)
    said_when = when(t, Date.fromisoformat(day), around.today)
    text = t(p.UNDONE, when=said_when) if kg is None else t(p.UNDONE_BACK, when=said_when, weight=t.kg(kg))
    return Screen(text, again)


@screen("peso_como_antes")
async def as_before(view: View) -> Screen:
    """The right weight was told: what a mistyped one had stopped is back."""
    return Screen(view.t(p.AS_BEFORE))


@screen("peso_grafico")
async def chart(view: View, *, dark: bool = False) -> Screen:
    """The picture alone, light or dark."""
    t, around = view.t, await shown(view)
    found = await of(view)
    picture = await _picture(view, around, found, dark=dark)
    if picture is None:
        return await records(view)
    other = Button(
        t.plain(p.LIGHT_CHART if dark else p.DARK_CHART), f"peso_grafico:{'claro' if dark else 'escuro'}"
    )
    return Screen(joined(trend_lines(t, found, hidden=False)), ((other,),), photo=picture)


@screen("peso_registros")
async def records(view: View) -> Screen:
    """The newest figures, each a button to take it out."""
    t, around = view.t, await shown(view)
    if (instead := nothing_for(view, around)) is not None:
        return instead
    found = await of(view)
    if not found.measures:
        return Screen(t(p.NO_RECORDS), ((Button(t.plain(p.NOTE_WEIGHT), "peso"),),))
    if around.hidden:
        return Screen(t(p.RECORDS_HIDDEN), places(t, ("perfil",)))
    newest = list(reversed(found.measures))[:MOST_RECORDS]
    lines = [t(p.RECORD, day=t.day_and_month(each.day), weight=t.kg(each.kg)) for each in newest]
    rows: list[Row] = [
        (
            Button(
                t.plain(p.RECORD_BUTTON, day=f"{each.day:%d/%m}", weight=t.kg(each.kg)),
                f"peso_dia:{each.day.isoformat()}",
            ),
        )
        for each in newest
    ]
    rows.append((Button(t.plain(p.DARK_CHART), "peso_grafico:escuro"),))
    rows.append((Button(t.plain(p.NOTE_WEIGHT), "peso"),))
    return Screen(joined([t(p.RECORDS), *lines, t(p.RECORDS_WHICH)]), tuple(rows))


@screen("peso_registro")
async def one_record(view: View, *, day: str) -> Screen:
    """One figure: take it out?"""
    t, wanted, around = view.t, Date.fromisoformat(day), await shown(view)
    if (instead := nothing_for(view, around)) is not None:
        return instead
    if around.hidden:
        return Screen(t(p.RECORDS_HIDDEN), places(t, ("perfil",)))
    entry = next((each for each in (await of(view)).measures if each.day == wanted), None)
    back = (Button(t.plain(b.BACK), "peso_registros"),)
    if entry is None:
        return Screen(t(p.RECORD_GONE), (back,))
    text = t(p.ONE_RECORD, day=t.day_and_month(wanted), weight=t.kg(entry.kg))
    return Screen(text, ((Button(t.plain(p.REMOVE_IT), f"peso_tira:{day}"),), back))


@screen("peso_tirado")
async def removed(view: View, *, day: str) -> Screen:
    """One figure was taken out."""
    t = view.t
    text = t(p.REMOVED, day=t.day_and_month(Date.fromisoformat(day)))
    return Screen(text, ((Button(t.plain(p.RECORDS_BUTTON), "peso_registros"),),))


def trend_lines(t: Catalogue, found: Progress, *, hidden: bool) -> list[Markup]:
    """The trend in words, and what a single day means beside it."""
    if found.trend is None:
        return [t(p.TOO_EARLY)]
    return [_pace(t, found.trend, hidden=hidden), *_care(t, found.trend, hidden=hidden), t(p.NOISE)]


def summary_button(t: Catalogue) -> Button:
    """[Resumo da semana]."""
    return Button(t.plain(p.SUMMARY_BUTTON), "peso_semana")


def nothing_for(view: View, around: Shown) -> Screen | None:
    """The screen instead, for somebody whom weights are not for; None for everybody else."""
    if around.review is None:
        return Screen(view.t(m.NO_PROFILE), places(view.t, ("continuar",)))
    return guardrails.referral(view, around) if around.referred else None


async def of(view: View) -> Progress:
    """The person's weights and what they show."""
    if view.person is None:
        return Progress((), (), None)
    return await progress.progress_of(view.conn, view.person.id, local_date(view))


def when(t: Catalogue, day: Date, today: Date) -> str:
    """Hoje, ontem, or 20 de novembro."""
    named = {0: p.TODAY, 1: p.YESTERDAY}.get((today - day).days)
    return t.plain(named) if named else t.day_and_month(day)


def _pace(t: Catalogue, trend: Trend, *, hidden: bool) -> Markup:
    said = pace(trend)
    words = {"weeks": t.number(trend.weeks, 0), "pace": t.plain(PACES[said])}
    if hidden or said is Pace.STEADY:
        return t(p.TREND_BARE, **words)
    return t(p.TREND, amount=t.kg(abs(trend.per_week)), **words)


def _care(t: Catalogue, trend: Trend, *, hidden: bool) -> list[Markup]:
    if pace(trend) is not Pace.FALLS_FAST:
        return []
    fast = t(p.TOO_FAST_HIDDEN) if hidden else t(p.TOO_FAST, limit=t.kg(limit(trend.kg)))
    return [fast, t(p.SEE_SOMEBODY)]


async def _picture(view: View, around: Shown, found: Progress, *, dark: bool = False) -> Attachment | None:
    """The picture, once there are two figures to put a line through; never for who hid numbers."""
    if around.hidden or around.referred or len(found.measures) < 2:
        return None
    png = await asyncio.to_thread(weight_chart, found.measures, found.line, view.t, dark=dark)
    return Attachment(view.t.plain(p.CHART_FILE, day=around.today.isoformat()), png)
