"""Updates: in order, kept until acknowledged, over restarts of the bot and of the chat, never two with one id."""

import asyncio
import gc
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.error import Conflict

from localchat import LocalChat, LocalChatError
from localchat.journal import MemoryJournal
from localchat.updates import UpdateQueue
from localchat.world import World
from tests.e2e.driver import Control, Phone
from tests.localchat.conftest import client
from tests.loopback import http_client


async def texts(bot: Bot, offset: int = 0) -> list[str]:
    """Texts that wait from ``offset`` on."""
    updates = await bot.get_updates(offset=offset or None)
    return [update.message.text or "" for update in updates if update.message]


async def test_updates_come_in_order_and_stay_until_acknowledged(bot: Bot, ana: Phone, bruno: Phone) -> None:
    for number in range(3):
        await ana.send_text(f"a{number}")
        await bruno.send_text(f"b{number}")
    first = await bot.get_updates()
    ids = [update.update_id for update in first]
    assert ids == list(range(ids[0], ids[0] + 6))
    assert await texts(bot) == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert await texts(bot, ids[2]) == ["a1", "b1", "a2", "b2"]
    assert await texts(bot, -1) == ["b2"]
    assert await texts(bot, ids[-1] + 1) == []


async def test_limit_gives_the_oldest(bot: Bot, ana: Phone) -> None:
    for number in range(3):
        await ana.send_text(str(number))
    updates = await bot.get_updates(limit=2)
    assert [update.message.text for update in updates if update.message] == ["0", "1"]


async def test_a_long_poll_ends_when_something_comes(bot: Bot, ana: Phone) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await ana.look()
    await ana.send_text("oi")
    async with asyncio.timeout(10):
        [update] = await poll
    assert update.message is not None
    assert update.message.text == "oi"


async def test_a_second_poller_ends_the_first(chat: LocalChat, bot: Bot, ana: Phone) -> None:
    async with http_client(timeout=60) as http:
        url = f"{chat.base_url}/botlocal/getUpdates"
        first = asyncio.create_task(http.get(url, params={"timeout": 30}))
        second = asyncio.create_task(http.get(url, params={"timeout": 30}))
        done, waiting = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)
        assert (
            done.pop()
            .result()
            .json()["description"]
            .startswith("Conflict: terminated by other getUpdates request")
        )
        await ana.send_text("oi")
        assert len((await waiting.pop()).json()["result"]) == 1


async def test_a_bot_killed_in_its_poll_takes_no_update_with_it(
    chat: LocalChat, bot: Bot, ana: Phone
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", chat.port)
    writer.write(b"GET /botlocal/getUpdates?timeout=50 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await writer.drain()
    await ana.look()
    writer.transport.abort()
    await ana.send_text("oi")
    assert await texts(bot) == ["oi"]


async def test_a_bot_killed_before_it_heard_of_another_leaves_no_complaint() -> None:
    complaints: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: complaints.append(context))
    queue = UpdateQueue(World(MemoryJournal(), lambda: 1_790_000_000.0, 1), [])
    killed = queue.get(0, 1, 30)
    killed.send(None)  # it waits
    assert await queue.get(0, 1, 0) == []
    killed.close()
    del killed, queue
    await asyncio.sleep(0)  # the loop lets go of what it was to call
    gc.collect()
    assert complaints == []


async def test_kinds_that_were_not_asked_for_are_not_kept(bot: Bot, ana: Phone) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await ana.send_text("oi")
    assert await bot.get_updates(allowed_updates=[]) == ()
    await ana.send_text("tu")
    assert await texts(bot) == ["tu"]


async def test_a_tick_becomes_two_when_the_bot_took_the_message(bot: Bot, ana: Phone) -> None:
    await ana.send_text("oi")
    assert not (await ana.messages())[0].seen
    [update] = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    assert (await ana.messages())[0].seen


async def test_everything_is_there_after_a_restart_and_ids_go_on(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "chat.db"
    first = LocalChat(port=0, state_path=path)
    await first.start()
    async with client(first) as bot, Phone(first.base_url) as ana:
        await ana.send_text("um")
        await ana.send_text("dois")
        updates = await bot.get_updates()
        await bot.get_updates(offset=updates[0].update_id + 1)
        chat_id = updates[0].message.chat.id if updates[0].message else 0
        await bot.set_my_commands([("hoje", "Ver hoje")])
        sent = await bot.send_document(
            chat_id, b"conteudo", filename="a.txt", caption="<b>x</b>", parse_mode="HTML"
        )
        before = (await ana.look()).raw["messages"]
    await first.stop()
    assert path.stat().st_mode & 0o077 == 0

    second = LocalChat(port=0, state_path=path)
    await second.start()
    async with client(second) as bot, Phone(second.base_url) as ana:
        assert (await ana.look()).raw["messages"] == before
        assert (await ana.look()).commands == ["hoje"]
        assert [u.update_id for u in await bot.get_updates()] == [updates[1].update_id]
        assert (
            await (await bot.get_file(sent.document.file_id if sent.document else "")).download_as_bytearray()
            == b"conteudo"
        )
        new_id = await ana.send_text("três")
        assert new_id > sent.id
        assert [u.update_id for u in await bot.get_updates()][-1] > updates[1].update_id
    await second.stop()


async def test_ids_grow_even_when_the_state_was_thrown_away() -> None:
    ids = []
    for now in (1_800_000_000.0, 1_800_000_060.0):
        chat = LocalChat(port=0, clock=lambda now=now: now)  # type: ignore[misc]
        await chat.start()
        async with client(chat) as bot, Phone(chat.base_url) as ana:
            await ana.send_text("oi")
            ids += [update.update_id for update in await bot.get_updates()]
        await chat.stop()
    assert ids[1] > ids[0]


async def test_a_state_file_in_use_or_not_ours_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    chat = LocalChat(port=0, state_path=path)
    await chat.start()
    with pytest.raises(LocalChatError, match=r"chat\.db"):
        await LocalChat(port=0, state_path=path).start()
    await chat.stop()
    (tmp_path / "text.db").write_text("not a database, but long enough to be read as one" * 40)
    with pytest.raises(LocalChatError, match=r"text\.db"):
        await LocalChat(port=0, state_path=tmp_path / "text.db").start()


async def test_a_state_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    await asyncio.to_thread(_make_version_9, path)
    with pytest.raises(LocalChatError, match=r"written by a newer local chat \(version 9\)"):
        await LocalChat(port=0, state_path=path).start()


def _make_version_9(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()


async def test_a_port_that_is_taken_is_refused_with_its_number(chat: LocalChat) -> None:
    with pytest.raises(LocalChatError, match=f"port {chat.port} "):
        await LocalChat(port=chat.port).start()


async def test_a_webhook_gets_each_update_with_the_secret_and_again_until_it_takes_it(
    chat: LocalChat, bot: Bot, ana: Phone, control: Control
) -> None:
    answers = [500, 200, 200]
    heard: list[tuple[str, str]] = []
    complete = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")
        )
        body = (await reader.readexactly(length)).decode()
        secret = next(line.split(": ")[1] for line in head.splitlines() if "secret" in line.lower())
        heard.append((secret, "dois" if "dois" in body else "um"))
        writer.write(
            f"HTTP/1.1 {answers.pop(0)} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()
        if not answers:
            complete.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="segredo")
    with pytest.raises(Conflict):
        await bot.get_updates()
    await ana.send_text("um")
    await ana.send_text("dois")
    async with asyncio.timeout(20):
        await complete.wait()
    assert heard == [("segredo", "um"), ("segredo", "um"), ("segredo", "dois")]
    assert (await bot.get_webhook_info()).url.endswith("/hook")
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    server.close()
    await server.wait_closed()


async def test_a_webhook_elsewhere_is_refused(bot: Bot) -> None:
    with pytest.raises(Exception, match="only to addresses of this machine"):
        await bot.set_webhook("https://example.com/hook")
