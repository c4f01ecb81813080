"""A Gemini HTTP API of our own on loopback: speaks the wire format, fails on demand, remembers what it was asked.

Give it ``Reply`` objects in ``queue``; with an empty queue it answers ``default``. ``history`` holds the requests.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.fakes.embedder import HashingEmbedder


@dataclass(frozen=True)
class Reply:
    """What to answer once. ``text`` is streamed in ``pieces`` parts.

    ``finish`` None leaves the finish reason out; ``cut`` closes the connection in the middle of an event; ``raw`` is
    sent instead of any event; ``hold`` is awaited before anything is sent, ``stall`` before the last part (a slow server,
    without sleeping).
    """

    text: str | Callable[[dict[str, Any]], str] = ""
    status: int = 200
    finish: str | None = "STOP"
    pieces: int = 4
    cut: bool = False
    raw: str | None = None
    block_reason: str | None = None
    error_details: list[dict[str, Any]] = field(default_factory=list)
    hold: asyncio.Event | None = None
    stall: asyncio.Event | None = None


def quota(retry_delay: str | None = None, *, per_day: bool = False) -> Reply:
    """A 429 as the API sends it."""
    details: list[dict[str, Any]] = []
    period = "PerDay" if per_day else "PerMinute"
    details.append(
        {
            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
            "violations": [{"quotaId": f"GenerateRequests{period}PerProjectPerModel-FreeTier"}],
        }
    )
    if retry_delay:
        details.append({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": retry_delay})
    return Reply(status=429, error_details=details)


@dataclass
class Asked:
    """One request that came, ``at`` seconds on the monotonic clock."""

    path: str
    key: str
    body: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


class GeminiStub:
    """``async with GeminiStub() as stub: GeminiOptions(url=stub.url)``."""

    def __init__(self, default: Reply | None = None) -> None:
        self.queue: deque[Reply] = deque()
        self.default = default or Reply(text='{"refeicoes": []}')
        self.history: list[Asked] = []
        self.arrived = asyncio.Event()
        self.url = ""
        self._server: HTTPServer | None = None

    async def __aenter__(self) -> "GeminiStub":
        sockets = bind_sockets(0, "127.0.0.1")
        self._server = HTTPServer(Application([(r"/.*", _Handler, {"stub": self})]))
        self._server.add_sockets(sockets)
        self.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._server:
            self._server.stop()
            await self._server.close_all_connections()

    def next_reply(self) -> Reply:
        return self.queue.popleft() if self.queue else self.default


def _vector(request: dict[str, Any]) -> list[float]:
    """As many numbers as were asked for, from the words: texts that share words are near each other. Not of unit length."""
    text = " ".join(part["text"] for part in request["content"]["parts"])
    return [
        float(number) * 3
        for number in HashingEmbedder("stub", request["outputDimensionality"]).embed_query(text)
    ]


class _Handler(RequestHandler):
    def initialize(self, stub: GeminiStub) -> None:
        self.stub = stub

    async def get(self) -> None:
        await self._answer({})

    async def post(self) -> None:
        await self._answer(json.loads(self.request.body or b"{}"))

    async def _answer(self, body: dict[str, Any]) -> None:
        self.stub.history.append(
            Asked(self.request.path, self.request.headers.get("x-goog-api-key", ""), body)
        )
        self.stub.arrived.set()
        reply = self.stub.next_reply()
        if reply.hold:
            await reply.hold.wait()
        self.set_status(reply.status)
        try:
            if reply.raw is not None:
                self.finish(reply.raw)
            elif reply.status != 200:
                self.finish(
                    {
                        "error": {
                            "code": reply.status,
                            "message": "stub",
                            "status": "STUB",
                            "details": reply.error_details,
                        }
                    }
                )
            elif (
                "generateContent" in self.request.path.lower() or "streamGenerateContent" in self.request.path
            ):
                await self._stream(reply, body)
            elif self.request.path.endswith(":batchEmbedContents"):
                self.finish({"embeddings": [{"values": _vector(each)} for each in body["requests"]]})
            else:
                self.finish({"name": self.request.path.removeprefix("/v1beta/"), "displayName": "stub"})
        except StreamClosedError:
            return  # the client gave up, which is what some tests are about

    async def _stream(self, reply: Reply, body: dict[str, Any]) -> None:
        self.set_header("Content-Type", "text/event-stream")
        text = reply.text(body) if callable(reply.text) else reply.text
        size = max(1, -(-len(text) // reply.pieces))
        parts = [text[at : at + size] for at in range(0, len(text), size)] or [""]
        for number, part in enumerate(parts, 1):
            event: dict[str, Any] = {
                "candidates": [{"content": {"role": "model", "parts": [{"text": part}]}}]
            }
            if reply.block_reason:
                event = {"promptFeedback": {"blockReason": reply.block_reason}}
            elif number == len(parts):
                if reply.finish:
                    event["candidates"][0]["finishReason"] = reply.finish
                event["usageMetadata"] = {"promptTokenCount": 1200, "candidatesTokenCount": len(text) // 3}
            if reply.stall and number == len(parts):
                await reply.stall.wait()
            line = f"data: {json.dumps(event)}\n\n"
            if reply.cut and number == len(parts):
                self.write(line[: len(line) // 2])
                await self.flush()
                self.detach().close()
                return
            self.write(line)
            await self.flush()
        self.finish()
