"""What Telegram shows about the bot: registered once at start, safe to repeat."""

from telegram import Bot, BotCommand, MenuButtonCommands

from handlers.catalogue import catalogue
from handlers.texts import commands as c


async def register(bot: Bot) -> None:
    """Register commands, both descriptions and the menu button. Raises ``telegram.error.TelegramError``."""
    t = catalogue()
    await bot.set_my_commands([BotCommand(name, t.plain(text)) for name, text in c.COMMANDS])
    await bot.set_my_description(t.plain(c.DESCRIPTION))
    await bot.set_my_short_description(t.plain(c.ABOUT))
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
