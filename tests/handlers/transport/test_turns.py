"""Turns: order, concurrency, errors, taps, blocks, caps."""

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from handlers.errors import ALPHABET
from handlers.transport.intake import chat_of, parse
from handlers.transport.processor import ChatProcessor
from handlers.transport.screens import Screen, View
from handlers.transport.turn import Turn
from menus import reminders
from storage import conversations, inbox, people
from storage.database import Database
from storage.errors import DatabaseBusy, DatabaseFull
from storage.inbox import Waiting
from storage.reminders import get as reminder_of
from tests.fakes.clock import START, ManualClock
from tests.fakes.telegram import FakeTelegram, membership, message, tap
from tests.handlers.transport.house import always, echo, known, living, make_screens


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.slow)])
async def test_many_chats_are_each_answered_in_order(tmp_path: Path, count: int) -> None:
    telegram, chats = FakeTelegram(), range(1, count + 1)
    updates = [message(n * 1000 + chat, chat, f"{n}") for n in range(5) for chat in chats]
    async with living(tmp_path / "x.db", telegram) as house:
        await telegram.deliver(*updates)
        await telegram.until(5 * count, "sendMessage", seconds=30)
        await house.quiet()
    wrong = [chat for chat in chats if telegram.texts(chat) != [f"eco: {n}" for n in range(5)]]
    assert wrong == []


async def test_the_processor_keeps_chats_in_order_and_lets_them_overlap() -> None:
    processor, random_ = ChatProcessor(16), random.Random(1)
    begun: dict[int, list[int]] = {}
    ended: dict[int, list[int]] = {}
    most = 0

    async def work(update_id: int, chat_id: int) -> None:
        nonlocal most
        begun.setdefault(chat_id, []).append(update_id)
        most = max(most, len(processor.locks))
        for _ in range(random_.randrange(4)):
            await asyncio.sleep(0)
        ended.setdefault(chat_id, []).append(update_id)

    updates = [Waiting(n, n % 7) for n in range(200)]
    await asyncio.gather(
        *(processor.process_update(update, work(update.update_id, update.chat_id or 0)) for update in updates)
    )
    assert begun == ended == {chat: [n for n in range(200) if n % 7 == chat] for chat in range(7)}
    assert most > 1
    assert len(processor.locks) == 0


async def test_one_chat_that_waits_does_not_hold_up_another(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    held = asyncio.Event()

    async def held_send(_: dict[str, Any]) -> None:
        await held.wait()

    telegram.script("sendMessage", held_send)
    async with living(tmp_path / "x.db", telegram) as house:
        await telegram.deliver(*(message(n, 1, "flood") for n in range(1, 60)))
        await telegram.until(1, "sendMessage")
        await telegram.deliver(message(100, 2, "oi"))
        await telegram.until(2, "sendMessage")
        assert telegram.texts(2) == ["eco: oi"]
        held.set()
        await house.quiet()


async def test_a_handler_that_breaks_leaves_no_trace_and_gives_a_short_code(tmp_path: Path) -> None:
    telegram = FakeTelegram()

    async def broken(turn: Turn) -> None:
        await echo(turn)
        raise ZeroDivisionError("72 kg")

    async with living(tmp_path / "x.db", telegram, route=always(broken)) as house:
        await telegram.deliver(message(1, 5, "oi"), tap(2, 5, 100, "x"))
        await telegram.until(2, "sendMessage")
        await telegram.until(1, "answerCallbackQuery")
        await house.quiet()
        assert await house.effects(5) == []
        rows = await house.rows("SELECT state, error_code, body, chat_id FROM inbox ORDER BY seq")
    codes = [text.removeprefix("erro ") for text in telegram.texts(5)]
    assert [(row["state"], row["body"], row["chat_id"]) for row in rows] == [("failed", None, None)] * 2
    assert [row["error_code"] for row in rows] == codes
    assert all(len(code) == 5 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("O0I1") & set(ALPHABET)


async def test_a_busy_database_is_waited_for_and_the_person_notices_nothing(tmp_path: Path) -> None:
    telegram, clock, tries = FakeTelegram(), ManualClock(), [0]

    async def busy_twice(turn: Turn) -> None:
        await echo(turn)
        tries[0] += 1
        if tries[0] < 3:
            raise DatabaseBusy("another process")

    async with living(
        tmp_path / "x.db", telegram, route=always(busy_twice), clock=clock, poll=False
    ) as house:
        await house.transport.intake.accept([message(1, 5, "oi")])
        while tries[0] < 3:
            await asyncio.sleep(0)
            clock.advance(0.5)
        await telegram.until(1, "sendMessage")
        await house.quiet()
        assert await house.effects(5) == [1]


async def test_a_full_disk_answers_with_an_error_and_does_not_stop_the_others(tmp_path: Path) -> None:
    telegram = FakeTelegram()

    async def full(turn: Turn) -> None:
        if turn.chat_id == 5:
            raise DatabaseFull("disk")
        await echo(turn)

    async with living(tmp_path / "x.db", telegram, route=always(full)) as house:
        await telegram.deliver(message(1, 5, "oi"), message(2, 6, "oi"))
        await telegram.until(2, "sendMessage")
        await house.quiet()
    assert telegram.texts(6) == ["eco: oi"]
    assert telegram.texts(5)[0].startswith("erro ")


async def test_a_tap_is_answered_once_also_without_a_toast(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    screens = make_screens()

    @screens.screen("feito")
    async def done(view: View) -> Screen:
        return Screen(Markup("<b>Feito</b> &amp; guardado"))

    async def handler(turn: Turn) -> None:
        if turn.data == "com":
            await turn.send("eco", text="depois")
            await turn.toast("feito")
            await turn.toast("feito")
        else:
            await turn.edit("eco", text=turn.data)

    async with living(tmp_path / "x.db", telegram, route=always(handler), screens=screens) as house:
        await telegram.deliver(tap(1, 5, 100, "sem"), tap(2, 5, 100, "com"))
        await telegram.until(2, "answerCallbackQuery")
        await house.quiet()
    answers = [call.parameters for call in telegram.calls("answerCallbackQuery")]
    assert sorted(answers, key=lambda answer: str(answer["callback_query_id"])) == [
        {"callback_query_id": "q1"},
        {"callback_query_id": "q2", "text": "Feito & guardado"},
    ]


async def test_a_typed_command_gets_as_a_message_what_a_tap_gets_as_edit_or_toast(tmp_path: Path) -> None:
    telegram = FakeTelegram()

    async def handler(turn: Turn) -> None:
        await turn.edit("eco", text="um")
        await turn.toast("eco", text="dois")

    async with living(tmp_path / "x.db", telegram, route=always(handler)) as house:
        await telegram.deliver(message(1, 5, "/hoje"))
        await telegram.until(2, "sendMessage")
        await house.quiet()
    assert telegram.texts() == ["eco: um", "eco: dois"]


async def test_an_answered_question_shrinks_in_its_own_message(tmp_path: Path) -> None:
    telegram = FakeTelegram()

    async def ask(turn: Turn) -> None:
        person = turn.person or await people.create(turn.tx, turn.chat_id)
        await turn.shrink("eco", text=turn.text)
        await conversations.set(turn.tx, person.id, "q")
        await turn.send("pergunta", n=turn.update.update_id)

    async with living(tmp_path / "x.db", telegram, route=always(ask)) as house:
        for n in (1, 2):
            await telegram.deliver(message(n, 5, f"resposta {n}"))
            await telegram.until(n, "sendMessage")
            await house.quiet()
    assert telegram.texts() == ["pergunta 1", "eco: resposta 2", "pergunta 2"]
    assert list(telegram.messages.values()) == ["eco: resposta 2", "pergunta 2"]


async def test_ignored_updates_are_done_without_a_word(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    edited = {"update_id": 1, "edited_message": message(1, 5, "oi")["message"]}
    async with living(tmp_path / "x.db", telegram, poll=False) as house:
        await house.transport.intake.accept([edited, {"update_id": 2, "novidade": {}}, {"update_id": 3}])
        await house.quiet()
        assert [row["state"] for row in await house.rows("SELECT state FROM inbox")] == ["done"] * 3
    assert telegram.texts() == []


async def test_blocking_and_coming_back_are_noted_and_the_reminder_rests_meanwhile(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    async with living(tmp_path / "x.db", telegram, poll=False, clock=ManualClock()) as house:
        async with house.database.transaction() as tx:
            person = await known(tx, 5)
            await reminders.set_hour(tx, person.id, "07:00", START)
        seen = []
        for update in (membership(1, 5, "kicked"), membership(2, 5, "member")):
            await house.transport.intake.accept([update])
            await house.quiet()
            async with house.database.reader() as conn:
                now, reminder = await people.get(conn, person.id), await reminder_of(conn, person.id)
            assert now and reminder
            seen.append((now.blocked_at, reminder.next_due_at is None, reminder.hour))
    assert seen == [(START, True, "07:00"), (None, False, "07:00")]


async def test_a_chat_that_floods_is_told_once(tmp_path: Path) -> None:
    telegram = FakeTelegram()
    async with living(tmp_path / "x.db", telegram, poll=False) as house:
        flood = [message(n, 5, "x") for n in range(1, inbox.CHAT_CAP + 31)]
        await house.transport.intake.accept(flood)
        await house.quiet()
        assert len(await house.effects(5)) == inbox.CHAT_CAP
    assert telegram.texts().count("devagar") == 1


async def test_a_handler_that_hangs_is_rolled_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = FakeTelegram()

    async def hangs(turn: Turn) -> None:
        await echo(turn)
        raise TimeoutError

    async with living(tmp_path / "x.db", telegram, route=always(hangs)) as house:
        await telegram.deliver(message(1, 5, "oi"))
        await telegram.until(1, "sendMessage")
        await house.quiet()
        assert await house.effects(5) == []


async def test_what_is_woken_after_a_turn_sees_what_the_turn_did(database: Database, tmp_path: Path) -> None:
    telegram = FakeTelegram()
    states: list[str] = []

    async def handler(turn: Turn) -> None:
        turn.after_commit(lambda: states.append("woken"))
        states.append("handled")

    async with living(tmp_path / "x.db", telegram, route=always(handler), poll=False) as house:
        await house.transport.intake.accept([message(1, 5, "oi")])
        await house.quiet()
    assert states == ["handled", "woken"]


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": "7"},
        {"update_id": True},
        {"update_id": 2**70},
        [],
        None,
        "x",
    ],
)
def test_what_has_no_usable_id_is_not_stored(update: Any) -> None:
    assert parse(update) is None


@pytest.mark.parametrize(
    "update",
    [
        {"message": 5},
        {"message": {"chat": []}},
        {"message": {"chat": {"id": "5"}}},
        {"callback_query": {"message": None, "from": {"id": None}}},
        {"my_chat_member": {"chat": {"id": 1e9}}},
    ],
)
async def test_a_malformed_update_ends_as_failed_or_done_and_the_next_is_served(
    tmp_path: Path, update: dict[str, Any]
) -> None:
    telegram = FakeTelegram()
    assert chat_of(update) is None
    async with living(tmp_path / "x.db", telegram, poll=False) as house:
        await house.transport.intake.accept([{"update_id": 1, **update}, message(2, 5, "oi")])
        await house.quiet()
        states = [row["state"] for row in await house.rows("SELECT state FROM inbox ORDER BY seq")]
        assert await house.effects(5) == [2]
    assert states[0] in ("failed", "done")
    assert states[1] == "done"
