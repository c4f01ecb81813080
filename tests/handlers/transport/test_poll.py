"""The poll loop: stored before acknowledged, through every kind of trouble."""

import asyncio
from pathlib import Path

import pytest
from telegram.error import InvalidToken, NetworkError, TimedOut

from handlers.transport.bot import make_bot
from handlers.transport.intake import Intake
from handlers.transport.poll import PollLoop
from storage.database import Database
from storage.inbox import Waiting
from tests.fakes.clock import ManualClock
from tests.fakes.telegram import FakeTelegram, error, flood, message, ok
from tests.handlers.transport.house import House


class Polled:
    """A poll loop alone: what it stored, and a clock that jumps over its waits."""

    def __init__(self, database: Database, telegram: FakeTelegram, clock: ManualClock) -> None:
        self.stored: list[int] = []
        self.waits: list[float] = []
        self._clock = clock
        bot = make_bot("1:x", "http://telegram.invalid", request=telegram, polling=telegram)
        intake = Intake(database, clock, self._submit, lambda: None)
        self.loop = PollLoop(bot, intake.accept, clock)

    def _submit(self, updates: "tuple[Waiting, ...] | list[Waiting] | object") -> None:
        assert isinstance(updates, tuple)
        self.stored += [waiting.update_id for waiting in updates]

    async def until_stored(self, *expected: int) -> None:
        """Run until these were stored, jumping over waits and noting them."""
        task = asyncio.create_task(self.loop.run())
        async with asyncio.timeout(10):
            while self.stored != list(expected) and not task.done():
                await asyncio.sleep(0)
                if (wait := self._clock.next_wake()) is not None:
                    self.waits.append(round(wait, 3))
                    self._clock.advance(wait)
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()


async def test_the_offset_moves_only_after_the_update_was_stored(
    database: Database, clock: ManualClock
) -> None:
    telegram = FakeTelegram()
    polled = Polled(database, telegram, clock)
    await telegram.deliver(message(41, 5, "a"), message(42, 5, "b"))
    task = asyncio.create_task(polled.loop.run())
    await telegram.until(2, "getUpdates")
    offsets = [call.parameters.get("offset") for call in telegram.calls("getUpdates")]
    assert (polled.stored, offsets) == ([41, 42], [None, 43])
    async with database.reader() as conn:
        assert len(await conn.fetch_all("SELECT 1 FROM inbox WHERE state = 'pending'")) == 2
    task.cancel()
    await asyncio.wait([task])


async def test_trouble_is_waited_out_longer_each_time_and_forgotten_when_it_is_over(
    database: Database, clock: ManualClock
) -> None:
    telegram = FakeTelegram()
    bad = NetworkError("down")
    telegram.script(
        "getUpdates", bad, bad, error(502, "Bad Gateway"), error(409, "Conflict: other"), flood(9)
    )
    telegram.script("getUpdates", ok([message(1, 5, "a")]), bad, ok([message(2, 5, "b")]))
    polled = Polled(database, telegram, clock)
    await polled.until_stored(1, 2)
    assert polled.waits == [1, 2, 4, 8, 9, 1]


async def test_a_long_poll_that_times_out_is_repeated_at_once(database: Database, clock: ManualClock) -> None:
    telegram = FakeTelegram()
    telegram.script("getUpdates", TimedOut(), ok([message(1, 5, "a")]))
    polled = Polled(database, telegram, clock)
    await polled.until_stored(1)
    assert polled.waits == []


async def test_a_network_that_is_down_at_the_start_is_waited_for(tmp_path: Path, clock: ManualClock) -> None:
    telegram = FakeTelegram()
    telegram.script("getMe", NetworkError("down"), NetworkError("down"))
    telegram.script("deleteWebhook", NetworkError("down"))
    opening = asyncio.create_task(House(tmp_path / "x.db", telegram, clock=clock).open())
    await telegram.deliver(message(1, 5, "oi"))
    async with asyncio.timeout(10):
        while not telegram.texts():
            await asyncio.sleep(0)
            if (wait := clock.next_wake()) is not None and wait < 30:
                clock.advance(wait)
    await (await opening).stop()
    assert telegram.texts() == ["eco: oi"]


async def test_a_wrong_token_ends_the_program_and_is_not_tried_for_ever(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    telegram.script("getMe", error(401, "Unauthorized"))
    house = House(tmp_path / "x.db", telegram)
    with pytest.raises(InvalidToken):
        await house.open()
    await house.database.close()


async def test_a_database_that_refuses_keeps_the_update_at_telegram(
    database: Database, clock: ManualClock
) -> None:
    telegram = FakeTelegram()
    await telegram.deliver(message(1, 5, "a"))
    async with database.transaction() as tx:
        await tx.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON inbox BEGIN SELECT raise(ABORT, 'disk full'); END"
        )
    polled = Polled(database, telegram, clock)
    task = asyncio.create_task(polled.loop.run())
    await clock.until_someone_sleeps()
    assert (telegram.acknowledged, polled.stored) == ([], [])
    async with database.transaction() as tx:
        await tx.execute("DROP TRIGGER full_disk")
    clock.advance(1)
    await telegram.until(3, "getUpdates")
    assert (telegram.acknowledged, polled.stored) == ([1], [1])
    task.cancel()
    await asyncio.wait([task])
