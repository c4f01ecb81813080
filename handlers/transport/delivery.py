"""What can come of a send, in terms that decide what happens next. Telegram's errors are translated here, once.

    DeliveryError
    ├── Wait              429: Telegram says how many seconds; nothing was sent
    ├── NotSent           the request did not leave, or the server failed before it took it: safe to repeat
    │   └── ServerFailed  5xx: safe to repeat, but not for ever
    ├── Ambiguous         the connection broke after the request left: it may have arrived
    ├── Unreachable       the person blocked the bot or the chat is gone: no use trying
    ├── Moved             the chat has another id now
    ├── Gone              the message to edit is not there any more, or cannot be edited
    ├── Unparsable        Telegram could not read our HTML: a bug of ours; plain text still gets through
    └── Refused           Telegram will never take this request

Policy for ``Ambiguous`` (Telegram has no idempotency key): an edit is repeated, since twice is the same as once. An
answer is sent once more, since a repeated answer is better than none. What the bot says on its own (reminders) is taken
as delivered, since most such timeouts happen after Telegram took the message, and nobody wants a reminder twice.
"""

import os
from datetime import timedelta

import httpx  # what python-telegram-bot speaks through: only its kinds of errors tell whether a request left
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class DeliveryError(Exception):
    """A send did not succeed; ``parts_done`` parts of a long message went out before."""

    parts_done: int = 0


class Wait(DeliveryError):
    """Telegram asked to wait ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:g} s")
        self.seconds = seconds


class NotSent(DeliveryError):
    """Nothing was sent; safe to repeat."""


class ServerFailed(NotSent):
    """The Bot API failed (5xx)."""


class Ambiguous(DeliveryError):
    """It may have arrived."""


class Unreachable(DeliveryError):
    """This chat cannot be written to."""


class Moved(DeliveryError):
    """The chat is now ``chat_id``."""

    def __init__(self, chat_id: int) -> None:
        super().__init__("the chat has another id")
        self.chat_id = chat_id


class Gone(DeliveryError):
    """The message to edit is not there any more."""


class Unparsable(DeliveryError):
    """The HTML does not parse."""


class Refused(DeliveryError):
    """Telegram will never take this."""


# Waits as timedelta, as python-telegram-bot will have them: without this it rounds to seconds and warns each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_NOT_MODIFIED = ("message is not modified",)
_TOO_LATE = ("query is too old", "query id is invalid")
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
_UNREACHABLE = ("chat not found", "user not found", "peer_id_invalid", "have no rights to send")
_UNPARSABLE = ("can't parse entities", "can't parse message text", "can't find end of the entity")


def not_of_telegram(exc: TelegramError) -> bool:
    """Whether a refusal was no JSON: a page of a proxy, which knows nothing of our token or of people who block us."""
    cause = exc.__cause__
    while isinstance(cause, InvalidToken):  # its message was only put in other words
        cause = cause.__cause__
    return isinstance(cause, TelegramError)


def translated(exc: TelegramError) -> DeliveryError | None:
    """The meaning of ``exc``; None when nothing is wrong (an edit that changes nothing, a tap answered too late)."""
    if not_of_telegram(exc):
        return ServerFailed("a page of somebody between us and Telegram")
    match exc:
        case RetryAfter():
            return Wait(_seconds(exc))
        case ChatMigrated():
            return Moved(exc.new_chat_id)
        case Forbidden():
            return Unreachable(exc.message)
        case InvalidToken():  # the poll loop ends the program over this; what is owed waits for a token that works
            return NotSent(exc.message)
        case BadRequest():  # a NetworkError in python-telegram-bot's tree, so it comes first
            return _refusal(exc.message)
        case NetworkError():
            return _network(exc)
        case _ if isinstance(
            exc.__cause__, ValueError
        ):  # "OK" and a body that is no JSON: it was cut on its way
            return Ambiguous(exc.message)
        case _:
            return Refused(exc.message)


def _seconds(exc: RetryAfter) -> float:
    wait: int | timedelta = exc.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _refusal(message: str) -> DeliveryError | None:
    said = message.casefold()
    kinds: tuple[tuple[tuple[str, ...], type[DeliveryError]], ...] = (
        (_GONE, Gone),
        (_UNREACHABLE, Unreachable),
        (_UNPARSABLE, Unparsable),
    )
    if any(words in said for words in _NOT_MODIFIED + _TOO_LATE):
        return None
    for phrases, kind in kinds:
        if any(words in said for words in phrases):
            return kind(message)
    return Refused(message)


def _network(exc: NetworkError) -> DeliveryError:
    cause = exc.__cause__
    if isinstance(cause, _NEVER_LEFT) or exc.message.startswith("Pool timeout"):
        return NotSent(exc.message)
    if isinstance(exc, TimedOut) or isinstance(cause, httpx.HTTPError):
        return Ambiguous(exc.message)
    return ServerFailed(exc.message)
