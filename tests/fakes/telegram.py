"""A Bot API without a network: python-telegram-bot's request class, with scripted replies and a history of calls."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram.request import BaseRequest, RequestData

Payload = tuple[int, dict[str, Any]]
Reply = Payload | Exception | Callable[[dict[str, Any]], Awaitable[Payload | None]]
"""What a scripted call gives: a status and its JSON, an exception, or a coroutine that may go on to the usual reply."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: the method's name, what it carried, and when (by the monotonic clock that was passed in)."""

    method: str
    parameters: dict[str, Any]
    at: float


def ok(result: Any) -> Payload:
    """A reply that succeeds."""
    return 200, {"ok": True, "result": result}


def error(code: int, description: str, **parameters: Any) -> Payload:
    """A refusal, as Telegram words it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


def flood(seconds: int) -> Payload:
    """429, wait ``seconds``."""
    return error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


class FakeTelegram(BaseRequest):
    """Serves both of a bot's request objects. Updates wait in ``updates`` until an offset acknowledges them."""

    def __init__(self, monotonic: Callable[[], float] = lambda: 0.0) -> None:
        self._monotonic = monotonic
        self.history: list[Call] = []
        self.updates: list[Any] = []
        self.acknowledged: list[int] = []
        self.messages: dict[tuple[int, int], str] = {}
        self.webhook = ""
        self._scripts: dict[str, deque[Reply]] = defaultdict(deque)
        self._next_message_id = 100
        self._changed = asyncio.Condition()

    def script(self, method: str, *replies: Reply) -> None:
        """Answer the next calls of ``method`` with ``replies``; then as usual again."""
        self._scripts[method].extend(replies)

    async def deliver(self, *updates: Any) -> None:
        """Put updates where a long poll finds them."""
        async with self._changed:
            self.updates.extend(updates)
            self._changed.notify_all()

    def calls(self, *methods: str) -> list[Call]:
        """The calls of these methods (of all, when none is named), in order."""
        return [call for call in self.history if not methods or call.method in methods]

    def texts(self, chat_id: int | None = None) -> list[str]:
        """Texts of sent messages and edits, in order."""
        return [
            str(call.parameters["text"])
            for call in self.calls("sendMessage", "editMessageText")
            if chat_id in (None, call.parameters["chat_id"])
        ]

    async def until(self, count: int, *methods: str, seconds: float = 10.0) -> list[Call]:
        """Wait until ``methods`` (any, when none is named) were called ``count`` times in all."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.calls(*methods)) >= count)
        return self.calls(*methods)

    # What python-telegram-bot needs of a request class:

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        parameters = dict(request_data.parameters) if request_data else {}
        async with self._changed:
            self.history.append(Call(name, parameters, self._monotonic()))
            self._changed.notify_all()
        code, body = await self._reply(name, parameters)
        return code, json.dumps(body).encode()

    async def _reply(self, name: str, parameters: dict[str, Any]) -> Payload:
        if self._scripts[name]:
            reply = self._scripts[name].popleft()
            if isinstance(reply, Exception):
                raise reply
            if isinstance(reply, tuple):
                return reply
            scripted = await reply(parameters)
            if scripted is not None:
                return scripted
        return await self._usual(name, parameters)

    async def _usual(self, name: str, parameters: dict[str, Any]) -> Payload:
        match name:
            case "getMe":
                return ok({"id": 1, "is_bot": True, "first_name": "Cardápio", "username": "cardapio_bot"})
            case "getUpdates":
                return ok(await self._poll(parameters.get("offset")))
            case "setWebhook" | "deleteWebhook":
                self.webhook = parameters.get("url", "")
                return ok(True)
            case "getWebhookInfo":
                return ok({"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0})
            case "sendMessage" | "sendPhoto" | "sendDocument":
                return ok(self._sent(parameters))
            case "editMessageText":
                return self._edited(parameters)
            case _:
                return ok(True)

    async def _poll(self, offset: int | None) -> list[Any]:
        async with self._changed:
            if offset is not None:
                self.acknowledged += [update["update_id"] for update in self.updates[: self._before(offset)]]
                del self.updates[: self._before(offset)]
            await self._changed.wait_for(lambda: bool(self.updates))
            return list(self.updates)

    def _before(self, offset: int) -> int:
        return sum(1 for update in self.updates if update["update_id"] < offset)

    def _sent(self, parameters: dict[str, Any]) -> dict[str, Any]:
        self._next_message_id += 1
        chat_id, text = parameters["chat_id"], parameters.get("text", parameters.get("caption", ""))
        self.messages[(chat_id, self._next_message_id)] = text
        return _message(chat_id, self._next_message_id, text)

    def _edited(self, parameters: dict[str, Any]) -> Payload:
        key = (parameters["chat_id"], parameters["message_id"])
        if key not in self.messages:
            return error(400, "Bad Request: message to edit not found")
        if self.messages[key] == parameters["text"]:
            return error(
                400, "Bad Request: message is not modified: specified new message content is the same"
            )
        self.messages[key] = parameters["text"]
        return ok(_message(*key, parameters["text"]))


def _message(chat_id: int, message_id: int, text: str) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": 1_795_600_000,
        "chat": {"id": chat_id, "type": "private", "first_name": "x"},
        "text": text,
    }


def message(update_id: int, chat_id: int, text: str) -> dict[str, Any]:
    """A raw update: a text from a person."""
    person = {"id": chat_id, "is_bot": False, "first_name": "Ana"}
    return {"update_id": update_id, "message": {**_message(chat_id, update_id, text), "from": person}}


def tap(update_id: int, chat_id: int, message_id: int, data: str) -> dict[str, Any]:
    """A raw update: a button tapped under a message of ours."""
    person = {"id": chat_id, "is_bot": False, "first_name": "Ana"}
    return {
        "update_id": update_id,
        "callback_query": {
            "id": f"q{update_id}",
            "from": person,
            "chat_instance": "1",
            "data": data,
            "message": _message(chat_id, message_id, "antes"),
        },
    }


def membership(update_id: int, chat_id: int, status: str) -> dict[str, Any]:
    """A raw update: the person blocked ("kicked") or unblocked ("member") the bot."""
    bot = {"id": 1, "is_bot": True, "first_name": "Cardápio"}
    new = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    return {
        "update_id": update_id,
        "my_chat_member": {
            "chat": {"id": chat_id, "type": "private", "first_name": "x"},
            "from": {"id": chat_id, "is_bot": False, "first_name": "Ana"},
            "date": 1_795_600_000,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": new,
        },
    }
