"""Does one chat's work delay another? ``/hoje`` of one person, idle and while 50 weeks are made and a document is indexed.

The bot is a process beside a local chat, as in the end-to-end tests, with Telegram's limits. Other people ask ``/hoje`` at a
steady pace, whether the answer before came or not, as many times idle as busy; a time is that from sending it to seeing the
answer. Meanwhile 50 people wait for their weeks at any time (who has theirs makes room for the next), and one person's long
file, sent in the chat, is read and embedded. Bar: the p95 under load is at most 3 times the idle p95.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
WATCHERS = range(90_000, 90_030)
"""They take turns, so that the limit of about one message a second in a chat plays no part."""

READER = 90_100
SAMPLES = 300
SECONDS_BETWEEN = 0.15
MOST_WEEKS = 2_000
PAGES, WORDS_OF_A_PAGE = 300, 400
BAR = 3.0


@dataclass(frozen=True, slots=True)
class Load:
    """What was done for others while it was measured. ``reading``: what the file's sender saw last."""

    weeks: int
    reading: str


def main(argv: Sequence[str]) -> int:
    """Run once and print both distributions and their ratio; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench latency", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--embeddings", default="auto", help="the setting EMBEDDINGS of the bot")
    arguments = parser.parse_args(argv)
    return asyncio.run(measure(arguments.people, arguments.samples, arguments.embeddings))


async def measure(count: int, samples: int, embeddings: str) -> int:
    """Measure with ``count`` people whose weeks are made."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await seed(folder / "cardapio.db", [*range(1, MOST_WEEKS + 1), *WATCHERS, READER])
        async with House(folder, EMBEDDINGS=embeddings) as house:
            watchers = [house.phone(number) for number in WATCHERS]
            await asyncio.gather(*(week(phone) for phone in watchers))
            await times(watchers, len(watchers))  # the first look at a new week is not what is asked here
            idle = await times(watchers, samples)
            reader = house.phone(READER)
            await reader.send_file("livro.md", document().encode())
            async with crowd(house.base_url, count) as made:
                before = len(made)
                busy = await times(watchers, samples)
                weeks = len(made) - before
            load = Load(weeks, (await reader.look()).replies[-1].text)
    return report(idle, busy, count, load)


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


async def times(phones: Sequence[Phone], count: int) -> list[float]:
    """Milliseconds of ``count`` answers to /hoje, asked every ``SECONDS_BETWEEN`` by the next of ``phones``."""
    began, asking = time.perf_counter(), []
    for number, phone in zip(range(count), cycle(phones), strict=False):
        await asyncio.sleep(began + number * SECONDS_BETWEEN - time.perf_counter())
        asking.append(asyncio.create_task(timed(phone)))
    return list(await asyncio.gather(*asking))


async def timed(phone: Phone) -> float:
    """Milliseconds from sending /hoje to seeing the answer."""
    began = time.perf_counter()
    answer = await phone.ask("/hoje")
    elapsed = (time.perf_counter() - began) * 1000
    if "No dia:" not in answer.text:
        raise AssertionError(f"this is no menu: {answer.text}")
    return elapsed


async def week(phone: Phone) -> None:
    """Ask for a week and wait until its first day is there."""
    await phone.send_text("/cardapio")
    await phone.wait_for_message("No dia:", seconds=120)


@asynccontextmanager
async def crowd(url: str, count: int) -> AsyncIterator[list[str]]:
    """``count`` people at a time want a week; the list grows with each that was made. Entered when all have asked."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench._crowd", url, str(count), str(MOST_WEEKS)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    made: list[str] = []

    async def listen(stream: asyncio.StreamReader, asked: int) -> None:
        while asked and (line := await stream.readline()):
            made.extend(["made"] if line == b"made\n" else [])
            asked -= line == b"asked\n"

    await listen(process.stdout, count)
    listening = asyncio.create_task(listen(process.stdout, MOST_WEEKS))
    try:
        yield made
    finally:
        process.kill()
        await process.wait()
        await listening


def report(idle: Sequence[float], busy: Sequence[float], count: int, load: Load) -> int:
    """Print the figures."""
    for name, values in (("idle", idle), (f"{count} weeks and a document", busy)):
        p50, p95, p99 = np.percentile(values, [50, 95, 99])
        print(f"/hoje, {name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms ({len(values)} answers)")
    ratio = float(np.percentile(busy, 95) / np.percentile(idle, 95))
    print(f"meanwhile: {load.weeks} weeks made; the document at the end: {load.reading}")
    print(f"ratio of p95: {ratio:.2f} (bar {BAR:g})")
    return 0 if ratio <= BAR else 1


def document() -> str:
    """A book of ``PAGES`` pages in different paragraphs, more than can be embedded while it is measured."""
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
        " ".join(words[(line * 7 + word * (1 + line % 5)) % len(words)] for word in range(100)) + f" {line}."
        for line in range(PAGES * WORDS_OF_A_PAGE // 100)
    ]
    return "# Um livro\n\n" + "\n\n".join(paragraphs)
