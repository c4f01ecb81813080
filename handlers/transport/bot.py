"""The Bot API client: python-telegram-bot's, with the raw updates that the inbox stores."""

from collections.abc import Sequence
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest

from handlers.transport.lean_request import LeanRequest

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to send us."""

POOL_SIZE = 40
"""Connections for sends: as many as may be in flight, and some for files and commands."""

POLL_TIMEOUT = 30
"""Seconds a long poll waits for an update."""

_NETWORK_SLACK = 10.0


class RawBot(ExtBot[None]):
    """A ``telegram.Bot`` that can also hand out updates as they came, unparsed."""

    async def raw_updates(self, offset: int | None, seconds: int = POLL_TIMEOUT) -> list[Any]:
        """Wait up to ``seconds`` for updates from ``offset`` on, which acknowledges all before it.

        Raises ``TelegramError``. Goes over the connection pool that python-telegram-bot keeps for polling.
        """
        result = await self._post(
            "getUpdates",
            {"timeout": seconds, "offset": offset, "allowed_updates": list(ALLOWED_UPDATES)},
            read_timeout=seconds + _NETWORK_SLACK,
        )
        return list(result) if isinstance(result, Sequence) else []


def make_bot(
    token: str, api_url: str, *, request: BaseRequest | None = None, polling: BaseRequest | None = None
) -> RawBot:
    """A bot that speaks to the Bot API whose root is ``api_url``; ``request`` and ``polling`` replace the network."""
    return RawBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        # A wait for a free connection is safe to repeat (nothing was sent), a read timeout is not: be patient there.
        request=request or LeanRequest(POOL_SIZE, pool_timeout=10.0, read_timeout=20.0, write_timeout=20.0),
        get_updates_request=polling or LeanRequest(2, pool_timeout=10.0),
    )
