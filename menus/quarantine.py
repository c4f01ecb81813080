"""Work that was begun more than once without an end: it may be what ends the program, or only have been there each time.

Begun at once with all else at the next start it would be blamed again, and given up, for whatever ends the program next. So
it waits until the program has served the others for a moment, and then such pieces run one at a time.
"""

import asyncio
from collections.abc import Callable

from storage.clock import Clock

DOUBTFUL_FROM = 2
"""Times it was begun without an end."""

SECONDS = 3.0


class Quarantine:
    """``ring`` is called when the time has come, so that what waited is looked at again."""

    def __init__(self, clock: Clock, ring: Callable[[], None]) -> None:
        self._clock = clock
        self._ring = ring
        self._waits: asyncio.Task[None] | None = None
        self._over = False
        self.taken = False
        """Whether a piece of such work runs now: its runner sets this, and takes it back."""

    def admits(self) -> bool:
        """Whether one may begin now. The first question starts the time."""
        if self._waits is None:
            self._waits = asyncio.create_task(self._wait())
        return self._over and not self.taken

    def close(self) -> None:
        """The runner ends."""
        if self._waits is not None:
            self._waits.cancel()

    async def _wait(self) -> None:
        await self._clock.sleep(SECONDS)
        self._over = True
        self._ring()
