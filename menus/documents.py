"""A person's own documents: the list, one of them, erasing one. Nobody else's are ever found.

Each takes the connection of the caller's transaction (or a reader) first; nothing here sends anything.
"""

from collections.abc import Sequence

from storage import chunks, own_documents
from storage.driver import Connection
from storage.own_documents import OwnDocument
from storage.passages import Passage

__all__ = [
    "MOST_DOCUMENTS",
    "OwnDocument",
    "Passage",
    "erase",
    "erase_orphan",
    "find",
    "fits",
    "listed",
    "passages",
    "place_of_page",
]

MOST_DOCUMENTS = 10
"""Documents of a person, those being read included."""

MOST_PASSAGES = 10_000
"""Passages of all of a person's documents: some 1,500 pages, and a second of work to erase them in one transaction."""


async def listed(conn: Connection, person_id: int) -> tuple[OwnDocument, ...]:
    """The person's documents, the newest first."""
    return await own_documents.of_person(conn, person_id)


async def fits(conn: Connection, person_id: int, name: str, passages: int) -> bool:
    """Whether the person may keep so many passages in a document of this name beside their others."""
    others = [each.passages for each in await listed(conn, person_id) if each.name != name]
    return sum(others) + passages <= MOST_PASSAGES


async def find(conn: Connection, person_id: int, document_id: int) -> OwnDocument | None:
    """The person's document of this id, or None."""
    return await own_documents.get(conn, person_id, document_id)


async def passages(
    conn: Connection, person_id: int, document_id: int, start: int = 0, limit: int = 1
) -> Sequence[Passage]:
    """Passages of the person's document in the order of its text."""
    return await own_documents.passages_of(conn, person_id, document_id, start=start, limit=limit)


async def place_of_page(conn: Connection, person_id: int, document_id: int, page: int) -> int:
    """The place of the first passage that begins on a page, among all of the person's document."""
    return await own_documents.place_of_page(conn, person_id, document_id, page)


async def erase(tx: Connection, person_id: int, document_id: int) -> OwnDocument | None:
    """Erase the person's document with its passages, words and vectors; returns what it was, None if it was not there."""
    found = await find(tx, person_id, document_id)
    if found is not None:
        await chunks.remove_document(tx, document_id)
    return found


async def erase_orphan(tx: Connection, person_id: int, name: str) -> None:
    """Erase what was indexed of the person's file of this name, if it never came to its end."""
    whole = {document.name for document in await listed(tx, person_id)}
    for stored in await chunks.documents_of(tx, person_id, own_documents.COLLECTION):
        if stored.name == name and not (stored.finished and name in whole):
            await chunks.remove_document(tx, stored.id)
