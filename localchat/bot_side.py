"""HTTP as bots see it: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any

from localchat import botapi, media
from localchat.errors import ApiError
from localchat.faults import Fault
from localchat.params import Params
from localchat.web import LoopbackHandler

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+|[A-Za-z0-9_-]+")


def check_token(given: str, token: str) -> None:
    """Raises ApiError: 404 for what is no token, 401 for another bot's."""
    if not _TOKEN.fullmatch(given):
        raise ApiError(404, "Not Found")
    if given != token:
        raise ApiError(401, "Unauthorized")


class BotHandler(LoopbackHandler):
    """One call of a method."""

    _running: asyncio.Task[Any] | None = None
    _gone = False

    async def get(self, token: str, method: str) -> None:
        """Same as POST: the Bot API takes both."""
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        """Call, with the trouble that was asked for, and note the call."""
        check_token(token, self.hub.token)
        params = self.params()
        chat_id = params.integer("chat_id") or None
        fault = self.hub.faults.take(method.lower(), chat_id)
        error: ApiError | None = None
        try:
            if fault is not None and not fault.after and await self._suffer(fault):
                return
            result = await self._call(method, params)
            if fault is not None and fault.after and await self._suffer(fault):
                return
            await self.reply({"ok": True, "result": result})
        except ApiError as exc:
            error = exc
            raise
        except asyncio.CancelledError:
            if not self._gone:
                raise
        finally:
            self._note(method, params, error)

    async def _call(self, method: str, params: Params) -> Any:
        self._running = asyncio.ensure_future(botapi.call(self.hub.api, method, params))
        return await self._running

    async def _suffer(self, fault: Fault) -> bool:
        """Let the trouble happen; True if the call is over with it. Raises ApiError for an error kind."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return False
        if fault.kind == "disconnect":
            await self.hub.world.journal.flush()
            self.detach().close()
            return True
        raise fault.error()

    def _note(self, method: str, params: Params, error: ApiError | None) -> None:
        if method.lower() == "getupdates":
            return
        self.hub.calls.add(
            {
                "method": method,
                "params": {name: value for name, value in params.values.items() if name != "secret_token"},
                "files": {name: len(upload.body) for name, upload in params.uploads.items()},
                "at": self.hub.world.clock(),
                "error": error.code if error is not None else None,
            }
        )

    def on_connection_close(self) -> None:
        """The bot went away (killed): its long poll must take no update with it."""
        self._gone = True
        if self._running is not None:
            self._running.cancel()


class FileHandler(LoopbackHandler):
    """Download of what ``getFile`` named."""

    async def get(self, token: str, path: str) -> None:
        """The bytes, as they were sent."""
        check_token(token, self.hub.token)
        stored = next((stored for stored in self.hub.world.files.values() if stored.path == path), None)
        if stored is None or stored.size > media.MAX_DOWNLOAD_BYTES:
            raise ApiError(404, "Not Found")
        self.set_header("Content-Type", "application/octet-stream")
        with suppress(KeyError):
            await self.finish(await self.hub.world.journal.file(stored.id))
            return
        raise ApiError(404, "Not Found")
