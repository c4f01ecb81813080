"""The Bot API client: python-telegram-bot's, with the raw updates that the inbox stores, and calls without its objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from handlers.transport.lean_request import LeanRequest

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to send us."""

POOL_SIZE = 40
"""Connections for sends: as many as may be in flight, and some for files and commands."""

POLL_TIMEOUT = 30
"""Seconds a long poll waits for an update."""

_NETWORK_SLACK = 10.0


def _form(given: Mapping[str, Any]) -> RequestData:
    """Plain values as the library's request classes take them; None is left out."""
    return RequestData(
        [RequestParameter(name, value, None) for name, value in given.items() if value is not None]
    )


class RawBot(ExtBot[None]):
    """A ``telegram.Bot`` that can also call methods with plain values and give their results as they came.

    Making the library's objects of a message and its buttons costs as much as the request itself.
    """

    async def call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """The result of ``method``; None leaves a parameter out. Raises ``TelegramError``."""
        return await self.request.post(f"{self.base_url}/{method}", _form(parameters))

    async def raw_updates(self, offset: int | None, seconds: int = POLL_TIMEOUT) -> list[Any]:
        """Wait up to ``seconds`` for updates from ``offset`` on, which acknowledges all before it.

        Raises ``TelegramError``. Goes over the connection pool that python-telegram-bot keeps for polling.
        """
        result = await self._request[0].post(
            f"{self.base_url}/getUpdates",
            _form({"timeout": seconds, "offset": offset, "allowed_updates": ALLOWED_UPDATES}),
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
