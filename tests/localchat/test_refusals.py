"""What Telegram refuses, in its own words, as python-telegram-bot reports it."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from localchat import LocalChat
from tests.e2e.driver import Phone
from tests.localchat.conftest import client
from tests.loopback import http_client


def keyboard(data: str = "a", label: str = "A") -> InlineKeyboardMarkup:
    """One inline button."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def test_a_chat_that_never_wrote_is_unknown(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(700_000_001, "oi")


@pytest.mark.parametrize(
    ("text", "parse_mode", "reason"),
    [
        ("", None, "Message text is empty"),
        ("   ", None, "Text must be non-empty"),
        ("<b></b>", "HTML", "Text must be non-empty"),
        ("x" * 4097, None, "Message is too long"),
        ("<b>oi", "HTML", "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("*oi*", "MarkdownV2", "Unsupported parse_mode"),
    ],
)
async def test_a_bad_text_is_refused(
    bot: Bot, chat_id: int, text: str, parse_mode: str | None, reason: str
) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(chat_id, text, parse_mode=parse_mode)
    assert refusal.value.message.lower().startswith(reason.lower())


async def test_length_is_counted_after_parsing(bot: Bot, chat_id: int) -> None:
    message = await bot.send_message(chat_id, f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")
    assert message.text == "&" * 4096


async def test_a_caption_takes_1024_characters(bot: Bot, chat_id: int) -> None:
    await bot.send_document(chat_id, b"x", caption="x" * 1024, filename="a.txt")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(chat_id, b"x", caption="x" * 1025, filename="a.txt")


async def test_callback_data_takes_64_bytes(bot: Bot, chat_id: int) -> None:
    await bot.send_message(chat_id, "oi", reply_markup=keyboard("é" * 32))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(chat_id, "oi", reply_markup=keyboard("é" * 32 + "x"))


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, chat_id: int) -> None:
    message = await bot.send_message(chat_id, "<b>oi</b>", parse_mode="HTML", reply_markup=keyboard())
    with pytest.raises(
        BadRequest, match="Message is not modified: specified new message content and reply markup"
    ):
        await bot.edit_message_text(
            "<b>oi</b>", chat_id, message.id, parse_mode="HTML", reply_markup=keyboard()
        )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(chat_id, message.id, reply_markup=keyboard())
    await bot.edit_message_text("oi", chat_id, message.id, reply_markup=keyboard())
    await bot.edit_message_text("oi", chat_id, message.id, reply_markup=keyboard("b"))


async def test_what_is_not_there_or_not_ours_cannot_be_edited(bot: Bot, chat_id: int, ana: Phone) -> None:
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("oi", chat_id, 5)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("oi", chat_id, (await ana.messages())[0].id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(chat_id, 5)
    document = await bot.send_document(chat_id, b"x", filename="a.txt")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("oi", chat_id, document.id)
    text = await bot.send_message(chat_id, "oi")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id, text.id, caption="x")


async def test_a_tap_is_answered_once(bot: Bot, chat_id: int, ana: Phone) -> None:
    message = await bot.send_message(chat_id, "oi", reply_markup=keyboard())
    await ana.tap_data(message.id, "a", answered=False)
    [update] = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    await update.callback_query.answer("feito")
    with pytest.raises(
        BadRequest, match="Query is too old and response timeout expired or query id is invalid"
    ):
        await update.callback_query.answer("de novo")
    assert [toast["text"] for toast in (await ana.look()).toasts] == ["feito"]


async def test_who_blocked_the_bot_gets_nothing(bot: Bot, chat_id: int, ana: Phone) -> None:
    await ana.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat_id, "oi")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_chat_action(chat_id, "typing")
    await ana.block(False)
    await bot.send_message(chat_id, "oi")
    kinds = [update.my_chat_member for update in await bot.get_updates(timeout=5)]
    assert [change.new_chat_member.status for change in kinds if change] == ["kicked", "member"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ({"inline_keyboard": [[{"text": "A"}]]}, "Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"callback_data": "a"}]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": "A", "url": "javascript:1"}]]}, "is invalid: Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        (
            {"inline_keyboard": [[{"text": "A", "callback_data": "a", "style": "pink"}]]},
            "BUTTON_STYLE_INVALID",
        ),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "a"}] * 8] * 13}, "reply markup is too long"),
        ({"inline_keyboard": "x"}, "must be an Array of Arrays"),
    ],
)
async def test_a_bad_keyboard_is_refused(chat: LocalChat, chat_id: int, markup: Any, reason: str) -> None:
    async with http_client() as http:
        body = {"chat_id": chat_id, "text": "oi", "reply_markup": markup}
        response = await http.post(f"{chat.base_url}/botlocal/sendMessage", json=body)
    assert response.status_code == 400
    assert reason in response.json()["description"]


async def test_an_unknown_method_or_token_has_telegrams_shape(chat: LocalChat, bot: Bot) -> None:
    async with http_client() as http:
        unknown = await http.get(f"{chat.base_url}/botlocal/sendHologram")
        stranger = await http.get(f"{chat.base_url}/bot1:other/getMe")
        elsewhere = await http.get(f"{chat.base_url}/nothing")
        garbled = await http.post(
            f"{chat.base_url}/botlocal/getMe", content=b"{", headers={"Content-Type": "application/json"}
        )
    assert (unknown.status_code, unknown.json()["ok"], unknown.json()["error_code"]) == (404, False, 404)
    assert (stranger.status_code, stranger.json()["description"]) == (401, "Unauthorized")
    assert (elsewhere.status_code, elsewhere.json()["error_code"]) == (404, 404)
    assert garbled.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: can't parse request body as JSON",
    }
    with pytest.raises(InvalidToken):
        await client(chat, "1:other").initialize()


async def test_a_reply_needs_its_message(bot: Bot, chat_id: int) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat_id, "oi", reply_to_message_id=5)
    answer = await bot.send_message(chat_id, "oi", reply_to_message_id=5, allow_sending_without_reply=True)
    again = await bot.send_message(chat_id, "tu", reply_to_message_id=answer.id)
    assert again.reply_to_message is not None
    assert again.reply_to_message.text == "oi"


async def test_flood_has_the_seconds_to_wait(bot: Bot, chat_id: int, chat: LocalChat) -> None:
    async with http_client() as http:
        await http.post(f"{chat.base_url}/control/faults", json={"kind": "429", "retry_after": 7})
    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(chat_id, "oi")
    assert refusal.value.retry_after == timedelta(seconds=7)
    await bot.send_message(chat_id, "oi")
