"""Fuzzed updates: what they break, and what they cost others: ``python -m bench fuzz [-n 20000] [--seed N] [--samples 400]``.

First ``-n`` raw updates, valid and not, of every kind, with texts of all planes of Unicode and forged taps of every verb, go
through the real routing, worker, runners and pump over a Bot API in memory that refuses what Telegram refuses. A fault is:
an error logged, an update that does not end done, an error screen, a private message or a tap without an answer, a message
Telegram refuses, a row of anybody changed or a word of theirs shown by what others sent, and a /hoje that fails afterwards.
A fault is printed with its update, and ``--seed`` sends the same again.

Then people say plain commands at a steady pace, in turns alone, with as many plain commands of others in between, and with
as many fuzzed updates of others; weeks are made in a process of their own. A time is that from handing in the command to
its answer. Bar: no fault, and the p95 beside the fuzz at most 1.5 times that without.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from house import settle_memory
from logs import configure_logging
from menus.worker import PlanningProcess
from tests.handlers.fuzz.rounds import fuzz
from tests.handlers.fuzz.town import ASKED, SETTLED, Town, open_town
from tests.handlers.fuzz.updates import Updates

SEED = 20261124
COMMANDS = ("/hoje", "/compras", "/cardapio", "/ajuda")
WATCHERS = range(301, 309)
SECONDS_BETWEEN = 0.1
ROUNDS = 4
MOST_SECONDS = 30.0
BAR = 1.5
Another = Callable[[], dict[str, Any]]
"""Makes an update of somebody else."""


def main(argv: Sequence[str]) -> int:
    """Run both and print what came of them; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench fuzz", description=__doc__)
    parser.add_argument("-n", type=int, default=20_000, help="fuzzed updates (default 20000)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--samples", type=int, default=400, help="commands alone, and as many beside the fuzz"
    )
    options = parser.parse_args(argv)
    sys.setswitchinterval(0.0005)  # as bot.py does
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        configure_logging("INFO", out=nowhere)
        whole = asyncio.run(_faults(Path(folder), options.seed, options.n))
        stays = asyncio.run(_stays(Path(folder) / "p95", options.seed, options.samples))
    return 0 if whole and stays else 1


async def _faults(folder: Path, seed: int, number: int) -> bool:
    began = time.perf_counter()
    report = await fuzz(folder, seed, number, stop_at=20)
    print(report)
    print(
        f"{report.sent:,} fuzzed updates in {time.perf_counter() - began:.0f} s, faults: {len(report.faults)}"
    )
    return not report.faults


async def _stays(folder: Path, seed: int, samples: int) -> bool:
    """Measure commands alone, beside others' and beside the fuzz, in turns."""
    updates, rng = Updates(Random(seed), (*SETTLED, *ASKED)), Random(seed)
    kinds: dict[str, Another | None] = {
        "alone": None,
        "beside as many plain ones of others": lambda: updates.text(
            rng.choice(SETTLED), rng.choice(COMMANDS)
        ),
        "beside as many fuzzed updates": lambda: updates.one(rng.choice((*SETTLED, *ASKED))),
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    planning = PlanningProcess()
    settle_memory()
    async with open_town(folder, updates.taps.see, planning=planning) as town:
        for watcher in WATCHERS:
            await town.settle(watcher)
        for another in kinds.values():
            await _times(town, updates, len(COMMANDS) * len(WATCHERS), another)  # warms up
        for _ in range(ROUNDS):
            for name, another in kinds.items():
                times[name] += await _times(town, updates, samples // ROUNDS, another)
    planning.close()
    p95s = []
    for name, found in times.items():
        p50, p95 = np.percentile(found, [50, 95])
        p95s.append(float(p95))
        print(f"commands {name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms ({len(found)} answers)")
    alone, plain, fuzzed = p95s
    print(f"ratio of p95: {fuzzed / alone:.2f} (bar {BAR:g}); beside plain ones {plain / alone:.2f}")
    return fuzzed / alone <= BAR


async def _times(town: Town, updates: Updates, samples: int, another: Another | None) -> list[float]:
    """Milliseconds of ``samples`` answers, asked at a steady pace; ``another``: one of others in between, each time."""
    rng, loop = Random(samples), asyncio.get_running_loop()
    began, asking, others = time.perf_counter(), [], []
    for number, watcher in zip(range(samples), cycle(WATCHERS), strict=False):
        await asyncio.sleep(began + number * SECONDS_BETWEEN - time.perf_counter())
        text = COMMANDS[number // len(WATCHERS) % len(COMMANDS)]
        asking.append(loop.create_task(_timed(town, updates, watcher, text)))
        if another is not None:
            others.append(loop.create_task(_later(town, another(), rng.random() * SECONDS_BETWEEN)))
    times = list(await asyncio.gather(*asking))
    await asyncio.gather(*others)
    await town.quiet()
    for kept in (town.telegram.history, town.telegram.shown, town.telegram.answered):
        kept.clear()
    return times


async def _timed(town: Town, updates: Updates, chat_id: int, text: str) -> float:
    began = time.perf_counter()
    answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    town.telegram.awaited[chat_id].append(answered)
    await town.deliver([updates.text(chat_id, text)])
    async with asyncio.timeout(MOST_SECONDS):
        await answered
    return (time.perf_counter() - began) * 1000


async def _later(town: Town, update: dict[str, Any], seconds: float) -> None:
    await asyncio.sleep(seconds)
    await town.deliver([update])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
