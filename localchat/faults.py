"""Trouble on demand: what tests ask the Bot API to do wrong, Telegram's limits, and a record of the calls made."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from localchat.errors import ApiError, Json, bad_request, too_many

KINDS = frozenset({"429", "500", "502", "403", "400", "delay", "disconnect"})
MAX_CALLS = 10_000
"""Calls remembered for tests."""


@dataclass(slots=True)
class Fault:
    """One kind of trouble for the next calls that match.

    Attributes:
        kind: An error status, ``delay`` or ``disconnect``.
        method: Bot API method, or ``*`` for each but ``getUpdates``.
        times: How many calls it meets; 0 for all until cleared.
        retry_after: Seconds told with 429.
        seconds: Length of a delay.
        after: The call takes effect first and only the response is lost or replaced.
        chat_id: Only calls for this chat.
        description: Words of the error instead of the usual ones.
    """

    kind: str
    method: str = "*"
    times: int = 1
    retry_after: int = 1
    seconds: float = 1.0
    after: bool = False
    chat_id: int | None = None
    description: str = ""

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is meant; ``method`` in lower case."""
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        return method != "getupdates" if self.method == "*" else method == self.method.lower()

    def error(self) -> ApiError:
        """The refusal of an error kind."""
        if self.kind == "429":
            return too_many(self.retry_after)
        usual = {
            "400": "Bad Request: fault on demand",
            "403": "Forbidden: bot was blocked by the user",
            "500": "Internal Server Error",
            "502": "Bad Gateway",
        }
        return ApiError(int(self.kind), self.description or usual[self.kind])


@dataclass(slots=True)
class Faults:
    """The faults that wait for their call, first come first served."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, body: Json) -> None:
        """Take a fault as JSON. Raises ApiError 400 for an unknown kind or field."""
        try:
            fault = Fault(**body)
        except TypeError as exc:
            raise bad_request(f"unknown fault: {exc}") from exc
        if fault.kind not in KINDS:
            raise bad_request(f"kind must be one of {', '.join(sorted(KINDS))}")
        self.waiting.append(fault)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, counted down."""
        for fault in self.waiting:
            if fault.matches(method, chat_id):
                fault.times -= 1
                if fault.times == 0:
                    self.waiting.remove(fault)
                return fault
        return None


class Limits:
    """Telegram's sending limits, off unless enforced: 30 messages/s in all, about 1/s a chat, 20/min a group.

    Args:
        clock: Seconds, growing.
    """

    BURST = 3
    """Messages a private chat takes at once before the limit of one a second holds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.enforced = False
        self._tokens: dict[int, tuple[float, float]] = {}

    def count(self, chat_id: int) -> None:
        """Count a message. Raises ApiError 429 with the seconds to wait if it is one too many."""
        if not self.enforced:
            return
        rate, burst = (1.0, self.BURST) if chat_id > 0 else (20 / 60, 20)
        for key, per_second, most in ((chat_id, rate, burst), (0, 30.0, 30)):
            now = self._clock()
            tokens, since = self._tokens.get(key, (float(most), now))
            tokens = min(most, tokens + (now - since) * per_second)
            if tokens < 1:
                self._tokens[key] = (tokens, now)
                raise too_many(max(1, math.ceil((1 - tokens) / per_second)))
            self._tokens[key] = (tokens - 1, now)


@dataclass(slots=True)
class CallLog:
    """The last calls of the bot, for tests that check what was sent and when."""

    calls: deque[Json] = field(default_factory=lambda: deque(maxlen=MAX_CALLS))
    total: int = 0

    def add(self, call: Json) -> None:
        """Number a call and keep it."""
        self.total += 1
        self.calls.append({"number": self.total, **call})

    def since(self, number: int) -> list[Json]:
        """Calls after this number, oldest first."""
        return [call for call in self.calls if call["number"] > number]
