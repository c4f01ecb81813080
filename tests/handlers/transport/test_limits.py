"""Speed: the limits of Telegram, and who goes first under them."""

import asyncio
from bisect import bisect_left
from itertools import pairwise
from pathlib import Path

from handlers.transport.limiter import ANSWERS_AHEAD, Limiter, Limits
from handlers.transport.turn import Turn
from storage import outbox
from storage.outbox import Outgoing, Priority
from tests.fakes.clock import ManualClock
from tests.fakes.telegram import FakeTelegram, message
from tests.handlers.transport.house import House, always, living


def sent_by(clock: ManualClock, limiter: Limiter, chats: list[int]) -> list[float]:
    """Times at which messages to ``chats`` go out when each goes as soon as it may."""
    times = []
    for chat in chats:
        while (wait := max(limiter.delay(), limiter.chat_delay(chat))) > 0:
            clock.advance(wait)
        limiter.take()
        limiter.take_chat(chat)
        times.append(clock.monotonic())
    return times


def busiest_second(times: list[float]) -> int:
    assert times == sorted(times)
    return max(bisect_left(times, time + 1) - bisect_left(times, time) for time in times)


def test_no_second_has_more_than_30_messages_and_few_are_wasted(clock: ManualClock) -> None:
    times = sent_by(clock, Limiter(clock), list(range(5_400)))
    assert busiest_second(times) <= 30
    assert 5_400 / times[-1] >= 0.95 * 30


def test_a_late_timer_is_made_up_for_without_a_burst(clock: ManualClock) -> None:
    limiter, times = Limiter(clock), []
    for chat in range(2_000):
        if (wait := limiter.delay()) > 0:
            clock.advance(wait + 0.002)
        limiter.take()
        limiter.take_chat(chat)
        times.append(clock.monotonic())
    assert busiest_second(times) <= 30
    assert len(times) / times[-1] >= 0.95 * 30


def sent_with(clock: ManualClock, limiter: Limiter, priority: Priority, seconds: float) -> list[float]:
    """Times at which messages of one priority go out for so long, each as soon as it may."""
    end, times = clock.monotonic() + seconds, []
    while clock.monotonic() < end:
        if (wait := limiter.delay(priority)) > 0:
            clock.advance(wait)
            continue
        limiter.take()
        times.append(clock.monotonic())
    return times


def test_results_leave_room_so_that_an_answer_never_waits_for_them(clock: ManualClock) -> None:
    limiter = Limiter(clock)
    for _ in range(50):
        results = sent_with(clock, limiter, Priority.RESULT, 0.97)
        assert limiter.delay(Priority.ANSWER) == 0
        limiter.take()
        assert len(results) >= 20


def test_a_few_answers_go_at_once_and_no_second_has_more_than_30_with_all_kinds(clock: ManualClock) -> None:
    limiter, times = Limiter(clock), []
    for priority in (Priority.RESULT, Priority.ANSWER, Priority.OWN, Priority.ANSWER, Priority.RESULT) * 6:
        times += sent_with(clock, limiter, priority, 0.7)
    assert busiest_second(times) <= 30
    clock.advance(60)
    burst = sent_with(clock, limiter, Priority.ANSWER, 0.5)
    assert sum(1 for time in burst if time == burst[0]) > ANSWERS_AHEAD
    assert busiest_second(burst) <= 30


def test_one_chat_gets_a_burst_and_then_one_a_second(clock: ManualClock) -> None:
    limits = Limits(chat_burst=3)
    times = sent_by(clock, Limiter(clock, limits), [5] * 10)
    assert times[2] < 0.2
    assert [round(after - before, 3) for before, after in pairwise(times[3:])] == [1.0] * 6


def test_a_pause_does_not_store_up_more_than_the_burst(clock: ManualClock) -> None:
    limiter = Limiter(clock, Limits(chat_burst=3))
    sent_by(clock, limiter, [5] * 3)
    clock.advance(3600)
    times = sent_by(clock, limiter, [5] * 5)
    assert sum(1 for time in times if time < times[0] + 0.5) == 3


async def owe(house: House, *messages: Outgoing) -> None:
    async with house.database.transaction() as tx:
        for message in messages:
            await outbox.add(tx, message, house.clock.now())
    house.transport.wake()


def eco(chat_id: int, text: str = "oi", priority: Priority = Priority.ANSWER) -> Outgoing:
    return Outgoing(chat_id, "eco", {"text": text}, priority=priority)


async def paced(clock: ManualClock, telegram: FakeTelegram, count: int) -> None:
    """Let time pass until ``count`` messages were sent."""
    while len(telegram.calls("sendMessage")) < count:
        await asyncio.sleep(0.0005)  # real time for the database's threads, not for the clock under test
        if clock.next_wake() is not None:
            clock.advance(0.005)


async def test_an_answer_overtakes_a_morning_of_reminders(tmp_path: Path, clock: ManualClock) -> None:
    telegram = FakeTelegram(clock.monotonic)
    limits = Limits(per_second=10)
    async with living(tmp_path / "x.db", telegram, clock=clock, limits=limits, poll=False) as house:
        await owe(house, *(eco(n, priority=Priority.OWN) for n in range(1, 101)))
        await paced(clock, telegram, 10)
        asked = clock.monotonic()
        await owe(house, eco(500))
        await paced(clock, telegram, 30)
        answer = next(call for call in telegram.calls("sendMessage") if call.parameters["chat_id"] == 500)
        assert answer.at - asked < 0.5
        await paced(clock, telegram, 101)
    times = [call.at for call in telegram.calls("sendMessage")]
    assert busiest_second(times) <= 12  # sent evenly, but one may take longer on its way than the next


async def test_a_chat_with_much_to_say_does_not_slow_the_others(tmp_path: Path, clock: ManualClock) -> None:
    telegram = FakeTelegram(clock.monotonic)
    limits = Limits(per_second=100, chat_per_second=1, chat_burst=2)
    async with living(tmp_path / "x.db", telegram, clock=clock, limits=limits, poll=False) as house:
        await owe(house, *(eco(5, str(n)) for n in range(6)), eco(6))
        await paced(clock, telegram, 7)
    at = {
        (call.parameters["chat_id"], call.parameters["text"]): call.at
        for call in telegram.calls("sendMessage")
    }
    assert at[(6, "eco: oi")] < 0.5
    assert [text for chat, text in at if chat == 5] == [f"eco: {n}" for n in range(6)]
    assert at[(5, "eco: 5")] >= 4


async def test_the_answer_to_one_goes_before_what_tells_many_of_work(
    tmp_path: Path, clock: ManualClock
) -> None:
    async def handler(turn: Turn) -> None:
        say = turn.tell if turn.text == "semana" else turn.send
        await say("eco", text=turn.text)

    telegram = FakeTelegram(clock.monotonic)
    limits = Limits(per_second=10)
    path = tmp_path / "x.db"
    async with living(path, telegram, clock=clock, limits=limits, poll=False, route=always(handler)) as house:
        await house.transport.accept([message(n, n, "semana") for n in range(1, 31)])
        await paced(clock, telegram, 5)
        asked = clock.monotonic()
        await house.transport.accept([message(500, 500, "oi")])
        await paced(clock, telegram, 31)
    answer = next(call for call in telegram.calls("sendMessage") if call.parameters["chat_id"] == 500)
    assert answer.at - asked < 0.1
    assert busiest_second([call.at for call in telegram.calls("sendMessage")]) <= 12
