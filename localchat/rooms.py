"""What happens in a chat, told to whoever looks at it: web sockets by event, long polls by version."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from localchat.errors import Json

Listener = Callable[[Json], None]
ACTION_SECONDS = 5.0
"""How long a chat action shows, if no message ends it before."""


@dataclass(slots=True)
class Callback:
    """A tap on an inline button, waiting for its answer."""

    id: str
    chat_id: int
    number: int
    message_id: int
    data: str
    at: float
    answered: bool = False


@dataclass(slots=True)
class Room:
    """The side of a chat that is seen and not kept: typing, toasts, taps, and who looks at it."""

    version: int = 0
    action: str | None = None
    action_until: float = 0.0
    toasts: deque[Json] = field(default_factory=lambda: deque(maxlen=50))
    taps: dict[str, Callback] = field(default_factory=dict)
    listeners: set[Listener] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, event: Json) -> None:
        """Count a change, wake long polls, pass the event to the web sockets."""
        self.version += 1
        self.changed.set()
        self.changed = asyncio.Event()
        for listener in tuple(self.listeners):
            listener(event)

    async def wait(self, version: int, seconds: float) -> None:
        """Return when the version is above ``version``, or after ``seconds``."""
        try:
            async with asyncio.timeout(seconds):
                while self.version <= version:
                    await self.changed.wait()
        except TimeoutError:
            return
