"""What the bot sends, as it comes back and as people see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Bot,
    BotCommandScopeChat,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from localchat.media import mime_type, picture_size, safe_name
from tests.e2e.driver import Phone, WaitedTooLong
from tests.localchat.pictures import jpeg_header, png


async def test_a_text_comes_back_parsed_and_shows_with_its_buttons(
    bot: Bot, chat_id: int, ana: Phone
) -> None:
    markup = InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Sim", callback_data="s", style="primary"),
                InlineKeyboardButton("Não", callback_data="n"),
            ],
            [
                InlineKeyboardButton("Ver", url="https://gov.br"),
                InlineKeyboardButton("Copiar", copy_text=CopyTextButton("x")),
            ],
        ]
    )
    message = await bot.send_message(chat_id, "<b>Oi</b>, veja /hoje", parse_mode="HTML", reply_markup=markup)
    assert message.text == "Oi, veja /hoje"
    assert message.text_html == "<b>Oi</b>, veja /hoje"
    assert message.reply_markup == markup
    seen = await ana.wait_for_message("Oi, veja")
    assert seen.labels == [["Sim", "Não"], ["Ver", "Copiar"]]
    assert (seen.out, seen.edited) == (False, False)


async def test_an_edit_keeps_the_place_and_says_so(bot: Bot, chat_id: int, ana: Phone) -> None:
    first = await bot.send_message(
        chat_id,
        "um",
        reply_markup=InlineKeyboardMarkup.from_button(InlineKeyboardButton("A", callback_data="a")),
    )
    await bot.send_message(chat_id, "dois")
    edited = await bot.edit_message_text("<i>três</i>", chat_id, first.id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    replies = (await ana.look()).replies
    assert [(message.text, message.edited, message.labels) for message in replies] == [
        ("três", True, []),
        ("dois", False, []),
    ]


async def test_a_new_keyboard_alone_does_not_count_as_an_edit(bot: Bot, chat_id: int, ana: Phone) -> None:
    message = await bot.send_message(chat_id, "um")
    markup = InlineKeyboardMarkup.from_button(InlineKeyboardButton("A", callback_data="a"))
    await bot.edit_message_reply_markup(chat_id, message.id, reply_markup=markup)
    [seen] = (await ana.look()).replies
    assert (seen.labels, seen.edited) == ([["A"]], False)


async def test_deleted_messages_are_gone(bot: Bot, chat_id: int, ana: Phone) -> None:
    first = await bot.send_message(chat_id, "um")
    second = await bot.send_message(chat_id, "dois")
    await bot.delete_message(chat_id, first.id)
    await bot.delete_messages(chat_id, [second.id, 5])
    assert (await ana.look()).replies == []


async def test_a_document_goes_out_and_comes_back(bot: Bot, chat_id: int, ana: Phone) -> None:
    sent = await bot.send_document(chat_id, b"%PDF-1.7 x", filename="semana.pdf", caption="A semana")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type, sent.document.file_size) == (
        "semana.pdf",
        "application/pdf",
        10,
    )
    assert await ana.download((await ana.look()).replies[-1]) == b"%PDF-1.7 x"
    again = await bot.send_document(chat_id, sent.document.file_id)
    assert again.document == sent.document


async def test_a_document_from_a_person_can_be_downloaded_by_the_bot(
    bot: Bot, chat_id: int, ana: Phone
) -> None:
    await ana.send_file("../plano da nutri.md", "# Café".encode(), caption="meu plano")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    document = update.message.document
    assert document is not None
    assert (document.file_name, document.mime_type, update.message.caption) == (
        "plano da nutri.md",
        "text/markdown",
        "meu plano",
    )
    file = await bot.get_file(document.file_id)
    assert bytes(await file.download_as_bytearray()) == "# Café".encode()


async def test_a_large_document_arrives_but_cannot_be_downloaded(bot: Bot, chat_id: int, ana: Phone) -> None:
    await ana.send_file("grande.pdf", bytes(21 * 1024 * 1024))
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_photos_have_their_size_both_ways(bot: Bot, chat_id: int, ana: Phone) -> None:
    sent = await bot.send_photo(chat_id, png(64, 32), caption="cartão")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (64, 32)
    media = InputMediaPhoto(png(10, 20), caption="<b>novo</b>", parse_mode="HTML")
    edited = await bot.edit_message_media(media, chat_id, sent.id)
    assert not isinstance(edited, bool)
    assert (edited.photo[-1].width, edited.caption) == (10, "novo")
    captioned = await bot.edit_message_caption(chat_id, sent.id, caption="outro")
    assert not isinstance(captioned, bool)
    assert captioned.caption == "outro"
    await ana.send_file("prato.png", png(5, 6), kind="photo")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert (update.message.photo[-1].width, update.message.photo[-1].height) == (5, 6)


async def test_what_is_no_picture_is_no_photo(bot: Bot, chat_id: int) -> None:
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(chat_id, b"not a picture")
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(chat_id, png(1, 500))
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_photo(chat_id, "https://example.com/a.png")
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("local-document-99")


async def test_typing_shows_until_the_message(bot: Bot, chat_id: int, ana: Phone) -> None:
    await bot.send_chat_action(chat_id, "typing")
    assert await ana.wait_for(lambda look: look.action) == "typing"
    await bot.send_message(chat_id, "pronto")
    await ana.wait_for(lambda look: look.action is None)


async def test_reply_keyboards_and_forced_replies_reach_the_page(bot: Bot, chat_id: int, ana: Phone) -> None:
    keyboard = await bot.send_message(
        chat_id, "oi", reply_markup=ReplyKeyboardMarkup([["Sim"]], resize_keyboard=True)
    )
    assert keyboard.reply_markup is None
    await bot.send_message(chat_id, "quanto?", reply_markup=ForceReply(input_field_placeholder="72,5"))
    raws = [message.raw["reply_markup"] for message in (await ana.look()).replies]
    assert raws[0]["keyboard"] == [[{"text": "Sim"}]]
    assert raws[1] == {"force_reply": True, "input_field_placeholder": "72,5"}


async def test_commands_and_descriptions_follow_scope_and_language(
    bot: Bot, chat_id: int, ana: Phone, bruno: Phone
) -> None:
    await bot.set_my_commands([("hoje", "Ver hoje")])
    await bot.set_my_commands([("hoje", "See today"), ("help", "Help")], language_code="en")
    await bot.set_my_commands([("uso", "Uso")], scope=BotCommandScopeChat(chat_id))
    await bot.set_my_description("Olá")
    await bot.set_my_description("Hello", language_code="en")
    await bot.set_my_short_description("Curta")
    await bot.set_my_name("Outro nome")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert [command.command for command in await bot.get_my_commands(language_code="en")] == ["hoje", "help"]
    assert (await ana.look()).commands == ["uso"]
    assert (await bruno.look()).commands == ["hoje"]
    await bruno.set_language("en")
    assert (await bruno.look()).commands == ["hoje", "help"]
    card = (await bruno.look()).raw["bot"]
    assert (card["description"], card["short_description"], card["name"]) == ("Hello", "Curta", "Outro nome")
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id))
    assert (await ana.look()).commands == ["hoje"]
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("cardápio", "x")])
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert (await bot.get_my_name()).name == "Outro nome"
    assert (await bot.get_chat(chat_id)).first_name == "Ana"


async def test_a_wait_for_nothing_fails_and_shows_the_chat(bot: Bot, chat_id: int, ana: Phone) -> None:
    await bot.send_message(chat_id, "era isto")
    with pytest.raises(WaitedTooLong, match="era isto"):
        await ana.wait_for_message("nunca", seconds=0.05)


async def test_older_messages_come_page_by_page(bot: Bot, chat_id: int, ana: Phone) -> None:
    for number in range(120):
        await ana.send_text(str(number))
    assert len(await ana.messages()) == 100
    assert [message.text for message in await ana.history()][1:] == [str(number) for number in range(120)]


def test_sizes_of_pictures_are_read_from_their_headers() -> None:
    assert picture_size(png(7, 9)) == (7, 9)
    assert picture_size(jpeg_header(640, 480)) == (640, 480)
    assert picture_size(b"GIF89a\x03\0\x04\0" + bytes(4)) == (3, 4)
    vp8x = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (99).to_bytes(3, "little") + (49).to_bytes(3, "little")
    assert picture_size(vp8x) == (100, 50)


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 "]),
    st.binary(max_size=60),
)
def test_a_broken_picture_has_no_size_and_breaks_nothing(start: bytes, rest: bytes) -> None:
    size = picture_size(start + rest)
    assert size is None or min(size) >= 0


@given(st.text(max_size=300))
def test_file_names_are_safe(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\"<>\n\r\0')
    assert safe not in (".", "..")


def test_types_go_by_the_name() -> None:
    assert mime_type("a.pdf") == "application/pdf"
    assert mime_type("A.MD") == "text/markdown"
    assert mime_type("a.ics") == "text/calendar"
    assert mime_type("sem fim") == "application/octet-stream"
