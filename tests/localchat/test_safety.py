"""Only this machine's user may use the local chat; what is in it can do no harm in the browser."""

import asyncio
import sys
from pathlib import Path

import pytest

from localchat import LocalChat, LocalChatError, main
from tests.e2e.driver import Phone
from tests.localchat.pictures import png
from tests.loopback import http_client


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "example.com", "::"])  # noqa: S104 - what is refused
def test_it_never_listens_beyond_this_machine(host: str) -> None:
    with pytest.raises(LocalChatError, match="only on this machine"):
        LocalChat(host=host)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:9999"}, 200),
        ({"Host": "[::1]:8080"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/look", "/botlocal/getMe", "/control/health"])
async def test_other_sites_are_refused(
    chat: LocalChat, path: str, headers: dict[str, str], status: int
) -> None:
    async with http_client() as http:
        response = await http.get(chat.base_url + path, headers=headers)
    assert response.status_code == status


async def test_another_page_cannot_write(chat: LocalChat, ana: Phone) -> None:
    async with http_client() as http:
        post = {"url": f"{chat.base_url}/api/send", "data": {"text": "x"}}
        refused = await http.post(**post, headers={"Origin": "http://127.0.0.1:1"})  # type: ignore[arg-type]
        allowed = await http.post(**post, headers={"Origin": chat.base_url})  # type: ignore[arg-type]
    assert (refused.status_code, allowed.status_code) == (403, 200)
    assert [message.text for message in await ana.messages()] == ["x"]


async def test_the_page_loads_nothing_from_elsewhere(chat: LocalChat) -> None:
    async with http_client() as http:
        response = await http.get(chat.base_url)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    for path in (Path(__file__).parents[2] / "localchat" / "static").glob("*.js"):
        assert "innerHTML" not in path.read_text(encoding="utf-8")


async def test_a_file_that_could_run_is_only_downloaded(chat: LocalChat, ana: Phone) -> None:
    await ana.send_file("página.html", b"<script>alert(1)</script>")
    await ana.send_file("foto.png", png(2, 2), kind="photo")
    await ana.send_file("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", kind="photo")
    async with http_client() as http:
        answers = [await http.get(f"{chat.base_url}/api/file/{number}") for number in (1, 2, 3, 4)]
    page, photo, svg, missing = answers
    assert page.headers["Content-Type"] == "application/octet-stream"
    assert page.headers["Content-Disposition"] == "attachment; filename*=UTF-8''p%C3%A1gina.html"
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert photo.headers["Content-Type"] == "image/png"
    assert svg.headers["Content-Type"] == "application/octet-stream"
    assert missing.status_code == 404


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/%2e%2e/server.py", "/file/botlocal/../../x", "/api/file/9"]
)
async def test_no_path_leads_to_other_files(chat: LocalChat, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", chat.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert b" 404 " in answer.splitlines()[0]


async def test_a_body_over_the_limit_is_not_read(chat: LocalChat) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", chat.port)
    head = "POST /api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99000000\r\n\r\n"
    writer.write(head.encode())
    answer = await reader.read()
    writer.close()
    assert answer == b"" or b" 400 " in answer.splitlines()[0] or b" 413 " in answer.splitlines()[0]


def test_the_command_line_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--host", "0.0.0.0"]) == 1  # noqa: S104 - what is refused
    assert "only on this machine" in capsys.readouterr().err


async def test_alone_it_says_where_it_is_and_stops_when_told(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "localchat",
        "--port",
        "0",
        "--state",
        str(tmp_path / "a.db"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().split()[-1]
    async with Phone(address) as ana:
        await ana.send_text("oi")
    process.terminate()
    assert await process.wait() == 0


async def test_what_was_said_survives_kill_nine(tmp_path: Path) -> None:
    arguments = ("-m", "localchat", "--port", "0", "--state", str(tmp_path / "a.db"))
    for number in range(3):
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        address = (await process.stdout.readline()).decode().split()[-1]
        async with Phone(address) as ana:
            assert [message.text for message in await ana.messages()] == [str(n) for n in range(number)]
            await ana.send_text(str(number))
        process.kill()
        await process.wait()
