"""A morning in real time: many people's reminders due at the same minute, against a Bot API that enforces Telegram's limits.

The bot is a process beside a local chat, as in the end-to-end tests. Bars: at least 95 % of Telegram's 30 messages a second,
not one 429, at most 60 MB above the memory of the idle bot. Somebody asks /hoje in the middle: answers go before reminders.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

from menus import people, reminders
from nutrition.person import Activity, Goal, Profile, Sex
from storage import menus, profiles
from storage.database import Database
from tests.e2e.driver import Control, Json, Phone
from tests.e2e.house import House
from tests.weeks import guide_week

FIRST_CHAT = 700_000_000
ASKER = 99_000
ZONE = "America/Sao_Paulo"
TELEGRAM_PER_SECOND = 30.0
RATE_BAR, MEMORY_BAR_MB = 0.95, 60.0
BATCH = 100
SETTLE_SECONDS = 45.0
"""For the bot to start, index its guide and come to rest."""

SAMPLE_SECONDS = 0.25


@dataclass(slots=True)
class Morning:
    """What was seen: the calls that sent, the bot's memory (MB, with its child processes), /hoje in the middle (ms)."""

    sends: list[Json] = field(default_factory=list)
    idle_mb: float = 0.0
    peak_mb: float = 0.0
    answer_ms: float = 0.0


class Watched(House):
    """A house whose bot can be looked at from outside, and keeps Telegram's limits as with a token of Telegram's."""

    token = "1:as-of-telegram"  # noqa: S105 -- of nobody

    @property
    def pid(self) -> int:
        """Process id of the bot."""
        assert self._bot is not None
        return self._bot.pid


def main(argv: Sequence[str]) -> int:
    """Run once and print the figures; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench reminders", description=__doc__)
    parser.add_argument("--people", type=int, default=900)
    parser.add_argument("--full", action="store_true", help="5,400 people: three minutes of sending")
    arguments = parser.parse_args(argv)
    return asyncio.run(measure(5400 if arguments.full else arguments.people))


async def measure(count: int) -> int:
    """Measure with ``count`` people."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.monotonic()
        await seed(folder / "cardapio.db", count)
        due = _whole_minute(datetime.now(UTC) + timedelta(seconds=SETTLE_SECONDS + count / 60))
        await set_hours(folder / "cardapio.db", due)
        print(f"{count} people made in {time.monotonic() - began:.0f} s; due at {due:%H:%M} UTC", flush=True)
        async with Watched(folder) as house:
            seen = await _watch(house, due, count)
    return report(seen, count)


async def seed(path: Path, count: int, now: datetime | None = None) -> None:
    """Make people who have answered every question and have a menu from the day of ``now`` (default: today) on."""
    database, now = await Database.open(path), now or datetime.now(UTC)
    today = now.astimezone(ZoneInfo(ZONE)).date()
    weeks = [await asyncio.to_thread(guide_week, number, today) for number in range(20)]
    numbers = [ASKER, *range(1, count + 1)]
    for start in range(0, len(numbers), BATCH):
        async with database.transaction() as tx:
            for number in numbers[start : start + BATCH]:
                person = await people.meet(tx, FIRST_CHAT + number, ZONE)
                await people.consent(tx, person, gemini=False, now=now)
                profile = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.MANTER, 5)
                await profiles.save(tx, person.id, profile, now)
                await menus.save_week(tx, person.id, weeks[number % len(weeks)], number, now)
    await database.close()


async def set_hours(path: Path, due: datetime) -> None:
    """Everybody but the one who asks gets a reminder at ``due``."""
    database, now = await Database.open(path), datetime.now(UTC)
    hour = due.astimezone(ZoneInfo(ZONE)).strftime("%H:%M")
    async with database.transaction() as tx:
        rows = await tx.fetch_all("SELECT id FROM people WHERE chat_id <> ?", (FIRST_CHAT + ASKER,))
        for row in rows:
            await reminders.set_hour(tx, row["id"], hour, now)
    await database.close()


async def _watch(house: Watched, due: datetime, count: int) -> Morning:
    seen, control = Morning(), house.control()
    await _introduce(house, count)
    await control.enforce_limits()
    await asyncio.sleep((due - datetime.now(UTC)).total_seconds() - 2)  # the clock is what is measured here
    seen.idle_mb = seen.peak_mb = memory_mb(house.pid)
    patience = 3 * count / TELEGRAM_PER_SECOND + 90
    async with _sampling(house.pid, seen):
        asker = asyncio.create_task(_ask(house.phone(ASKER), due, count, seen))
        await asyncio.wait_for(_collect(control, seen, count + 1), patience)
        await asker
    return seen


async def _introduce(house: Watched, count: int) -> None:
    """A bot may only write to people who wrote to it; blocking and coming back says so without a word."""
    async with httpx.AsyncClient(base_url=house.base_url, trust_env=False, timeout=60) as client:
        for start in range(1, count + 1, BATCH):
            some = range(start, min(start + BATCH, count + 1))
            for blocked in (True, False):
                await asyncio.gather(
                    *(client.post("/api/block", json={"user": number, "blocked": blocked}) for number in some)
                )


async def _collect(control: Control, seen: Morning, wanted: int) -> None:
    number, arrived = 0, 0
    while arrived < wanted:
        for call in await control.calls(after=number):
            number = call["number"]
            if call["method"].lower() == "sendmessage":
                seen.sends.append(call)
                arrived += not call["error"]
        await asyncio.sleep(SAMPLE_SECONDS)


async def _ask(phone: Phone, due: datetime, count: int, seen: Morning) -> None:
    middle = due + timedelta(seconds=count / TELEGRAM_PER_SECOND / 2 + 15)
    await asyncio.sleep(max(0.0, (middle - datetime.now(UTC)).total_seconds()))
    began = time.perf_counter()
    await phone.ask("/hoje", seconds=60)
    seen.answer_ms = (time.perf_counter() - began) * 1000


@asynccontextmanager
async def _sampling(pid: int, seen: Morning) -> AsyncIterator[None]:
    async def sample() -> None:
        while True:
            seen.peak_mb = max(seen.peak_mb, memory_mb(pid))
            await asyncio.sleep(SAMPLE_SECONDS)

    task = asyncio.create_task(sample())
    yield
    task.cancel()


def memory_mb(pid: int) -> float:
    """Resident memory of a process and its children, in MB (Linux)."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += sum(memory_mb(int(child)) for child in (task / "children").read_text().split())
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            total += int(line.split()[1]) / 1024
    return total


def report(seen: Morning, count: int) -> int:
    """Print the figures."""
    times = sorted(float(call["at"]) for call in seen.sends if not call["error"])
    refused = sum(1 for call in seen.sends if call["error"])
    rate = (len(times) - 1) / (times[-1] - times[0])
    share, above = rate / TELEGRAM_PER_SECOND, seen.peak_mb - seen.idle_mb
    print(
        f"{count} reminders in {times[-1] - times[0]:.1f} s: {rate:.2f} a second, {share:.1%} of 30 (bar {RATE_BAR:.0%})"
    )
    print(f"refused by the Bot API: {refused} (bar 0)")
    print(
        f"memory: {seen.idle_mb:.0f} MB idle, {seen.peak_mb:.0f} MB at most, {above:+.0f} MB (bar {MEMORY_BAR_MB:.0f})"
    )
    print(f"/hoje in the middle was answered in {seen.answer_ms:.0f} ms")
    print(f"100,000 at this rate: {100_000 / rate / 60:.0f} minutes")
    return 0 if share >= RATE_BAR and not refused and above <= MEMORY_BAR_MB else 1


def _whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
