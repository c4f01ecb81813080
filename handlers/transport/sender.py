"""One send path: a rendered screen becomes calls of the Bot API."""

import mimetypes
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.transport.delivery import DeliveryError, Gone, Unparsable, translated
from handlers.transport.screens import Attachment, Buttons, Screen
from handlers.transport.split import CAPTION_LIMIT, MESSAGE_LIMIT, TOAST_LIMIT, plain, split

T = TypeVar("T")

mimetypes.init()  # reads the system's table now, not at the first upload inside the event loop

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a screen; ``text`` is Telegram HTML. Buttons go with the last part."""

    text: str
    buttons: Buttons = ()
    photo: Attachment | None = None
    document: Attachment | None = None
    ask_location: str = ""


def parts_of(screen: Screen) -> list[Part]:
    """The messages that show ``screen``: one, unless its text is too long."""
    attached = screen.photo or screen.document
    texts = split(str(screen.text), first=CAPTION_LIMIT if attached else MESSAGE_LIMIT)
    last = len(texts) - 1
    return [
        Part(
            text,
            screen.buttons if index == last else (),
            screen.photo if index == 0 else None,
            screen.document if index == 0 else None,
            screen.ask_location if index == last else "",
        )
        for index, text in enumerate(texts)
    ]


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Telegram's form of ``buttons``; None when there are none."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    button.label, callback_data=button.data or None, url=button.url, style=button.style
                )
                for button in row
            ]
            for row in buttons
        ]
    )


def location_keyboard(label: str) -> ReplyKeyboardMarkup:
    """One button that sends where the phone is; it goes away once it was used."""
    button = KeyboardButton(label, request_location=True)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


class Sender:
    """Calls the Bot API; every failure is a ``DeliveryError``. Limits are the pump's business."""

    def __init__(self, bot: ExtBot[None]) -> None:
        self._bot = bot

    async def send(self, chat_id: int, screen: Screen, *, skip_parts: int = 0) -> int:
        """Send ``screen`` as new messages, leaving out the first ``skip_parts``; returns the last one's id."""
        message_id = 0
        parts = parts_of(screen)
        for index, part in enumerate(parts[min(skip_parts, len(parts) - 1) :], start=skip_parts):
            try:
                message_id = await self._send_part(chat_id, part)
            except DeliveryError as exc:
                exc.parts_done = index
                raise
        return message_id

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> int:
        """Put ``screen`` in the place of a message; what does not fit, and files, follow as new messages.

        Raises ``Gone`` when the message is not there any more.
        """
        if screen.photo or screen.document:
            raise Gone("a file needs a message of its own")
        first, *rest = parts_of(screen)
        try:
            await self._edit_text(chat_id, message_id, first.text, first.buttons, html=True)
        except Unparsable:
            await self._edit_text(chat_id, message_id, plain(first.text), first.buttons, html=False)
        for part in rest:
            message_id = await self._send_part(chat_id, part)
        return message_id

    async def answer(self, callback_query_id: str, text: str | None = None) -> None:
        """Answer a tap, which ends its waiting sign; ``text`` is HTML of a toast, cut at 200 characters."""
        shown = None if text is None else plain(text)[:TOAST_LIMIT]
        await _translating(self._bot.answer_callback_query(callback_query_id, text=shown))

    async def _send_part(self, chat_id: int, part: Part) -> int:
        try:
            return await self._send_one(chat_id, part, part.text, html=True)
        except Unparsable:
            # Our own mistake: the person still gets the words.
            return await self._send_one(chat_id, part, plain(part.text), html=False)

    async def _send_one(self, chat_id: int, part: Part, text: str, *, html: bool) -> int:
        mode = ParseMode.HTML if html else None
        markup = location_keyboard(part.ask_location) if part.ask_location else keyboard(part.buttons)
        call: Awaitable[Message]
        if part.photo:
            call = self._bot.send_photo(
                chat_id, _file(part.photo), caption=text or None, parse_mode=mode, reply_markup=markup
            )
        elif part.document:
            call = self._bot.send_document(
                chat_id, _file(part.document), caption=text or None, parse_mode=mode, reply_markup=markup
            )
        else:
            call = self._bot.send_message(
                chat_id, text, parse_mode=mode, reply_markup=markup, link_preview_options=_NO_PREVIEW
            )
        message = await _translating(call)
        return message.message_id if message else 0

    async def _edit_text(
        self, chat_id: int, message_id: int, text: str, buttons: Buttons, *, html: bool
    ) -> None:
        await _translating(
            self._bot.edit_message_text(
                text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML if html else None,
                reply_markup=keyboard(buttons),
                link_preview_options=_NO_PREVIEW,
            )
        )


async def _translating(call: Awaitable[T]) -> T | None:
    """Await a call of the Bot API; None when Telegram's complaint does not matter. Raises ``DeliveryError``."""
    try:
        return await call
    except TelegramError as exc:
        error = translated(exc)
        if error is None:
            return None
        raise error from exc


def _file(attachment: Attachment) -> InputFile:
    return InputFile(attachment.content, filename=attachment.filename)
