"""The things of the chat world: people, chats, messages, files. Times are Unix seconds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from localchat.errors import Json

FIRST_PERSON_ID = 700_000_000
"""Telegram id of person 0; person N has this plus N, and the private chat has the person's id."""
FIRST_GROUP_ID = -1_001_000_000_000
MAX_PERSON = 99_999
BOT = 0
"""Number of the bot as a sender; people are numbered from 1."""

_NAMES = (
    ("Ana", "Souza"),
    ("Bruno", "Lima"),
    ("Carla", "Nunes"),
    ("Davi", "Rocha"),
    ("Elisa", "Prado"),
    ("Fábio", "Reis"),
    ("Gabi", "Moura"),
    ("Hugo", "Dias"),
    ("Inês", "Castro"),
    ("João", "Pinto"),
)


@dataclass(slots=True)
class Person:
    """Who chats: number 1, 2, … in the page's address."""

    number: int
    first_name: str
    last_name: str
    language: str = "pt-br"

    @classmethod
    def of(cls, number: int) -> Person:
        """The person with this number, with a name that is always the same."""
        first, last = _NAMES[(number - 1) % len(_NAMES)]
        return cls(number, first, last if number <= len(_NAMES) else f"{last} {number}")

    @property
    def id(self) -> int:
        """Telegram id, also of the private chat."""
        return FIRST_PERSON_ID + self.number

    def api(self) -> Json:
        """Telegram's User."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": f"pessoa_{self.number}",
            "language_code": self.language,
        }


@dataclass(slots=True)
class Chat:
    """A private chat (one person) or a group. ``blocked``: the person blocked the bot, or the group removed it."""

    id: int
    people: list[int]
    title: str | None = None
    blocked: bool = False

    @property
    def private(self) -> bool:
        """Whether it is a person's own chat with the bot."""
        return self.id > 0

    def api(self) -> Json:
        """Telegram's Chat."""
        if not self.private:
            return {"id": self.id, "title": self.title, "type": "supergroup"}
        user = Person.of(self.people[0]).api()
        return {"id": self.id, "type": "private"} | {
            key: user[key] for key in ("first_name", "last_name", "username")
        }


@dataclass(slots=True)
class Message:
    """A message as kept; ``content`` holds Telegram's content fields (text, entities, photo, caption, …)."""

    id: int
    chat_id: int
    sender: int
    date: int
    content: Json
    markup: Json | None = None
    reply_to: int | None = None
    edited: int | None = None
    seen: bool = False
    """The bot took the update of this message (two ticks)."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was sent; the bytes are in the journal under ``id``."""

    id: int
    kind: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0

    @property
    def file_id(self) -> str:
        """What bots use to send it again or to get it."""
        return f"local-{self.kind}-{self.id}"

    @property
    def path(self) -> str:
        """``file_path`` of ``getFile``."""
        ending = self.name.rsplit(".", 1)[-1].lower() if "." in self.name else ""
        suffix = f".{ending}" if ending.isalnum() and ending.isascii() else ""
        return f"{self.kind}s/file_{self.id}{suffix}"

    def content(self) -> Json:
        """Telegram's content field for this file: ``{"document": …}``, ``{"photo": […]}``, ``{"voice": …}``."""
        base: Json = {
            "file_id": self.file_id,
            "file_unique_id": f"unique-{self.id}",
            "file_size": self.size,
        }
        if self.kind == "photo":
            return {"photo": [base | {"width": self.width, "height": self.height}]}
        if self.kind == "voice":
            return {"voice": base | {"duration": 3, "mime_type": self.mime}}
        if self.kind == "sticker":
            sticker = {
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
            }
            return {"sticker": base | sticker | {"emoji": "🥦"}}
        return {"document": base | {"file_name": self.name, "mime_type": self.mime}}


@dataclass(slots=True)
class Profile:
    """What the bot said about itself; keys are language codes ("" for all others) or scope and language."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu_button: dict[str, Json] = field(default_factory=dict)
    allowed_updates: list[str] | None = None
    webhook: Json = field(default_factory=dict)


def to_json(thing: Any) -> Json:
    """The record of a person, chat, message, file or profile; read back by ``Class(**record)``."""
    return asdict(thing)
