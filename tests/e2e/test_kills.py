"""``kill -9`` at random moments while many people chat: nothing is lost, nothing done twice, every repetition explained.

    KILLS=200 PEOPLE=50 python -m pytest -m slow -n 0 -s tests/e2e/test_kills.py

takes about a quarter of an hour and prints its figures. ``STOPS`` is for the same with SIGTERM, ``SEED`` draws the moments.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.kills_house import NEW, SERVING, End, KilledHouse, Moment, moments
from tests.e2e.kills_memory import introduce
from tests.e2e.kills_oracle import Duplicates, duplicates, problems
from tests.e2e.kills_people import Person

KILLS = int(os.environ.get("KILLS", "200"))
STOPS = int(os.environ.get("STOPS", "20"))
PEOPLE = int(os.environ.get("PEOPLE", "50"))
SEED = int(os.environ.get("SEED", "7"))
PATIENCE = 3600.0
"""Most seconds that anybody waits for one answer: many kills may lie between."""

SETTLING_SECONDS = 600.0
"""Within these, after the last end, everybody must have their answer: weeks that no life was long enough for come last."""

DRAIN_SECONDS = 40.0
"""What ``docs/operations.md`` tells a service manager to wait. A change that is being computed is not cut short, and takes
seconds where many share a core."""

ZONES = ("America/Sao_Paulo", "Asia/Tokyo", "Pacific/Auckland", "Europe/Lisbon")
SECONDS_A_LIFE = 4.7


def daytime_zone() -> str:
    """Where no local midnight and no reminder of seven o'clock comes while this runs."""
    return next(zone for zone in ZONES if 8 <= datetime.now(ZoneInfo(zone)).hour < 21)


def crowd(house: KilledHouse, span: float) -> list[Person]:
    """Everybody, of whom one in five is new to the bot. Their reminders come within ``span`` seconds from now."""
    began, zone, people = datetime.now(UTC), daytime_zone(), list[Person]()
    for number in range(1, PEOPLE + 1):
        due = began + timedelta(seconds=60 + span * number / PEOPLE)
        phone = house.phone(number)
        phone.patience = PATIENCE
        people.append(Person(phone, SEED, zone, due, known=number % 5 != 1))
    return people


@asynccontextmanager
async def all_end(people: Sequence[Person]) -> AsyncIterator[asyncio.Timeout]:
    """A time limit, to be set; when it is over this fails with the names of what people still wait for."""
    try:
        async with asyncio.timeout(None) as limit:
            yield limit
    except TimeoutError:
        waiting = [f"{person.phone.number}: {person.doing}" for person in people if person.doing]
        pytest.fail(f"still wait {SETTLING_SECONDS:g} s after the last end: {', '.join(waiting)}")


async def live_through(house: KilledHouse, ends: Sequence[Moment], *, kill: bool) -> list[Person]:
    """People chat while the bot ends at each of ``ends`` and is started again; returns when nothing is left to do.

    Those who are known to the bot come once its database is there, after the ends on a new one."""
    people, enough = crowd(house, len(ends) * SECONDS_A_LIFE), asyncio.Event()
    known = [person.phone.number for person in people if person.known]
    first = max(1, sum(moment.kind == NEW for moment in ends))
    async with all_end(people) as patience, asyncio.TaskGroup() as group:

        async def come() -> None:
            await introduce(house.folder / "cardapio.db", known, daytime_zone())
            for person in people:
                if person.known:
                    group.create_task(person.live(enough))

        for person in people:
            if not person.known:
                group.create_task(person.live(enough))
        for number, moment in enumerate(ends, start=1):
            await house.end(moment, kill=kill, meanwhile=come if number == first else None)
        enough.set()
        patience.reschedule(asyncio.get_running_loop().time() + SETTLING_SECONDS)
    await house.quiet(PATIENCE)
    await house.rest()
    return people


def figures(
    name: str, ends: Sequence[End], people: Sequence[Person], by_end: Sequence[int], seconds: float
) -> str:
    """What was done and seen, for the report."""
    done = sum((person.memory.done for person in people), Counter[str]())
    told = sum((person.memory.told for person in people), Counter[str]())
    updates = sum(person.memory.updates for person in people)
    asked = [each for person in people for each in person.memory.reminders.values()]
    at: Counter[str] = Counter()
    for end in ends:
        at["starting" if not end.serving else "serving"] += 1
        at.update(what for what, number in end.in_work.items() if number)
        at["updates left by the end before"] += end.left > 0
    return "\n".join(
        (
            f"{len(ends)} {name} in {seconds:.0f} s, {len(people)} people, {updates:,} updates",
            f"drawn: {dict(Counter(end.moment.kind for end in ends))}",
            f"found under way: {dict(at)}",
            f"done: {dict(done)}",
            f"told: {dict(told)}",
            f"reminders: {len(asked)} asked for, {sum(each.noted < each.due for each in asked)} noted in time",
            f"messages sent twice: {sum(by_end)} at {sum(map(bool, by_end))} {name}, at most {max(by_end)} at one",
        )
    )


@pytest.mark.slow
async def test_kill_9_at_random_moments_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    began = time.monotonic()
    async with KilledHouse(tmp_path, DEFAULT_TIMEZONE=daytime_zone()) as house:
        people = await live_through(house, moments(KILLS, SEED), kill=True)
        twice = await duplicates(house, people)
        print("\n" + figures("kills", house.ends, people, twice.by_end, time.monotonic() - began))
        found = await problems(house, people, datetime.now(UTC)) + twice.unexplained
        assert found == [], "\n".join(found)
        assert await house.stop() == 0


@pytest.mark.slow
async def test_sigterm_at_random_moments_loses_and_repeats_nothing(tmp_path: Path) -> None:
    began, drawn = time.monotonic(), moments(STOPS * 4, SEED + 1)
    serving = [moment for moment in drawn if moment.kind == SERVING][:STOPS]
    async with KilledHouse(tmp_path, DEFAULT_TIMEZONE=daytime_zone()) as house:
        people = await live_through(house, serving, kill=False)
        twice = await duplicates(house, people)
        print("\n" + figures("stops", house.ends, people, twice.by_end, time.monotonic() - began))
        print(f"the longest stop took {max(end.took for end in house.ends):.1f} s")
        found = await problems(house, people, datetime.now(UTC)) + twice.unexplained
        assert found == [], "\n".join(found)
        assert sum(twice.by_end) == 0
        assert {end.code for end in house.ends} == {0}
        assert max(end.took for end in house.ends) < DRAIN_SECONDS


@pytest.mark.parametrize(
    ("ids", "noted", "settled", "explained", "wrong"),
    [
        ([1, 2, 3, 4], 4, (2, 4), (0, 0), 0),  # nothing came twice
        ([1, 2, 3, 4], 3, (1, 3), (1, 0), 0),  # the second was in flight at the first kill, and came again
        ([1, 2, 3, 4, 5], 4, (2, 4), (0, 0), 1),  # something came twice, with no kill between
        ([1, 2, 3, 4], 2, (0, 2), (2, 0), 1),  # two of one chat were in flight at once
        ([1, 3, 4], 4, (2, 4), (-1, 0), 1),  # something was noted as sent and never came
    ],
)
def test_only_one_message_of_a_chat_that_was_in_flight_explains_a_repetition(
    ids: list[int], noted: int, settled: tuple[int, int], explained: tuple[int, int], wrong: int
) -> None:
    ends = [
        End(Moment(SERVING, 0.0), 1.0, last, settled={7: n}) for last, n in zip((2, 4), settled, strict=True)
    ]
    found = Duplicates(ends)
    found.add(7, ids, noted)
    assert tuple(found.by_end) == explained
    assert len(found.unexplained) == wrong, found.unexplained
