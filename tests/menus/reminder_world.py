"""A simulated year of reminders: people who move, change hours, pause, answer and fall silent; a program that is stopped and
killed; a chat that keeps what arrives. And an oracle that says what should have arrived, by its own arithmetic."""

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from menus import reminders
from menus.reminder_plan import Kind, Plan
from menus.reminder_tick import SCREEN, STOPPED_SCREEN, TICK_SECONDS, Reminders
from storage import people
from storage.reminders import first_due
from tests.fakes.clock import ManualClock
from tests.fresh import fresh_database

ZONES = (
    "America/Sao_Paulo",
    "America/Manaus",
    "America/Rio_Branco",
    "America/Noronha",
    "America/New_York",  # summer time in the north
    "America/Santiago",  # and in the south, at midnight
    "Europe/Lisbon",
    "Africa/Casablanca",  # another hour during Ramadan
    "Australia/Lord_Howe",  # summer time of half an hour
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Chatham",  # 12:45 ahead, with summer time
)
START = datetime(2026, 1, 12, 3, 0, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
STEP = timedelta(minutes=5)
"""Hours in this world are multiples of it, and so is every jump of a clock."""

BETWEEN = timedelta(hours=3)
"""The program lives at least so long before the next trouble."""

DOUBT = timedelta(minutes=3)
"""What is due so shortly before it stops being of use may go either way when the program is killed just then."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What one person had chosen from ``since`` on."""

    since: datetime
    plan: Plan
    why: str = ""


@dataclass(slots=True)
class Human:
    """``silent`` people never write between the first day and ``writes_again``."""

    person_id: int
    chat_id: int
    silent: bool
    settings: list[Setting]
    answers: dict[date, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person does: ``what`` is a word of ``World._apply``."""

    at: datetime
    order: int
    human: int
    what: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that reached a chat."""

    at: datetime
    chat_id: int
    screen: str
    day: str
    late: bool


@dataclass(frozen=True, slots=True)
class Outage:
    """The program is not running from ``at`` until ``until``. ``kill``: how far it got when it died: '' is a clean stop."""

    at: datetime
    until: datetime
    kill: str = ""


class World:
    """Runs ``days`` days for ``count`` people, from a seed."""

    def __init__(self, folder: Path, *, count: int, days: int, seed: int, outages: int, kills: int) -> None:
        self.path = folder / "world.db"
        self.count, self.end = count, START + days * DAY
        self.random = Random(seed)
        self.clock = ManualClock(START)
        self.humans: list[Human] = []
        self.sent: list[Delivery] = []
        self.ups: list[tuple[datetime, datetime]] = []
        self.in_flight_at_kill = 0
        self.outages = self._outages(days, outages, kills)

    # What happens

    def _outages(self, days: int, outages: int, kills: int) -> list[Outage]:
        draw, found = self.random, []
        for number in range(outages + kills):
            at = START + timedelta(seconds=draw.randrange(3600, days * 86_400 - 4 * 86_400))
            if number < outages:
                length = timedelta(minutes=2 ** draw.uniform(0, 12.07))  # 1 minute to 3 days
                found.append(Outage(at, at + length))
            else:
                kind = draw.choice(["before the commit", "before the send", "before the record"])
                found.append(Outage(at, at + timedelta(seconds=draw.randrange(5, 90)), kind))
        apart: list[Outage] = []
        for outage in sorted(found, key=lambda outage: outage.at):
            if not apart or outage.at > apart[-1].until + BETWEEN:
                apart.append(outage)
        return apart

    def _events(self, days: int) -> Iterator[Event]:
        draw = self.random
        for index in range(self.count):
            if self.humans[index].silent:
                yield Event(START + timedelta(days=days // 2), len(self.humans) + index, index, "writes")
                continue
            for what, chance in (("moves", 2.0), ("hour", 0.5), ("pauses", 0.2), ("answers", days * 0.01)):
                for _ in range(int(chance) + (draw.random() < chance % 1)):
                    second = draw.randrange(days * 1440) * 60 + 45  # not in the half minute before a tick
                    yield Event(START + timedelta(seconds=second), draw.randrange(1 << 30), index, what)

    # Running it

    async def run(self) -> None:
        """Live through all of it."""
        self.database = await fresh_database(self.path, readers=1)
        await self._settle_in()
        days = (self.end - START).days
        events = sorted(self._events(days), key=lambda event: (event.at, event.order))
        began, talk = START, START
        outages = iter([*self.outages, Outage(self.end, self.end)])
        outage = next(outages)
        while True:
            tick = await self._next_tick(began)
            if talk <= min(tick, outage.at):
                await self._everybody_talks(max(talk, self.clock.now()))
                talk += 5 * DAY
            elif events and events[0].at <= min(tick, outage.at):
                await self._apply(events.pop(0))
            elif tick < outage.at or (outage.kill and tick < outage.at + DAY):
                # A kill strikes at the first tick that has something to do, when there is most to lose.
                self.clock.set(max(tick, self.clock.now()))
                if not (outage.kill and tick >= outage.at):
                    await self._tick()
                    continue
                await self._killed(outage.kill)
                over = self.clock.now() + (outage.until - outage.at)
                began, outage = await self._restart(began, self.clock.now(), over, outage), next(outages)
            else:
                at = max(outage.at, self.clock.now())
                if outage.at >= self.end:
                    break
                began, outage = await self._restart(began, at, max(at, outage.until), outage), next(outages)
        self.ups.append((began, self.end))
        await self.database.close()

    async def _next_tick(self, began: datetime) -> datetime:
        async with self.database.reader() as conn:
            due = await first_due(conn)
        wanted = max(due or self.end + DAY, self.clock.now())
        ticks = -((began - wanted) // timedelta(seconds=TICK_SECONDS))
        return began + ticks * timedelta(seconds=TICK_SECONDS)

    async def _restart(self, began: datetime, at: datetime, until: datetime, outage: Outage) -> datetime:
        # The tick of a kill counts as one that ran, unless nothing of it was kept.
        ran = outage.kill in ("before the send", "before the record")
        end = at + SECOND if ran else at
        self.ups.append((began, max(end, began + SECOND)))  # the tick of the start always ran
        self.clock.set(max(until, self.clock.now()))
        await self.database.close()
        self.database = await fresh_database(self.path, readers=1)
        await self._deliver()
        await self._tick()
        return self.clock.now()

    async def _tick(self) -> None:
        await Reminders(self.database, self.clock, lambda: None).tick()
        await self._deliver()

    async def _killed(self, how: str) -> None:
        ticker = Reminders(self.database, self.clock, lambda: None)
        if how == "before the commit":
            with suppress(Killed):
                await self._rolled_back(ticker)
            return
        await ticker.tick()
        if how == "before the record":
            await self._deliver(lose_last_record=True)

    async def _rolled_back(self, ticker: Reminders) -> None:
        async with self.database.transaction():
            await ticker.tick()
            raise Killed

    async def _deliver(self, *, lose_last_record: bool = False) -> None:
        """Send what is pending, one after the other, as the pump does: expired rows are dropped."""
        now = self.clock.now()
        async with self.database.transaction() as tx:
            rows = await tx.fetch_all(
                "SELECT id, chat_id, screen, args, expires_at FROM outbox WHERE state = 'pending' ORDER BY id"
            )
            if not rows:
                return
            ms = int(now.timestamp() * 1000)
            for row in rows:
                if row["expires_at"] >= ms:
                    args = json.loads(row["args"])
                    delivery = Delivery(
                        now, row["chat_id"], row["screen"], args.get("date", ""), bool(args.get("late"))
                    )
                    self.sent.append(delivery)
            recorded = rows
            if lose_last_record:
                recorded, self.in_flight_at_kill = rows[:-1], self.in_flight_at_kill + 1
            await tx.execute_many("DELETE FROM outbox WHERE id = ?", [(row["id"],) for row in recorded])

    # What people do

    async def _settle_in(self) -> None:
        draw = self.random
        async with self.database.transaction() as tx:
            for index in range(self.count):
                zone = ZONES[index % len(ZONES)]
                person = await people.create(tx, 1000 + index, time_zone=zone)
                silent = index % 20 == 0
                plan = Plan({Kind.DAY: self._hour()}, zone=zone)
                if index % 5 == 1:
                    plan = plan.with_hour(Kind.EVE, "20:00")
                if index % 10 == 2:
                    plan = plan.with_hour(Kind.DINNER, "18:30")
                if index % 4 == 3:
                    plan = replace(plan, days=frozenset(draw.sample(range(7), draw.randrange(2, 7))))
                await reminders.change(tx, person.id, plan, START)
                self.humans.append(Human(person.id, person.chat_id, silent, [Setting(START, plan, "on")]))

    def _hour(self) -> str:
        """Mostly on the hour or the half hour, some at night, where clocks jump."""
        night = self.random.random() < 0.2
        hour = self.random.randrange(0, 4) if night else self.random.randrange(5, 23)
        return f"{hour:02d}:{self.random.choice((0, 0, 0, 30, 30, 15)):02d}"

    async def _everybody_talks(self, at: datetime) -> None:
        """Those who are not silent tap something, as ``reminders.heard`` would note one by one."""
        self.clock.set(at)
        talkers = [(human.person_id,) for human in self.humans if not human.silent]
        async with self.database.transaction() as tx:
            await tx.execute_many("UPDATE reminder_choices SET silent_days = 0 WHERE person_id = ?", talkers)

    async def _apply(self, event: Event) -> None:
        self.clock.set(max(event.at, self.clock.now()))
        now, human = self.clock.now(), self.humans[event.human]
        plan = human.settings[-1].plan
        async with self.database.transaction() as tx:
            if event.what == "writes":
                await reminders.heard(tx, human.person_id, now)
                human.settings.append(Setting(now, plan, "writes"))
                return
            if event.what == "answers":
                day = now.astimezone(ZoneInfo(plan.zone)).date()
                human.answers.setdefault(day, now)
                await reminders.answer(tx, human.person_id, day, reminders.DONE, now)
                return
            if event.what == "moves":
                plan = replace(plan, zone=self.random.choice(ZONES))
            elif event.what == "hour":
                plan = plan.with_hour(Kind.DAY, self._hour())
            else:
                today = now.astimezone(ZoneInfo(plan.zone)).date()
                plan = replace(plan, resumes_on=today + timedelta(days=self.random.randrange(1, 9)))
            await reminders.change(tx, human.person_id, plan, now)
        human.settings.append(Setting(now, plan, event.what))


class Killed(Exception):
    """The program died here."""


# The oracle


@cache
def instant(day: date, hour: str, zone: str) -> datetime:
    """When clocks in ``zone`` first show ``hour`` on ``day``, found by watching the clock; an hour that is leapt over is
    as much later as the clock leaps."""
    tz, wanted = ZoneInfo(zone), datetime.combine(day, time.fromisoformat(hour))
    at = (datetime.combine(day, time(12), tz) - (datetime.combine(day, time(12)) - wanted)).astimezone(
        UTC
    ) - 3 * STEP * 12

    def wall(moment: datetime) -> datetime:
        return moment.astimezone(tz).replace(tzinfo=None)

    while wall(at + STEP) < wanted:
        at += STEP
    return at + (wanted - wall(at))


def deadline(kind: Kind, day: date, due: datetime, zone: str) -> datetime:
    """Until when it is of use."""
    if kind.slot:
        return due + 60 * MINUTE
    evening = datetime.combine(
        day, time(23, 30) if kind is Kind.EVE else time(21), ZoneInfo(zone)
    ).astimezone(UTC)
    return max(due + 15 * MINUTE, evening)


@dataclass(slots=True)
class Expected:
    """Of one person and kind: days that must arrive, with how much later than due they were decided, and days that may.

    ``free``: their hour had passed when they were chosen, but it may come again for someone who then moves.
    """

    must: dict[date, timedelta] = field(default_factory=dict)
    may: set[date] = field(default_factory=set)
    free: set[date] = field(default_factory=set)


class Oracle:
    """What should have reached each chat, from what people chose and when the program ran."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._starts = [start for start, _ in world.ups]

    def tick_after(self, at: datetime) -> datetime | None:
        """The first tick at or after ``at``."""
        tick = timedelta(seconds=TICK_SECONDS)
        index = max(0, bisect_left(self._starts, at) - 1)
        for start, end in self.world.ups[index:]:
            found = start - ((start - at) // tick) * tick if at > start else start
            if found < end:
                return found
        return None

    def expected(self, human: Human, kind: Kind) -> Expected:
        """Follow one person through the year."""
        result, last = Expected(), date.min
        for setting, following in zip(human.settings, [*human.settings[1:], None], strict=True):
            until = following.since if following else self.world.end
            plan, hour = setting.plan, setting.plan.hours[kind]
            tz = ZoneInfo(plan.zone)
            day, end_day = setting.since.astimezone(tz).date() - DAY, until.astimezone(tz).date()
            if setting.why != "moves":  # what had passed when it was chosen is not owed
                passed = [d for d in (day, day + DAY) if instant(d, hour, plan.zone) <= setting.since]
                last = max([last, *passed])
                result.free.update(passed)
            while day <= end_day:
                if day > last:
                    last = self._one(human, kind, (setting, until), day, result) or last
                day += DAY
        return result

    def _one(
        self, human: Human, kind: Kind, span: tuple[Setting, datetime], day: date, result: Expected
    ) -> date | None:
        """Decide about one day; returns it when it is settled."""
        setting, until = span
        plan = setting.plan
        due = instant(day, plan.hours[kind], plan.zone)
        at = max(due, setting.since)
        # The tick of a start runs before what people wrote meanwhile is read.
        decided = self.tick_after(at + timedelta(microseconds=setting.since == at))
        if at >= until or decided is None or decided >= self.world.end:
            return None
        weekday = (day.weekday() + 1) % 7 if kind is Kind.EVE else day.weekday()
        if weekday not in plan.days or (plan.resumes_on and day < plan.resumes_on):
            return day
        if at > due and setting.since.astimezone(ZoneInfo(plan.zone)).date() != day:
            return day  # a day that was over where the person went
        last = deadline(kind, day, due, plan.zone)
        answered = kind is not Kind.EVE and human.answers.get(day, self.world.end) < decided
        if decided <= last and not answered:
            result.must[day] = decided - at
        if abs(decided - last) <= DOUBT or (at > due and abs(at - last) <= DOUBT):
            result.must.pop(day, None)
            result.may.add(day)
        return day


def arrivals(world: World) -> dict[tuple[int, str], Counter[str]]:
    """How often each day arrived, by chat and screen."""
    found: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for delivery in world.sent:
        found[delivery.chat_id, delivery.screen][delivery.day] += 1
    return found


__all__ = ["SCREEN", "STOPPED_SCREEN", "Delivery", "Oracle", "World", "arrivals"]
