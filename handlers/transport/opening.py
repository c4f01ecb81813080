"""How a turn begins: the update is taken from the inbox and read, and so is who wrote it, in one hop to the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot, ChatMember, Update

from handlers.transport.intake import is_private
from handlers.transport.readable import update_of
from menus import reminders
from storage import conversations, inbox, people
from storage.at_once import at_once
from storage.conversations import Conversation
from storage.database import Connection
from storage.inbox import Waiting
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Opened:
    """``update`` is None when it cannot be acted on; ``person`` at the first contact and for updates of no chat."""

    body: str
    update: Update | None
    person: Person | None = None
    conversation: Conversation | None = None


async def opened(tx: Connection, waiting: Waiting, bot: Bot, clock: Callable[[], datetime]) -> Opened | None:
    """What ``waiting`` is about, its person noted as heard of; None when it was processed before.

    Runs in the connection's thread: it awaits nothing but the database.
    """

    async def work(inside: Connection) -> Opened | None:
        body = await inbox.take(inside, waiting.update_id)
        if body is None:
            return None
        update = update_of(body, bot)
        if update is None or waiting.chat_id is None:
            return Opened(body, update)
        person = await people.get_by_chat(inside, waiting.chat_id)
        if person is None:
            return Opened(body, update)
        await _heard(inside, person, clock(), blocked=_blocked(update))
        return Opened(body, update, person, await conversations.get(inside, person.id))

    return await at_once(tx, work)


async def _heard(tx: Connection, person: Person, now: datetime, *, blocked: bool) -> None:
    if blocked:
        await people.set_blocked(tx, person.id, now)
        await reminders.suspend(tx, person.id)
    elif person.blocked_at is not None:
        await people.set_blocked(tx, person.id, None)
        await reminders.refresh(tx, person.id, now)
    if not blocked:
        await reminders.heard(tx, person.id, now)
    await people.seen(tx, person, now)


def kind_of(update: Update | None) -> str:
    """What an update is, for logs and metrics: a constant, never a word of it."""
    if update is None:
        return "unreadable"
    message = update.message
    if update.callback_query is not None:
        return "tap"
    if message is None:
        return "edited" if update.edited_message else "membership" if update.my_chat_member else "other"
    if not is_private(message.chat_id):
        return "group"
    if not message.text:
        return "media"
    return "command" if message.text.startswith("/") else "text"


def _blocked(update: Update) -> bool:
    """Whether this update says that the person blocked the bot in their own chat."""
    change = update.my_chat_member
    return change is not None and change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
