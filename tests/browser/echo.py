"""A local chat with a bot of a few lines, in a thread of their own, so that a blocking browser test can use them."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Self

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, Update

from localchat import LocalChat
from tests.localchat.conftest import client
from tests.localchat.pictures import png

QUOTE = "Arroz com feijão combina, e juntos dão proteína completa. " * 6
HOSTILE = "<img src=x onerror=alert(1)>"


class EchoHouse:
    """Context manager: chat and bot run while it is open."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="echo-house")
        self.address = ""

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        chat = LocalChat(port=0)
        await chat.start()
        async with client(chat) as bot:
            await bot.set_my_commands([("hoje", "Ver as refeições de hoje"), ("ajuda", "O que eu sei fazer")])
            await bot.set_my_description("Repito o que você diz.")
            self.address = chat.base_url
            self._ready.set()
            polling = asyncio.create_task(_poll(bot))
            await self._stop.wait()
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
        await chat.stop()


async def _poll(bot: Bot) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=30):
            offset = update.update_id + 1
            await _answer(bot, update)


def _keys(*rows: tuple[str, ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label) for label in row] for row in rows]
    )


async def _answer(bot: Bot, update: Update) -> None:
    if update.callback_query is not None:
        await _tapped(bot, update)
    elif isinstance(update.message, Message):
        await _said(bot, update.message)


async def _tapped(bot: Bot, update: Update) -> None:
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    if query.data == "Mudo":
        return
    await query.answer(f"Tocou em {query.data}", show_alert=query.data == "Alerta")
    if query.data == "Próximo":
        await bot.edit_message_text(
            "Segunda <b>página</b>",
            query.message.chat.id,
            query.message.message_id,
            parse_mode="HTML",
            reply_markup=_keys(("Anterior", "Próximo")),
        )


async def _said(bot: Bot, message: Message) -> None:
    chat, text = message.chat.id, message.text
    match text:
        case "/start":
            keys = _keys(("Próximo", "Mudo"), ("Alerta",))
            await bot.send_message(chat, "Primeira <b>página</b>", parse_mode="HTML", reply_markup=keys)
        case "/hoje":
            quote = (
                f"Fontes:\n<blockquote expandable>{QUOTE}</blockquote>fim &lt;img src=x onerror=alert(1)&gt;"
            )
            await bot.send_message(chat, quote, parse_mode="HTML")
        case "arquivos":
            await bot.send_photo(chat, png(300, 200), caption="a foto")
            await bot.send_document(chat, b"conteudo", filename="semana.pdf")
        case "teclado":
            await bot.send_message(chat, "escolha", reply_markup=ReplyKeyboardMarkup([["Sim", "Não"]]))
        case "muitas":
            for number in range(30):
                await bot.send_message(chat, f"linha {number}")
        case None:
            await bot.send_message(
                chat, "Recebi um arquivo." if message.document or message.photo else "Recebi."
            )
        case _:
            await bot.send_chat_action(chat, "typing")
            await bot.send_message(chat, f"Você disse: {text}")
