"""The benchmark of use: people take turns, and each says what is next for them."""

import pytest

from bench._botapi import FIRST_CHAT, People
from bench.use import main


async def test_people_take_turns_and_only_so_many_wait_at_once() -> None:
    people = People()
    now = people.begin(4, 2, "/hoje|/compras", at_once=1)
    said: list[tuple[int, int, str]] = []
    while not now.over.is_set():
        updates = await people.answer("getUpdates", {"offset": said[-1][0] + 1 if said else 0, "timeout": 1})
        assert len(updates) == 1
        message = updates[0]["message"]
        said.append((updates[0]["update_id"], message["chat"]["id"], message["text"]))
        await people.answer("sendMessage", {"chat_id": message["chat"]["id"], "text": "ok"})

    assert [words for _, *words in said] == [
        [FIRST_CHAT, "/hoje"],
        [FIRST_CHAT + 1, "/hoje"],
        [FIRST_CHAT, "/compras"],
        [FIRST_CHAT + 1, "/compras"],
    ]
    assert len(now.milliseconds) == 4


@pytest.mark.slow
def test_a_small_week_is_weighed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-n", "4", "--days", "1", "--at-once", "2"]) == 0
    assert "16 answers" in capsys.readouterr().out
