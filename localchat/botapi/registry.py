"""Methods by name, and what they share: the world, checks of texts, chats and keyboards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from localchat.errors import ApiError, Json, bad_request
from localchat.faults import Limits
from localchat.formatted import Formatted, tidy, utf16_length, with_found
from localchat.keyboards import check_markup
from localchat.markup import parse_html
from localchat.model import BOT, Chat, Message
from localchat.params import Params
from localchat.people import MAX_CAPTION, MAX_TEXT, content_of
from localchat.updates import UpdateQueue
from localchat.webhook import Webhook
from localchat.world import World

Method = Callable[["Api", Params], Awaitable[Any]]
_METHODS: dict[str, Method] = {}


@dataclass(frozen=True, slots=True)
class Api:
    """What methods work on."""

    world: World
    updates: UpdateQueue
    limits: Limits
    webhook: Webhook

    def chat_id(self, p: Params) -> int:
        """The chat a call names. Raises ApiError 400 if it names none."""
        given = p.text("chat_id").strip()
        if not given:
            raise bad_request("chat_id is empty")
        try:
            return int(given)
        except ValueError as exc:
            raise bad_request("chat not found") from exc

    def target(self, p: Params) -> Chat:
        """The chat to write to. Raises ApiError 400 (unknown), 403 (blocked), 429 (limits enforced)."""
        chat = self.world.writable_chat(self.chat_id(p))
        self.limits.count(chat.id)
        return chat

    def own_message(self, p: Params, doing: str) -> Message:
        """The bot's message that a call names, to ``edit`` or ``delete``."""
        message_id = p.integer("message_id")
        chat = self.target(p)
        if not message_id:
            raise bad_request("message identifier is not specified")
        message = self.world.message(chat.id, message_id)
        if message is None:
            raise bad_request(f"message to {doing} not found")
        if message.sender != BOT and doing == "edit":
            raise bad_request("message can't be edited")
        return message

    def reply_to(self, p: Params, chat: Chat) -> int | None:
        """The message to answer. Raises ApiError 400 "message to be replied not found"."""
        reply = p.json("reply_parameters") or {}
        message_id = reply.get("message_id") or p.integer("reply_to_message_id")
        if not message_id:
            return None
        if self.world.message(chat.id, message_id) is None:
            if reply.get("allow_sending_without_reply") or p.flag("allow_sending_without_reply"):
                return None
            raise bad_request("message to be replied not found")
        return int(message_id)

    def send(self, p: Params, chat: Chat, content: Json) -> Json:
        """Put a message of the bot into a chat; returns Telegram's Message."""
        markup = check_markup(p.json("reply_markup"))
        reply_to = self.reply_to(p, chat)
        return self.world.api_json(
            self.world.add_message(chat, BOT, content, markup=markup, reply_to=reply_to)
        )


def method(function: Method) -> Method:
    """Register ``send_message`` as ``sendMessage``."""
    _METHODS[function.__name__.replace("_", "")] = function
    return function


def known(name: str) -> bool:
    """Whether there is such a method."""
    return name.lower() in _METHODS


async def call(api: Api, name: str, params: Params) -> Any:
    """Call a method by its name, in any case. Raises ApiError, 404 for a method we do not have."""
    function = _METHODS.get(name.lower())
    if function is None:
        raise ApiError(404, "Not Found: method not found")
    return await function(api, params)


def formatted(text: str, parse_mode: str, entities: Any) -> Formatted:
    """A text by its parse mode or its entities. Raises ApiError 400 for what does not parse."""
    if parse_mode.lower() == "html":
        return with_found(parse_html(text))
    if parse_mode:
        raise bad_request("unsupported parse_mode: the local chat knows only HTML")
    return with_found(tidy(text, entities if isinstance(entities, list) else []))


def text_content(p: Params) -> Json:
    """``text`` of a message. Raises ApiError 400: empty, over 4096 characters, entities that do not parse."""
    if not p.text("text"):
        raise bad_request("message text is empty")
    found = formatted(p.text("text"), p.text("parse_mode"), p.json("entities"))
    if not found.text:
        raise bad_request("text must be non-empty")
    if utf16_length(found.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return content_of(found, "text", "entities")


def caption_content(caption: str, parse_mode: str, entities: Any) -> Json:
    """A caption, possibly none. Raises ApiError 400: over 1024 characters, entities that do not parse."""
    found = formatted(caption, parse_mode, entities)
    if utf16_length(found.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content_of(found, "caption", "caption_entities")
