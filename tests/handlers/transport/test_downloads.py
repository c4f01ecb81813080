"""Files that do not come: what may be asked again, and what may not."""

import pytest
from telegram.error import NetworkError

from handlers.transport.bot import make_bot
from handlers.transport.downloads import Downloads
from menus.document_runner import DownloadFailed
from rag.loaders import Reason, Unreadable
from tests.fakes.telegram import FakeTelegram, Reply, error


def downloads(*replies: Reply) -> Downloads:
    telegram = FakeTelegram()
    telegram.script("getFile", *replies)
    return Downloads(make_bot("1:token", "http://localhost", request=telegram, polling=telegram))


@pytest.mark.parametrize(
    ("reply", "gone"),
    [
        (error(400, "Bad Request: wrong file_id or the file is temporarily unavailable"), True),
        (error(403, "Forbidden: bot was blocked by the user"), True),
        (error(500, "Internal Server Error"), False),
        (error(404, "Not Found"), False),
        (NetworkError("connection reset"), False),
    ],
)
async def test_only_what_may_come_later_is_asked_again(reply: Reply, gone: bool) -> None:
    with pytest.raises(DownloadFailed) as failed:
        await downloads(reply).fetch("x")
    assert failed.value.gone is gone


async def test_a_file_that_telegram_calls_too_big_is_refused_as_such() -> None:
    with pytest.raises(Unreadable) as refused:
        await downloads(error(400, "Bad Request: file is too big")).fetch("x")
    assert refused.value.reason is Reason.TOO_LARGE
