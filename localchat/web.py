"""What every HTTP answer of the local chat shares: who may ask, how refusals look, safe headers."""

from __future__ import annotations

import json
import logging
import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler

from localchat.botapi.registry import Api
from localchat.errors import ApiError, Json, bad_request
from localchat.faults import CallLog, Faults
from localchat.params import Params, Upload
from localchat.people import People
from localchat.webhook import is_loopback
from localchat.world import World

log = logging.getLogger(__name__)
MAX_BODY_BYTES = 52 * 1024 * 1024
"""Largest request: a file of 50 MB and its form."""


@dataclass(frozen=True, slots=True)
class Hub:
    """What the handlers work on."""

    token: str
    boot: str
    world: World
    people: People
    api: Api
    faults: Faults
    calls: CallLog
    static: dict[str, tuple[str, bytes]]


class LoopbackHandler(RequestHandler):
    """Answers only requests made to this machine's own names, by our page or by programs, never by other sites.

    A foreign page could reach the loopback through the browser (DNS rebinding, cross-site posts): its ``Host``,
    ``Origin`` or ``Sec-Fetch-Site`` tells.
    """

    hub: Hub

    def initialize(self, hub: Hub) -> None:
        """Called by tornado."""
        self.hub = hub

    def set_default_headers(self) -> None:
        """Nothing from elsewhere is loaded, nothing is sniffed or framed."""
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse what does not come from this machine."""
        reason = foreign(self)
        if reason is not None:
            log.warning("request refused: %s", reason)
            raise ApiError(403, f"Forbidden: {reason}")

    def params(self) -> Params:
        """Parameters of the query, the form or multipart body, or the JSON body; later ones win."""
        values: dict[str, Any] = {
            name: self.get_query_argument(name, strip=False) for name in self.request.query_arguments
        }
        uploads: dict[str, Upload] = {}
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            values |= self._json_body()
        else:
            values |= {
                name: self.get_body_argument(name, strip=False) for name in self.request.body_arguments
            }
            for name, files in self.request.files.items():
                uploads[name] = Upload(files[0].filename, files[0].body, files[0].content_type)
        return Params(values, uploads)

    def _json_body(self) -> Json:
        try:
            body = json.loads(self.request.body or b"{}")
        except ValueError as exc:
            raise bad_request("can't parse request body as JSON") from exc
        if not isinstance(body, dict):
            raise bad_request("expected a JSON object")
        return body

    async def reply(self, body: Any, status: int = 200) -> None:
        """Answer with JSON, once everything said in it is safe in the journal."""
        await self.hub.world.journal.flush()
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        await self.finish(json.dumps(body, ensure_ascii=False).encode(errors="replace"))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Every error has Telegram's shape; the reason of an unexpected one stays in the log."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if not isinstance(error, ApiError):
            error = ApiError(status_code, self._reason if status_code < 500 else "Internal Server Error")
        self.set_status(error.code)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(error.body(), ensure_ascii=False))

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """A refusal is an answer, not an error of ours; nor is a page that was closed while it waited."""
        if isinstance(value, sqlite3.Error):
            log.error("the state file cannot be written: %s", value)
        elif not isinstance(value, ApiError | StreamClosedError):
            super().log_exception(typ, value, tb)


def foreign(handler: RequestHandler) -> str | None:
    """Why a request is not from this machine's user, None if it is."""
    headers = handler.request.headers
    host = headers.get("Host", "")
    if not is_loopback(urlsplit(f"//{host}").hostname):
        return "this Host is not served"
    origin = headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return "requests of other pages are not served"
    if headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        return "requests of other sites are not served"
    return None
