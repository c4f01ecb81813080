"""A Bot API that only measures: people who say a command, and say it again as soon as they are answered.

In this process (``InMemory`` is python-telegram-bot's request class) or as a process of its own on loopback
(``python -m bench._botapi``, then ``Remote``), so that its work is not counted as the bot's.
"""

import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tornado.httpserver
import tornado.netutil
import tornado.web
from telegram.request import BaseRequest, RequestData

from tests.loopback import http_client

ROOT = Path(__file__).resolve().parent.parent
FIRST_CHAT = 700_000_001
AT_MOST = 100
"""Updates of one long poll, as Telegram gives."""

ME = {"id": 1, "is_bot": True, "first_name": "Cardápio", "username": "cardapio_bot"}


@dataclass(slots=True)
class Round:
    """``total`` commands by ``chats`` people, and the milliseconds from each to its answer.

    ``texts`` are said one after the other by everybody; ``at_once`` people wait for an answer at any time.
    """

    total: int
    chats: int
    texts: tuple[str, ...]
    at_once: int
    said: int = 0
    milliseconds: list[float] = field(default_factory=list)
    asked_at: dict[int, deque[float]] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)
    seconds: float = 0.0
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Updates:
    """Updates that wait until an offset acknowledges them."""

    def __init__(self) -> None:
        self._waiting: deque[dict[str, Any]] = deque()
        self._there = asyncio.Event()

    def add(self, update: dict[str, Any]) -> None:
        """Put an update where the bot finds it."""
        self._waiting.append(update)
        self._there.set()

    async def poll(self, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The result of getUpdates."""
        offset, seconds = (int(parameters.get(name) or 0) for name in ("offset", "timeout"))
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._there.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._there.wait()
        return list(self._waiting)[:AT_MOST]


class People:
    """Those who ask. Updates wait until an offset acknowledges them; ids go on from round to round."""

    def __init__(self) -> None:
        self.updates = Updates()
        self._ids = 1_000
        self.round: Round | None = None

    def begin(self, total: int, chats: int, text: str, at_once: int = 0) -> Round:
        """Everybody says ``text`` (several: separated by "|"), ``at_once`` people at a time (0: all)."""
        self.round = Round(total, chats, tuple(text.split("|")), at_once or chats)
        for _ in range(min(self.round.at_once, total)):
            self._say_next()
        return self.round

    def _say_next(self) -> None:
        """The next person, in turn, says what is next for them."""
        now = self.round
        if now is None or now.said == now.total:
            return
        chat_id = FIRST_CHAT + now.said % now.chats
        text = now.texts[now.said // now.chats % len(now.texts)]
        now.said += 1
        self._ids += 1
        message = {
            **_message(chat_id, self._ids, text),
            "from": {"id": chat_id, "is_bot": False, "first_name": "Ana"},
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
        }
        now.asked_at.setdefault(chat_id, deque()).append(time.perf_counter())
        self.updates.add({"update_id": self._ids, "message": message})

    async def answer(self, method: str, parameters: dict[str, Any]) -> Any:
        """The result of a call."""
        match method:
            case "getMe":
                return ME
            case "getUpdates":
                return await self.updates.poll(parameters)
            case "sendMessage":
                return self._sent(int(parameters["chat_id"]), str(parameters["text"]))
            case _:
                return True

    def _sent(self, chat_id: int, text: str) -> dict[str, Any]:
        now = self.round
        if now is not None and now.asked_at.get(chat_id):
            now.milliseconds.append(1000 * (time.perf_counter() - now.asked_at[chat_id].popleft()))
            now.seconds = time.perf_counter() - now.began
            if len(now.milliseconds) == now.total:
                now.over.set()
            self._say_next()
        self._ids += 1
        return _message(chat_id, self._ids, text)


def _message(chat_id: int, message_id: int, text: str) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private", "first_name": "Ana"}
    return {"message_id": message_id, "date": 1_795_600_000, "chat": chat, "text": text}


class InMemory(BaseRequest):
    """The API without a network: a call costs its JSON and no more."""

    def __init__(self, people: People) -> None:
        self._people = people

    @property
    def read_timeout(self) -> float | None:
        """Seconds that a call may take."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Answer a call."""
        parameters = dict(request_data.parameters) if request_data else {}
        result = await self._people.answer(url.rsplit("/", 1)[-1], parameters)
        return 200, json.dumps({"ok": True, "result": result}).encode()


class _Method(tornado.web.RequestHandler):
    """A call over HTTP, and two of our own: ``begin`` starts a round, ``over`` waits for its end."""

    def initialize(self, people: People) -> None:
        self._people = people

    async def post(self, method: str) -> None:
        """Answer a call."""
        parameters: dict[str, Any] = {
            key: values[-1].decode() for key, values in self.request.arguments.items()
        }
        now = self._people.round
        if method == "begin":
            self._people.begin(
                int(parameters["total"]),
                int(parameters["chats"]),
                parameters["text"],
                int(parameters["at_once"]),
            )
            result: Any = True
        elif method == "over" and now is not None:
            await now.over.wait()
            result = {"seconds": now.seconds, "milliseconds": now.milliseconds}
        else:
            result = await self._people.answer(method, parameters)
        self.finish({"ok": True, "result": result})


async def _serve() -> None:
    application = tornado.web.Application(
        [(r"/bot[^/]*/(\w+)", _Method, {"people": People()})], log_function=lambda _handler: None
    )
    sockets = tornado.netutil.bind_sockets(0, "127.0.0.1")
    tornado.httpserver.HTTPServer(application).add_sockets(sockets)
    print(sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until whoever started it is gone


class Remote:
    """The people of an API in another process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = http_client(base_url=f"{url}/bot1:x/", timeout=600)

    async def round(self, total: int, chats: int, text: str, at_once: int = 0) -> tuple[float, list[float]]:
        """Seconds of a round, and the milliseconds of each command."""
        said = {"total": total, "chats": chats, "text": text, "at_once": at_once}
        begun = await self._client.post("begin", data=said)
        begun.raise_for_status()
        result = (await self._client.post("over")).raise_for_status().json()["result"]
        return result["seconds"], result["milliseconds"]


@asynccontextmanager
async def remote() -> AsyncIterator[Remote]:
    """An API as a process of its own, ended with this block."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench._botapi"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    port = int((await process.stdout.readline()).decode())
    try:
        yield Remote(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(_serve())
