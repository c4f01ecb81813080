"""What people do, as the bot gets it."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Forbidden

from localchat import LocalChat
from tests.e2e.driver import Control, Phone, Refused


async def test_a_first_message_has_the_shape_of_telegrams(bot: Bot, ana: Phone) -> None:
    await ana.send_text("/start@cardapio_local_bot  ref ")
    [update] = await bot.get_updates(timeout=5)
    message = update.message
    assert message is not None
    assert message.from_user is not None
    assert (message.from_user.first_name, message.from_user.language_code, message.from_user.is_bot) == (
        "Ana",
        "pt-br",
        False,
    )
    assert (message.chat.type, message.chat.id) == ("private", message.from_user.id)
    assert message.text == "/start@cardapio_local_bot  ref"
    assert [(entity.type, entity.length) for entity in message.entities] == [("bot_command", 25)]


async def test_two_people_have_two_chats(bot: Bot, ana: Phone, bruno: Phone) -> None:
    await ana.send_text("eu sou ana")
    await bruno.send_text("eu sou bruno")
    first, second = await bot.get_updates(timeout=5)
    assert first.effective_chat is not None
    assert second.effective_chat is not None
    assert first.effective_chat.id != second.effective_chat.id
    await bot.send_message(second.effective_chat.id, "oi bruno")
    assert [message.text for message in await ana.messages()] == ["eu sou ana"]
    assert [message.text for message in await bruno.messages()] == ["eu sou bruno", "oi bruno"]


async def test_a_tap_brings_the_message_as_it_is(bot: Bot, chat_id: int, ana: Phone) -> None:
    markup = InlineKeyboardMarkup.from_row(
        [InlineKeyboardButton("Sim", callback_data="s"), InlineKeyboardButton("Sim, mas", callback_data="m")]
    )
    await bot.send_message(chat_id, "Concorda?", reply_markup=markup)
    await ana.tap("Sim", answered=False)
    await ana.tap("mas", answered=False)
    first, second = await bot.get_updates(timeout=5)
    assert first.callback_query is not None
    assert second.callback_query is not None
    assert (first.callback_query.data, second.callback_query.data) == ("s", "m")
    message = first.callback_query.message
    assert message is not None
    assert message.is_accessible
    assert first.effective_message is not None
    assert first.effective_message.text == "Concorda?"
    assert first.callback_query.chat_instance == second.callback_query.chat_instance


async def test_a_button_that_is_gone_can_only_be_tapped_by_a_forger(
    bot: Bot, chat_id: int, ana: Phone
) -> None:
    message = await bot.send_message(chat_id, "oi")
    with pytest.raises(Refused, match="no such button"):
        await ana.tap_data(message.id, "apagar", answered=False)
    await ana.tap_data(message.id, "apagar", answered=False, forged=True)
    [update] = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    assert update.callback_query.data == "apagar"


async def test_replies_edits_and_other_kinds_arrive(bot: Bot, chat_id: int, ana: Phone) -> None:
    question = await bot.send_message(chat_id, "quanto?")
    sent = await ana.send_text("725", reply_to=question.id)
    await ana.edit_text(sent, "72,5")
    for kind in ("location", "sticker", "voice", "contact"):
        await ana.send_special(kind)
    updates = await bot.get_updates(timeout=5)
    assert updates[0].message is not None
    assert updates[0].message.reply_to_message is not None
    assert updates[0].message.reply_to_message.text == "quanto?"
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.text == "72,5"
    kinds = [update.message for update in updates[2:]]
    assert kinds[0] is not None
    assert kinds[0].location is not None
    assert kinds[1] is not None
    assert kinds[1].sticker is not None
    assert kinds[2] is not None
    assert kinds[2].voice is not None
    assert kinds[3] is not None
    assert kinds[3].contact is not None


async def test_a_message_too_long_or_empty_never_leaves_the_phone(ana: Phone) -> None:
    with pytest.raises(Refused, match="too long"):
        await ana.send_text("x" * 4097)
    with pytest.raises(Refused, match="empty"):
        await ana.send_text("  \n ")
    with pytest.raises(Refused, match="non-empty"):
        await ana.send_file("a.txt", b"")
    assert await ana.messages() == []


async def test_writing_again_unblocks(bot: Bot, chat_id: int, ana: Phone) -> None:
    await ana.block()
    await ana.send_text("voltei")
    updates = await bot.get_updates(timeout=5)
    assert [update.my_chat_member is not None for update in updates] == [True, True, False]
    await bot.send_message(chat_id, "que bom")


async def test_a_group_has_its_people_and_can_lose_the_bot(
    chat: LocalChat, bot: Bot, control: Control
) -> None:
    group = await control.group("Família", [1, 2])
    async with Phone(chat.base_url, 1, chat=group) as ana, Phone(chat.base_url, 3, chat=group) as carla:
        await ana.send_text("/hoje")
        [update] = await bot.get_updates(timeout=5)
        assert update.effective_chat is not None
        assert (update.effective_chat.type, update.effective_chat.title) == ("supergroup", "Família")
        await bot.send_message(group, "oi família")
        assert [message.text for message in await ana.messages()] == ["/hoje", "oi família"]
        with pytest.raises(Refused, match="not a member"):
            await carla.look()
        await ana.block()
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group, "oi")


async def test_a_cleared_chat_is_empty_but_known(bot: Bot, chat_id: int, ana: Phone) -> None:
    await ana.clear()
    assert await ana.messages() == []
    await bot.send_message(chat_id, "ainda aqui")


async def test_nobody_is_person_zero(chat: LocalChat) -> None:
    async with Phone(chat.base_url, 0) as nobody:
        with pytest.raises(Refused, match="from 1 to 99999"):
            await nobody.look()


async def test_a_page_closed_while_it_waits_leaves_no_traceback(
    chat: LocalChat, ana: Phone, bruno: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    before = (await ana.look()).raw
    query = f"user=1&boot={before['boot']}&after={before['version']}&wait=20"
    _reader, writer = await asyncio.open_connection("127.0.0.1", chat.port)
    writer.write(f"GET /api/look?{query} HTTP/1.1\r\nHost: 127.0.0.1:{chat.port}\r\n\r\n".encode())
    await writer.drain()
    await bruno.look()  # a whole request later the first one is waiting
    writer.close()
    await writer.wait_closed()
    await ana.send_text("oi")
    await ana.look()
    assert "Traceback" not in caplog.text and "Uncaught" not in caplog.text
