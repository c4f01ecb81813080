"""What the bot is called, says about itself and offers as commands."""

from __future__ import annotations

import re
from typing import Any

from localchat.botapi.registry import Api, method
from localchat.errors import Json, bad_request
from localchat.model import Profile
from localchat.params import Params

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_DESCRIPTION = {"name": 64, "description": 512, "short_description": 120}
_MAX_COMMAND_DESCRIPTION = 256


@method
async def get_me(api: Api, p: Params) -> Json:
    """The bot's User, with what bots are told besides."""
    return api.world.bot_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope_key(p: Params) -> str:
    scope: Any = p.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or "type" not in scope:
        raise bad_request("can't parse BotCommandScope")
    return ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope)


def _commands_key(p: Params) -> str:
    return f"{_scope_key(p)}|{p.text('language_code')}"


@method
async def set_my_commands(api: Api, p: Params) -> bool:
    """Set the commands of a scope and language: up to 100, names of a-z, 0-9 and _."""
    commands: Any = p.json("commands") or []
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for item in commands:
        command = str(item.get("command", "")).removeprefix("/").lower()
        description = str(item.get("description", ""))
        if not _COMMAND.fullmatch(command):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= _MAX_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": command, "description": description})
    api.world.profile.commands[_commands_key(p)] = kept
    api.world.save_profile()
    return True


@method
async def get_my_commands(api: Api, p: Params) -> list[Json]:
    """The commands set for exactly this scope and language."""
    return api.world.profile.commands.get(_commands_key(p), [])


@method
async def delete_my_commands(api: Api, p: Params) -> bool:
    """Forget the commands of this scope and language."""
    api.world.profile.commands.pop(_commands_key(p), None)
    api.world.save_profile()
    return True


def _set(api: Api, p: Params, name: str) -> bool:
    if len(p.text(name)) > _MAX_DESCRIPTION[name]:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    texts: dict[str, str] = getattr(api.world.profile, name)
    language = p.text("language_code")
    if p.text(name):
        texts[language] = p.text(name)
    else:
        texts.pop(language, None)
    api.world.save_profile()
    return True


def _get(api: Api, p: Params, name: str) -> Json:
    texts: dict[str, str] = getattr(api.world.profile, name)
    return {name: by_language(texts, p.text("language_code"))}


def by_language(texts: dict[str, str], language: str) -> str:
    """The text for a language tag such as ``pt-br``, falling back to ``pt`` and to the text for all."""
    return texts.get(language) or texts.get(language.partition("-")[0]) or texts.get("", "")


@method
async def set_my_name(api: Api, p: Params) -> bool:
    """Up to 64 characters."""
    return _set(api, p, "name")


@method
async def set_my_description(api: Api, p: Params) -> bool:
    """Up to 512 characters, shown in an empty chat."""
    return _set(api, p, "description")


@method
async def set_my_short_description(api: Api, p: Params) -> bool:
    """Up to 120 characters, shown on the profile page."""
    return _set(api, p, "short_description")


@method
async def get_my_name(api: Api, p: Params) -> Json:
    """BotName."""
    return {"name": by_language(api.world.profile.name, p.text("language_code")) or "Cardápio"}


@method
async def get_my_description(api: Api, p: Params) -> Json:
    """BotDescription."""
    return _get(api, p, "description")


@method
async def get_my_short_description(api: Api, p: Params) -> Json:
    """BotShortDescription."""
    return _get(api, p, "short_description")


@method
async def set_chat_menu_button(api: Api, p: Params) -> bool:
    """The button beside the text field, of one chat or of all."""
    button: Any = p.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse menu button")
    api.world.profile.menu_button[p.text("chat_id")] = button
    api.world.save_profile()
    return True


@method
async def get_chat_menu_button(api: Api, p: Params) -> Json:
    """MenuButton of a chat or of all."""
    return api.world.profile.menu_button.get(p.text("chat_id"), {"type": "commands"})


def commands_for(profile: Profile, chat_id: int, language: str) -> list[Json]:
    """The commands a person sees: the narrowest scope that has some, in their language before the one for all."""
    scopes = [f"chat:{chat_id}", "all_private_chats" if chat_id > 0 else "all_group_chats", "default"]
    for scope in scopes:
        for code in (language, language.partition("-")[0], ""):
            if commands := profile.commands.get(f"{scope}|{code}"):
                return commands
    return []
