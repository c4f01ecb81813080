"""What should have reached each chat of ``tests.menus.reminder_world``, worked out by another arithmetic than the program's:
by watching clocks, one local date after the other."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from menus.reminder_plan import Kind, Plan
from menus.reminder_tick import TICK_SECONDS
from tests.menus.reminder_world import DAY, MINUTE, Human, Setting, World

STEP = timedelta(minutes=5)
"""Hours in this world are multiples of it, and so is every jump of a clock."""

DOUBT = timedelta(minutes=3)
"""What is due so shortly before it stops being of use may go either way when the program is killed just then."""


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


def on_its_day(kind: Kind, plan: Plan, day: date) -> bool:
    """Whether ``kind`` comes on this day of the week at all."""
    match kind:
        case Kind.WEEK:
            return day.weekday() == plan.week_day
        case Kind.SUMMARY:
            return day.weekday() == plan.summary_day
        case Kind.EVE:
            return (day + DAY).weekday() in plan.days
        case _:
            return day.weekday() in plan.days


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
            plan, hour = setting.plan, setting.plan.hours.get(kind)
            if hour is None:
                continue
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
        if not on_its_day(kind, plan, day) or (plan.resumes_on and day < plan.resumes_on):
            return day
        if at > due and setting.since.astimezone(ZoneInfo(plan.zone)).date() != day:
            return day  # a day that was over where the person went
        last = deadline(kind, day, due, plan.zone)
        about_today = kind is Kind.DAY or kind.slot is not None
        answered = about_today and human.answers.get(day, self.world.end) < decided
        if decided <= last and not answered:
            result.must[day] = decided - at
        if abs(decided - last) <= DOUBT or (at > due and abs(at - last) <= DOUBT):
            result.must.pop(day, None)
            result.may.add(day)
        return day
