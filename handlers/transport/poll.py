"""The poll loop: our own, because a library's queue is lost at ``kill -9`` after the next long poll acknowledged it."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError, TimedOut

from handlers.transport.bot import RawBot
from handlers.transport.delivery import Wait, translated
from handlers.transport.intake import Intake
from storage.clock import Clock
from storage.errors import StorageError

log = structlog.get_logger(__name__)

BACKOFF_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Waits after consecutive failures; the last one repeats."""


class PollLoop:
    """Fetches updates, stores them, and only then moves the offset, which acknowledges them."""

    def __init__(self, bot: RawBot, intake: Intake, clock: Clock) -> None:
        self._bot = bot
        self._intake = intake
        self._clock = clock
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises ``InvalidToken``; everything else is tried again for ever.

        No offset is kept: what was stored and not yet acknowledged comes again and is recognised by its id.
        """
        await self._until_it_works(self._drop_webhook)
        offset: int | None = None
        while True:
            offset = await self._until_it_works(lambda offset=offset: self._once(offset))  # type: ignore[misc]

    async def _drop_webhook(self) -> None:
        # Telegram refuses getUpdates while a webhook is set; what waits there is kept for us.
        await self._bot.delete_webhook()

    async def _once(self, offset: int | None) -> int | None:
        """One long poll; returns the offset that acknowledges it."""
        updates = await self._bot.raw_updates(offset)
        await self._intake.accept(updates)
        ids = [_id(update) for update in updates]
        # The last, not the largest: after a silent week Telegram starts from a random lower id.
        return next((found + 1 for found in reversed(ids) if found is not None), offset)

    async def _until_it_works(self, step: Callable[[], Awaitable[Any]]) -> Any:
        while True:
            try:
                result = await step()
            except InvalidToken:
                raise
            except TimedOut:
                # A long poll that nobody answered; the next one starts at once unless it happens again.
                await self._wait("poll_timed_out", self._backoff() if self._failures else 0.0)
            except RetryAfter as exc:
                wait = translated(exc)
                await self._wait("poll_told_to_wait", wait.seconds if isinstance(wait, Wait) else 1.0)
            except (TelegramError, StorageError) as exc:
                log.warning("poll_failed", kind=type(exc).__name__, failures=self._failures)
                await self._wait("poll_waits", self._backoff())
            else:
                self._failures = 0
                return result

    def _backoff(self) -> float:
        return BACKOFF_SECONDS[min(self._failures, len(BACKOFF_SECONDS) - 1)]

    async def _wait(self, why: str, seconds: float) -> None:
        self._failures += 1
        log.debug(why, seconds=seconds)
        await self._clock.sleep(seconds)


def _id(update: Any) -> int | None:
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) else None
