"""Passages are embedded in another process: the same vectors, whatever becomes of that process."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag import embedders
from rag.embedder import EmbeddingFailed
from rag.embedding_process import NICENESS, PassagesElsewhere
from tests.fakes.embedder import HashingEmbedder

ROOT = Path(__file__).resolve().parent.parent.parent
NEAR = embedders.choose("auto")
"""Read when tests are collected: an async test must not block."""

TEXTS = ["Arroz com feijão.\nÉ do dia a dia.", "Peixe assado \x00 com legumes", "fruta"]


@pytest.fixture
def elsewhere() -> Iterator[PassagesElsewhere]:
    """An embedder whose process is ended with the test."""
    embedder = PassagesElsewhere(NEAR, "auto")
    yield embedder
    embedder.close()


def niceness(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def test_the_vectors_are_the_same_and_a_process_that_was_killed_is_replaced(
    elsewhere: PassagesElsewhere,
) -> None:
    assert elsewhere.pid is None
    assert (elsewhere.name, elsewhere.dimensions) == (NEAR.name, NEAR.dimensions)
    assert np.array_equal(elsewhere.embed_query("feijão"), NEAR.embed_query("feijão"))
    assert elsewhere.pid is None
    assert np.array_equal(elsewhere.embed_passages(TEXTS), NEAR.embed_passages(TEXTS))
    assert elsewhere.embed_passages([]).shape == (0, NEAR.dimensions)
    first = elsewhere.pid
    assert first is not None
    assert niceness(first) == min(19, niceness(0) + NICENESS)
    os.kill(first, signal.SIGKILL)
    assert elsewhere.embed_passages(TEXTS[:1]).shape == (1, NEAR.dimensions)
    assert elsewhere.pid not in (None, first)


def test_one_that_cannot_run_here_gives_an_error_and_no_hanging() -> None:
    broken = PassagesElsewhere(HashingEmbedder(), "nonsense")
    with pytest.raises(EmbeddingFailed):
        broken.embed_passages(TEXTS)
    assert broken.pid is None
    broken.close()


def test_one_that_takes_too_long_is_ended() -> None:
    slow = PassagesElsewhere(HashingEmbedder(), "auto", deadline_s=0.01)  # less than Python takes to start
    with pytest.raises(EmbeddingFailed):
        slow.embed_passages(TEXTS)
    assert slow.pid is None
    slow.close()


async def test_it_ends_by_itself_without_work_and_comes_back_with_it() -> None:
    resting = PassagesElsewhere(NEAR, "auto", idle_s=0.05)
    await asyncio.to_thread(resting.embed_passages, TEXTS[:1])
    async with asyncio.timeout(20):
        while resting.pid is not None:  # noqa: ASYNC110 -- a timer's thread ends it
            await asyncio.sleep(0.01)
    assert len(await asyncio.to_thread(resting.embed_passages, TEXTS[:2])) == 2
    await asyncio.to_thread(resting.close)


async def test_it_ends_when_its_input_ends_so_also_with_its_parent() -> None:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rag.embedding_process", "auto"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await asyncio.wait_for(child.communicate(b'"arroz"\n"feij\\u00e3o"\n'), 60)
    assert [sorted(json.loads(line)) for line in output.splitlines()] == [["vector"], ["vector"]]
    assert child.returncode == 0
