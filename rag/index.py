"""Indexing: documents into the full-text index at once, into the vector index as fast as the embedder goes.

Both steps look at content hashes: what did not change is neither stored nor embedded again, and a step that was
killed goes on where it was. While vectors are missing, search answers from words.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.chunker import searchable
from rag.embedder import Embedder, EmbeddingFailed, Vector
from rag.guide import COLLECTION, Document
from rag.index_rows import FORMAT, outline, stemmed, stored_hash
from storage import chunks, vectors
from storage.database import Database
from storage.driver import Connection
from storage.passages import PUBLIC
from storage.vectors import NewVector, Pending, Space

EMBED_AT_ONCE = 8
REMOTE_AT_ONCE = 100
SHIPPED_AT_ONCE = 256
CHUNKS_AT_ONCE = 64
"""Batches: what one transaction holds, and so how long other writers may wait (well below 100 ms)."""

MOST_EMBEDDED = 3000
"""Letters of a passage that an embedder is given: a page of prose. Signs without words cost it minutes beyond that."""

TOO_MANY_FAILURES = 8

Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all) from the event loop; must return at once."""

Wanted = Callable[[Connection], Awaitable[bool]]
"""Asked, in a transaction, whether a document is still to be indexed."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did: documents read again and removed, chunks added and removed, vectors stored and computed."""

    documents: int = 0
    documents_removed: int = 0
    added: int = 0
    removed: int = 0
    vectors: int = 0
    embedded: int = 0


def space_of(embedder: Embedder) -> Space:
    """The vector space of an embedder."""
    return Space(embedder.name, embedder.dimensions)


class Indexer:
    """Brings the index in line with documents. ``embedder`` None: words only. ``shipped``: vectors by content hash.

    ``remote``: the embedder is somebody else's machine. Then passages go in batches, and people's own documents, which do
    not leave, have no vectors.
    """

    def __init__(
        self,
        database: Database,
        embedder: Embedder | None,
        shipped: Mapping[str, Vector] | None = None,
        *,
        remote: bool = False,
    ) -> None:
        self._database = database
        self._embedder = embedder
        self._shipped = shipped or {}
        self._remote = remote
        self._embedding = asyncio.Lock()

    async def sync(
        self,
        documents: Sequence[Document],
        *,
        owner: int = PUBLIC,
        collection: str = COLLECTION,
        progress: Progress | None = None,
    ) -> Report:
        """Make an owner's collection be exactly ``documents``, then give every chunk its vector.

        Raises ``EmbeddingFailed`` when the embedder fails again and again; words are indexed by then.
        """
        words = await self.sync_words(documents, owner=owner, collection=collection)
        stored, embedded = await self.embed_missing(progress)
        return Report(words.documents, words.documents_removed, words.added, words.removed, stored, embedded)

    async def indexed(self, collection: str, owner: int = PUBLIC) -> dict[str, str]:
        """Content hashes, by name, of the documents that are whole in the index and in its present format."""
        async with self._database.reader() as conn:
            known = await chunks.documents_of(conn, owner, collection)
        parts = {old.name: old.content_hash.partition(":") for old in known}
        return {name: digest for name, (made, _, digest) in parts.items() if made == FORMAT and digest}

    async def sync_words(
        self,
        documents: Sequence[Document],
        *,
        owner: int = PUBLIC,
        collection: str = COLLECTION,
        unchanged: Iterable[str] = (),
    ) -> Report:
        """Make an owner's collection be exactly ``documents`` and those named ``unchanged`` (see ``indexed``), by words only."""
        async with self._database.reader() as conn:
            known = {old.name: old for old in await chunks.documents_of(conn, owner, collection)}
        names = {*unchanged, *(document.name for document in documents)}
        # Made in another format: what their chunks keep would be of that format, so they are made anew.
        stale = [old for old in known.values() if not old.content_hash.startswith(f"{FORMAT}:")]
        gone = [old for old in known.values() if old.name not in names]
        for old in (*gone, *(old for old in stale if old not in gone)):
            async with self._database.transaction() as tx:
                await chunks.remove_document(tx, old.id)
        read = added = removed = 0
        for document in documents:
            old_hash = known[document.name].content_hash if document.name in known else None
            if old_hash != stored_hash(document):
                update = await self.index_document(document, owner=owner, collection=collection)
                read += 1
                added += len(update.to_add) if update else 0
                removed += update.removed if update else 0
        return Report(read, len(gone), added, removed)

    async def index_document(
        self,
        document: Document,
        *,
        owner: int,
        collection: str,
        at_once: int = CHUNKS_AT_ONCE,
        wanted: Wanted | None = None,
        progress: Progress | None = None,
    ) -> chunks.Update | None:
        """Index the words of one document, ``at_once`` chunks a transaction.

        ``wanted`` is asked in the first transaction: None, and nothing is written, when it says no.
        """
        new = await asyncio.to_thread(outline, document, owner, collection)
        async with self._database.transaction() as tx:
            if wanted is not None and not await wanted(tx):
                return None
            update = await chunks.begin_document(tx, new)
        for start in range(0, len(update.to_add), at_once):
            batch = await asyncio.to_thread(stemmed, update.to_add[start : start + at_once])
            async with self._database.transaction() as tx:
                await chunks.add_chunks(tx, update, batch)
            if progress is not None:
                progress(update.kept + min(start + at_once, len(update.to_add)), len(new.chunks))
        async with self._database.transaction() as tx:
            await chunks.finish_document(tx, update, new.content_hash)
        return update

    async def embed_missing(self, progress: Progress | None = None) -> tuple[int, int]:
        """Give every chunk its vector; returns (vectors stored, of them computed now). One run at a time.

        Raises ``EmbeddingFailed`` when the embedder fails for several texts; the others keep their vectors.
        """
        if self._embedder is None:
            return 0, 0
        async with self._embedding:
            return await self._embed_all(self._embedder, None, progress)

    async def embed_document(self, document_id: int, progress: Progress | None = None) -> tuple[int, int]:
        """``embed_missing`` for the chunks of one document, not waiting for others: a person's own comes before all.

        Raises ``EmbeddingFailed`` like it.
        """
        if self._embedder is None or self._remote:
            return 0, 0
        return await self._embed_all(self._embedder, document_id, progress)

    async def _embed_all(
        self, embedder: Embedder, document_id: int | None, progress: Progress | None
    ) -> tuple[int, int]:
        space = space_of(embedder)
        async with self._database.transaction() as tx:
            await vectors.prepare(tx, space)
        stored = embedded = 0
        failed: set[int] = set()
        while batch := await self._pending(space, failed, document_id):
            ready, computed, bad = await self._vectors(space, batch)
            async with self._database.transaction() as tx:
                stored += await vectors.save(tx, space, ready)
            embedded += computed
            failed |= bad
            if len(failed) >= TOO_MANY_FAILURES:
                raise EmbeddingFailed(f"{embedder.name} failed for {len(failed)} texts")
            if progress is not None:
                async with self._database.reader() as conn:
                    progress(*await vectors.coverage(conn, space, document_id, public_only=self._remote))
        return stored, embedded

    async def complete(self) -> bool:
        """Whether there are chunks, and every one has its vector in the embedder's space."""
        return await self._covered(public_only=self._remote)

    async def public_complete(self) -> bool:
        """The same of the guide and the operator's folder alone: a person's file that is being embedded, or cannot be, is
        no reason to call the bot not ready."""
        return await self._covered(public_only=True)

    async def _covered(self, *, public_only: bool) -> bool:
        if self._embedder is None:
            return False
        async with self._database.reader() as conn:
            done, total = await vectors.coverage(conn, space_of(self._embedder), public_only=public_only)
        return 0 < total == done

    async def spaces(self) -> tuple[str, ...]:
        """The keys of the vector spaces that have vectors (see ``storage.vectors.Space``)."""
        async with self._database.reader() as conn:
            return await vectors.spaces(conn)

    async def forget_other_embedders(self) -> None:
        """Drop the vectors of embedders used before, once this one's are complete."""
        if self._embedder is not None and await self.complete():
            async with self._database.transaction() as tx:
                await vectors.drop_other_spaces(tx, space_of(self._embedder))

    async def _pending(self, space: Space, failed: set[int], document_id: int | None) -> list[Pending]:
        """The next batch: many when we ship their vectors, few when they must be computed."""
        at_once = REMOTE_AT_ONCE if self._remote else EMBED_AT_ONCE
        most = SHIPPED_AT_ONCE if document_id is None else at_once  # we ship nothing of people's own
        async with self._database.reader() as conn:
            waiting = await vectors.pending(
                conn, space, most + len(failed), document_id, public_only=self._remote
            )
        todo = [chunk for chunk in waiting if chunk.chunk_id not in failed]
        ready = [chunk for chunk in todo if chunk.content_hash in self._shipped]
        return ready or todo[:at_once]

    async def _vectors(self, space: Space, batch: Sequence[Pending]) -> tuple[list[NewVector], int, set[int]]:
        """Vectors of a batch from what we ship, from the cache, else computed: (vectors, computed, failed ids)."""
        ready = [
            NewVector(chunk, self._shipped[chunk.content_hash].tobytes(), cache=False)
            for chunk in batch
            if chunk.content_hash in self._shipped
        ]
        rest = [chunk for chunk in batch if chunk.content_hash not in self._shipped]
        async with self._database.reader() as conn:
            cached = await vectors.cached(conn, space, [chunk.content_hash for chunk in rest])
        missing = [chunk for chunk in rest if chunk.content_hash not in cached]
        # One by one here, so that a text that cannot be embedded costs the others nothing.
        size = max(1, len(missing)) if self._remote else 1
        for start in range(0, len(missing), size):
            cached |= await self._embed(missing[start : start + size])
        made = [chunk for chunk in rest if chunk.content_hash in cached]
        ready += [NewVector(chunk, cached[chunk.content_hash]) for chunk in made]
        failed = {chunk.chunk_id for chunk in missing if chunk.content_hash not in cached}
        return ready, len(missing) - len(failed), failed

    async def _embed(self, batch: Sequence[Pending]) -> dict[str, bytes]:
        """The vectors of a batch by content hash; none when the embedder failed."""
        assert self._embedder is not None  # noqa: S101 -- embed_missing returned already
        texts = [searchable(chunk.section, chunk.text)[:MOST_EMBEDDED] for chunk in batch]
        try:
            rows = await asyncio.to_thread(self._embedder.embed_passages, texts)
        except EmbeddingFailed:
            return {}
        return {chunk.content_hash: bytes(row.tobytes()) for chunk, row in zip(batch, rows, strict=True)}
