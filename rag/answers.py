"""Answers to questions, from the documents and with sources, or the honest sentence that there is none.

Without Gemini an answer is made of the passages' own sentences (``rag.extract``); with it, of sentences that Gemini wrote
from the passages and that passed the stated test (``rag.support``). Guardrails come first (``nutrition.questions``), and
no sentence suggests what the person excludes.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import structlog

from nutrition.foods import FoodTable
from nutrition.menu import Origin
from nutrition.person import Restriction, Strength
from nutrition.questions import ALONE, MEDICINE, Caution, caution, names_one_of
from nutrition.restrictions.rules import Rules
from nutrition.words import fold
from rag import evidence, extract, gemini_answer
from rag.claims import must_say, says
from rag.evidence import Evidence
from rag.extract import Sentence
from rag.gemini import GeminiClient
from rag.gemini_errors import GeminiError
from rag.ledger import Spender
from rag.masking import MASK, mask
from rag.query import Query, understand
from rag.search import Hit, Search
from rag.stems import stems
from rag.support import supported
from storage.database import Database
from storage.passages import PUBLIC

log = structlog.get_logger(__name__)

KIND = "answer"
"""What the ledger books a question under."""

MOST_LETTERS = 500
"""Letters of a question that are read."""

NEAR = 0.3
"""Coverage at which a passage is worth opening although it does not answer."""

_WARNS = re.compile(
    r"\b(alerg|intoler|celiac|glutens?\b|lactose|tracos?\b|rotul|contamin|evit|substitu|troc|em vez|no lugar|sem\b|nao\b)"
)
"""In folded words: a warning, or what to take instead."""

_NOTHING_OFFERED = ALONE - {MEDICINE}


@dataclass(frozen=True, slots=True)
class Answer:
    """``sources[n - 1]`` is what a sentence cites as n. Not ``found``: no sentences, and ``sources`` has the passage
    that comes nearest, if any comes near.

    ``caution`` is to be told first. ``excluded`` are restrictions that the question itself names; ``withheld``: what was
    found speaks of what the person excludes. ``note`` is the code of what kept Gemini from writing it, or None.
    """

    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Hit, ...] = ()
    origin: Origin = Origin.GUIA
    caution: Caution = field(default_factory=Caution)
    excluded: tuple[Restriction, ...] = ()
    withheld: bool = False
    note: str | None = None

    @property
    def found(self) -> bool:
        """Whether there is an answer with sources."""
        return bool(self.sentences)

    @property
    def text(self) -> str:
        """The sentences with the numbers of their sources: "Pode, uma fruta antes [1]." """
        return " ".join(cited(sentence) for sentence in self.sentences)


def cited(sentence: Sentence) -> str:
    """A sentence with its numbers before the full stop."""
    numbers = " ".join(f"[{number}]" for number in sentence.sources)
    body, stop = sentence.text[:-1], sentence.text[-1:]
    return f"{body} {numbers}{stop}" if stop in ".!?…" else f"{sentence.text} {numbers}"


@dataclass(frozen=True, slots=True)
class _Material:
    """What an answer is made from, ``hits``, and what may be offered to read instead, ``near``.

    ``allowed`` tells whether a text may be shown to the person.
    """

    question: str
    query: Query
    hits: tuple[Hit, ...]
    evidence: Evidence
    near: tuple[Hit, ...]
    rules: Rules
    allowed: Callable[[str], bool]


class Answerer:
    """Answers from the guide and the person's own documents. ``gemini`` None: extractive only. Safe for many tasks."""

    def __init__(
        self, database: Database, search: Search, table: FoodTable, gemini: GeminiClient | None = None
    ) -> None:
        self._database = database
        self._search = search
        self._table = table
        self._gemini = gemini

    async def answer(
        self,
        question: str,
        rules: Rules,
        spender: Spender,
        *,
        gemini: bool = False,
        owners: Sequence[int] = (PUBLIC,),
    ) -> Answer:
        """Answer ``question``; ``gemini`` says whether this person's words may go there, on ``spender``'s budget.

        Any text is allowed; a Gemini that fails costs only its writing. Raises what the database raises.
        """
        question = question[:MOST_LETTERS]
        first = await asyncio.to_thread(caution, question)
        # Who asks is no part of what is asked, and would count as words that no passage has.
        asked = mask(question).replace(MASK, " ")
        material = await self._gather(asked, rules, owners, first)
        excluded = await asyncio.to_thread(self._named, question, rules)
        allowed = await asyncio.to_thread(self._permits, rules, excluded)
        material = replace(material, allowed=allowed)
        if first.alone or not material.evidence.found:
            return Answer(sources=_nearest(material, first), caution=first, excluded=excluded)
        written = _that_may_leave(material) if gemini and self._gemini is not None else None
        made = await self._written(written, spender) if written is not None else None
        if made is None or (not made.sentences and made.note is not None):
            note = made.note if made else None
            made = replace(await asyncio.to_thread(_extracted, material), note=note)
        return replace(made, caution=first, excluded=excluded)

    async def _gather(self, question: str, rules: Rules, owners: Sequence[int], first: Caution) -> _Material:
        """Search and judge; with an illness that is to be referred, only passages that name it count."""
        hits = await self._search.find(question, evidence.HITS, owners=owners, kind="passage")
        near, hits = await asyncio.to_thread(_that_speak_of_it, hits, question, first)
        async with self._database.reader() as conn:
            query = await understand(conn, question, owners)
            nearest = await evidence.weigh(conn, query, near, owners, self._search.embedder_name)
            judged = (
                nearest
                if len(hits) == len(near)
                else await evidence.weigh(conn, query, hits, owners, self._search.embedder_name)
            )
        to_offer = [hit for hit, covered in zip(near, nearest.coverages, strict=True) if covered >= NEAR]
        return _Material(question, query, tuple(hits), judged, tuple(to_offer), rules, _everything)

    def _named(self, question: str, rules: Rules) -> tuple[Restriction, ...]:
        """The person's restrictions that the question itself is about."""
        return tuple(
            item
            for item in rules.restrictions
            if Rules.of((item,), self._table).forbids_text(question) is not None
        )

    def _permits(self, rules: Rules, excluded: Sequence[Restriction]) -> Callable[[str], bool]:
        """What was asked about may be spoken of, and is announced; anything else that is excluded may not.

        Of what an allergy excludes (celiac disease is held as one) only a sentence that warns or tells what to take
        instead: not one that just serves it.
        """
        others = [item for item in rules.restrictions if item not in excluded]
        severe = [item for item in excluded if item.strength is Strength.ALERGIA]
        if not others and not severe:
            return _everything
        held, grave = Rules.of(others, self._table), Rules.of(severe, self._table)

        def permits(text: str) -> bool:
            if held.forbids_text(text) is not None:
                return False
            return grave.forbids_text(text) is None or _WARNS.search(fold(text)) is not None

        return permits

    async def _written(self, material: _Material, spender: Spender) -> Answer:
        """What Gemini wrote and the passages support. No sentences: with a note, Gemini failed; without, it found none."""
        assert self._gemini is not None  # noqa: S101 -- the caller looked
        passages = [hit.passage for hit in material.hits]
        prompt = await asyncio.to_thread(
            gemini_answer.compose, material.question, passages, material.rules, self._table
        )
        try:
            reply = await gemini_answer.write(self._gemini, prompt, replace(spender, kind=KIND))
        except GeminiError as exc:
            log.warning("answer_not_written", error=type(exc).__name__)
            return Answer(note=exc.note)
        if reply is None:
            return Answer(note=GeminiError.note)
        if not reply.found:
            return Answer(sources=_nearest(material, Caution()), origin=Origin.GEMINI)
        kept = await asyncio.to_thread(_checked, reply.sentences, material)
        log.info("answer_written", sentences=len(reply.sentences), supported=len(kept))
        if not kept:
            return Answer(note="gemini_partly")
        return replace(_numbered(kept, material.hits), origin=Origin.GEMINI)


def _that_speak_of_it(hits: Sequence[Hit], question: str, first: Caution) -> tuple[list[Hit], list[Hit]]:
    """The hits that name the illness asked about, and of these the ones that make the claim or name the thing."""
    texts = {hit.passage.chunk_id: f"{hit.passage.section}. {hit.passage.text}" for hit in hits}
    near = [hit for hit in hits if names_one_of(texts[hit.passage.chunk_id], first.illnesses)]
    groups = must_say(question)
    if not groups:
        return near, near
    return near, [hit for hit in near if says(stems(texts[hit.passage.chunk_id]), groups)]


def _that_may_leave(material: _Material) -> _Material | None:
    """What Gemini may write from: passages of the guide and the operator's documents, never of a person's own.

    None where a person's own passage is the best there is: its sentences then answer as they stand.
    """
    if material.hits and material.hits[0].passage.owner != PUBLIC:
        return None
    public = tuple(hit for hit in material.hits if hit.passage.owner == PUBLIC)
    return replace(material, hits=public)


def _everything(_text: str) -> bool:
    return True


def _checked(sentences: Sequence[Sentence], material: _Material) -> list[Sentence]:
    """What the passages support and the person may read (blocking, a few ms)."""
    good = supported(sentences, [hit.passage for hit in material.hits])
    return [sentence for sentence in good if material.allowed(sentence.text)]


def _extracted(material: _Material) -> Answer:
    """The passages' own sentences (blocking, a few ms)."""
    sentences = extract.best_sentences(material.query, material.evidence, material.hits, material.allowed)
    if not sentences:
        return Answer(withheld=True)
    return _numbered(sentences, material.hits)


def _numbered(sentences: Sequence[Sentence], hits: Sequence[Hit]) -> Answer:
    """Number the sources in the order in which they are cited."""
    order = {
        place: number
        for number, place in enumerate(
            dict.fromkeys(place for sentence in sentences for place in sentence.sources), start=1
        )
    }
    renumbered = tuple(
        Sentence(sentence.text, tuple(sorted(order[place] for place in sentence.sources)))
        for sentence in sentences
    )
    return Answer(renumbered, tuple(hits[place - 1] for place in order))


def _nearest(material: _Material, first: Caution) -> tuple[Hit, ...]:
    """The passage to offer instead of an answer: the best one that has some of the question's words, if it may be read.

    After danger, despair and dangerous diets nothing is offered.
    """
    if not _NOTHING_OFFERED.isdisjoint(first.codes):
        return ()
    return tuple(hit for hit in material.near if material.allowed(hit.passage.text))[:1]
