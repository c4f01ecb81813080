"""Reminders, as people choose them: hours, days, zone, pause, off, and what they answer. The tick is in ``reminder_tick``.

Each takes the connection of the caller's transaction (or a reader) first; nothing here sends anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from menus.reminder_plan import HOURS, Kind, Plan, bits, days_in, local_date, useful_until
from storage import day_answers, outbox, people, reminders
from storage.clock import zone_named
from storage.database import Connection
from storage.day_answers import DONE, SKIPPED
from storage.reminders import Choices, Reminder

__all__ = ["DONE", "SKIPPED", "Changed", "Kind", "Plan"]

ANSWERS = (DONE, SKIPPED)


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that was made. ``revision`` names it, to undo just this one; ``before`` is what it replaced."""

    plan: Plan
    before: Plan
    revision: int


async def get(conn: Connection, person_id: int) -> Reminder | None:
    """The hour of the day's menu and when it is next due; None when that is off."""
    return await reminders.get(conn, person_id)


async def plan_of(conn: Connection, person_id: int) -> Plan:
    """All that the person chose; nothing is on when they never did."""
    person, chosen = await people.get(conn, person_id), await reminders.choices(conn, person_id)
    return _plan(chosen, person.time_zone if person else Plan().zone)


async def change(tx: Connection, person_id: int, plan: Plan, now: datetime) -> Changed:
    """Make ``plan`` what the person chose, zone included; it can be undone until the next change.

    Raises ``ValueError`` when there is no such person and for a plan without days.
    """
    person, chosen = await people.get(tx, person_id), await reminders.choices(tx, person_id)
    if person is None or not plan.days:
        raise ValueError(f"there is no person {person_id}" if person is None else "no day is left")
    zone_named(plan.zone)  # read and kept now, whoever asks for it next
    before = _plan(chosen, person.time_zone)
    pending = chosen.next_due if chosen else {}
    dues = {kind: _due(kind, plan, before, pending.get(kind), now) for kind in plan.hours}
    revision = chosen.revision + 1 if chosen else 1
    if plan.zone != person.time_zone:
        await people.set_time_zone(tx, person_id, plan.zone)
    await reminders.save(tx, person_id, _choices(plan, dues, revision, before))
    if not plan.on or plan.resumes_on != before.resumes_on:
        await outbox.drop_own(tx, person_id, now)
    return Changed(plan, before, revision)


async def undo(tx: Connection, person_id: int, revision: int, now: datetime) -> Plan | None:
    """Take back the change called ``revision``, if nothing was changed since; returns what holds again."""
    chosen = await reminders.choices(tx, person_id)
    if chosen is None or chosen.before is None or chosen.revision != revision:
        return None
    plan = Plan.from_json(chosen.before)
    await change(tx, person_id, plan, now)
    return plan


async def set_hour(tx: Connection, person_id: int, hour: str, now: datetime) -> datetime:
    """Send the day's menu at ``hour`` ('HH:MM', local) from the next time the clock shows it; returns that instant.

    Raises ``ValueError`` for anything that is not an hour.
    """
    time.fromisoformat(hour)  # "" would turn it off
    plan = await with_day(tx, person_id, await plan_of(tx, person_id), hour)
    await change(tx, person_id, plan, now)
    return plan.next_due(Kind.DAY, now)


async def with_day(conn: Connection, person_id: int, plan: Plan, hour: str) -> Plan:
    """``plan`` with the day's menu at ``hour``; the first reminders that somebody chooses bring the weekly summary too."""
    plan = plan.with_hour(Kind.DAY, hour)
    if hour and await reminders.choices(conn, person_id) is None:
        plan = plan.with_hour(Kind.SUMMARY, HOURS[Kind.SUMMARY])
    return plan


async def off(tx: Connection, person_id: int, now: datetime) -> Changed:
    """Send nothing more on our own, from this moment on."""
    return await change(tx, person_id, replace(await plan_of(tx, person_id), hours={}), now)


async def refresh(tx: Connection, person_id: int, now: datetime) -> None:
    """Recompute what is due: someone who had blocked the bot, or had been silent, is back."""
    plan = await plan_of(tx, person_id)
    await reminders.reschedule(tx, {(person_id, kind.value): plan.next_due(kind, now) for kind in plan.hours})


async def suspend(tx: Connection, person_id: int) -> None:
    """Leave in peace someone who blocked the bot; what they chose is kept."""
    await reminders.suspend(tx, [person_id])


async def heard(tx: Connection, person_id: int, now: datetime) -> None:
    """The person wrote or tapped: days without an answer count from here, and reminders that had stopped come again."""
    if await reminders.heard(tx, person_id):
        await refresh(tx, person_id, now)


async def answer(tx: Connection, person_id: int, day: date, said: str, now: datetime) -> None:
    """Keep ``said`` (``DONE`` or ``SKIPPED``) for ``day``: nothing more is sent about that day."""
    await day_answers.put(tx, person_id, day, said, now)


async def take_back(tx: Connection, person_id: int, day: date) -> None:
    """Forget the answer for ``day``."""
    await day_answers.remove(tx, person_id, day)


async def answer_for(conn: Connection, person_id: int, day: date) -> str | None:
    """What the person answered for ``day``, or None."""
    return await day_answers.get(conn, person_id, day)


def _plan(chosen: Choices | None, zone: str) -> Plan:
    if chosen is None:
        return Plan(zone=zone)
    hours = {Kind(kind): hour for kind, hour in chosen.hours.items()}
    return Plan(hours, days_in(chosen.days), chosen.week_day, chosen.resumes_on, zone, chosen.summary_day)


def _choices(plan: Plan, dues: Mapping[Kind, datetime], revision: int, before: Plan) -> Choices:
    return Choices(
        hours={kind.value: hour for kind, hour in plan.hours.items()},
        next_due={kind.value: at for kind, at in dues.items()},
        days=bits(plan.days),
        week_day=plan.week_day,
        resumes_on=plan.resumes_on,
        revision=revision,
        before=before.to_json(),
        summary_day=plan.summary_day,
    )


def _due(kind: Kind, plan: Plan, before: Plan, pending: datetime | None, now: datetime) -> datetime:
    """When ``kind`` is due after a change. What was pending is not lost by it, whatever else was changed."""
    due = plan.next_due(kind, now)
    if pending is None or kind not in before.hours or plan.resumes_on != before.resumes_on:
        return due
    if pending <= now:  # its hour came, the tick did not yet
        return pending
    moved = plan.zone != before.zone and _skipped(kind, plan, local_date(pending, before.zone), due, now)
    return now if moved else due


def _skipped(kind: Kind, plan: Plan, day: date, due: datetime, now: datetime) -> bool:
    """Whether a new zone leaps over the hour of ``day``, which was still to come, and it is still of use today."""
    if day != local_date(now, plan.zone) or local_date(due, plan.zone) <= day:
        return False
    leapt = plan.next_due(kind, now - timedelta(days=2))
    while local_date(leapt, plan.zone) < day:
        leapt = plan.next_due(kind, leapt)
    return local_date(leapt, plan.zone) == day and now <= useful_until(leapt, plan.zone, kind)
