"""The platform's port: alive, ready, metrics for those who may see them, and nothing personal in them."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from handlers.transport.health import MOST_CONNECTIONS, Health
from menus import meters
from menus.readiness import FRESH_SECONDS, Readiness, Scrape
from storage.database import Database
from tests.fakes.clock import ManualClock
from tests.fakes.telegram import FakeTelegram, message
from tests.handlers.transport.house import living
from tests.loopback import http_client


@asynccontextmanager
async def serving(**options: Any) -> AsyncIterator[tuple[Health, httpx.AsyncClient]]:
    health = Health(0, host="127.0.0.1", **options)
    health.start()
    try:
        async with http_client(base_url=f"http://127.0.0.1:{health.port}") as client:
            yield health, client
    finally:
        await health.stop()


async def yes() -> bool:
    return True


async def test_it_is_alive_before_it_is_ready() -> None:
    async with serving() as (_, client):
        assert (await client.get("/healthz")).status_code == 200
        ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "started": False})


async def test_it_is_ready_when_the_database_takes_a_commit_and_the_index_is_whole(
    database: Database, clock: ManualClock
) -> None:
    async with serving(ready=Readiness(database, clock, yes)) as (_, client):
        first = await client.get("/readyz")
        async with database.transaction() as tx:
            await tx.execute(
                "CREATE TRIGGER full_disk BEFORE UPDATE ON heartbeat BEGIN SELECT raise(ABORT, 'full'); END"
            )
        soon = await client.get("/readyz")
        clock.advance(FRESH_SECONDS)
        later = await client.get("/readyz")
    assert (first.status_code, first.json()) == (200, {"ready": True, "database": True, "index": True})
    assert soon.status_code == 200  # anybody may ask: not each question is a write
    assert (later.status_code, later.json()["database"]) == (503, False)


async def test_a_closed_database_or_a_partial_index_is_not_ready(
    database: Database, clock: ManualClock
) -> None:
    async def no() -> bool:
        return False

    assert await Readiness(database, clock, no)() == {"database": True, "index": False}
    await database.close()
    assert await Readiness(database, clock, yes)() == {"database": False, "index": True}


async def test_connections_that_ask_nothing_shut_nobody_out() -> None:
    async with serving() as (health, client):
        idle = [await asyncio.open_connection("127.0.0.1", health.port) for _ in range(MOST_CONNECTIONS + 5)]
        assert (await client.get("/healthz")).status_code == 200
        assert await idle[0][0].read() == b""  # the oldest were closed
        assert not idle[-1][0].at_eof()
        for _, writer in idle:
            writer.close()


async def scrape() -> bytes:
    return b"cardapio_up 1\n"


async def test_metrics_are_for_who_has_the_token() -> None:
    async with serving(metrics=scrape, metrics_token="tok") as (_, client):
        assert (await client.get("/metrics")).status_code == 401
        wrong = await client.get("/metrics", headers={"Authorization": "Bearer tokk"})
        right = await client.get("/metrics", headers={"Authorization": "Bearer tok"})
    assert (wrong.status_code, wrong.content) == (401, b"")
    assert (right.status_code, right.content) == (200, b"cardapio_up 1\n")


async def test_without_a_token_metrics_are_for_this_machine_and_not_through_a_proxy() -> None:
    async with serving(metrics=scrape) as (_, client):
        assert (await client.get("/metrics")).status_code == 200
        proxied = await client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    assert proxied.status_code == 404


async def test_what_happens_is_counted_and_nobody_is_named(tmp_path: Path, clock: ManualClock) -> None:
    before = meters.by_outcome(meters.updates), meters.by_outcome(meters.sends)
    telegram = FakeTelegram()
    async with living(tmp_path / "x.db", telegram) as house:
        await telegram.deliver(message(1, 77123, "sou a Joana, tenho diabetes"), message(2, 77124, "/start"))
        await telegram.until(2, "sendMessage")
        await house.quiet()
        text = (await Scrape(clock, house.database)()).decode()
    after = meters.by_outcome(meters.updates), meters.by_outcome(meters.sends)
    assert after[0]["done"] - before[0].get("done", 0) == 2
    assert after[1]["sent"] - before[1].get("sent", 0) == 2
    assert 'cardapio_updates_total{kind="command",outcome="done"}' in text
    assert 'cardapio_queue_depth{queue="inbox"} 0.0' in text
    assert "cardapio_database_up 1.0" in text
    assert re.search(r'cardapio_database_bytes\{file="main"\} [1-9]', text)
    assert "process_resident_memory_bytes" in text
    for personal in (
        r"\b77123\b",
        r"\b77124\b",
        "Joana",
        "diabetes",
        "Ana",
    ):  # whole: a moment has many digits
        assert re.search(personal, text) is None


async def test_without_a_database_the_metrics_say_so(clock: ManualClock) -> None:
    assert "cardapio_database_up 0.0" in (await Scrape(clock)()).decode()


async def test_what_came_of_requests_to_gemini_is_read_from_its_own_tally(clock: ManualClock) -> None:
    meters.gemini.source = lambda: {"answered": 3, "GeminiQuota": 1}
    try:
        text = (await Scrape(clock)()).decode()
    finally:
        meters.gemini.source = dict
    assert 'cardapio_gemini_total{outcome="answered"} 3.0' in text
    assert 'cardapio_gemini_total{outcome="GeminiQuota"} 1.0' in text
