"""How long a start takes until somebody is answered, and what the bot weighs: ``python -m bench startup [-n 3] [--people 20]``.

The bot is a process beside a local chat, as in the end-to-end tests. Somebody's message waits when the bot is started; the
time is from there to seeing the answer, with a new database (made, the guide's words indexed in the background) and with
the same one again. Memory is resident (RSS): the bot's process and its helpers (planning, reading) apart, once the guide is
indexed and nothing has changed for a while, and the most that was seen while ``--people`` have their weeks made at once.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.latency import seed, week
from bench.reminders import Watched
from tests.e2e.driver import Phone

NEWCOMER = 90_200
SAMPLE_SECONDS = 0.25
STILL_SAMPLES = 12
"""So many samples without growth are rest."""

MOST_SECONDS = 120.0


@dataclass(slots=True)
class Weight:
    """Resident memory in MB."""

    bot: float = 0.0
    helpers: float = 0.0

    @property
    def total(self) -> float:
        """Of all processes."""
        return self.bot + self.helpers


@dataclass(slots=True)
class Starts:
    """What was seen."""

    new_s: list[float] = field(default_factory=list)
    again_s: list[float] = field(default_factory=list)
    rest: Weight = field(default_factory=Weight)
    peak: Weight = field(default_factory=Weight)


def main(argv: Sequence[str]) -> int:
    """Run and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench startup", description=__doc__)
    parser.add_argument("-n", type=int, default=3, help="starts of each kind (default 3)")
    parser.add_argument("--people", type=int, default=20, help="whose weeks are made at once (default 20)")
    options = parser.parse_args(argv)
    seen = asyncio.run(_measure(options.n, options.people))
    for name, values in (("a new database", seen.new_s), ("the same again", seen.again_s)):
        print(f"start to first answer, {name}: median {median(values):.1f} s, most {max(values):.1f} s")
    for name, weight in (("at rest", seen.rest), (f"at most, {options.people} weeks at once", seen.peak)):
        print(f"memory {name}: {weight.total:.0f} MB (bot {weight.bot:.0f}, helpers {weight.helpers:.0f})")
    return 0


async def _measure(starts: int, people: int) -> Starts:
    seen = Starts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Watched(folder) as house:
            phone = house.phone(NEWCOMER)
            for _ in range(starts):
                await house.kill()
                for suffix in ("", "-wal", "-shm"):
                    await asyncio.to_thread((folder / f"cardapio.db{suffix}").unlink, missing_ok=True)
                seen.new_s.append(await _start(house, phone))
            for _ in range(starts):
                await house.kill()
                seen.again_s.append(await _start(house, phone))
            await house.kill()
            await seed(folder / "cardapio.db", range(1, people + 1))
            await _start(house, phone)
            seen.rest = await rest(house.pid)
            await _load(house, people, seen.peak)
    return seen


async def _start(house: Watched, phone: Phone) -> float:
    """Seconds from the start of the process to the answer that somebody waited for."""
    sent = await phone.send_text("/start")
    began = time.perf_counter()
    await house.start_bot()
    await phone.wait_for_message("", after=sent, seconds=MOST_SECONDS)
    return time.perf_counter() - began


async def rest(pid: int) -> Weight:
    """The memory when it has not grown for a while."""
    weight, still, began = weigh(pid), 0, time.monotonic()
    while still < STILL_SAMPLES and time.monotonic() - began < MOST_SECONDS:
        await asyncio.sleep(SAMPLE_SECONDS)  # the samples' own pace
        now = weigh(pid)
        still = still + 1 if now.total <= weight.total + 0.5 else 0
        weight = now
    return weight


async def _load(house: Watched, people: int, peak: Weight) -> None:
    """Everybody's week at once; ``peak`` becomes the most that was seen."""
    weeks = asyncio.gather(*(week(house.phone(number)) for number in range(1, people + 1)))
    while not weeks.done():
        now = weigh(house.pid)
        if now.total > peak.total:
            peak.bot, peak.helpers = now.bot, now.helpers
        await asyncio.wait([weeks], timeout=SAMPLE_SECONDS)
    await weeks


def weigh(pid: int) -> Weight:
    """Resident memory of a process, and of its children and theirs (Linux)."""
    return Weight(_resident(pid), sum(weigh(child).total for child in _children(pid)))


def _children(pid: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
