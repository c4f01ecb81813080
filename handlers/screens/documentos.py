"""People's own documents: a file on its way, what cannot be read, the list, one document and its passages."""

import asyncio
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.keyboards import Rows, place, places
from handlers.screens.progress import spelled
from handlers.texts import buttons as b
from handlers.texts import documents as d
from handlers.transport.screens import Button, NothingToSay, Screen, View, screen
from menus import documents, people, uploads
from menus.document_runner import WORDS_DONE
from menus.documents import MOST_DOCUMENTS, OwnDocument
from menus.own_plans import proposes
from menus.uploads import MOST_A_DAY, TOO_MANY, TOO_MANY_TODAY
from nutrition.restrictions.rules import Rules

LONGEST_NAME = 38
"""Letters of a name on a button or in a line of a 360 px phone."""

BEGINNING = 320
"""Letters of a document's beginning that are shown with it."""

_STAGES = {"reading": d.READING, "indexing": d.INDEXING}


@screen("doc_progresso")
async def progress(view: View, *, job: int, stage: str = "received", percent: int = 0) -> Screen:
    """How far a file is; the message's id is remembered, so that the next step edits it."""
    name = await uploads.name_of(view.conn, job)
    if name is None:
        raise NothingToSay  # it came to its end before this was sent
    sentence = _STAGES.get(stage, d.RECEIVED)
    if sentence == d.INDEXING and percent >= WORDS_DONE:
        sentence = d.ASK_ALREADY
    text = view.t(sentence, name=name, percent=percent)
    return Screen(text, remember=f"job:{job}")


@screen("doc_pronto")
async def ready(view: View, *, document: int, known: bool) -> Screen:
    """The progress message at its end."""
    found = await _own(view, document)
    if found is None:
        raise NothingToSay
    t = view.t
    rows = ((_open(t, found),),)
    if known:
        return Screen(t(d.KNOWN, name=found.title), rows)
    passages = t.count(d.PASSAGES, found.passages)
    if found.pages is None:
        return Screen(t(d.DONE, name=found.title, passages=passages), rows)
    pages = t.count(d.PAGES, found.pages)
    return Screen(t(d.DONE_PAGES, name=found.title, pages=pages, passages=passages), rows)


@screen("doc_pergunte")
async def ask_now(view: View, *, document: int) -> Screen:
    """A document without settings to propose: it rings, since its questions can be asked now."""
    found = await _own(view, document)
    if found is None:
        raise NothingToSay
    return Screen(view.t(d.ASK_NOW, name=found.title), ((_open(view.t, found),),))


@screen("doc_recusado")
async def refused(view: View, *, reason: str) -> Screen:
    """Why a file was not read, and what works instead."""
    t = view.t
    if reason == TOO_MANY:
        return Screen(
            joined([t(d.TOO_MANY, n=MOST_DOCUMENTS), t(d.NOTHING_KEPT)]), ((place(t, "documentos"),),)
        )
    if reason == TOO_MANY_TODAY:
        return Screen(joined([t(d.TOO_MANY_TODAY, n=MOST_A_DAY), t(d.NOTHING_KEPT)]))
    return Screen(joined([t(d.REFUSALS.get(reason, d.CORRUPT)), t(d.NOTHING_KEPT)]))


@screen("doc_falhou")
async def failed(view: View, *, code: str, job: int) -> Screen:
    """Something of ours broke."""
    told = code.upper() if code.isalnum() else spelled(job)
    return Screen(joined([view.t(d.FAILED, code=told), view.t(d.NOTHING_KEPT)]))


@screen("doc_sem_acordo")
async def before_consent(view: View) -> Screen:
    """A file before consent."""
    return Screen(view.t(d.BEFORE_CONSENT), places(view.t, ("comecar",)))


@screen("doc_sem_perfil")
async def before_profile(view: View) -> Screen:
    """A file while the questions are open."""
    return Screen(view.t(d.BEFORE_PROFILE), places(view.t, ("continuar",)))


@screen("doc_mande")
async def how_to_send(view: View) -> Screen:
    """Which files can be read."""
    return Screen(view.t(d.SEND_ONE))


@screen("documentos")
async def shelf(view: View, *, missing: bool = False) -> Screen:
    """The list; ``missing``: the document that was asked for is not there."""
    t = view.t
    person_id = view.person.id if view.person else 0
    kept = await documents.listed(view.conn, person_id)
    waiting = await uploads.waiting(view.conn, person_id)
    first = t(d.GONE_DOCUMENT) if missing and kept else Markup("")
    in_work = t(d.IN_WORK, names=t.listing(map(_short, waiting))) if waiting else Markup("")
    if not kept:
        return Screen(paragraphs([first, t(d.NO_DOCUMENTS), in_work, t(d.SEND_ONE)]))
    lines = [
        t(d.LINE, number=number, name=_short(each.title), facts=_facts(view, each))
        for number, each in enumerate(kept, start=1)
    ]
    rows = tuple(
        (_open(t, each, f"{number}. {_short(each.title, 30)}"),) for number, each in enumerate(kept, 1)
    )
    return Screen(paragraphs([first, t(d.TITLE), *lines, in_work]), rows)


@screen("documento")
async def one(view: View, *, document: int) -> Screen:
    """One document: its first lines, and what can be done with it."""
    found = await _own(view, document)
    if found is None:
        return await shelf(view, missing=True)
    t = view.t
    first = await documents.passages(view.conn, found.person_id, found.id)
    begins = t(d.BEGINS, text=_beginning(first[0].text)) if first else Markup("")
    warning = await _warning(view, found, _beginning(first[0].text)) if first else Markup("")
    title = t(d.ONE_TITLE, name=found.title, facts=_facts(view, found))
    back = Button(t.plain(d.BACK), "documentos")
    settings = ((Button(t.plain(d.SEE_SETTINGS), f"doc_ajustes:{found.id}"),),) if proposes(found) else ()
    return Screen(
        paragraphs([title, warning, begins]),
        (
            (Button(t.plain(d.READ), f"doc_le:{found.id}:0"),),
            *settings,
            (Button(t.plain(d.ERASE_ONE), f"doc_apaga:{found.id}", style="danger"), back),
        ),
    )


@screen("doc_trecho")
async def passage(view: View, *, document: int, place: int) -> Screen:
    """One passage of a document, with arrows to its neighbours."""
    found = await _own(view, document)
    shown = () if found is None else await documents.passages(view.conn, found.person_id, found.id, place)
    if found is None or not shown:
        return await shelf(view, missing=True)
    t, each = view.t, shown[0]
    sentence = d.PASSAGE if each.page is None else d.PASSAGE_PAGE
    text = t(
        sentence,
        section=each.section,
        name=found.title,
        page=each.page,
        number=t.number(place + 1, 0),
        total=t.number(found.passages, 0),
        text=each.text.replace("**", ""),
    )
    warning = await _warning(view, found, each.text)
    arrows = []
    if place > 0:
        arrows.append(Button(t.plain(d.PREVIOUS), f"doc_le:{found.id}:{place - 1}"))
    if place + 1 < found.passages:
        arrows.append(Button(t.plain(d.NEXT), f"doc_le:{found.id}:{place + 1}"))
    back: Rows = ((Button(t.plain(d.BACK), f"doc:{found.id}"),),)
    return Screen(paragraphs([warning, text]), ((tuple(arrows),) if arrows else ()) + back)


@screen("doc_apagar")
async def erase(view: View, *, document: int) -> Screen:
    """Erasing is asked once more."""
    found = await _own(view, document)
    if found is None:
        return await shelf(view, missing=True)
    t = view.t
    yes = Button(t.plain(d.YES_ERASE), f"doc_sim:{found.id}", style="danger")
    return Screen(t(d.ERASE, name=found.title), ((yes, Button(t.plain(b.CANCEL), f"doc:{found.id}")),))


@screen("doc_apagado")
async def erased(view: View, *, name: str) -> Screen:
    """A toast."""
    return Screen(view.t(d.ERASED, name=_short(name)))


async def _own(view: View, document: int) -> OwnDocument | None:
    """The person's document; None for anybody else's."""
    return await documents.find(view.conn, view.person.id, document) if view.person else None


async def _warning(view: View, found: OwnDocument, text: str) -> Markup:
    """What is said above a text of the document that speaks of something excluded; empty else."""
    held = await people.restrictions_of(view.conn, found.person_id)
    rules = await asyncio.to_thread(Rules.of, held, view.services.table)
    return view.t(d.EXCLUDED) if rules.forbids_text(text) else Markup("")


def _open(t: Catalogue, found: OwnDocument, label: str = "") -> Button:
    return Button(label or t.plain(d.OPEN), f"doc:{found.id}")


def _facts(view: View, found: OwnDocument) -> Markup:
    t = view.t
    zone = ZoneInfo(view.person.time_zone) if view.person else None
    day = t.day_and_month(found.received_at.astimezone(zone).date())
    passages = t.count(d.PASSAGES, found.passages)
    if found.pages is None:
        return t(d.FACTS, passages=passages, day=day)
    return t(d.FACTS_PAGES, pages=t.count(d.PAGES, found.pages), passages=passages, day=day)


def _short(name: str, most: int = LONGEST_NAME) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _beginning(text: str) -> str:
    plain = text.replace("**", "")
    return plain if len(plain) <= BEGINNING else f"{plain[:BEGINNING].rsplit(' ', 1)[0]}…"
