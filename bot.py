"""Cardápio's front door: the command line. ``python bot.py`` runs the bot; ``python bot.py --help`` lists the rest.

Each command imports what it uses when it is given: the local chat needs no tables, and the planning process, which
imports this file again as every spawned process does, needs nothing of it at all.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Do what was asked; returns the exit code: 0 done, 1 failed with a sentence on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["localchat"]:  # it reads its own options
        import localchat

        return localchat.main(words[1:])
    arguments = _parser().parse_args(words)
    gc.disable()  # what is imported stays: looking it through for garbage over and over took 0.1 s of a start
    import settings as configuration
    from logs import configure_logging
    from menus.failures import report
    from rag.cli import CannotIndex
    from storage.errors import StorageError

    try:
        settings = configuration.load()
        configure_logging(settings.log_level, settings.secrets())
        return asyncio.run(_COMMANDS[arguments.command or "run"](settings, arguments))
    except (configuration.SettingsError, StorageError, CannotIndex, OSError) as exc:
        print(exc, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as exc:  # noqa: BLE001 -- a traceback's last line may quote a person: lines of code only
        report("stopped_by_error", exc)
        return 1
    finally:
        gc.enable()


async def _run(settings: Settings, _arguments: argparse.Namespace) -> int:
    from telegram.error import InvalidToken

    import wiring
    from house import share_heaps

    gc.freeze()  # until `house.settle_memory`
    gc.enable()
    share_heaps()
    # the loop and the database's threads hand over often and hold the lock briefly
    sys.setswitchinterval(0.0005)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        await wiring.serve(settings, stop)
    except InvalidToken:  # its own message holds the token
        print("TELEGRAM_BOT_TOKEN was refused by the Bot API: copy it again from @BotFather", file=sys.stderr)
        return 1
    return 0


async def _menu(settings: Settings, arguments: argparse.Namespace) -> int:
    from handlers.screens.guardrails import plain_notice
    from house import open_house
    from menus import batch
    from menus.weekly import Workshop
    from settings import SettingsError

    if arguments.writer == "gemini" and settings.gemini_api_key is None:
        raise SettingsError("--writer gemini needs GEMINI_API_KEY")
    async with open_house(settings) as house:
        await house.indexer.sync_words(house.guide.documents)
        await house.indexer.embed_missing()
        order = batch.Batch(
            Workshop(house.table, house.retriever),
            start=arguments.start,
            notice=plain_notice,
            seed=arguments.seed,
            writers=house.gemini_writers() if arguments.writer != "guia" else (),
        )
        lines = await asyncio.to_thread(arguments.profiles.read_text, encoding="utf-8")
        await batch.run(order, lines.splitlines(), sys.stdout)
    return 0


async def _search(settings: Settings, arguments: argparse.Namespace) -> int:
    from house import open_house
    from rag import cli

    async with open_house(settings) as house:
        await house.indexer.sync(house.guide.documents)
        await cli.search_command(house.search, arguments.text, k=arguments.k, as_json=arguments.json)
    return 0


async def _ask(settings: Settings, arguments: argparse.Namespace) -> int:
    from handlers.screens.perguntar import plain_answer
    from house import open_house
    from nutrition.restrictions.rules import Rules
    from rag.answers import Answerer
    from rag.ask_cli import ask_command

    async with open_house(settings) as house:
        await house.indexer.sync(house.guide.documents)
        await ask_command(
            Answerer(house.database, house.search, house.table, house.gemini),
            arguments.text,
            rules=Rules.of((), house.table),
            told=lambda answer: plain_answer(answer, house.table),
            gemini=house.gemini is not None,
            as_json=arguments.json,
        )
    return 0


async def _index(settings: Settings, arguments: argparse.Namespace) -> int:
    from house import open_house
    from rag import cli

    async with open_house(settings) as house:
        await cli.index_command(house.indexer, arguments.paths, foods=house.table)
    return 0


async def _backup(settings: Settings, arguments: argparse.Namespace) -> int:
    from storage import backup

    await backup.backup(settings.database_path, arguments.path)
    print(f"backup written to {arguments.path}")
    return 0


async def _restore(settings: Settings, arguments: argparse.Namespace) -> int:
    from storage.restore import restore

    aside = await restore(arguments.path, settings.database_path, datetime.now(UTC), over=arguments.yes)
    print(f"database restored: {settings.database_path}")
    if aside is not None:
        print(f"the one before is in {aside}")
    return 0


_COMMANDS = {
    "run": _run,
    "menu": _menu,
    "search": _search,
    "ask": _ask,
    "index": _index,
    "backup": _backup,
    "restore": _restore,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    menu = commands.add_parser("menu", help="weekly menus for profiles in a file, without a chat")
    menu.add_argument("--profiles", type=Path, required=True, help="one JSON profile a line")
    menu.add_argument("--writer", choices=("auto", "guia", "gemini"), default="auto")
    menu.add_argument("--seed", type=int, default=0)
    menu.add_argument("--start", type=date.fromisoformat, default=date.today() + timedelta(days=1))  # noqa: DTZ011 -- the operator's date
    search = commands.add_parser("search", help="what the retriever finds for a text")
    search.add_argument("text")
    search.add_argument("-k", type=int, default=8)
    search.add_argument("--json", action="store_true")
    ask = commands.add_parser("ask", help="answer a question from the documents, with sources")
    ask.add_argument("text")
    ask.add_argument("--json", action="store_true")
    index = commands.add_parser("index", help="index the guide and further documents")
    index.add_argument("paths", type=Path, nargs="*")
    save = commands.add_parser("backup", help="a consistent copy of the live database")
    save.add_argument("path", type=Path)
    back = commands.add_parser(
        "restore", help="put a copy in the place of the database; the bot must not run"
    )
    back.add_argument("path", type=Path)
    back.add_argument(
        "--yes", action="store_true", help="also when there is a database; it is set aside, not deleted"
    )
    commands.add_parser("localchat", help="the local chat alone; see bot.py localchat --help")
    return parser


if __name__ == "__main__":
    sys.exit(main())
