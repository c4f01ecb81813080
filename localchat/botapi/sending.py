"""Messages, chat actions and answers to taps."""

from __future__ import annotations

from localchat.botapi.registry import Api, method, text_content
from localchat.errors import Json, bad_request
from localchat.formatted import utf16_length
from localchat.params import Params

CALLBACK_SECONDS = 60
"""How long a tap may wait for its answer."""
MAX_TOAST = 200
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method
async def send_message(api: Api, p: Params) -> Json:
    """Send a text of 1 to 4096 characters after parsing."""
    chat = api.target(p)
    return api.send(p, chat, text_content(p))


@method
async def send_chat_action(api: Api, p: Params) -> bool:
    """Show what the bot is doing, for five seconds or until its next message."""
    chat = api.world.writable_chat(api.chat_id(p))
    if p.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    api.world.act(chat.id, p.text("action"))
    return True


@method
async def answer_callback_query(api: Api, p: Params) -> bool:
    """Answer a tap, once and within a minute; ``text`` (up to 200 characters) shows as a toast or an alert."""
    query_id = p.text("callback_query_id")
    if utf16_length(p.text("text")) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    found = next(
        ((room, room.taps[query_id]) for _, room in api.world.rooms() if query_id in room.taps),
        None,
    )
    if found is None:
        raise bad_request(_TOO_OLD)
    room, tap = found
    if tap.answered or api.world.clock() - tap.at > CALLBACK_SECONDS:
        raise bad_request(_TOO_OLD)
    tap.answered = True
    answer: Json = {
        "id": query_id,
        "number": tap.number,
        "message_id": tap.message_id,
        "data": tap.data,
        "text": p.text("text"),
        "alert": p.flag("show_alert"),
    }
    room.toasts.append(answer)
    room.tell({"type": "answer", **answer})
    return True


@method
async def get_chat(api: Api, p: Params) -> Json:
    """Telegram's ChatFullInfo of a chat the bot knows."""
    chat = api.world.known_chat(api.chat_id(p))
    return chat.api() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
