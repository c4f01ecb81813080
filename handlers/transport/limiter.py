"""How fast Telegram lets a bot speak: about 30 messages a second in all and one a second in a chat, with short bursts.

Two leaky buckets (GCRA: one number each, the time at which the bucket is level again), and over the first a window: a
busy event loop is late now and then, so what it missed is made up for, but no second ever holds more than Telegram's
30. Answers may go ahead of the even pace by a few messages, and what tells of work leaves them room in every second:
else an answer would wait for messages to others that went out just before it.

``aiolimiter`` is not used: it reads the event loop's clock, which tests cannot move, lets a full second's worth go at
once after a pause (two seconds' worth then fall into one, which Telegram answers with 429), and knows no priorities;
here the pump asks for a slot first and picks the most urgent chat when it is free.
"""

import math
from collections import deque
from dataclasses import dataclass

from storage.clock import Clock
from storage.outbox import Priority


@dataclass(frozen=True, slots=True)
class Limits:
    """``per_second`` messages in all, nearly evenly spaced; ``chat_per_second`` in one chat after a burst of ``chat_burst``.

    Telegram's own figures are 30 and 1; a little is left, because what is sent evenly does not quite arrive so.
    """

    per_second: float = 29.4
    chat_per_second: float = 1.0
    chat_burst: int = 8


CATCH_UP_SECONDS = 0.25
"""How much of a delay is made up for."""

WINDOW_SECONDS = 1.02
"""A second, and what messages may gain on each other on their way."""

LONGEST_WINDOW = 1_000
"""Messages; faster limits are for the local chat and for tests, and go without a window."""

ANSWERS_AHEAD = 8
"""So many messages may answers be ahead of the even pace."""

KEPT_FREE = 0.2
"""The share of each second that messages about work leave to answers."""

FLOOD_CHATS = 3
"""So many chats told to wait at the same time mean that the bot as a whole is too fast."""


class Limiter:
    """Says how long to wait and records what goes out. Nothing here waits by itself."""

    def __init__(self, clock: Clock, limits: Limits | None = None) -> None:
        self._clock = clock
        self._limits = limits or Limits()
        self._interval = 1 / self._limits.per_second
        self._chat_interval = 1 / self._limits.chat_per_second
        self._next = 0.0
        in_a_second = math.ceil(self._limits.per_second)
        self._last: deque[float] = deque(maxlen=in_a_second if in_a_second <= LONGEST_WINDOW else 0)
        self._kept_free = int((self._last.maxlen or 0) * KEPT_FREE)
        self._level: dict[int, float] = {}
        self._held: dict[int, float] = {}
        self._all_held_until = 0.0

    def delay(self, priority: int = Priority.OWN) -> float:
        """Seconds until a message of this priority may go out to anyone."""
        now = self._clock.monotonic()
        ahead = ANSWERS_AHEAD * self._interval if priority <= Priority.ANSWER else 0.0
        kept = self._kept_free if priority == Priority.RESULT else 0
        return _wait(self._next - ahead - now, self._window(kept) - now, self._all_held_until - now)

    def _window(self, kept: int) -> float:
        """When the last second has a place again, ``kept`` places aside."""
        most = self._last.maxlen
        if not most or len(self._last) < most - kept:
            return 0.0
        return self._last[len(self._last) - most + kept] + WINDOW_SECONDS

    def chat_delay(self, chat_id: int) -> float:
        """Seconds until a message may go out to this chat, the limit for all aside."""
        now = self._clock.monotonic()
        slack = self._chat_interval * (self._limits.chat_burst - 1)
        return _wait(self._level.get(chat_id, 0.0) - slack - now, self._held.get(chat_id, 0.0) - now)

    def take(self) -> None:
        """Record that something goes out to someone."""
        now = self._clock.monotonic()
        self._next = max(self._next, now - CATCH_UP_SECONDS) + self._interval
        self._last.append(now)

    def take_chat(self, chat_id: int) -> None:
        """Record a new message in this chat. Edits are not counted: Telegram's figure is for messages."""
        now = self._clock.monotonic()
        self._level[chat_id] = max(self._level.get(chat_id, 0.0), now) + self._chat_interval
        if len(self._level) > 10_000:
            self._level = {chat: level for chat, level in self._level.items() if level > now}

    def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram asked to wait: this chat does, and when several are told so at once, everybody."""
        now = self._clock.monotonic()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        self._held[chat_id] = now + seconds
        if len(self._held) >= FLOOD_CHATS:
            self._all_held_until = max(self._all_held_until, now + seconds)


def _wait(*seconds: float) -> float:
    """The longest of ``seconds``; rounding errors of a microsecond are no wait, or a clock might never pass them."""
    longest = max(seconds)
    return longest if longest > 1e-6 else 0.0
