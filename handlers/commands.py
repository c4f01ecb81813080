"""What Telegram shows about the bot: registered once at start, safe to repeat."""

from collections.abc import Iterable
from contextlib import suppress

from telegram import Bot, BotCommand, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from handlers import uso
from handlers.catalogue import catalogue
from handlers.texts import commands as c
from handlers.texts import operations as o


async def register(bot: Bot, admin_ids: Iterable[int] = ()) -> None:
    """Register commands, both descriptions and the menu button; /uso only in the chats of operators.

    Raises ``telegram.error.TelegramError``; a chat that an operator never opened is none.
    """
    t = catalogue()
    usual = [BotCommand(name, t.plain(text)) for name, text in c.COMMANDS]
    await bot.set_my_commands(usual)
    more = BotCommand(uso.COMMAND, t.plain(o.DESCRIPTION))
    for chat_id in sorted(admin_ids):
        with suppress(BadRequest):
            await bot.set_my_commands([*usual, more], scope=BotCommandScopeChat(chat_id))
    await bot.set_my_description(t.plain(c.DESCRIPTION))
    await bot.set_my_short_description(t.plain(c.ABOUT))
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
