"""What the operator may know: how much of Gemini is used, what failed, what waits. Counts only, of nobody in particular."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from menus import meters
from rag.gemini import ANSWERED
from rag.gemini_writer import INVENTED
from rag.ledger import day_of
from storage import checkup, outbox, overview, usage
from storage.checkup import Room
from storage.driver import Connection
from storage.overview import Overview
from storage.usage import KindUsage, Usage

__all__ = ["Figures", "KindUsage", "Operations", "Overview", "Usage"]

Counts = Callable[[], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """The day is the API's (midnight in California). ``outcomes`` and ``invented`` count since the program started.

    ``outcomes``: failures by the name of their error. ``budget``: requests of a day; None without a key. ``turns`` and
    ``sends``: updates and tries to send by outcome, since the program started. ``owed_minutes``: how long the oldest
    answer has waited; ``room``: the database's files and what is free beside them.
    """

    total: Usage
    kinds: tuple[KindUsage, ...]
    people_today: int
    budget: int | None
    outcomes: Mapping[str, int]
    invented: int
    house: Overview
    turns: Mapping[str, int]
    sends: Mapping[str, int]
    owed_minutes: int
    room: Room

    @property
    def left(self) -> int:
        """Requests that may still be made today."""
        return max((self.budget or 0) - self.total.requests, 0)


@dataclass(frozen=True, slots=True)
class Operations:
    """Who the operators are (Telegram ids), and where the figures come from. ``budget`` None: there is no key."""

    admin_ids: frozenset[int] = frozenset()
    budget: int | None = None
    counts: Counts = field(default=dict)

    async def look(self, conn: Connection, now: datetime) -> Figures:
        """The figures of this moment."""
        day, counts = day_of(now), dict(self.counts())
        invented = counts.pop(INVENTED, 0)
        counts.pop(ANSWERED, None)
        owed = await outbox.oldest_owed(conn)
        return Figures(
            total=await usage.total(conn, day),
            kinds=await usage.by_kind(conn, day),
            people_today=await usage.people(conn, day),
            budget=self.budget,
            outcomes=counts,
            invented=invented,
            house=await overview.look(conn, now),
            turns=meters.by_outcome(meters.updates),
            sends=meters.by_outcome(meters.sends),
            owed_minutes=int((now - owed.since).total_seconds() // 60) if owed.since is not None else 0,
            room=await checkup.room(conn.path),
        )
