"""Budgets in the database: a request is counted before it leaves, over restarts, for the key and for each person."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rag.gemini_errors import GeminiBudget
from rag.ledger import DatabaseLedger, Spender
from storage import people, usage
from storage.database import Database
from storage.usage import Usage
from tests.fakes.clock import ManualClock

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def test_the_day_of_the_key_ends_at_its_budget(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "a.db")
    ledger = DatabaseLedger(database, ManualClock(START), daily_requests=3, person_daily_requests=2)
    await ledger.reserve(Spender(1))
    await ledger.reserve(Spender(1))
    with pytest.raises(GeminiBudget) as of_person:
        await ledger.reserve(Spender(1))
    await ledger.reserve(Spender(2))
    with pytest.raises(GeminiBudget) as of_key:
        await ledger.reserve(Spender(3))
    assert (of_person.value.note, of_key.value.note) == ("gemini_person_budget", "gemini_quota")
    await database.close()


async def test_budgets_hold_over_a_restart_and_start_anew_with_the_quotas(tmp_path: Path) -> None:
    clock = ManualClock(START)
    for _ in range(2):
        database = await Database.open(tmp_path / "a.db")
        await DatabaseLedger(database, clock, daily_requests=2).reserve(Spender(1))
        await database.close()
    database = await Database.open(tmp_path / "a.db")
    ledger = DatabaseLedger(database, clock, daily_requests=2)
    with pytest.raises(GeminiBudget):
        await ledger.reserve(Spender(1))
    clock.advance(timedelta(hours=20).total_seconds())
    await ledger.reserve(Spender(1))
    await database.close()


async def test_an_erased_person_leaves_counts_without_their_id(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "a.db")
    clock = ManualClock(START)
    async with database.transaction() as tx:
        person = await people.create(tx, 5)
    ledger = DatabaseLedger(database, clock, daily_requests=9)
    await ledger.reserve(Spender(person.id))
    await ledger.record(Spender(person.id), failed=True, tokens_in=10, tokens_out=4)
    async with database.transaction() as tx:
        await people.delete(tx, person.id)
    async with database.reader() as conn:
        assert await usage.total(conn, ledger.today(), person.id) == Usage()
        assert await usage.total(conn, ledger.today()) == Usage(1, 1, 10, 4)
        assert [kind.people for kind in await usage.by_kind(conn, ledger.today())] == [0]
    await database.close()
