"""/perfil: each confirmed answer, a button to correct it, numbers shown or hidden; and everything in words."""

from markupsafe import Markup

from handlers.catalogue import joined, paragraphs
from handlers.keyboards import place, places
from handlers.onboarding.steps import BY_ID
from handlers.screens.shown import local_date
from handlers.screens.summary import answer_lines, fixed, items
from handlers.texts import buttons as b
from handlers.texts import menu as m
from handlers.texts import profile as p
from handlers.texts import progress as measured
from handlers.texts import tastes as g
from handlers.texts import wishes as w
from handlers.transport.screens import Button, Screen, View, screen
from menus import people, progress, tastes, wished
from menus.answers import Answers


@screen("perfil")
async def profile(view: View) -> Screen:
    """All items and their buttons."""
    t, answers = view.t, await _answers(view)
    if answers is None or view.person is None:
        return Screen(t(m.NO_PROFILE), places(t, ("continuar",)))
    hidden = await people.numbers_hidden(view.conn, view.person.id)
    lines = answer_lines(view, answers, hidden=hidden)
    switch = (
        Button(t.plain(b.SHOW_NUMBERS), "numeros:mostrar")
        if hidden
        else Button(t.plain(b.HIDE_NUMBERS), "numeros:esconder")
    )
    text = paragraphs([joined([t(p.TITLE), *lines]), joined([t(p.HIDDEN) if hidden else "", t(p.WHICH)])])
    return Screen(text, (*items(t, answers), (switch,), (place(t, "gostos"),), (place(t, "privacidade"),)))


@screen("perfil_corrigido")
async def corrected(view: View, *, step: str) -> Screen:
    """One item was corrected."""
    answers = await _answers(view) or Answers()
    return Screen(fixed(view, BY_ID[step], answers))


@screen("tudo")
async def everything(view: View) -> Screen:
    """What is kept about the person, in words; the figures are in the files of /exportar, hidden or not."""
    t, answers = view.t, await _answers(view)
    if answers is None:
        return Screen(t(m.NO_PROFILE), places(t, ("continuar",)))
    hidden = view.person is not None and await people.numbers_hidden(view.conn, view.person.id)
    rows = ((place(t, "perfil"),), (place(t, "gostos"),), (place(t, "exportar"),), (place(t, "apagar"),))
    wishes = await wished.kept(view.conn, view.person.id) if view.person else ""
    asked = t(w.EVERYTHING, wishes=wishes) if wishes else ""
    lines = answer_lines(view, answers, hidden=hidden)
    note = t(p.HIDDEN) if hidden else ""
    return Screen(joined([t(p.TITLE), *lines, asked, *await _learned(view), note]), rows)


async def _learned(view: View) -> list[Markup]:
    """How much was noted and learned beside the answers."""
    if view.person is None:
        return []
    measures = (await progress.progress_of(view.conn, view.person.id, local_date(view))).measures
    dishes = await tastes.of(view.conn, view.person.id)
    weighed = [view.t.count(measured.ALL_WEIGHTS, len(measures))] if measures else []
    return [*weighed, view.t.count(g.ALL_TASTES, len(dishes))] if dishes else weighed


async def _answers(view: View) -> Answers | None:
    return await people.answers_of(view.conn, view.person.id) if view.person else None
