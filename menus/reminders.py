"""Reminders: the day's menu, once a local date, at the hour the person chose.

A tick every 30 seconds looks at one indexed column, ``next_due_at`` (UTC). In one transaction a due reminder gets its
row in ``reminder_log`` (unique for a person and local date), its outbox row, and its next due time, computed from the
local hour and the IANA zone. So a kill at any moment neither loses nor repeats one.

Rule for late ones (the program was down): up to 15 minutes late it is sent as if on time; later it is sent while it is
still the same local day and before 21h there; otherwise it is skipped. The same holds for a row that waits in the
outbox: it expires at that moment.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import structlog

from storage import outbox, people, reminders
from storage.clock import Clock, zone_named
from storage.database import Connection, Database
from storage.errors import StorageError
from storage.outbox import Outgoing, Priority
from storage.reminders import Due, Reminder

log = structlog.get_logger(__name__)

TICK_SECONDS = 30.0
BATCH = 200
"""Reminders decided in one transaction: short enough that no answer waits for it."""

GRACE = timedelta(minutes=15)
USEFUL_UNTIL = time(21, 0)
SCREEN = "lembrete"


def next_due(after: datetime, hour: str, zone: str) -> datetime:
    """The first instant (UTC) later than ``after`` at which clocks in ``zone`` show ``hour`` ('HH:MM').

    An hour that a date does not have (clocks went forward) is taken as much later as the clocks jumped; an hour that a
    date has twice (clocks went back) is the first of the two, so each local date has exactly one.
    """
    at, tz = time.fromisoformat(hour), zone_named(zone)
    # A date's hour and the instant it falls on may be a day apart where a zone skipped or repeated a date.
    first = after.astimezone(tz).date() - timedelta(days=1)
    for days in range(4):
        candidate = datetime.combine(first + timedelta(days=days), at, tz).astimezone(UTC)
        if candidate > after:
            return candidate
    raise ValueError(f"no {hour} within two days in {zone}")  # no zone has jumped that far


async def get(conn: Connection, person_id: int) -> Reminder | None:
    """The person's hour and next due time; None when never chosen."""
    return await reminders.get(conn, person_id)


async def set_hour(tx: Connection, person_id: int, hour: str, now: datetime) -> datetime:
    """Send the day's menu at ``hour`` ('HH:MM', local) from the next time the clock shows it; returns that instant.

    Raises ``ValueError`` for anything that is not an hour.
    """
    person = await people.get(tx, person_id)
    if person is None:
        raise ValueError(f"there is no person {person_id}")
    normal = time.fromisoformat(hour).strftime("%H:%M")
    due = next_due(now, normal, person.time_zone)
    await reminders.set(tx, person_id, normal, due)
    return due


async def off(tx: Connection, person_id: int) -> None:
    """Send no more reminders."""
    await reminders.set(tx, person_id, None, None)


async def refresh(tx: Connection, person_id: int, now: datetime) -> None:
    """Recompute the next due time: after the zone changed, or when someone who had blocked the bot is back."""
    person, reminder = await people.get(tx, person_id), await reminders.get(tx, person_id)
    if person is not None and reminder is not None and reminder.hour is not None:
        await reminders.reschedule(tx, person_id, next_due(now, reminder.hour, person.time_zone))


async def suspend(tx: Connection, person_id: int) -> None:
    """Leave in peace someone who blocked the bot; their hour is kept."""
    await reminders.reschedule(tx, person_id, None)


def useful_until(due_at: datetime, zone: str) -> datetime:
    """Until when a reminder due at ``due_at`` is worth sending (see the rule of this module)."""
    tz = zone_named(zone)
    evening = datetime.combine(due_at.astimezone(tz).date(), USEFUL_UNTIL, tz).astimezone(UTC)
    return max(due_at + GRACE, evening)


class Reminders:
    """The tick. ``wake`` tells the outbox pump that rows were added."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[], object]) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        """Tick until cancelled. A tick that fails because the database is away is tried again at the next."""
        while True:
            try:
                await self.tick()
            except StorageError as exc:
                log.warning("reminders_wait", kind=type(exc).__name__)
            await self._clock.sleep(TICK_SECONDS)

    async def tick(self) -> int:
        """Decide on every reminder that is due; returns how many are to be sent."""
        total = 0
        while True:
            now = self._clock.now()
            async with self._database.transaction() as tx:
                batch = await reminders.due(tx, now, BATCH)
                queued = [await self._decide(tx, due, now) for due in batch]
            if any(queued):
                self._wake()
            total += sum(queued)
            if len(batch) < BATCH:
                return total

    async def _decide(self, tx: Connection, due: Due, now: datetime) -> bool:
        """Queue or skip one reminder and move it to its next time; True when it was queued."""
        day = local_date(due)
        until = useful_until(due.due_at, due.time_zone)
        late = now > due.due_at + GRACE
        outcome = "skipped" if now > until else "late" if late else "queued"
        first = await reminders.mark(tx, due.person_id, day, outcome, now)
        queued = first and outcome != "skipped"
        if queued:
            row = Outgoing(
                due.chat_id, SCREEN, {"date": day.isoformat()}, priority=Priority.OWN, expires_at=until
            )
            await outbox.add(tx, row, now)
        await reminders.reschedule(tx, due.person_id, next_due(now, due.hour, due.time_zone))
        return queued


def local_date(due: Due) -> date:
    """The date, where the person is, of the menu that a due reminder brings."""
    return due.due_at.astimezone(zone_named(due.time_zone)).date()
