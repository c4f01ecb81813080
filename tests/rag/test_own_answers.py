"""Answers from a person's own document: extracted here, never written by Gemini."""

import json
from collections.abc import AsyncIterator

import pytest

from nutrition.menu import Origin
from rag.answers import Answerer
from rag.breaker import Breaker
from rag.gemini import GeminiClient
from rag.gemini_request import GeminiOptions
from rag.index import Indexer
from rag.search import Search
from storage.database import Database
from storage.passages import PUBLIC
from tests.fakes.gemini_stub import GeminiStub, Reply
from tests.rag.library import document
from tests.rag.test_answers import ANYONE, BEFORE_TRAINING, SHELF, TABLE, Desk, excluding
from tests.rag.test_gemini import Clock, OpenLedger

PERSON = 8
OWN = document(
    "plano.md", "# Plano de Zuleica\n\nNo lanche antes do treino: abacate com granola dourada e canela."
)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    indexer = Indexer(database, None)
    await indexer.sync(SHELF)
    await indexer.sync([OWN], owner=PERSON, collection="chat")
    clock, ledger = Clock(), OpenLedger()
    async with GeminiStub() as stub:
        options = GeminiOptions("modelo", stub.url, deadline_s=5, tries=1)
        client = GeminiClient("key", options, breaker=Breaker(clock), ledger=ledger, sleep=clock.sleep)
        try:
            yield Desk(Answerer(database, Search(database, None), TABLE, client), stub, ledger)
        finally:
            await client.aclose()


async def test_a_persons_own_passage_answers_as_it_stands_and_gemini_is_not_asked(desk: Desk) -> None:
    answer = await desk.answerer.answer(
        "qual o lanche com granola dourada e canela?",
        excluding(),
        ANYONE,
        gemini=True,
        owners=(PUBLIC, PERSON),
    )
    assert answer.origin is Origin.GUIA
    assert "granola dourada" in answer.text
    assert answer.note is None
    assert desk.stub.history == []


async def test_beside_the_guides_answer_gemini_reads_nothing_of_the_persons_own(desk: Desk) -> None:
    desk.stub.queue.append(Reply(text=json.dumps({"achou": False, "frases": []})))
    await desk.answerer.answer(BEFORE_TRAINING, excluding(), ANYONE, gemini=True, owners=(PUBLIC, PERSON))
    (asked,) = desk.stub.history
    sent = json.dumps(asked.body, ensure_ascii=False)
    assert "Zuleica" not in sent
    assert "granola" not in sent
