"""A database that only reads, or refuses for a reason we have no name for: people are told, and all is done afterwards."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.clock import ManualClock
from tests.fakes.telegram import FakeTelegram, message, tap
from tests.handlers.transport.house import House
from tests.handlers.transport.test_storage_trouble import SORRY, let_time_pass

SQLITE_DENY, SQLITE_OK = 1, 0
KINDS: dict[str, tuple[Callable[[Any], object], Callable[[Any], object]]] = {
    "read-only": (
        lambda raw: raw.execute("PRAGMA query_only = ON"),
        lambda raw: raw.execute("PRAGMA query_only = OFF"),
    ),
    "refused": (
        lambda raw: raw.set_authorizer(lambda *_: SQLITE_DENY),
        lambda raw: raw.set_authorizer(lambda *_: SQLITE_OK),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_database_that_takes_nothing_is_told_and_all_is_done_when_it_does(
    kind: str, tmp_path: Path, clock: ManualClock
) -> None:
    sicken, heal = KINDS[kind]
    telegram = FakeTelegram(clock.monotonic)
    house = await House(tmp_path / "x.db", telegram, clock=clock).open()
    await telegram.deliver(message(1, 5, "antes"))
    await let_time_pass(clock, telegram, 1, 5)
    await house.transport.pump.idle()
    await house.database._writer.run(sicken)
    await telegram.deliver(message(2, 5, "oi"), tap(3, 6, 100, "ok"))
    await let_time_pass(clock, telegram, 2, 5)
    await let_time_pass(clock, telegram, 1, 6)
    await telegram.until(1, "answerCallbackQuery")
    assert (telegram.texts(5), telegram.texts(6)) == (["eco: antes", SORRY], [SORRY])
    await house.database._writer.run(heal)
    await let_time_pass(clock, telegram, 3, 5)
    await let_time_pass(clock, telegram, 2, 6)
    assert (telegram.texts(5)[2:], telegram.texts(6)[1:]) == (["eco: oi"], ["eco: ok"])
    assert (await house.effects(5), await house.effects(6)) == ([1, 2], [3])
    await asyncio.sleep(0)
    await house.kill()
