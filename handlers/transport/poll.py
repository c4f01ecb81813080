"""The poll loop: our own, because a library's queue is lost at ``kill -9`` after the next long poll acknowledged it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from handlers.transport.bot import RawBot
from handlers.transport.patience import Patience
from storage.clock import Clock

Accept = Callable[[Sequence[Any]], Awaitable[None]]
"""Takes raw updates; when it returns they may be acknowledged. ``Intake.accept``, or that of a bot in maintenance."""


class PollLoop:
    """Fetches updates, hands them to ``accept``, and only then moves the offset, which acknowledges them."""

    def __init__(self, bot: RawBot, accept: Accept, clock: Clock) -> None:
        self._bot = bot
        self._accept = accept
        self._patience = Patience(clock, "poll")

    async def run(self) -> None:
        """Poll until cancelled. Raises ``InvalidToken``; everything else is tried again for ever.

        No offset is kept: what was stored and not yet acknowledged comes again and is recognised by its id.
        """
        await self._patience.until_it_works(self._drop_webhook)
        offset: int | None = None
        while True:
            offset = await self._patience.until_it_works(lambda offset=offset: self._once(offset))  # type: ignore[misc]

    async def _drop_webhook(self) -> None:
        # Telegram refuses getUpdates while a webhook is set; what waits there is kept for us.
        await self._bot.delete_webhook()

    async def _once(self, offset: int | None) -> int | None:
        """One long poll; returns the offset that acknowledges it."""
        updates = await self._bot.raw_updates(offset)
        await self._accept(updates)
        ids = [_id(update) for update in updates]
        # The last, not the largest: after a silent week Telegram starts from a random lower id.
        return next((found + 1 for found in reversed(ids) if found is not None), offset)


def _id(update: Any) -> int | None:
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) else None
