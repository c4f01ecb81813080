"""Documents that people sent: what is told of each beside its chunks, which ``storage.chunks`` keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.clock import from_ms, to_ms
from storage.driver import Connection, Row
from storage.passages import Passage, of_document
from storage.stored_json import dump_object, load_object

COLLECTION = "chat"
"""The collection that people's own documents are in."""

_SELECT = """
    SELECT o.*, d.name, d.title, d.content_hash,
           (SELECT count(*) FROM chunks AS c WHERE c.document_id = o.document_id) AS passages
    FROM own_documents AS o JOIN documents AS d ON d.id = o.document_id AND d.owner = o.person_id
"""


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """``title`` is the file's name as people see it; ``pages`` is None where it has none; ``passages`` counts chunks.

    ``plan`` is what ``menus.own_plans`` stored of it.
    """

    id: int
    person_id: int
    name: str
    title: str
    content_hash: str
    pages: int | None
    passages: int
    plan: Mapping[str, Any]
    received_at: datetime


async def save(
    tx: Connection,
    person_id: int,
    document_id: int,
    *,
    pages: int | None,
    plan: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Keep what was read of an indexed document, in the place of what was kept of it; False when it is gone."""
    changed = await tx.execute(
        "INSERT INTO own_documents (document_id, person_id, pages, plan, received_at)"
        " SELECT id, owner, ?, ?, ? FROM documents WHERE id = ? AND owner = ?"
        " ON CONFLICT (document_id) DO UPDATE SET pages = excluded.pages, plan = excluded.plan,"
        " received_at = excluded.received_at",
        (pages, dump_object(plan), to_ms(now), document_id, person_id),
    )
    return changed > 0


async def of_person(conn: Connection, person_id: int) -> tuple[OwnDocument, ...]:
    """The person's documents, the newest first."""
    rows = await conn.fetch_all(
        f"{_SELECT} WHERE o.person_id = ? ORDER BY o.received_at DESC, o.document_id DESC", (person_id,)
    )
    return tuple(_document(row) for row in rows)


async def get(conn: Connection, person_id: int, document_id: int) -> OwnDocument | None:
    """The person's document of this id; None for one of another person as for one that is not there."""
    row = await conn.fetch_one(
        f"{_SELECT} WHERE o.person_id = ? AND o.document_id = ?", (person_id, document_id)
    )
    return _document(row) if row else None


async def passages_of(
    conn: Connection, person_id: int, document_id: int, *, start: int = 0, limit: int = 1
) -> tuple[Passage, ...]:
    """Passages of the person's document in the order of its text, from place ``start`` (counted from 0)."""
    return await of_document(conn, document_id, person_id, start=start, limit=limit)


async def place_of_page(conn: Connection, person_id: int, document_id: int, page: int) -> int:
    """The place, counted from 0, of the first passage that begins on ``page`` (or after the pages before it)."""
    row = await conn.fetch_one(
        "SELECT count(*) AS n FROM chunks WHERE document_id = ? AND owner = ? AND page < ?",
        (document_id, person_id, page),
    )
    return int(row["n"]) if row else 0


def _document(row: Row) -> OwnDocument:
    return OwnDocument(
        id=row["document_id"],
        person_id=row["person_id"],
        name=row["name"],
        title=row["title"],
        content_hash=row["content_hash"],
        pages=row["pages"],
        passages=row["passages"],
        plan=load_object(row["plan"]),
        received_at=from_ms(row["received_at"]),
    )
