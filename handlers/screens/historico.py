"""/historico: the list of past weeks, one week a line a day, and two weeks side by side."""

from collections.abc import Callable

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.keyboards import place, places
from handlers.screens import guardrails
from handlers.screens.shown import Shown, shown
from handlers.screens.week import day_line, main_names
from handlers.texts import buttons as b
from handlers.texts import history as h
from handlers.texts import menu as m
from handlers.transport.screens import Button, Screen, View, screen
from menus import history
from menus.history import Figures
from nutrition.menu import Week

NAMED = 4
"""So many main dishes name a week in the list."""


@screen("historico")
async def weeks_view(view: View) -> Screen:
    """Each past week with a few of its dishes, and a button for each."""
    t, found = view.t, await shown(view)
    if found.referred:
        return guardrails.referral(view, found)
    if found.review is None or view.person is None:
        return Screen(t(m.NO_PROFILE), places(t, ("continuar",)))
    weeks = await history.past_weeks(view.conn, view.person.id, view.services.menus)
    if not weeks:
        return Screen(t(h.NONE), ((place(t, "nova", b.MAKE_WEEK),),))
    lines = [t(h.LINE, span=_span(t, saved.week), mains=_mains(t, saved.week)) for saved in weeks]
    buttons = [Button(_short(saved.week), f"h_ver:{saved.id}") for saved in weeks]
    rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    return Screen(paragraphs([t(h.TITLE), *lines]), rows)


async def _opened(view: View, week_id: int) -> Screen | tuple[Shown, int, Week, tuple[Week, ...]]:
    """What holds for the person, their id, the listed week of that number and the others, latest first; or what is shown
    instead."""
    found = await shown(view)
    if found.referred:
        return guardrails.referral(view, found)
    weeks = await history.past_weeks(view.conn, view.person.id, view.services.menus) if view.person else ()
    saved = next((each.week for each in weeks if each.id == week_id), None)
    if saved is None or view.person is None:
        return Screen(view.t(h.GONE), ((Button(view.t.plain(h.HISTORY), "historico"),),))
    return found, view.person.id, saved, tuple(each.week for each in weeks if each.id != week_id)


@screen("historico_semana")
async def week_view(view: View, *, week: int) -> Screen:
    """One past week, a line a day."""
    opened = await _opened(view, week)
    if isinstance(opened, Screen):
        return opened
    t, (found, person_id, saved, _others) = view.t, opened
    told = await history.figures(view.conn, person_id, saved, view.services.table)
    done = t.count(h.DONE_DAYS, told.done) if told.done else ""
    lines = [day_line(t, view.services.table, found, day) for day in saved.days]
    rows = (
        (Button(t.plain(h.REPEAT), f"h_repete:{week}"), Button(t.plain(h.COMPARE), f"h_compara:{week}")),
        (Button(t.plain(h.BACK), "historico"),),
    )
    return Screen(joined([t(h.WEEK, span=_span(t, saved)), *lines, done]), rows)


@screen("historico_compara")
async def comparison(view: View, *, week: int) -> Screen:
    """A past week and the newest other one: means a day, dishes in common, days done."""
    opened = await _opened(view, week)
    if isinstance(opened, Screen):
        return opened
    t, (found, person_id, saved, others) = view.t, opened
    back = ((Button(t.plain(h.BACK), f"h_ver:{week}"),),)
    if not others:
        return Screen(t(h.ONLY_ONE), back)
    first, last = sorted((saved, others[0]), key=lambda each: each.start)
    before, after = [
        await history.figures(view.conn, person_id, each, view.services.table) for each in (first, last)
    ]
    dates = (_short(first), _short(last))
    title = t(h.COMPARED, before=dates[0], after=dates[1])
    shared = t.count(h.SHARED, len(before.mains & after.mains))
    numbers = [] if found.hidden else _numbers(t, dates, before, after)
    done = t(h.DONE, before=before.done, after=after.done)
    return Screen(joined([title, *numbers, done, shared]), back)


def _numbers(t: Catalogue, dates: tuple[str, str], before: Figures, after: Figures) -> list[Markup]:
    """The means of both weeks; why there are none where a week has no whole day."""
    broken = [date for date, each in zip(dates, (before, after), strict=True) if not each.whole]
    if broken:
        return [t(h.NO_WHOLE, weeks=t.listing(broken))]
    told: tuple[tuple[str, str, Callable[[float], str]], ...] = (
        ("energy_kcal", h.ENERGY, t.kcal),
        ("protein_g", h.PROTEIN, t.grams),
        ("fiber_g", h.FIBRE, t.grams),
        ("fruit_vegetable_g", h.PLANTS, t.grams),
    )
    means = [
        t(sentence, before=said(before.nutrients[name]), after=said(after.nutrients[name]))
        for name, sentence, said in told
        if name in before.nutrients and name in after.nutrients
    ]
    some = [t(h.ONLY_WHOLE)] if before.whole < before.days or after.whole < after.days else []
    return [t(h.AVERAGE, before=dates[0], after=dates[1]), *means, *some]


def _span(t: Catalogue, week: Week) -> str:
    return t.span(week.days[0].date, week.days[-1].date)


def _short(week: Week) -> str:
    """23/11."""
    return f"{week.start.day:02}/{week.start.month:02}"


def _mains(t: Catalogue, week: Week) -> str:
    names = list(dict.fromkeys(name for day in week.days for name in main_names(day)))
    return t.listing(names[:NAMED]) or "–"
