"""The Bot API floods, breaks, hangs and answers nonsense: everybody is answered at last, in order, and nobody is given up."""

import asyncio
import random
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, TelegramError
from telegram.request import RequestData

from handlers.transport.lean_request import LeanRequest
from storage import people
from tests.fakes.clock import ManualClock
from tests.fakes.telegram import FakeTelegram, Payload, Reply, error, flood, message
from tests.handlers.transport.house import House, living


class Nonsense(FakeTelegram):
    """Some calls take effect, or do not, and what comes back is this body with this status."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.instead: dict[str, list[tuple[int, bytes | None]]] = {}

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        status, body = self.instead[name].pop(0) if self.instead.get(name) else (200, b"")
        if status != 200:
            return status, body or b""
        code, whole = await super().do_request(url, method, request_data, *args, **kwargs)
        return code, whole[: len(whole) // 2] if body is None else whole


CUT: tuple[int, bytes | None] = (200, None)
PAGE = b"<html><h1>Proxy Error</h1></html>"


async def served(house: House, telegram: FakeTelegram, clock: ManualClock, texts: int, chat_id: int) -> None:
    """Let time pass until this chat got so many messages."""
    async with asyncio.timeout(20):
        while len(telegram.texts(chat_id)) < texts:
            await asyncio.sleep(0.001)  # real time for the database's threads
            if (wait := clock.next_wake()) is not None and wait < 100:
                clock.advance(wait)


async def test_an_answer_that_was_cut_on_its_way_is_said_again_and_a_cut_poll_is_polled_again(
    tmp_path: Path, clock: ManualClock
) -> None:
    telegram = Nonsense(clock.monotonic)
    telegram.instead = {"sendMessage": [CUT], "getUpdates": [CUT]}
    async with living(tmp_path / "x.db", telegram, clock=clock) as house:
        await telegram.deliver(message(1, 5, "tenho diabetes"))
        await served(house, telegram, clock, 2, 5)
        await house.transport.pump.idle()
        assert telegram.texts(5) == ["eco: tenho diabetes"] * 2
        assert await house.effects(5) == [1]
        assert [row["state"] for row in await house.rows("SELECT state FROM outbox")] == ["sent"]


@pytest.mark.parametrize(
    "body", [b'{"ok": true, "result": {"text": "tenho diab', b"", b"[]", b'{"ok": true}']
)
def test_what_is_no_answer_of_the_bot_api_is_not_logged(
    body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TelegramError):
        LeanRequest.parse_json_payload(body)
    assert caplog.records == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 502])
async def test_a_page_of_a_proxy_neither_ends_the_program_nor_gives_anybody_up(
    status: int, tmp_path: Path, clock: ManualClock
) -> None:
    telegram = Nonsense(clock.monotonic)
    telegram.instead = {
        name: [(status, PAGE), (status, PAGE)] for name in ("getMe", "getUpdates", "sendMessage")
    }
    house = House(tmp_path / "x.db", telegram, clock=clock)
    opening = asyncio.create_task(house.open())
    async with asyncio.timeout(10):
        while not opening.done():
            await asyncio.sleep(0.001)  # real time for the database's threads
            if (wait := clock.next_wake()) is not None:
                clock.advance(wait)
    await telegram.deliver(message(1, 5, "oi"))
    await served(house, telegram, clock, 1, 5)
    assert telegram.texts(5) == ["eco: oi"]
    async with house.database.reader() as conn:
        person = await people.get_by_chat(conn, 5)
    assert person is not None and person.blocked_at is None
    await house.kill()


async def test_a_chat_whose_messages_hang_holds_up_nobody_else(tmp_path: Path, clock: ManualClock) -> None:
    telegram, released = FakeTelegram(clock.monotonic), asyncio.Event()

    async def hang(parameters: dict[str, Any]) -> Payload | None:
        if parameters["chat_id"] == 5:
            await released.wait()
        return None

    async with living(tmp_path / "x.db", telegram, clock=clock, poll=False) as house:
        telegram.script("sendMessage", *[hang] * 20)
        await house.transport.accept([message(n, 5 + n % 10, "oi") for n in range(1, 21)])
        await telegram.until(19, "sendMessage")
        assert all(len(telegram.texts(chat)) == 2 for chat in range(6, 15))
        released.set()
        await house.quiet()
        assert len(telegram.texts(5)) == 2


TROUBLES: list[Reply] = [
    flood(1),
    flood(5),
    error(500, "Internal Server Error"),
    error(502, "Bad Gateway"),
    error(504, "Gateway Timeout"),
]


def refused_before_it_left() -> Reply:
    """Nobody listened: surely not sent."""
    exc = NetworkError("")
    exc.__cause__ = httpx.ConnectError("")
    return exc


@pytest.mark.parametrize("chats", [8, pytest.param(100, marks=pytest.mark.slow)])
async def test_through_a_storm_of_every_kind_each_chat_gets_each_answer_in_order(
    chats: int, tmp_path: Path, clock: ManualClock
) -> None:
    telegram, draw = FakeTelegram(clock.monotonic), random.Random(7)
    storm = [draw.choice([*TROUBLES, refused_before_it_left()]) for _ in range(6 * chats)]
    async with living(tmp_path / "x.db", telegram, clock=clock, poll=False) as house:
        telegram.script("sendMessage", *storm)
        said = [message(1 + n, 100 + n % chats, f"dito {n // chats}") for n in range(3 * chats)]
        await house.transport.accept(said)
        done = "SELECT count(*) AS n FROM outbox WHERE state = 'sent'"
        async with asyncio.timeout(60):
            while (await house.rows(done))[0]["n"] < len(said):
                if (wait := clock.next_wake()) is not None and not house.transport.pump._in_flight:
                    clock.advance(min(wait, 60.0))
    for chat in range(100, 100 + chats):
        seen = [text for (where, _), text in telegram.messages.items() if where == chat]
        assert seen == ["eco: dito 0", "eco: dito 1", "eco: dito 2"]
    assert len(telegram.calls("sendMessage")) == len(storm) + len(said)
