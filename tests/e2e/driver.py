"""Acts as people on their phones, through the local chat's own HTTP API; waits by long poll, never by sleeping.

    async with Phone(chat.base_url, 2) as bia:
        await bia.send_text("/start")
        await bia.tap("Concordo")                       # newest button of that name; returns the toast, if any
        message = await bia.wait_for_message("O que você quer?")

Every wait has a limit (``patience`` seconds); when it is over, the failure shows the last messages of the chat.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from tests.loopback import http_client

T = TypeVar("T")
Json = dict[str, Any]
_POLL_SECONDS = 20.0
_RECONNECT_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    data: str | None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the phone shows it. ``text`` is plain (text or caption); ``raw`` has entities and files."""

    id: int
    out: bool
    text: str
    rows: tuple[tuple[Button, ...], ...]
    edited: bool
    seen: bool
    raw: Json

    @classmethod
    def of(cls, raw: Json) -> Message:
        """From the local chat's JSON."""
        rows = (raw.get("reply_markup") or {}).get("inline_keyboard", [])
        return cls(
            id=raw["message_id"],
            out=raw["out"],
            text=raw.get("text") or raw.get("caption") or "",
            rows=tuple(
                tuple(Button(item["text"], item.get("callback_data"), item.get("style")) for item in row)
                for row in rows
            ),
            edited="edit_date" in raw,
            seen=raw["seen"],
            raw=raw,
        )

    def buttons(self) -> Iterator[Button]:
        """Every button, row by row."""
        for row in self.rows:
            yield from row

    @property
    def labels(self) -> list[list[str]]:
        """Labels by row."""
        return [[button.label for button in row] for row in self.rows]

    def button(self, label: str) -> Button | None:
        """The button with exactly this label, else the first that contains it."""
        exact = next((button for button in self.buttons() if button.label == label), None)
        return exact or next((button for button in self.buttons() if label in button.label), None)


@dataclass(frozen=True, slots=True)
class Look:
    """All that is on the screen at one moment."""

    messages: list[Message]
    raw: Json

    @property
    def replies(self) -> list[Message]:
        """Messages of the bot, oldest first."""
        return [message for message in self.messages if not message.out]

    @property
    def toasts(self) -> list[Json]:
        """Answers to taps so far: ``{"id", "text", "alert", "message_id", "data"}``, oldest first."""
        return list(self.raw["toasts"])

    @property
    def action(self) -> str | None:
        """What the bot is doing ("typing"), if it said so."""
        return self.raw["action"]  # type: ignore[no-any-return]  # JSON

    @property
    def commands(self) -> list[str]:
        """Names in the command menu."""
        return [item["command"] for item in self.raw["bot"]["commands"]]

    def after(self, message_id: int) -> list[Message]:
        """Messages of the bot newer than one."""
        return [message for message in self.replies if message.id > message_id]

    def transcript(self, last: int = 8) -> str:
        """The last messages, for the report of a failure."""
        lines = [
            f"{'U' if message.out else 'B'} {message.id}{' (edited)' if message.edited else ''}: {message.text}"
            + "".join(f"\n    {row}" for row in message.labels)
            for message in self.messages[-last:]
        ]
        return "\n".join(lines) or "(empty chat)"


class WaitedTooLong(AssertionError):
    """What a test waited for did not come; the message shows the chat."""


class Refused(Exception):
    """The local chat refused what a person tried."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description


class _Client:
    """What phones and controls share: JSON over HTTP."""

    def __init__(self, base_url: str, patience: float) -> None:
        self.base_url = base_url
        self.patience = patience
        self._http = http_client(base_url=base_url, timeout=_POLL_SECONDS + 40)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def _json(self, response: httpx.Response) -> Json:
        body: Json = response.json()
        if response.status_code != httpx.codes.OK:
            raise Refused(response.status_code, body.get("description", ""))
        return body

    async def _get(self, path: str, **params: Any) -> Json:
        return await self._json(await self._http.get(path, params=params))

    async def _post(self, path: str, **body: Any) -> Json:
        return await self._json(await self._http.post(path, json=body))


class Phone(_Client):
    """Person ``number`` in their private chat, or in group ``chat``.

    Args:
        base_url: Address of the local chat.
        number: 1 to 99,999.
        chat: Id of a group, as given by ``Control.group``.
        patience: Most seconds that any wait may take.
    """

    def __init__(
        self, base_url: str, number: int = 1, chat: int | None = None, patience: float = 30.0
    ) -> None:
        super().__init__(base_url, patience)
        self.number = number
        self._who: Json = {"user": number} | ({"chat": chat} if chat is not None else {})

    # Looking

    async def look(self) -> Look:
        """The screen as it is."""
        raw = await self._get("/api/look", **self._who)
        return Look([Message.of(item) for item in raw["messages"]], raw)

    async def messages(self) -> list[Message]:
        """The last 100 messages, oldest first."""
        return (await self.look()).messages

    async def history(self) -> list[Message]:
        """Every message of the chat, oldest first."""
        look = await self.look()
        found, more = look.messages, look.raw["more"]
        while more:
            page = await self._get("/api/earlier", **self._who, before=found[0].id)
            found = [Message.of(item) for item in page["messages"]] + found
            more = page["more"]
        return found

    async def wait_for(self, predicate: Callable[[Look], T | None], seconds: float | None = None) -> T:
        """Look at every change until ``predicate`` gives something true, and return that.

        Raises:
            WaitedTooLong: It did not within ``seconds`` (default ``patience``).
        """
        limit = self.patience if seconds is None else seconds
        deadline = time.monotonic() + limit
        look = await self.look()
        while not (found := predicate(look)):
            left = deadline - time.monotonic()
            if left <= 0:
                raise WaitedTooLong(
                    f"person {self.number} waited {limit:g} s for nothing:\n{look.transcript()}"
                )
            look = await self._next(look, left) or look
        return found

    async def _next(self, look: Look, left: float) -> Look | None:
        """The screen when it changes; None while the local chat is down (killed, or starting again)."""
        wait = min(left, _POLL_SECONDS)
        try:
            raw = await self._get(
                "/api/look", **self._who, boot=look.raw["boot"], after=look.raw["version"], wait=wait
            )
        except httpx.TransportError:
            await asyncio.sleep(_RECONNECT_SECONDS)  # nothing can tell us when a dead server is back
            return None
        return Look([Message.of(item) for item in raw["messages"]], raw)

    async def wait_for_message(self, fragment: str, after: int = 0, seconds: float | None = None) -> Message:
        """The newest message of the bot that contains ``fragment`` and is newer than message ``after``."""
        return await self.wait_for(
            lambda look: next((m for m in reversed(look.after(after)) if fragment in m.text), None), seconds
        )

    async def wait_for_button(self, label: str, after: int = 0, seconds: float | None = None) -> Message:
        """The newest message of the bot that has this button."""
        return await self.wait_for(
            lambda look: next((m for m in reversed(look.after(after)) if m.button(label)), None), seconds
        )

    # Acting

    async def send_text(self, text: str, reply_to: int | None = None) -> int:
        """Send a text; returns its message id at once, the bot answers when it does."""
        return int((await self._post("/api/send", **self._who, text=text, reply_to=reply_to))["message_id"])

    async def ask(self, text: str, seconds: float | None = None) -> Message:
        """Send a text and return the bot's first message after it."""
        sent = await self.send_text(text)
        return await self.wait_for(lambda look: next(iter(look.after(sent)), None), seconds)

    async def edit_text(self, message_id: int, text: str) -> None:
        """Change an own message."""
        await self._post("/api/edit", **self._who, message_id=message_id, text=text)

    async def tap(
        self,
        label: str,
        *,
        message_id: int | None = None,
        answered: bool = True,
        seconds: float | None = None,
    ) -> Json | None:
        """Tap the newest button of this label (exactly, else containing it), waiting for it to appear.

        Args:
            label: What the button says.
            message_id: Only a button of this message.
            answered: Wait for the bot's answer to the tap and return it (``{"text", "alert", …}``); else None.
            seconds: Most seconds for each of the two waits.
        """

        def find(look: Look) -> tuple[int, str] | None:
            for exact in (True, False):
                for message in reversed(look.replies):
                    button = message.button(label)
                    if button is None or button.data is None or message_id not in (None, message.id):
                        continue
                    if button.label == label or not exact:
                        return message.id, button.data
            return None

        found_id, data = await self.wait_for(find, seconds)
        return await self.tap_data(found_id, data, answered=answered, seconds=seconds)

    async def tap_data(
        self,
        message_id: int,
        data: str,
        *,
        answered: bool = True,
        forged: bool = False,
        seconds: float | None = None,
    ) -> Json | None:
        """Tap by callback data; ``forged`` also sends data that no button of the message has."""
        body = {"message_id": message_id, "data": data, "forged": forged}
        tap_id = (await self._post("/api/tap", **self._who, **body))["id"]
        if not answered:
            return None
        return await self.wait_for(
            lambda look: next((toast for toast in look.toasts if toast["id"] == tap_id), None), seconds
        )

    async def send_file(self, name: str, body: bytes, kind: str = "document", caption: str = "") -> int:
        """Send a file as ``document``, ``photo`` or ``voice``; returns its message id."""
        form = {name: str(value) for name, value in (self._who | {"kind": kind, "caption": caption}).items()}
        response = await self._http.post("/api/upload", data=form, files={"file": (name, body)})
        return int((await self._json(response))["message_id"])

    async def send_special(self, kind: str) -> int:
        """Send a ``location``, ``contact``, ``sticker`` or ``voice``."""
        return int((await self._post("/api/special", **self._who, kind=kind))["message_id"])

    async def block(self, blocked: bool = True) -> None:
        """Block the bot, or unblock it."""
        await self._post("/api/block", **self._who, blocked=blocked)

    async def clear(self) -> None:
        """Empty the chat on the screen; the bot keeps what it knows."""
        await self._post("/api/clear", **self._who)

    async def set_language(self, language: str) -> None:
        """Language of the person's app, such as ``en``."""
        await self._post("/api/language", **self._who, language=language)

    async def download(self, message: Message) -> bytes:
        """The bytes of the document or photo of a message."""
        stored = message.raw.get("document") or message.raw["photo"][-1]
        response = await self._http.get(f"/api/file/{stored['file_id'].rsplit('-', 1)[-1]}")
        response.raise_for_status()
        return response.content


class Control(_Client):
    """What a test asks of the local chat itself."""

    def __init__(self, base_url: str, patience: float = 30.0) -> None:
        super().__init__(base_url, patience)

    async def fault(self, kind: str, **options: Any) -> None:
        """Trouble for the next calls: ``kind`` is 400, 403, 429, 500, 502, ``delay`` or ``disconnect``.

        Options: ``method`` (default all but getUpdates), ``times`` (default 1, 0 = until cleared), ``retry_after``,
        ``seconds``, ``after`` (the call takes effect, its response is lost), ``chat_id``, ``description``.
        """
        await self._post("/control/faults", kind=kind, **options)

    async def clear_faults(self) -> None:
        """No more trouble."""
        await self._post("/control/clear_faults")

    async def enforce_limits(self, enforced: bool = True) -> None:
        """Hold the bot to 30 messages/s in all and about 1/s a chat."""
        await self._post("/control/limits", enforced=enforced)

    async def calls(self, after: int = 0) -> list[Json]:
        """Calls of the bot (getUpdates aside): ``{"number", "method", "params", "files", "at", "error"}``."""
        return list((await self._get("/control/calls", after=after))["calls"])

    async def group(self, title: str, people: list[int]) -> int:
        """Make a group with the bot and these people in it; returns the chat id."""
        return int((await self._post("/control/groups", title=title, people=people))["chat"])

    async def waiting_updates(self) -> int:
        """How many updates the bot has not acknowledged."""
        return int((await self._get("/control/updates"))["waiting"])

    async def last_message(self) -> int:
        """The id of the newest message of all chats; they grow from chat to chat."""
        return int((await self._get("/control/updates"))["last_message"])

    async def waiting_faults(self) -> int:
        """How many faults have not met their call."""
        return len((await self._get("/control/faults"))["faults"])

    async def inject(self, kind: str, body: Json) -> int:
        """Queue an update of any kind; returns its id."""
        return int((await self._post("/control/updates", kind=kind, body=body))["update_id"])
