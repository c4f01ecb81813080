"""The webhook over HTTP: who may come in, stored before it is answered, and nothing lost when it stops."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from handlers.transport.bot import ALLOWED_UPDATES, make_bot
from handlers.transport.health import Health
from handlers.transport.turn import Turn
from handlers.transport.webhook import (
    LOOK_SECONDS,
    MAX_BODY_BYTES,
    SECRET_HEADER,
    Address,
    Door,
    Registration,
)
from storage.errors import DatabaseBusy, DatabaseFull
from tests.fakes.clock import ManualClock
from tests.fakes.telegram import FakeTelegram, message, tap
from tests.handlers.transport.house import House, always, echo, living
from tests.loopback import http_client

ADDRESS = Address.of("https://bot.example.com", "seg-redo_1")
SECRET = {SECRET_HEADER: ADDRESS.secret}


@asynccontextmanager
async def listening(door: Door) -> AsyncIterator[httpx.AsyncClient]:
    """The door on a port, and somebody who calls it."""
    health = Health(0, door=door, host="127.0.0.1")
    health.start()
    try:
        async with http_client(base_url=f"http://127.0.0.1:{health.port}") as client:
            yield client
    finally:
        await health.stop()


@pytest.fixture
def door() -> Door:
    return Door(ADDRESS)


async def hand_in(client: httpx.AsyncClient, update: Any, headers: dict[str, str] | None = None) -> int:
    """Call the webhook as Telegram does; returns the status."""
    response = await client.post("/telegram", json=update, headers=SECRET if headers is None else headers)
    return response.status_code


class Heard:
    """Takes what comes in, or fails as it is told."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.updates: list[Any] = []

    async def accept(self, updates: Sequence[Any]) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.updates += updates


async def test_an_update_is_stored_before_it_is_answered(tmp_path: Path, door: Door) -> None:
    telegram, entered = FakeTelegram(), asyncio.Event()

    async def never(turn: Turn) -> None:
        entered.set()
        await asyncio.Event().wait()

    house = await House(tmp_path / "x.db", telegram, door=door, route=always(never)).open()
    async with listening(door) as client:
        assert await hand_in(client, message(7, 5, "oi")) == 200
        await entered.wait()
        (row,) = await house.rows("SELECT update_id, state, body FROM inbox")
    assert (row["update_id"], row["state"]) == (7, "pending")
    assert json.loads(row["body"]) == message(7, 5, "oi")
    await house.kill()


async def test_a_kill_between_storing_and_processing_loses_nothing(tmp_path: Path, door: Door) -> None:
    telegram, entered = FakeTelegram(), asyncio.Event()

    async def never(turn: Turn) -> None:
        await echo(turn)
        entered.set()
        await asyncio.Event().wait()

    house = await House(tmp_path / "x.db", telegram, door=door, route=always(never)).open()
    async with listening(door) as client:
        assert await hand_in(client, message(1, 5, "oi")) == 200
        await entered.wait()
        await house.kill()
    async with living(tmp_path / "x.db", telegram, door=Door(ADDRESS)) as house:
        await house.quiet()
        assert await house.effects(5) == [1]
    assert telegram.texts(5) == ["eco: oi"]


async def test_an_update_that_comes_twice_does_the_thing_once(tmp_path: Path, door: Door) -> None:
    telegram = FakeTelegram()
    async with living(tmp_path / "x.db", telegram, door=door) as house, listening(door) as client:
        for _ in range(3):
            assert await hand_in(client, tap(1, 5, 100, "ok")) == 200
            await house.quiet()
        assert await house.effects(5) == [1]


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "seg-redo_2"}, {SECRET_HEADER: "é"}]
)
async def test_who_does_not_know_the_secret_is_refused(door: Door, headers: dict[str, str]) -> None:
    heard = Heard()
    door.open(heard.accept)
    async with listening(door) as client:
        raw = {name: value.encode() for name, value in headers.items()}
        response = await client.post("/telegram", json=message(1, 5, "oi"), headers=raw)  # type: ignore[arg-type]
        assert (response.status_code, response.content) == (403, b"")
    assert heard.updates == []


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    """An update of more than ``size`` bytes whose length is not told before."""
    yield b'{"update_id": 2, "message": "'
    yield b"x" * size
    yield b'"}'


async def test_a_body_without_end_is_refused_before_it_is_read(door: Door) -> None:
    heard = Heard()
    door.open(heard.accept)
    async with listening(door) as client:
        headers = SECRET | {"Content-Length": str(MAX_BODY_BYTES + 1)}
        response = await client.post("/telegram", content=b"x" * (MAX_BODY_BYTES + 1), headers=headers)
        assert response.status_code == 413
        pieces = await client.post("/telegram", content=in_pieces(MAX_BODY_BYTES), headers=SECRET)
        assert pieces.status_code == 413
        assert await hand_in(client, message(1, 5, "x" * (MAX_BODY_BYTES // 2))) == 200
    assert [update["update_id"] for update in heard.updates] == [1]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json, meu nome e Ana",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: str(body[:12]),
)
async def test_what_is_no_update_is_refused_and_never_logged(door: Door, body: bytes) -> None:
    heard = Heard()
    door.open(heard.accept)
    with capture_logs() as lines:
        async with listening(door) as client:
            response = await client.post("/telegram", content=body, headers=SECRET)
    assert (response.status_code, heard.updates) == (400, [])
    (line,) = lines
    assert line == {"event": "webhook_unreadable", "size": len(body), "log_level": "warning"}


@pytest.mark.parametrize("trouble", [DatabaseBusy("locked"), DatabaseFull("full")])
async def test_what_cannot_be_stored_is_left_with_telegram(door: Door, trouble: Exception) -> None:
    heard = Heard(trouble)
    door.open(heard.accept)
    async with listening(door) as client:
        response = await client.post("/telegram", json=message(1, 5, "oi"), headers=SECRET)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert await hand_in(client, message(1, 5, "oi")) == 200
    assert [update["update_id"] for update in heard.updates] == [1]


async def test_an_error_of_ours_is_a_500_and_its_words_stay_out_of_the_log(door: Door) -> None:
    door.open(Heard(ZeroDivisionError("Ana tem diabetes")).accept)
    with capture_logs() as lines:
        async with listening(door) as client:
            assert await hand_in(client, message(1, 5, "oi")) == 500
    assert [line["event"] for line in lines] == ["webhook_broke"]
    assert "diabetes" not in str(lines)


async def test_other_methods_and_paths_are_refused(door: Door) -> None:
    async with listening(door) as client:
        assert (await client.get("/telegram", headers=SECRET)).status_code == 405
        assert (await client.post("/", headers=SECRET)).status_code == 404
        assert (await client.get("/.env")).content == b""


async def test_a_closed_door_waits_for_what_is_being_stored_and_takes_no_more(door: Door) -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def slow(updates: Sequence[Any]) -> None:
        entered.set()
        await go_on.wait()

    door.open(slow)
    async with listening(door) as client:
        first = asyncio.create_task(hand_in(client, message(1, 5, "oi")))
        await entered.wait()
        closing = asyncio.create_task(door.close())
        assert await hand_in(client, message(2, 5, "oi")) == 503
        assert not closing.done()
        go_on.set()
        await closing
        assert await first == 200


async def test_a_graceful_stop_finishes_what_was_taken(tmp_path: Path, door: Door) -> None:
    telegram, entered, go_on = FakeTelegram(), asyncio.Event(), asyncio.Event()

    async def slow(turn: Turn) -> None:
        entered.set()
        await go_on.wait()
        await turn.send("eco", text="terminei")

    house = await House(tmp_path / "x.db", telegram, door=door, route=always(slow)).open()
    async with listening(door) as client:
        assert await hand_in(client, message(1, 5, "oi")) == 200
        await entered.wait()
        stopping = asyncio.create_task(house.stop())
        await asyncio.sleep(0)
        go_on.set()
        await stopping
        assert await hand_in(client, message(2, 5, "oi")) == 503
    assert telegram.texts() == ["eco: terminei"]


def test_an_address_without_a_path_gets_one() -> None:
    assert Address.of("https://a.example/", "s").url == "https://a.example/telegram"
    assert Address.of("https://a.example/b/c", "s").path == "/b/c"


async def test_telegram_is_told_where_and_told_again_when_somebody_took_it_away(clock: ManualClock) -> None:
    telegram = FakeTelegram()
    bot = make_bot("1:x", "http://telegram.invalid", request=telegram, polling=telegram)
    running = asyncio.create_task(Registration(bot, ADDRESS, clock).run())
    (call,) = await telegram.until(1, "setWebhook")
    assert call.parameters == {
        "url": ADDRESS.url,
        "secret_token": ADDRESS.secret,
        "max_connections": 40,
        "allowed_updates": list(ALLOWED_UPDATES),
    }
    await clock.until_someone_sleeps()
    telegram.webhook = ""
    clock.advance(LOOK_SECONDS)
    await telegram.until(2, "setWebhook")
    assert telegram.webhook == ADDRESS.url
    running.cancel()
    await asyncio.wait([running])


async def test_going_back_to_polling_takes_the_webhook_away(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    telegram.webhook = ADDRESS.url
    async with living(tmp_path / "x.db", telegram):
        await telegram.until(1, "getUpdates")
        assert telegram.webhook == ""
