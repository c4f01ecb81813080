"""What search costs beside its bare statements, and what other people's documents cost: ``python -m bench search``.

10,000 passages of made-up words with made-up vectors: 9,000 everybody's, 1,000 of one person. Their search is timed
against the same full-text and vector statements alone, and against numpy brute force over the same vectors; embedding
is left out (the vectors of the questions are remembered). Then 100,000 passages of other people come, and the same
questions are asked again: neither results nor scores may change.
"""

import argparse
import asyncio
import hashlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np

from rag.embedder import Vector
from rag.fusion import DEPTH, Fused
from rag.index import space_of
from rag.search import Search
from rag.stems import match_any, stem, stems
from storage import chunks, passages, vectors
from storage.chunks import NewChunk, NewDocument
from storage.database import Database
from storage.passages import PUBLIC, Stems, Word
from storage.vectors import NewVector

OWN, OTHERS_EACH = 1_000, 500
PERSON = 7
FIRST_OTHER = 1_000
WORDS, VOCABULARY = 40, 8_000
QUESTIONS, ROUNDS = 100, 3
BATCH = 500
OWNERS = (PUBLIC, PERSON)
RATIO_BAR, OTHERS_BAR = 2.0, 1.10
Times = list[tuple[float, float]]
"""By the clock and of processor time, in milliseconds."""

SEARCH, CROWDED, BARE, BRUTE = "search", "search, others there", "its statements alone", "numpy brute force"


class MadeUp:
    """An embedder whose vectors are seeded by the text: as good as any to measure time."""

    name = "made_up"

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions

    def embed_query(self, text: str) -> Vector:
        """The vector of a text."""
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
        row = np.random.default_rng(seed).standard_normal(self.dimensions).astype("<f4")
        return np.asarray(row / np.linalg.norm(row), dtype="<f4")

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """The vectors of texts."""
        return np.stack([self.embed_query(text) for text in texts])


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one thing over all questions, by the clock and of processor time."""

    what: str
    p50: float
    p95: float
    cpu_p50: float
    cpu_p95: float


def main(argv: Sequence[str]) -> int:
    """Run once and print the figures; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench search", description=__doc__)
    parser.add_argument("--chunks", type=int, default=10_000)
    parser.add_argument("--others", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, default=512)
    parser.add_argument("--json", action="store_true", help="one line a figure")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(Path(folder), options))


async def measure(folder: Path, options: argparse.Namespace) -> int:
    """Measure in two databases under ``folder``: one with the passages of others, one without."""
    embedder = MadeUp(options.dimensions)
    alone, crowded = folder / "alone.db", folder / "crowded.db"
    database = await Database.open(alone, readers=1)
    world = World(embedder)
    await world.fill(database, PUBLIC, options.chunks - OWN)
    await world.fill(database, PERSON, OWN)
    await database.close()
    shutil.copyfile(alone, crowded)
    few, many = await Database.open(alone, readers=1), await Database.open(crowded, readers=1)
    try:
        for owner in range(FIRST_OTHER, FIRST_OTHER + options.others // OTHERS_EACH):
            await world.fill(many, owner, OTHERS_EACH)
        times, same = await world.times(few, many)
    finally:
        await few.close()
        await many.close()
    for timing in times.values():
        line = (
            f"{timing.what:26} p50 {timing.p50:7.2f} ms, p95 {timing.p95:7.2f} ms; "
            f"processor p50 {timing.cpu_p50:7.2f} ms, p95 {timing.cpu_p95:7.2f} ms"
        )
        print(json.dumps(asdict(timing)) if options.json else line, flush=True)
    return _judge(times, same, options.others)


def _judge(times: Mapping[str, Timing], same: bool, others: int) -> int:
    whole, bare, brute, crowd = (times[what] for what in (SEARCH, BARE, BRUTE, CROWDED))
    ratio, slower = whole.p95 / bare.p95, crowd.p50 / whole.p50
    print(
        f"p95 of search over that of its statements alone: {ratio:.2f} (bar {RATIO_BAR:g}), "
        f"of processor time {whole.cpu_p95 / bare.cpu_p95:.2f}"
    )
    print(f"p50 of search over that of numpy brute force: {whole.p50 / brute.p50:.1f}")
    print(
        f"p50 with {others:,} passages of others over that without: {slower:.2f} (bar {OTHERS_BAR:g}), "
        f"of processor time {crowd.cpu_p50 / whole.cpu_p50:.2f}"
    )
    print(f"results and scores of {QUESTIONS} questions unchanged: {same}")
    return 0 if ratio <= RATIO_BAR and slower <= OTHERS_BAR and same else 1


class World:
    """Made-up documents, and the questions asked of them."""

    def __init__(self, embedder: MadeUp) -> None:
        self._embedder = embedder
        self._random = random.Random(11)
        self._words = list(_vocabulary(self._random))
        self._weights = [1 / (rank + 10) for rank in range(len(self._words))]
        self._questions = [" ".join(self._some(5)) for _ in range(QUESTIONS)]
        self._matrix: dict[int, list[Vector]] = {PUBLIC: [], PERSON: []}

    def _some(self, count: int) -> list[str]:
        return self._random.choices(self._words, self._weights, k=count)

    async def fill(self, database: Database, owner: int, count: int) -> None:
        """Give ``owner`` a document of ``count`` passages with their vectors."""
        new = [self._chunk(owner, number) for number in range(count)]
        document = NewDocument(owner, "bench", "bench", "Bench", "1:x", "1:", tuple(new))
        space = space_of(self._embedder)
        async with database.transaction() as tx:
            await vectors.prepare(tx, space)
            update = await chunks.begin_document(tx, document)
        for start in range(0, count, BATCH):
            async with database.transaction() as tx:
                await chunks.add_chunks(tx, update, update.to_add[start : start + BATCH])
        while True:
            async with database.transaction() as tx:
                waiting = await vectors.pending(tx, space, BATCH, update.document_id)
                made = [self._embedder.embed_query(chunk.content_hash) for chunk in waiting]
                rows = [
                    NewVector(chunk, row.tobytes(), cache=False)
                    for chunk, row in zip(waiting, made, strict=True)
                ]
                if not rows:
                    return
                await vectors.save(tx, space, rows)
            if owner in self._matrix:
                self._matrix[owner] += made

    def _chunk(self, owner: int, number: int) -> NewChunk:
        text = self._some(WORDS)
        words = tuple(Word(word, word, word) for word in dict.fromkeys(text))
        return NewChunk(
            *(f"Seção {number // 20}", None, "passage", None, " ".join(text), f"{owner}-{number}"),
            stems=Stems("secao", " ".join(text)),
            words=words,
        )

    async def times(self, few: Database, many: Database) -> tuple[dict[str, Timing], bool]:
        """Whole searches, their bare statements and numpy brute force, in turns, so that the machine's other work weighs
        on all alike; and whether both databases gave the same results and scores."""
        matrix = np.concatenate([np.stack(rows) for rows in self._matrix.values()])
        alone, crowded = Search(few, self._embedder), Search(many, self._embedder)
        same = True
        for question in self._questions:  # each vector is made now, and remembered
            same &= await _ranked(alone, question) == await _ranked(crowded, question)
        taken: defaultdict[str, Times] = defaultdict(list)
        for turn, question in enumerate(self._questions * ROUNDS):
            vector = self._embedder.embed_query(question)
            work: list[tuple[str, Callable[[], Awaitable[object]]]] = [
                (SEARCH, partial(alone.find, question, owners=OWNERS)),
                (CROWDED, partial(crowded.find, question, owners=OWNERS)),
                (BARE, partial(self._bare, few, question, vector.tobytes())),
                (BRUTE, partial(_brute, matrix, vector)),
            ]
            # Each goes first as often as the others: what ran before leaves the processor's caches warm or cold.
            for what, do in work[turn % len(work) :] + work[: turn % len(work)]:
                with _timed(taken[what]):
                    await do()
        return {what: _timing(what, times) for what, times in taken.items()}, same

    async def _bare(self, database: Database, question: str, vector: bytes) -> None:
        """The full-text and the vector statement of each owner, and nothing else."""
        space, match = space_of(self._embedder), match_any(stems(question))
        async with database.reader() as conn:
            for owner in OWNERS:
                table = passages.fts_table(owner)
                await conn.fetch_all(
                    f"SELECT rowid, rank FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT ?",
                    [match, DEPTH],
                )
                await conn.fetch_all(
                    f"SELECT chunk_id, distance FROM {space.table} WHERE embedding MATCH ? AND k = ? AND owner = ?",
                    [vector, DEPTH, owner],
                )


def _vocabulary(source: random.Random) -> Iterator[str]:
    """Made-up words that are their own stems."""
    seen: set[str] = set()
    while len(seen) < VOCABULARY:
        word = "".join(source.choice("bcdfglmnprstv") + source.choice("aeiou") for _ in range(3)) + "x"
        if word not in seen and stem(word) == word:
            seen.add(word)
            yield word


async def _brute(matrix: Vector, vector: Vector) -> None:
    scores = matrix @ vector
    top = np.argpartition(-scores, DEPTH)[:DEPTH]
    _ = top[np.argsort(-scores[top])]


async def _ranked(search: Search, question: str) -> list[Fused]:
    return await search.rank(question, owners=OWNERS)


@contextmanager
def _timed(taken: Times) -> Iterator[None]:
    began, worked = time.perf_counter(), time.process_time()
    yield
    taken.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)))


def _timing(what: str, times: Times) -> Timing:
    (p50, cpu_p50), (p95, cpu_p95) = np.percentile(times, [50, 95], axis=0).round(2).tolist()
    return Timing(what, p50, p95, cpu_p50, cpu_p95)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
