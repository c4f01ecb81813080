"""What a turn hands to the pump with its last hop: used while it is as good as read now, and for rows never seen before."""

import asyncio
from typing import Any, cast

from handlers.transport.courier import NOTHING_LEFT, Courier, Verdict
from handlers.transport.limiter import Limiter, Limits
from handlers.transport.pump import FRESH_SECONDS, News, Pump
from handlers.transport.rows import Head
from storage import outbox
from storage.database import Database
from storage.outbox import Outgoing
from tests.fakes.clock import START, ManualClock


class Noting:
    """A courier that sends nothing and notes which rows it was handed."""

    def __init__(self) -> None:
        self.handed: list[int | None] = []

    async def deliver(self, chat_id: int, head: Head | None = None) -> Verdict:
        self.handed.append(head.owed.id if head else None)
        return NOTHING_LEFT


class Turns:
    """A pump, and turns of chat 5 that owe it something."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.database = database
        self.courier = Noting()
        limiter = Limiter(clock, Limits(per_second=1e12, chat_per_second=1e12))
        self.pump = Pump(database, cast(Courier, self.courier), cast(Any, None), limiter, clock)

    async def owe(self) -> list[News]:
        """A turn; what it tells the pump, which does not hear it yet."""
        async with self.database.transaction() as tx:
            outbox.add_soon(tx, Outgoing(5, "eco"), START)
            return self.pump.owed_soon(tx, 5)

    async def sent(self) -> list[int | None]:
        """Let the pump send all it knows of."""
        running = asyncio.create_task(self.pump.run())
        await self.pump.idle()
        running.cancel()
        await self.pump.finish()
        return self.courier.handed


async def test_the_reply_of_a_turn_is_not_read_again(database: Database, clock: ManualClock) -> None:
    turns = Turns(database, clock)
    assert await turns.sent() == []
    turns.pump.arrived(await turns.owe())
    assert await turns.sent() == [1]


async def test_what_was_read_some_time_ago_is_read_again(database: Database, clock: ManualClock) -> None:
    turns = Turns(database, clock)
    assert await turns.sent() == []
    turns.pump.arrived(await turns.owe())
    clock.advance(FRESH_SECONDS)
    assert await turns.sent() == [None]


async def test_a_row_that_the_pump_found_by_itself_is_not_handed_on_afterwards(
    database: Database, clock: ManualClock
) -> None:
    turns = Turns(database, clock)
    news = await turns.owe()
    assert await turns.sent() == [None]  # it may be sent by now
    turns.pump.arrived(news)
    second = await turns.owe()
    turns.pump.arrived(second)  # the first, still pending here, is what comes next in the chat
    assert second[0].head is not None
    assert second[0].head.owed.id == 1
    assert await turns.sent() == [None, None]


async def test_an_unreadable_row_is_no_trouble_of_the_turn(database: Database, clock: ManualClock) -> None:
    turns = Turns(database, clock)
    async with database.transaction() as tx:
        row = await outbox.add(tx, Outgoing(5, "eco"), START)
        await tx.execute("UPDATE outbox SET args = '[]' WHERE id = ?", (row,))
    news = await turns.owe()
    assert [len(each.arrivals) for each in news] == [2]
    assert news[0].head is None
