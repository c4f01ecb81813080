"""One HTTP request and its response over an open connection, in tornado's HTTP/1.1."""

import asyncio
import select
from collections.abc import Mapping
from dataclasses import dataclass

from tornado.http1connection import HTTP1Connection, HTTP1ConnectionParameters
from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream, StreamClosedError

_PARAMETERS = HTTP1ConnectionParameters(no_keep_alive=False)


class Broken(Exception):
    """The connection ended before the response did; ``wrote``: the request had left."""

    def __init__(self, why: str, *, wrote: bool) -> None:
        super().__init__(why)
        self.wrote = wrote


class Overdue(Broken):
    """Nothing came, or nothing could be written, for as long as was allowed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; ``stays``: its connection may be used again."""

    status: int
    body: bytes
    stays: bool


def is_usable(stream: IOStream) -> bool:
    """Whether an idle connection is open still: what can be read from it now is its end."""
    if stream.closed():
        return False
    poll = select.poll()
    poll.register(stream.fileno(), select.POLLIN)
    return not poll.poll(0)


async def exchange(
    stream: IOStream,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    write_timeout: float | None,
    read_timeout: float | None,
) -> Answer:
    """POST ``body`` and read what comes. Timeouts are for each piece, as httpx counts them.

    Raises ``Broken`` and ``Overdue``; whatever it raises, the connection is of no further use.
    """
    connection = HTTP1Connection(stream, is_client=True, params=_PARAMETERS)
    try:
        written = connection.write_headers(
            RequestStartLine("POST", path, "HTTP/1.1"), HTTPHeaders(headers), body
        )
        if not written.done():
            async with asyncio.timeout(write_timeout):
                await written
        connection.finish()
    except StreamClosedError as exc:
        raise Broken(str(exc), wrote=False) from exc
    except TimeoutError as exc:
        raise Overdue("the request could not be written", wrote=False) from exc
    try:
        async with asyncio.timeout(read_timeout) as limit:
            response = _Response(limit, read_timeout)
            await connection.read_response(response)
    except TimeoutError as exc:
        raise Overdue("no response came", wrote=True) from exc
    except Exception as exc:  # whatever tornado raises here, the request had left
        raise Broken(str(exc), wrote=True) from exc
    return response.answer()


class _Response(HTTPMessageDelegate):
    """Collects a response, and puts its time limit off with each piece."""

    def __init__(self, limit: asyncio.Timeout, seconds: float | None) -> None:
        self._limit = limit
        self._seconds = seconds
        self._status = 0
        self._stays = False
        self._pieces: list[bytes] = []
        self._whole = False

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> None:
        """The status; a 1xx is followed by the real one."""
        assert isinstance(start_line, ResponseStartLine)  # noqa: S101 -- read as a client
        self._status = start_line.code
        said = headers.get("Connection", "").lower()
        delimited = "Content-Length" in headers or "Transfer-Encoding" in headers
        self._stays = delimited and (
            said == "keep-alive" or (start_line.version != "HTTP/1.0" and "close" not in said)
        )
        self._put_off()

    def data_received(self, chunk: bytes) -> None:
        """A piece of the body."""
        self._pieces.append(chunk)
        self._put_off()

    def finish(self) -> None:
        """All of it came."""
        self._whole = True

    def on_connection_close(self) -> None:
        """It broke off."""

    def answer(self) -> Answer:
        """What came. Raises ``Broken`` when that is not a whole response."""
        if not self._whole:
            raise Broken("the server ended the connection, or sent what is not HTTP", wrote=True)
        return Answer(self._status, b"".join(self._pieces), self._stays)

    def _put_off(self) -> None:
        if self._seconds is not None:
            self._limit.reschedule(asyncio.get_running_loop().time() + self._seconds)
