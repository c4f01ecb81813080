"""A room where files are read: the real runner, indexer and database; downloads and messages written by hand."""

import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from menus import people, uploads
from menus.document_runner import DocumentRunner, DownloadFailed, Stage, Tools
from menus.own_plans import dumped
from menus.spool import Spool
from menus.uploads import Job, Sent
from nutrition.person import Activity, Goal, Profile, Sex
from rag.guide import Document
from rag.index import Indexer
from rag.loaders import read_document
from rag.own_plan import OwnPlan
from storage import jobs, profiles
from storage.database import Connection, Database
from storage.own_documents import OwnDocument
from storage.people import Person
from tests.fakes.clock import ManualClock
from tests.fakes.embedder import HashingEmbedder

PROFILE = Profile(Sex.F, 34, 168, 70, Activity.MODERADO, Goal.MANTER, 4)
Told = tuple[str, dict[str, Any]]


@dataclass
class FakeDownloads:
    """Gives the body of a file id, after the failures queued in ``troubles``; ``asked`` is its history."""

    files: dict[str, bytes] = field(default_factory=dict)
    troubles: deque[DownloadFailed] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, file_id: str) -> bytes:
        self.asked.append(file_id)
        if self.troubles:
            raise self.troubles.popleft()
        return self.files[file_id]


@dataclass
class FakeMessages:
    """Keeps what was told, in order, as (what, facts)."""

    told: list[Told] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def progress(self, job: Job, stage: Stage, percent: int) -> float:
        await self._tell(stage.value, job=job.id, percent=percent)
        return 0.0

    async def ready(self, tx: Connection, job: Job, document: OwnDocument, *, known: bool) -> None:
        await self._tell("ready", job=job.id, document=document, known=known)

    async def refused(self, tx: Connection, job: Job, name: str, reason: str) -> None:
        await self._tell("refused", job=job.id, name=name, reason=reason)

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        await self._tell("failed", job=job.id, code=code)

    def wake(self) -> None:
        pass

    async def _tell(self, what: str, **facts: Any) -> None:
        async with self.changed:
            self.told.append((what, facts))
            self.changed.notify_all()

    def of(self, what: str) -> list[dict[str, Any]]:
        """The facts of all that was told of this kind."""
        return [facts for kind, facts in self.told if kind == what]

    async def until(self, what: str, count: int = 1) -> dict[str, Any]:
        """Wait until something of this kind was told ``count`` times; returns the last one's facts."""
        async with asyncio.timeout(20), self.changed:
            await self.changed.wait_for(lambda: len(self.of(what)) >= count)
        return self.of(what)[-1]


class ReadingRoom:
    """``embedder`` hashes words; ``plans`` gives what a document of that name asks for."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.clock = ManualClock()
        self.spool = Spool(folder / "files")
        self.folder = folder / "files"
        self.downloads = FakeDownloads()
        self.messages = FakeMessages()
        self.embedder = HashingEmbedder()
        self.indexer = Indexer(database, self.embedder)
        self.plans: dict[str, OwnPlan] = {}
        self.runner = self.new_runner()
        self._running: asyncio.Task[None] | None = None

    def new_runner(self) -> DocumentRunner:
        """The runner of a program that was just started."""
        tools = Tools(
            spool=self.spool,
            downloads=self.downloads,
            read=self._read,
            plan_of=self._plan_of,
            indexer=self.indexer,
            messages=self.messages,
        )
        return DocumentRunner(self.database, self.clock, tools)

    async def person(self, chat_id: int = 7) -> Person:
        """Somebody who answered every question."""
        async with self.database.transaction() as tx:
            person = await people.meet(tx, chat_id, "America/Sao_Paulo")
            await people.consent(tx, person, gemini=None, now=self.clock.now())
            await profiles.save(tx, person.id, PROFILE, self.clock.now())
        return person

    async def send(self, person: Person, name: str, body: bytes | str) -> Job:
        """Send a file; raises ``AssertionError`` when it is not taken."""
        data = body.encode() if isinstance(body, str) else body
        file_id = f"file-{len(self.downloads.files)}"
        self.downloads.files[file_id] = data
        async with self.database.transaction() as tx:
            sent = Sent(file_id, name, len(data), "")
            job = await uploads.request(tx, person, sent, self.clock.now())
        assert isinstance(job, Job), job
        self.runner.wake()
        return job

    def start(self) -> None:
        """Let the runner run."""
        self._running = asyncio.create_task(self.runner.run())

    async def stop(self) -> None:
        """Stop it, as a kill would: nothing is finished."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def restart(self) -> None:
        """Stop it and start another."""
        await self.stop()
        self.runner = self.new_runner()
        self.start()

    async def open_jobs(self) -> int:
        """How many files are not at their end."""
        async with self.database.reader() as conn:
            return len(await jobs.open_ids(conn, uploads.KIND))

    async def count(self, table: str) -> int:
        """How many rows a table has."""
        async with self.database.reader() as conn:
            row = await conn.fetch_one(f"SELECT count(*) AS n FROM {table}")
        return int(row["n"]) if row else 0

    async def leftovers(self) -> dict[str, int]:
        """Rows and files that a document leaves behind, those that are none left out."""
        tables = ("documents", "own_documents", "chunks", "words", "chunk_vectors", "embeddings")
        found = {table: await self.count(table) for table in tables}
        async with self.database.reader() as conn:
            virtual = await conn.fetch_all("SELECT name FROM sqlite_master WHERE name LIKE 'chunks_fts_%'")
        files = list(self.folder.iterdir()) if self.folder.is_dir() else []
        return {k: v for k, v in (found | {"fts": len(virtual), "files": len(files)}).items() if v}

    async def _read(self, path: Path, name: str) -> Document:
        return await asyncio.to_thread(lambda: read_document(path.read_bytes(), name))

    async def _plan_of(self, document: Document) -> Mapping[str, Any]:
        return dumped(self.plans.get(document.name, OwnPlan(document.name)))
