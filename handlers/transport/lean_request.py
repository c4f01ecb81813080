"""Calls of the Bot API at a fifth of what they cost through httpx: python-telegram-bot's network, leaner.

Forms are posted over connections of our own (tornado); files, downloads, and everything when a proxy is set in the
environment go through ``HTTPXRequest``, whose errors, timeouts and limits are kept: ``delivery`` reads them.
"""

import asyncio
import json
import ssl
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit
from urllib.request import getproxies

import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from tornado.iostream import IOStream
from tornado.tcpclient import TCPClient

from handlers.transport.exchange import Answer, Broken, Overdue, exchange, is_usable

IDLE_SECONDS = 5.0
"""An idle connection is not used again after this, as with httpx: the server may be about to close it."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_POOL_TIMEOUT = "Pool timeout: all connections are in use. The request was not sent."

Given = Any
"""Seconds, None (wait for ever), or ``BaseRequest.DEFAULT_NONE``: what the constructor was given."""


class LeanRequest(HTTPXRequest):
    """``HTTPXRequest`` with a shorter way for plain calls."""

    def __init__(
        self,
        connection_pool_size: int,
        pool_timeout: float,
        read_timeout: float = 5.0,
        write_timeout: float = 5.0,
        connect_timeout: float = 5.0,
    ) -> None:
        super().__init__(
            connection_pool_size=connection_pool_size,
            pool_timeout=pool_timeout,
            read_timeout=read_timeout,
            write_timeout=write_timeout,
            connect_timeout=connect_timeout,
        )
        self._timeouts = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._free = asyncio.Semaphore(connection_pool_size)
        self._idle: dict[tuple[str, str], list[tuple[float, IOStream]]] = {}
        self._certificates: ssl.SSLContext | None = None
        self._by_proxy = any(kind in getproxies() for kind in ("http", "https", "all"))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer of the Bot API. The library's own logs what it cannot read, with all that people wrote in it."""
        try:
            found = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as exc:
            raise TelegramError("Invalid server response") from exc
        if not isinstance(found, dict) or not {"result", "description"} & found.keys():
            raise TelegramError("Invalid server response") from ValueError("no answer of the Bot API")
        return found

    async def shutdown(self) -> None:
        """Close all connections."""
        for _, stream in (each for idle in self._idle.values() for each in idle):
            stream.close()
        self._idle.clear()
        await super().shutdown()

    async def do_request(  # noqa: PLR0917 -- the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Given = BaseRequest.DEFAULT_NONE,
        write_timeout: Given = BaseRequest.DEFAULT_NONE,
        connect_timeout: Given = BaseRequest.DEFAULT_NONE,
        pool_timeout: Given = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of a call. Raises ``TimedOut`` and ``NetworkError``, as ``HTTPXRequest`` does."""
        where = urlsplit(url)
        files = request_data is not None and request_data.contains_files
        if files or method != "POST" or self._by_proxy or "@" in where.netloc or self._client.is_closed:
            return await super().do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        given = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        read, write, connect, pool = (
            own if one is BaseRequest.DEFAULT_NONE else one
            for own, one in zip(self._timeouts, given, strict=True)
        )
        body = urlencode(request_data.json_parameters).encode() if request_data else b""
        await self._place(pool)
        try:
            answer = await self._post(where, body, read=read, write=write, connect=connect)
        finally:
            self._free.release()
        return answer.status, answer.body

    async def _place(self, seconds: float | None) -> None:
        """Wait for one of the pool's connections."""
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._free.acquire()
        except TimeoutError:
            raise TimedOut(_POOL_TIMEOUT) from httpx.PoolTimeout(_POOL_TIMEOUT)

    async def _post(
        self,
        where: SplitResult,
        body: bytes,
        *,
        read: float | None,
        write: float | None,
        connect: float | None,
    ) -> Answer:
        stream = self._kept(where) or await self._connected(where, connect)
        headers = {
            "Host": where.netloc,
            "Accept": "*/*",
            "User-Agent": self.USER_AGENT,
            "Content-Length": str(len(body)),
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        path = where.path + (f"?{where.query}" if where.query else "")
        try:
            answer = await exchange(stream, path, headers, body, write_timeout=write, read_timeout=read)
        except Broken as exc:
            stream.close()
            raise _translated(exc) from _cause(exc)
        except BaseException:
            stream.close()
            raise
        if answer.stays:
            self._idle.setdefault((where.scheme, where.netloc), []).append((monotonic(), stream))
        else:
            stream.close()
        return answer

    def _kept(self, where: SplitResult) -> IOStream | None:
        """The connection that was used last, if it may be used again."""
        idle = self._idle.get((where.scheme, where.netloc), [])
        while idle:
            since, stream = idle.pop()
            if monotonic() - since < IDLE_SECONDS and is_usable(stream):
                return stream
            stream.close()
        return None

    async def _connected(self, where: SplitResult, seconds: float | None) -> IOStream:
        try:
            if where.scheme == "https" and self._certificates is None:
                self._certificates = await asyncio.to_thread(httpx.create_ssl_context)
            async with asyncio.timeout(seconds):
                stream = await TCPClient().connect(
                    where.hostname or "",
                    where.port or _DEFAULT_PORTS[where.scheme],
                    ssl_options=self._certificates if where.scheme == "https" else None,
                )
        except TimeoutError as exc:
            raise TimedOut from httpx.ConnectTimeout(str(exc))
        except (
            OSError,
            ValueError,
            KeyError,
        ) as exc:  # no address, refused, no valid certificate, no such scheme
            why = str(getattr(exc, "real_error", None) or exc)
            raise NetworkError(f"httpx.ConnectError: {why}") from httpx.ConnectError(why)
        stream.set_nodelay(True)
        return stream


def _cause(exc: Broken) -> httpx.HTTPError:
    """What httpx would have raised."""
    if isinstance(exc, Overdue):
        return httpx.ReadTimeout(str(exc)) if exc.wrote else httpx.WriteTimeout(str(exc))
    return httpx.RemoteProtocolError(str(exc)) if exc.wrote else httpx.WriteError(str(exc))


def _translated(exc: Broken) -> NetworkError:
    """What python-telegram-bot makes of that."""
    return (
        TimedOut() if isinstance(exc, Overdue) else NetworkError(f"httpx.{type(_cause(exc)).__name__}: {exc}")
    )
