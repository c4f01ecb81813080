"""Files that people send: taken in their turn as a job, then downloaded, read and indexed outside of it.

A kill at any moment resumes: a file that was downloaded waits in the spool until its words are indexed; what of it is
indexed is not done again, and vectors are made from the stored passages. A file that cannot be read leaves nothing.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from menus.documents import MOST_DOCUMENTS
from storage import jobs, own_documents
from storage.driver import Connection
from storage.jobs import Job
from storage.people import Person

__all__ = ["KIND", "MOST_A_DAY", "MOST_BYTES", "Job", "Order", "Sent", "UploadDesk", "request"]

KIND = "documento"
MOST_BYTES = 20 * 1024 * 1024
"""What Telegram gives to a bot."""

MOST_A_DAY = 20
"""Files of a person in 24 hours, whatever came of them."""

MOST_LETTERS = 80
"""Letters of a file's name that are kept."""

UNNAMED = "documento"

TOO_LARGE, TOO_MANY, TOO_MANY_TODAY = "too_large", "too_many", "too_many_today"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as Telegram tells of it. ``size`` in bytes, None when it does not say."""

    file_id: str
    name: str
    size: int | None
    mime: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a job does: ``document`` is the id of what was indexed, once its words are."""

    file_id: str
    name: str
    mime: str = ""
    document: int | None = None

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Order":
        """Read what ``to_json`` wrote; a job that ended has an empty one."""
        return cls(
            str(payload.get("file_id", "")),
            str(payload.get("name", UNNAMED)),
            str(payload.get("mime", "")),
            payload.get("document"),
        )

    def to_json(self) -> dict[str, Any]:
        """As the job keeps it."""
        return {"file_id": self.file_id, "name": self.name, "mime": self.mime, "document": self.document}


class UploadDesk:
    """Where files are taken in a turn; ``wake`` rings the runner and is to be called after the commit."""

    def __init__(self) -> None:
        self.wake: Callable[[], object] = lambda: None


async def request(tx: Connection, person: Person, sent: Sent, now: datetime) -> Job | str:
    """Take a file; the code of a refusal ("too_large", "too_many", "too_many_today") when it is not taken.

    After the commit, wake the runner.
    """
    if sent.size is not None and sent.size > MOST_BYTES:
        return TOO_LARGE
    name = clean_name(sent.name)
    kept = await own_documents.of_person(tx, person.id)
    names = {document.name for document in kept}
    names |= {Order.of(job.payload).name for job in await jobs.unfinished(tx, person.id, KIND)}
    if len(names | {name}) > MOST_DOCUMENTS:
        return TOO_MANY
    if await jobs.made_since(tx, person.id, KIND, now - timedelta(days=1)) >= MOST_A_DAY:
        return TOO_MANY_TODAY
    order = Order(sent.file_id, name, sent.mime)
    return await jobs.queue(tx, person.id, KIND, order.to_json(), now)


async def name_of(conn: Connection, job_id: int) -> str | None:
    """The name of the file that a job is about; None once that has ended."""
    job = await jobs.get(conn, job_id)
    return Order.of(job.payload).name if job is not None and job.is_open else None


async def waiting(conn: Connection, person_id: int) -> tuple[str, ...]:
    """The names of the person's files that are being read, oldest first."""
    return tuple(Order.of(job.payload).name for job in await jobs.unfinished(conn, person_id, KIND))


def clean_name(name: str) -> str:
    """A file's name on one line, without folders and control characters; its ending survives being cut."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in base)
    shown = unicodedata.normalize("NFC", " ".join(shown.split()))
    if len(shown) > MOST_LETTERS:
        stem, dot, ending = shown.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        shown = shown[: MOST_LETTERS - len(ending)].rstrip() + ending
    return shown or UNNAMED
