"""The real bot by a clock that can be put forward: ``python -m bench._shifted SECONDS``, then a number of seconds a line.

What the bot reads and sleeps by (``storage.clock``) is ``SECONDS`` ahead of the machine, and farther with each line of
standard input: who sleeps until then wakes, as after a real night. All else is ``bot.py`` as it is.
"""

import asyncio
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from storage import clock


class Shifted(clock.SystemClock):
    """The machine's clock, put forward."""

    ahead: ClassVar[float] = 0.0
    _sleepers: ClassVar[set[asyncio.Event]] = set()

    @classmethod
    def forward(cls, seconds: float) -> None:
        """Put it forward and wake everybody to look at it. In the event loop."""
        cls.ahead += seconds
        for sleeper in cls._sleepers:
            sleeper.set()

    def now(self) -> datetime:
        """The instant that it shows."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        """Its seconds: they only grow, also when it is put forward."""
        return time.monotonic() + self.ahead

    async def sleep(self, seconds: float) -> None:
        """Until it has shown so many more seconds."""
        until = self.monotonic() + seconds
        woken = asyncio.Event()
        self._sleepers.add(woken)
        try:
            while (left := until - self.monotonic()) > 0:
                woken.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(woken.wait(), left)
            await asyncio.sleep(0)
        finally:
            self._sleepers.discard(woken)


def _listen(loop: asyncio.AbstractEventLoop) -> None:
    for line in sys.stdin:
        loop.call_soon_threadsafe(Shifted.forward, float(line))


def main(ahead: float) -> int:
    """Run the bot."""
    clock.SystemClock = Shifted  # type: ignore[misc]  # read by those who are imported from here on
    Shifted.ahead = ahead
    import bot
    import wiring

    serve = wiring.serve

    async def serve_and_listen(*arguments: object) -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=_listen, args=(loop,), daemon=True).start()
        await serve(*arguments)  # type: ignore[arg-type]

    wiring.serve = serve_and_listen  # type: ignore[assignment]
    return bot.main([])


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
