"""The database full, locked or damaged: people are told, what was saved stays, and all is done when it is back."""

import asyncio
import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from handlers.catalogue import catalogue
from handlers.texts.errors import MAINTENANCE
from handlers.transport.application import Transport
from handlers.transport.bot import make_bot
from handlers.transport.intake import parse
from handlers.transport.maintenance import LOOK_SECONDS, Maintenance
from handlers.transport.webhook import Address, Door
from menus.alerts import Alert
from storage import inbox
from storage.database import Database
from storage.driver import driver
from storage.errors import DatabaseCorrupt, DatabaseFull
from tests.fakes.clock import ManualClock
from tests.fakes.telegram import FakeTelegram, message, tap
from tests.handlers.transport.house import House, living

SORRY = str(catalogue()(MAINTENANCE))


async def fill(database: Database) -> None:
    """As if the disk had no room for another page."""
    async with database.transaction() as tx:
        await tx.execute("CREATE TABLE ballast (x BLOB)")
    async with database.transaction() as tx:
        row = await tx.fetch_one("PRAGMA page_count")
        assert row is not None
        await tx.fetch_all(f"PRAGMA max_page_count = {row['page_count']}")
    with pytest.raises(DatabaseFull):
        while True:
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO ballast VALUES (zeroblob(900))")


async def make_room(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.fetch_all("PRAGMA max_page_count = 1000000")


def holding(path: Path) -> Any:
    """Another program's connection. Of the same library: two of them in one process do not see each other's locks."""
    return driver().connect(path, isolation_level=None, check_same_thread=False)


def long_tap(update_id: int, chat_id: int) -> dict[str, Any]:
    """A tap under a message that fills more than a page of the database."""
    update = tap(update_id, chat_id, 100, "ok")
    update["callback_query"]["message"]["text"] = "y" * 4200
    return update


async def let_time_pass(clock: ManualClock, telegram: FakeTelegram, texts: int, chat_id: int) -> None:
    """Until this chat got so many messages."""
    async with asyncio.timeout(20):
        while len(telegram.texts(chat_id)) < texts:
            await asyncio.sleep(0.001)  # real time for the database's threads, not for the clock under test
            if (wait := clock.next_wake()) is not None and wait < 100:
                clock.advance(wait)


async def test_a_full_disk_is_told_and_the_update_done_when_there_is_room(
    tmp_path: Path, clock: ManualClock
) -> None:
    telegram = FakeTelegram()
    house = await House(tmp_path / "x.db", telegram, clock=clock).open()
    await telegram.deliver(message(1, 5, "antes"))
    await let_time_pass(clock, telegram, 1, 5)
    await fill(house.database)
    await telegram.deliver(message(2, 5, "x" * 4080), long_tap(3, 6))
    await let_time_pass(clock, telegram, 2, 5)
    await let_time_pass(clock, telegram, 1, 6)
    assert telegram.texts(5) == ["eco: antes", SORRY]
    assert telegram.texts(6) == [SORRY]
    assert [call.parameters["callback_query_id"] for call in telegram.calls("answerCallbackQuery")] == ["q3"]
    assert await house.effects(5) == [1]
    await make_room(house.database)
    await let_time_pass(clock, telegram, 3, 5)
    await let_time_pass(clock, telegram, 2, 6)
    assert telegram.texts(5)[2].startswith("eco: xxx")
    assert await house.effects(5) == [1, 2]
    assert await house.effects(6) == [3]
    await house.kill()


async def test_a_locked_database_is_told_and_the_update_done_when_it_is_free(
    tmp_path: Path, clock: ManualClock
) -> None:
    telegram, path = FakeTelegram(), tmp_path / "x.db"
    house = await House(path, telegram, clock=clock).open()
    async with house.database.transaction() as tx:
        await tx.fetch_all("PRAGMA busy_timeout = 1")
    other = await asyncio.to_thread(holding, path)
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
    await telegram.deliver(message(1, 5, "oi"))
    await let_time_pass(clock, telegram, 1, 5)
    assert telegram.texts(5) == [SORRY]
    await asyncio.to_thread(other.execute, "ROLLBACK")
    await asyncio.to_thread(other.close)
    await let_time_pass(clock, telegram, 2, 5)
    assert telegram.texts(5) == [SORRY, "eco: oi"]
    await house.kill()


async def locked_after_storing(house: House) -> Any:
    """An update that is in the inbox and handed to the worker while another program holds the lock; its connection."""
    incoming = parse(message(1, 5, "oi"))
    assert incoming is not None
    async with house.database.transaction() as tx:
        await tx.fetch_all("PRAGMA busy_timeout = 1")
        stored = await inbox.store(tx, [incoming])
    other = await asyncio.to_thread(holding, house.path)
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
    house.transport.worker.submit(stored.new)
    return other


async def test_a_lock_that_comes_after_the_update_was_stored_is_told_too(
    tmp_path: Path, clock: ManualClock
) -> None:
    telegram = FakeTelegram()
    house = await House(tmp_path / "x.db", telegram, clock=clock).open(poll=False)
    other = await locked_after_storing(house)
    await let_time_pass(clock, telegram, 1, 5)
    assert telegram.texts(5) == [SORRY]
    await asyncio.to_thread(other.execute, "ROLLBACK")
    await asyncio.to_thread(other.close)
    await let_time_pass(clock, telegram, 2, 5)
    assert telegram.texts(5) == [SORRY, "eco: oi"]
    await house.kill()


async def test_through_a_webhook_a_full_disk_is_told_once_however_often_telegram_repeats(
    tmp_path: Path, clock: ManualClock
) -> None:
    telegram, door = FakeTelegram(), Door(Address.of("https://a.example", "s"))
    house = await House(tmp_path / "x.db", telegram, clock=clock, door=door).open()
    await fill(house.database)
    for _ in range(3):
        with pytest.raises(DatabaseFull):
            await house.transport.accept([message(1, 5, "x" * 4080)])
    await house.transport.apologies.finish()
    assert telegram.texts(5) == [SORRY]
    await house.kill()


async def damage(database: Database) -> bytes:
    """Overwrite every page but the first with noise while the database is open; returns what is in the file then."""

    def overwrite() -> bytes:
        raw = holding(database.path)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        raw.close()
        content = database.path.read_bytes()
        database.path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
        return database.path.read_bytes()

    content = await asyncio.to_thread(overwrite)
    async with database.transaction() as tx:
        await tx.fetch_all("PRAGMA shrink_memory")  # what SQLite has in memory would hide it for a while
    return content


async def test_damage_found_while_serving_ends_it_tells_who_waits_and_leaves_the_file_alone(
    tmp_path: Path,
) -> None:
    telegram = FakeTelegram()
    house = House(tmp_path / "x.db", telegram)
    house.database = await Database.open(house.path, readers=1)
    bot = make_bot("1:x", "http://telegram.invalid", request=telegram, polling=telegram)
    transport = Transport(bot, house.database, house.clock, house._face)
    running = asyncio.create_task(transport.run(asyncio.Event()))
    await telegram.deliver(message(1, 5, "oi"))
    await telegram.until(1, "sendMessage")
    await transport.pump.idle()
    content = await damage(house.database)
    await telegram.deliver(message(2, 5, "tudo bem?"))
    async with asyncio.timeout(20):
        with pytest.raises(DatabaseCorrupt):
            await running
    assert telegram.texts(5) == ["eco: oi", SORRY]
    await house.database.close()
    assert await asyncio.to_thread(house.path.read_bytes) == content


async def test_in_maintenance_everybody_is_answered_and_operators_are_told_once_an_hour(
    clock: ManualClock,
) -> None:
    telegram, stop = FakeTelegram(), asyncio.Event()
    sound = False

    async def over() -> bool:
        return sound

    bot = make_bot("1:x", "http://telegram.invalid", request=telegram, polling=telegram)
    maintenance = Maintenance(bot, clock, [900], over)
    running = asyncio.create_task(maintenance.run(stop, Alert.DATABASE))
    await telegram.deliver(message(1, 5, "oi"), tap(2, 6, 100, "x"), message(3, -7, "grupo"))
    await telegram.until(1, "answerCallbackQuery")
    await telegram.until(3, "sendMessage")
    assert telegram.texts(5) == telegram.texts(6) == [SORRY]
    (alert,) = telegram.texts(900)
    assert "danificado" in alert
    await telegram.until(2, "getUpdates")
    clock.advance(5)
    await telegram.deliver(message(4, 5, "e agora?"))
    await telegram.until(4, "sendMessage")
    assert telegram.texts(5) == [SORRY, SORRY]
    assert telegram.texts(-7) == []
    for _ in range(30):
        clock.advance(LOOK_SECONDS)
        await asyncio.sleep(0)
    assert len(telegram.texts(900)) == 1
    sound = True
    async with asyncio.timeout(10):
        while not running.done():
            await asyncio.sleep(0)
            clock.advance(LOOK_SECONDS)
    await running


async def test_maintenance_through_a_webhook_takes_updates_and_ends_with_a_stop(clock: ManualClock) -> None:
    telegram, stop, door = FakeTelegram(), asyncio.Event(), Door(Address.of("https://a.example", "s"))

    async def over() -> bool:
        return False

    bot = make_bot("1:x", "http://telegram.invalid", request=telegram, polling=telegram)
    running = asyncio.create_task(
        Maintenance(bot, clock, [], over, door).run(stop, Alert.STORAGE, error="DatabaseBusy")
    )
    await telegram.until(1, "setWebhook")
    assert await door.take(json.dumps(message(1, 5, "oi")).encode()) is HTTPStatus.OK
    await telegram.until(1, "sendMessage")
    stop.set()
    await running
    assert telegram.texts(5) == [SORRY]
    assert await door.take(json.dumps(message(2, 5, "oi")).encode()) is HTTPStatus.SERVICE_UNAVAILABLE


async def test_a_stop_does_not_wait_for_a_database_that_does_not_come_back(
    tmp_path: Path, clock: ManualClock
) -> None:
    telegram, path = FakeTelegram(), tmp_path / "x.db"
    house = await House(path, telegram, clock=clock).open(poll=False)
    other = await locked_after_storing(house)
    await let_time_pass(clock, telegram, 1, 5)
    stopping = asyncio.create_task(house.stop())
    async with asyncio.timeout(20):
        while not stopping.done():
            await asyncio.sleep(0.001)  # real time for the database's threads
            if (wait := clock.next_wake()) is not None:
                clock.advance(wait)
    await stopping
    await asyncio.to_thread(other.close)
    async with living(path, telegram, poll=False) as house:
        await house.quiet()
        assert await house.effects(5) == [1]
    assert telegram.texts(5) == [SORRY, "eco: oi"]
