"""Does the changes that people asked for, outside of their turns: one of a person at a time, in the order they came.

An order is a row. Its effects, the messages that tell them and the end of the row are one transaction, so after any stop
an order was either done once or is still there.
"""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol

import structlog
from pydantic import ValidationError
from structlog.contextvars import bound_contextvars

from menus import meters
from menus.changes.offers import Option
from menus.changes.orders import OFFERS, Order
from menus.changes.service import ChangeService
from menus.changes.situation import ASKED, LOCKED, CannotChange
from menus.failures import report, short_code
from menus.quarantine import DOUBTFUL_FROM, Quarantine
from nutrition.portions_lp import PortionsError
from storage import changes
from storage.changes import Ordered
from storage.clock import Clock
from storage.database import Database
from storage.driver import Connection
from storage.errors import StorageError

log = structlog.get_logger(__name__)

AT_ONCE = 4
MAX_ATTEMPTS = 8
"""An order that was begun this often without an end (it may be what kills the program) is given up."""

MAX_AGAIN = 3
RETRY_SECONDS = 1.0


class ChangeAnnouncer(Protocol):
    """Tells people what came of it: ``handlers.transport.change_messages.ChangeMessages``."""

    async def offered(self, tx: Connection, person_id: int, order: Order, options: Sequence[Option]) -> None:
        """Owe the alternatives."""
        ...

    async def changed(self, tx: Connection, person_id: int, order: Order, change_id: int) -> None:
        """Owe what was changed, in the transaction that changes it."""
        ...

    async def refused(
        self, tx: Connection, person_id: int, order: Order, code: str, *, missed: Collection[str] = ()
    ) -> None:
        """Owe why nothing was changed; ``missed`` are targets that could not be met."""
        ...

    async def asked(
        self, tx: Connection, person_id: int, order: Order, order_id: int, *, question: CannotChange
    ) -> None:
        """Owe the question that an order waits for."""
        ...

    def wake(self) -> None:
        """Ring the outbox after a commit."""
        ...


class ChangeRunner:
    """Runs until cancelled; ``wake`` after a commit that asked for a change."""

    def __init__(
        self, database: Database, clock: Clock, service: ChangeService, announcer: ChangeAnnouncer
    ) -> None:
        self._database = database
        self._clock = clock
        self._service = service
        self._announcer = announcer
        self._bell = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._quarantine = Quarantine(clock, self.wake)

    def wake(self) -> None:
        """There may be something to do."""
        self._bell.set()

    async def run(self) -> None:
        """Do what waits, then whatever is asked, until cancelled; what then runs is done at the next start."""
        try:
            while True:
                self._bell.clear()
                try:
                    await self._take_up()
                except StorageError as exc:
                    log.warning("changes_wait", kind=type(exc).__name__)
                    await self._clock.sleep(RETRY_SECONDS)
                    continue
                await self._bell.wait()
        finally:
            self._quarantine.close()
            tasks = list(self._running.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def work(self) -> None:
        """Do all that waits now, and return."""
        await self._take_up()
        while self._running:
            await asyncio.wait(set(self._running.values()))
            await asyncio.sleep(0)  # lets the ended tasks leave
            await self._take_up()

    async def _take_up(self) -> None:
        async with self._database.reader() as conn:
            waiting = await changes.waiting(conn)
        for ordered in sorted(waiting, key=lambda each: each.attempts):
            if ordered.person_id in self._running or len(self._running) >= AT_ONCE:
                continue
            doubtful = DOUBTFUL_FROM <= ordered.attempts < MAX_ATTEMPTS
            if not doubtful or self._quarantine.admits():
                self._quarantine.taken = self._quarantine.taken or doubtful
                task = asyncio.create_task(self._work(ordered))
                self._running[ordered.person_id] = task
                task.add_done_callback(partial(self._done, ordered.person_id, doubtful))

    def _done(self, person_id: int, doubtful: bool, _task: "asyncio.Task[None]") -> None:
        self._running.pop(person_id, None)
        if doubtful:
            self._quarantine.taken = False
        self._bell.set()

    async def _work(self, ordered: Ordered) -> None:
        """One order to its end, told in one line however it ends."""
        started, outcome = self._clock.monotonic(), "interrupted"
        try:
            with bound_contextvars(order=ordered.id):
                outcome = await self._end(ordered)
        except asyncio.CancelledError:
            with suppress(StorageError):
                await self._database.at_once(lambda tx: changes.unbegin(tx, ordered.id))
            raise
        finally:
            seconds = self._clock.monotonic() - started
            meters.job_seconds.labels("change", outcome).observe(seconds)
            milliseconds = round(seconds * 1000, 1)
            log.info("job", order=ordered.id, kind="change", outcome=outcome, milliseconds=milliseconds)

    async def _end(self, ordered: Ordered) -> str:
        """What came of it. Nothing it does may stop the others: an unforeseen error ends this one only."""
        order: Order | None = None
        try:
            async with self._database.transaction() as tx:
                await changes.begin(tx, ordered.id)
            order = Order.from_json(dict(ordered.body))
            if ordered.attempts >= MAX_ATTEMPTS:
                code = short_code()
                log.warning("change_given_up", attempts=ordered.attempts, code=code)
                await self._refuse(ordered, order, code)
                return "given up"
            await self._do(ordered, order)
        except CannotChange as exc:
            await self._refuse(ordered, order, exc.code, exc)
            return "refused"
        except StorageError as exc:
            log.warning("change_postponed", kind=type(exc).__name__)
            await self._clock.sleep(RETRY_SECONDS)
            return "postponed"
        except (PortionsError, ValidationError) as exc:
            log.warning("change_failed", kind=type(exc).__name__)
            await self._refuse(ordered, order, "no_options")
            return "failed"
        except Exception as exc:  # noqa: BLE001 -- the border of an order: logged with its code, and told to the person
            code = short_code()
            # In a thread: the lines of code that an error passed are read from disk.
            await asyncio.to_thread(report, "change_failed", exc, order=ordered.id, code=code)
            await self._refuse(ordered, order, code)
            return "failed"
        return "done"

    async def _do(self, ordered: Ordered, order: Order) -> None:
        for _ in range(MAX_AGAIN):
            done = await self._service.work_out(ordered.person_id, order, self._clock.now())
            async with self._database.transaction() as tx:
                if order.kind in OFFERS:
                    if await changes.close(tx, ordered.id):
                        await self._announcer.offered(tx, ordered.person_id, order, done.options)
                    break
                change_id = await self._service.save(tx, ordered.person_id, order, done, self._clock.now())
                if change_id is None:
                    continue
                if await changes.close(tx, ordered.id):
                    await self._announcer.changed(tx, ordered.person_id, order, change_id)
                break
        else:
            raise CannotChange("changed_since")
        self._announcer.wake()
        log.info("change_done", kind=order.kind.value)

    async def _refuse(
        self, ordered: Ordered, order: Order | None, code: str, why: CannotChange | None = None
    ) -> None:
        try:
            async with self._database.transaction() as tx:
                if order is not None and why is not None and code in ASKED:
                    await self._ask(tx, ordered, order, why)
                elif await changes.close(tx, ordered.id) and order is not None:
                    missed = sorted(why.missed) if why else ()
                    await self._announcer.refused(tx, ordered.person_id, order, code, missed=missed)
        except StorageError as exc:
            log.warning("change_postponed", order=ordered.id, kind=type(exc).__name__)
            await self._clock.sleep(RETRY_SECONDS)
        self._announcer.wake()

    async def _ask(self, tx: Connection, ordered: Ordered, order: Order, why: CannotChange) -> None:
        """Keep the order, as it is to be done after a yes, and ask."""
        said_yes = {"force": True} if why.code == LOCKED else {"partly": True}
        if await changes.hold(tx, ordered, order.model_copy(update=said_yes).to_json()):
            await self._announcer.asked(tx, ordered.person_id, order, ordered.id, question=why)
