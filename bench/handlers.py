"""What a plain command costs through the whole bot, beside a bare python-telegram-bot that echoes.

    python -m bench handlers [-n 2000] [--chats 8] [--rounds 3] [--memory]

Both bots run in this process against a Bot API of another process on loopback, in turns. ``--chats`` people say /ajuda and
say it again when they are answered. Ours: the poll loop, the inbox on disk, one transaction a turn, the outbox on disk, the
screen with its buttons rendered, limiter (without limits) and sender, a log line a turn; without the loops that no command
waits for. The echo: ``ApplicationBuilder`` with its defaults, ``start_polling``, one ``CommandHandler`` that replies with
the command's own text; it stores nothing. ``--memory``: no network on either side, so that only the bots' own work is left.
Cost is processor time of this process, all its threads included. Bar: ours at most 1.5 times the echo's.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from telegram import Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

import handlers.screens  # noqa: F401 -- importing it fills the registry of screens
from bench._botapi import FIRST_CHAT, InMemory, People, remote
from handlers.catalogue import catalogue
from handlers.routing import route
from handlers.services import Services, warm_up
from handlers.transport.application import Face, Transport
from handlers.transport.bot import make_bot
from handlers.transport.limiter import Limits
from handlers.transport.screens import screens
from house import settle_memory
from logs import configure_logging
from menus import people
from menus.service import MenuService
from menus.weekly import Workshop
from nutrition.foods import FoodTable
from nutrition.person import Activity, Goal, Profile, Sex
from storage import profiles
from storage.clock import SystemClock
from storage.database import Database

COMMAND = "/ajuda"
BAR = 1.5
TOKEN = "1:x"  # noqa: S105 -- of nobody
NO_LIMITS = Limits(per_second=100_000.0, chat_per_second=100_000.0, chat_burst=100_000)
Round = Callable[[int, int, str], Awaitable[tuple[float, list[float]]]]
"""(commands, people, text): seconds, and the milliseconds of each command."""


@dataclass(frozen=True, slots=True)
class Api:
    """Where a bot finds the Bot API: an address, or calls that never leave the process."""

    url: str
    request: InMemory | None
    round: Round


@dataclass(frozen=True, slots=True)
class Cost:
    """One bot in one round. ``cpu_ms``: processor time of a command."""

    per_second: float
    p50: float
    p95: float
    cpu_ms: float


def main(argv: Sequence[str]) -> int:
    """Run and print both bots' figures and the ratio; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench handlers", description=__doc__)
    parser.add_argument("-n", type=int, default=2000, help="commands a round and bot (default 2000)")
    parser.add_argument("--chats", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm-up", type=int, default=50, help="commands before a round that do not count")
    parser.add_argument("--memory", action="store_true", help="no network on either side")
    options = parser.parse_args(argv)
    sys.setswitchinterval(0.0005)  # as bot.py does; the echo bot's one thread does not mind
    warm_up()
    settle_memory()
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        configure_logging("INFO", out=nowhere)
        return asyncio.run(measure(Path(folder) / "cardapio.db", options))


async def measure(path: Path, options: argparse.Namespace) -> int:
    """Measure with a database at ``path``; 1 when the bar is missed."""
    ours: list[Cost] = []
    echoes: list[Cost] = []
    for number in range(options.rounds):
        own = path.with_name(f"{number}-{path.name}")  # update ids begin anew, and ours are done only once

        def ours_bot(api: Api, own: Path = own) -> AbstractAsyncContextManager[None]:
            return whole_bot(api, own, options.chats)

        for costs, bot in ((echoes, echo_bot), (ours, ours_bot)):
            async with _api(memory=options.memory) as api, bot(api):
                await api.round(options.warm_up, options.chats, COMMAND)
                costs.append(await _round(api, options.n, options.chats))
    return _report(ours, echoes, options)


async def _round(api: Api, count: int, chats: int) -> Cost:
    worked = time.process_time()
    seconds, milliseconds = await api.round(count, chats, COMMAND)
    worked = time.process_time() - worked
    p50, p95 = np.percentile(milliseconds, [50, 95]).tolist()
    return Cost(count / seconds, p50, p95, 1000 * worked / count)


@asynccontextmanager
async def _api(*, memory: bool) -> AsyncIterator[Api]:
    if not memory:
        async with remote() as far:
            yield Api(far.url, None, far.round)
        return
    crowd = People()

    async def run(total: int, chats: int, text: str) -> tuple[float, list[float]]:
        now = crowd.begin(total, chats, text)
        await now.over.wait()
        return now.seconds, now.milliseconds

    yield Api("http://127.0.0.1:9", InMemory(crowd), run)


@asynccontextmanager
async def echo_bot(api: Api) -> AsyncIterator[None]:
    """The bare bot, polling."""

    async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        assert update.message.text is not None
        await update.message.reply_text(update.message.text)

    builder: Any = ApplicationBuilder().token(TOKEN)
    if api.request is None:
        builder = builder.base_url(f"{api.url}/bot")
    else:
        builder = builder.request(api.request).get_updates_request(api.request)
    application = builder.build()
    application.add_handler(CommandHandler(COMMAND[1:], echo))
    async with application:
        await application.updater.start_polling()
        await application.start()
        yield
        await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def whole_bot(api: Api, path: Path, chats: int) -> AsyncIterator[None]:
    """Our bot with ``chats`` people who have answered every question, polling."""
    database = await Database.open(path)
    try:
        await _introduce(database, chats)
        table = FoodTable.load()
        services = Services(table, MenuService(database, Workshop(table, None)))
        bot = make_bot(TOKEN, api.url, request=api.request, polling=api.request)
        face = Face(route, screens, catalogue, services)
        transport = Transport(bot, database, SystemClock(), face, NO_LIMITS)
        await transport.start()
        yield
        await transport.stop()
    finally:
        await database.close()


async def _introduce(database: Database, chats: int) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        for number in range(chats):
            person = await people.meet(tx, FIRST_CHAT + number, "America/Sao_Paulo")
            await people.consent(tx, person, gemini=False, now=now)
            profile = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.MANTER, 5)
            await profiles.save(tx, person.id, profile, now)


def _report(ours: Sequence[Cost], echoes: Sequence[Cost], options: argparse.Namespace) -> int:
    where = "in memory" if options.memory else "loopback HTTP"
    print(
        f"{options.rounds} rounds of {options.n} x {COMMAND} by {options.chats} people, Bot API: {where}; medians"
    )
    for name, costs in (("whole bot", ours), ("bare echo bot", echoes)):
        print(
            f"  {name:14} {median(c.per_second for c in costs):7.0f} updates/s, p50 {median(c.p50 for c in costs):6.1f} ms,"
            f" p95 {median(c.p95 for c in costs):6.1f} ms, processor {median(c.cpu_ms for c in costs):5.2f} ms a command"
        )
    pairs = list(zip(ours, echoes, strict=True))
    ratio = median(our.cpu_ms / echo.cpu_ms for our, echo in pairs)
    slower = median(echo.per_second / our.per_second for our, echo in pairs)
    tail = median(our.p95 / echo.p95 for our, echo in pairs)
    print(f"whole bot over echo bot: processor {ratio:.2f} (bar {BAR:g}), time {slower:.2f}, p95 {tail:.2f}")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
