"""Free words that no rule reads, read by Gemini outside the turn and then decided by code.

Only additions come of them: restrictions that the nutrition room understands in a named food or kind, and wishes fit to
be shown. Nothing is ever taken away, whatever the words or Gemini say; a permission only opens the list, where the
person's own taps decide. A kill at any moment leaves an open job, or an outcome that is told once.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from menus import people, questions, wished
from menus.answers import as_dislike
from menus.runner import Runner
from menus.service import MenuService
from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.understand import Understood, merge, understand
from nutrition.words import fold, tokens
from rag.gemini_errors import GeminiError
from rag.intents import MOST_LETTERS, Intent, IntentKind
from storage import jobs
from storage import people as repository
from storage.clock import Clock, zone_named
from storage.database import Database
from storage.driver import Connection
from storage.jobs import Job
from storage.people import Person

log = structlog.get_logger(__name__)

KIND = "intent"
FEWEST_WORDS = 2
AT_ONCE, MAX_ATTEMPTS = 4, 2

__all__ = ["KIND", "IntentRunner", "Job", "Messages", "Outcome", "request", "worth_reading"]


def worth_reading(text: str) -> bool:
    """Whether ``text`` is worth a request: at least two words of letters, no command, and not too long."""
    words = [word for word in tokens(text) if word.isalpha() and len(word) > 1]
    return len(words) >= FEWEST_WORDS and len(text) <= MOST_LETTERS and not text.startswith("/")


async def request(tx: Connection, person: Person, text: str, now: datetime) -> tuple[Job, bool]:
    """Take words to be read; the flag is False while others of this person are. After the commit, wake the runner."""
    return await jobs.create_or_get(tx, person.id, KIND, {"text": text[:MOST_LETTERS]}, now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the words. ``kind`` OUTRO: nothing. ``out``: (date, slot) of meals that were withheld now.

    ``question`` is the open job of a question that was passed on.
    """

    kind: IntentKind = IntentKind.OUTRO
    understood: Understood = field(default_factory=Understood)
    added: tuple[Restriction, ...] = ()
    out: tuple[tuple[str, str], ...] = ()
    wish: str = ""
    question: Job | None = None


class Reader(Protocol):
    """Who reads words: ``rag.intents.IntentReader``."""

    async def read(self, message: str, person_id: int) -> Intent | None:
        """The intent, or None. Raises ``GeminiError``."""
        ...


class Messages(Protocol):
    """Tells the person: ``handlers.transport.intent_messages``."""

    async def understood(self, tx: Connection, job: Job, outcome: Outcome) -> None:
        """Owe what came of the words, in the transaction that ends the job."""
        ...

    def wake(self) -> None:
        """Ring the outbox after a commit."""
        ...


Companions = Callable[[Iterable[Restriction]], tuple[Restriction, ...]]
"""What goes out together with restrictions until the person answers (molluscs, with an allergy to crustaceans)."""


class IntentRunner(Runner):
    """Reads what people wrote until cancelled."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        reader: Reader,
        service: MenuService,
        table: FoodTable,
        *,
        messages: Messages,
        companions: Companions,
    ) -> None:
        super().__init__(database, clock, KIND, at_once=AT_ONCE, max_attempts=MAX_ATTEMPTS)
        self._reader = reader
        self._service = service
        self._table = table
        self._messages = messages
        self._companions = companions

    async def work(self, job: Job) -> None:
        """Read the words, then keep what they add and tell it in one transaction."""
        text = str(job.payload.get("text", ""))
        intent = await self._intent(job, text)
        found = await asyncio.to_thread(restrictions_in, intent, text, self._table)
        async with self.database.transaction() as tx:
            person = await repository.get(tx, job.person_id)
            if person is None or not await jobs.finish(tx, job.id, self.clock.now()):
                return  # erased or stopped meanwhile: nothing is kept
            outcome = await self._keep(tx, person, intent, found, text)
            await self._messages.understood(tx, job, outcome)
        self._messages.wake()
        if outcome.question is not None:
            self._service.wake()
        log.info("intent read", job=job.id, kind=intent.kind.value, added=len(outcome.added))

    async def give_up(self, tx: Connection, job: Job, code: str) -> None:
        """The words stay unread: the person gets the usual answer to what is not understood."""
        await self._messages.understood(tx, job, Outcome())

    def told(self) -> None:
        """Ring the outbox."""
        self._messages.wake()

    async def _intent(self, job: Job, text: str) -> Intent:
        async with self.database.reader() as conn:
            person = await repository.get(conn, job.person_id)
        if person is None or not person.gemini_consent:
            return Intent(IntentKind.OUTRO)  # the yes was taken back meanwhile
        try:
            return await self._reader.read(text, person.id) or Intent(IntentKind.OUTRO)
        except GeminiError as exc:
            log.info("intent not read", job=job.id, kind=type(exc).__name__)
            return Intent(IntentKind.OUTRO)

    async def _keep(
        self, tx: Connection, person: Person, intent: Intent, found: Understood, text: str
    ) -> Outcome:
        now = self.clock.now()
        wish = wished.clean_wish(intent.request) if intent.kind in _MAY_WISH else ""
        if wish and await wished.keep(tx, person.id, wish, now) is None:
            wish = ""
        if found.restrictions:
            before = await self._withheld(tx, person)
            together = (*found.restrictions, *self._companions(found.restrictions))
            added = await people.add_restrictions(tx, person.id, together, now)
            out = [meal for meal in await self._withheld(tx, person) if meal not in before]
            return Outcome(intent.kind, found, added, tuple(out), wish)
        if wish:
            return Outcome(IntentKind.PEDIDO, wish=wish)
        if intent.kind is IntentKind.PERGUNTA:
            job, is_new = await questions.request(tx, person, text, now)
            return Outcome(intent.kind, question=job) if is_new else Outcome()
        if intent.kind in (IntentKind.PERMITIR, IntentKind.SAUDACAO):
            return Outcome(intent.kind)
        return Outcome()

    async def _withheld(self, tx: Connection, person: Person) -> Sequence[tuple[str, str]]:
        today = self.clock.now().astimezone(zone_named(person.time_zone)).date()
        saved = await self._service.current_week(tx, person.id, today)
        days = saved.week.days if saved else ()
        return [
            (day.date.isoformat(), meal.slot.value)
            for day in days
            if day.date >= today
            for meal in day.meals
            if meal.withheld
        ]


_MAY_WISH = frozenset({IntentKind.PEDIDO, IntentKind.RESTRINGIR, IntentKind.DESGOSTAR})


def restrictions_in(intent: Intent, text: str, table: FoodTable) -> Understood:
    """The restrictions that an intent adds: each item read by our own rules, literal words left out.

    An allergy only when the person's own words speak of one; a dislike stays a dislike.
    """
    if intent.kind not in (IntentKind.RESTRINGIR, IntentKind.DESGOSTAR):
        return Understood()
    allergic = "alergi" in fold(text)
    lead = "alergia a" if allergic and intent.kind is IntentKind.RESTRINGIR else "não como"
    results = [understand(f"{lead} {item}", table) for item in intent.items]
    named: tuple[Restriction, ...] = ()
    for result in results:
        known = [item for item in result.restrictions if not item.code.startswith("word:")]
        if intent.kind is IntentKind.DESGOSTAR:
            known = [as_dislike(item) for item in known if item.strength is not Strength.ALERGIA]
        named = merge(named, known)
    asked = tuple(question for result in results for question in result.questions)
    return Understood(restrictions=named, questions=asked)
