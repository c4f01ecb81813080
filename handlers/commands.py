"""What Telegram shows about the bot: registered once at start, safe to repeat."""

from collections.abc import Iterable
from contextlib import suppress

from telegram import Bot, BotCommand, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from handlers import uso
from handlers.catalogue import LANGUAGES, SOURCE_LANGUAGE, Catalogue, catalogue
from handlers.texts import commands as c
from handlers.texts import operations as o


async def register(bot: Bot, admin_ids: Iterable[int] = ()) -> None:
    """Register commands and both descriptions in each language, and the menu button; /uso only in the chats of operators.

    Raises ``telegram.error.TelegramError``; a chat that an operator never opened is none.
    """
    for language in LANGUAGES:
        await _describe(bot, catalogue(language))
    t = catalogue()
    usual = _commands(t)
    more = BotCommand(uso.COMMAND, t.plain(o.DESCRIPTION))
    for chat_id in sorted(admin_ids):
        with suppress(BadRequest):
            await bot.set_my_commands([*usual, more], scope=BotCommandScopeChat(chat_id))
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


def _commands(t: Catalogue) -> list[BotCommand]:
    return [BotCommand(name, t.plain(text)) for name, text in c.COMMANDS]


async def _describe(bot: Bot, t: Catalogue) -> None:
    """Commands and descriptions in one language; those in Portuguese are for all apps that speak none of ours."""
    code = None if t.language == SOURCE_LANGUAGE else t.language
    await bot.set_my_commands(_commands(t), language_code=code)
    await bot.set_my_description(t.plain(c.DESCRIPTION), language_code=code)
    await bot.set_my_short_description(t.plain(c.ABOUT), language_code=code)
