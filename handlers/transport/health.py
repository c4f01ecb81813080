"""The port that a platform gives: whether the process lives and can serve, its metrics, and the webhook's door."""

import hmac
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from handlers.errors import report
from handlers.transport.webhook import MAX_BODY_BYTES, Door

log = structlog.get_logger(__name__)

MOST_CONNECTIONS = 200
"""Open at once: Telegram's 40, and who probes. Each is an open file, of which a process often has 1,024 for all it does."""

Ready = Callable[[], Awaitable[Mapping[str, bool]]]
"""What must be there to serve, each by name; all true is ready."""

Metrics = Callable[[], Awaitable[bytes]]
"""The metrics of this moment in Prometheus' text form."""


async def _nothing_is_ready() -> Mapping[str, bool]:
    return {"started": False}


async def _no_metrics() -> bytes:
    return b""


class Health:
    """``/healthz`` answers 200 while the event loop turns; ``/readyz`` 200 or 503 by ``ready``; ``/metrics``.

    ``ready`` and ``metrics`` are replaced by whoever serves; until then nothing is ready. ``/metrics`` is for those who
    send ``metrics_token`` as a bearer token; without a token, for this machine alone, and not through a proxy.
    """

    def __init__(
        self,
        port: int,
        ready: Ready = _nothing_is_ready,
        *,
        metrics: Metrics = _no_metrics,
        metrics_token: str | None = None,
        door: Door | None = None,
        host: str = "0.0.0.0",  # noqa: S104 -- a platform probes it
    ) -> None:
        self.ready, self.metrics, self.metrics_token = ready, metrics, metrics_token
        self._sockets = bind_sockets(port, host)
        self.port: int = self._sockets[0].getsockname()[1]
        routes: list[Any] = [
            ("/healthz", _Alive, {"health": self}),
            ("/readyz", _Ready, {"health": self}),
            ("/metrics", _Metrics, {"health": self}),
        ]
        if door is not None:
            routes.append(door.route())
        application = Application(routes, log_function=_quiet, default_handler_class=_Nothing)
        self._server = _Server(application, max_body_size=2 * MAX_BODY_BYTES, idle_connection_timeout=120)

    def start(self) -> None:
        """Begin to answer."""
        self._server.add_sockets(self._sockets)

    async def stop(self) -> None:
        """Close the port and what is connected to it."""
        self._server.stop()
        await self._server.close_all_connections()


class _Server(HTTPServer):
    """Who opens connections without end takes none from the rest of the bot: the oldest goes for each that is too many.

    What was cut off Telegram sends again."""

    def initialize(self, *args: Any, **kwargs: Any) -> None:
        super().initialize(*args, **kwargs)
        self._streams: deque[IOStream] = deque()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        if len(self._streams) >= MOST_CONNECTIONS:
            self._streams = deque(held for held in self._streams if not held.closed())
        if len(self._streams) >= MOST_CONNECTIONS:
            self._streams.popleft().close()
        self._streams.append(stream)
        super().handle_stream(stream, address)


class _Page(RequestHandler):
    """Errors are logged without messages and answered without a page."""

    def initialize(self, health: Health) -> None:
        self._health = health

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        if value is not None and not isinstance(value, HTTPError):
            report("page_broke", value, path=self.request.path)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.finish()


class _Nothing(RequestHandler):
    """Any other path: scanners try many."""

    async def prepare(self) -> None:
        self.set_status(HTTPStatus.NOT_FOUND)
        self.finish()


class _Alive(_Page):
    async def get(self) -> None:
        self.finish({"alive": True})


class _Ready(_Page):
    async def get(self) -> None:
        parts = await self._health.ready()
        ready = all(parts.values())
        self.set_status(HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)
        self.finish({"ready": ready, **parts})


class _Metrics(_Page):
    async def get(self) -> None:
        if not self._allowed():
            self.set_status(
                HTTPStatus.NOT_FOUND if self._health.metrics_token is None else HTTPStatus.UNAUTHORIZED
            )
            self.finish()
            return
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(await self._health.metrics())

    def _allowed(self) -> bool:
        token = self._health.metrics_token
        if token is not None:
            given = self.request.headers.get("Authorization", "")
            return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
        proxied = any(
            name in self.request.headers for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-Ip")
        )
        return not proxied and _is_this_machine(self.request.connection.stream.socket.getpeername()[0])  # type: ignore[union-attr]


def _is_this_machine(host: str) -> bool:
    address = ip_address(host.split("%", maxsplit=1)[0])
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _quiet(handler: RequestHandler) -> None:
    """Probes every few seconds would fill the log."""
