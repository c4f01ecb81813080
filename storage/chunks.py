"""Writing documents: their chunks, full-text rows and vocabulary change together, in the caller's transaction."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.driver import Connection
from storage.passages import PUBLIC, Kind, Stems, Word, fts_table
from storage.vectors import forget_vectors


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it was indexed. ``collection`` tells who brought it: "guia", "pasta", "chat"."""

    id: int
    owner: int
    collection: str
    name: str
    title: str
    content_hash: str

    @property
    def finished(self) -> bool:
        """Whether every chunk of it was stored."""
        return not self.content_hash.endswith(":")


@dataclass(frozen=True, slots=True)
class NewChunk:
    """A chunk to store. ``stems`` is what full-text search sees; ``content_hash`` is of ``section`` and ``text``."""

    section: str
    page: int | None
    kind: Kind
    dish: str | None
    text: str
    content_hash: str
    stems: Stems
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to store, whole; the fields are those of ``StoredDocument``.

    ``unfinished`` is what ``content_hash`` reads until every chunk is stored; it ends in a colon.
    """

    owner: int
    collection: str
    name: str
    title: str
    content_hash: str
    unfinished: str
    chunks: tuple[NewChunk, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """What is left to do for a document: the chunks to add, each with its position."""

    document_id: int
    owner: int
    to_add: tuple[tuple[int, NewChunk], ...]
    kept: int
    removed: int


async def documents_of(
    conn: Connection, owner: int, collection: str | None = None
) -> tuple[StoredDocument, ...]:
    """The documents of an owner (of one collection, or of all), by name."""
    rows = await conn.fetch_all(
        "SELECT id, owner, collection, name, title, content_hash FROM documents "
        "WHERE owner = :owner AND (:collection IS NULL OR collection = :collection) ORDER BY collection, name",
        {"owner": owner, "collection": collection},
    )
    return tuple(StoredDocument(**row) for row in rows)


async def begin_document(tx: Connection, document: NewDocument) -> Update:
    """Keep what did not change (chunks keep their ids and vectors), remove what is gone, and say what to add.

    The document counts as not indexed until ``finish_document``, so a kill in between is made good by doing it again.
    """
    owner = document.owner

    def begin(raw: Any) -> Update:
        row = raw.execute(
            "INSERT INTO documents (owner, collection, name, title, content_hash) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (owner, collection, name) DO UPDATE SET title = excluded.title, content_hash = excluded.content_hash "
            "RETURNING id",
            (owner, document.collection, document.name, document.title, document.unfinished),
        ).fetchone()
        stale: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for old in raw.execute(
            "SELECT id, content_hash, kind FROM chunks WHERE document_id = ? ORDER BY position DESC",
            (row["id"],),
        ).fetchall():
            stale[old["content_hash"], old["kind"]].append(old["id"])
        to_add = []
        for position, chunk in enumerate(document.chunks):
            if ids := stale[chunk.content_hash, chunk.kind]:
                raw.execute(
                    "UPDATE chunks SET position = ?, page = ?, dish = ? WHERE id = ?",
                    (position, chunk.page, chunk.dish, ids.pop()),
                )
            else:
                to_add.append((position, chunk))
        gone = [chunk_id for ids in stale.values() for chunk_id in ids]
        _remove(raw, owner, gone)
        return Update(row["id"], owner, tuple(to_add), len(document.chunks) - len(to_add), len(gone))

    return await tx.run(begin)


async def add_chunks(tx: Connection, update: Update, chunks: Sequence[tuple[int, NewChunk]]) -> None:
    """Add some of ``update.to_add``: about 0.5 ms each, so give few at a time."""

    def add(raw: Any) -> None:
        if raw.execute("SELECT 1 FROM documents WHERE id = ?", (update.document_id,)).fetchone() is None:
            return  # erased meanwhile
        for position, chunk in chunks:
            # Another process may be indexing the same document.
            if raw.execute(
                "SELECT 1 FROM chunks WHERE document_id = ? AND position = ? AND content_hash = ?",
                (update.document_id, position, chunk.content_hash),
            ).fetchone():
                continue
            _add(raw, update.owner, update.document_id, position, chunk)

    await tx.run(add)


async def finish_document(tx: Connection, update: Update, content_hash: str) -> None:
    """Mark a document as indexed, with the hash of the file it was made from."""
    await tx.execute("UPDATE documents SET content_hash = ? WHERE id = ?", [content_hash, update.document_id])


async def remove_document(tx: Connection, document_id: int) -> None:
    """Erase a document and all that was made from it; an unknown id is nothing to do."""

    def remove(raw: Any) -> None:
        row = raw.execute("SELECT owner FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            return
        ids = raw.execute("SELECT id FROM chunks WHERE document_id = ?", (document_id,)).fetchall()
        _remove(raw, row["owner"], [chunk["id"] for chunk in ids])
        raw.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        if row["owner"] != PUBLIC:
            tx.on_erased()

    await tx.run(remove)


async def erase_owner(tx: Connection, owner: int) -> None:
    """Erase every document of an owner, with words and vectors."""

    def erase(raw: Any) -> None:
        ids = raw.execute("SELECT id FROM chunks WHERE owner = ?", (owner,)).fetchall()
        _remove(raw, owner, [chunk["id"] for chunk in ids])
        raw.execute("DELETE FROM documents WHERE owner = ?", (owner,))

    await tx.run(erase)
    tx.on_erased()


def _add(raw: Any, owner: int, document_id: int, position: int, chunk: NewChunk) -> None:
    table = fts_table(owner)
    raw.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5(title, body)")
    chunk_id = raw.execute(
        "INSERT INTO chunks (document_id, owner, position, section, page, kind, dish, text, words, content_hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(document_id, owner, position, chunk.section, chunk.page, chunk.kind, chunk.dish, chunk.text),
            " ".join(word.word for word in chunk.words),
            chunk.content_hash,
        ),
    ).lastrowid
    raw.execute(
        f"INSERT INTO {table} (rowid, title, body) VALUES (?, ?, ?)",
        (chunk_id, chunk.stems.title, chunk.stems.body),
    )
    raw.executemany(
        "INSERT INTO words (owner, word, stem, spelling, chunks) VALUES (?, ?, ?, ?, 1) "
        "ON CONFLICT (owner, word) DO UPDATE SET chunks = chunks + 1",
        [(owner, word.word, word.stem, word.spelling) for word in chunk.words],
    )


def _remove(raw: Any, owner: int, chunk_ids: Sequence[int]) -> None:
    """Delete chunks from every table, and what nobody needs any more: cached vectors, words, an empty index."""
    if not chunk_ids:
        return
    table = fts_table(owner)
    left = raw.execute("SELECT count(*) AS n FROM chunks WHERE owner = ?", (owner,)).fetchone()["n"]
    last = left == len(chunk_ids)
    gone: Counter[str] = Counter()
    hashes: set[str] = set()
    for chunk_id in chunk_ids:
        row = raw.execute("SELECT words, content_hash FROM chunks WHERE id = ?", (chunk_id,)).fetchone()
        gone.update(row["words"].split())
        hashes.add(row["content_hash"])
        forget_vectors(raw, chunk_id)
        raw.execute("DELETE FROM chunks WHERE id = ?", (chunk_id,))
    raw.executemany(
        "DELETE FROM embeddings WHERE content_hash = :hash "
        "AND NOT EXISTS (SELECT 1 FROM chunks WHERE content_hash = :hash)",
        [{"hash": content_hash} for content_hash in hashes],
    )
    if last:
        raw.execute(f"DROP TABLE {table}")
        raw.execute("DELETE FROM words WHERE owner = ?", (owner,))
        return
    raw.executemany(f"DELETE FROM {table} WHERE rowid = ?", [(chunk_id,) for chunk_id in chunk_ids])
    raw.executemany(
        "UPDATE words SET chunks = chunks - ? WHERE owner = ? AND word = ?",
        [(count, owner, word) for word, count in gone.items()],
    )
    raw.execute("DELETE FROM words WHERE owner = ? AND chunks <= 0", (owner,))
    if owner != PUBLIC:
        # Deleted words stay in FTS5's segments until they are merged; a person who erases means now.
        raw.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
