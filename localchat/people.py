"""What people do in the chat, each act turned into the update the bot gets."""

from __future__ import annotations

from localchat import media
from localchat.errors import ApiError, Json, bad_request
from localchat.formatted import Formatted, tidy, utf16_length, with_found
from localchat.keyboards import button_at
from localchat.model import BOT, Chat, Message
from localchat.rooms import Callback
from localchat.updates import UpdateQueue
from localchat.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024
_VOICE = b"OggS\0\2" + bytes(58)
_STICKER = b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"


class People:
    """Acts of a person, by number, in their own chat or in a group."""

    def __init__(self, world: World, updates: UpdateQueue) -> None:
        self._world = world
        self._updates = updates

    def chat(self, number: int, chat_id: int | None) -> Chat:
        """Where a person acts: their private chat, or a group they are in."""
        if chat_id is None or chat_id == self._world.person(number).id:
            return self._world.chat_of(number)
        chat = self._world.known_chat(chat_id)
        if number not in chat.people:
            raise ApiError(403, "Forbidden: not a member of this chat")
        return chat

    def say(self, number: int, chat: Chat, content: Json, reply_to: int | None = None) -> Message:
        """Send any content; the first message makes the chat known to the bot."""
        if chat.blocked and chat.private:
            self.block(number, chat, blocked=False)
        if chat.id not in self._world.chats:
            self._world.save_chat(chat)
        if reply_to is not None and self._world.message(chat.id, reply_to) is None:
            reply_to = None
        message = self._world.add_message(chat, number, content, reply_to=reply_to)
        self._updates.add("message", self._world.api_json(message))
        return message

    def say_text(self, number: int, chat: Chat, text: str, reply_to: int | None = None) -> Message:
        """Send a text of 1 to 4096 characters; commands in it become entities."""
        return self.say(number, chat, _text_content(text), reply_to)

    def edit_text(self, number: int, chat: Chat, message_id: int, text: str) -> Message:
        """Change an own text message; the bot gets ``edited_message``."""
        message = self._world.message(chat.id, message_id)
        if message is None or message.sender != number or "text" not in message.content:
            raise bad_request("message can't be edited")
        message.content = _text_content(text)
        message.edited = self._world.now()
        self._world.save_message(message)
        self._updates.add("edited_message", self._world.api_json(message))
        return message

    def say_file(
        self, number: int, chat: Chat, kind: str, name: str, body: bytes, *, caption: str = ""
    ) -> Message:
        """Send a file as ``document``, ``photo`` or ``voice``; a photo that is no picture goes as a document."""
        if not body:
            raise bad_request("file must be non-empty")
        if len(body) > media.MAX_SEND_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        name = media.safe_name(name)
        size = media.picture_size(body)
        if kind == "photo" and size is None:
            kind = "document"
        if kind not in {"document", "photo", "voice"}:
            raise bad_request("kind must be document, photo or voice")
        mime = media.picture_type(body) or media.mime_type(name)
        stored = self._world.new_file(kind, name, mime, body, size or (0, 0))
        return self.say(number, chat, stored.content() | _caption_content(caption))

    def say_special(self, number: int, chat: Chat, kind: str) -> Message:
        """Send a location (São Paulo), a sticker, an empty voice message or the own contact."""
        match kind:
            case "location":
                content: Json = {"location": {"latitude": -23.5505, "longitude": -46.6333}}
            case "contact":
                person = self._world.person(number)
                content = {
                    "contact": {
                        "phone_number": f"+5511{900000000 + number}",
                        "first_name": person.first_name,
                        "user_id": person.id,
                    }
                }
            case "sticker":
                content = self._world.new_file("sticker", "sticker.webp", "image/webp", _STICKER).content()
            case "voice":
                content = self._world.new_file("voice", "voice.oga", "audio/ogg", _VOICE).content()
            case _:
                raise bad_request("kind must be location, contact, sticker or voice")
        return self.say(number, chat, content)

    def tap(self, number: int, chat: Chat, message_id: int, data: str, *, forged: bool = False) -> Callback:
        """Tap an inline button; ``forged`` sends data the keyboard does not have, as a bad client could."""
        message = self._world.message(chat.id, message_id)
        if message is None or message.sender != BOT:
            raise bad_request("message to tap not found")
        if not forged and button_at(message.markup, data) is None:
            raise bad_request("the message has no such button")
        if chat.blocked:
            raise ApiError(403, "Forbidden: the bot is blocked")
        callback = Callback(
            str(self._world.next_id("callback") * 1_000_003),
            chat.id,
            number,
            message_id,
            data,
            self._world.clock(),
        )
        room = self._world.room(chat.id)
        room.taps[callback.id] = callback
        room.tell({"type": "tap", "id": callback.id, "message_id": message_id, "data": data})
        self._updates.add(
            "callback_query",
            {
                "id": callback.id,
                "from": self._world.person(number).api(),
                "message": self._world.api_json(message),
                "chat_instance": str(abs(chat.id) * 7_919),
                "data": data,
            },
        )
        return callback

    def block(self, number: int, chat: Chat, *, blocked: bool) -> None:
        """Block or unblock the bot in a private chat; in a group, remove it or take it back."""
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        self._world.save_chat(chat)
        there, gone = ("member", "kicked") if chat.private else ("member", "left")
        old, new = (there, gone) if blocked else (gone, there)
        self._updates.add(
            "my_chat_member",
            {
                "chat": chat.api(),
                "from": self._world.person(number).api(),
                "date": self._world.now(),
                "old_chat_member": self._member(old),
                "new_chat_member": self._member(new),
            },
        )
        self._world.room(chat.id).tell({"type": "blocked", "blocked": blocked})

    def _member(self, status: str) -> Json:
        member: Json = {"user": self._world.bot_json(), "status": status}
        return member | {"until_date": 0} if status == "kicked" else member

    def clear(self, chat: Chat) -> None:
        """Empty a chat on both sides; the bot keeps what it knows."""
        self._world.remove_messages(chat.id, [message.id for message in self._world.messages(chat.id)])


def _text_content(text: str) -> Json:
    formatted = with_found(tidy(text.replace("\r", ""), []))
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return content_of(formatted, "text", "entities")


def _caption_content(caption: str) -> Json:
    formatted = with_found(tidy(caption.replace("\r", ""), []))
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content_of(formatted, "caption", "caption_entities")


def content_of(formatted: Formatted, text_field: str, entities_field: str) -> Json:
    """Content fields of a text; those that would be empty are left out, as Telegram does."""
    content: Json = {text_field: formatted.text} if formatted.text else {}
    if formatted.entities:
        content[entities_field] = formatted.entities
    return content
