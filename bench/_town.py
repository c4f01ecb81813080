"""A Bot API in this process, and the people behind it: each sees their own chat, says things and taps buttons.

town = Town()
async with serving(town) as url:               # a bot polls there
    phone = town.phone(700_000_001)
    day = await phone.say("/hoje")             # the first message that comes after it
    await phone.tap(day, "✅ Feito")            # the message, new or edited, that comes after the tap
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import tornado.httpserver
import tornado.netutil
import tornado.web

from bench._botapi import ME, Updates

PATIENCE_S = 180.0
SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
EDITS = frozenset({"editMessageText", "editMessageCaption"})


class Unanswered(Exception):
    """Somebody waited for nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a phone shows it: its buttons as label -> data."""

    id: int
    text: str
    buttons: Mapping[str, str]


@dataclass(slots=True)
class Neighbour:
    """Somebody's phone."""

    chat_id: int
    town: "Town"
    arrived: asyncio.Queue[Seen] = field(default_factory=asyncio.Queue)
    asked_at: float | None = None

    async def next(self) -> Seen:
        """The next message, new or edited. Raises ``Unanswered``."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self.arrived.get()
        except TimeoutError:
            raise Unanswered(str(self.chat_id)) from None

    async def until(self, words: str) -> Seen:
        """The next message that has ``words``. Raises ``Unanswered``."""
        while words not in (seen := await self.next()).text:
            pass
        return seen

    async def say(self, text: str) -> Seen:
        """Type ``text``; returns what comes then."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        message = self.town.message(self.chat_id, text) | {"from": self._me()}
        return await self._ask({"message": message | ({"entities": entities} if text[0] == "/" else {})})

    async def tap(self, seen: Seen, label: str) -> Seen:
        """Tap the button that begins with ``label``; returns what comes then. Raises ``Unanswered`` without one."""
        data = next((data for name, data in seen.buttons.items() if name.startswith(label)), None)
        if data is None:
            raise Unanswered(f"no button {label!r} under {seen.text[:60]!r}")
        message = self.town.message(self.chat_id, seen.text) | {"message_id": seen.id}
        query = {"id": str(seen.id), "from": self._me(), "chat_instance": "1", "data": data}
        return await self._ask({"callback_query": query | {"message": message}})

    def forget(self) -> None:
        """What came and nobody waited for."""
        while not self.arrived.empty():
            self.arrived.get_nowait()

    def show(self, seen: Seen) -> None:
        """A message arrives."""
        self.town.last_sent_at = time.monotonic()
        if self.asked_at is not None:
            self.town.milliseconds.append(1000 * (time.perf_counter() - self.asked_at))
            self.asked_at = None
        self.arrived.put_nowait(seen)

    async def _ask(self, update: dict[str, Any]) -> Seen:
        self.forget()
        self.asked_at = time.perf_counter()
        self.town.post(update)
        return await self.next()

    def _me(self) -> dict[str, Any]:
        return {"id": self.chat_id, "is_bot": False, "first_name": "Ana"}


class Town:
    """Updates wait until an offset acknowledges them; ``milliseconds`` of every answer from the asking on."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []
        self.last_sent_at = 0.0
        self._phones: dict[int, Neighbour] = {}
        self._updates = Updates()
        self._ids = 1_000

    def phone(self, chat_id: int) -> Neighbour:
        """Somebody's phone; the same one each time."""
        return self._phones.setdefault(chat_id, Neighbour(chat_id, self))

    def message(self, chat_id: int, text: str) -> dict[str, Any]:
        """A message with an id of its own."""
        self._ids += 1
        chat = {"id": chat_id, "type": "private", "first_name": "Ana"}
        return {"message_id": self._ids, "date": 1_795_600_000, "chat": chat, "text": text}

    def post(self, update: dict[str, Any]) -> None:
        """Put an update where the bot finds it."""
        self._ids += 1
        self._updates.add({"update_id": self._ids, **update})

    async def answer(self, method: str, parameters: Mapping[str, str]) -> Any:
        """The result of a call."""
        if method == "getMe":
            return ME
        if method == "getUpdates":
            return await self._updates.poll(parameters)
        if method not in SENDS | EDITS:
            return True
        chat_id, text = int(parameters["chat_id"]), parameters.get("text") or parameters.get("caption") or ""
        result = self.message(chat_id, text)
        if method in EDITS:
            result["message_id"] = int(parameters["message_id"])
        self.phone(chat_id).show(Seen(result["message_id"], text, _buttons(parameters.get("reply_markup"))))
        return result


def _buttons(markup: str | None) -> dict[str, str]:
    rows = json.loads(markup).get("inline_keyboard", []) if markup else []
    return {
        button["text"]: button["callback_data"] for row in rows for button in row if "callback_data" in button
    }


class _Method(tornado.web.RequestHandler):
    """A call over HTTP."""

    def initialize(self, town: Town) -> None:
        self._town = town

    async def post(self, method: str) -> None:
        """Answer it."""
        parameters = {name: values[-1].decode() for name, values in self.request.arguments.items()}
        self.finish({"ok": True, "result": await self._town.answer(method, parameters)})


@asynccontextmanager
async def serving(town: Town) -> AsyncIterator[str]:
    """The address of the API, until the block ends."""
    application = tornado.web.Application(
        [(r"/bot[^/]*/(\w+)", _Method, {"town": town})], log_function=lambda _handler: None
    )
    sockets = tornado.netutil.bind_sockets(0, "127.0.0.1")
    server = tornado.httpserver.HTTPServer(application)
    server.add_sockets(sockets)
    try:
        yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    finally:
        server.stop()
        await server.close_all_connections()
