"""A week of use by many people: what it weighs and how fast it answers. ``python -m bench use [-n 2000] [--days 7]``.

The real bot (``bot.py``, a process of its own) polls a Bot API of ours on loopback. Of ``-n`` people with a profile one in
twenty has no week yet and gets one made; on each of ``--days`` days everybody says each of ``SAID``, ``--at-once`` people
writing at the same time. The days follow each other without a pause, so that more is in flight than in a real week, and
the clock is the machine's: reminders are measured apart (``bench reminders``). Memory is resident (RSS), sampled four times a
second; bar: the bot's process stays under 300 MB. Its helper, which plans weeks, is given apart.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from bench import latency, reminders
from bench._botapi import ROOT, remote
from bench.startup import SAMPLE_SECONDS, Weight, weigh

SAID = ("/hoje", "/compras", "/cardapio", "/historico")
BAR_MB = 300.0
TOKEN = "local-token"  # noqa: S105 -- of nobody


def main(argv: Sequence[str]) -> int:
    """Run and print what was seen; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench use", description=__doc__)
    parser.add_argument("-n", type=int, default=2000, help="people (default 2000)")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--at-once", type=int, default=50)
    options = parser.parse_args(argv)
    return asyncio.run(_measure(options))


async def _measure(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "cardapio.db"
        newcomers = max(1, options.n // 20)
        await reminders.seed(path, options.n - newcomers)
        await latency.seed(path, range(options.n - newcomers + 1, options.n + 1))
        async with remote() as api, _bot(path, api.url) as pid:
            await api.round(1, 1, "/ajuda")  # the bot is there
            bot, helpers, answers = Weight(), Weight(), list[float]()
            began = time.perf_counter()
            for day in range(1, options.days + 1):
                work = asyncio.create_task(
                    api.round(options.n * len(SAID), options.n, "|".join(SAID), options.at_once)
                )
                while not work.done():
                    now = weigh(pid)
                    bot.bot = max(bot.bot, now.bot)
                    helpers.helpers = max(helpers.helpers, now.helpers)
                    await asyncio.wait([work], timeout=SAMPLE_SECONDS)
                answers += (await work)[1]
                print(
                    f"day {day}: most so far {bot.bot:.0f} MB, helpers {helpers.helpers:.0f} MB", flush=True
                )
            seconds = time.perf_counter() - began
    p50, p95 = np.percentile(answers, [50, 95])
    print(
        f"{options.n:,} people, {options.days} days: {len(answers):,} answers in {seconds:.0f} s,"
        f" {len(answers) / seconds:.0f} a second; p50 {p50:.0f} ms, p95 {p95:.0f} ms with {options.at_once} at once"
    )
    print(
        f"peak memory of the bot: {bot.bot:.0f} MB (bar {BAR_MB:.0f}); of its helpers: {helpers.helpers:.0f} MB"
    )
    return 0 if bot.bot <= BAR_MB else 1


@asynccontextmanager
async def _bot(path: Path, url: str) -> AsyncIterator[int]:
    """The real bot; gives its process id."""
    environment = {
        **os.environ,
        "CARDAPIO_ENV_FILE": "",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATABASE_PATH": str(path),
        "LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "bot.py", cwd=ROOT, env=environment)
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
