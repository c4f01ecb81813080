"""Gemini's embeddings over the wire: batched, counted, only of words that may leave; away, search answers from words."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest

from rag.embedder import EmbeddingFailed
from rag.embedder_gemini import MOST_LETTERS, GeminiEmbedder
from rag.gemini import EMBEDDED_DIMENSIONS
from rag.index import Indexer
from rag.leaving import words_of
from rag.search import Search
from storage.database import Database
from storage.passages import PUBLIC
from tests.fakes.embedder import HashingEmbedder
from tests.fakes.gemini_stub import GeminiStub, Reply, quota
from tests.rag.library import LIBRARY, PROTEIN, document
from tests.rag.test_gemini import Clock, OpenLedger, make_client

MODEL = "gemini-embedding-001"
LONG = document(
    "longo.md",
    "# Longo\n\n"
    + "\n\n".join(f"## Parte {n}\n\nTexto da parte número {n} sobre comida." for n in range(130)),
)


class Remote:
    """An embedder that asks the stub, with what it counted and slept."""

    def __init__(self, stub: GeminiStub) -> None:
        self.stub, self.ledger, self.clock = stub, OpenLedger(), Clock()
        self.client = make_client(stub, self.clock, self.ledger)
        self.embedder = GeminiEmbedder(self.client, MODEL, asyncio.get_running_loop())

    @property
    def batches(self) -> list[int]:
        return [len(asked.body["requests"]) for asked in self.stub.history]


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    async with GeminiStub() as stub:
        opened = Remote(stub)
        yield opened
        await opened.client.aclose()


async def test_passages_go_in_one_request_and_come_back_as_unit_vectors_in_order(remote: Remote) -> None:
    rows = await asyncio.to_thread(remote.embedder.embed_passages, ["arroz e feijão", "x" * 9000])
    assert rows.shape == (2, EMBEDDED_DIMENSIONS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    (asked,) = remote.stub.history
    assert asked.path.endswith(f"/models/{MODEL}:batchEmbedContents")
    assert [each["taskType"] for each in asked.body["requests"]] == ["RETRIEVAL_DOCUMENT"] * 2
    assert len(asked.body["requests"][1]["content"]["parts"][0]["text"]) == MOST_LETTERS
    ((spender, failed, tokens, _out),) = remote.ledger.told
    assert (spender.kind, failed, tokens) == ("embedding", False, (14 + MOST_LETTERS) // 3)


async def test_a_question_leaves_only_after_a_yes(remote: Remote) -> None:
    for agreed in (None, False):
        with words_of(agreed), pytest.raises(EmbeddingFailed):
            await asyncio.to_thread(remote.embedder.embed_query, "quanto de proteína?")
    assert remote.stub.history == []
    with words_of(True):
        vector = await asyncio.to_thread(remote.embedder.embed_query, "quanto de proteína?")
    assert vector.shape == (EMBEDDED_DIMENSIONS,)
    assert remote.stub.history[0].body["requests"][0]["taskType"] == "RETRIEVAL_QUERY"


async def test_a_name_and_a_number_stay_here_even_after_a_yes(remote: Remote) -> None:
    with words_of(True):
        await asyncio.to_thread(
            remote.embedder.embed_query, "me chamo Ana Souza, meu telefone é 11 98765-4321, quero peixe"
        )
    sent = str(remote.stub.history[0].body)
    assert "peixe" in sent
    assert "Ana" not in sent
    assert "98765" not in sent


async def test_an_index_is_embedded_a_hundred_at_a_time_and_people_s_own_documents_stay(
    remote: Remote, database: Database
) -> None:
    indexer = Indexer(database, remote.embedder, remote=True)
    await indexer.sync_words([LONG])
    await indexer.sync_words([PROTEIN], owner=7, collection="chat")
    await indexer.embed_missing()
    assert remote.batches == [100, 30]
    assert await indexer.complete()
    sent = str([asked.body for asked in remote.stub.history])
    assert "conserta músculos" not in sent
    found = await Search(database, remote.embedder).find("conserta músculos", owners=(PUBLIC, 7))
    assert found[0].passage.document == PROTEIN.title


async def test_while_gemini_is_away_search_answers_from_words_and_the_index_goes_on_later(
    remote: Remote, database: Database
) -> None:
    indexer = Indexer(database, remote.embedder, remote=True)
    await indexer.sync(LIBRARY)
    remote.stub.history.clear()
    remote.stub.default = Reply(status=503)
    with words_of(True):
        found = await Search(database, remote.embedder).find("garrafa de água")
    assert found[0].passage.document == "Documento agua.md"
    assert found[0].cosine is None
    await indexer.sync_words([*LIBRARY, LONG])
    remote.stub.default = quota("3600s")
    with pytest.raises(EmbeddingFailed):
        await indexer.embed_missing()
    assert not await indexer.complete()
    remote.stub.default = Reply()
    remote.clock.now = remote.clock.now.replace(hour=18)
    await indexer.embed_missing()
    assert await indexer.complete()


@pytest.mark.parametrize(
    "body", ['{"embeddings": []}', '{"embeddings": [{"values": [1.0]}]}', "{}", "não é JSON"]
)
async def test_an_answer_of_another_shape_is_no_vector(remote: Remote, body: str) -> None:
    remote.stub.default = Reply(raw=body)
    with pytest.raises(EmbeddingFailed):
        await asyncio.to_thread(remote.embedder.embed_passages, ["arroz"])


async def test_the_former_index_serves_until_the_new_one_is_whole(remote: Remote, database: Database) -> None:
    former = HashingEmbedder()
    await Indexer(database, former).sync(LIBRARY)
    search = Search(database, remote.embedder)
    indexer = Indexer(database, remote.embedder, remote=True)
    assert not await indexer.complete()
    assert await indexer.spaces() == ("hashing_64",)
    search.use(former)
    assert (await search.find("garrafa de água"))[0].cosine is not None
    await indexer.embed_missing()
    search.use(remote.embedder)
    await indexer.forget_other_embedders()
    assert await indexer.spaces() == ("gemini_embedding_001_768",)
    with words_of(True):
        assert (await search.find("garrafa de água"))[0].cosine is not None
