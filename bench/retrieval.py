"""Search quality and speed on public sets: ``python -m bench retrieval FILE.json.gz [...] [--every 4] [--json]``.

A file holds ``{"docs": [{id, title, text}], "queries": [{id, text}], "qrels": {query id: {doc id: grade}}}``. Each is
indexed into a database of its own by the code that indexes the guide, then asked by words alone (stems), by vectors
alone (dense) and by both (hybrid). Times are of whole queries, embedding included; numpy brute force over the same
vectors is the limit of what a vector search can take.
"""

import argparse
import asyncio
import gzip
import json
import math
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from rag.chunker import chunk_text
from rag.embedder import Embedder
from rag.embedders import LOCAL, choose
from rag.fusion import DEPTH
from rag.guide import Document
from rag.index import Indexer, space_of
from rag.search import Search
from storage import vectors
from storage.database import Database
from storage.passages import PUBLIC

Ask = Callable[[str], Awaitable[list[int]]]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of ``--json``. ``docs_per_s``: indexing what the system needs."""

    file: str
    system: str
    ndcg_at_10: float
    recall_at_5: float
    mrr_at_10: float
    ms_p50: float
    ms_p95: float
    docs_per_s: float


@dataclass(frozen=True, slots=True)
class Limit:
    """The vector statement beside numpy brute force over the same vectors, both without embedding (ms)."""

    vectors: int
    vec0_p50: float
    vec0_p95: float
    numpy_p50: float
    numpy_p95: float


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Normalised discounted cumulative gain with linear gains, as trec_eval computes it."""
    gain = sum(grades.get(doc, 0) / math.log2(place + 2) for place, doc in enumerate(ranked[:k]))
    ideal = sorted(grades.values(), reverse=True)[:k]
    best = sum(grade / math.log2(place + 2) for place, grade in enumerate(ideal))
    return gain / best if best else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, float], k: int = 5) -> float:
    """Part of the relevant documents that are among the first ``k``."""
    relevant = {doc for doc, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """One over the place of the first relevant document."""
    return next((1 / place for place, doc in enumerate(ranked[:k], start=1) if grades.get(doc, 0) > 0), 0.0)


class Bench:
    """One file, indexed and asked."""

    def __init__(self, path: Path, embedder: Embedder, every: int) -> None:
        raw: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
        self.name = path.name
        self.embedder = embedder
        self.docs: list[dict[str, str]] = raw["docs"]
        self.qrels: dict[str, dict[str, float]] = raw["qrels"]
        self.queries = [query for query in raw["queries"][::every] if self.qrels.get(query["id"])]
        self.doc_of: dict[int, str] = {}

    async def run(self, folder: Path) -> tuple[list[Result], Limit]:
        """Index into ``folder`` and ask every system."""
        database = await Database.open(folder / "bench.db")
        try:
            words_s, vectors_s = await self._index(database)
            search, words = Search(database, self.embedder), Search(database, None)

            async def stems(text: str) -> list[int]:
                return [hit.chunk_id for hit in await words.rank(text)]

            async def hybrid(text: str) -> list[int]:
                return [hit.chunk_id for hit in await search.rank(text)]

            async def dense(text: str) -> list[int]:
                vector = await asyncio.to_thread(self.embedder.embed_query, text)
                async with database.reader() as conn:
                    found = await vectors.nearest(
                        conn, space_of(self.embedder), PUBLIC, vector.tobytes(), DEPTH
                    )
                return [hit.chunk_id for hit in found]

            await hybrid(self.queries[0]["text"])  # loads what loads at the first text
            results = [
                await self._ask("stems", stems, words_s),
                await self._ask("dense", dense, vectors_s),
                await self._ask("hybrid", hybrid, words_s + vectors_s),
            ]
            return results, await self._limit(database)
        finally:
            await database.close()

    async def _index(self, database: Database) -> tuple[float, float]:
        """Index every document; returns the seconds for words and for vectors."""
        documents = [
            Document(
                doc["id"],
                doc.get("title") or doc["id"],
                "1",
                tuple(chunk_text(doc.get("title", ""), doc["text"])),
            )
            for doc in self.docs
        ]
        indexer = Indexer(database, self.embedder)
        start = time.perf_counter()
        await indexer.sync_words(documents)
        middle = time.perf_counter()
        await indexer.embed_missing()
        end = time.perf_counter()
        async with database.reader() as conn:
            rows = await conn.fetch_all(
                "SELECT c.id, d.name FROM chunks AS c JOIN documents AS d ON d.id = c.document_id"
            )
        self.doc_of = {row["id"]: row["name"] for row in rows}
        return middle - start, end - middle

    async def _ask(self, system: str, ask: Ask, seconds: float) -> Result:
        scores: list[tuple[float, float, float]] = []
        times: list[float] = []
        for query in self.queries:
            start = time.perf_counter()
            found = await ask(query["text"])
            times.append(1000 * (time.perf_counter() - start))
            ranked = list(dict.fromkeys(self.doc_of[chunk_id] for chunk_id in found))
            grades = self.qrels[query["id"]]
            scores.append((ndcg(ranked, grades), recall(ranked, grades), reciprocal_rank(ranked, grades)))
        gain, found_part, first = (round(mean(column), 4) for column in zip(*scores, strict=True))
        p50, p95 = (round(float(figure), 2) for figure in np.percentile(times, [50, 95]))
        return Result(
            self.name, system, gain, found_part, first, p50, p95, round(len(self.docs) / seconds, 1)
        )

    async def _limit(self, database: Database) -> Limit:
        """Time the vec0 statement and numpy over the same vectors, with up to 200 questions."""
        space = space_of(self.embedder)
        async with database.reader() as conn:
            rows = await conn.fetch_all("SELECT vector FROM embeddings WHERE embedder = ?", [space.key])
            matrix = np.stack([np.frombuffer(row["vector"], "<f4") for row in rows])
            asked = [matrix[i % len(matrix)] for i in range(200)]
            vec0, brute = [], []
            for vector in asked:
                start = time.perf_counter()
                await vectors.nearest(conn, space, PUBLIC, vector.tobytes(), DEPTH)
                middle = time.perf_counter()
                scores = matrix @ vector
                top = np.argpartition(-scores, min(DEPTH, len(scores) - 1))[:DEPTH]
                _ = top[np.argsort(-scores[top])]
                vec0.append(1000 * (middle - start))
                brute.append(1000 * (time.perf_counter() - middle))
        figures = [round(float(x), 3) for times in (vec0, brute) for x in np.percentile(times, [50, 95])]
        return Limit(len(matrix), *figures)


def show(embedder: str, results: Sequence[Result], limit: Limit) -> None:
    """Print a table of one file."""
    print(f"\n{results[0].file} ({embedder})")
    print(
        f"{'system':8} {'nDCG@10':>8} {'recall@5':>9} {'MRR@10':>7} {'ms p50':>8} {'ms p95':>8} {'docs/s':>8}"
    )
    for line in results:
        print(
            f"{line.system:8} {line.ndcg_at_10:8.4f} {line.recall_at_5:9.4f} {line.mrr_at_10:7.4f} "
            f"{line.ms_p50:8.2f} {line.ms_p95:8.2f} {line.docs_per_s:8.1f}"
        )
    print(
        f"vec0 statement over {limit.vectors} vectors: p50 {limit.vec0_p50} ms, p95 {limit.vec0_p95} ms; "
        f"numpy brute force: {limit.numpy_p50} and {limit.numpy_p95} ms"
    )


def main(argv: list[str]) -> int:
    """Run the benchmark; without files there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m bench retrieval", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.json.gz")
    parser.add_argument("--every", type=int, default=1, help="ask every n-th query only")
    parser.add_argument("--embedder", choices=["auto", *LOCAL], default="auto")
    parser.add_argument("--json", action="store_true", help="one line a system")
    options = parser.parse_args(argv)
    if not options.files:
        print("retrieval: no FILE.json.gz given, nothing measured")
        return 0
    embedder = choose(options.embedder)
    for path in options.files:
        with tempfile.TemporaryDirectory() as folder:
            results, limit = asyncio.run(Bench(path, embedder, options.every).run(Path(folder)))
        if options.json:
            for line in results:
                print(json.dumps(asdict(line)), flush=True)
        else:
            show(embedder.name, results, limit)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
