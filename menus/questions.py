"""Questions people ask: taken in their turn as a job, answered outside of it, told in the transaction that ends the job.

A kill at any moment leaves an open job, which is answered at the next start, or an answer that is told once.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog

from menus.runner import Runner
from nutrition.foods import FoodTable
from nutrition.restrictions.rules import Rules
from rag.answers import Answer, Answerer
from rag.extract import Sentence
from rag.leaving import words_of
from rag.ledger import Spender
from storage import jobs, people, restrictions
from storage.clock import Clock
from storage.database import Connection, Database
from storage.jobs import Job
from storage.passages import PUBLIC
from storage.people import Person

log = structlog.get_logger(__name__)

KIND = "pergunta"
MOST_LETTERS = 500
"""Letters of a question that are kept and searched."""

AT_ONCE = 4
MAX_ATTEMPTS = 3
"""A question begun this often was killed each time: it is given up."""


__all__ = ["KIND", "Job", "Messages", "QuestionRunner", "Sentence", "Told", "request"]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it is owed to a person: texts of the documents, ids and codes; see ``rag.answers.Answer``."""

    sentences: tuple[Sentence, ...] = ()
    sources: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    alone: bool = False
    excluded: tuple[str, ...] = ()
    withheld: bool = False
    note: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> "Told":
        """What is kept of an answer until it is shown."""
        return cls(
            sentences=answer.sentences,
            sources=tuple(hit.passage.chunk_id for hit in answer.sources),
            codes=answer.caution.codes,
            alone=answer.caution.alone,
            excluded=tuple(item.code for item in answer.excluded),
            withheld=answer.withheld,
            note=answer.note,
        )

    def to_json(self) -> dict[str, Any]:
        """As the outbox keeps it."""
        return {
            "sentences": [[sentence.text, list(sentence.sources)] for sentence in self.sentences],
            "sources": list(self.sources),
            "codes": list(self.codes),
            "alone": self.alone,
            "excluded": list(self.excluded),
            "withheld": self.withheld,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Told":
        """Read what ``to_json`` wrote."""
        return cls(
            sentences=tuple(Sentence(text, tuple(sources)) for text, sources in raw["sentences"]),
            sources=tuple(raw["sources"]),
            codes=tuple(raw["codes"]),
            alone=raw["alone"],
            excluded=tuple(raw["excluded"]),
            withheld=raw["withheld"],
            note=raw["note"],
        )


async def request(tx: Connection, person: Person, question: str, now: datetime) -> tuple[Job, bool]:
    """Take a question; the flag is False while another one of this person is still being answered.

    After the commit, wake the runner.
    """
    text = " ".join(question.split())[:MOST_LETTERS]
    return await jobs.create_or_get(tx, person.id, KIND, {"question": text}, now)


class Messages(Protocol):
    """What the person is told; ``handlers.transport.answer_messages`` writes it to the outbox."""

    def wake(self) -> None:
        """Something was written to the outbox, and is committed."""
        ...

    async def answered(self, tx: Connection, job: Job, told: Told) -> None:
        """The question was answered, in ``tx``."""
        ...

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        """The question could not be answered; ``code`` is in the log too."""
        ...


class QuestionRunner(Runner):
    """Answers until cancelled; what it was answering then is open again at the next start."""

    def __init__(
        self, database: Database, clock: Clock, answerer: Answerer, table: FoodTable, messages: Messages
    ) -> None:
        super().__init__(database, clock, KIND, at_once=AT_ONCE, max_attempts=MAX_ATTEMPTS)
        self._answerer = answerer
        self._table = table
        self._messages = messages

    async def work(self, job: Job) -> None:
        """Answer one question and tell it in one transaction."""
        began = self.clock.monotonic()
        async with self.database.reader() as conn:
            person = await people.get(conn, job.person_id)
            held = await restrictions.list_for(conn, job.person_id)
        if person is None:
            return  # erased meanwhile, and the job with it
        rules = await asyncio.to_thread(Rules.of, held, self._table)
        owners: Sequence[int] = (PUBLIC, person.id)
        with words_of(person.gemini_consent):
            answer = await self._answerer.answer(
                str(job.payload["question"]),
                rules,
                Spender(person.id, KIND),
                gemini=person.gemini_consent is True,
                owners=owners,
            )
        async with self.database.transaction() as tx:
            if not await jobs.finish(tx, job.id, self.clock.now()):
                return  # not wanted any more
            await self._messages.answered(tx, job, Told.of(answer))
        self._messages.wake()
        log.info(
            "question_answered",
            job=job.id,
            found=answer.found,
            sources=len(answer.sources),
            origin=answer.origin.value,
            seconds=round(self.clock.monotonic() - began, 3),
        )

    async def give_up(self, tx: Connection, job: Job, code: str) -> None:
        """Say that the question could not be answered."""
        await self._messages.failed(tx, job, code)

    def told(self) -> None:
        """Ring the outbox."""
        self._messages.wake()
