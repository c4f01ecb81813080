"""The transport's life: started, run until told to stop, ended by what cannot be repaired; and its housekeeping."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.error import InvalidToken

from handlers.transport.application import Transport
from handlers.transport.bot import make_bot
from handlers.transport.housekeeping import KEEP_SETTLED, WIPE_AGAIN_SECONDS, Housekeeping
from handlers.transport.turn import Turn
from storage import inbox, outbox, people
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.inbox import Incoming
from storage.outbox import Outgoing
from tests.fakes.clock import START, ManualClock
from tests.fakes.telegram import FakeTelegram, error, message
from tests.handlers.transport.house import House, always, known


async def built(path: Path, telegram: FakeTelegram) -> House:
    """A house whose transport is built and not started."""
    house = House(path, telegram)
    house.database = await Database.open(path)
    bot = make_bot("1:x", "http://telegram.invalid", request=telegram, polling=telegram)
    house.transport = Transport(bot, house.database, house.clock, house._face)
    return house


async def test_it_serves_until_told_to_stop(tmp_path: Path) -> None:
    telegram, stop = FakeTelegram(), asyncio.Event()
    house = await built(tmp_path / "x.db", telegram)
    running = asyncio.create_task(house.transport.run(stop))
    await telegram.deliver(message(1, 5, "oi"))
    await telegram.until(1, "sendMessage")
    stop.set()
    async with asyncio.timeout(10):
        await running
    assert [row["state"] for row in await house.rows("SELECT state FROM outbox")] == ["sent"]
    await house.database.close()


async def test_a_token_that_is_revoked_while_it_runs_ends_it(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    telegram.script("getUpdates", error(401, "Unauthorized"))
    house = await built(tmp_path / "x.db", telegram)
    async with asyncio.timeout(10):
        with pytest.raises(InvalidToken):
            await house.transport.run(asyncio.Event())
    await house.database.close()


async def test_a_stop_waits_for_the_turn_that_runs(tmp_path: Path) -> None:
    telegram, entered, go_on = FakeTelegram(), asyncio.Event(), asyncio.Event()

    async def slow(turn: Turn) -> None:
        entered.set()
        await go_on.wait()
        await turn.send("eco", text="terminei")

    house = await House(tmp_path / "x.db", telegram, route=always(slow)).open()
    await telegram.deliver(message(1, 5, "oi"))
    await entered.wait()
    stopping = asyncio.create_task(house.stop())
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    assert telegram.texts() == ["eco: terminei"]


async def test_settled_rows_are_forgotten_after_a_week_and_pending_ones_never(
    database: Database, clock: ManualClock
) -> None:
    async with database.transaction() as tx:
        await outbox.add(tx, Outgoing(5, "a"), START)
        await outbox.add(tx, Outgoing(6, "b"), START)
        owed = await outbox.head(tx, 5)
        assert owed is not None
        await outbox.settle(tx, owed, "sent", "sent", START)
    keeper = Housekeeping(database, clock)
    assert await keeper.tidy() == (0, 0, 0, 0)
    clock.set(START + KEEP_SETTLED + timedelta(seconds=1))
    assert await keeper.tidy() == (0, 1, 0, 0)
    async with database.reader() as conn:
        assert await outbox.counts(conn) == {"pending": 1}


async def test_who_never_agreed_is_forgotten_with_the_last_message_and_nobody_else(
    database: Database, clock: ManualClock
) -> None:
    async with database.transaction() as tx:
        agreed, stranger, owed = await known(tx, 5), await people.create(tx, 6), await people.create(tx, 7)
        await inbox.store(tx, [Incoming(1, 6, "{}")])
        await outbox.add(tx, Outgoing(7, "consentimento"), START)
    keeper = Housekeeping(database, clock)
    assert await keeper.tidy() == (0, 0, 0, 0)
    async with database.transaction() as tx:
        await inbox.done(tx, 1)
    assert await keeper.tidy() == (0, 0, 0, 1)
    async with database.reader() as conn:
        assert await people.get(conn, agreed.id) and await people.get(conn, owed.id)
        assert await people.get(conn, stranger.id) is None


async def test_the_log_is_emptied_at_start_and_after_each_erasure_and_again_when_it_was_in_use(
    clock: ManualClock,
) -> None:
    log = UsedLog()
    keeper = Housekeeping(log, clock)  # type: ignore[arg-type]
    work = asyncio.create_task(keeper.wipe())
    for seconds in (WIPE_AGAIN_SECONDS, 2 * WIPE_AGAIN_SECONDS):
        await clock.until_someone_sleeps()
        assert clock.next_wake() == seconds
        clock.advance(seconds)
    await log.emptied.wait()
    assert (log.asked, log.erased.is_set(), clock.next_wake()) == (3, False, None)
    log.emptied.clear()
    log.erased.set()
    await log.emptied.wait()
    work.cancel()
    assert log.asked == 4


class UsedLog:
    """A database whose log is read by another program the first time, and is not to be written the second."""

    def __init__(self) -> None:
        self.erased, self.emptied = asyncio.Event(), asyncio.Event()
        self.erased.set()
        self.asked = 0

    async def empty_log(self) -> bool:
        self.asked += 1
        if self.asked == 2:
            raise DatabaseUnavailable("full")
        if self.asked > 2:
            self.emptied.set()
        return self.asked > 2
