"""The outbox pump: sends what is owed, one message at a time in a chat, the most urgent chat first.

In memory are only the numbers of the chats that are owed something. A row is marked as sent after Telegram took it: a
kill in between repeats that one message at the next start (see ``delivery`` for the other doubtful cases).
"""

import asyncio
import heapq
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

import structlog

from handlers.errors import report
from handlers.transport.courier import NOTHING_LEFT, Courier, Verdict
from handlers.transport.delivery import DeliveryError
from handlers.transport.limiter import Limiter
from handlers.transport.rows import Head, head_of
from handlers.transport.sender import Sender
from handlers.transport.waiting import first_of
from storage import outbox
from storage.at_once import soon
from storage.clock import Clock
from storage.database import Connection, Database
from storage.errors import StorageError, StoredDataInvalid
from storage.outbox import Arrival, Priority

log = structlog.get_logger(__name__)

IN_FLIGHT = 32
IN_FLIGHT_OWN = 24
"""What the bot says on its own leaves some places to answers."""

RESCAN_SECONDS = 30.0
"""Rows are announced by ``wake``; this is the net under it."""

STORAGE_WAIT = 1.0


FRESH_SECONDS = 0.05
"""How long what a turn read of its own reply is as good as read now: as long as a send may take anyway."""


@dataclass(frozen=True, slots=True)
class News:
    """What a transaction saw at its end: rows that are owed, and the next one of its own chat."""

    arrivals: tuple[Arrival, ...]
    head: Head | None


class Pump:
    """Owns the order of sending; a ``Courier`` delivers one row."""

    def __init__(
        self, database: Database, courier: Courier, sender: Sender, limiter: Limiter, clock: Clock
    ) -> None:
        self._database = database
        self._courier = courier
        self._sender = sender
        self._limiter = limiter
        self._clock = clock
        self._seen_id = 0
        self._sequence = count()
        self._priorities: dict[int, int] = {}  # chats to serve; the heap may hold outdated entries
        self._ready: list[tuple[int, int, int]] = []  # (priority, sequence, chat)
        self._later: list[tuple[float, int, int, int]] = []  # (monotonic time, sequence, chat, priority)
        self._in_flight: dict[int, int] = {}  # chat -> priority
        self._handed: dict[int, tuple[float, Head]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()
        self._fresh = True
        self._idle = asyncio.Event()

    def wake(self) -> None:
        """Rows were added; call it after their transaction."""
        self._fresh = True
        self._idle.clear()
        self._bell.set()

    def owed_soon(self, tx: Connection, chat_id: int | None) -> list[News]:
        """In the last hop of a transaction for ``chat_id``, look up what is owed; tell it to ``arrived`` once it was kept."""
        after_id = self._seen_id

        async def look(inside: Connection) -> News:
            arrivals = await outbox.arrivals(inside, after_id)
            if chat_id is None or all(arrival.chat_id != chat_id for arrival in arrivals):
                return News(arrivals, None)
            try:
                return News(arrivals, await head_of(inside, chat_id))
            except StoredDataInvalid:  # an older row, which is the courier's business and not the turn's
                return News(arrivals, None)

        return soon(tx, look)

    def arrived(self, news: Iterable[News]) -> None:
        """These rows were added and are committed."""
        for each in news:
            new = {arrival.row_id for arrival in each.arrivals if arrival.row_id > self._seen_id}
            self._announce(each.arrivals)
            # A row seen before may be on its way, or sent by now; a new one waits for us.
            if each.head is not None and each.head.owed.id in new:
                self._handed[each.head.owed.chat_id] = (self._clock.monotonic(), each.head)

    def _announce(self, arrivals: Iterable[Arrival]) -> None:
        for arrival in arrivals:
            if arrival.row_id > self._seen_id:  # whoever saw a newer one has seen this one too
                self._seen_id = arrival.row_id
                self._queue(arrival.chat_id, arrival.priority)
                self._bell.set()

    def answer_tap(self, callback_query_id: str) -> None:
        """End a tap's waiting sign, now and without a record: Telegram forgets taps in seconds anyway."""
        self._start(self._answer(callback_query_id))

    async def run(self) -> None:
        """Send until cancelled. Rows that a stop left pending are sent first."""
        while True:
            try:
                await self._step()
            except StorageError as exc:
                report("outbox_unreadable", exc)
                self._fresh = True
                await self._clock.sleep(STORAGE_WAIT)

    async def idle(self) -> None:
        """Wait until all that may be sent now was sent. What Telegram told to wait for is not waited for."""
        await self._idle.wait()

    def answers_owed(self) -> tuple[int, ...]:
        """Chats that wait for an answer or a result."""
        return tuple(chat for chat, priority in self._priorities.items() if priority < Priority.OWN)

    async def finish(self) -> None:
        """Wait for sends in flight; ``run`` was cancelled before."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _step(self) -> None:
        self._bell.clear()
        if self._fresh:
            self._fresh = False
            await self._load()
        self._revive()
        best = self._peek()
        if best is None:
            if not (self._in_flight or self._fresh):
                self._idle.set()
            await self._pause(self._next_time())
            return
        priority, chat_id = best
        if priority != Priority.TOAST and (wait := self._limiter.delay(priority)) > 0:
            await self._pause(wait)
        elif priority != Priority.TOAST and (wait := self._limiter.chat_delay(chat_id)) > 0:
            self._postpone(self._pop(), wait, priority)
        else:
            if priority != Priority.TOAST:
                self._limiter.take()
            self._in_flight[self._pop()] = priority
            self._start(self._serve(chat_id, priority))

    async def _load(self) -> None:
        async with self._database.reader() as conn:
            arrivals = await outbox.arrivals(conn, self._seen_id)
        self._announce(arrivals)

    def _queue(self, chat_id: int, priority: int) -> None:
        known = self._priorities.get(chat_id)
        if known is None or priority < known:
            self._priorities[chat_id] = priority
            heapq.heappush(self._ready, (priority, next(self._sequence), chat_id))
        self._idle.clear()

    def _postpone(self, chat_id: int, seconds: float, priority: int) -> None:
        due = self._clock.monotonic() + seconds
        heapq.heappush(self._later, (due, next(self._sequence), chat_id, priority))

    def _revive(self) -> None:
        while self._later and self._later[0][0] <= self._clock.monotonic():
            _, _, chat_id, priority = heapq.heappop(self._later)
            self._queue(chat_id, priority)

    def _peek(self) -> tuple[int, int] | None:
        """The most urgent chat that may be served now: (priority, chat)."""
        if len(self._in_flight) >= IN_FLIGHT:
            return None
        while self._ready:
            priority, _, chat_id = self._ready[0]
            if self._priorities.get(chat_id) != priority or chat_id in self._in_flight:
                heapq.heappop(self._ready)  # outdated, or queued again when the one in flight is done
                continue
            own = sum(1 for busy in self._in_flight.values() if busy >= Priority.OWN)
            if priority >= Priority.OWN and own >= IN_FLIGHT_OWN:
                return None
            return priority, chat_id
        return None

    def _pop(self) -> int:
        _, _, chat_id = heapq.heappop(self._ready)
        del self._priorities[chat_id]
        return chat_id

    def _next_time(self) -> float:
        if not self._later:
            return RESCAN_SECONDS
        return min(RESCAN_SECONDS, max(0.0, self._later[0][0] - self._clock.monotonic()))

    async def _pause(self, seconds: float) -> None:
        """Wait for the bell, at most ``seconds``; an unbroken long wait looks for rows nobody announced."""
        rang = await first_of(self._bell.wait(), self._clock.sleep(seconds))
        if not rang and seconds >= RESCAN_SECONDS:
            self._fresh = True

    async def _serve(self, chat_id: int, priority: int) -> None:
        verdict = Verdict(STORAGE_WAIT)
        try:
            verdict = await self._courier.deliver(chat_id, self._just_read(chat_id))
        except StorageError as exc:
            report("delivery_not_recorded", exc)
        finally:
            del self._in_flight[chat_id]
            self._requeue(chat_id, priority, verdict)
            self._bell.set()

    def _just_read(self, chat_id: int) -> Head | None:
        """The chat's next row, if the turn that owes it read it just now."""
        read_at, head = self._handed.pop(chat_id, (0.0, None))
        return head if self._clock.monotonic() - read_at < FRESH_SECONDS else None

    def _requeue(self, chat_id: int, priority: int, verdict: Verdict) -> None:
        arrived = self._priorities.pop(chat_id, None)  # something new, while this was in flight
        target = verdict.chat_id or chat_id
        if arrived is not None:
            self._queue(target, min(priority, arrived))
        elif verdict.seconds <= 0:
            self._queue(target, priority if verdict.priority is None else verdict.priority)
        elif verdict is not NOTHING_LEFT:
            self._postpone(target, verdict.seconds, priority)

    async def _answer(self, callback_query_id: str) -> None:
        try:
            await self._sender.answer(callback_query_id)
        except DeliveryError as exc:
            log.debug("tap_not_answered", kind=type(exc).__name__)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
