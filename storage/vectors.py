"""Vectors of chunks: one vec0 table for each embedder and dimension, and the cache that spares embedding twice.

Vectors are float32 blobs of unit length, so the distance d of vec0 (L2) gives the cosine as 1 - d²/2.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from storage.driver import Connection
from storage.passages import Kind, Scored, table_exists

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_PREFIX = "chunks_vec_"
_OF_DOCUMENT = "document_id = :document"
MOST_NEIGHBOURS = 4096
"""vec0 refuses a larger k."""


@dataclass(frozen=True, slots=True)
class Space:
    """The vector space of an embedder: vectors of different spaces cannot be compared.

    Raises ``ValueError`` for a name that is not lower-case letters, digits and underscores.
    """

    embedder: str
    dimensions: int

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.embedder) or not 1 <= self.dimensions <= 8192:
            raise ValueError(f"not a vector space: {self.embedder!r}, {self.dimensions}")

    @property
    def key(self) -> str:
        """What the cache calls this space."""
        return f"{self.embedder}_{self.dimensions}"

    @property
    def table(self) -> str:
        """The vec0 table of this space."""
        return f"{_PREFIX}{self.key}"


@dataclass(frozen=True, slots=True)
class Pending:
    """A chunk that has no vector yet; ``section`` and ``text`` are what to embed."""

    chunk_id: int
    owner: int
    kind: Kind
    section: str
    text: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class NewVector:
    """A vector for a chunk. ``cache``: keep it for other chunks of the same content (not for what we ship)."""

    chunk: Pending
    vector: bytes
    cache: bool = True


async def prepare(tx: Connection, space: Space) -> None:
    """Make the vec0 table of a space if it is missing."""
    # Small chunks: each owner's partition fills whole chunks, and most people have one short document.
    await tx.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {space.table} USING vec0("
        "chunk_id INTEGER PRIMARY KEY, owner INTEGER PARTITION KEY, kind TEXT PARTITION KEY, "
        f"embedding FLOAT[{space.dimensions:d}], chunk_size=128)"
    )
    # vec0 looks through the list of all partitions' chunks at each search: 8 % of it with 200 other owners, without this.
    await tx.execute(
        f"CREATE INDEX IF NOT EXISTS {space.table}_partitions ON {space.table}_chunks (partition00, partition01)"
    )


async def pending(
    conn: Connection, space: Space, limit: int, document_id: int | None = None, *, public_only: bool = False
) -> tuple[Pending, ...]:
    """The first chunks (of one document, or of all) without a vector in this space, oldest first; the guide before
    people's documents, which ``public_only`` leaves out."""
    rows = await conn.fetch_all(
        "SELECT id AS chunk_id, owner, kind, section, text, content_hash FROM chunks "
        f"WHERE {_OF_DOCUMENT if document_id is not None else ':document IS NULL'} {'AND owner = 0' if public_only else ''} AND NOT EXISTS "
        "(SELECT 1 FROM chunk_vectors AS v WHERE v.chunk_id = chunks.id AND v.embedder = :embedder) "
        "ORDER BY owner > 0, id LIMIT :limit",
        {"document": document_id, "embedder": space.key, "limit": limit},
    )
    return tuple(Pending(**row) for row in rows)


async def coverage(
    conn: Connection, space: Space, document_id: int | None = None, *, public_only: bool = False
) -> tuple[int, int]:
    """How many chunks (of one document, or of all) have a vector in this space, and how many there are; ``public_only``
    leaves out people's own."""
    if document_id is None and not public_only:
        done = "SELECT count(*) FROM chunk_vectors WHERE embedder = :embedder"
        total = "FROM chunks"
    else:
        total = f"FROM chunks WHERE {'owner = 0' if document_id is None else _OF_DOCUMENT}"
        done = (
            f"SELECT count(*) {total} AND EXISTS "
            "(SELECT 1 FROM chunk_vectors AS v WHERE v.chunk_id = chunks.id AND v.embedder = :embedder)"
        )
    row = await conn.fetch_one(
        f"SELECT ({done}) AS done, (SELECT count(*) {total}) AS total",
        {"embedder": space.key} | ({} if document_id is None else {"document": document_id}),
    )
    return (row["done"], row["total"]) if row else (0, 0)


async def cached(conn: Connection, space: Space, hashes: Iterable[str]) -> dict[str, bytes]:
    """The vectors already made for these contents."""
    wanted = list(hashes)
    rows = await conn.fetch_all(
        "SELECT content_hash, vector FROM embeddings WHERE embedder = ? "
        f"AND content_hash IN ({', '.join('?' * len(wanted))})",
        [space.key, *wanted],
    )
    return {row["content_hash"]: row["vector"] for row in rows}


async def save(tx: Connection, space: Space, vectors: Sequence[NewVector]) -> int:
    """Store vectors of chunks that still exist and have none; returns how many. The space must be prepared."""

    def store(raw: Any) -> int:
        stored = 0
        for new in vectors:
            chunk = new.chunk
            # Vectors are made outside the transaction: meanwhile the chunk may have gone or been done.
            stored_here = raw.execute(
                "INSERT INTO chunk_vectors (embedder, chunk_id) SELECT ?, id FROM chunks WHERE id = ? "
                "AND content_hash = ? ON CONFLICT DO NOTHING",
                (space.key, chunk.chunk_id, chunk.content_hash),
            ).rowcount
            if not stored_here:
                continue
            raw.execute(
                f"INSERT INTO {space.table} (chunk_id, owner, kind, embedding) VALUES (?, ?, ?, ?)",
                (chunk.chunk_id, chunk.owner, chunk.kind, new.vector),
            )
            if new.cache:
                raw.execute(
                    "INSERT INTO embeddings (embedder, content_hash, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (space.key, chunk.content_hash, new.vector),
                )
            stored += 1
        return stored

    return await tx.run(store)


async def nearest(
    conn: Connection, space: Space, owner: int, vector: bytes, k: int, *, kind: Kind | None = None
) -> tuple[Scored, ...]:
    """The ``k`` chunks of one owner nearest to a unit vector, best first, scored by cosine (-1 to 1)."""
    only = "" if kind is None else "AND kind = :kind"
    sql = (
        f"SELECT chunk_id, distance FROM {space.table} "
        f"WHERE embedding MATCH :vector AND k = :k AND owner = :owner {only} ORDER BY distance"
    )
    values = {"vector": vector, "k": min(k, MOST_NEIGHBOURS), "owner": owner, "kind": kind}

    def query(raw: Any) -> list[Any]:
        return raw.execute(sql, values).fetchall() if table_exists(raw, space.table) else []

    found = (Scored(row["chunk_id"], 1 - row["distance"] ** 2 / 2) for row in await conn.run(query))
    # Without a kind vec0 answers k for each kind: merge them.
    return tuple(sorted(found, key=lambda hit: (-hit.score, hit.chunk_id))[:k])


def forget_vectors(raw: Any, chunk_id: int) -> None:
    """Delete the vectors of a chunk in every space; runs in the connection's thread, inside a transaction."""
    for row in raw.execute(
        "DELETE FROM chunk_vectors WHERE chunk_id = ? RETURNING embedder", (chunk_id,)
    ).fetchall():
        raw.execute(f"DELETE FROM {_PREFIX}{row['embedder']} WHERE chunk_id = ?", (chunk_id,))


async def spaces(conn: Connection) -> tuple[str, ...]:
    """The keys (see ``Space.key``) of the spaces that have vectors."""
    rows = await conn.fetch_all("SELECT DISTINCT embedder FROM chunk_vectors")
    return tuple(row["embedder"] for row in rows)


async def drop_other_spaces(tx: Connection, space: Space) -> None:
    """Forget the vectors of every other embedder, once this one has them all."""

    def drop(raw: Any) -> None:
        names = raw.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%vec0(%'"
        ).fetchall()
        for name in (row["name"] for row in names):
            if name.startswith(_PREFIX) and name != space.table:
                raw.execute(f"DROP TABLE {name}")
        raw.execute("DELETE FROM chunk_vectors WHERE embedder <> ?", (space.key,))
        raw.execute("DELETE FROM embeddings WHERE embedder <> ?", (space.key,))

    await tx.run(drop)
