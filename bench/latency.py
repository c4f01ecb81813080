"""Does one chat's work delay another? ``/hoje`` of one person, idle and while 50 weeks are made and a document is indexed.

The bot is a process beside a local chat, as in the end-to-end tests; a time is that from sending ``/hoje`` to seeing the
answer. Bar: the p95 under load is at most 3 times the idle p95.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import numpy as np

from menus import people
from nutrition.person import Activity, Goal, Profile, Sex
from storage import profiles
from storage.database import Database
from tests.e2e.driver import Phone
from tests.e2e.house import ROOT, House

FIRST_CHAT = 700_000_000
WATCHERS = range(900, 930)
"""They take turns, so that the limit of about one message a second in a chat plays no part."""

IDLE_SAMPLES = 90
BAR = 3.0


def main(argv: Sequence[str]) -> int:
    """Run once and print both distributions and their ratio; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench latency", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    arguments = parser.parse_args(argv)
    return asyncio.run(measure(arguments.people))


async def measure(count: int) -> int:
    """Measure with ``count`` people whose weeks are made."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await seed(folder / "cardapio.db", [*range(1, count + 1), *WATCHERS])
        document = folder / "documento.md"
        document.write_text(_document(), encoding="utf-8")
        async with House(folder) as house:
            watchers = cycle([house.phone(number) for number in WATCHERS])
            await asyncio.gather(*(week(next(watchers)) for _ in WATCHERS))
            idle = [await timed(next(watchers)) for _ in range(IDLE_SAMPLES)]
            phones = [house.phone(number) for number in range(1, count + 1)]
            index = await asyncio.create_subprocess_exec(
                "nice",
                sys.executable,
                "bot.py",
                "index",
                str(document),
                cwd=ROOT,
                env=house.environment(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            making = asyncio.gather(*(week(phone) for phone in phones))
            await asyncio.gather(*(phone.wait_for_message("Montando") for phone in phones))
            busy = []
            while not making.done():
                busy.append(await timed(next(watchers)))
            await making
            indexing = index.returncode is None
            if indexing:
                index.kill()
            await index.wait()
    return report(idle, busy, count, indexing)


async def seed(path: Path, numbers: Sequence[int]) -> None:
    """Make people who have answered every question."""
    database = await Database.open(path)
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        for number in numbers:
            person = await people.meet(tx, FIRST_CHAT + number, "America/Sao_Paulo")
            await people.consent(tx, person, gemini=False, now=now)
            profile = Profile(
                sex=Sex.F if number % 2 else Sex.M,
                age=20 + number % 45,
                height_cm=155 + number % 35,
                weight_kg=62 + number % 30,
                activity=list(Activity)[number % 5],
                goal=list(Goal)[number % 3],
                meals_per_day=3 + number % 4,
            )
            await profiles.save(tx, person.id, profile, now)
    await database.close()


async def timed(phone: Phone) -> float:
    """Milliseconds from sending /hoje to seeing the answer."""
    began = time.perf_counter()
    await phone.ask("/hoje")
    return (time.perf_counter() - began) * 1000


async def week(phone: Phone) -> None:
    """Ask for a week and wait until its first day is there."""
    await phone.send_text("/cardapio")
    await phone.wait_for_message("No dia:", seconds=120)


def report(idle: Sequence[float], busy: Sequence[float], count: int, indexing: bool) -> int:
    """Print the figures."""
    for name, values in (("idle", idle), (f"{count} weeks and a document", busy)):
        p50, p95 = np.percentile(values, [50, 95])
        print(f"/hoje, {name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms ({len(values)} answers)")
    ratio = float(np.percentile(busy, 95) / np.percentile(idle, 95))
    print(f"ratio of p95: {ratio:.2f} (bar {BAR:g}); document still being indexed at the end: {indexing}")
    return 0 if ratio <= BAR else 1


def _document() -> str:
    """A document of 400 different paragraphs, enough to be embedded for the whole measurement."""
    words = [
        "arroz",
        "feijão",
        "couve",
        "tomate",
        "peixe",
        "frango",
        "salada",
        "fruta",
        "água",
        "fibra",
        "proteína",
        "horário",
        "preparo",
        "porção",
    ]
    paragraphs = [
        " ".join(words[(line * 7 + word * (1 + line % 5)) % len(words)] for word in range(60)) + f" {line}."
        for line in range(400)
    ]
    return "# Documento de teste\n\n" + "\n\n".join(paragraphs)
