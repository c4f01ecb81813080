"""The local chat alone, for a bot that runs in another process."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from localchat.errors import LocalChatError
from localchat.server import DEFAULT_PORT, DEFAULT_TOKEN, LocalChat


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="localchat",
        description="A Telegram Bot API and a phone-like page on this machine, for trying a bot.",
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="0 picks a free one (default: %(default)s)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (default: %(default)s)")
    parser.add_argument("--state", type=Path, help="SQLite file that keeps the chat; without it, memory only")
    parser.add_argument(
        "--token", default=DEFAULT_TOKEN, help="token the bot must use (default: %(default)s)"
    )
    options = parser.parse_args(argv)
    try:
        chat = LocalChat(options.port, options.host, options.state, options.token)
        asyncio.run(_serve(chat))
    except LocalChatError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0


async def _serve(chat: LocalChat) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await chat.start()
    sys.stdout.write(
        f"Local chat: {chat.base_url}\nBot: TELEGRAM_API_URL={chat.base_url} TELEGRAM_BOT_TOKEN={chat.token}\n"
    )
    sys.stdout.flush()
    await ended.wait()
    await chat.stop()
