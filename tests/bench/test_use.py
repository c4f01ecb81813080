"""The benchmark of use: people see their own chat, the bot's clock jumps with its sleepers, a small day is whole."""

import asyncio

import pytest

from bench._botapi import FIRST_CHAT, People
from bench._shifted import Shifted
from bench._town import Town, Unanswered
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


async def test_a_neighbour_gets_what_is_sent_to_them_and_taps_what_they_see() -> None:
    town = Town()
    markup = '{"inline_keyboard": [[{"text": "✅ Feito", "callback_data": "d_feito:1"}]]}'
    asking = asyncio.create_task(town.phone(7).say("/hoje"))
    (update,) = await town.answer("getUpdates", {"timeout": "1"})
    assert update["message"]["text"] == "/hoje"
    await town.answer("sendMessage", {"chat_id": "8", "text": "de outra pessoa"})
    await town.answer("sendMessage", {"chat_id": "7", "text": "Hoje", "reply_markup": markup})
    seen = await asking
    assert (seen.text, len(town.milliseconds)) == ("Hoje", 1)

    tapping = asyncio.create_task(town.phone(7).tap(seen, "✅"))
    (tap,) = await town.answer("getUpdates", {"offset": str(update["update_id"] + 1), "timeout": "1"})
    assert tap["callback_query"]["data"] == "d_feito:1"
    await town.answer("editMessageText", {"chat_id": "7", "message_id": str(seen.id), "text": "Anotei"})
    assert (await tapping).id == seen.id
    with pytest.raises(Unanswered):
        await town.phone(7).tap(seen, "🔄")


async def test_whoever_sleeps_by_the_shifted_clock_wakes_when_it_jumps_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Shifted, "ahead", 0.0)
    clock, before = Shifted(), Shifted().now()
    short, long = (asyncio.create_task(clock.sleep(seconds)) for seconds in (3_000, 9_000))
    await asyncio.sleep(0)
    Shifted.forward(4_000)
    await asyncio.wait_for(short, 5)
    assert 4_000 <= (clock.now() - before).total_seconds() < 4_060
    assert not long.done()
    long.cancel()


@pytest.mark.slow
def test_a_small_day_is_weighed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-n", "4", "--days", "1", "--at-once", "2"]) == 0
    printed = capsys.readouterr().out
    assert "mornings with a reminder: 4 of 4" in printed
    assert "waited for nothing: 0" in printed
