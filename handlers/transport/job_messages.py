"""What a running job says: one progress message, edited as it advances, then the result as a new one.

The job runner of ``menus`` calls these; nothing is sent here, only owed. At most one progress edit of a job is pending:
a newer one takes its place.
"""

from collections.abc import Callable, Mapping
from datetime import date

from storage import outbox, people
from storage.clock import Clock
from storage.database import Connection, Database
from storage.jobs import Job
from storage.outbox import Mode, Outgoing, Priority

SECONDS_BETWEEN = 3.0
"""Telegram counts edits too, and nobody reads faster."""


class JobMessages:
    """``wake`` rings the pump; call it (or let ``progress`` do so) after a commit."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self.wake = wake
        self._last: dict[int, float] = {}

    async def progress(self, job: Job) -> float:
        """Show how far ``job`` is, unless it was shown less than three seconds ago; seconds to wait then, else 0."""
        now, last = self._clock.monotonic(), self._last.get(job.id)
        if last is None and not job.done_units and job.attempts <= 1:
            return 0.0  # the message that the turn owed says it already
        if last is not None and now - last < SECONDS_BETWEEN and job.done_units < job.total_units:
            return last + SECONDS_BETWEEN - now
        resumed = last is None and job.attempts > 1
        self._last[job.id] = now
        args = {"job": job.id, "done": job.done_units, "total": job.total_units, "resumed": resumed}
        await self._database.at_once(lambda tx: self._edit(tx, job, "progresso", args))
        self.wake()
        return 0.0

    async def finished(self, tx: Connection, job: Job, first_day: date) -> None:
        """In the transaction that saves the week: the progress message ends, the first day comes as a new message."""
        await self._edit(tx, job, "semana_pronta", {"job": job.id})
        await self._send(tx, job, "dia", {"date": first_day.isoformat()})
        self._last.pop(job.id, None)

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        """In the transaction that marks the job as failed; ``code`` is in the log too."""
        await self._send(tx, job, "semana_falhou", {"job": job.id, "code": code})
        self._last.pop(job.id, None)

    async def _edit(self, tx: Connection, job: Job, screen: str, args: Mapping[str, object]) -> None:
        chat_id = await _chat_of(tx, job)
        if chat_id is not None:
            row = Outgoing(
                chat_id,
                screen,
                args,
                mode=Mode.EDIT,
                slot=f"job:{job.id}",
                priority=Priority.RESULT,
                dedupe_key=f"job:{job.id}:progress",
            )
            await outbox.add(tx, row, self._clock.now())

    async def _send(self, tx: Connection, job: Job, screen: str, args: Mapping[str, object]) -> None:
        chat_id = await _chat_of(tx, job)
        if chat_id is not None:
            await outbox.add(tx, Outgoing(chat_id, screen, args, priority=Priority.RESULT), self._clock.now())


async def _chat_of(tx: Connection, job: Job) -> int | None:
    """The chat of the job's person; None when they erased themselves meanwhile."""
    person = await people.get(tx, job.person_id)
    return person.chat_id if person else None
