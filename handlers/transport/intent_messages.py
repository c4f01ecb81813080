"""What is said about words that Gemini helped to read: the message "Lendo…" becomes the answer, nothing is sent here."""

from collections.abc import Callable
from typing import Any

from handlers.restricoes import doubts_about
from menus.intentions import Job, Outcome
from rag.intents import IntentKind
from storage import outbox, people
from storage.clock import Clock
from storage.database import Connection
from storage.outbox import Mode, Outgoing


class IntentMessages:
    """``wake`` rings the pump; the runner calls it after its commit."""

    def __init__(self, clock: Clock, wake: Callable[[], None]) -> None:
        self._clock = clock
        self.wake = wake

    async def understood(self, tx: Connection, job: Job, outcome: Outcome) -> None:
        """Owe the outcome: first in the message that said "Lendo…", what else there is to say as new ones."""
        person = await people.get(tx, job.person_id)
        if person is None:
            return
        (first, args), *others = screens_of(outcome)
        now, slot = self._clock.now(), f"job:{job.id}"
        await outbox.add(tx, Outgoing(person.chat_id, first, args, mode=Mode.EDIT, slot=slot), now)
        for screen, more in others:
            await outbox.add(tx, Outgoing(person.chat_id, screen, more), now)


def screens_of(outcome: Outcome) -> list[tuple[str, dict[str, Any]]]:
    """The screens that tell an outcome, with their arguments; at least one."""
    found: list[tuple[str, dict[str, Any]]] = []
    if outcome.understood.restrictions:
        codes = [item.code for item in outcome.added]
        said = [item.code for item in outcome.understood.restrictions]
        noted = {
            "codes": [code for code in codes if code in said],
            "words": [],
            "known": [code for code in said if code not in codes],
            "out": [list(meal) for meal in outcome.out],
            "allowed": [],
            "stays": [],
        }
        found.append(("restricao_anotada", noted))
        doubts = doubts_about(outcome.understood, outcome.added)
        found += [("restricao_duvida", {"code": code}) for code in doubts]
    if outcome.wish:
        found.append(("pedido_anotado", {"wish": outcome.wish}))
    if outcome.question is not None:
        found.append(("procurando", {"job": outcome.question.id}))
    if not found:
        found.append(_BY_KIND.get(outcome.kind, ("nao_entendi", {})))
    return found


_BY_KIND: dict[IntentKind, tuple[str, dict[str, Any]]] = {
    IntentKind.PERMITIR: ("restricoes", {}),
    IntentKind.SAUDACAO: ("proxima", {"greet": True}),
}
"""What is shown where nothing is to be kept: the list, where taps decide; the next meal."""
