"""The port that a platform gives: says that the process lives and whether it can serve."""

from collections.abc import Awaitable, Callable

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

Ready = Callable[[], Awaitable[bool]]


class Health:
    """``/healthz`` answers 200 while the event loop turns; ``/readyz`` 200 or 503 by ``ready``."""

    def __init__(self, port: int, ready: Ready, host: str = "0.0.0.0") -> None:  # noqa: S104 -- a platform probes it
        self._sockets = bind_sockets(port, host)
        self.port: int = self._sockets[0].getsockname()[1]
        self._server = HTTPServer(
            Application([("/healthz", _Alive), ("/readyz", _Ready, {"ready": ready})], log_function=_quiet)
        )

    def start(self) -> None:
        """Begin to answer."""
        self._server.add_sockets(self._sockets)

    async def stop(self) -> None:
        """Close the port and what is connected to it."""
        self._server.stop()
        await self._server.close_all_connections()


class _Alive(RequestHandler):
    async def get(self) -> None:
        self.finish({"alive": True})


class _Ready(RequestHandler):
    def initialize(self, ready: Ready) -> None:
        self._ready = ready

    async def get(self) -> None:
        ready = await self._ready()
        self.set_status(200 if ready else 503)
        self.finish({"ready": ready})


def _quiet(handler: RequestHandler) -> None:
    """Probes every few seconds would fill the log."""
