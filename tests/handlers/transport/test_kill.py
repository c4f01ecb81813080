"""A kill at every stage between an update and its reply: nothing lost, no effect twice, and who may see a repeat."""

import asyncio
import random
from pathlib import Path

from handlers.transport.turn import Turn
from handlers.transport.waiting import first_of
from storage import inbox, people
from storage.database import Database
from tests.fakes.telegram import FakeTelegram, message, tap
from tests.handlers.transport.house import House, always, counting, echo, living, stuck


async def test_fetched_but_not_stored_comes_again(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    house = await House(tmp_path / "x.db", telegram).open()
    async with house.database.transaction():  # holds the writer: the poll loop cannot store
        await telegram.deliver(message(1, 5, "oi"))
        await telegram.until(1, "getUpdates")
        await asyncio.sleep(0)
        killing = asyncio.create_task(house.kill())
        await asyncio.sleep(0)
    await killing
    assert telegram.acknowledged == []
    async with living(tmp_path / "x.db", telegram) as house:
        await telegram.until(1, "sendMessage")
        await house.quiet()
        assert await house.effects(5) == [1]
    assert telegram.texts(5) == ["eco: oi"]


async def test_stored_but_not_processed_is_processed_at_the_next_start(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    entered = asyncio.Event()

    async def never(turn: Turn) -> None:
        await echo(turn)
        entered.set()
        await asyncio.Event().wait()

    house = await House(tmp_path / "x.db", telegram, route=always(never)).open()
    await telegram.deliver(message(1, 5, "oi"), message(2, 5, "tudo bem?"))
    await entered.wait()
    await telegram.until(2, "getUpdates")  # the second one acknowledges: Telegram will not send them again
    await house.kill()
    assert telegram.acknowledged == [1, 2]
    async with living(tmp_path / "x.db", telegram) as house:
        await house.quiet()
        assert await house.effects(5) == [1, 2]
    assert telegram.texts(5) == ["eco: oi", "eco: tudo bem?"]


async def test_processed_but_not_sent_is_sent_at_the_next_start(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    reached = asyncio.Event()
    telegram.script("sendMessage", stuck(reached))
    house = await House(tmp_path / "x.db", telegram).open()
    await telegram.deliver(message(1, 5, "oi"), message(2, 5, "de novo"))
    await reached.wait()
    await house.transport.worker.idle()
    await house.kill()
    assert telegram.messages == {}
    seen: list[int] = []
    async with living(tmp_path / "x.db", telegram, route=always(counting(echo, seen))) as house:
        await house.quiet()
        assert await house.effects(5) == [1, 2]
    assert seen == []
    assert list(telegram.messages.values()) == ["eco: oi", "eco: de novo"]


async def test_sent_but_not_recorded_repeats_that_one_message(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    arrived = asyncio.Event()

    async def take_and_never_answer(parameters: dict[str, object]) -> None:
        await telegram._usual("sendMessage", dict(parameters))
        arrived.set()
        await asyncio.Event().wait()

    telegram.script("sendMessage", take_and_never_answer)
    house = await House(tmp_path / "x.db", telegram).open()
    await telegram.deliver(message(1, 5, "oi"))
    await arrived.wait()
    await house.kill()
    async with living(tmp_path / "x.db", telegram) as house:
        await house.quiet()
        assert await house.effects(5) == [1]
    assert list(telegram.messages.values()) == ["eco: oi", "eco: oi"]


async def test_an_update_that_comes_again_after_it_was_done_does_nothing(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    async with living(tmp_path / "x.db", telegram) as house:
        for _ in range(3):
            await house.transport.intake.accept([message(1, 5, "oi")])
            await house.quiet()
        assert await house.effects(5) == [1]
    assert telegram.texts(5) == ["eco: oi"]


async def test_a_tap_processed_before_a_kill_is_not_processed_again(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    house = await House(tmp_path / "x.db", telegram).open(poll=False)
    await house.transport.intake.accept([tap(1, 5, 100, "ok")])
    await house.quiet()
    await house.kill()
    async with living(tmp_path / "x.db", telegram, poll=False) as house:
        await house.transport.intake.accept([tap(1, 5, 100, "ok")])
        await house.quiet()
        assert await house.effects(5) == [1]


async def test_kills_at_random_steps_of_a_busy_hour_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    chats, each = range(1, 6), 6
    updates = [message(n * 10 + chat, chat, f"{n}") for n in range(each) for chat in chats]
    await telegram.deliver(*updates)
    random_, kills = random.Random(7), 0
    while len(telegram.history) < 120:
        house = await House(tmp_path / "x.db", telegram).open()
        more = len(telegram.history) + random_.randrange(1, 6)
        await first_of(telegram.until(more), house.quiet())  # there may be less to do than that
        if kills % 4 == 3:
            await (
                house.transport.worker.idle()
            )  # one that a slow machine never lets end is set aside, rightly
        for _ in range(random_.randrange(60)):
            await asyncio.sleep(0)
        await house.kill()
        kills += 1
    async with living(tmp_path / "x.db", telegram) as house:
        await house.transport.intake.accept(telegram.updates)  # what a poll would bring
        await house.quiet()
        for chat in chats:
            assert await house.effects(chat) == [n * 10 + chat for n in range(each)]
            sent = telegram.texts(chat)
            assert list(dict.fromkeys(sent)) == [f"eco: {n}" for n in range(each)]
    duplicates = len(telegram.texts()) - len(updates)
    assert 0 <= duplicates <= kills * len(chats)  # at most what was in flight: one message a chat and kill


async def test_an_update_that_ends_the_program_each_time_is_set_aside_at_last(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    database = await Database.open(tmp_path / "x.db")
    async with database.transaction() as tx:
        await inbox.store(tx, [inbox.Incoming(1, 5, "{}")])
        await tx.execute("UPDATE inbox SET begun = ?", (inbox.BEGIN_LIMIT,))
    await database.close()
    async with living(tmp_path / "x.db", telegram, poll=False) as house:
        await house.quiet()
        assert (await house.rows("SELECT state FROM inbox"))[0]["state"] == "failed"
    assert [text[:5] for text in telegram.texts(5)] == ["erro "]


async def test_a_graceful_stop_finishes_turns_and_sends_what_is_owed(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    house = await House(tmp_path / "x.db", telegram).open()
    await telegram.deliver(*(message(n, n, "oi") for n in range(1, 31)))
    await telegram.until(2, "getUpdates")
    await house.stop()
    assert len(telegram.texts()) == len(telegram.messages)
    async with living(tmp_path / "x.db", telegram) as house:
        await house.quiet()
        async with house.database.reader() as conn:
            assert await people.get_by_chat(conn, 30) is not None
    assert sorted(call.parameters["chat_id"] for call in telegram.calls("sendMessage")) == list(range(1, 31))
