"""What is said about a file that somebody sent: one message edited as it advances, then the result as a new one.

The runner of ``menus.document_runner`` calls these; nothing is sent here, only owed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from menus.document_runner import Stage
from menus.own_plans import proposes
from menus.uploads import Job
from storage import outbox, people
from storage.clock import Clock
from storage.database import Connection, Database
from storage.outbox import Mode, Outgoing, Priority
from storage.own_documents import OwnDocument

SECONDS_BETWEEN = 3.0
"""Telegram counts edits too, and nobody reads faster."""


class DocumentMessages:
    """``wake`` rings the pump; the runner calls it after its commits, ``progress`` does so itself."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self.wake = wake
        self._last: dict[int, tuple[float, Stage]] = {}

    async def progress(self, job: Job, stage: Stage, percent: int) -> float:
        """Show how far the file is; seconds to wait when the same stage was shown less than three seconds ago."""
        now, last = self._clock.monotonic(), self._last.get(job.id)
        if last is not None and last[1] is stage and now - last[0] < SECONDS_BETWEEN:
            return last[0] + SECONDS_BETWEEN - now
        self._last[job.id] = now, stage
        async with self._database.transaction() as tx:
            args = {"job": job.id, "stage": stage.value, "percent": percent}
            await self._edit(tx, job, "doc_progresso", args)
        self.wake()
        return 0.0

    async def ready(self, tx: Connection, job: Job, document: OwnDocument, *, known: bool) -> None:
        """In the transaction that ends the job: the progress message ends, and what the document asks for rings."""
        await self._edit(tx, job, "doc_pronto", {"document": document.id, "known": known})
        if not known:
            screen = "doc_ajustes" if proposes(document) else "doc_pergunte"
            await self._owe(tx, job, screen, {"document": document.id}, Mode.SEND)
        self._last.pop(job.id, None)

    async def refused(self, tx: Connection, job: Job, name: str, reason: str) -> None:
        """In the transaction that ends the job: why the file cannot be read."""
        await self._edit(tx, job, "doc_recusado", {"reason": reason})
        self._last.pop(job.id, None)

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        """In the transaction that marks the job as failed; ``code`` is in the log too."""
        await self._edit(tx, job, "doc_falhou", {"code": code, "job": job.id})
        self._last.pop(job.id, None)

    async def _edit(self, tx: Connection, job: Job, screen: str, args: Mapping[str, Any]) -> None:
        await self._owe(tx, job, screen, args, Mode.EDIT)

    async def _owe(self, tx: Connection, job: Job, screen: str, args: Mapping[str, Any], mode: Mode) -> None:
        person = await people.get(tx, job.person_id)
        if person is None:
            return  # erased meanwhile
        edit = mode is Mode.EDIT
        row = Outgoing(
            person.chat_id,
            screen,
            args,
            mode=mode,
            slot=f"job:{job.id}" if edit else None,
            priority=Priority.RESULT,
            dedupe_key=f"job:{job.id}:progress" if edit else None,
        )
        await outbox.add(tx, row, self._clock.now())
