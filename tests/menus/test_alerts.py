"""Alerts: what needs a person is told to operators, each kind at most once an hour, and the watch sees it."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from menus import meters
from menus.alerts import SCREEN, Alert, Alerts
from menus.recovery import Recovery, passing
from menus.supervisor import REST_SECONDS, kept
from menus.watch import ERRORS_AT_LEAST, INDEX_LOOKS, OWED_FOR, REFUSED_MESSAGES, Watch
from storage import checkup, outbox
from storage.alerts import gap
from storage.database import Database
from storage.errors import (
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseNewer,
    DatabaseUnavailable,
    DriverMissing,
    IndexCorrupt,
)
from storage.outbox import Outgoing, Priority
from tests.fakes.clock import ManualClock

ADMINS = (900, 901)


@dataclass
class Told:
    """Remembers what was sent directly, and how often the pump was woken."""

    direct: list[tuple[int, Alert, dict[str, Any]]] = field(default_factory=list)
    wakes: int = 0

    async def send(self, chats: Iterable[int], kind: Alert, about: Mapping[str, Any]) -> None:
        self.direct += [(chat, kind, dict(about)) for chat in chats]

    def wake(self) -> None:
        self.wakes += 1


def alerts(database: Database | None, clock: ManualClock, told: Told) -> Alerts:
    return Alerts(database, clock, ADMINS, told.wake, told.send)


async def owed(database: Database) -> list[tuple[int, dict[str, Any]]]:
    """Alerts in the outbox: (chat, arguments)."""
    found = []
    async with database.reader() as conn:
        for chat in ADMINS:
            row = await outbox.head(conn, chat)
            if row is not None and row.screen == SCREEN:
                found.append((chat, dict(row.args)))
    return found


async def refuse_writes(database: Database) -> None:
    """Every change fails from now on, as on a full disk."""
    async with database.transaction() as tx:
        for table in ("alerts", "heartbeat", "outbox"):
            await tx.execute(
                f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'full'); END"
            )


async def test_operators_are_told_through_the_outbox(database: Database, clock: ManualClock) -> None:
    told = Told()
    assert await alerts(database, clock, told).tell(Alert.TASK, task="jobs", error="ValueError")
    about = {"kind": "task", "task": "jobs", "error": "ValueError"}
    assert await owed(database) == [(900, about), (901, about)]
    assert (told.wakes, told.direct) == (1, [])


async def test_a_kind_is_told_once_an_hour_even_over_restarts_and_ever_less_often(
    database: Database, clock: ManualClock
) -> None:
    times = []
    for minute in range(0, 72 * 60, 10):
        if await alerts(database, clock, Told()).tell(Alert.DISK, megabytes=10):  # a new program each time
            times.append(minute)
        clock.advance(600)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[:5] == [60, 120, 240, 480, 960]
    assert gap(1) == timedelta(hours=1)
    assert gap(50) == timedelta(hours=24)
    assert await alerts(database, clock, Told()).tell(Alert.OUTBOX, waiting=1, minutes=5)  # another kind


async def test_after_two_quiet_days_a_kind_starts_anew(database: Database, clock: ManualClock) -> None:
    desk = alerts(database, clock, Told())
    for _ in range(4):
        assert await desk.tell(Alert.DISK, megabytes=1)
        clock.advance(8 * 3600)
    clock.advance(60 * 3600)
    assert await desk.tell(Alert.DISK, megabytes=1)
    clock.advance(3600)
    assert await desk.tell(Alert.DISK, megabytes=1)


async def test_where_nothing_can_be_stored_it_is_sent_directly_once_an_hour(
    database: Database, clock: ManualClock
) -> None:
    await refuse_writes(database)
    told = Told()
    desk = alerts(database, clock, told)
    assert [await desk.tell(Alert.STORAGE, error="DatabaseFull") for _ in range(3)] == [True, False, False]
    clock.advance(3600)
    assert await desk.tell(Alert.STORAGE, error="DatabaseFull")
    assert told.direct == [(chat, Alert.STORAGE, {"error": "DatabaseFull"}) for chat in ADMINS * 2]


async def test_a_house_in_order_is_silent(database: Database, clock: ManualClock) -> None:
    watch = Watch(database, clock, alerts(database, clock, Told()))
    for _ in range(30):
        await watch.look()
        clock.advance(60)
    assert await owed(database) == []


async def test_a_key_or_a_model_that_is_refused_is_seen(database: Database, clock: ManualClock) -> None:
    for refusal, kind in (("GeminiKeyRejected", "gemini_key"), ("GeminiModelMissing", "gemini_model")):
        watch = Watch(database, clock, alerts(database, clock, Told()), refusal=lambda name=refusal: name)  # type: ignore[misc]
        await watch.look()
        async with database.reader() as conn:
            assert await conn.fetch_one("SELECT 1 FROM alerts WHERE kind = ?", (kind,))


async def test_answers_that_do_not_leave_are_seen_and_reminders_in_a_rush_are_not(
    database: Database, clock: ManualClock
) -> None:
    watch = Watch(database, clock, alerts(database, clock, Told()))
    async with database.transaction() as tx:
        await outbox.add(tx, Outgoing(5, "lembrete", priority=Priority.OWN), clock.now())
    clock.advance(OWED_FOR.total_seconds() + 60)
    await watch.look()
    assert await owed(database) == []
    async with database.transaction() as tx:
        await outbox.add(tx, Outgoing(6, "dia"), clock.now())
    clock.advance(OWED_FOR.total_seconds() + 60)
    await watch.look()
    assert (await owed(database))[0] == (900, {"kind": "outbox", "waiting": 1, "minutes": 6})


async def test_many_failed_turns_are_seen_and_a_few_among_many_are_not(
    database: Database, clock: ManualClock
) -> None:
    watch = Watch(database, clock, alerts(database, clock, Told()))
    meters.updates.labels("text", "done").inc(1000)
    meters.updates.labels("text", "failed").inc(ERRORS_AT_LEAST)
    await watch.look()
    assert await owed(database) == []
    meters.updates.labels("text", "failed").inc(300)
    await watch.look()
    assert (await owed(database))[0][1] == {"kind": "errors", "failed": 305, "turns": 1305}


async def test_messages_that_telegram_refuses_are_seen(database: Database, clock: ManualClock) -> None:
    watch = Watch(database, clock, alerts(database, clock, Told()))
    meters.sends.labels("answer", "refused").inc(REFUSED_MESSAGES)
    await watch.look()
    assert (await owed(database))[0][1] == {"kind": "refused", "count": REFUSED_MESSAGES}


async def test_an_index_that_stays_incomplete_is_seen(database: Database, clock: ManualClock) -> None:
    async def never() -> bool:
        return False

    watch = Watch(database, clock, alerts(database, clock, Told()), index_ready=never)
    for _ in range(INDEX_LOOKS - 1):
        await watch.look()
    assert await owed(database) == []
    await watch.look()
    assert (await owed(database))[0][1] == {"kind": "index"}


async def test_a_database_that_takes_no_writes_is_seen(database: Database, clock: ManualClock) -> None:
    await refuse_writes(database)
    told = Told()
    await Watch(database, clock, alerts(database, clock, told)).look()
    assert [kind for _, kind, _ in told.direct] == [Alert.STORAGE, Alert.STORAGE]


async def test_a_loop_that_breaks_is_told_and_started_again(database: Database, clock: ManualClock) -> None:
    lives: list[int] = []

    async def loop() -> None:
        lives.append(1)
        if len(lives) < 3:
            raise ValueError("Ana")

    running = asyncio.create_task(kept("jobs", loop, clock, alerts(database, clock, Told())))
    for rest in REST_SECONDS[:2]:
        await clock.until_someone_sleeps()
        clock.advance(rest)
    await running
    assert len(lives) == 3
    assert (await owed(database))[0][1] == {"kind": "task", "task": "jobs", "error": "ValueError"}


async def test_a_damaged_database_is_not_read_again_before_it_is_another_file(
    tmp_path: Path, clock: ManualClock
) -> None:
    path = tmp_path / "x.db"
    await (await Database.open(path)).close()
    sound = await asyncio.to_thread(path.read_bytes)
    await asyncio.to_thread(path.write_bytes, b"noise" * 1000)
    recovery = Recovery(path, DatabaseCorrupt("damaged"), clock)
    await recovery.begin()
    assert (recovery.alert, await recovery.over()) == (Alert.DATABASE, False)
    await asyncio.to_thread(path.unlink)
    assert not await recovery.over()  # somebody is at it: none is made in its place
    assert not await asyncio.to_thread(path.exists)
    await asyncio.to_thread(path.write_bytes, b"other noise" * 1000)
    assert not await recovery.over()
    await asyncio.to_thread(path.write_bytes, sound)
    assert await recovery.over()


async def test_a_full_disk_is_over_when_a_row_can_be_written(tmp_path: Path, clock: ManualClock) -> None:
    path = tmp_path / "x.db"
    database = await Database.open(path)
    await refuse_writes(database)
    recovery = Recovery(path, DatabaseFull("full"), clock)
    await recovery.begin()
    assert (recovery.alert, recovery.about) == (Alert.STORAGE, {"error": "DatabaseFull"})
    assert not await recovery.over()
    async with database.transaction() as tx:
        await tx.execute("DROP TRIGGER no_heartbeat")
    assert await recovery.over()
    await database.close()


async def test_a_database_whose_disk_went_away_is_not_made_anew(tmp_path: Path, clock: ManualClock) -> None:
    path = tmp_path / "x.db"
    await (await Database.open(path)).close()
    recovery = Recovery(path, DatabaseUnavailable("read-only"), clock)
    await recovery.begin()
    assert recovery.alert is Alert.STORAGE
    away = await asyncio.to_thread(path.rename, tmp_path / "elsewhere.db")
    assert not await recovery.over()
    assert not await asyncio.to_thread(path.exists)
    await asyncio.to_thread(away.rename, path)
    assert await recovery.over()


async def test_the_check_changes_no_byte_and_finds_damage(database: Database) -> None:
    await checkup.check(database.path)
    await database.close()
    path = database.path
    content = await asyncio.to_thread(path.read_bytes)
    await checkup.check(path)
    assert await asyncio.to_thread(path.read_bytes) == content
    damaged = content[: len(content) // 2]
    await asyncio.to_thread(path.write_bytes, damaged)
    with pytest.raises(DatabaseCorrupt):
        await checkup.check(path)
    assert await asyncio.to_thread(path.read_bytes) == damaged
    await checkup.check(path, at_most=10)  # too large to be read now
    await checkup.check(path.with_name("none.db"))
    assert not await asyncio.to_thread(path.with_name("none.db").exists)


async def test_a_damaged_full_text_index_is_no_damage_and_is_made_anew(
    database: Database, clock: ManualClock
) -> None:
    async with database.transaction() as tx:
        await tx.execute("CREATE VIRTUAL TABLE chunks_fts_0 USING fts5(title, body)")
        await tx.execute_many(
            "INSERT INTO chunks_fts_0 VALUES (?, ?)", [(f"a {n}", f"feijão {n}") for n in range(3000)]
        )
    async with database.transaction() as tx:
        await tx.execute("UPDATE chunks_fts_0_data SET block = x'00ff00' WHERE id > 100")
    assert not await checkup.check(database.path)
    with pytest.raises(IndexCorrupt):
        async with database.reader() as conn:
            await conn.fetch_all("SELECT rowid FROM chunks_fts_0 WHERE chunks_fts_0 MATCH 'feijao'")
    assert not database.corrupted.is_set()
    told = Told()
    await Watch(database, clock, alerts(database, clock, told)).look()
    assert await checkup.check(database.path)
    async with database.reader() as conn:
        found = await conn.fetch_all("SELECT rowid FROM chunks_fts_0 WHERE chunks_fts_0 MATCH 'feijao'")
    assert len(found) == 3000
    assert not database.words_damaged.is_set()


def test_a_disk_without_room_for_opening_is_a_full_one_and_other_troubles_are_told_at_start() -> None:
    unopened = DatabaseUnavailable("disk I/O error")
    assert type(passing(unopened, free=4096, there=False)) is DatabaseFull
    assert passing(unopened, free=10**9, there=True) is unopened
    assert passing(DatabaseUnavailable("no such folder"), free=10**9, there=False) is None
    assert passing(DriverMissing("no driver"), free=10**9, there=True) is None
    assert passing(DatabaseNewer("newer"), free=0, there=True) is None
    trouble = DatabaseCorrupt("damaged")
    assert passing(trouble, free=10**9, there=False) is trouble


async def test_free_space_is_told_for_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    assert await checkup.free_bytes(tmp_path / "a" / "b" / "x.db") > 0
