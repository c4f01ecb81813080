"""A thousand fuzzed updates over HTTP: the real program behind its webhook, answering in the local chat."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from handlers.transport.intake import chat_of
from handlers.transport.webhook import DEFAULT_PATH, SECRET_HEADER
from storage import inbox
from storage.database import Database
from tests.e2e.house import START_SECONDS, House, first_week, onboard, said
from tests.e2e.logged import events
from tests.e2e.test_operations import by_webhook
from tests.handlers.fuzz.updates import Updates
from tests.loopback import http_client

pytestmark = pytest.mark.slow
SEED, UPDATES, AT_ONCE = 7, 1000, 8
PEOPLE = 12
"""Enough that nobody has a hundred updates waiting, which is where the inbox stops taking a chat's."""

FIRST_ID = 50_000_000
"""Beyond those that the local chat gives to its own updates."""

ENDLESS = b'{"update_id": 1, "message": ' + b"[" * 200_000
NO_UPDATES = (
    b"",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"update_id": 1',
    b'{"update_id": "1"}',
    b'{"update_id": 1' + b"0" * 5000 + b"}",
    ENDLESS,
)
HARMLESS = {"webhook_unreadable"}


def fuzzed(chats: list[int]) -> Iterator[dict[str, Any]]:
    """Updates of these people; those in groups are left out, since the local chat has none of theirs."""
    rng = Random(SEED)
    updates = Updates(rng, chats)
    updates.begin_at(FIRST_ID)
    while True:
        update = updates.one(rng.choice(chats))
        if (chat_of(update) or 1) > 0:
            yield update


async def test_a_thousand_fuzzed_updates_over_http(tmp_path: Path) -> None:
    async with by_webhook(tmp_path) as house:
        phones = [house.phone(number) for number in range(1, PEOPLE + 2)]
        for phone in phones:
            await phone.send_text("/start")
            await phone.wait_for_message("Posso guardar")
        bystander = phones.pop()
        for phone in (phones[0], bystander):
            await onboard(phone)
            await first_week(phone)
        before = [message.raw for message in await bystander.history()]

        chats = [(await phone.look()).raw["chat"]["id"] for phone in phones]
        statuses = await _posted(house, chats)

        assert statuses == [200] * UPDATES
        counts = await _worked_off(tmp_path / "cardapio.db")
        assert set(counts) == {"done"}
        assert counts["done"] > UPDATES
        assert [message.raw for message in await bystander.history()] == before
        assert "kcal" in (await said(bystander, "/hoje", "No dia:")).text
        log = await asyncio.to_thread(house.log)
        loud = [line for line in events(log) if line.get("level") in ("warning", "error", "critical")]
        assert [line for line in loud if line["event"] not in HARMLESS] == []
        assert len(loud) == len(NO_UPDATES)


async def _worked_off(path: Path) -> dict[str, int]:
    """The inbox by state, once nothing waits in it."""
    database = await Database.open(path, readers=1)
    try:
        async with asyncio.timeout(START_SECONDS):
            while True:
                async with database.reader() as conn:
                    counts = await inbox.counts(conn)
                if "pending" not in counts:
                    return counts
                await asyncio.sleep(0.1)  # nothing tells when another process is done
    finally:
        await database.close()


async def _posted(house: House, chats: list[int]) -> list[int]:
    """What the webhook answers to each update; what is none is refused in between."""
    environment = house.environment()
    url, headers = environment["WEBHOOK_URL"] + DEFAULT_PATH, {SECRET_HEADER: environment["WEBHOOK_SECRET"]}
    gate = asyncio.Semaphore(AT_ONCE)

    async with http_client(timeout=60.0) as client:

        async def post(body: bytes) -> httpx.Response:
            async with gate:
                return await client.post(url, content=body, headers=headers)

        drawn = fuzzed(chats)
        bodies = [json.dumps(next(drawn)).encode() for _ in range(UPDATES)]
        refused = await asyncio.gather(*map(post, NO_UPDATES))
        answers = await asyncio.gather(*map(post, bodies))
    assert [answer.status_code for answer in refused] == [400] * len(NO_UPDATES)
    return [answer.status_code for answer in answers]
