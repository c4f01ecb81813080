"""The inbox worker: takes stored updates and runs each as one turn, in one transaction.

Effects, replies (outbox rows) and the mark that the update was processed commit together, so each update has its
effects exactly once, whatever happens in between.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import structlog
from structlog.contextvars import bound_contextvars
from telegram import Bot

from handlers.errors import TurnTimeout, UpdateSetAside, report, short_code
from handlers.transport.intake import is_private
from handlers.transport.opening import Opened, kind_of, opened
from handlers.transport.processor import ChatProcessor
from handlers.transport.pump import Pump
from handlers.transport.readable import UNREADABLE_SCREEN, writer_of
from handlers.transport.screens import ERROR_SCREEN
from handlers.transport.turn import Route, Turn
from handlers.transport.waiting import first_of
from menus import meters
from storage import inbox, outbox
from storage.clock import Clock
from storage.database import Connection, Database
from storage.errors import DatabaseBusy, StorageError
from storage.inbox import Waiting
from storage.outbox import Outgoing

if TYPE_CHECKING:
    from handlers.services import Services

log = structlog.get_logger(__name__)

TURN_SECONDS = 10.0
"""A handler that takes longer is rolled back: all turns share one writer."""

STOP_SECONDS = 12.0
"""How long a stop waits for turns; what runs longer is rolled back and done at the next start."""

BUSY_WAITS = (0.5, 1.0, 2.0)
STORAGE_WAITS = (1.0, 5.0, 15.0, 60.0)
"""Waits before an update that could be neither done nor marked as failed (full disk) is tried again."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the worker needs from the rest: routing, services, and the pump, which sends and answers taps.

    ``apologise`` (update, chat) tells somebody without the database that their update waits for it.
    """

    bot: Bot
    route: Route
    services: "Services"
    pump: Pump
    apologise: Callable[[int, int | None], None] = lambda _update_id, _chat_id: None


@dataclass(slots=True)
class _Run:
    """One try at an update, and what is known of it when it ends."""

    waiting: Waiting
    kind: str = "unread"


class InboxWorker:
    """Runs waiting updates. Only their ids are in memory, and one of a chat at a time holds a place."""

    def __init__(self, database: Database, processor: ChatProcessor, clock: Clock, tools: Tools) -> None:
        self._database = database
        self._processor = processor
        self._clock = clock
        self._tools = tools
        self._queues: dict[int, deque[Waiting]] = {}
        self._begun: dict[int, Waiting] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._left_over: set[int] = set()
        self._one_left_over = asyncio.Lock()

    def submit(self, updates: Iterable[Waiting]) -> None:
        """Queue stored updates, in order."""
        for waiting in updates:
            # Without a chat there is no order to keep; ids of updates are positive, groups negative: no clash matters.
            key = waiting.chat_id if waiting.chat_id is not None else waiting.update_id
            queue = self._queues.get(key)
            if queue is not None:
                queue.append(waiting)
                continue
            self._queues[key] = deque([waiting])
            task = asyncio.create_task(self._drain(key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def replay(self) -> int:
        """At start: queue what a stop left unprocessed; returns how many updates."""
        async with self._database.transaction() as tx:
            waiting = await inbox.pending(tx)
        self._left_over.update(update.update_id for update in waiting)
        self.submit(waiting)
        return len(waiting)

    async def stop(self) -> None:
        """Finish the turns that run; what waits stays in the inbox for the next start, as does what waits for storage."""
        self._stopping = True
        await first_of(self.idle(), self._clock.sleep(STOP_SECONDS))
        for task in self._tasks:
            task.cancel()
        await self.idle()

    def unanswered(self) -> list[Waiting]:
        """What is queued or being processed."""
        return [*self._begun.values(), *(waiting for queue in self._queues.values() for waiting in queue)]

    async def idle(self) -> None:
        """Wait until nothing is queued."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _drain(self, key: int) -> None:
        queue = self._queues[key]
        try:
            while queue and not self._stopping:
                waiting = self._begun[key] = queue.popleft()
                await self._processor.process_update(waiting, self._process(waiting))
        finally:
            del self._queues[key]
            self._begun.pop(key, None)

    async def _process(self, waiting: Waiting) -> None:
        """Run one update to an end: done, or failed with a code. Only a stop leaves it pending."""
        for attempt in count():
            try:
                with bound_contextvars(update_id=waiting.update_id):
                    await self._attempt(_Run(waiting))
            except StorageError as exc:
                # Not even the failure could be recorded (full or locked disk): it stays first in its chat.
                report("update_stuck", exc, update_id=waiting.update_id, attempt=attempt)
                self._tools.apologise(waiting.update_id, waiting.chat_id)
                if self._stopping:
                    return
                await self._clock.sleep(STORAGE_WAITS[min(attempt, len(STORAGE_WAITS) - 1)])
            else:
                return

    async def _attempt(self, run: _Run) -> None:
        started, waiting = self._clock.monotonic(), run.waiting
        try:
            if waiting.update_id in self._left_over:
                await self._begin_again(run)
            else:
                await self._turn_patiently(run)
        except Exception as exc:  # noqa: BLE001 -- the border of a turn: whatever broke, the person gets an answer
            code = short_code()
            report("turn_failed", exc, code=code)
            await self._fail(waiting, code)
            self._ended(run, "failed", started)
        else:
            self._ended(run, "done", started)

    def _ended(self, run: _Run, outcome: str, started: float) -> None:
        """One line an update, and its place in the metrics."""
        seconds = self._clock.monotonic() - started
        meters.updates.labels(run.kind, outcome).inc()
        meters.turn_seconds.labels(run.kind).observe(seconds)
        log.info("turn", kind=run.kind, outcome=outcome, milliseconds=round(seconds * 1000, 1))

    async def _begin_again(self, run: _Run) -> None:
        """Run an update from before a stop, unless it is what stops the program each time it runs."""
        waiting = run.waiting
        async with self._one_left_over:
            async with self._database.transaction() as tx:
                again = await inbox.begin_again(tx, waiting.update_id)
            if not again:
                raise UpdateSetAside("this update was running each time the program stopped")
            await self._turn_patiently(run)
            self._left_over.discard(waiting.update_id)

    async def _turn_patiently(self, run: _Run) -> None:
        """A turn; when another process holds the database, a few more tries."""
        for attempt, wait in enumerate(BUSY_WAITS):
            try:
                return await self._turn(run)
            except DatabaseBusy:
                if attempt > 0:  # each try took a busy timeout: somebody has waited for ten seconds
                    self._tools.apologise(run.waiting.update_id, run.waiting.chat_id)
                await self._clock.sleep(wait)
        return await self._turn(run)

    async def _turn(self, run: _Run) -> None:
        waiting, tools = run.waiting, self._tools
        async with self._database.transaction(urgent=True) as tx:
            begun = await opened(tx, waiting, tools.bot, self._clock.now)
            if begun is None:
                return
            run.kind = kind_of(begun.update)
            turn = self._turn_of(begun, waiting, tx)
            if turn is not None:
                await self._handle(turn)
            elif begun.update is None and (chat_id := writer_of(begun.body)) is not None:
                outbox.add_soon(tx, Outgoing(chat_id, UNREADABLE_SCREEN), self._clock.now())
            inbox.done_soon(tx, waiting.update_id)
            news = tools.pump.owed_soon(tx, waiting.chat_id)
        if turn is not None:
            turn.committed()
        tools.pump.arrived(news)
        tapped = begun.update is None or begun.update.callback_query is not None
        tap = _tap_of(begun.body) if tapped else None
        if tap is not None and not (turn and turn.toasted):
            tools.pump.answer_tap(tap)

    def _turn_of(self, begun: Opened, waiting: Waiting, tx: Connection) -> Turn | None:
        """A turn for an update of a chat; None for updates that belong to none, or cannot be acted on."""
        if waiting.chat_id is None or begun.update is None:
            return None
        turn = Turn(
            chat_id=waiting.chat_id,
            person=begun.person,
            tx=tx,
            now=self._clock.now(),
            update=begun.update,
            services=self._tools.services,
        )
        if begun.person is not None:
            turn.read_before(begun.conversation)
        return turn

    async def _handle(self, turn: Turn) -> None:
        handler = self._tools.route(turn.update)
        if handler is None:
            return
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await handler(turn)
        except TimeoutError as exc:
            raise TurnTimeout(f"a handler took more than {TURN_SECONDS:g} s") from exc

    async def _fail(self, waiting: Waiting, code: str) -> None:
        """Mark as failed and owe the person an explanation, together."""
        async with self._database.transaction() as tx:
            body = await inbox.take(tx, waiting.update_id)
            await inbox.fail(tx, waiting.update_id, code)
            if waiting.chat_id is not None and is_private(waiting.chat_id):
                message = Outgoing(waiting.chat_id, ERROR_SCREEN, {"code": code})
                await outbox.add(tx, message, self._clock.now())
        self._tools.pump.wake()
        query_id = _tap_of(body)
        if query_id is not None:
            self._tools.pump.answer_tap(query_id)


def _tap_of(body: str | None) -> str | None:
    """The id of the tap in a raw update, read without the parsing that may just have failed."""
    query = json.loads(body).get("callback_query") if body else None
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) else None
