"""Answers from a person's own document: extracted here, never written by Gemini."""

import json
from collections.abc import AsyncIterator

import pytest

from nutrition.menu import Origin
from rag.index import Indexer
from storage.database import Database
from storage.passages import PUBLIC
from tests.fakes.gemini_stub import Reply
from tests.rag.library import document
from tests.rag.test_answers import ANYONE, BEFORE_TRAINING, SHELF, Desk, excluding, open_desk

PERSON = 8
OWN = document(
    "plano.md", "# Plano de Zuleica\n\nNo lanche antes do treino: abacate com granola dourada e canela."
)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    indexer = Indexer(database, None)
    await indexer.sync(SHELF)
    await indexer.sync([OWN], owner=PERSON, collection="chat")
    async with open_desk(database) as opened:
        yield opened


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
