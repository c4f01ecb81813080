"""The state of the local chat, in memory, each change journalled: people, chats, messages, files, the bot's profile."""

from __future__ import annotations

from collections.abc import Callable

from localchat.errors import Json, bad_request, forbidden
from localchat.journal import Journal
from localchat.model import (
    BOT,
    FIRST_GROUP_ID,
    FIRST_PERSON_ID,
    MAX_PERSON,
    Chat,
    Message,
    Person,
    Profile,
    StoredFile,
    to_json,
)
from localchat.rooms import ACTION_SECONDS, Room

_EPOCH = 1_767_225_600
"""2026-01-01: ids start at ten a second since then, so that they grow even when the state file was thrown away."""
_IDS_PER_SECOND = 10


class World:
    """Everything the bot and the people see.

    Args:
        journal: Where changes are kept.
        clock: Unix time in seconds.
        bot_id: Telegram id of the bot.
    """

    def __init__(self, journal: Journal, clock: Callable[[], float], bot_id: int) -> None:
        self.journal = journal
        self.clock = clock
        self.bot_id = bot_id
        self.profile = Profile()
        self.chats: dict[int, Chat] = {}
        self.files: dict[int, StoredFile] = {}
        self._people: dict[int, Person] = {}
        self._messages: dict[int, dict[int, Message]] = {}
        self._rooms: dict[int, Room] = {}
        base = max(1, int(clock()) - _EPOCH) * _IDS_PER_SECOND
        self._last = {"update": base, "message": base, "file": 0, "group": 0, "callback": base}

    def restore(self, records: list[tuple[str, int, Json]]) -> list[Json]:
        """Take the journal's records; returns the updates nobody has acknowledged, oldest first."""
        updates = []
        for kind, key, body in records:
            match kind:
                case "person":
                    self._people[key] = Person(**body)
                case "chat":
                    self.chats[key] = Chat(**body)
                case "message":
                    message = Message(**body)
                    self._messages.setdefault(message.chat_id, {})[key] = message
                case "file":
                    self.files[key] = StoredFile(**body)
                case "profile":
                    self.profile = Profile(**body)
                case "last":
                    self._last = {name: max(value, body.get(name, 0)) for name, value in self._last.items()}
                case "update":
                    updates.append(body)
        return updates

    def next_id(self, counter: str) -> int:
        """The next number of a counter; never given twice, also after a restart."""
        self._last[counter] += 1
        self.journal.put("last", 0, dict(self._last))
        return self._last[counter]

    def last_id(self, counter: str) -> int:
        """The number that a counter gave last."""
        return self._last[counter]

    def now(self) -> int:
        """Unix time in whole seconds, as messages carry it."""
        return int(self.clock())

    # People and chats

    def person(self, number: int) -> Person:
        """The person with this number (1 to 99,999), made when first asked for."""
        if not 1 <= number <= MAX_PERSON:
            raise bad_request("user must be a number from 1 to 99999")
        if number not in self._people:
            self._people[number] = Person.of(number)
        return self._people[number]

    def save_person(self, person: Person) -> None:
        """Keep a change of a person (language)."""
        self.journal.put("person", person.number, to_json(person))

    def chat_of(self, number: int) -> Chat:
        """A person's private chat; made, but unknown to the bot until the person writes."""
        person = self.person(number)
        return self.chats.get(person.id) or Chat(person.id, [number])

    def known_chat(self, chat_id: int) -> Chat:
        """A chat the bot may address. Raises ApiError 400 "chat not found"."""
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def open_chat(self, chat_id: int) -> Chat:
        """A chat as people see it: theirs always exists, groups must have been made."""
        number = chat_id - FIRST_PERSON_ID
        return self.chat_of(number) if 1 <= number <= MAX_PERSON else self.known_chat(chat_id)

    def save_chat(self, chat: Chat) -> None:
        """Make a chat known to the bot, or keep a change of it."""
        self.chats[chat.id] = chat
        self.journal.put("chat", chat.id, to_json(chat))

    def new_group(self, title: str, people: list[int]) -> Chat:
        """A group with the bot and these people in it."""
        chat = Chat(
            FIRST_GROUP_ID - self.next_id("group"), [self.person(number).number for number in people], title
        )
        self.save_chat(chat)
        return chat

    def writable_chat(self, chat_id: int) -> Chat:
        """A chat the bot may write to. Raises ApiError 400 for an unknown one, 403 where it is blocked."""
        chat = self.known_chat(chat_id)
        if chat.blocked:
            raise forbidden(
                "bot was blocked by the user" if chat.private else "bot was kicked from the supergroup chat"
            )
        return chat

    def room(self, chat_id: int) -> Room:
        """The live side of a chat."""
        return self._rooms.setdefault(chat_id, Room())

    def rooms(self) -> list[tuple[int, Room]]:
        """Every chat that somebody looked at or that something happened in, by chat id."""
        return list(self._rooms.items())

    # Messages

    def messages(self, chat_id: int) -> list[Message]:
        """Every message of a chat, oldest first."""
        return list(self._messages.get(chat_id, {}).values())

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """One message, None if it is not there (any more)."""
        return self._messages.get(chat_id, {}).get(message_id)

    def add_message(
        self,
        chat: Chat,
        sender: int,
        content: Json,
        *,
        markup: Json | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Put a message at the end of a chat and show it; a message of the bot ends its chat action."""
        message = Message(
            self.next_id("message"), chat.id, sender, self.now(), content, markup=markup, reply_to=reply_to
        )
        self._messages.setdefault(chat.id, {})[message.id] = message
        self.journal.put("message", message.id, to_json(message))
        if sender == BOT:
            self.room(chat.id).action = None
        self.room(chat.id).tell({"type": "message", "message": self.page_json(message)})
        return message

    def save_message(self, message: Message) -> None:
        """Keep and show a change of a message."""
        self.journal.put("message", message.id, to_json(message))
        self.room(message.chat_id).tell({"type": "edit", "message": self.page_json(message)})

    def remove_messages(self, chat_id: int, ids: list[int]) -> None:
        """Take messages out of a chat for everybody."""
        for message_id in ids:
            del self._messages[chat_id][message_id]
            self.journal.drop("message", message_id)
        self.room(chat_id).tell({"type": "delete", "ids": ids})

    def api_json(self, message: Message, *, with_reply: bool = True) -> Json:
        """Telegram's Message. Only inline keyboards come back in ``reply_markup``, as with Telegram."""
        chat = self.chats.get(message.chat_id) or self.open_chat(message.chat_id)
        sender = self.bot_json() if message.sender == BOT else self.person(message.sender).api()
        result: Json = {"message_id": message.id, "from": sender, "chat": chat.api(), "date": message.date}
        if message.edited is not None:
            result["edit_date"] = message.edited
        replied = self.message(message.chat_id, message.reply_to) if message.reply_to else None
        if replied is not None and with_reply:
            result["reply_to_message"] = self.api_json(replied, with_reply=False)
        result |= message.content
        if message.markup and "inline_keyboard" in message.markup:
            result["reply_markup"] = message.markup
        return result

    def page_json(self, message: Message) -> Json:
        """The Message with what the page shows besides: side, ticks and every kind of keyboard."""
        return self.api_json(message) | {
            "out": message.sender != BOT,
            "number": message.sender,
            "seen": message.seen,
            "reply_markup": message.markup,
        }

    def act(self, chat_id: int, action: str) -> None:
        """Show a chat action ("typing") for five seconds."""
        room = self.room(chat_id)
        room.action, room.action_until = action, self.clock() + ACTION_SECONDS
        room.tell({"type": "action", "action": action, "seconds": ACTION_SECONDS})

    # Files and the bot

    def new_file(
        self, kind: str, name: str, mime: str, body: bytes, size: tuple[int, int] = (0, 0)
    ) -> StoredFile:
        """Keep a file that was sent; ``size`` in pixels for photos."""
        stored = StoredFile(self.next_id("file"), kind, name, mime, len(body), *size)
        self.files[stored.id] = stored
        self.journal.put("file", stored.id, to_json(stored))
        self.journal.put_file(stored.id, body)
        return stored

    def file_by_id(self, file_id: str) -> StoredFile | None:
        """The file a bot names by ``file_id``, None if it is none of ours."""
        number = file_id.rsplit("-", 1)[-1]
        stored = self.files.get(int(number)) if number.isascii() and number.isdigit() else None
        return stored if stored is not None and stored.file_id == file_id else None

    def save_profile(self) -> None:
        """Keep a change of the bot's profile and tell every open page."""
        self.journal.put("profile", 0, to_json(self.profile))
        for _, room in self.rooms():
            room.tell({"type": "bot"})

    def bot_json(self) -> Json:
        """Telegram's User of the bot."""
        name = self.profile.name.get("") or "Cardápio"
        return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": "cardapio_local_bot"}
