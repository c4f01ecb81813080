"""One send path: a rendered screen becomes calls of the Bot API."""

import mimetypes
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from handlers.transport.bot import RawBot
from handlers.transport.delivery import DeliveryError, Gone, Unparsable, translated
from handlers.transport.screens import Attachment, Button, Buttons, Screen
from handlers.transport.split import CAPTION_LIMIT, MESSAGE_LIMIT, TOAST_LIMIT, plain, split

T = TypeVar("T")

mimetypes.init()  # reads the system's table now, not at the first upload inside the event loop

_NO_PREVIEW = {"is_disabled": True}


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
        [[InlineKeyboardButton(**_plain(button)) for button in row] for row in buttons]
    )


def plain_keyboard(buttons: Buttons) -> Mapping[str, Any] | None:
    """The same without the library's objects."""
    return {"inline_keyboard": [[_plain(button) for button in row] for row in buttons]} if buttons else None


def _plain(button: Button) -> dict[str, Any]:
    fields = {"text": button.label, "callback_data": button.data, "url": button.url, "style": button.style}
    return {name: value for name, value in fields.items() if value}


def location_keyboard(label: str) -> ReplyKeyboardMarkup:
    """One button that sends where the phone is; it goes away once it was used."""
    button = KeyboardButton(label, request_location=True)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


class Sender:
    """Calls the Bot API; every failure is a ``DeliveryError``. Limits are the pump's business."""

    def __init__(self, bot: RawBot) -> None:
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
        answer = {"callback_query_id": callback_query_id, "text": shown}
        await _translating(self._bot.call("answerCallbackQuery", answer))

    async def _send_part(self, chat_id: int, part: Part) -> int:
        try:
            return await self._send_one(chat_id, part, part.text, html=True)
        except Unparsable:
            # Our own mistake: the person still gets the words.
            return await self._send_one(chat_id, part, plain(part.text), html=False)

    async def _send_one(self, chat_id: int, part: Part, text: str, *, html: bool) -> int:
        if part.photo or part.document:
            message = await _translating(self._attached(chat_id, part, text, html=html))
            return message.message_id if message else 0
        asked = location_keyboard(part.ask_location).to_dict() if part.ask_location else None
        sent = await _translating(
            self._bot.call(
                "sendMessage",
                {
                    "chat_id": chat_id,
                    "text": text,
                    "parse_mode": _mode(html=html),
                    "reply_markup": asked or plain_keyboard(part.buttons),
                    "link_preview_options": _NO_PREVIEW,
                },
            )
        )
        return int(sent["message_id"]) if isinstance(sent, dict) else 0

    def _attached(self, chat_id: int, part: Part, text: str, *, html: bool) -> Awaitable[Message]:
        markup = location_keyboard(part.ask_location) if part.ask_location else keyboard(part.buttons)
        caption, mode = text or None, _mode(html=html)
        if part.photo:
            return self._bot.send_photo(
                chat_id, _file(part.photo), caption=caption, parse_mode=mode, reply_markup=markup
            )
        assert part.document is not None  # noqa: S101 -- asked by the caller
        return self._bot.send_document(
            chat_id, _file(part.document), caption=caption, parse_mode=mode, reply_markup=markup
        )

    async def _edit_text(
        self, chat_id: int, message_id: int, text: str, buttons: Buttons, *, html: bool
    ) -> None:
        await _translating(
            self._bot.call(
                "editMessageText",
                {
                    "chat_id": chat_id,
                    "message_id": message_id,
                    "text": text,
                    "parse_mode": _mode(html=html),
                    "reply_markup": plain_keyboard(buttons),
                    "link_preview_options": _NO_PREVIEW,
                },
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


def _mode(*, html: bool) -> str | None:
    return ParseMode.HTML.value if html else None


def _file(attachment: Attachment) -> InputFile:
    return InputFile(attachment.content, filename=attachment.filename)
