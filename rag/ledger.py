"""Budgets for Gemini: a request is counted before it leaves, so that no path can spend more than was allowed.

The day is that of the API's quotas (midnight in California), so that our budget and the API's start anew together.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from rag.breaker import QUOTA_ZONE
from rag.gemini_errors import GeminiBudget
from storage import usage
from storage.clock import Clock
from storage.database import Database
from storage.usage import Usage

PERSON_DAILY_REQUESTS = 12
"""A person's part of the day: about five weeks with their repairs."""


def day_of(now: datetime) -> date:
    """The API's day at ``now``."""
    return now.astimezone(QUOTA_ZONE).date()


@dataclass(frozen=True, slots=True)
class Spender:
    """Who asks, and what for: "menu", "repair", "intent"… ``person_id`` 0 is nobody in particular."""

    person_id: int = usage.NOBODY
    kind: str = "menu"


class Ledger(Protocol):
    """What the client asks before a request and tells after it."""

    async def reserve(self, spender: Spender) -> None:
        """Count one request. Raises ``GeminiBudget`` when the day's budget, of the key or the person, is used up."""
        ...

    async def record(
        self, spender: Spender, *, failed: bool, tokens_in: int = 0, tokens_out: int = 0
    ) -> None:
        """Add what a reserved request cost, and whether it failed."""
        ...


class DatabaseLedger:
    """The ledger in the database: budgets hold over restarts."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        daily_requests: int,
        person_daily_requests: int = PERSON_DAILY_REQUESTS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._daily = daily_requests
        self._person_daily = person_daily_requests

    def today(self) -> date:
        """The API's current day."""
        return day_of(self._clock.now())

    async def reserve(self, spender: Spender) -> None:
        """Check both budgets and count the request, in one transaction."""
        day = self.today()
        async with self._database.transaction() as tx:
            if (await usage.total(tx, day)).requests >= self._daily:
                raise GeminiBudget("the day's requests are used up", of_person=False)
            if spender.person_id != usage.NOBODY:
                spent = await usage.total(tx, day, spender.person_id)
                if spent.requests >= self._person_daily:
                    raise GeminiBudget("this person's requests are used up", of_person=True)
            await usage.add(tx, day, spender.person_id, spender.kind, Usage(requests=1))

    async def record(
        self, spender: Spender, *, failed: bool, tokens_in: int = 0, tokens_out: int = 0
    ) -> None:
        """Add tokens and failures to the day's row."""
        cost = Usage(failures=int(failed), tokens_in=tokens_in, tokens_out=tokens_out)
        async with self._database.transaction() as tx:
            await usage.add(tx, self.today(), spender.person_id, spender.kind, cost)
