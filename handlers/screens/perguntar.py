"""Questions: the invitation, the search, the answer with its sources, one passage to read."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from handlers.catalogue import Catalogue, catalogue, joined, paragraphs
from handlers.keyboards import Rows
from handlers.texts import guardrails as g
from handlers.texts import perguntar as p
from handlers.transport.screens import Button, Screen, View, screen
from handlers.transport.split import plain
from menus import people, sources
from menus.questions import Sentence, Told
from menus.sources import Passage
from nutrition.foods import FoodTable
from nutrition.guardrails import Reason
from nutrition.person import Restriction
from nutrition.questions import DANGEROUS_DIET, MEDICINE
from nutrition.restrictions.labels import label
from nutrition.restrictions.rules import Rules
from rag.answers import Answer, cited
from rag.guide import TITLE

FIRST: dict[str, str] = {
    Reason.EMERGENCIA: g.EMERGENCY,
    Reason.CRISE_EMOCIONAL: g.CRISIS,
    Reason.TRANSTORNO_ALIMENTAR: p.EATING_DISORDER,
    Reason.MENOR_DE_IDADE: p.MINOR,
    Reason.CALORIAS_MUITO_BAIXAS: g.VERY_LOW_ENERGY,
    DANGEROUS_DIET: p.DANGEROUS_DIET,
    Reason.PERDA_RAPIDA: g.NOTICE_FAST,
    MEDICINE: p.MEDICINE,
    Reason.GESTANTE: p.PREGNANCY,
    Reason.LACTANTE: p.PREGNANCY,
    Reason.DOENCA_RENAL: p.KIDNEY,
    Reason.DIABETES_1: p.DIABETES_MEDICINE,
    Reason.INSULINA: p.DIABETES_MEDICINE,
    Reason.SULFONILUREIA: p.DIABETES_MEDICINE,
    Reason.BARIATRICA: p.BARIATRIC,
    Reason.DIABETES_2: p.EDUCATION,
    Reason.PRE_DIABETES: p.EDUCATION,
    Reason.HIPERTENSAO: p.EDUCATION,
    Reason.GOTA: p.EDUCATION,
    Reason.CELIACA: p.EDUCATION,
    Reason.DOENCA_INTESTINAL: p.EDUCATION,
    Reason.TIREOIDE: p.EDUCATION,
    Reason.COLESTEROL: p.EDUCATION,
    Reason.FAVISMO: p.EDUCATION,
}
"""What is said first, by code; any other illness has a common sentence."""

IN_A_ROW = 3
_NUMBERS_OF_THE_BODY = re.compile(
    r"\bkcal\b|calori|\bdéficit\b|\d\s*(?:kg|quilos?)\b|\bpeso\b", re.IGNORECASE
)


@screen("pergunte")
async def invite(view: View, *, busy: bool) -> Screen:
    """/perguntar alone; ``busy`` while another question of ours is open."""
    return Screen(view.t(p.ASK_BUSY if busy else p.ASK))


@screen("procurando")
async def searching(view: View, *, job: int) -> Screen:
    """The message that becomes the answer."""
    return Screen(view.t(p.SEARCHING), remember=f"job:{job}")


@screen("pergunta_espera")
async def wait(view: View) -> Screen:
    """Asked again while the question before is being answered."""
    return Screen(view.t(p.WAIT))


@screen("pergunta_falhou")
async def failed(view: View, *, code: str) -> Screen:
    """No answer could be made."""
    return Screen(view.t(p.FAILED, code=code))


@screen("resposta")
async def answer(view: View, *, told: Mapping[str, Any]) -> Screen:
    """The answer, held against the restrictions of now."""
    shown = Told.from_json(told)
    held: tuple[Restriction, ...] = ()
    person_id, hidden = 0, False
    if view.person is not None:
        person_id = view.person.id
        held = await people.restrictions_of(view.conn, person_id)
        hidden = await people.numbers_hidden(view.conn, person_id)
    table = view.services.table
    passages = await sources.passages_of(view.conn, person_id, shown.sources)
    sentences = await asyncio.to_thread(_allowed, shown, held, table)
    if shown.alone or not shown.sentences:
        passages = await asyncio.to_thread(_offerable, shown, passages, held, table)
    if hidden:
        sentences = [sentence for sentence in sentences if not _NUMBERS_OF_THE_BODY.search(sentence.text)]
    excluded = [item for item in held if item.code in shown.excluded]
    text = answer_text(view.t, shown, sentences, passages, [label(item, table) for item in excluded])
    return Screen(text, _buttons(view.t, shown, sentences, passages))


@screen("trecho")
async def passage(view: View, *, chunk: int) -> Screen:
    """One passage, whole."""
    person_id = view.person.id if view.person else 0
    found = (await sources.passages_of(view.conn, person_id, [chunk])).get(chunk)
    if found is None:
        return Screen(view.t(p.PASSAGE_GONE))
    held = await people.restrictions_of(view.conn, person_id)
    rules = await asyncio.to_thread(Rules.of, held, view.services.table)
    sentence = p.PASSAGE if found.page is None else p.PASSAGE_PAGE
    shown = view.t(
        sentence,
        section=found.section,
        document=found.document,
        page=found.page,
        text=found.text.replace("**", ""),
    )
    warning = view.t(p.PASSAGE_EXCLUDED) if rules.forbids_text(found.text) else ""
    return Screen(paragraphs([warning, shown]))


def answer_text(
    t: Catalogue,
    told: Told,
    sentences: Sequence[Sentence],
    passages: Mapping[int, Passage],
    excluded: Sequence[str] = (),
) -> Markup:
    """What is said first, the sentences with their numbers, and the list of sources; or that there is no answer."""
    first = first_sentence(t, told.codes)
    about = t(p.EXCLUDED, items=t.listing(excluded)) if excluded else Markup("")
    if told.alone:
        return paragraphs([first, *(t(p.RELATED, section=_name(each)) for each in _near(told, passages))])
    if not sentences:
        return paragraphs([first, about, _without_answer(t, told, passages)])
    body = Markup(" ").join(cited(sentence) for sentence in sentences)
    listed = [
        _source(t, number, passages[chunk_id])
        for number, chunk_id in enumerate(told.sources, start=1)
        if chunk_id in passages and any(number in sentence.sources for sentence in sentences)
    ]
    note = t(p.NOTES[told.note]) if told.note in p.NOTES else Markup("")
    return paragraphs([first, about, body, joined(listed), note])


def first_sentence(t: Catalogue, codes: Sequence[str]) -> Markup:
    """What a guardrail says before an answer; empty when nothing has to be said."""
    return t(FIRST.get(codes[0], p.ILLNESS)) if codes else Markup("")


def plain_answer(answer: Answer, table: FoodTable) -> str:
    """An answer as plain text, for ``bot.py ask``."""
    told = Told.of(answer)
    passages = {hit.passage.chunk_id: hit.passage for hit in answer.sources}
    excluded = [label(item, table) for item in answer.excluded]
    t = catalogue()
    if not told.sentences or told.alone:
        return plain(answer_text(t, told, told.sentences, passages, excluded))
    about = [t(p.EXCLUDED, items=t.listing(excluded))] if excluded else []
    return plain(paragraphs([first_sentence(t, told.codes), *about, answer.text]))


def _without_answer(t: Catalogue, told: Told, passages: Mapping[int, Passage]) -> Markup:
    if told.withheld or told.sentences:
        return t(p.WITHHELD)
    return joined([t(p.NOT_FOUND), *(t(p.NEAREST, section=_name(each)) for each in _near(told, passages))])


def _near(told: Told, passages: Mapping[int, Passage]) -> list[Passage]:
    """The passage to read instead of an answer, if there is one."""
    return [passages[chunk_id] for chunk_id in told.sources[:1] if chunk_id in passages]


def _name(found: Passage) -> str:
    return found.section.split(" › ")[0]


def _source(t: Catalogue, number: int, found: Passage) -> Markup:
    ours = found.document in (TITLE, found.section)  # a document without headings is its own section
    if found.page is None:
        sentence = p.SOURCE if ours else p.SOURCE_OTHER
    else:
        sentence = p.SOURCE_PAGE if ours else p.SOURCE_OTHER_PAGE
    return t(sentence, number=number, section=found.section, document=found.document, page=found.page)


def _buttons(
    t: Catalogue, told: Told, sentences: Sequence[Sentence], passages: Mapping[int, Passage]
) -> Rows:
    if told.alone or not told.sentences:
        return tuple(
            (Button(t.plain(p.OPEN_BUTTON), f"trecho:{each.chunk_id}"),) for each in _near(told, passages)
        )
    cited_numbers = {number for sentence in sentences for number in sentence.sources}
    buttons = [
        Button(t.plain(p.SOURCE_BUTTON, number=number), f"trecho:{chunk_id}")
        for number, chunk_id in enumerate(told.sources, start=1)
        if number in cited_numbers and chunk_id in passages
    ]
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))


def _offerable(
    told: Told, passages: Mapping[int, Passage], held: Sequence[Restriction], table: FoodTable
) -> dict[int, Passage]:
    """The passages that may be offered instead of an answer: nothing excluded, what was asked about aside, is in them
    (blocking, a few ms)."""
    rules = Rules.of([item for item in held if item.code not in told.excluded], table)
    return {
        chunk_id: each
        for chunk_id, each in passages.items()
        if rules.forbids_text(f"{each.section}\n{each.text}") is None
    }


def _allowed(told: Told, held: Sequence[Restriction], table: FoodTable) -> list[Sentence]:
    """The sentences that speak of nothing excluded, what was asked about aside (blocking, a few ms)."""
    others = [item for item in held if item.code not in told.excluded]
    if not others:
        return list(told.sentences)
    rules = Rules.of(others, table)
    return [sentence for sentence in told.sentences if rules.forbids_text(sentence.text) is None]
