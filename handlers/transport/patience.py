"""Calls of the Bot API that must succeed at last: repeated for ever, more slowly each time."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError, TimedOut

from handlers.transport.delivery import Wait, not_of_telegram, translated
from storage.clock import Clock
from storage.errors import StorageError

log = structlog.get_logger(__name__)

T = TypeVar("T")

BACKOFF_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Waits after consecutive failures; the last one repeats."""


class Patience:
    """Repeats a step until it works. ``name`` is what its log lines begin with."""

    def __init__(self, clock: Clock, name: str) -> None:
        self._clock = clock
        self._name = name
        self._failures = 0

    async def until_it_works(self, step: Callable[[], Awaitable[T]]) -> T:
        """What ``step`` returns at last. Raises ``InvalidToken``; every other trouble is waited out."""
        while True:
            try:
                result = await step()
            except InvalidToken as exc:
                if not not_of_telegram(exc):
                    raise
                log.warning(f"{self._name}_failed", kind="not Telegram", failures=self._failures)
                await self._wait("waits", self._backoff())
            except TimedOut:
                # A long poll that nobody answered; the next one starts at once unless it happens again.
                await self._wait("timed_out", self._backoff() if self._failures else 0.0)
            except RetryAfter as exc:
                wait = translated(exc)
                await self._wait("told_to_wait", wait.seconds if isinstance(wait, Wait) else 1.0)
            except (TelegramError, StorageError) as exc:
                # Telegram's own words are safe for a BadRequest: they are about our call ("HTTPS url must be provided").
                said = exc.message if isinstance(exc, BadRequest) else None
                log.warning(
                    f"{self._name}_failed", kind=type(exc).__name__, said=said, failures=self._failures
                )
                await self._wait("waits", self._backoff())
            else:
                self._failures = 0
                return result

    def _backoff(self) -> float:
        return BACKOFF_SECONDS[min(self._failures, len(BACKOFF_SECONDS) - 1)]

    async def _wait(self, why: str, seconds: float) -> None:
        self._failures += 1
        log.debug(f"{self._name}_{why}", seconds=seconds)
        await self._clock.sleep(seconds)
