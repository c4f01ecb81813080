"""Hybrid search: full-text search over stems and the nearest vectors, fused (``rag.fusion``).

Each owner's documents have an index of their own, so that other people's change neither order nor score.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from rag import bm25
from rag.embedder import Embedder, EmbeddingFailed
from rag.fusion import DEPTH, Fused, fuse, word_weight
from rag.index import space_of
from rag.query import understand
from storage import passages, vectors
from storage.database import Database
from storage.driver import Connection
from storage.passages import PUBLIC, Kind, Passage, Scored

_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. ``score`` is 0 to 1 and relative to this search: its best is near 1 even for nonsense.

    ``bm25`` (positive) and ``cosine`` (-1 to 1) are raw: whether anything was found at all is judged by them. None
    where only the other list had the passage.
    """

    passage: Passage
    score: float
    bm25: float | None = None
    cosine: float | None = None


class Search:
    """Finds passages. ``embedder`` None: by words only. Safe to use from many tasks at once.

    It takes read connections of its own, and holds none while a question is embedded.
    """

    def __init__(self, database: Database, embedder: Embedder | None) -> None:
        self._database = database
        self.use(embedder)

    def use(self, embedder: Embedder | None) -> None:
        """Search with the vectors of this embedder from now on: after a change the old index serves until the new one is
        whole. Searches under way end as they began or find words alone."""
        self._embedder = embedder
        self._space = None if embedder is None else space_of(embedder)
        self._vectors: OrderedDict[str, bytes] = OrderedDict()

    @property
    def embedder_name(self) -> str | None:
        """The embedder whose cosines hits have; None for words only."""
        return None if self._embedder is None else self._embedder.name

    async def find(
        self, text: str, k: int = 8, *, owners: Sequence[int] = (PUBLIC,), kind: Kind | None = None
    ) -> list[Hit]:
        """Return the ``k`` passages of these owners that fit ``text`` best, best first; any text is allowed."""
        ranked = (await self.rank(text, owners=owners, kind=kind, depth=max(DEPTH, k)))[:k]
        async with self._database.reader() as conn:
            found = await passages.load(conn, [hit.chunk_id for hit in ranked], owners)
        return [
            Hit(found[hit.chunk_id], hit.score, hit.bm25, hit.cosine)
            for hit in ranked
            if hit.chunk_id in found
        ]

    async def rank(
        self, text: str, *, owners: Sequence[int] = (PUBLIC,), kind: Kind | None = None, depth: int = DEPTH
    ) -> list[Fused]:
        """Return chunk ids with their scores, best first: up to ``depth`` from each list of each owner."""
        async with self._database.reader() as conn:
            query = await understand(conn, text, owners)
        vector = await self._vector(query.text)
        near: list[Scored] = []
        async with self._database.reader() as conn:
            found = await bm25.find(conn, owners, query.stems, depth, kind)
            for owner in owners:
                near += await self._nearest(conn, vector, owner, kind, depth)
        weight = 1.0 if self._embedder is None else word_weight(self._embedder.name)
        return fuse(found, near, weight)

    async def _nearest(
        self, conn: Connection, vector: bytes | None, owner: int, kind: Kind | None, depth: int
    ) -> Sequence[Scored]:
        if self._space is None or vector is None:
            return ()
        return await vectors.nearest(conn, self._space, owner, vector, depth, kind=kind)

    async def _vector(self, text: str) -> bytes | None:
        """The vector of a question, made in a thread; None when there is no text or the embedder fails."""
        text = " ".join(text.split())
        if not text or self._embedder is None:
            return None
        if text in self._vectors:
            self._vectors.move_to_end(text)
            return self._vectors[text]
        try:
            vector = (await asyncio.to_thread(self._embedder.embed_query, text)).tobytes()
        except EmbeddingFailed:
            return None  # words still answer
        self._vectors[text] = vector
        if len(self._vectors) > _REMEMBERED:
            self._vectors.popitem(last=False)
        return vector
