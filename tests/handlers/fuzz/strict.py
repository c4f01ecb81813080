"""A Bot API that refuses what Telegram refuses, and keeps what it refused: for the fuzz nothing may be."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.request import RequestData

from localchat.errors import ApiError
from localchat.keyboards import check_markup
from localchat.markup import parse_html
from tests.fakes.telegram import FakeTelegram, Payload, error, ok

LIMITS = {"text": 4096, "caption": 1024}
DOCUMENT = b"# Plano\n\nComer arroz com feijao no almoco e uma fruta no lanche, todos os dias da semana, sem pressa.\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chat was shown: all words of a message, its buttons' included."""

    chat_id: int
    words: str


class StrictTelegram(FakeTelegram):
    """``shown`` and ``refused`` are emptied by whoever reads them; ``see`` is called with each button's data. Each
    message to a chat ends the first thing that is ``awaited`` there."""

    def __init__(self, see: Callable[[str], None] = lambda _data: None) -> None:
        super().__init__()
        self.shown: list[Shown] = []
        self.refused: list[str] = []
        self.answered: list[str] = []
        self.awaited: defaultdict[int, deque[asyncio.Future[None]]] = defaultdict(deque)
        self._see = see

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        if "/file/" in url:
            return 200, DOCUMENT
        return await super().do_request(url, method, request_data, *args, **kwargs)

    async def _usual(self, name: str, parameters: dict[str, Any]) -> Payload:
        if name == "getFile":
            return self._file(str(parameters["file_id"]))
        if name == "answerCallbackQuery":
            return self._toast(parameters)
        if name.startswith(("send", "edit")):
            complaint = self._complaint(parameters)
            if complaint:
                self.refused.append(f"{name} to {parameters.get('chat_id')}: {complaint}: {parameters}")
                return error(400, f"Bad Request: {complaint}")
        return await super()._usual(name, parameters)

    def _file(self, file_id: str) -> Payload:
        if file_id not in ("file-0", "file-1"):
            return error(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return ok({"file_id": file_id, "file_unique_id": "u", "file_path": f"documents/{file_id}.md"})

    def _toast(self, parameters: dict[str, Any]) -> Payload:
        text = str(parameters.get("text") or "")
        self.answered.append(str(parameters["callback_query_id"]))
        text.encode()
        if _units(text) > 200:
            self.refused.append(f"a toast of {len(text)} characters")
        return ok(True)

    def _complaint(self, parameters: dict[str, Any]) -> str:
        """Why Telegram would refuse this; "" when it would not."""
        field = "text" if "text" in parameters else "caption"
        written = str(parameters.get(field) or "")
        try:
            written.encode()
            seen = parse_html(written).text if parameters.get("parse_mode") == "HTML" else written
            markup = check_markup(parameters.get("reply_markup"))
        except ApiError as exc:
            return exc.description
        except UnicodeEncodeError:
            return "text that is not UTF-8"
        labels = [button for row in (markup or {}).get("inline_keyboard", []) for button in row]
        for button in filter(lambda each: "callback_data" in each, labels):
            self._see(button["callback_data"])
        words = "\n".join([written, *(f"{each['text']} {each.get('callback_data', '')}" for each in labels)])
        self.shown.append(Shown(int(parameters["chat_id"]), words))
        waiting = self.awaited[int(parameters["chat_id"])]
        if waiting:
            waiting.popleft().set_result(None)
        if field == "text" and not seen.strip():
            return "message text is empty"
        return "message is too long" if _units(seen) > LIMITS[field] else ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
