"""The machine's clock is set back or jumps ahead: nobody waits for it, nothing is sent twice, nobody is erased."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from menus import people as use_cases
from menus import reminders
from menus.alerts import Alert, Alerts
from menus.reminder_tick import Reminders
from menus.retention import Retention
from storage import people
from storage.database import Database
from storage.people import Person
from tests.fakes.clock import START, ManualClock
from tests.fakes.telegram import FakeTelegram, flood, message
from tests.handlers.transport.house import living

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


class SetClock(ManualClock):
    """A clock whose hands can be set; its seconds only grow."""

    def jump(self, by: timedelta) -> None:
        """Set the hands."""
        self._start += by


async def somebody(database: Database, now: datetime) -> Person:
    """A person with a reminder at 7h."""
    async with database.transaction() as tx:
        person = await use_cases.meet(tx, 7, "America/Sao_Paulo")
        await use_cases.consent(tx, person, gemini=False, now=now)
        await reminders.set_hour(tx, person.id, "07:00", now)
    return person


async def test_a_message_that_was_told_to_wait_goes_in_time_though_the_clock_is_set_back(
    tmp_path: Path,
) -> None:
    clock = SetClock()
    telegram = FakeTelegram(clock.monotonic)
    telegram.script("sendMessage", flood(7))
    async with living(tmp_path / "x.db", telegram, clock=clock, poll=False) as house:
        await house.transport.accept([message(1, 5, "oi")])
        await telegram.until(1, "sendMessage")
        await house.transport.pump.idle()
        clock.jump(timedelta(hours=-3))
        async with asyncio.timeout(60):
            while len(telegram.calls("sendMessage")) < 2:
                await asyncio.sleep(0.001)  # real time for the database's threads
                if (wait := clock.next_wake()) is not None and wait <= 7:  # its own: other loops wait longer
                    clock.advance(wait)
        assert [call.at for call in telegram.calls("sendMessage")] == [0, 7]
        await house.transport.pump.idle()
        assert telegram.texts(5) == ["eco: oi"] * 2


async def test_a_day_ahead_and_back_sends_no_date_twice_and_goes_on(database: Database) -> None:
    clock = SetClock()
    await somebody(database, clock.now())
    tick = Reminders(database, clock, lambda: None)
    sent = list[tuple[str, int]]()

    async def at(hour: int, days: int = 0) -> None:
        local = datetime.combine(START.date() + timedelta(days=1 + days), datetime.min.time(), SAO_PAULO)
        clock.jump(local.replace(hour=hour) - clock.now())
        sent.append((f"{days} {hour}", await tick.tick()))

    await at(7)
    await at(5)  # set back over the hour
    await at(7)
    await at(8, days=1)  # a day ahead: that day's goes, early
    await at(8)
    await at(7, days=1)
    await at(7, days=2)
    assert sent == [("0 7", 1), ("0 5", 0), ("0 7", 0), ("1 8", 1), ("0 8", 0), ("1 7", 0), ("2 7", 1)]


async def test_a_year_ahead_and_back_erases_nobody(database: Database) -> None:
    clock = SetClock()
    person = await somebody(database, clock.now())
    retention = Retention(database, clock, lambda: None)
    clock.jump(timedelta(days=400))
    assert await retention.tick() == (1, 0)
    assert await retention.tick() == (0, 0)
    clock.jump(timedelta(days=-400))
    assert await retention.tick() == (0, 0)
    async with database.reader() as conn:
        assert await people.get(conn, person.id) is not None


async def test_an_alert_told_by_a_clock_that_was_ahead_does_not_silence_the_next(database: Database) -> None:
    clock = SetClock()
    alerts = Alerts(database, clock, [900])
    clock.jump(timedelta(days=30))
    assert await alerts.tell(Alert.DISK, megabytes=200)
    assert not await alerts.tell(Alert.DISK, megabytes=200)
    clock.jump(timedelta(days=-30))
    assert await alerts.tell(Alert.DISK, megabytes=100)
