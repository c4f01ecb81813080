"""The local chat as one object: start it, give ``base_url`` to a bot, stop it."""

from __future__ import annotations

import asyncio
import mimetypes
import re
import secrets
import socket
import time
from collections.abc import Callable
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from localchat.bot_side import BotHandler, FileHandler
from localchat.botapi.registry import Api
from localchat.control_side import ControlHandler
from localchat.errors import LocalChatError
from localchat.faults import CallLog, Faults, Limits
from localchat.journal import Journal, MemoryJournal, SqliteJournal
from localchat.page_side import (
    ActHandler,
    EarlierHandler,
    LookHandler,
    PageFileHandler,
    SocketHandler,
    StaticHandler,
)
from localchat.people import People
from localchat.updates import UpdateQueue
from localchat.web import MAX_BODY_BYTES, Hub
from localchat.webhook import Webhook, is_loopback
from localchat.world import World

STATIC = Path(__file__).with_name("static")
DEFAULT_PORT = 8080
DEFAULT_TOKEN = "local"  # noqa: S105 - guards nothing: the server is on loopback, the name tells bots apart
BOT_ID = 100_000_001


class LocalChat:
    """A Bot API and a phone-like page on loopback.

    Args:
        port: Port to listen on; 0 picks a free one.
        host: A loopback address.
        state_path: SQLite file that keeps the chat over restarts; None keeps it in memory.
        token: The only token that is served.
        clock: Unix time in seconds.

    Raises:
        LocalChatError: ``host`` is not of this machine.
    """

    def __init__(
        self,
        port: int = DEFAULT_PORT,
        host: str = "127.0.0.1",
        state_path: str | Path | None = None,
        token: str = DEFAULT_TOKEN,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not is_loopback(host):
            raise LocalChatError(f"the local chat listens only on this machine (127.0.0.1), not on {host}")
        self.host = host
        self.port = port
        self.token = token
        self._clock = clock
        self._journal: Journal = SqliteJournal(Path(state_path)) if state_path else MemoryJournal()
        self._server: HTTPServer | None = None
        self._hub: Hub | None = None

    @property
    def base_url(self) -> str:
        """Root of the Bot API and address of the page, such as ``http://127.0.0.1:8080``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    async def start(self) -> None:
        """Read the state and listen.

        Raises:
            LocalChatError: The port is taken, or the state file cannot be used.
        """
        sockets = self._bind()
        try:
            records = await self._journal.open()
        except LocalChatError:
            for bound in sockets:
                bound.close()
            await self._journal.close()
            raise
        bot_id = int(self.token.partition(":")[0]) if re.match(r"[0-9]+:", self.token) else BOT_ID
        world = World(self._journal, self._clock, bot_id)
        updates = UpdateQueue(world, world.restore(records))
        webhook = Webhook(world, updates)
        self._hub = Hub(
            token=self.token,
            boot=secrets.token_hex(6),
            world=world,
            people=People(world, updates),
            api=Api(world, updates, Limits(time.monotonic), webhook),
            faults=Faults(),
            calls=CallLog(),
            static=await asyncio.to_thread(read_static),
        )
        webhook.start()
        self._server = HTTPServer(
            _application(self._hub), max_body_size=MAX_BODY_BYTES, max_buffer_size=MAX_BODY_BYTES
        )
        self._server.add_sockets(sockets)

    def _bind(self) -> list[socket.socket]:
        try:
            sockets = bind_sockets(self.port, address=self.host)
        except OSError as exc:
            raise LocalChatError(f"port {self.port} of {self.host} cannot be used: {exc.strerror}") from exc
        self.port = sockets[0].getsockname()[1]
        return sockets

    async def stop(self) -> None:
        """Stop listening, end waiting polls, write what is queued."""
        if self._server is None or self._hub is None:
            return
        self._server.stop()
        self._hub.api.updates.stop()
        await self._hub.api.webhook.stop()
        await self._server.close_all_connections()
        self._server = None
        await self._journal.close()


def read_static() -> dict[str, tuple[str, bytes]]:
    """The files of the page by name: (type, bytes)."""
    found = {}
    for path in sorted(STATIC.iterdir()):
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        charset = (
            "; charset=utf-8" if mime.startswith("text/") or mime.endswith(("javascript", "json")) else ""
        )
        found[path.name] = (mime + charset, path.read_bytes())
    return found


def _application(hub: Hub) -> Application:
    shared = {"hub": hub}
    return Application(
        [
            (r"/bot([^/]+)/([A-Za-z_]+)", BotHandler, shared),
            (r"/file/bot([^/]+)/(.+)", FileHandler, shared),
            (r"/control/([a-z_]+)", ControlHandler, shared),
            (r"/api/look", LookHandler, shared),
            (r"/api/earlier", EarlierHandler, shared),
            (r"/api/socket", SocketHandler, shared),
            (r"/api/file/([0-9]+)", PageFileHandler, shared),
            (r"/api/([a-z]+)", ActHandler, shared),
            (r"/static/([A-Za-z0-9._-]+)", StaticHandler, shared),
            (r"/", StaticHandler, shared),
            (r".*", NotFoundHandler, shared),
        ],
        websocket_ping_interval=20,
        log_function=lambda handler: None,
    )


class NotFoundHandler(StaticHandler):
    """Anything else: 404 in Telegram's shape."""

    async def get(self, name: str = "") -> None:
        """There is nothing."""
        await super().get("nothing here")

    async def post(self) -> None:
        """There is nothing."""
        await super().get("nothing here")
