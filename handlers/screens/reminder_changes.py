"""What was changed about reminders, said in the past tense, with [↩ Desfazer]."""

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import Row, places
from handlers.screens import reminder_words as words
from handlers.screens.reminders import is_paused, plan_of, status
from handlers.texts import buttons as b
from handlers.texts import progress as p
from handlers.texts import reminders as r
from handlers.transport.screens import Button, Screen, View, screen
from menus.places import Places
from menus.reminder_plan import Kind


def undo(t: Catalogue, revision: int) -> Row:
    """[↩ Desfazer] of one change."""
    return (Button(t.plain(b.UNDO), f"l_desfaz:{revision}"),)


@screen("lembrete_ligado")
async def hour_set(view: View, *, revision: int) -> Screen:
    """The hour was set."""
    t, plan = view.t, await plan_of(view)
    if not plan.hour:
        return await status(view)
    text = t(r.SET, days=words.days(t, plan.days), hour=words.hour(t, plan.hour), city=words.city(plan.zone))
    lines = [text]
    if is_paused(view, plan) and plan.resumes_on:
        lines.append(t(r.STATUS_PAUSED, on_date=words.on_date(t, plan.resumes_on)))
    days = Button(t.plain(b.CHANGE_DAYS), "l_dias")
    return Screen(joined(lines), ((*undo(t, revision), days),))


@screen("lembrete_desligado")
async def off(view: View, *, revision: int) -> Screen:
    """Reminders are off; ``revision`` 0: they were."""
    return Screen(view.t(r.OFF), (undo(view.t, revision),) if revision else ())


@screen("lembrete_desfeito")
async def undone(view: View) -> Screen:
    """As it was before."""
    t, plan = view.t, await plan_of(view)
    text = t(r.UNDONE, hour=words.hour(t, plan.hour)) if plan.hour else t(r.UNDONE_OFF)
    return Screen(text if plan.hour or not plan.on else t(r.UNDONE_OTHERS), places(t, ("lembretes",)))


@screen("lembrete_dias_mudados")
async def days_set(view: View, *, revision: int) -> Screen:
    """The days were set in words."""
    t, plan = view.t, await plan_of(view)
    said = words.days(t, plan.days)
    text = (
        t(r.DAYS_SET, days=said, hour=words.hour(t, plan.hour)) if plan.hour else t(r.DAYS_SET_OFF, days=said)
    )
    return Screen(text, (undo(t, revision),))


@screen("lembrete_mudou_cidade")
async def moved(view: View, *, place_id: str, revision: int) -> Screen:
    """The zone was set."""
    t, plan = view.t, await plan_of(view)
    found, zone = Places.load().by_id.get(place_id), words.city(plan.zone)
    now = t.hour(view.now.astimezone(words.zone(plan.zone)).time())
    named = found is not None and found.name not in (zone, "")
    line = (
        t(r.MOVED_AS, place=found.name, city=zone, now=now)
        if found and named
        else t(r.MOVED, city=zone, now=now)
    )
    keeps = t(r.KEEPS_HOUR, hour=words.hour(t, plan.hour)) if plan.hour else ""
    return Screen(joined([line, keeps]), (undo(t, revision),))


@screen("lembrete_pausado")
async def paused(view: View, *, revision: int) -> Screen:
    """Paused until a date; ``revision`` 0: nothing is on."""
    t, plan = view.t, await plan_of(view)
    first = words.first_day(plan, view.now)
    if not revision or first is None:
        return Screen(t(r.PAUSE_OFF), places(t, ("lembretes",)))
    day, at = first
    return Screen(t(r.PAUSED, on_date=words.on_date(t, day), hour=words.hour(t, at)), (undo(t, revision),))


@screen("lembrete_retomado")
async def resumed(view: View) -> Screen:
    """The pause, or the silence, is over."""
    t, first = view.t, words.first_day(await plan_of(view), view.now, of_any=True)
    if first is None:
        return await status(view)
    text = t(r.RESUMED, on_date=words.on_date(t, first[0]), hour=words.hour(t, first[1]))
    return Screen(text, places(t, ("lembretes",)))


@screen("lembrete_opcao")
async def option_set(view: View, *, kind: str, revision: int) -> Screen:
    """The evening before, the meals or the weekly question were changed."""
    t, plan = view.t, await plan_of(view)
    match kind:
        case Kind.EVE if Kind.EVE in plan.hours:
            text = t(r.EVE_ON, hour=words.hour(t, plan.hours[Kind.EVE]))
        case Kind.EVE:
            text = t(r.EVE_OFF)
        case Kind.WEEK if Kind.WEEK in plan.hours:
            at = words.hour(t, plan.hours[Kind.WEEK])
            text = t(r.WEEK_SET, on_day=words.on_day(t, plan.week_day), hour=at)
        case Kind.WEEK:
            text = t(r.WEEK_OFF)
        case Kind.SUMMARY if Kind.SUMMARY in plan.hours:
            at = words.hour(t, plan.hours[Kind.SUMMARY])
            text = t(p.SUMMARY_SET, on_day=words.on_day(t, plan.summary_day), hour=at)
        case Kind.SUMMARY:
            text = t(p.SUMMARY_OFF)
        case _:
            text = t(r.MEALS_SET, meals=words.meals(t, plan)) if plan.meals else t(r.MEALS_OFF)
    return Screen(text, (undo(t, revision),))
