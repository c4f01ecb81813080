"""What the page and the tests' driver see of a chat, as JSON."""

from __future__ import annotations

from localchat.botapi.profile import by_language, commands_for
from localchat.errors import Json
from localchat.model import Chat
from localchat.web import Hub

PAGE = 100
"""Messages in a first look and in each look further back."""


OFFERED = 5
"""People that the page offers to switch to."""


def bot_card(hub: Hub, number: int, chat: Chat) -> Json:
    """The bot as this person sees it: name, description, commands in their language."""
    profile, language = hub.world.profile, hub.world.person(number).language
    return {
        "id": hub.world.bot_id,
        "name": by_language(profile.name, language) or "Cardápio",
        "username": hub.world.bot_json()["username"],
        "description": by_language(profile.description, language),
        "short_description": by_language(profile.short_description, language),
        "commands": commands_for(profile, chat.id, language),
        "menu_button": profile.menu_button.get(str(chat.id))
        or profile.menu_button.get("")
        or {"type": "default"},
    }


def look(hub: Hub, number: int, chat: Chat) -> Json:
    """All that is on the screen: the last messages, the bot, what it is doing, taps that wait, toasts so far."""
    room = hub.world.room(chat.id)
    messages = hub.world.messages(chat.id)
    acting = room.action if room.action and room.action_until > hub.world.clock() else None
    return {
        "boot": hub.boot,
        "version": room.version,
        "user": hub.world.person(number).api() | {"number": number},
        "chat": chat.api() | {"people": chat.people},
        "bot": bot_card(hub, number, chat),
        "blocked": chat.blocked,
        "action": acting,
        "action_seconds": max(0.0, room.action_until - hub.world.clock()) if acting else 0.0,
        "messages": [hub.world.page_json(message) for message in messages[-PAGE:]],
        "more": len(messages) > PAGE,
        "taps": [
            {"id": tap.id, "message_id": tap.message_id, "data": tap.data}
            for tap in room.taps.values()
            if not tap.answered
        ],
        "toasts": list(room.toasts),
        "people": [
            {"number": other, "name": hub.world.person(other).first_name}
            for other in sorted({*range(1, OFFERED + 1), number})
        ],
    }


def earlier(hub: Hub, chat: Chat, before: int) -> Json:
    """The messages before one that is on the screen."""
    messages = [message for message in hub.world.messages(chat.id) if message.id < before]
    return {
        "messages": [hub.world.page_json(message) for message in messages[-PAGE:]],
        "more": len(messages) > PAGE,
    }
