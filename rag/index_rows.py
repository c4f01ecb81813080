"""Documents and chunks as the index stores them."""

from collections.abc import Sequence
from dataclasses import replace

from rag.chunker import Chunk, searchable
from rag.guide import Document
from rag.stems import stems, vocabulary
from storage.chunks import NewChunk, NewDocument
from storage.passages import Stems

FORMAT = "1"
"""Raise it when chunks, stems or words are made in another way: everything is then read again."""


def stored_hash(document: Document) -> str:
    """The content hash of a document together with the format of the index."""
    return f"{FORMAT}:{document.content_hash}"


def outline(document: Document, owner: int, collection: str) -> NewDocument:
    """A document to store whose chunks have no stems yet: only those that are new need them (blocking, it hashes)."""
    return NewDocument(
        owner=owner,
        collection=collection,
        name=document.name,
        title=document.title,
        content_hash=stored_hash(document),
        unfinished=f"{FORMAT}:",
        chunks=tuple(_new(chunk) for chunk in document.chunks),
    )


def stemmed(batch: Sequence[tuple[int, NewChunk]]) -> list[tuple[int, NewChunk]]:
    """The same chunks with their stems and words (blocking, about 0.5 ms for a hundred words)."""
    return [
        (
            position,
            replace(
                chunk,
                stems=Stems(" ".join(stems(chunk.section)), " ".join(stems(chunk.text))),
                words=vocabulary(searchable(chunk.section, chunk.text)),
            ),
        )
        for position, chunk in batch
    ]


def _new(chunk: Chunk) -> NewChunk:
    return NewChunk(
        section=chunk.section,
        page=chunk.page,
        kind=chunk.kind,
        dish=chunk.dish,
        text=chunk.text,
        content_hash=chunk.content_hash,
        stems=Stems("", ""),
        words=(),
    )
