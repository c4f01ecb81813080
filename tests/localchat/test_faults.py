"""Trouble on demand, limits, and the record of calls."""

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from localchat.errors import ApiError
from localchat.faults import Limits
from tests.e2e.driver import Control, Phone, Refused


async def test_errors_of_the_server_come_as_often_as_asked(bot: Bot, chat_id: int, control: Control) -> None:
    await control.fault("502", method="sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(chat_id, "oi")
    await bot.send_message(chat_id, "oi")


async def test_a_fault_meets_only_its_method_and_chat(
    bot: Bot, chat_id: int, control: Control, ana: Phone
) -> None:
    await control.fault("500", method="sendDocument")
    await control.fault("500", chat_id=5)
    await bot.send_message(chat_id, "oi")
    await bot.get_updates()
    await control.clear_faults()
    await control.fault("500", times=0)
    await bot.get_updates()
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(chat_id, "oi")


async def test_a_lost_response_leaves_the_message_there(
    bot: Bot, chat_id: int, control: Control, ana: Phone
) -> None:
    await control.fault("disconnect", method="sendMessage", after=True)
    with pytest.raises(NetworkError):
        await bot.send_message(chat_id, "chegou")
    await ana.wait_for_message("chegou")
    await control.fault("disconnect", method="sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(chat_id, "não chegou")
    assert [message.text for message in (await ana.look()).replies] == ["chegou"]


async def test_a_slow_answer_times_out_at_the_bot(bot: Bot, chat_id: int, control: Control) -> None:
    await control.fault("delay", method="sendMessage", seconds=0.5)
    with pytest.raises(TimedOut):
        await bot.send_message(chat_id, "oi", read_timeout=0.05)


async def test_enforced_limits_refuse_a_burst_in_one_chat(bot: Bot, chat_id: int, control: Control) -> None:
    await control.enforce_limits()
    with pytest.raises(RetryAfter):
        for number in range(Limits.BURST + 1):
            await bot.send_message(chat_id, str(number))
    await control.enforce_limits(False)
    await bot.send_message(chat_id, "oi")


def test_limits_give_back_with_time() -> None:
    now = 0.0
    limits = Limits(lambda: now)
    limits.enforced = True
    for _ in range(Limits.BURST):
        limits.count(1)
    with pytest.raises(ApiError) as refusal:
        limits.count(1)
    assert refusal.value.retry_after == 1
    now = 1.0
    limits.count(1)
    for chat in range(2, 31):
        limits.count(chat)
    with pytest.raises(ApiError, match="retry after 1"):
        limits.count(99)


async def test_calls_are_kept_with_what_became_of_them(bot: Bot, chat_id: int, control: Control) -> None:
    await control.fault("429", method="sendMessage", retry_after=3)
    with pytest.raises(RetryAfter):
        await bot.send_message(chat_id, "um")
    await bot.send_message(chat_id, "dois")
    calls = [call for call in await control.calls() if call["method"] == "sendMessage"]
    assert [(call["params"]["text"], call["error"]) for call in calls] == [("um", 429), ("dois", None)]
    assert await control.calls(after=calls[-1]["number"]) == []


async def test_any_update_can_be_injected(bot: Bot, chat_id: int, control: Control) -> None:
    user = {"id": 5, "is_bot": False, "first_name": "X"}
    update_id = await control.inject("inline_query", {"id": "1", "from": user, "query": "q", "offset": ""})
    [update] = await bot.get_updates(timeout=5)
    assert update.update_id == update_id
    assert update.inline_query is not None
    assert await control.waiting_updates() == 1
    with pytest.raises(Refused):
        await control.fault("earthquake")
    with pytest.raises(Refused):
        await control.fault("500", wrong=1)
