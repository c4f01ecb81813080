"""What a person's document asks for, as a question; the choice of parts; what was used, and undone."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.keyboards import Row, place, places
from handlers.texts import buttons as b
from handlers.texts import documents as d
from handlers.transport.screens import Button, NothingToSay, Screen, View, screen
from menus import documents, own_plans, own_settings, people
from menus.documents import OwnDocument
from menus.own_settings import EVERYTHING, Figure, Part, Proposal
from nutrition.foods import FoodTable
from nutrition.restrictions.labels import label

_WITHOUT = "sem "
"""How labels of some kinds begin ("sem fritura")."""

MOST_LEFT_OUT = 4
"""Foods named that are left out; the others are, too."""


@screen("doc_ajustes")
async def settings(view: View, *, document: int) -> Screen:
    """The question. It rings when a document was just read, and can be opened from the document later."""
    found, offered, hidden = await _offered(view, document)
    if found is None:
        raise NothingToSay
    t = view.t
    opened = ((Button(t.plain(d.OPEN), f"doc:{found.id}"),),)
    if offered is None:
        return Screen(t(d.REFERRED), opened)
    asked = _asked(t, offered, view.services.table, hidden=hidden)
    notes = _notes(t, offered, hidden=hidden)
    if not offered.parts:
        return Screen(paragraphs([t(d.ALL_SAME) if not notes else "", *notes]), opened)
    rows: list[Row] = [
        (
            Button(t.plain(d.USE), f"doc_usa:{found.id}:{int(offered.parts)}", style="primary"),
            Button(t.plain(d.DO_NOT_USE), f"doc_nao:{found.id}"),
        )
    ]
    passage = Button(t.plain(d.SEE_PASSAGE), f"doc_le:{found.id}:{await _place(view, found, offered)}")
    if offered.parts & (offered.parts - 1):  # more than one
        rows.append((Button(t.plain(d.CHOOSE), f"doc_escolhe:{found.id}:{int(offered.parts)}"), passage))
    else:
        rows.append((passage,))
    return Screen(paragraphs([asked, *notes]), tuple(rows))


@screen("doc_escolha")
async def choice(view: View, *, document: int, parts: int) -> Screen:
    """Each part that can be used, ticked or not."""
    found, offered, hidden = await _offered(view, document)
    if found is None or offered is None or not offered.parts:
        return await settings(view, document=document)
    t, marked = view.t, Part(parts) & offered.parts
    _found, then, _hidden = await _offered(view, document, marked)
    without = _refused(t, then, hidden=hidden) if then and marked & then.refused else []
    rows = []
    for part, words in _labels(t, offered, hidden=hidden).items():
        name = t.plain(b.TICKED, label=words) if part in marked else words
        rows.append((Button(name[:40], f"doc_escolhe:{found.id}:{int(marked ^ part)}"),))
    back = Button(t.plain(d.BACK), f"doc_ajustes:{found.id}")
    done = Button(t.plain(d.USE_THESE), f"doc_usa:{found.id}:{int(marked)}", style="primary")
    return Screen(paragraphs([t(d.WHICH), *without]), (*rows, (done, back) if marked else (back,)))


@screen("doc_usei")
async def used(view: View, *, document: int, parts: int, left: int = 0) -> Screen:
    """What was taken into the profile, as it holds there; ``left``: parts that were wanted and are beyond the limits."""
    t = view.t
    profile = await people.profile_of(view.conn, view.person.id) if view.person else None
    targets = people.review(profile).targets if profile else None
    if profile is None or targets is None:
        raise NothingToSay
    _found, then, hidden = await _offered(view, document, Part(0))
    without = _refused(t, then, hidden=hidden) if then and left else []
    if not parts:
        return Screen(
            paragraphs(without or [t(d.NOT_USED)]), ((Button(t.plain(d.BACK), f"doc_ajustes:{document}"),),)
        )
    now = Proposal(
        meals=Figure(profile.meals_per_day, None),
        energy_kcal=Figure(targets.energy_kcal, None),
        protein_g=Figure(targets.protein_g, None),
    )
    words = _words(t, now, hidden=hidden)
    what = t.listing(text for part, text in words.items() if part in Part(parts))
    rows = ((Button(t.plain(b.UNDO), "doc_desfaz"), place(t, "nova")),)
    return Screen(paragraphs([t(d.USED_HIDDEN if hidden else d.USED, what=what), *without]), rows)


@screen("doc_nao_usei")
async def not_used(view: View, *, noted: bool = False) -> Screen:
    """Nothing was taken into the profile; ``noted``: restrictions were, and the next message says so."""
    undo = ((Button(view.t.plain(b.UNDO), "doc_desfaz"),),)
    return Screen(view.t(d.NOTED), undo) if noted else Screen(view.t(d.NOT_USED))


@screen("doc_desfeito")
async def undone(view: View, *, undone: bool) -> Screen:
    """The profile is as it was; or it was changed since."""
    if undone:
        return Screen(view.t(d.UNDONE))
    return Screen(view.t(d.CHANGED_SINCE), places(view.t, ("perfil",)))


async def _offered(
    view: View, document: int, chosen: Part = EVERYTHING
) -> tuple[OwnDocument | None, Proposal | None, bool]:
    """The person's document, what can be proposed of it when ``chosen`` is used, and whether numbers are hidden."""
    if view.person is None:
        return None, None, False
    found = await documents.find(view.conn, view.person.id, document)
    profile = await people.profile_of(view.conn, view.person.id)
    if found is None or profile is None:
        return found, None, False
    plan = own_plans.plan_of(found)
    offered = await asyncio.to_thread(own_settings.proposal, plan, profile, view.services.table, chosen)
    return found, offered, await people.numbers_hidden(view.conn, view.person.id)


def _labels(t: Catalogue, offered: Proposal, *, hidden: bool) -> Mapping[Part, str]:
    """Each usable part as a button: short, with its number where numbers may be seen."""
    labels = dict(_words(t, offered, hidden=hidden))
    if hidden:
        names = {Part.MEALS: b.ITEM_MEALS, Part.ENERGY: d.ENERGY_PART, Part.PROTEIN: d.PROTEIN_PART}
        labels = {part: t.plain(names[part]) for part in labels}
    if Part.AVOID in offered.parts:
        labels[Part.AVOID] = str(t.count(d.AVOID_PART, len(offered.avoid.restrictions)))
    return labels


def _words(t: Catalogue, offered: Proposal, *, hidden: bool) -> Mapping[Part, str]:
    """Each usable figure in words: "5 refeições"."""
    words: dict[Part, str] = {}
    if Part.MEALS in offered.parts and offered.meals is not None:
        words[Part.MEALS] = str(t.count(d.MEALS, int(offered.meals.value)))
    if Part.ENERGY in offered.parts and offered.energy_kcal is not None:
        words[Part.ENERGY] = t.plain(d.ENERGY_HIDDEN) if hidden else t.kcal(offered.energy_kcal.value)
    if Part.PROTEIN in offered.parts and offered.protein_g is not None:
        amount = t.grams(offered.protein_g.value)
        words[Part.PROTEIN] = t.plain(d.PROTEIN_HIDDEN) if hidden else t.plain(d.OF_PROTEIN, amount=amount)
    return words


def _avoided(t: Catalogue, offered: Proposal, table: FoodTable) -> str:
    return t.listing(label(item, table).removeprefix(_WITHOUT) for item in offered.avoid.restrictions)


def _asked(t: Catalogue, offered: Proposal, table: FoodTable, *, hidden: bool) -> Markup:
    """The question in one or two sentences; empty when there is nothing to ask."""
    figures = t.listing(_words(t, offered, hidden=hidden).values())
    avoided = _avoided(t, offered, table) if Part.AVOID in offered.parts else ""
    if not figures:
        return t(d.ASKS_TO_AVOID, what=avoided) if avoided else Markup("")
    pages = {figure.page for figure in _figures(offered) if figure.limit is None} - {None}
    if hidden:
        asked = t(d.ASKS_HIDDEN, what=figures)
    elif len(pages) == 1:
        asked = t(d.ASKS_PAGE, what=figures, page=pages.pop())
    else:
        asked = t(d.ASKS, what=figures)
    also = t(d.ALSO_AVOIDS, what=avoided) if avoided else Markup("")
    return joined([Markup(" ").join([asked, t(d.SHALL_I)])] if not also else [asked, also, t(d.SHALL_I)])


def _notes(t: Catalogue, offered: Proposal, *, hidden: bool) -> list[Markup]:
    """What of the document is not used, and why."""
    notes = _refused(t, offered, hidden=hidden)
    if offered.left_out:
        named = [name[:1].lower() + name[1:] for name in offered.left_out[:MOST_LEFT_OUT]]
        notes.append(t(d.LEFT_OUT, foods=t.listing(named)))
    return notes


def _refused(t: Catalogue, offered: Proposal, *, hidden: bool) -> list[Markup]:
    """The figures beyond the limits, each with its limit."""
    refused = [
        (figure, t.kcal if figure is offered.energy_kcal else t.grams)
        for figure in _figures(offered)
        if figure.limit is not None
    ]
    if refused and hidden:
        return [t(d.NOT_FOR_US)]
    notes = []
    for figure, worded in refused:
        less = figure.limit is not None and figure.value < figure.limit
        sentence = d.TOO_LITTLE if less else d.TOO_MUCH
        notes.append(t(sentence, amount=worded(figure.value), limit=worded(figure.limit or 0)))
    return notes


def _figures(offered: Proposal) -> Iterator[Figure]:
    for figure in (offered.meals, offered.energy_kcal, offered.protein_g):
        if figure is not None:
            yield figure


async def _place(view: View, found: OwnDocument, offered: Proposal) -> int:
    """The place of the passage that the first figure stands in, by its page; the first one else."""
    pages: list[Any] = [figure.page for figure in _figures(offered) if figure.page is not None]
    if not pages:
        return 0
    return await documents.place_of_page(view.conn, found.person_id, found.id, pages[0])
