"""A simulated year of reminders: people who move, change hours, pause, answer and fall silent; a program that is stopped and
killed; a chat that keeps what arrives. What should have arrived is said by ``tests.menus.reminder_oracle``."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from menus import reminders
from menus.reminder_plan import HOURS, Kind, Plan
from menus.reminder_tick import TICK_SECONDS, Reminders
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

BETWEEN = timedelta(hours=3)
"""The program lives at least so long before the next trouble."""

MEALS = tuple(kind for kind in Kind if kind.slot)
FURTHER = tuple(kind for kind in Kind if kind is not Kind.DAY)
"""What people turn on and off beside the day's menu."""


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
    """A message that reached a chat. ``screen`` ends with the meal of a reminder before a meal."""

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
            for what, chance in (
                ("moves", 2.0),
                ("hour", 0.5),
                ("pauses", 0.2),
                ("weekdays", 0.5),
                ("turns", 0.5),
                ("answers", days * 0.01),
            ):
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
                    screen = row["screen"] + args.get("slot", "")
                    delivery = Delivery(
                        now, row["chat_id"], screen, args.get("date", ""), bool(args.get("late"))
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
                for kind in self._kinds_of(index):
                    plan = plan.with_hour(kind, HOURS[kind])
                if index % 4 == 3:
                    plan = replace(plan, days=frozenset(draw.sample(range(7), draw.randrange(2, 7))))
                if index % 3:  # a third keep Sunday
                    plan = self._other_weekdays(plan)
                await reminders.change(tx, person.id, plan, START)
                self.humans.append(Human(person.id, person.chat_id, silent, [Setting(START, plan, "on")]))

    def _kinds_of(self, index: int) -> Iterator[Kind]:
        """What a person has chosen beside the day's menu: every kind, and all that may be due at the same minute."""
        if index % 5 == 1:
            yield Kind.EVE
        if index % 10 == 2:
            yield Kind.DINNER
        if index % 20 == 14:
            yield from MEALS
        if index % 2 == 0:
            yield Kind.SUMMARY
        if index % 3 == 0:
            yield Kind.WEEK

    def _other_weekdays(self, plan: Plan) -> Plan:
        draw = self.random
        return replace(plan, week_day=draw.randrange(7), summary_day=draw.randrange(7))

    def _turned(self, plan: Plan) -> Plan:
        """One of the further kinds is turned off, or on at its usual hour or another."""
        kind = self.random.choice(FURTHER)
        if kind in plan.hours:
            return plan.with_hour(kind, "")
        return plan.with_hour(kind, self.random.choice((HOURS[kind], self._hour())))

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
            elif event.what == "weekdays":
                plan = self._other_weekdays(plan)
            elif event.what == "turns":
                plan = self._turned(plan)
            else:
                today = now.astimezone(ZoneInfo(plan.zone)).date()
                plan = replace(plan, resumes_on=today + timedelta(days=self.random.randrange(1, 9)))
            await reminders.change(tx, human.person_id, plan, now)
        human.settings.append(Setting(now, plan, event.what))


class Killed(Exception):
    """The program died here."""


def arrivals(world: World) -> dict[tuple[int, str], Counter[str]]:
    """How often each day arrived, by chat and screen."""
    found: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for delivery in world.sent:
        found[delivery.chat_id, delivery.screen][delivery.day] += 1
    return found
