"""Our way to the Bot API: connections kept and given up, errors and timeouts as ``delivery`` reads those of httpx."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest

from handlers.transport import lean_request
from handlers.transport.bot import make_bot
from handlers.transport.delivery import Ambiguous, NotSent, translated
from handlers.transport.lean_request import LeanRequest
from tests.certificates import make_certificate

OK = b'HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{"ok": true, "result": []}'

Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """An HTTP server of one answer; ``bodies`` are the forms it was sent, ``callers`` the connections it was given."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.bodies: list[dict[str, list[str]]] = []
        self.heads: list[bytes] = []
        self.callers: list[asyncio.StreamWriter] = []
        self.asked = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers.append(writer)
        while not reader.at_eof():
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                break
            length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
            self.heads.append(head)
            self.bodies.append(parse_qs((await reader.readexactly(length)).decode()))
            self.asked.set()
            await self._answer(head, writer)
        writer.close()


async def says_ok(_head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(OK)


@asynccontextmanager
async def serving(
    answer: Answer = says_ok, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[Server, str]]:
    server = Server(answer)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield server, f"{'https' if tls else 'http'}://127.0.0.1:{port}/bot1:x/getUpdates"
    finally:
        listening.close()
        for writer in server.callers:
            writer.transport.abort()


@asynccontextmanager
async def requesting(size: int = 2, *, read: float = 5.0, pool: float = 5.0) -> AsyncIterator[LeanRequest]:
    request = LeanRequest(size, pool_timeout=pool, read_timeout=read)
    await request.initialize()
    yield request
    await request.shutdown()


async def test_calls_one_after_another_share_a_connection() -> None:
    async with serving() as (server, url), requesting() as request:
        for _ in range(3):
            assert await request.post(url) == []
        assert len(server.callers) == 1
        assert len(server.bodies) == 3


async def test_a_form_arrives_as_it_was_meant() -> None:
    async with serving() as (server, url), requesting() as request:
        bot = make_bot("1:x", url.removesuffix("/bot1:x/getUpdates"), request=request, polling=request)
        assert await bot.raw_updates(7, 1) == []
    assert server.bodies[0]["offset"] == ["7"]
    assert server.bodies[0]["allowed_updates"][0].startswith('["message"')
    assert server.heads[0].startswith(b"POST /bot1:x/getUpdates HTTP/1.1\r\nHost: 127.0.0.1:")


async def test_a_body_in_chunks_is_put_together() -> None:
    async def in_chunks(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in (b'{"ok": tr', b'ue, "result": {"a": 1}}'):
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        writer.write(b"0\r\n\r\n")

    async with serving(in_chunks) as (server, url), requesting() as request:
        assert await request.post(url) == {"a": 1}
        assert await request.post(url) == {"a": 1}
        assert len(server.callers) == 1


async def test_a_connection_that_the_server_gives_up_is_not_used_again() -> None:
    async def says_goodbye(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))
        writer.close()

    async with serving(says_goodbye) as (server, url), requesting() as request:
        assert [await request.post(url) for _ in range(2)] == [[], []]
        assert len(server.callers) == 2


async def test_a_connection_that_ended_while_it_was_idle_is_replaced() -> None:
    async with serving() as (server, url), requesting() as request:
        await request.post(url)
        server.callers[0].close()
        await server.callers[0].wait_closed()
        assert await request.post(url) == []
        assert len(server.callers) == 2


async def test_a_connection_that_was_idle_for_long_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as (server, url), requesting() as request:
        await request.post(url)
        monkeypatch.setattr(lean_request, "IDLE_SECONDS", 0.0)
        assert await request.post(url) == []
        assert len(server.callers) == 2


async def test_no_answer_is_an_ambiguous_timeout() -> None:
    async def says_nothing(_head: bytes, _writer: asyncio.StreamWriter) -> None:
        pass

    async with serving(says_nothing) as (_, url), requesting(read=0.01) as request:
        with pytest.raises(TimedOut) as raised:
            await request.post(url)
    assert isinstance(translated(raised.value), Ambiguous)


@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", b"not HTTP\r\n\r\n"]
)
async def test_a_connection_that_breaks_before_the_answer_is_ambiguous(begun: bytes) -> None:
    async def breaks_off(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(begun)
        writer.close()

    async with serving(breaks_off) as (_, url), requesting() as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(url)
    assert isinstance(translated(raised.value), Ambiguous)


async def test_what_was_refused_before_it_left_was_not_sent() -> None:
    async with serving() as (_, url):
        pass
    async with requesting() as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(url)
    assert isinstance(translated(raised.value), NotSent)


async def test_waiting_for_a_connection_of_the_pool_is_not_sent_and_the_pool_recovers() -> None:
    free = asyncio.Event()

    async def when_free(_head: bytes, writer: asyncio.StreamWriter) -> None:
        await free.wait()
        writer.write(OK)

    async with serving(when_free) as (server, url), requesting(1, pool=0.01) as request:
        first = asyncio.create_task(request.post(url))
        await server.asked.wait()
        with pytest.raises(TimedOut) as raised:
            await request.post(url)
        free.set()
        assert await first == []
        assert await request.post(url) == []
    assert isinstance(translated(raised.value), NotSent)


async def test_a_call_that_is_cancelled_leaves_no_half_read_connection() -> None:
    answers = 0

    async def second_time(_head: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal answers
        answers += 1
        if answers > 1:
            writer.write(OK)

    async with serving(second_time) as (server, url), requesting(1) as request:
        first = asyncio.create_task(request.post(url))
        await server.asked.wait()
        first.cancel()
        await asyncio.wait([first])
        assert await request.post(url) == []
        assert len(server.callers) == 2


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def by_httpx(_self: HTTPXRequest, url: str, *_: object, **__: object) -> tuple[int, bytes]:
        seen.append(url)
        return 200, b'{"ok": true, "result": []}'

    monkeypatch.setattr(HTTPXRequest, "do_request", by_httpx)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with requesting() as request:
        assert await request.post("https://telegram.invalid/bot1:x/getMe") == []
    assert seen == ["https://telegram.invalid/bot1:x/getMe"]


async def test_https_is_spoken_with_a_server_whose_certificate_is_trusted_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = await asyncio.to_thread(make_certificate, tmp_path, "127.0.0.1")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    await asyncio.to_thread(tls.load_cert_chain, certificate)
    async with serving(tls=tls) as (server, url):
        async with requesting() as request:
            with pytest.raises(NetworkError) as raised:
                await request.post(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with requesting() as request:
            assert [await request.post(url) for _ in range(2)] == [[], []]
        assert len(server.bodies) == 2
    assert "certificate" in raised.value.message.casefold()
    assert isinstance(translated(raised.value), NotSent)
