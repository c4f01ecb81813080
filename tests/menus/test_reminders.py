"""Reminders: the local hour through clock changes, once a date, and what becomes of late ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from menus import reminders
from menus.reminder_plan import GRACE, Kind, next_due, useful_until
from menus.reminder_tick import BATCH, SILENT_DAYS, Reminders
from storage import outbox, people
from storage.database import Database
from storage.outbox import Priority
from storage.reminders import decided
from tests.fakes.clock import START, ManualClock

ZONES = (
    "America/Sao_Paulo",
    "America/Manaus",
    "America/Rio_Branco",
    "America/Noronha",
    "America/New_York",
    "America/Santiago",
    "Europe/Lisbon",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Chatham",
)
INSTANTS = st.integers(1_262_304_000, 2_051_222_400).map(
    lambda at: datetime.fromtimestamp(at, UTC)
)  # 2010-2035
HOURS = st.times().map(lambda at: at.strftime("%H:%M"))
SAO_PAULO = "America/Sao_Paulo"


def local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def exists(day: date, hour: str, zone: str) -> bool:
    """Whether clocks in ``zone`` show ``hour`` on ``day``."""
    wall = datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone))
    return local(wall.astimezone(UTC), zone).replace(tzinfo=None) == wall.replace(tzinfo=None)


@given(INSTANTS, HOURS, st.sampled_from(ZONES))
@example(datetime(2018, 11, 4, 2, 59, tzinfo=UTC), "00:30", SAO_PAULO)  # midnight did not exist that night
@example(datetime(2011, 12, 30, 9, 59, tzinfo=UTC), "07:00", "Pacific/Apia")  # 30 December did not exist
@example(datetime(2026, 11, 1, 5, 59, tzinfo=UTC), "01:30", "America/New_York")  # 1:30 came twice
def test_it_is_later_within_two_days_and_shows_the_hour_where_the_hour_exists(
    after: datetime, hour: str, zone: str
) -> None:
    due = next_due(after, hour, zone)
    assert after < due <= after + timedelta(hours=49)
    shown = local(due, zone)
    if exists(shown.date(), hour, zone):
        assert shown.strftime("%H:%M") == hour
    else:
        assert shown.strftime("%H:%M") > hour


@given(INSTANTS, HOURS, st.sampled_from(ZONES))
def test_following_it_visits_every_local_date_once(start: datetime, hour: str, zone: str) -> None:
    due = next_due(start, hour, zone)
    dates = []
    for _ in range(20):
        dates.append(local(due, zone).date())
        due = next_due(due, hour, zone)
    expected: list[date] = []
    day = dates[0]
    while len(expected) < len(dates):
        if exists(day, "12:00", zone):  # a zone may skip a whole date
            expected.append(day)
        day += timedelta(days=1)
    assert dates == expected


@given(INSTANTS, HOURS, st.sampled_from(ZONES))
def test_a_tick_some_seconds_later_leads_to_the_same_next_time(start: datetime, hour: str, zone: str) -> None:
    due = next_due(start, hour, zone)
    assert next_due(due, hour, zone) == next_due(due + timedelta(seconds=31), hour, zone)


def test_an_hour_that_comes_twice_is_its_first() -> None:
    due = next_due(datetime(2026, 11, 1, 0, 0, tzinfo=UTC), "01:30", "America/New_York")
    assert due == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert next_due(due, "01:30", "America/New_York") == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


def test_an_hour_that_does_not_come_is_as_much_later_as_the_clock_jumped() -> None:
    due = next_due(datetime(2027, 3, 14, 5, 0, tzinfo=UTC), "02:30", "America/New_York")
    assert local(due, "America/New_York").strftime("%d %H:%M") == "14 03:30"


async def someone(database: Database, chat_id: int, hour: str, zone: str = SAO_PAULO) -> int:
    async with database.transaction() as tx:
        person = await people.create(tx, chat_id, time_zone=zone)
        await reminders.set_hour(tx, person.id, hour, START)
    return person.id


class Bell:
    """Counts how often the pump was woken."""

    def __init__(self) -> None:
        self.rings = 0

    def __call__(self) -> None:
        self.rings += 1


async def owed(database: Database, chat_id: int) -> list[str]:
    async with database.transaction() as tx:
        shown = []
        while (row := await outbox.head(tx, chat_id)) is not None:
            assert (row.screen, row.priority) == ("lembrete", Priority.OWN)
            shown.append(row.args["date"])
            await outbox.settle(tx, row, "sent", "sent", START)
        return shown


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A local time in São Paulo, November 2026."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=ZoneInfo(SAO_PAULO))


async def test_at_the_hour_the_day_is_owed_once(database: Database, clock: ManualClock) -> None:
    bell = Bell()
    ticker = Reminders(database, clock, bell)
    await someone(database, 5, "07:00")
    clock.set(at(26, 6, 59, 59))
    assert await ticker.tick() == 0
    clock.set(at(26, 7, 0, 20))
    assert await ticker.tick() == 1
    assert await ticker.tick() == 0
    clock.set(at(27, 7, 0, 10))
    await ticker.tick()
    assert await owed(database, 5) == ["2026-11-26", "2026-11-27"]
    assert bell.rings == 2


async def test_every_person_has_their_own_zone(database: Database, clock: ManualClock) -> None:
    ticker = Reminders(database, clock, Bell())
    await someone(database, 5, "12:00", "America/Noronha")
    await someone(database, 6, "12:00", "America/Rio_Branco")
    clock.set(datetime(2026, 11, 26, 14, 0, tzinfo=UTC))
    await ticker.tick()
    assert (await owed(database, 5), await owed(database, 6)) == (["2026-11-26"], [])
    clock.set(datetime(2026, 11, 26, 17, 0, tzinfo=UTC))
    await ticker.tick()
    assert await owed(database, 6) == ["2026-11-26"]


@pytest.mark.parametrize(
    ("hour", "back", "sent", "outcome"),
    [
        ("07:00", at(26, 7, 14), True, "queued"),
        ("07:00", at(26, 15, 0), True, "late"),
        ("07:00", at(26, 20, 59), True, "late"),
        ("07:00", at(26, 21, 1), False, "skipped"),
        ("07:00", at(27, 3, 0), False, "skipped"),
        ("22:00", at(26, 22, 10), True, "queued"),
        ("22:00", at(26, 22, 16), False, "skipped"),
        ("23:55", at(27, 0, 5), True, "queued"),
    ],
)
async def test_after_a_downtime_what_is_still_useful_is_sent(
    database: Database, clock: ManualClock, *, hour: str, back: datetime, sent: bool, outcome: str
) -> None:
    person_id = await someone(database, 5, hour)
    clock.set(at(26, 1))
    async with database.transaction() as tx:
        await reminders.refresh(tx, person_id, clock.now())
    clock.set(back)
    assert await Reminders(database, clock, Bell()).tick() == int(sent)
    assert await owed(database, 5) == (["2026-11-26"] if sent else [])
    async with database.reader() as conn:
        assert await decided(conn, person_id, date(2026, 11, 26)) == outcome
        after = await reminders.get(conn, person_id)
    assert after and after.next_due_at and after.next_due_at > clock.now()


@pytest.mark.parametrize("back", [at(29, 6, 50), at(29, 7, 5), at(29, 15, 0)])
async def test_after_three_days_away_only_today_is_sent(
    database: Database, clock: ManualClock, back: datetime
) -> None:
    await someone(database, 5, "07:00")
    ticker = Reminders(database, clock, Bell())
    clock.set(back)
    await ticker.tick()
    clock.set(max(back, at(29, 7, 0, 5)))
    await ticker.tick()
    assert await owed(database, 5) == ["2026-11-29"]


async def test_a_date_is_not_sent_again_when_the_hour_is_moved_later_on_it(
    database: Database, clock: ManualClock
) -> None:
    person_id = await someone(database, 5, "07:00")
    ticker = Reminders(database, clock, Bell())
    clock.set(at(26, 7, 1))
    await ticker.tick()
    async with database.transaction() as tx:
        await reminders.set_hour(tx, person_id, "9:00".zfill(5), clock.now())
    clock.set(at(26, 9, 1))
    await ticker.tick()
    clock.set(at(27, 9, 1))
    await ticker.tick()
    assert await owed(database, 5) == ["2026-11-26", "2026-11-27"]


async def test_off_and_blocked_are_silent_and_coming_back_starts_at_the_next_hour(
    database: Database, clock: ManualClock
) -> None:
    off_id, blocked_id = await someone(database, 5, "07:00"), await someone(database, 6, "07:00")
    async with database.transaction() as tx:
        await reminders.off(tx, off_id, START)
        await reminders.suspend(tx, blocked_id)
    ticker = Reminders(database, clock, Bell())
    clock.set(at(26, 7, 1))
    assert await ticker.tick() == 0
    async with database.transaction() as tx:
        await reminders.refresh(tx, off_id, clock.now())
        await reminders.refresh(tx, blocked_id, clock.now())
    clock.set(at(27, 7, 1))
    assert await ticker.tick() == 1
    assert await owed(database, 6) == ["2026-11-27"]


async def test_a_crowd_at_one_minute_is_decided_in_batches(database: Database, clock: ManualClock) -> None:
    async with database.transaction() as tx:
        for chat_id in range(1, 2 * BATCH + 11):
            person = await people.create(tx, chat_id)
            await reminders.set_hour(tx, person.id, "07:00", START)
    bell = Bell()
    clock.set(at(26, 7, 0, 1))
    assert await Reminders(database, clock, bell).tick() == 2 * BATCH + 10
    assert bell.rings == 3


@pytest.mark.parametrize("hour", ["", "24:00", "7h", "07:60", "07:00:00+03:00x"])
async def test_what_is_not_an_hour_is_refused(database: Database, hour: str) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 5)
        with pytest.raises(ValueError, match=r".+"):
            await reminders.set_hour(tx, person.id, hour, START)


@given(INSTANTS, HOURS, st.sampled_from(ZONES))
def test_a_reminder_is_useful_for_a_quarter_of_an_hour_at_least_and_not_on_another_day(
    start: datetime, hour: str, zone: str
) -> None:
    due = next_due(start, hour, zone)
    until = useful_until(due, zone)
    assert until >= due + GRACE
    assert local(until - GRACE - timedelta(seconds=1), zone).date() <= local(due, zone).date()


# Silence, answers, days, pauses, moves


async def test_after_ten_silent_days_one_question_and_then_nothing_until_they_write(
    database: Database, clock: ManualClock
) -> None:
    person_id = await someone(database, 5, "07:00")
    ticker, shown = Reminders(database, clock, Bell()), []
    for day in range(20):
        clock.set(at(26, 7, 0, 5) + timedelta(days=day))
        await ticker.tick()
        shown += await screens_owed(database, 5)
    assert shown == ["lembrete"] * SILENT_DAYS + ["lembrete_parou"]
    async with database.transaction() as tx:
        await reminders.heard(tx, person_id, clock.now())
    clock.set(at(26, 7, 0, 5) + timedelta(days=20))
    await ticker.tick()
    assert await screens_owed(database, 5) == ["lembrete"]


async def test_a_word_in_time_keeps_them_coming(database: Database, clock: ManualClock) -> None:
    person_id = await someone(database, 5, "07:00")
    ticker, shown = Reminders(database, clock, Bell()), []
    for day in range(25):
        clock.set(at(26, 7, 0, 5) + timedelta(days=day))
        await ticker.tick()
        shown += await screens_owed(database, 5)
        if day % 9 == 8:
            async with database.transaction() as tx:
                await reminders.heard(tx, person_id, clock.now())
    assert shown == ["lembrete"] * 25


async def test_two_kinds_on_one_date_are_one_silent_day(database: Database, clock: ManualClock) -> None:
    person_id = await someone(database, 5, "07:00")
    async with database.transaction() as tx:
        chosen = (await reminders.plan_of(tx, person_id)).with_hour(Kind.LUNCH, "11:30")
        await reminders.change(tx, person_id, chosen, START)
    ticker, shown = Reminders(database, clock, Bell()), []
    for half_day in range(24):
        clock.set(at(26, 7, 0, 5) + timedelta(hours=12 * half_day))
        await ticker.tick()
        shown += await screens_owed(database, 5)
    assert shown.count("lembrete") == SILENT_DAYS and shown.count("lembrete_parou") == 1


async def test_no_message_about_a_day_that_was_answered(database: Database, clock: ManualClock) -> None:
    person_id = await someone(database, 5, "07:00")
    async with database.transaction() as tx:
        chosen = await reminders.plan_of(tx, person_id)
        chosen = chosen.with_hour(Kind.DINNER, "18:30").with_hour(Kind.EVE, "20:00")
        await reminders.change(tx, person_id, chosen, START)
        await reminders.answer(tx, person_id, date(2026, 11, 26), reminders.DONE, START)
    ticker, shown = Reminders(database, clock, Bell()), []
    for now in (at(26, 7, 0, 5), at(26, 18, 30, 5), at(26, 20, 0, 5), at(27, 7, 0, 5)):
        clock.set(now)
        await ticker.tick()
        shown += await screens_owed(database, 5)
    assert shown == ["lembrete_vespera", "lembrete"]  # of the 25th's noon nothing was due any more


async def test_days_of_the_week_and_the_evening_before_them(database: Database, clock: ManualClock) -> None:
    person_id = await someone(database, 5, "07:00")
    async with database.transaction() as tx:
        chosen = replace(await reminders.plan_of(tx, person_id), days=frozenset({0, 4}))  # Monday, Friday
        chosen = chosen.with_hour(Kind.EVE, "20:00").with_hour(Kind.WEEK, "18:00")
        await reminders.change(tx, person_id, chosen, START)
    ticker, shown = Reminders(database, clock, Bell()), []
    clock.set(at(25, 13))
    for _ in range(8 * 24):
        clock.advance(3600)
        await ticker.tick()
        local_day = clock.now().astimezone(ZoneInfo(SAO_PAULO)).strftime("%a")
        shown += [(local_day, screen) for screen in await screens_owed(database, 5)]
    assert (
        shown
        == [
            ("Thu", "lembrete_vespera"),
            ("Fri", "lembrete"),
            ("Sun", "lembrete_semana"),
            ("Sun", "lembrete_resumo"),
            ("Sun", "lembrete_vespera"),
            ("Mon", "lembrete"),
            ("Thu", "lembrete_vespera"),
        ][: len(shown)]
    )
    assert len(shown) >= 5


async def test_a_pause_is_silent_until_its_end_and_drops_what_waits(
    database: Database, clock: ManualClock
) -> None:
    person_id = await someone(database, 5, "07:00")
    ticker = Reminders(database, clock, Bell())
    clock.set(at(26, 7, 0, 5))
    await ticker.tick()
    async with database.transaction() as tx:
        paused = replace(await reminders.plan_of(tx, person_id), resumes_on=date(2026, 11, 29))
        await reminders.change(tx, person_id, paused, clock.now())
    assert await screens_owed(database, 5) == []
    days = []
    for day in range(27, 31):
        clock.set(at(day, 7, 0, 5))
        await ticker.tick()
        days += await owed(database, 5)
    assert days == ["2026-11-29", "2026-11-30"]


async def test_off_drops_what_waits_to_be_sent(database: Database, clock: ManualClock) -> None:
    person_id = await someone(database, 5, "07:00")
    clock.set(at(26, 7, 0, 5))
    await Reminders(database, clock, Bell()).tick()
    async with database.transaction() as tx:
        await reminders.off(tx, person_id, clock.now())
    assert await owed(database, 5) == []


async def test_flying_east_over_the_hour_brings_the_day_at_once_and_without_excuse(
    database: Database, clock: ManualClock
) -> None:
    person_id = await someone(database, 5, "07:00")
    ticker = Reminders(database, clock, Bell())
    clock.set(at(26, 5, 30))  # 8h30 in Lisbon
    async with database.transaction() as tx:
        moved = replace(await reminders.plan_of(tx, person_id), zone="Europe/Lisbon")
        await reminders.change(tx, person_id, moved, clock.now())
    await ticker.tick()
    async with database.transaction() as tx:
        row = await outbox.head(tx, 5)
    assert row is not None and dict(row.args) == {"date": "2026-11-26"}
    assert await owed(database, 5) == ["2026-11-26"]
    clock.set(at(27, 4, 0, 5))  # 7h in Lisbon
    await ticker.tick()
    assert await owed(database, 5) == ["2026-11-27"]


async def test_flying_west_does_not_repeat_the_day(database: Database, clock: ManualClock) -> None:
    person_id = await someone(database, 5, "07:00")
    ticker = Reminders(database, clock, Bell())
    clock.set(at(26, 7, 0, 5))
    await ticker.tick()
    async with database.transaction() as tx:
        moved = replace(await reminders.plan_of(tx, person_id), zone="America/Manaus")
        await reminders.change(tx, person_id, moved, clock.now())
    clock.set(at(26, 8, 0, 5))
    await ticker.tick()
    assert await owed(database, 5) == ["2026-11-26"]


async def test_a_change_just_before_the_tick_loses_nothing(database: Database, clock: ManualClock) -> None:
    person_id = await someone(database, 5, "07:00")
    clock.set(at(26, 7, 0, 10))
    async with database.transaction() as tx:
        chosen = (await reminders.plan_of(tx, person_id)).with_hour(Kind.EVE, "20:00")
        await reminders.change(tx, person_id, chosen, clock.now())
    await Reminders(database, clock, Bell()).tick()
    assert await owed(database, 5) == ["2026-11-26"]


async def screens_owed(database: Database, chat_id: int) -> list[str]:
    """Screens that wait for this chat, in order; they are settled."""
    async with database.transaction() as tx:
        found = []
        while (row := await outbox.head(tx, chat_id)) is not None:
            found.append(row.screen)
            await outbox.settle(tx, row, "sent", "sent", START)
        return found
