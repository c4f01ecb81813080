"""Sending: what each of Telegram's answers leads to."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from markupsafe import Markup
from telegram.error import NetworkError, TimedOut

from handlers.transport.courier import IDEMPOTENT_ATTEMPTS
from handlers.transport.screens import Button, NothingToSay, Screen, ScreenError, View
from handlers.transport.turn import Turn
from menus import reminders
from storage import conversations, jobs, outbox, people
from storage.outbox import Mode, Outgoing, Priority
from tests.fakes.clock import START, ManualClock
from tests.fakes.telegram import Call, FakeTelegram, Reply, error, flood, message, tap
from tests.handlers.transport.house import House, always, known, living, make_screens


class Post:
    """A house with a manual clock, to owe messages to and watch them go."""

    def __init__(self, house: House, telegram: FakeTelegram, clock: ManualClock) -> None:
        self.house = house
        self.telegram = telegram
        self.clock = clock

    async def owe(self, *messages: Outgoing) -> None:
        async with self.house.database.transaction() as tx:
            for owed in messages:
                await outbox.add(tx, owed, self.clock.now())
        self.house.transport.wake()
        await self.house.quiet()

    async def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.house.transport.wake()
        await self.house.quiet()

    async def outcomes(self) -> list[tuple[str, str | None]]:
        rows = await self.house.rows("SELECT state, outcome FROM outbox ORDER BY id")
        return [(row["state"], row["outcome"]) for row in rows]


@pytest.fixture
def telegram(clock: ManualClock) -> FakeTelegram:
    return FakeTelegram(clock.monotonic)


@pytest.fixture
async def post(tmp_path: Path, telegram: FakeTelegram, clock: ManualClock) -> Any:
    async with living(tmp_path / "x.db", telegram, clock=clock, poll=False) as house:
        yield Post(house, telegram, clock)


def eco(chat_id: int, text: str = "oi", **more: Any) -> Outgoing:
    return Outgoing(chat_id, "eco", {"text": text}, **more)


def caused(exc: NetworkError, cause: Exception) -> NetworkError:
    exc.__cause__ = cause
    return exc


async def test_retry_after_waits_exactly_that_long_and_keeps_the_order(post: Post) -> None:
    post.telegram.script("sendMessage", flood(7))
    await post.owe(eco(5, "um"), eco(5, "dois"))
    assert len(post.telegram.calls("sendMessage")) == 1
    await post.pass_time(6.9)
    assert len(post.telegram.calls("sendMessage")) == 1
    await post.pass_time(0.1)
    assert [(call.parameters["text"], call.at) for call in post.telegram.calls("sendMessage")] == [
        ("eco: um", 0.0),
        ("eco: um", 7.0),
        ("eco: dois", 7.0),
    ]


async def test_a_chat_told_to_wait_does_not_hold_up_another(post: Post) -> None:
    post.telegram.script("sendMessage", flood(60))
    await post.owe(eco(5))
    await post.owe(eco(6))
    assert post.telegram.texts(6) == ["eco: oi"]


async def test_several_chats_told_to_wait_make_the_whole_bot_wait(post: Post) -> None:
    post.telegram.script("sendMessage", flood(10), flood(10), flood(10))
    for chat in (5, 6, 7):
        await post.owe(eco(chat))
    async with post.house.database.transaction() as tx:
        await outbox.add(tx, eco(8), post.clock.now())
    post.house.transport.wake()
    await post.telegram.until(3, "sendMessage")
    post.clock.advance(9)
    assert post.telegram.texts(8) == []
    await post.pass_time(1)
    assert post.telegram.texts(8) == ["eco: oi"]


async def test_someone_who_blocked_the_bot_is_left_in_peace(post: Post) -> None:
    async with post.house.database.transaction() as tx:
        person = await known(tx, 5)
        await reminders.set_hour(tx, person.id, "07:00", START)
    post.telegram.script("sendMessage", error(403, "Forbidden: bot was blocked by the user"))
    await post.owe(eco(5, "um"), eco(5, "dois"))
    async with post.house.database.reader() as conn:
        after = await people.get(conn, person.id)
        reminder = await reminders.get(conn, person.id)
    assert after and after.blocked_at == START
    assert reminder and reminder.next_due_at is None
    assert await post.outcomes() == [("dropped", "unreachable")] * 2
    assert len(post.telegram.calls("sendMessage")) == 1


async def test_a_chat_that_moved_is_followed(post: Post) -> None:
    async with post.house.database.transaction() as tx:
        await known(tx, 5)
    post.telegram.script("sendMessage", error(400, "Bad Request: group upgraded", migrate_to_chat_id=6))
    await post.owe(eco(5, "um"), eco(5, "dois"))
    assert post.telegram.texts(6) == ["eco: um", "eco: dois"]


async def test_an_edit_that_changes_nothing_is_fine(post: Post) -> None:
    await post.owe(eco(5))
    (key,) = post.telegram.messages
    await post.owe(eco(5, mode=Mode.EDIT, target_message_id=key[1]))
    assert await post.outcomes() == [("sent", "sent")] * 2
    assert len(post.telegram.calls("sendMessage")) == 1


async def test_an_edit_of_a_message_that_is_gone_becomes_a_new_one(post: Post) -> None:
    await post.owe(eco(5, mode=Mode.EDIT, target_message_id=1))
    assert [call.method for call in post.telegram.history[-2:]] == ["editMessageText", "sendMessage"]


async def test_a_question_that_is_gone_is_not_shrunk_and_not_sent_again(post: Post) -> None:
    async with post.house.database.transaction() as tx:
        person = await known(tx, 5)
        await conversations.set(tx, person.id, "q")
        await conversations.set_question(tx, person.id, 1)
    await post.owe(eco(5, mode=Mode.SHRINK, slot="question"), eco(6, mode=Mode.SHRINK, slot="question"))
    assert len(post.telegram.calls("editMessageText")) == 1
    assert post.telegram.calls("sendMessage") == []


async def test_a_tap_answered_too_late_is_fine(post: Post) -> None:
    post.telegram.script("answerCallbackQuery", error(400, "Bad Request: query is too old and so on"))
    await post.owe(eco(5, mode=Mode.TOAST, callback_query_id="q1", priority=Priority.TOAST))
    assert await post.outcomes() == [("sent", "sent")]


async def test_html_that_telegram_cannot_read_is_sent_as_plain_text(post: Post) -> None:
    post.telegram.script("sendMessage", error(400, "Bad Request: can't parse entities: unsupported tag"))
    await post.owe(eco(5, "<b>"))
    first, second = post.telegram.calls("sendMessage")
    assert (first.parameters["text"], first.parameters["parse_mode"]) == ("eco: &lt;b&gt;", "HTML")
    assert second.parameters["text"] == "eco: <b>"
    assert "parse_mode" not in second.parameters


async def test_what_telegram_will_never_take_is_given_up_and_the_next_goes(post: Post) -> None:
    post.telegram.script("sendMessage", error(400, "Bad Request: BUTTON_TYPE_INVALID"))
    await post.owe(eco(5, "um"), eco(5, "dois"))
    assert await post.outcomes() == [("failed", "Refused"), ("sent", "sent")]


@pytest.mark.parametrize(
    "reply",
    [
        caused(NetworkError("httpx.ConnectError: "), httpx.ConnectError("")),
        caused(TimedOut(), httpx.ConnectTimeout("")),
        caused(TimedOut("Pool timeout: all busy"), httpx.PoolTimeout("")),
        error(502, "Bad Gateway"),
        error(401, "Unauthorized"),
        error(500, "Internal Server Error"),
    ],
)
async def test_what_was_surely_not_sent_is_tried_again_with_growing_waits(post: Post, reply: Reply) -> None:
    post.telegram.script("sendMessage", reply, reply, reply)
    await post.owe(eco(5))
    for seconds in (1, 2, 4):
        await post.pass_time(seconds)
    assert [call.at for call in post.telegram.calls("sendMessage")] == [0, 1, 3, 7]
    assert await post.outcomes() == [("sent", "sent")]


AMBIGUOUS: list[Reply] = [
    caused(TimedOut(), httpx.ReadTimeout("")),
    caused(NetworkError("httpx.ReadError: "), httpx.ReadError("")),
    caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("")),
]


@pytest.mark.parametrize("reply", AMBIGUOUS)
async def test_an_answer_that_may_have_arrived_is_sent_once_more(post: Post, reply: Reply) -> None:
    post.telegram.script("sendMessage", reply, reply, reply)
    await post.owe(eco(5))
    await post.pass_time(1)
    await post.pass_time(60)
    assert len(post.telegram.calls("sendMessage")) == 2
    assert await post.outcomes() == [("sent", "assumed")]


@pytest.mark.parametrize("reply", AMBIGUOUS)
async def test_a_reminder_that_may_have_arrived_is_not_repeated(post: Post, reply: Reply) -> None:
    post.telegram.script("sendMessage", reply)
    await post.owe(eco(5, priority=Priority.OWN))
    await post.pass_time(60)
    assert len(post.telegram.calls("sendMessage")) == 1
    assert await post.outcomes() == [("sent", "assumed")]


async def test_what_has_become_pointless_is_not_sent(tmp_path: Path, telegram: FakeTelegram) -> None:
    screens = make_screens()

    @screens.screen("calado")
    async def silent(view: View) -> Screen:
        raise NothingToSay

    async with living(tmp_path / "y.db", telegram, screens=screens, poll=False) as house:
        async with house.database.transaction() as tx:
            await outbox.add(tx, Outgoing(5, "calado", priority=Priority.OWN), START)
            await outbox.add(tx, eco(5, priority=Priority.OWN), START)
        house.transport.wake()
        await house.quiet()
        rows = await house.rows("SELECT state, outcome FROM outbox ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [("dropped", "nothing to say"), ("sent", "sent")]
    assert len(telegram.calls("sendMessage")) == 1


async def test_a_screen_may_ask_for_the_location(tmp_path: Path, telegram: FakeTelegram) -> None:
    screens = make_screens()

    @screens.screen("onde")
    async def where(view: View) -> Screen:
        return Screen(Markup("onde?"), ask_location="Mandar localização")

    async with living(tmp_path / "y.db", telegram, screens=screens, poll=False) as house:
        async with house.database.transaction() as tx:
            await outbox.add(tx, Outgoing(5, "onde"), START)
        house.transport.wake()
        await house.quiet()
    (call,) = telegram.calls("sendMessage")
    markup = call.parameters["reply_markup"]
    assert markup["one_time_keyboard"] and markup["keyboard"] == [
        [{"text": "Mandar localização", "request_location": True}]
    ]


async def test_an_edit_that_may_have_arrived_is_repeated_since_twice_is_once(post: Post) -> None:
    await post.owe(eco(5))
    (key,) = post.telegram.messages
    post.telegram.script("editMessageText", *AMBIGUOUS)
    await post.owe(eco(5, "novo", mode=Mode.EDIT, target_message_id=key[1]))
    for _ in range(IDEMPOTENT_ATTEMPTS):
        await post.pass_time(60)
    assert list(post.telegram.messages.values()) == ["eco: novo"]


async def test_a_long_text_is_sent_in_parts_with_the_buttons_under_the_last(post: Post) -> None:
    lines = "\n".join(f"linha {n}" for n in range(900))
    await post.owe(eco(5, lines))
    calls = post.telegram.calls("sendMessage")
    assert len(calls) == 3
    assert [("reply_markup" in call.parameters) for call in calls] == [False, False, True]
    assert "\n".join(str(call.parameters["text"]) for call in calls) == f"eco: {lines}"


async def test_after_a_wait_a_long_text_goes_on_with_the_part_that_was_missing(post: Post) -> None:
    async def usual(_: dict[str, Any]) -> None:
        return None

    post.telegram.script("sendMessage", usual, flood(3))
    lines = "\n".join(f"linha {n}" for n in range(900))
    await post.owe(eco(5, lines))
    await post.pass_time(3)
    texts = [str(call.parameters["text"]) for call in post.telegram.calls("sendMessage")]
    assert len(texts) == 4
    assert texts[1] == texts[2]
    assert "\n".join([texts[0], *texts[2:]]) == f"eco: {lines}"


async def test_a_screen_that_breaks_gives_an_error_with_a_code_and_does_not_stop_the_chat(post: Post) -> None:
    await post.owe(Outgoing(5, "quebrada"), Outgoing(5, "nenhuma"), Outgoing(5, "eco", {"x": 1}), eco(5))
    assert [text[:5] for text in post.telegram.texts(5)] == ["erro ", "erro ", "erro ", "eco: "]


async def test_what_is_no_longer_of_use_is_dropped(post: Post) -> None:
    post.clock.advance(60)
    await post.owe(eco(5, "velho", expires_at=START + timedelta(seconds=59)), eco(5, "novo"))
    assert post.telegram.texts() == ["eco: novo"]
    assert (await post.outcomes())[0] == ("dropped", "expired")


async def test_a_file_goes_as_a_document_with_the_text_as_caption(post: Post) -> None:
    await post.owe(Outgoing(5, "arquivo"))
    (call,) = post.telegram.calls("sendDocument")
    assert call.parameters["caption"] == "um arquivo"


async def test_a_jobs_progress_is_edited_in_the_message_that_showed_it_first(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    screens = make_screens()

    @screens.screen("progresso")
    async def progress(view: View, *, job_id: int, done: int) -> Screen:
        return Screen(Markup("{} de 7").format(done), remember=f"job:{job_id}")

    async with living(tmp_path / "y.db", telegram, screens=screens, poll=False) as house:
        async with house.database.transaction() as tx:
            person = await known(tx, 5)
            job, _ = await jobs.create_or_get(tx, person.id, "week", {}, START)
            await outbox.add(tx, Outgoing(5, "progresso", {"job_id": job.id, "done": 0}), START)
        house.transport.wake()
        await house.quiet()
        for done in (1, 2, 3):
            async with house.database.transaction() as tx:
                row = Outgoing(
                    5,
                    "progresso",
                    {"job_id": job.id, "done": done},
                    mode=Mode.EDIT,
                    slot=f"job:{job.id}",
                    dedupe_key=f"job:{job.id}:progress",
                )
                await outbox.add(tx, row, START)
            house.transport.wake()
            await house.quiet()
    assert list(telegram.messages.values()) == ["3 de 7"]
    assert len(telegram.calls("sendMessage")) == 1


async def test_a_sent_message_whose_record_fails_is_recorded_later_and_not_sent_again(
    post: Post, telegram: FakeTelegram
) -> None:
    async with post.house.database.transaction() as tx:
        await tx.execute(
            "CREATE TRIGGER full_disk BEFORE UPDATE ON outbox BEGIN SELECT raise(ABORT, 'disk full'); END"
        )
        await outbox.add(tx, eco(5), START)
    post.house.transport.wake()
    await telegram.until(1, "sendMessage")
    await post.clock.until_someone_sleeps()
    async with post.house.database.transaction() as tx:
        await tx.execute("DROP TRIGGER full_disk")
    while (await post.outcomes()) != [("sent", "sent")]:
        post.clock.advance(1)
        await asyncio.sleep(0)
    assert len(telegram.calls("sendMessage")) == 1


async def test_the_tapped_message_is_the_one_that_is_edited(tmp_path: Path, telegram: FakeTelegram) -> None:
    async def handler(turn: Turn) -> None:
        await (turn.send if turn.text else turn.edit)("eco", text=turn.text or turn.data)

    async with living(tmp_path / "y.db", telegram, route=always(handler), poll=False) as house:
        await house.transport.intake.accept([message(1, 5, "oi")])
        await house.quiet()
        (key,) = telegram.messages
        await house.transport.intake.accept([tap(2, 5, key[1], "depois")])
        await house.quiet()
    assert list(telegram.messages.values()) == ["eco: depois"]
    edits: list[Call] = telegram.calls("editMessageText")
    assert edits[0].parameters["reply_markup"] == {
        "inline_keyboard": [[{"text": "Ok", "callback_data": "ok"}]]
    }


@pytest.mark.parametrize(
    ("button", "said"),
    [
        (Button("Ok", "x" * 65), "64 bytes"),
        (Button("Ok", "é" * 33), "64 bytes"),
        (Button("", "x"), "label"),
        (Button("Ok"), "data or url"),
        (Button("Ok", "x", url="https://example.org"), "data or url"),
    ],
)
async def test_a_button_that_telegram_would_refuse_is_refused_before(button: Button, said: str) -> None:
    screens = make_screens()

    @screens.screen("torta")
    async def crooked(view: View | None) -> Screen:
        return Screen(Markup("x"), ((button,),))

    with pytest.raises(ScreenError, match=said):
        await screens.render("torta", None, {})  # type: ignore[arg-type]


def test_two_screens_cannot_share_a_name() -> None:
    with pytest.raises(ScreenError, match="eco"):
        make_screens().screen("eco")(make_screens)  # type: ignore[arg-type]
