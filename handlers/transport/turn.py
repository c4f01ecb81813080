"""A turn: one update, being processed inside one transaction. What handlers receive."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from storage import conversations, outbox
from storage.conversations import Conversation
from storage.database import Connection
from storage.outbox import Mode, Outgoing, Priority
from storage.people import Person

if TYPE_CHECKING:
    from handlers.services import Services


class Turn:
    """``tx`` is the open transaction: what the handler changes, the replies it owes, and the mark that the update was
    processed are kept together or not at all. So a handler does database work and parsing only.

    ``person`` is None at the first contact; ``now`` is in UTC. Arguments of screens must be JSON-able; they are kept
    until the message is sent, so they hold ids, dates and codes rather than texts.
    """

    def __init__(
        self,
        *,
        chat_id: int,
        person: Person | None,
        tx: Connection,
        now: datetime,
        update: Update,
        services: "Services",
    ) -> None:
        self.chat_id = chat_id
        self.person = person
        self.tx = tx
        self.now = now
        self.update = update
        self.services = services
        self.toasted = False
        self._after: list[Callable[[], object]] = []
        self._read_before: list[Conversation | None] = []

    @property
    def text(self) -> str:
        """The text (or caption) of the message, stripped; empty for taps and everything else."""
        message = self.update.message
        return ((message.text or message.caption or "") if message else "").strip()

    @property
    def data(self) -> str:
        """The callback data of the tapped button; empty when nothing was tapped."""
        query = self.update.callback_query
        return (query.data or "") if query else ""

    @property
    def tapped_message_id(self) -> int | None:
        """The message whose button was tapped."""
        query = self.update.callback_query
        return query.message.message_id if query and query.message else None

    async def send(self, screen: str, /, **args: Any) -> None:
        """Owe a new message: it rings."""
        await self._owe(screen, args, Mode.SEND)

    async def tell(self, screen: str, /, **args: Any) -> None:
        """Owe a new message that tells of work: that it began, or what else it could use. Answers go before it, to
        whomever."""
        await self._owe(screen, args, Mode.SEND, priority=Priority.RESULT)

    async def edit(self, screen: str, /, **args: Any) -> None:
        """Owe an edit of the tapped message; a new message when nothing was tapped or the message is gone."""
        target = self.tapped_message_id
        if target is None:
            await self._owe(screen, args, Mode.SEND)
        else:
            await self._owe(screen, args, Mode.EDIT, target_message_id=target)

    async def shrink(self, screen: str, /, **args: Any) -> None:
        """Owe an edit of the last question's message (to one line without buttons); nothing when it is gone."""
        await self._owe(screen, args, Mode.SHRINK, slot="question")

    async def toast(self, screen: str, /, **args: Any) -> None:
        """Owe a short note over the chat, as the answer to a tap (one a turn); a message when nothing was tapped."""
        query = self.update.callback_query
        if query is None:
            await self._owe(screen, args, Mode.SEND)
        elif not self.toasted:
            self.toasted = True
            await self._owe(screen, args, Mode.TOAST, callback_query_id=query.id, priority=Priority.TOAST)

    def read_before(self, conversation: Conversation | None) -> None:
        """Keep what was read of the conversation when the turn was opened."""
        self._read_before = [conversation]

    async def conversation(self, person_id: int) -> Conversation | None:
        """Where the conversation with the turn's person stands; for the first who asks it was read already."""
        return self._read_before.pop() if self._read_before else await conversations.get(self.tx, person_id)

    def after_commit(self, callback: Callable[[], object]) -> None:
        """Call ``callback`` (quick, not a coroutine) once the turn is committed: to wake a worker."""
        self._after.append(callback)

    def committed(self) -> None:
        """Run what ``after_commit`` collected."""
        for callback in self._after:
            callback()

    async def _owe(
        self,
        screen: str,
        args: dict[str, Any],
        mode: Mode,
        *,
        target_message_id: int | None = None,
        slot: str | None = None,
        callback_query_id: str | None = None,
        priority: Priority = Priority.ANSWER,
    ) -> None:
        message = Outgoing(
            self.chat_id,
            screen,
            args,
            mode=mode,
            target_message_id=target_message_id,
            slot=slot,
            callback_query_id=callback_query_id,
            priority=priority,
        )
        outbox.add_soon(self.tx, message, self.now)


Handler = Callable[[Turn], Awaitable[None]]
"""What routing returns for an update that is served."""

Route = Callable[[Update], Handler | None]
"""``handlers.routing.route``: None for updates that are ignored (groups, edits of old messages)."""
