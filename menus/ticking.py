"""A loop that does its work now and then, for as long as the program runs."""

from collections.abc import Awaitable, Callable

import structlog

from storage.clock import Clock
from storage.errors import StorageError

log = structlog.get_logger(__name__)


async def ticking(work: Callable[[], Awaitable[object]], clock: Clock, seconds: float, waits: str) -> None:
    """Do ``work`` at once and every ``seconds``, until cancelled.

    Work that fails because the database is away is logged as ``waits`` and tried again at the next tick; other errors rise.
    """
    while True:
        try:
            await work()
        except StorageError as exc:
            log.warning(waits, kind=type(exc).__name__)
        await clock.sleep(seconds)
