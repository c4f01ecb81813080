"""The tick of reminders: what is due becomes rows of the outbox, once a person, kind and local date.

Every 30 seconds one indexed column, ``next_due_at`` (UTC), is looked at. In one transaction a due reminder gets its row
in ``reminder_log`` (unique for person, kind and local date), its outbox row, and its next due time, computed from the
local hour and the IANA zone. So a kill at any moment neither loses nor repeats one. What becomes of late ones is the
rule of ``menus.reminder_plan``; the outbox row expires by the same rule.

After ``SILENT_DAYS`` local dates with reminders and not one word or tap, one question is sent instead of the next one,
and then nothing until the person writes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from menus import meters
from menus.reminder_plan import GRACE, Kind, Plan, days_in, local_date, useful_until
from menus.ticking import ticking
from storage import day_answers, outbox, reminders
from storage.clock import Clock
from storage.database import Connection, Database
from storage.outbox import Outgoing, Priority
from storage.reminders import Decision, Due, Key, Silence

TICK_SECONDS = 30.0
BATCH = 200
"""Reminders decided in one transaction: short enough that no answer waits for it."""

SILENT_DAYS = 10
_LONGEST_LOOK_BACK = timedelta(days=9)

SCREEN, EVE_SCREEN, MEAL_SCREEN, WEEK_SCREEN = (
    "lembrete",
    "lembrete_vespera",
    "lembrete_refeicao",
    "lembrete_semana",
)
SUMMARY_SCREEN = "lembrete_resumo"
STOPPED_SCREEN = "lembrete_parou"


class Reminders:
    """The tick. ``wake`` tells the outbox pump that rows were added."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[], object]) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        """Tick until cancelled. A tick that fails because the database is away is tried again at the next."""
        await ticking(self.tick, self._clock, TICK_SECONDS, "reminders_wait")

    async def tick(self) -> int:
        """Decide on every reminder that is due; returns how many messages are to be sent."""
        total = 0
        while True:
            now = self._clock.now()
            async with self._database.transaction() as tx:
                batch = await reminders.due(tx, now, BATCH)
                decided = await _decide(tx, batch, now) if batch else _Batch(now, frozenset(), frozenset())
            queued = len(decided.messages)
            for decision in decided.decisions:
                meters.reminders.labels(decision.outcome).inc()
            if queued:
                self._wake()
            total += queued
            if len(batch) < BATCH:
                return total


@dataclass(slots=True)
class _Batch:
    """What one transaction decides: collected first, then written a table at a time."""

    now: datetime
    known: frozenset[Key]
    answered: frozenset[tuple[int, str]]
    decisions: list[Decision] = field(default_factory=list)
    messages: list[Outgoing] = field(default_factory=list)
    dues: dict[tuple[int, str], datetime | None] = field(default_factory=dict)
    silences: dict[int, Silence] = field(default_factory=dict)

    def decide(self, one: "_Occurrence") -> None:
        """Decide on one due reminder."""
        due, key = one.due, one.key
        silence = self.silences.get(due.person_id) or Silence(
            due.person_id, due.silent_days, due.last_date, asleep=False
        )
        if silence.asleep:
            self.dues[due.person_id, due.kind] = None
            return
        self.dues[due.person_id, due.kind] = one.plan.next_due(one.kind, self.now)
        if key in self.known:
            return
        outcome = self._outcome(one)
        if outcome in ("queued", "late") and silence.silent_days >= SILENT_DAYS:
            outcome = "stopped"
            self.messages.append(_message(due, STOPPED_SCREEN, {}, one.until))
            self.silences[due.person_id] = Silence(
                due.person_id, silence.silent_days, silence.last_date, asleep=True
            )
        elif outcome in ("queued", "late"):
            self.messages.append(_reminder(one, late=outcome == "late"))
            new_date = int(silence.last_date != key[1] or not silence.silent_days)
            self.silences[due.person_id] = Silence(
                due.person_id, silence.silent_days + new_date, key[1], asleep=False
            )
        self.decisions.append(Decision(key, outcome))

    def _outcome(self, one: "_Occurrence") -> str:
        if self.now > one.until:
            return "skipped"
        if one.about_today and (one.due.person_id, one.key[1]) in self.answered:
            return "answered"
        return "late" if self.now > one.at + GRACE else "queued"

    async def write(self, tx: Connection) -> None:
        """Keep everything."""
        await reminders.record(tx, self.decisions, self.now)
        await outbox.add_many(tx, self.messages, self.now)
        await reminders.reschedule(tx, self.dues)
        await reminders.note_silence(tx, self.silences.values())
        await reminders.suspend(tx, [each.person_id for each in self.silences.values() if each.asleep])


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A due reminder with the one occurrence of it that counts now. ``at``: when it was due; ``until``: of use."""

    due: Due
    kind: Kind
    plan: Plan
    at: datetime
    day: date
    until: datetime

    @property
    def key(self) -> Key:
        return self.due.person_id, self.day.isoformat(), self.due.kind

    @property
    def about_today(self) -> bool:
        """Whether an answer for the day makes it pointless."""
        return self.kind is Kind.DAY or self.kind.slot is not None


async def _decide(tx: Connection, dues: Iterable[Due], now: datetime) -> _Batch:
    """Decide on a batch and keep it."""
    found = [_occurrence(due, now) for due in dues]
    batch = _Batch(
        now,
        await reminders.decided_among(tx, [one.key for one in found]),
        await day_answers.answered_among(tx, [one.key[:2] for one in found]),
    )
    for one in found:
        batch.decide(one)
    await batch.write(tx)
    return batch


def _occurrence(due: Due, now: datetime) -> _Occurrence:
    """Of several occurrences missed, the last one: the others are of no use any more."""
    kind = Kind(due.kind)
    plan = Plan(
        {kind: due.hour}, days_in(due.days), due.week_day, due.resumes_on, due.time_zone, due.summary_day
    )
    at = max(due.due_at, now - _LONGEST_LOOK_BACK)
    while at < now and (later := plan.next_due(kind, at)) <= now:
        at = later
    return _Occurrence(
        due, kind, plan, at, local_date(at, due.time_zone), useful_until(at, due.time_zone, kind)
    )


def _reminder(one: _Occurrence, *, late: bool) -> Outgoing:
    day = one.day
    match one.kind:
        case Kind.DAY:
            about: dict[str, object] = {"date": day.isoformat()} | ({"late": True} if late else {})
            return _message(one.due, SCREEN, about, one.until)
        case Kind.EVE:
            return _message(one.due, EVE_SCREEN, {"date": (day + timedelta(days=1)).isoformat()}, one.until)
        case Kind.WEEK:
            return _message(one.due, WEEK_SCREEN, {"date": day.isoformat()}, one.until)
        case Kind.SUMMARY:
            return _message(one.due, SUMMARY_SCREEN, {"date": day.isoformat()}, one.until)
        case _:
            about = {"date": day.isoformat(), "slot": one.due.kind}
            return _message(one.due, MEAL_SCREEN, about, one.until)


def _message(due: Due, screen: str, about: dict[str, object], until: datetime) -> Outgoing:
    return Outgoing(due.chat_id, screen, about, priority=Priority.OWN, expires_at=until)
