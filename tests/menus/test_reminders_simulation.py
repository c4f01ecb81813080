"""A year of reminders of every kind by a simulated clock: none lost while the program ran, late ones by the rule, no date
twice except the one message that a kill caught between its sending and its record."""

import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from menus.reminder_plan import GRACE, Kind
from menus.reminder_tick import (
    EVE_SCREEN,
    MEAL_SCREEN,
    SCREEN,
    SILENT_DAYS,
    STOPPED_SCREEN,
    SUMMARY_SCREEN,
    WEEK_SCREEN,
)
from tests.menus.reminder_oracle import Oracle
from tests.menus.reminder_world import MEALS, World, arrivals

SCREENS = {
    Kind.DAY: SCREEN,
    Kind.EVE: EVE_SCREEN,
    Kind.WEEK: WEEK_SCREEN,
    Kind.SUMMARY: SUMMARY_SCREEN,
    **{kind: MEAL_SCREEN + kind.value for kind in MEALS},
}
assert set(SCREENS) == set(Kind)


async def lived(folder: Path, **size: int) -> World:
    world = World(folder, **size)
    await world.run()
    return world


def check(world: World) -> dict[str, int]:
    """Hold everything that arrived against the oracle; returns the figures."""
    oracle, came = Oracle(world), arrivals(world)
    figures = {"messages": len(world.sent), "lost": 0, "extra": 0, "twice": 0, "late": 0, "in doubt": 0}
    lateness = {(d.chat_id, d.day): d.late for d in world.sent if d.screen == SCREEN}
    for human in world.humans:
        for kind, screen in SCREENS.items():
            got, expected = came[human.chat_id, screen], oracle.expected(human, kind)
            must = {about(kind, day): late for day, late in expected.must.items()}
            may = {about(kind, day) for day in expected.may}
            free = {about(kind, day) for day in expected.free}
            figures["twice"] += sum(times - 1 for times in got.values())
            figures["in doubt"] += len(may)
            figures["extra"] += len(set(got) - set(must) - may - free)
            if human.silent:
                continue
            figures["lost"] += len(set(must) - set(got))
            if kind is Kind.DAY:
                wrong = [
                    day
                    for day, by in must.items()
                    if day in got and lateness[human.chat_id, day] != (by > GRACE)
                ]
                assert not wrong, (human, wrong[:3])
                figures["late"] += sum(by > GRACE for by in must.values())
    return figures


def about(kind: Kind, day: date) -> str:
    """The date that a message names which is sent on ``day``."""
    return (day + timedelta(days=kind is Kind.EVE)).isoformat()


def hold(world: World, figures: dict[str, int]) -> None:
    assert (figures["lost"], figures["extra"]) == (0, 0)
    assert figures["twice"] <= world.in_flight_at_kill
    assert figures["in doubt"] < figures["messages"] / 500
    came = arrivals(world)
    for human in (human for human in world.humans if human.silent):
        days = {
            date.fromisoformat(day) - timedelta(days=kind is Kind.EVE)
            for kind, screen in SCREENS.items()
            for day in came[human.chat_id, screen]
        }
        assert_silence(len(days), came[human.chat_id, STOPPED_SCREEN].total())


def assert_silence(days: int, questions: int) -> None:
    """Ten dates with reminders and one question, twice: the person wrote once, half way."""
    assert days == 2 * SILENT_DAYS
    assert 2 <= questions <= 3  # a repeat at a kill adds one


def by_kind(world: World) -> dict[str, int]:
    """How many messages of each kind arrived."""
    arrived = Counter(delivery.screen for delivery in world.sent)
    return {kind.value: arrived[screen] for kind, screen in SCREENS.items()}


async def test_fifty_days_of_sixteen_people(tmp_path: Path) -> None:
    world = await lived(tmp_path, count=16, days=50, seed=5, outages=8, kills=12)
    figures = check(world)
    hold(world, figures)
    assert figures["messages"] > 500 and figures["late"] > 0
    assert min(by_kind(world).values()) > 0


@pytest.mark.slow
async def test_four_hundred_days_of_two_thousand_people(tmp_path: Path) -> None:
    began = time.monotonic()
    world = await lived(tmp_path, count=2000, days=400, seed=11, outages=60, kills=300)
    figures = check(world)
    kills = sum(bool(outage.kill) for outage in world.outages)
    figures |= {"kills": kills, "in flight at a kill": world.in_flight_at_kill}
    figures |= {"downtimes": len(world.outages) - kills, "seconds": round(time.monotonic() - began)}
    print(figures, by_kind(world))
    hold(world, figures)
    assert figures["messages"] > 900_000 and figures["late"] > 1000
    assert min(by_kind(world).values()) > 5000
