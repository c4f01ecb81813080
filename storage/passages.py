"""Reading passages: the noun, loading by id, search by words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from storage.driver import Connection, Row

Kind = Literal["passage", "dish"]

PUBLIC = 0
"""Owner of the guide and of the operator's documents; any other owner is the id of a person."""

_COLUMNS = """
    SELECT c.id, d.title, c.section, c.page, c.text, c.kind, c.dish, c.owner
    FROM chunks AS c JOIN documents AS d ON d.id = c.document_id
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk of a document as people see it. ``page`` counts from 1, None where the document has no pages.

    ``dish`` is the slug of the dish for ``kind`` "dish", else None. ``owner``: see ``PUBLIC``.
    """

    chunk_id: int
    document: str
    section: str
    page: int | None
    text: str
    kind: Kind = "passage"
    dish: str | None = None
    owner: int = PUBLIC


@dataclass(frozen=True, slots=True)
class Scored:
    """A chunk and how well it matched; the scale is the caller's (bm25 or cosine, higher is better)."""

    chunk_id: int
    score: float


def fts_table(owner: int) -> str:
    """Name of the full-text table of an owner. Raises ``ValueError`` for a negative one."""
    if owner < 0:
        raise ValueError(f"no such owner: {owner}")
    return f"chunks_fts_{owner:d}"


def table_exists(raw: Any, name: str) -> bool:
    """Whether a table is there; runs in the connection's thread."""
    return raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is not None


def _passage(row: Row) -> Passage:
    return Passage(
        chunk_id=row["id"],
        document=row["title"],
        section=row["section"],
        page=row["page"],
        text=row["text"],
        kind=cast(Kind, row["kind"]),
        dish=row["dish"],
        owner=row["owner"],
    )


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


async def load(
    conn: Connection, chunk_ids: Iterable[int], owners: Sequence[int] = (PUBLIC,)
) -> dict[int, Passage]:
    """The passages of these ids that belong to these owners; ids unknown or of others are left out."""
    wanted = list(chunk_ids)
    rows = await conn.fetch_all(
        f"{_COLUMNS} WHERE c.id IN ({_marks(wanted)}) AND c.owner IN ({_marks(owners)})", [*wanted, *owners]
    )
    return {row["id"]: _passage(row) for row in rows}


async def of_document(
    conn: Connection, document_id: int, owner: int, *, start: int, limit: int
) -> tuple[Passage, ...]:
    """Up to ``limit`` passages of an owner's document in the order of its text, from place ``start`` on."""
    rows = await conn.fetch_all(
        f"{_COLUMNS} WHERE c.document_id = ? AND c.owner = ? ORDER BY c.position LIMIT ? OFFSET ?",
        [document_id, owner, limit, start],
    )
    return tuple(_passage(row) for row in rows)


async def dishes(conn: Connection, collection: str, owner: int = PUBLIC) -> dict[str, Passage]:
    """The chunk of each dish of a collection of an owner, by slug."""
    rows = await conn.fetch_all(
        f"{_COLUMNS} WHERE c.owner = ? AND c.kind = 'dish' AND d.collection = ? ORDER BY c.id DESC",
        [owner, collection],
    )
    return {row["dish"]: _passage(row) for row in rows}


async def dishes_elsewhere(conn: Connection, collection: str, owner: int = PUBLIC) -> tuple[Passage, ...]:
    """The chunks of dishes of an owner that stand in other collections, in the order in which they came."""
    rows = await conn.fetch_all(
        f"{_COLUMNS} WHERE c.owner = ? AND c.kind = 'dish' AND d.collection <> ? ORDER BY c.id",
        [owner, collection],
    )
    return tuple(_passage(row) for row in rows)


async def dishes_state(conn: Connection, owner: int = PUBLIC) -> tuple[int, int]:
    """How many dishes an owner has and the sum of their chunk ids: another one whenever a dish came, went or changed.

    A changed dish is a new chunk, and ids are never used again.
    """
    row = await conn.fetch_one(
        "SELECT count(*) AS dishes, coalesce(sum(id), 0) AS ids FROM chunks WHERE owner = ? AND kind = 'dish'",
        (owner,),
    )
    return (row["dishes"], row["ids"]) if row else (0, 0)


async def by_words(
    conn: Connection,
    owner: int,
    match: str,
    limit: int,
    *,
    title_weight: float = 1.0,
    kind: Kind | None = None,
) -> tuple[Scored, ...]:
    """The chunks of one owner that FTS5's ``match`` finds, best first, scored by bm25 (positive).

    A word in the title of a section counts ``title_weight`` times.
    """
    table = fts_table(owner)
    # The plus keeps SQLite from looking every chunk of that kind up in FTS5, which took ten times longer.
    only = (
        "" if kind is None else "AND +rowid IN (SELECT id FROM chunks WHERE owner = :owner AND kind = :kind)"
    )
    sql = (
        f"SELECT rowid AS id, rank FROM {table} WHERE {table} MATCH :match {only} "
        "AND rank MATCH :ranking ORDER BY rank, rowid LIMIT :limit"
    )
    ranking = f"bm25({title_weight:.3f}, 1.0)"
    values = {"match": match, "limit": limit, "owner": owner, "kind": kind, "ranking": ranking}

    def query(raw: Any) -> list[Any]:
        return raw.execute(sql, values).fetchall() if match and table_exists(raw, table) else []

    return tuple(Scored(row["id"], -row["rank"]) for row in await conn.run(query))


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of a chunk as indexed, separated by spaces: those of its section's title and those of its text."""

    title: str
    body: str


async def stems_of(conn: Connection, owner: int, chunk_ids: Sequence[int]) -> dict[int, Stems]:
    """The stems of these chunks of an owner."""
    rows = await conn.fetch_all(
        f"SELECT rowid AS id, title, body FROM {fts_table(owner)} WHERE rowid IN ({_marks(chunk_ids)})",
        chunk_ids,
    )
    return {row["id"]: Stems(row["title"], row["body"]) for row in rows}


async def frequencies(conn: Connection, owner: int, stems: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many chunks an owner has, and how many of them have each of ``stems``."""
    table = fts_table(owner)

    def count(raw: Any) -> tuple[int, dict[str, int]]:
        if not table_exists(raw, table):
            return 0, {}
        chunks = raw.execute("SELECT count(*) AS n FROM chunks WHERE owner = ?", (owner,)).fetchone()["n"]
        sql = f"SELECT count(*) AS n FROM {table} WHERE {table} MATCH ?"
        quoted = {stem: '"' + stem.replace('"', '""') + '"' for stem in stems}
        return chunks, {stem: raw.execute(sql, (match,)).fetchone()["n"] for stem, match in quoted.items()}

    return await conn.run(count)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the vocabulary: folded, its stem, as it is written, and in how many chunks it stands."""

    word: str
    stem: str
    spelling: str
    chunks: int = 1


async def words_with_stems(conn: Connection, owners: Sequence[int], stems: Iterable[str]) -> tuple[Word, ...]:
    """The vocabulary of the owners that has one of these stems, the rarest first."""
    wanted = list(stems)
    rows = await conn.fetch_all(
        f"SELECT word, stem, spelling, chunks FROM words WHERE owner IN ({_marks(owners)}) "
        f"AND stem IN ({_marks(wanted)}) ORDER BY chunks",
        [*owners, *wanted],
    )
    return tuple(Word(**row) for row in rows)


async def words_of_length(conn: Connection, owners: Sequence[int], shortest: int, longest: int) -> list[str]:
    """The folded words of the owners between two lengths in letters, in one row: there are tens of thousands."""
    row = await conn.fetch_one(
        f"SELECT group_concat(word, ' ') AS words FROM words WHERE owner IN ({_marks(owners)}) "
        "AND length(word) BETWEEN ? AND ?",
        [*owners, shortest, longest],
    )
    return str(row["words"] or "").split() if row else []


async def vocabulary(conn: Connection, owners: Sequence[int], folded: Iterable[str]) -> tuple[Word, ...]:
    """What the owners' documents know of these folded words."""
    wanted = list(folded)
    rows = await conn.fetch_all(
        "SELECT word, stem, spelling, sum(chunks) AS chunks FROM words "
        f"WHERE owner IN ({_marks(owners)}) AND word IN ({_marks(wanted)}) GROUP BY word",
        [*owners, *wanted],
    )
    return tuple(Word(**row) for row in rows)
