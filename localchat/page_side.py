"""HTTP as the page and the tests' driver see it: ``/``, ``/static/…``, ``/api/…``. Every request names its ``user``."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any
from urllib.parse import quote

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from localchat import media
from localchat.errors import ApiError, Json, bad_request
from localchat.model import Chat
from localchat.params import Params
from localchat.views import bot_card, earlier, look
from localchat.web import Hub, LoopbackHandler, foreign

MAX_WAIT = 30.0
"""Longest long poll of the driver, seconds."""


def who(hub: Hub, params: Params) -> tuple[int, Chat]:
    """Who asks (``user``, default 1) and where (``chat``, default their own)."""
    number = params.integer("user", 1)
    return number, hub.people.chat(number, params.integer("chat") or None)


class StaticHandler(LoopbackHandler):
    """The page and its two files, from memory."""

    async def get(self, name: str = "") -> None:
        """Serve a file of ``static/``; the page itself with a policy that loads nothing from elsewhere."""
        found = self.hub.static.get(name or "index.html")
        if found is None:
            raise ApiError(404, "Not Found")
        mime, body = found
        host = self.request.host
        self.set_header("Content-Type", mime)
        self.set_header("Cache-Control", "no-cache")
        self.set_header("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"')
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'self'; connect-src 'self' ws://{host}; img-src 'self' blob: data:; object-src 'none'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        )
        await self.finish(body)


class LookHandler(LoopbackHandler):
    """What is on the screen now, or as soon as it changes."""

    async def get(self) -> None:
        """``after`` and ``boot`` of an earlier look: wait up to ``wait`` seconds for a newer version."""
        params = self.params()
        _, chat = who(self.hub, params)
        seconds = min(float(params.text("wait", "0") or 0), MAX_WAIT)
        if params.text("boot") == self.hub.boot and seconds > 0:
            await self.hub.world.room(chat.id).wait(params.integer("after", -1), seconds)
        await self.reply(look(self.hub, *who(self.hub, params)))


class EarlierHandler(LoopbackHandler):
    """Messages further back."""

    async def get(self) -> None:
        """``before``: id of the oldest message on the screen."""
        params = self.params()
        _, chat = who(self.hub, params)
        await self.reply(earlier(self.hub, chat, params.integer("before")))


class ActHandler(LoopbackHandler):
    """What a person does: ``POST /api/<act>``."""

    async def post(self, act: str) -> None:
        """Do it and answer with what came of it."""
        function = getattr(self, f"_do_{act}", None)
        if function is None:
            raise ApiError(404, "Not Found")
        params = self.params()
        result: Json = function(params, *who(self.hub, params))
        await self.reply({"ok": True, **result})

    def _do_send(self, p: Params, number: int, chat: Chat) -> Json:
        reply_to = p.integer("reply_to") or None
        return {"message_id": self.hub.people.say_text(number, chat, p.text("text"), reply_to).id}

    def _do_edit(self, p: Params, number: int, chat: Chat) -> Json:
        message = self.hub.people.edit_text(number, chat, p.integer("message_id"), p.text("text"))
        return {"message_id": message.id}

    def _do_tap(self, p: Params, number: int, chat: Chat) -> Json:
        tap = self.hub.people.tap(
            number, chat, p.integer("message_id"), p.text("data"), forged=p.flag("forged")
        )
        return {"id": tap.id}

    def _do_upload(self, p: Params, number: int, chat: Chat) -> Json:
        upload = p.upload("file")
        if upload is None:
            raise bad_request("there is no file in the request")
        kind = p.text("kind", "document")
        message = self.hub.people.say_file(
            number, chat, kind, upload.name, upload.body, caption=p.text("caption")
        )
        return {"message_id": message.id}

    def _do_special(self, p: Params, number: int, chat: Chat) -> Json:
        return {"message_id": self.hub.people.say_special(number, chat, p.text("kind")).id}

    def _do_block(self, p: Params, number: int, chat: Chat) -> Json:
        self.hub.people.block(number, chat, blocked=p.flag("blocked"))
        return {"blocked": chat.blocked}

    def _do_clear(self, p: Params, number: int, chat: Chat) -> Json:
        self.hub.people.clear(chat)
        return {}

    def _do_language(self, p: Params, number: int, chat: Chat) -> Json:
        person = self.hub.world.person(number)
        person.language = p.text("language", "pt-br")[:16]
        self.hub.world.save_person(person)
        self.hub.world.room(chat.id).tell({"type": "bot"})
        return {}


class PageFileHandler(LoopbackHandler):
    """A file of the chat; pictures are shown, all else is downloaded and never run."""

    async def get(self, key: str) -> None:
        """The bytes of a file by number."""
        stored = self.hub.world.files.get(int(key))
        if stored is None:
            raise ApiError(404, "Not Found")
        body = await self.hub.world.journal.file(stored.id)
        mime = media.picture_type(body)
        self.set_header("Content-Type", mime or "application/octet-stream")
        self.set_header("Content-Security-Policy", "sandbox; default-src 'none'")
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        kind = "inline" if mime and self.get_query_argument("download", "") == "" else "attachment"
        self.set_header("Content-Disposition", f"{kind}; filename*=UTF-8''{quote(stored.name)}")
        await self.finish(body)


class SocketHandler(WebSocketHandler):
    """Tells an open page what happens: a first look, then events."""

    hub: Hub
    _chat: Chat
    _number: int

    def initialize(self, hub: Hub) -> None:
        """Called by tornado."""
        self.hub = hub

    async def prepare(self) -> None:
        """Refuse other pages before the upgrade."""
        if foreign(self) is not None:
            self.set_status(403)
            await self.finish()

    async def open(self, *args: str, **kwargs: str) -> None:
        """Send the first look and listen."""
        values: dict[str, Any] = {
            name: self.get_query_argument(name) for name in self.request.query_arguments
        }
        try:
            self._number, self._chat = who(self.hub, Params(values))
        except ApiError as exc:
            self.close(4000, exc.description[:100])
            return
        self._send({"type": "look", **look(self.hub, self._number, self._chat)})
        self.hub.world.room(self._chat.id).listeners.add(self._send)

    def _send(self, event: Json) -> None:
        if event["type"] == "bot":
            event = {"type": "bot", "bot": bot_card(self.hub, self._number, self._chat)}
        text = json.dumps(event, ensure_ascii=False).encode(errors="replace").decode()
        try:
            sent = asyncio.ensure_future(self.write_message(text))
        except WebSocketClosedError:
            self.on_close()
            return
        sent.add_done_callback(_forget)

    def on_message(self, message: str | bytes) -> None:
        """The page acts by POST; here it only listens."""

    def on_close(self) -> None:
        """The page went away."""
        for _, room in self.hub.world.rooms():
            room.listeners.discard(self._send)


def _forget(sent: asyncio.Future[None]) -> None:
    """A page that closed while we wrote to it is not an error; reading the exception says so."""
    if not sent.cancelled():
        sent.exception()
