"""A week of use by many people: what it weighs and how fast it answers. ``python -m bench use [-n 2000] [--days 7]``.

The real bot, in a process of its own, polls a Bot API of ours on loopback; its clock is put forward from block to block of a
day (``bench/_shifted.py``), so that its days are days, whatever is due comes due, and what is kept for days is cleared. Every
morning at 7h everybody gets the day's menu by the outbox, taps an answer and looks at the day; at noon everybody does one of
seven things (``bench/_habits.py``: a new week, the list ticked, a dinner swapped, a question, weights, past weeks, recipes), so
that within the week everybody did each; at 20h a third are told what to prepare, and on Sunday all are asked for the next week
and get their summary. Of ``-n`` people one in twenty has no week on the first day. ``--at-once`` people act at the same time,
without Telegram's limits, so that more is in flight than in a real week. Memory is resident (RSS), sampled four times a second;
bar: the bot's process stays under 300 MB. Its helpers, which plan weeks and embed, are given apart.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as Hour
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from bench import _habits, latency, reminders
from bench._botapi import ROOT
from bench._town import Neighbour, Town, Unanswered, serving
from bench.startup import SAMPLE_SECONDS, Weight, rest, weigh
from menus.reminder_plan import HOURS, Kind, Plan
from menus.reminders import change
from storage.database import Database

BAR_MB = 300.0
TOKEN = "local-token"  # noqa: S105 -- of nobody; not Telegram's kind, so its limits do not hold
QUIET_SECONDS = 2.0
"""So long nothing was sent: what came due is delivered."""

SUNDAY = 6

Doing = Callable[[Neighbour, int, int], Awaitable[None]]


@dataclass(slots=True)
class Life:
    """A bot that runs, and its clock."""

    process: asyncio.subprocess.Process
    ahead: timedelta
    at_once: int
    peak: Weight = field(default_factory=Weight)
    unanswered: list[str] = field(default_factory=list)

    async def until(self, at: datetime) -> None:
        """Put its clock forward to ``at``."""
        seconds = (at - datetime.now(UTC) - self.ahead).total_seconds()
        if seconds > 0 and self.process.stdin is not None:
            self.ahead += timedelta(seconds=seconds)
            self.process.stdin.write(f"{seconds}\n".encode())
            await self.process.stdin.drain()

    async def weigh(self) -> None:
        """Look at its memory until cancelled."""
        while True:
            now = weigh(self.process.pid)
            self.peak = Weight(max(self.peak.bot, now.bot), max(self.peak.helpers, now.helpers))
            await asyncio.sleep(SAMPLE_SECONDS)


def main(argv: Sequence[str]) -> int:
    """Run and print what was seen; 1 when the bar is missed, somebody waited for nothing or a reminder is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench use", description=__doc__)
    parser.add_argument("-n", type=int, default=2000, help="people (default 2000)")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--at-once", type=int, default=50)
    options = parser.parse_args(argv)
    return asyncio.run(_measure(options.n, options.days, options.at_once))


async def _measure(count: int, days: int, at_once: int) -> int:
    first = datetime.now(ZoneInfo(reminders.ZONE)).date() + timedelta(days=1)
    dawn = datetime.combine(first, Hour(5), ZoneInfo(reminders.ZONE))
    with tempfile.TemporaryDirectory() as name:
        path, town = Path(name) / "cardapio.db", Town()
        everybody = [(town.phone(reminders.FIRST_CHAT + number), number) for number in range(1, count + 1)]
        await _seed(path, count, dawn)
        async with serving(town) as url, _bot(path, url, dawn, at_once) as life:
            await town.phone(reminders.FIRST_CHAT + reminders.ASKER).say("/ajuda")  # the bot is there
            at_rest, began = await rest(life.process.pid), time.perf_counter()
            watching = asyncio.create_task(life.weigh())
            for number in range(days):
                await _day(life, town, dawn, number, everybody)
                print(
                    f"day {number + 1}: most so far {life.peak.bot:.0f} MB, helpers {life.peak.helpers:.0f} MB",
                    flush=True,
                )
            seconds = time.perf_counter() - began
            watching.cancel()
        missing = await _reminded(path, count * days)
    return _report(life, at_rest, town.milliseconds, seconds) | int(missing)


async def _seed(path: Path, count: int, dawn: datetime) -> None:
    """Everybody has a profile, nineteen of twenty a week from the first day on; all want reminders."""
    newcomers = max(1, count // 20)
    await reminders.seed(path, count - newcomers, dawn)
    await latency.seed(path, range(count - newcomers + 1, count + 1))
    database = await Database.open(path)
    async with database.transaction() as tx:
        rows = await tx.fetch_all(
            "SELECT id, chat_id FROM people WHERE chat_id <> ?", (reminders.FIRST_CHAT + reminders.ASKER,)
        )
        for row in rows:
            kinds = [Kind.DAY, Kind.WEEK, Kind.SUMMARY]
            kinds += [Kind.LUNCH] if row["chat_id"] % 10 == 0 else []
            kinds += [Kind.EVE] if row["chat_id"] % 3 == 0 else []
            await change(
                tx, row["id"], Plan({kind: HOURS[kind] for kind in kinds}, zone=reminders.ZONE), dawn
            )
    await database.close()


async def _day(
    life: Life, town: Town, first: datetime, day: int, everybody: Sequence[tuple[Neighbour, int]]
) -> None:
    """A day, block by block: its clock stands at each block's hour and goes on with the machine's."""
    dawn = first + timedelta(days=day)
    for hour, doing in ((Hour(7), _habits.morning), (Hour(11, 30), None), (Hour(12, 30), _habits.noon)):
        for phone, _ in everybody:
            phone.forget()
        await life.until(datetime.combine(dawn, hour, dawn.tzinfo))
        await (_all(doing, everybody, day, life) if doing else _quiet(town))
    for hour in (Hour(18), Hour(19), Hour(20)) if dawn.weekday() == SUNDAY else (Hour(20),):
        await life.until(datetime.combine(dawn, hour, dawn.tzinfo))
        await _quiet(town)


async def _all(doing: Doing, everybody: Sequence[tuple[Neighbour, int]], day: int, life: Life) -> None:
    """Everybody does it, so many of them at a time."""
    turns = iter(everybody)

    async def one_after_another() -> None:
        for phone, number in turns:
            try:
                await doing(phone, number, day)
            except Unanswered as exc:
                life.unanswered.append(f"day {day + 1}, {doing.__name__}: {exc}")

    await asyncio.gather(*(one_after_another() for _ in range(life.at_once)))


async def _quiet(town: Town) -> None:
    """Until nothing has been sent for a while."""
    town.last_sent_at = time.monotonic()
    while time.monotonic() - town.last_sent_at < QUIET_SECONDS:  # noqa: ASYNC110 -- silence has no event
        await asyncio.sleep(SAMPLE_SECONDS)


async def _reminded(path: Path, wanted: int) -> bool:
    """Say what was sent unasked, from the bot's own record; whether one of the ``wanted`` days has no reminder."""
    database = await Database.open(path)
    async with database.reader() as conn:
        decided = await conn.fetch_all(
            "SELECT kind, outcome, count(*) AS n FROM reminder_log GROUP BY 1, 2 ORDER BY 1, 2"
        )
        states = await conn.fetch_all(
            "SELECT state, count(*) AS n FROM outbox WHERE priority = 2 GROUP BY 1 ORDER BY 1"
        )
    await database.close()
    print("reminders: " + ", ".join(f"{row['kind']} {row['outcome']} {row['n']:,}" for row in decided))
    print("messages of our own: " + ", ".join(f"{row['state']} {row['n']:,}" for row in states))
    there = sum(
        row["n"] for row in decided if row["kind"] == Kind.DAY and row["outcome"] in ("queued", "late")
    )
    print(f"mornings with a reminder: {there:,} of {wanted:,}")
    return there != wanted or any(row["state"] in ("pending", "failed") for row in states)


def _report(life: Life, at_rest: Weight, answers: Sequence[float], seconds: float) -> int:
    p50, p95 = np.percentile(answers, [50, 95])
    print(
        f"{len(answers):,} answers in {seconds:.0f} s, {len(answers) / seconds:.0f} a second;"
        f" p50 {p50:.0f} ms, p95 {p95:.0f} ms; waited for nothing: {len(life.unanswered)}"
    )
    for line in life.unanswered[:10]:
        print(f"  {line}")
    print(f"memory at rest before: bot {at_rest.bot:.0f} MB, helpers {at_rest.helpers:.0f} MB")
    print(
        f"peak memory of the bot: {life.peak.bot:.0f} MB (bar {BAR_MB:.0f}); of its helpers: {life.peak.helpers:.0f} MB"
    )
    return int(life.peak.bot > BAR_MB or bool(life.unanswered))


@asynccontextmanager
async def _bot(path: Path, url: str, at: datetime, at_once: int) -> AsyncIterator[Life]:
    """The real bot, for which it is ``at`` now."""
    environment = {
        **os.environ,
        "CARDAPIO_ENV_FILE": "",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATABASE_PATH": str(path),
        "LOG_LEVEL": "WARNING",
    }
    ahead = at - datetime.now(UTC)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench._shifted", str(ahead.total_seconds())),
        cwd=ROOT,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
    )
    try:
        yield Life(process, ahead, at_once)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
