"""Reminders of before there were kinds: hours and decisions are kept when the schema moves on."""

from datetime import date
from pathlib import Path

from storage import migrate, reminders
from storage.clock import from_ms
from storage.database import Database
from storage.driver import connect
from tests.fakes.clock import START

BEFORE = migrate.load()[:6]
DUE = int(START.timestamp() * 1000)


async def test_an_hour_its_due_time_and_what_was_decided_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = await connect(path)
    await migrate.migrate(old, BEFORE)
    await old.execute("INSERT INTO people (id, chat_id) VALUES (1, 11), (2, 12)")
    await old.execute("INSERT INTO reminders VALUES (1, '07:30', ?), (2, NULL, NULL)", (DUE,))
    await old.execute("INSERT INTO reminder_log VALUES (1, '2026-11-24', 'queued', ?)", (DUE,))
    await old.close()
    database = await Database.open(path)
    async with database.transaction() as tx:
        (due,) = [each for each in await reminders.due(tx, START, 10) if each.kind == "dia"]
        assert (due.chat_id, due.kind, due.hour, due.due_at, due.days) == (11, "dia", "07:30", START, 127)
        assert (await reminders.get(tx, 1, "resumo")) == reminders.Reminder("19:00", from_ms(0))
        assert await reminders.decided(tx, 1, date(2026, 11, 24)) == "queued"
        assert await reminders.get(tx, 2) is None and await reminders.choices(tx, 2) is not None
        await tx.execute("DELETE FROM people WHERE id = 1")
        assert await reminders.choices(tx, 1) is None and await reminders.get(tx, 1) is None
    await database.close()
