"""The courier: takes the next row of one chat, renders it, sends it, records what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from handlers.catalogue import Catalogue
from handlers.errors import report, short_code
from handlers.transport import delivery
from handlers.transport.limiter import Limiter
from handlers.transport.rows import Head, head_of, remember, slot_of
from handlers.transport.screens import ERROR_SCREEN, NothingToSay, Screen, Screens, View
from handlers.transport.sender import Sender
from menus import meters, reminders
from storage import outbox, people
from storage.at_once import at_once
from storage.clock import Clock
from storage.database import Connection, Database
from storage.errors import StorageError
from storage.outbox import Mode, Owed, Priority
from storage.people import Person

if TYPE_CHECKING:
    from handlers.services import Services

log = structlog.get_logger(__name__)

MAX_BACKOFF = 60.0
SERVER_ATTEMPTS = 60
"""About an hour of 5xx answers; then it is this row that the server cannot take."""

AMBIGUOUS = "ambiguous"
OUTCOMES: dict[type[delivery.DeliveryError], str] = {
    delivery.Wait: "told_to_wait",
    delivery.NotSent: "not_sent",
    delivery.ServerFailed: "server_failed",
    delivery.Ambiguous: AMBIGUOUS,
    delivery.Unreachable: "unreachable",
    delivery.Moved: "moved",
}
"""What a failed try is called in the metrics; any other is "refused"."""

IDEMPOTENT_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """When to look at this chat again: in ``seconds``, perhaps under another id, perhaps with another urgency."""

    seconds: float
    chat_id: int | None = None
    priority: int | None = None


NOTHING_LEFT = Verdict(float("inf"))


@dataclass(frozen=True, slots=True)
class Ready:
    """A rendered row. ``target`` is the message to edit, when there is one."""

    owed: Owed
    screen: Screen
    person: Person | None
    target: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What rendering needs: the screens, their services, and the catalogue of a language."""

    screens: Screens
    services: "Services"
    catalogue: Callable[[str], Catalogue]
    default_language: str = "pt_BR"


class Courier:
    """Delivers one row at a time of a chat; the pump never calls it twice at once for one chat."""

    def __init__(
        self, database: Database, sender: Sender, limiter: Limiter, clock: Clock, stage: Stage
    ) -> None:
        self._database = database
        self._sender = sender
        self._limiter = limiter
        self._clock = clock
        self._stage = stage
        self._unrecorded: dict[int, tuple[Ready, int]] = {}
        self._postponed: dict[int, float] = {}  # by the monotonic clock, which is never set back

    async def deliver(self, chat_id: int, head: Head | None = None) -> Verdict:
        """Send the chat's next row (``head``, when it was read just now) and record it.

        Raises ``StorageError`` when that cannot be read or recorded.
        """
        if chat_id in self._unrecorded:
            # Sent before, but the disk did not take the note: only the note is tried again, not the message.
            return await self._record(*self._unrecorded[chat_id])
        ready = await self._next(chat_id, head)
        if isinstance(ready, Verdict):
            return ready
        self._postponed.pop(ready.owed.id, None)
        try:
            with meters.send_seconds.labels(ready.owed.mode.value).time():
                message_id = await self._send(ready)
        except delivery.DeliveryError as exc:
            return await self._failed(ready, exc)
        except Exception as exc:  # noqa: BLE001 -- a request the library itself refuses must not stop the chat
            report("send_broken", exc, outbox_id=ready.owed.id, screen=ready.owed.screen)
            _count(ready.owed, "refused")
            return await self._settle(ready.owed, "failed", type(exc).__name__)
        _count(ready.owed, "sent")
        self._unrecorded[chat_id] = (ready, message_id)
        return await self._record(ready, message_id)

    async def _next(self, chat_id: int, head: Head | None) -> Ready | Verdict:
        """The chat's next row, rendered; a verdict when there is nothing to send now."""
        now = self._clock.now()
        async with self._database.reader() as conn:
            head = head or await at_once(conn, lambda inside: head_of(inside, chat_id))
            if head is None:
                return NOTHING_LEFT
            owed = head.owed
            if (wait := self._wait(owed)) > 0:
                return Verdict(wait)
            if owed.expires_at is not None and owed.expires_at < now:
                _count(owed, "expired")
                return await self._settle(owed, "dropped", "expired")
            try:
                return await self._render(conn, owed, head.person)
            except StorageError:
                raise
            except NothingToSay:
                return await self._settle(owed, "dropped", "nothing to say")
            except Exception as exc:  # noqa: BLE001 -- the border of a screen: one that breaks must not stop the chat
                return await self._broken(owed, exc)

    def _wait(self, owed: Owed) -> float:
        """Seconds that a row is still to wait."""
        until, left = self._postponed.get(owed.id), owed.not_before - self._clock.now()
        return left.total_seconds() if until is None else until - self._clock.monotonic()

    async def _render(self, conn: Connection, owed: Owed, person: Person | None) -> Ready:
        language = person.language if person else self._stage.default_language
        view = View(
            conn=conn,
            chat_id=owed.chat_id,
            person=person,
            now=self._clock.now(),
            t=self._stage.catalogue(language),
            services=self._stage.services,
        )
        screen = await self._stage.screens.render(owed.screen, view, owed.args)
        return Ready(owed, screen, person, owed.target_message_id or await slot_of(conn, owed, person))

    async def _send(self, ready: Ready) -> int:
        """Send by the row's mode; returns the message's id, 0 when there is none to remember."""
        owed, screen = ready.owed, ready.screen
        match owed.mode:
            case Mode.TOAST:
                await self._sender.answer(owed.callback_query_id or "", str(screen.text))
                return 0
            case Mode.EDIT | Mode.SHRINK if ready.target is not None:
                try:
                    return await self._sender.edit(owed.chat_id, ready.target, screen)
                except delivery.Gone:
                    if owed.mode is Mode.SHRINK:
                        return 0
            case Mode.SHRINK:
                return 0
        self._limiter.take_chat(owed.chat_id)
        return await self._sender.send(owed.chat_id, screen, skip_parts=owed.parts_done)

    async def _record(self, ready: Ready, message_id: int) -> Verdict:
        now = self._clock.now()

        async def note(tx: Connection) -> Verdict:
            await outbox.settle(tx, ready.owed, "sent", "sent", now)
            if message_id:
                await remember(tx, ready.screen.remember, ready.person, message_id)
            return await _what_is_left(tx, ready.owed.chat_id)

        verdict = await self._database.at_once(note)
        del self._unrecorded[ready.owed.chat_id]
        return verdict

    async def _failed(self, ready: Ready, exc: delivery.DeliveryError) -> Verdict:
        """Decide by the kind of failure; the policy is written in ``delivery``."""
        owed = ready.owed
        log.info("send_failed", outbox_id=owed.id, kind=type(exc).__name__, attempts=owed.attempts)
        _count(owed, OUTCOMES.get(type(exc), "refused"))
        match exc:
            case delivery.Wait():
                self._limiter.hold(owed.chat_id, exc.seconds)
                return await self._postpone(owed, exc.seconds, "told to wait", exc)
            case delivery.Moved():
                return await self._move(owed, exc.chat_id)
            case delivery.Unreachable():
                return await self._unreachable(ready)
            case delivery.ServerFailed() if owed.attempts >= SERVER_ATTEMPTS:
                return await self._refused(owed, exc)
            case delivery.NotSent():
                return await self._postpone(owed, _backoff(owed.attempts), "not sent", exc)
            case delivery.Ambiguous():
                return await self._ambiguous(owed, exc)
            case _:
                return await self._refused(owed, exc)

    async def _ambiguous(self, owed: Owed, exc: delivery.DeliveryError) -> Verdict:
        if owed.mode is not Mode.SEND:
            again = owed.attempts < IDEMPOTENT_ATTEMPTS
        else:
            again = owed.priority < Priority.OWN and owed.outcome != AMBIGUOUS
        if again:
            return await self._postpone(owed, _backoff(owed.attempts), AMBIGUOUS, exc)
        return await self._settle(owed, "sent", "assumed")

    async def _postpone(self, owed: Owed, seconds: float, why: str, exc: delivery.DeliveryError) -> Verdict:
        until = self._clock.now() + timedelta(seconds=seconds)
        self._postponed[owed.id] = self._clock.monotonic() + seconds
        async with self._database.transaction() as tx:
            await outbox.postpone(tx, owed, until, why, parts_done=max(owed.parts_done, exc.parts_done))
        return Verdict(seconds)

    async def _unreachable(self, ready: Ready) -> Verdict:
        """Leave in peace someone who blocked the bot: nothing that is owed now, no more reminders."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            await outbox.drop_chat(tx, ready.owed.chat_id, "unreachable", now)
            if ready.person is not None:
                await people.set_blocked(tx, ready.person.id, now)
                await reminders.suspend(tx, ready.person.id)
        return NOTHING_LEFT

    async def _move(self, owed: Owed, chat_id: int) -> Verdict:
        async with self._database.transaction() as tx:
            await people.move(tx, owed.chat_id, chat_id)
            await outbox.move(tx, owed.chat_id, chat_id)
        return Verdict(0.0, chat_id)

    async def _refused(self, owed: Owed, exc: delivery.DeliveryError) -> Verdict:
        log.error(
            "send_refused", outbox_id=owed.id, screen=owed.screen, kind=type(exc).__name__, said=str(exc)
        )
        return await self._settle(owed, "failed", type(exc).__name__)

    async def _broken(self, owed: Owed, exc: Exception) -> Verdict:
        """A screen that cannot be rendered is replaced by an explanation, once."""
        code = short_code()
        report("screen_failed", exc, outbox_id=owed.id, screen=owed.screen, code=code)
        _count(owed, "broken")
        if owed.screen == ERROR_SCREEN or owed.mode is Mode.SHRINK:
            return await self._settle(owed, "failed", code)
        async with self._database.transaction() as tx:
            await outbox.replace(tx, owed, ERROR_SCREEN, {"code": code})
        return Verdict(0.0)

    async def _settle(self, owed: Owed, state: str, outcome: str) -> Verdict:
        async def settle(tx: Connection) -> Verdict:
            await outbox.settle(tx, owed, state, outcome, self._clock.now())
            return await _what_is_left(tx, owed.chat_id)

        return await self._database.at_once(settle)


async def _what_is_left(tx: Connection, chat_id: int) -> Verdict:
    """Asked in the transaction that settles a row, so that a chat with nothing left costs no slot of the limiter."""
    priority = await outbox.left(tx, chat_id)
    return NOTHING_LEFT if priority is None else Verdict(0.0, priority=priority)


def _backoff(attempts: int) -> float:
    return float(min(MAX_BACKOFF, 2 ** min(attempts, 10)))


def _count(owed: Owed, outcome: str) -> None:
    meters.sends.labels(Priority(owed.priority).name.lower(), outcome).inc()
