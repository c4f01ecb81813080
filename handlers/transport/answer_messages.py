"""What is said about a question: the message "Procurando no guia…" becomes the answer.

The runner of ``menus.questions`` calls these; nothing is sent here, only owed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from menus.questions import Told
from storage import outbox, people
from storage.clock import Clock
from storage.database import Connection
from storage.jobs import Job
from storage.outbox import Mode, Outgoing


class AnswerMessages:
    """``wake`` rings the pump; the runner calls it after its commit."""

    def __init__(self, clock: Clock, wake: Callable[[], None]) -> None:
        self._clock = clock
        self.wake = wake

    async def answered(self, tx: Connection, job: Job, told: Told) -> None:
        """Owe the answer, in the transaction that ends the job."""
        await self._edit(tx, job, "resposta", {"told": told.to_json()})

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        """Owe the sentence that says what to do."""
        await self._edit(tx, job, "pergunta_falhou", {"code": code})

    async def _edit(self, tx: Connection, job: Job, screen: str, args: Mapping[str, Any]) -> None:
        person = await people.get(tx, job.person_id)
        if person is not None:
            row = Outgoing(person.chat_id, screen, args, mode=Mode.EDIT, slot=f"job:{job.id}")
            await outbox.add(tx, row, self._clock.now())
