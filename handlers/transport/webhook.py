"""The webhook: Telegram hands in updates over HTTP, one a request, with the same guarantee as the poll loop.

An update is answered with 200 only after it was stored; Telegram repeats what was answered otherwise, and an update that
comes twice is recognised by its id.
"""

import asyncio
import hmac
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog
from tornado.web import HTTPError, RequestHandler, stream_request_body

from handlers.errors import report
from handlers.transport.bot import ALLOWED_UPDATES, RawBot
from handlers.transport.intake import parse
from handlers.transport.patience import Patience
from handlers.transport.poll import Accept
from storage.clock import Clock
from storage.errors import StorageError

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
DEFAULT_PATH = "/telegram"
MAX_BODY_BYTES = 1024 * 1024
"""Telegram's largest updates are some tens of kB: a message of 4,096 characters with an entity on each."""

MAX_CONNECTIONS = 40
"""Requests that Telegram may have open at once; it never has two of one chat."""

LOOK_SECONDS = 300.0
RETRY_AFTER_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Address:
    """Where Telegram calls: ``url``, with ``DEFAULT_PATH`` when it has no path; ``secret`` is what it must send."""

    url: str
    secret: str

    @classmethod
    def of(cls, url: str, secret: str) -> "Address":
        """From the settings; an address without a path gets one."""
        bare = urlsplit(url).path in ("", "/")
        return cls(url.rstrip("/") + DEFAULT_PATH if bare else url, secret)

    @property
    def path(self) -> str:
        """The path under which requests arrive here."""
        return urlsplit(self.url).path


class Door:
    """Takes one update a request while it is ``open``; closed, it answers 503 and Telegram keeps what it has."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._accept: Accept | None = None
        self._storing = 0
        self._still = asyncio.Event()
        self._still.set()

    def open(self, accept: Accept) -> None:
        """Hand what arrives to ``accept``; its ``StorageError`` becomes a 503."""
        self._accept = accept

    async def close(self) -> None:
        """Take no more, and wait until what is being stored is stored."""
        self._accept = None
        await self._still.wait()

    def trusts(self, secret: str) -> bool:
        """Whether this is the secret; compared in a time that does not tell how much of it is right."""
        return hmac.compare_digest(secret.encode(), self.address.secret.encode())

    async def take(self, body: bytes) -> HTTPStatus:
        """Store the update in ``body``; the status says what Telegram should do."""
        update = _read(body)
        if update is None:
            log.warning("webhook_unreadable", size=len(body))
            return HTTPStatus.BAD_REQUEST
        accept = self._accept
        if accept is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        self._storing += 1
        self._still.clear()
        try:
            await accept([update])
        except StorageError as exc:
            log.warning("webhook_not_stored", update_id=update["update_id"], kind=type(exc).__name__)
            return HTTPStatus.SERVICE_UNAVAILABLE
        finally:
            self._storing -= 1
            if not self._storing:
                self._still.set()
        return HTTPStatus.OK

    def route(self) -> tuple[str, type[RequestHandler], dict[str, Any]]:
        """Tornado's rule for this door."""
        return self.address.path, _Updates, {"door": self}


class Registration:
    """Tells Telegram where the door is, and tells it again when somebody took it away."""

    def __init__(self, bot: RawBot, address: Address, clock: Clock) -> None:
        self._bot = bot
        self._address = address
        self._clock = clock
        self._patience = Patience(clock, "webhook")

    async def run(self) -> None:
        """Register until cancelled. Raises ``InvalidToken``; everything else is tried again for ever."""
        while True:
            await self._patience.until_it_works(self._register)
            log.info("webhook_set")
            while await self._patience.until_it_works(self._is_ours):
                await self._clock.sleep(LOOK_SECONDS)

    async def _register(self) -> None:
        await self._bot.set_webhook(
            self._address.url,
            secret_token=self._address.secret,
            max_connections=MAX_CONNECTIONS,
            allowed_updates=list(ALLOWED_UPDATES),
        )

    async def _is_ours(self) -> bool:
        """Whether Telegram still calls us; a program that polls with the same token ends that."""
        found = await self._bot.get_webhook_info()
        if found.url != self._address.url:
            log.warning("webhook_taken_away")
            return False
        if found.last_error_message is not None:
            log.info("webhook_trouble", waiting=found.pending_update_count, said=found.last_error_message)
        return True


@stream_request_body
class _Updates(RequestHandler):
    """One request. Who does not know the secret, or sends too much, is refused before the body is read."""

    def initialize(self, door: Door) -> None:
        self._door = door
        self._body = bytearray()

    def prepare(self) -> None:
        if self.request.method != "POST":
            return  # tornado answers 405
        if not self._door.trusts(self.request.headers.get(SECRET_HEADER, "")):
            log.warning("webhook_refused")
            self._end(HTTPStatus.FORBIDDEN)
        elif _length(self.request.headers.get("Content-Length", "0")) > MAX_BODY_BYTES:
            log.warning("webhook_too_large")
            self._end(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk  # the server ends a body that goes on beyond its limit

    async def post(self) -> None:
        if len(self._body) > MAX_BODY_BYTES:  # sent in pieces, its length untold
            log.warning("webhook_too_large")
            self._end(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._end(await self._door.take(bytes(self._body)))

    def _end(self, status: HTTPStatus) -> None:
        self.set_status(status)
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            self.set_header("Retry-After", RETRY_AFTER_SECONDS)
        self.finish()

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        # Tornado's own line would hold the error's message, which may quote the update.
        if value is not None and not isinstance(value, HTTPError):
            report("webhook_broke", value)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.finish()


def _read(body: bytes) -> dict[str, Any] | None:
    """The update in a request; None when it is none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, no UTF-8; nested without end
        return None
    return update if parse(update) is not None else None


def _length(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() else MAX_BODY_BYTES + 1
