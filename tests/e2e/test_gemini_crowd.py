"""Two hundred people at once while every call is refused for quota: all are served, and the API is left in peace."""

import asyncio
import time
from itertools import pairwise
from pathlib import Path

import pytest

from storage.clock import SystemClock
from tests.e2e.test_gemini_faults import Town, town
from tests.fakes.gemini_stub import Reply, quota

PEOPLE, SECONDS, BUDGET, RETRY_S = 200, 180.0, 40, 7.0


async def all_served(bot: Town, count: int) -> None:
    """Wait until everybody has a week."""
    while True:
        async with bot.database.reader() as conn:
            row = await conn.fetch_one("SELECT count(DISTINCT person_id) AS n FROM weeks")
        if row is not None and row["n"] == count:
            return
        await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("reply", [quota(f"{RETRY_S:g}s"), quota(per_day=True), Reply(status=429)])
async def test_with_quota_errors_on_every_call_200_people_get_menus(reply: Reply, tmp_path: Path) -> None:
    async with town(tmp_path, daily=BUDGET, clock=SystemClock()) as bot:
        bot.stub.default = reply
        phones = [await bot.person(number) for number in range(1, PEOPLE + 1)]
        begun = time.monotonic()
        async with asyncio.timeout(SECONDS):
            await asyncio.gather(*(phone.tap_data("nova") for phone in phones))
            await all_served(bot, PEOPLE)
        seconds = time.monotonic() - begun
        asked = [item.at for item in bot.stub.history]
        print(f"\n{PEOPLE} people in {seconds:.1f} s, {len(asked)} requests")
        assert len(asked) <= BUDGET
        async with bot.database.reader() as conn:
            weeks = await conn.fetch_all("SELECT notes FROM weeks")
            open_jobs = await conn.fetch_all("SELECT id FROM jobs WHERE state <> 'done'")
        assert open_jobs == []
        assert all(row["notes"] == '["gemini_quota"]' for row in weeks)
        if reply.error_details and len(reply.error_details) > 1:  # the API named its time
            # Requests that were on their way together are not retries; after that nobody asks before the named time.
            gaps = [after - before for before, after in pairwise(asked) if after - before > 1]
            assert all(gap >= RETRY_S for gap in gaps)
            assert len(asked) <= 4 * (seconds / RETRY_S + 1)


async def test_one_open_week_a_person_keeps_the_queue_fair(tmp_path: Path) -> None:
    async with town(tmp_path) as bot:
        gate = asyncio.Event()
        bot.stub.default = Reply(text='{"refeicoes": []}', hold=gate)
        greedy, other = await bot.person(1), await bot.person(2)
        for _ in range(10):
            await greedy.tap_data("nova")
        await other.tap_data("nova")
        async with bot.database.reader() as conn:
            rows = await conn.fetch_all("SELECT person_id FROM jobs WHERE state IN ('open', 'running')")
        assert len(rows) == 2
        gate.set()
        async with asyncio.timeout(60):
            await all_served(bot, 2)
