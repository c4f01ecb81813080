"""Which stored updates can be acted on. Telegram sends no others; a proxy in between or a later Bot API may.

The rule: an update is set aside, which is done without an effect, when a field that we read is not what the Bot API says it
is, when it is of two kinds at once, when python-telegram-bot cannot read it, or when it is in a private chat and not from the
person of that chat. It never stands in the way of the chat's next one. Whoever wrote it in
their own chat reads that it could not be read.
"""

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from telegram import Bot, Chat, Update

from handlers.transport.intake import is_private

UNREADABLE_SCREEN = "midia_outra"
"""What the person reads whose message could not be read."""

Check = Callable[[Any], bool]


def update_of(body: str, bot: Bot) -> Update | None:
    """The update in a stored body; None for one that is set aside."""
    raw = json.loads(body)
    if not (_is_served(raw) and _is_of_its_chat(raw)):
        return None
    try:
        return Update.de_json(raw, bot)
    except Exception:  # noqa: BLE001 -- the library promises no kind of error for what Telegram does not send
        return None


def writer_of(body: str) -> int | None:
    """The private chat in which an unreadable message waits for an answer; None when there is none."""
    raw = json.loads(body)
    message = raw.get("message")
    if len(raw.keys() & _KINDS.keys()) != 1 or not _IN_A_CHAT(message):
        return None
    chat = message["chat"]
    return int(chat["id"]) if chat["type"] == Chat.PRIVATE and _own(chat, message["from"]) else None


def _is_of_its_chat(raw: Mapping[str, Any]) -> bool:
    """Whether a private chat is spoken in by its person: Telegram knows no other, and no other has a say there."""
    for kind in raw.keys() & _KINDS.keys():
        happened = raw[kind]
        place = happened.get("message") if kind == "callback_query" else happened
        if place is not None and not _own(place["chat"], happened.get("from")):
            return False
    return True


def _own(chat: Mapping[str, Any], sender: Mapping[str, Any] | None) -> bool:
    private = chat["type"] == Chat.PRIVATE
    if private != is_private(chat["id"]):
        return False
    return not private or (sender is not None and sender["id"] == chat["id"])


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _within(limit: float) -> Check:
    def check(value: Any) -> bool:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and math.isfinite(value) and abs(value) <= limit

    return check


def _dict(needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields; absent or null ones are none."""

    def check(value: Any) -> bool:
        if not isinstance(value, dict) or any(not fits(value.get(name)) for name, fits in needed.items()):
            return False
        return all(value.get(name) is None or fits(value[name]) for name, fits in (optional or {}).items())

    return check


def _list(fits: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(fits, value))


_CHAT = _dict({"id": _whole, "type": _text})
_USER = _dict({"id": _whole}, {"language_code": _text})
_ENTITIES = _list(_dict({"type": _text, "offset": _whole, "length": _whole}))
_FILE = _dict({"file_id": _text}, {"file_name": _text, "mime_type": _text, "file_size": _whole})
_PLACE = _dict({"latitude": _within(90), "longitude": _within(180)})
_MESSAGE = _dict(
    {"message_id": _whole, "date": _whole, "chat": _CHAT},
    {
        "from": _USER,
        "text": _text,
        "caption": _text,
        "entities": _ENTITIES,
        "document": _FILE,
        "location": _PLACE,
    },
)
_TAPPED = _dict({"message_id": _whole, "chat": _CHAT})
_TAP = _dict({"id": _text}, {"from": _USER, "data": _text, "message": _TAPPED})
_MEMBERSHIP = _dict({"chat": _CHAT, "new_chat_member": _dict({"status": _text})}, {"from": _USER})
_KINDS: dict[str, Check] = {
    "message": _MESSAGE,
    "edited_message": _MESSAGE,
    "callback_query": _TAP,
    "my_chat_member": _MEMBERSHIP,
}
_IN_A_CHAT = _dict({"chat": _CHAT, "from": _dict({"id": _whole})})


def _is_served(raw: Any) -> bool:
    """Whether this is an update of one kind that we read, as the Bot API states it; or of none, which we ignore."""
    kinds = raw.keys() & _KINDS.keys() if isinstance(raw, dict) else _KINDS.keys()
    return len(kinds) < 2 and all(_KINDS[kind](raw[kind]) for kind in kinds)
