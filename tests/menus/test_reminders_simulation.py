"""A year of reminders by a simulated clock: none lost while the program ran, late ones by the rule, no date twice except
the one message that a kill caught between its sending and its record."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from menus.reminder_plan import GRACE, Kind
from menus.reminder_tick import EVE_SCREEN, MEAL_SCREEN, SCREEN, SILENT_DAYS, STOPPED_SCREEN
from tests.menus.reminder_world import Human, Oracle, World, arrivals

SCREENS = {Kind.DAY: SCREEN, Kind.EVE: EVE_SCREEN, Kind.DINNER: MEAL_SCREEN}


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
            if kind not in human.settings[0].plan.hours:
                continue
            got, expected = came[human.chat_id, screen], oracle.expected(human, kind)
            about = timedelta(days=1) if kind is Kind.EVE else timedelta(0)
            must = {(day + about).isoformat(): late for day, late in expected.must.items()}
            may = {(day + about).isoformat() for day in expected.may}
            free = {(day + about).isoformat() for day in expected.free}
            figures["twice"] += sum(times - 1 for times in got.values())
            figures["in doubt"] += len(may)
            if human.silent:
                assert set(got) <= set(must) | may | free
                continue
            figures["lost"] += len(set(must) - set(got))
            figures["extra"] += len(set(got) - set(must) - may - free)
            if kind is Kind.DAY:
                wrong = [
                    day
                    for day, by in must.items()
                    if day in got and lateness[human.chat_id, day] != (by > GRACE)
                ]
                assert not wrong, (human, wrong[:3])
                figures["late"] += sum(by > GRACE for by in must.values())
    return figures


def hold(world: World, figures: dict[str, int]) -> None:
    assert (figures["lost"], figures["extra"]) == (0, 0)
    assert figures["twice"] <= world.in_flight_at_kill
    assert figures["in doubt"] < figures["messages"] / 500
    came = arrivals(world)
    for human in (human for human in world.humans if human.silent):
        assert_silence(
            human, came[human.chat_id, SCREEN].total(), came[human.chat_id, STOPPED_SCREEN].total()
        )


def assert_silence(human: Human, mornings: int, questions: int) -> None:
    """Ten mornings and one question, twice: the person wrote once, half way."""
    assert 2 * SILENT_DAYS <= mornings <= 2 * SILENT_DAYS + 2  # a repeat at a kill adds one
    assert 2 <= questions <= 3


async def test_fifty_days_of_sixteen_people(tmp_path: Path) -> None:
    world = await lived(tmp_path, count=16, days=50, seed=5, outages=8, kills=12)
    figures = check(world)
    hold(world, figures)
    assert figures["messages"] > 500 and figures["late"] > 0


@pytest.mark.slow
async def test_four_hundred_days_of_two_thousand_people(tmp_path: Path) -> None:
    began = time.monotonic()
    world = await lived(tmp_path, count=2000, days=400, seed=11, outages=60, kills=300)
    figures = check(world)
    figures |= {"in flight at a kill": world.in_flight_at_kill, "seconds": round(time.monotonic() - began)}
    print(figures)
    hold(world, figures)
    assert figures["messages"] > 600_000 and figures["late"] > 1000
