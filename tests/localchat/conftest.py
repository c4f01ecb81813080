"""A local chat on a free port, a real bot library as its client, and people with phones."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from localchat import LocalChat
from localchat.server import DEFAULT_TOKEN
from tests.e2e.driver import Control, Phone
from tests.loopback import NO_AUTHORITIES


def client(chat: LocalChat, token: str = DEFAULT_TOKEN) -> Bot:
    """A bot of python-telegram-bot that talks to the local chat."""
    plain = {"trust_env": False, "verify": NO_AUTHORITIES}
    request = HTTPXRequest(read_timeout=60, httpx_kwargs=plain)
    polling = HTTPXRequest(read_timeout=60, httpx_kwargs=plain)
    return Bot(
        token,
        base_url=f"{chat.base_url}/bot",
        base_file_url=f"{chat.base_url}/file/bot",
        request=request,
        get_updates_request=polling,
    )


@pytest.fixture
async def chat() -> AsyncIterator[LocalChat]:
    """A local chat that remembers nothing."""
    started = LocalChat(port=0)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def bot(chat: LocalChat) -> AsyncIterator[Bot]:
    """The bot."""
    async with client(chat) as started:
        yield started


@pytest.fixture
async def ana(chat: LocalChat) -> AsyncIterator[Phone]:
    """Person 1."""
    async with Phone(chat.base_url, 1) as phone:
        yield phone


@pytest.fixture
async def bruno(chat: LocalChat) -> AsyncIterator[Phone]:
    """Person 2."""
    async with Phone(chat.base_url, 2) as phone:
        yield phone


@pytest.fixture
async def control(chat: LocalChat) -> AsyncIterator[Control]:
    """The test's own line to the local chat."""
    async with Control(chat.base_url) as line:
        yield line


@pytest.fixture
async def chat_id(ana: Phone, bot: Bot) -> int:
    """Ana's chat, started and with no update waiting."""
    await ana.send_text("/start")
    [update] = await bot.get_updates(timeout=5)
    await bot.get_updates(offset=update.update_id + 1)
    assert update.effective_chat is not None
    return update.effective_chat.id
