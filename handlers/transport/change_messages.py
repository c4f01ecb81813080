"""What came of a change that was asked for, as rows of the outbox: alternatives, what was done, or why it was not."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict

from menus.changes.offers import Option
from menus.changes.orders import Kind, Order
from menus.changes.situation import CannotChange
from storage import outbox, people
from storage.clock import Clock
from storage.database import Connection
from storage.outbox import Mode, Outgoing


class ChangeMessages:
    """``wake`` rings the pump; call it after a commit."""

    def __init__(self, clock: Clock, wake: Callable[[], None]) -> None:
        self._clock = clock
        self.wake = wake

    async def offered(self, tx: Connection, person_id: int, order: Order, options: Sequence[Option]) -> None:
        """The alternatives, in the tapped message or as a new one."""
        shown = {"order": order.to_json(), "options": [asdict(option) for option in options]}
        screen = "substitutos" if order.kind is Kind.LACKING else "trocas"
        await self._owe(tx, person_id, screen, shown, order.message_id)

    async def changed(self, tx: Connection, person_id: int, order: Order, change_id: int) -> None:
        """The tapped message shows the day as it became; a new one says what was done."""
        if order.message_id is not None and order.date is not None:
            await self._owe(tx, person_id, "dia", {"date": order.date.isoformat()}, order.message_id)
        await self._owe(tx, person_id, "mudei", {"change": change_id}, None)

    async def asked(
        self, tx: Connection, person_id: int, order: Order, order_id: int, *, question: CannotChange
    ) -> None:
        """Shall it be done all the same? As a new message, so that what was tapped stays."""
        shown = {
            "order": order.to_json(),
            "waits": order_id,
            "code": question.code,
            "missed": sorted(question.missed),
            "where": question.where,
        }
        await self._owe(tx, person_id, "mudo_mesmo", shown, None)

    async def refused(
        self, tx: Connection, person_id: int, order: Order, code: str, *, missed: Collection[str] = ()
    ) -> None:
        """Why nothing was changed, with what can be done instead."""
        if code == "same" and order.message_id is not None and order.date is not None:  # tapped once more
            await self._owe(tx, person_id, "dia", {"date": order.date.isoformat()}, order.message_id)
            return
        if code == "no_substitute":
            await self.offered(tx, person_id, order, ())
            return
        shown = {"order": order.to_json(), "code": code, "missed": list(missed)}
        await self._owe(tx, person_id, "nao_mudei", shown, order.message_id)

    async def _owe(
        self, tx: Connection, person_id: int, screen: str, args: Mapping[str, object], message_id: int | None
    ) -> None:
        person = await people.get(tx, person_id)
        if person is None:
            return  # erased meanwhile
        mode = Mode.SEND if message_id is None else Mode.EDIT
        row = Outgoing(person.chat_id, screen, args, mode=mode, target_message_id=message_id)
        await outbox.add(tx, row, self._clock.now())
