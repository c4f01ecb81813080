"""A Bot API on loopback and a web page that looks and feels like a phone chat: the bot without Telegram.

    page (static/)  ──  page_side ─┐                    people    what persons do → updates for the bot
    tests' driver   ──  page_side ─┤                    world     chats, messages, files, the bot's profile
    tests           ──  control_side ┼── server (tornado) ── updates   kept until acknowledged
    the bot         ──  bot_side ──┘                    botapi/   the methods, with Telegram's refusals
                                                        journal   all of it on disk, if asked

Imports nothing of the other rooms; it knows Telegram's shapes and no menus.
"""

from localchat.cli import main
from localchat.errors import LocalChatError
from localchat.server import LocalChat

__all__ = ["LocalChat", "LocalChatError", "main"]
