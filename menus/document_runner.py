"""The runner of files that people sent: download, read in a process of its own, index, tell.

Words first, a few passages a transaction, so that chats go on meanwhile; then vectors. Search finds by words what has no
vector yet.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import structlog

from menus import documents
from menus.runner import Runner
from menus.spool import Spool
from menus.telling import Telling
from menus.uploads import KIND, MOST_BYTES, Job, Order
from rag.embedder import EmbeddingFailed
from rag.guide import Document
from rag.index import Indexer
from rag.index_rows import stored_hash
from rag.loaders import Reason, Unreadable
from storage import jobs, own_documents
from storage.clock import Clock
from storage.database import Connection, Database
from storage.errors import StorageError
from storage.own_documents import COLLECTION, OwnDocument

log = structlog.get_logger(__name__)

AT_ONCE = 16
"""Files in work at once: more than one person may have. Only one is being parsed, and one of a person; of all of them a
passage at a time is embedded."""

MAX_ATTEMPTS = 8
"""A file begun this often was interrupted each time: it is given up."""

CHUNKS_AT_ONCE = 8
"""Passages a transaction: some 5 ms, so that a turn of somebody else hardly waits."""

WORDS_DONE = 10
"""Percent of the way at which a document can be asked by its words: vectors take most of the time."""

WAITS = (2.0, 10.0, 30.0, 120.0, 600.0)
"""Seconds before a download is tried again."""

TOO_LONG = "too_long"
GONE, AWAY = "gone", "away"

Reader = Callable[[Path, str], Awaitable[Document]]
"""Reads a file of that name in a process of its own. Raises ``Unreadable``."""

PlanReader = Callable[[Document], Awaitable[Mapping[str, Any]]]
"""What a document asks for, as JSON: see ``menus.own_plans``."""


class Stage(StrEnum):
    """Where a file is on its way."""

    RECEIVED = "received"
    READING = "reading"
    INDEXING = "indexing"


class DownloadFailed(Exception):
    """A file did not come; ``gone``: asking again is of no use."""

    def __init__(self, *, gone: bool, detail: str = "") -> None:
        super().__init__(detail)
        self.gone = gone


class Downloads(Protocol):
    """Where files are fetched: ``handlers.transport.downloads``."""

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file. Raises ``DownloadFailed``."""
        ...


class Messages(Protocol):
    """Tells people about their file: ``handlers.transport.document_messages``."""

    async def progress(self, job: Job, stage: Stage, percent: int) -> float:
        """Show how far a file is; seconds to wait when it is too soon to show anything, else 0."""
        ...

    async def ready(self, tx: Connection, job: Job, document: OwnDocument, *, known: bool) -> None:
        """Owe the news that a document can be asked; ``known``: it was here already."""
        ...

    async def refused(self, tx: Connection, job: Job, name: str, reason: str) -> None:
        """Owe the sentence that says why a file cannot be read, and what works instead."""
        ...

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        """Owe the bad news that is nobody's doing."""
        ...

    def wake(self) -> None:
        """Ring the outbox after a commit."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What the runner works with."""

    spool: Spool
    downloads: Downloads
    read: Reader
    plan_of: PlanReader
    indexer: Indexer
    messages: Messages


class _Gone(Exception):
    """The person, or the document, was erased meanwhile: nothing is left to do."""


class DocumentRunner(Runner):
    """Reads and indexes until cancelled; ``wake`` after a commit that took a file."""

    def __init__(self, database: Database, clock: Clock, tools: Tools) -> None:
        super().__init__(database, clock, KIND, at_once=AT_ONCE, max_attempts=MAX_ATTEMPTS)
        self._tools = tools
        self._of_person: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._reading = asyncio.Lock()

    async def run(self) -> None:
        """Forget files that belong to no open job, then take up what was interrupted, and every new file."""
        await self._until_stored(self._sweep)
        await super().run()

    async def work(self, job: Job) -> None:
        """Take one file to its end; a person's files one after another, since two may have the same name."""
        order = Order.of(job.payload)
        try:
            async with self._of_person[job.person_id]:
                if order.document is None:
                    order = await self._indexed(job, order)
                if order.document is not None:
                    await self._embedded(job, order.document)
                    await self._finish(job, order.document)
        except Unreadable as exc:
            log.info("document refused", job=job.id, reason=exc.reason.value, detail=exc.detail[:80])
            await self._refuse(job, order.name, exc.reason.value)
        except DownloadFailed as exc:
            await self._refuse(job, order.name, GONE if exc.gone else AWAY)
        except _Gone:
            log.info("document not wanted any more", job=job.id)
        await self._tools.spool.drop(job.id)

    async def give_up(self, tx: Connection, job: Job, code: str) -> None:
        """Nothing is kept of a file that could not be taken to its end."""
        await documents.erase_orphan(tx, job.person_id, Order.of(job.payload).name)
        await self._tools.messages.failed(tx, job, code)

    def told(self) -> None:
        """Ring the outbox."""
        self._tools.messages.wake()

    async def fail(self, job: Job, code: str) -> None:
        """End a job without its result, and forget its file."""
        await super().fail(job, code)
        await self._tools.spool.drop(job.id)

    async def _sweep(self) -> None:
        async with self.database.reader() as conn:
            wanted = await jobs.open_ids(conn, KIND)
        await self._tools.spool.sweep(wanted)

    async def _indexed(self, job: Job, order: Order) -> Order:
        """Read a file and index its words; the order with the document's id, without one when it was known already."""
        path = await self._downloaded(job, order)
        await self._tools.messages.progress(job, Stage.READING, 0)
        async with self._reading:
            document = await self._tools.read(path, order.name)
        if await self._known(job, document):
            return order
        async with self.database.reader() as conn:
            fits = await documents.fits(conn, job.person_id, order.name, len(document.chunks))
        if not fits:
            await self._refuse(job, order.name, TOO_LONG)
            return order
        plan = await self._tools.plan_of(document)
        async with self._telling(job, 0, WORDS_DONE) as telling:
            update = await self._tools.indexer.index_document(
                document,
                owner=job.person_id,
                collection=COLLECTION,
                at_once=CHUNKS_AT_ONCE,
                wanted=lambda tx: self._is_wanted(tx, job),
                progress=telling.report,
            )
        if update is None:
            raise _Gone
        return await self._words_done(job, order, update.document_id, document, plan)

    async def _words_done(
        self, job: Job, order: Order, document_id: int, document: Document, plan: Mapping[str, Any]
    ) -> Order:
        done = replace(order, document=document_id)
        now = self.clock.now()
        async with self.database.transaction() as tx:
            if not await self._is_wanted(tx, job):
                raise _Gone
            if not await own_documents.save(
                tx, job.person_id, document_id, pages=document.pages, plan=plan, now=now
            ):
                raise _Gone
            await jobs.note(tx, job.id, done.to_json(), now)
        await self._tools.spool.drop(job.id)
        return done

    async def _downloaded(self, job: Job, order: Order) -> Path:
        """The file in the spool, fetched unless it is there. Raises ``DownloadFailed``, ``Unreadable``."""
        spool = self._tools.spool
        if not await spool.has(job.id):
            await spool.keep(job.id, await self._fetched(order))
            async with self.database.reader() as conn:
                if not await self._is_wanted(conn, job):
                    raise _Gone  # erased while it came: work() drops the file
        return spool.path(job.id)

    async def _fetched(self, order: Order) -> bytes:
        for wait in (*WAITS, None):
            try:
                body = await self._tools.downloads.fetch(order.file_id)
            except DownloadFailed as exc:
                if exc.gone or wait is None:
                    raise
                log.info("download waits", seconds=wait, error=str(exc)[:80])
                await self.clock.sleep(wait)
            else:
                break
        if len(body) > MOST_BYTES:
            raise Unreadable(Reason.TOO_LARGE)
        return body

    async def _known(self, job: Job, document: Document) -> bool:
        """Whether the person has this very document, under any name: then say so, and be done."""
        async with self.database.transaction() as tx:
            for kept in await own_documents.of_person(tx, job.person_id):
                if kept.content_hash == stored_hash(document):
                    if await jobs.finish(tx, job.id, self.clock.now()):
                        await self._tools.messages.ready(tx, job, kept, known=True)
                    break
            else:
                return False
        self._tools.messages.wake()
        return True

    async def _embedded(self, job: Job, document_id: int) -> None:
        """Vectors for what has none. An embedder that fails leaves words, and the next start tries again."""
        async with self._telling(job, WORDS_DONE, 100) as telling:
            try:
                await self._tools.indexer.embed_document(document_id, telling.report)
            except EmbeddingFailed as exc:
                log.warning("document not embedded", job=job.id, error=str(exc)[:80])

    async def _finish(self, job: Job, document_id: int) -> None:
        async with self.database.transaction() as tx:
            document = await own_documents.get(tx, job.person_id, document_id)
            wanted = await jobs.finish(tx, job.id, self.clock.now())
            if document is None or not wanted:
                return
            await self._tools.messages.ready(tx, job, document, known=False)
        self._tools.messages.wake()
        log.info("document indexed", job=job.id, pages=document.pages, passages=document.passages)

    async def _refuse(self, job: Job, name: str, reason: str) -> None:
        async with self.database.transaction() as tx:
            if await jobs.fail(tx, job.id, reason, self.clock.now()):
                await documents.erase_orphan(tx, job.person_id, name)
                await self._tools.messages.refused(tx, job, name, reason)
        self._tools.messages.wake()

    async def _is_wanted(self, conn: Connection, job: Job) -> bool:
        current = await jobs.get(conn, job.id)
        return current is not None and current.state == "running"

    def _telling(self, job: Job, first: int, last: int) -> Telling:
        async def show(percent: int) -> float:
            try:
                return await self._tools.messages.progress(job, Stage.INDEXING, percent)
            except StorageError as exc:
                log.warning("progress not told", job=job.id, error=type(exc).__name__)
                return 0.0

        return Telling(self.clock, show, first, last)
