"""Changes of messages already sent."""

from __future__ import annotations

from typing import Any

from localchat.botapi.files import file_content
from localchat.botapi.registry import Api, caption_content, method, text_content
from localchat.errors import Json, bad_request
from localchat.keyboards import check_markup, inline_only
from localchat.model import Message
from localchat.params import Params

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTIONED = ("photo", "document")


def _change(api: Api, p: Params, message: Message, content: Json, *, edited: bool = True) -> Json:
    """Put new content and keyboard in place; no ``reply_markup`` takes the keyboard away, as with Telegram."""
    markup = inline_only(check_markup(p.json("reply_markup")))
    if content == message.content and markup == message.markup:
        raise bad_request(_NOT_MODIFIED)
    if edited and content != message.content:
        message.edited = max(api.world.now(), message.date)
    message.content, message.markup = content, markup
    api.world.save_message(message)
    return api.world.api_json(message)


def _media_of(message: Message) -> Json:
    return {kind: message.content[kind] for kind in _CAPTIONED if kind in message.content}


@method
async def edit_message_text(api: Api, p: Params) -> Json:
    """Change the text (and keyboard) of a text message."""
    message = api.own_message(p, "edit")
    content = text_content(p)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(api, p, message, content)


@method
async def edit_message_caption(api: Api, p: Params) -> Json:
    """Change the caption of a photo or document."""
    message = api.own_message(p, "edit")
    caption = caption_content(p.text("caption"), p.text("parse_mode"), p.json("caption_entities"))
    if not _media_of(message):
        raise bad_request("there is no caption in the message to edit")
    return _change(api, p, message, _media_of(message) | caption)


@method
async def edit_message_media(api: Api, p: Params) -> Json:
    """Put another photo or document, with its caption, into a message."""
    message = api.own_message(p, "edit")
    item: Any = p.json("media")
    if not isinstance(item, dict) or item.get("type") not in _CAPTIONED:
        raise bad_request("can't parse InputMedia: the local chat knows photo and document")
    inner = Params(item, p.uploads)
    caption = caption_content(inner.text("caption"), inner.text("parse_mode"), inner.json("caption_entities"))
    content = file_content(api, item["type"], inner.upload("media") or p.upload("media"), inner.text("media"))
    return _change(api, p, message, content | caption)


@method
async def edit_message_reply_markup(api: Api, p: Params) -> Json:
    """Change only the keyboard."""
    message = api.own_message(p, "edit")
    return _change(api, p, message, message.content, edited=False)


@method
async def delete_message(api: Api, p: Params) -> bool:
    """Take a message out of the chat for everybody, within 48 hours."""
    message = api.own_message(p, "delete")
    _delete(api, message)
    return True


@method
async def delete_messages(api: Api, p: Params) -> bool:
    """Take several messages out of a chat; those that are not there are skipped."""
    chat = api.target(p)
    for message_id in p.json("message_ids") or []:
        message = api.world.message(chat.id, int(message_id))
        if message is not None:
            _delete(api, message)
    return True


def _delete(api: Api, message: Message) -> None:
    if api.world.now() - message.date > 48 * 3600:
        raise bad_request("message can't be deleted for everyone")
    api.world.remove_messages(message.chat_id, [message.id])
