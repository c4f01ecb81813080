"""What Telegram never sends is set aside: no error, no effect, never in the way of the next one."""

from pathlib import Path
from typing import Any

import pytest

from storage import inbox
from tests.fakes.telegram import FakeTelegram, membership, message, tap
from tests.handlers.transport.house import House, living

ANA, BIA = 7, 8


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


async def _states(house: House) -> dict[str, int]:
    async with house.database.reader() as conn:
        return await inbox.counts(conn)


def _with(update: dict[str, Any], kind: str, **fields: Any) -> dict[str, Any]:
    return {**update, kind: {**update[kind], **fields}}


@pytest.mark.parametrize(
    "broken",
    [
        _with(message(1, ANA, "oi"), "message", text=5),
        _with(message(1, ANA, "oi"), "message", date=2**60),
        _with(message(1, ANA, "oi"), "message", message_id=None),
        _with(message(1, ANA, "oi"), "message", photo=7),
        _with(message(1, ANA, "oi"), "message", location={"latitude": 1e300, "longitude": 0}),
        _with(message(1, ANA, "oi"), "message", document={"file_name": "x"}),
        _with(message(1, ANA, "oi"), "message", **{"from": {"id": ANA, "language_code": 5}}),
    ],
)
async def test_a_message_that_cannot_be_read_is_answered_and_set_aside(
    tmp_path: Path, telegram: FakeTelegram, broken: dict[str, Any]
) -> None:
    async with living(tmp_path / "a.db", telegram, poll=False) as house:
        await house.transport.accept([broken, message(2, ANA, "e agora?")])
        await house.quiet()
        assert telegram.texts(ANA) == ["não deu para ler", "eco: e agora?"]
        assert await house.effects(ANA) == [2]
        assert await _states(house) == {"done": 2}


@pytest.mark.parametrize(
    "forged",
    [
        _with(message(1, BIA, "oi"), "message", **{"from": {"id": ANA, "is_bot": False, "first_name": "x"}}),
        _with(message(1, BIA, "oi"), "message", **{"from": None}),
        _with(message(1, BIA, "oi"), "message", chat={"id": -BIA, "type": "private"}),
        _with(
            tap(1, BIA, 5, "x"), "callback_query", **{"from": {"id": ANA, "is_bot": False, "first_name": "x"}}
        ),
        _with(membership(1, BIA, "kicked"), "my_chat_member", **{"from": {"id": ANA}}),
        {**message(1, BIA, "oi"), **tap(1, BIA, 5, "x")},
    ],
)
async def test_nobody_speaks_in_the_private_chat_of_another(
    tmp_path: Path, telegram: FakeTelegram, forged: dict[str, Any]
) -> None:
    async with living(tmp_path / "a.db", telegram, poll=False) as house:
        await house.transport.accept([message(9, BIA, "eu"), forged])
        await house.quiet()
        assert telegram.texts() == ["eco: eu"]
        assert await house.effects(BIA) == [9]
        assert (await house.rows("SELECT blocked_at FROM people"))[0]["blocked_at"] is None
        assert await _states(house) == {"done": 2}


async def test_the_tap_that_cannot_be_read_does_not_wait_for_ever(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    async with living(tmp_path / "a.db", telegram, poll=False) as house:
        await house.transport.accept([_with(tap(1, ANA, 5, "x"), "callback_query", data=["x"])])
        await house.quiet()
        (answer,) = await telegram.until(1, "answerCallbackQuery")
        assert answer.parameters["callback_query_id"] == "q1"
        assert telegram.texts() == []


async def test_halves_of_characters_are_kept_as_what_utf8_can_hold(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    async with living(tmp_path / "a.db", telegram, poll=False) as house:
        await house.transport.accept([message(1, ANA, "a\ud83d b\x00 c\udc00 👍🏿 d")])
        await house.quiet()
        assert telegram.texts() == ["eco: a\ufffd b\ufffd c\ufffd 👍🏿 d"]


async def test_what_is_nested_without_end_is_dropped_and_the_rest_of_its_batch_is_served(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    endless: list[Any] = []
    for _ in range(5000):
        endless = [endless]
    async with living(tmp_path / "a.db", telegram, poll=False) as house:
        deep = _with(message(1, ANA, "oi"), "message", new_field=endless)
        await house.transport.accept([deep, message(2, ANA, "e eu?")])
        await house.quiet()
        assert telegram.texts() == ["eco: e eu?"]
        assert await _states(house) == {"done": 1}
