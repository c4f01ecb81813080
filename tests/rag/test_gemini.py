"""The Gemini client against a stub of its HTTP API: each outcome becomes one error of our tree, or an answer."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from rag.breaker import Breaker
from rag.gemini import ANSWERED, GeminiClient
from rag.gemini_errors import (
    GeminiAway,
    GeminiBadRequest,
    GeminiBlocked,
    GeminiBudget,
    GeminiError,
    GeminiKeyRejected,
    GeminiModelMissing,
    GeminiQuota,
    GeminiUnreadable,
    quota_error,
)
from rag.gemini_request import GeminiOptions, Prompt
from rag.ledger import Spender
from tests.fakes.gemini_stub import GeminiStub, Reply, quota

PROMPT = Prompt("sistema", "pergunta", {"type": "object"}, 100)
ANYONE = Spender(7, "menu")


class OpenLedger:
    """A ledger with a budget of ``left`` requests that remembers what it was told."""

    def __init__(self, left: int = 1000) -> None:
        self.left = left
        self.told: list[tuple[Spender, bool, int, int]] = []

    async def reserve(self, spender: Spender) -> None:
        if self.left == 0:
            raise GeminiBudget("used up", of_person=False)
        self.left -= 1

    async def record(
        self, spender: Spender, *, failed: bool, tokens_in: int = 0, tokens_out: int = 0
    ) -> None:
        self.told.append((spender, failed, tokens_in, tokens_out))


class Clock:
    """A clock that only moves when told, and a sleep that moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
async def stub() -> AsyncIterator[GeminiStub]:
    async with GeminiStub() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(stub: GeminiStub, clock: Clock) -> AsyncIterator[GeminiClient]:
    made = make_client(stub, clock)
    yield made
    await made.aclose()


def make_client(
    stub: GeminiStub, clock: Clock, ledger: OpenLedger | None = None, **options: float
) -> GeminiClient:
    return GeminiClient(
        "chave-de-teste",
        GeminiOptions(model="modelo", url=stub.url, **options),  # type: ignore[arg-type]  # test options are floats
        breaker=Breaker(clock),
        ledger=ledger or OpenLedger(),
        sleep=clock.sleep,
    )


async def test_streams_the_answer_with_the_key_in_a_header(client: GeminiClient, stub: GeminiStub) -> None:
    stub.queue.append(Reply(text='{"refeicoes": [1, 2, 3]}', pieces=3))
    seen: list[str] = []
    answer = await client.generate(PROMPT, ANYONE, seen.append)
    assert (answer.text, answer.complete, answer.tokens_in) == ('{"refeicoes": [1, 2, 3]}', True, 1200)
    assert len(seen) == 3
    assert seen[-1] == answer.text
    asked = stub.history[0]
    assert asked.key == "chave-de-teste"
    assert asked.path == "/v1beta/models/modelo:streamGenerateContent"
    assert asked.body["contents"][0]["parts"][0]["text"] == "pergunta"
    assert asked.body["generationConfig"]["responseJsonSchema"] == {"type": "object"}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(status=400), GeminiBadRequest),
        (Reply(status=400, error_details=[{"reason": "API_KEY_INVALID"}]), GeminiKeyRejected),
        (Reply(status=401), GeminiKeyRejected),
        (Reply(status=403), GeminiKeyRejected),
        (Reply(status=404), GeminiModelMissing),
        (Reply(block_reason="SAFETY"), GeminiBlocked),
        (Reply(text="x", finish="SAFETY"), GeminiBlocked),
        (Reply(text="", finish="RECITATION"), GeminiBlocked),
        (quota(per_day=True), GeminiQuota),
        (quota("300s"), GeminiQuota),
    ],
)
async def test_what_cannot_pass_by_itself_is_asked_once(
    reply: Reply, error: type[GeminiError], client: GeminiClient, stub: GeminiStub
) -> None:
    stub.queue.append(reply)
    with pytest.raises(error):
        await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 1


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(status=500), GeminiAway),
        (Reply(status=503), GeminiAway),
        (Reply(raw="<html>oops</html>"), GeminiUnreadable),
        (Reply(raw="data: {not json}\n\n"), GeminiUnreadable),
        (Reply(raw=""), GeminiUnreadable),
        (Reply(text="", finish="MAX_TOKENS"), GeminiUnreadable),
    ],
)
async def test_what_may_pass_is_tried_three_times_with_growing_pauses(
    reply: Reply, error: type[GeminiError], client: GeminiClient, stub: GeminiStub, clock: Clock
) -> None:
    stub.default = reply
    with pytest.raises(error):
        await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 3
    assert clock.slept == [1.0, 2.0]


async def test_recovers_on_the_second_try(client: GeminiClient, stub: GeminiStub) -> None:
    stub.queue.extend([Reply(status=503), Reply(text="{}")])
    assert (await client.generate(PROMPT, ANYONE)).text == "{}"


async def test_a_cut_stream_is_tried_again(client: GeminiClient, stub: GeminiStub) -> None:
    stub.queue.extend([Reply(text="abc", cut=True), Reply(text="{}")])
    assert (await client.generate(PROMPT, ANYONE)).text == "{}"


@pytest.mark.parametrize("finish", ["MAX_TOKENS", None])
async def test_a_partial_answer_is_returned_and_marked(
    finish: str | None, client: GeminiClient, stub: GeminiStub
) -> None:
    stub.queue.append(Reply(text='{"refeicoes": [{"dia": 0', finish=finish))
    answer = await client.generate(PROMPT, ANYONE)
    assert answer.text.startswith('{"refeicoes"')
    assert not answer.complete


async def test_waits_as_long_as_the_api_said(client: GeminiClient, stub: GeminiStub, clock: Clock) -> None:
    stub.queue.extend([quota("7s"), Reply(text="{}")])
    await client.generate(PROMPT, ANYONE)
    assert clock.slept == [7.25]  # and a margin for clocks that differ


async def test_nothing_is_asked_before_the_quota_returns(
    client: GeminiClient, stub: GeminiStub, clock: Clock
) -> None:
    stub.queue.append(quota(per_day=True))
    for _ in range(3):
        with pytest.raises(GeminiQuota):
            await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 1
    clock.now = datetime(2026, 11, 25, 8, 1, tzinfo=UTC)  # past midnight in California
    stub.queue.append(Reply(text="{}"))
    await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 2


async def test_the_breaker_opens_after_five_failures_and_rests_a_minute(
    client: GeminiClient, stub: GeminiStub, clock: Clock
) -> None:
    stub.default = Reply(status=503)
    for _ in range(4):
        with pytest.raises(GeminiAway):
            await client.generate(PROMPT, ANYONE)
    asked = len(stub.history)
    assert asked < 12
    stub.default = Reply(text="{}")
    with pytest.raises(GeminiAway, match="breaker"):
        await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == asked
    clock.now += timedelta(seconds=61)
    await client.generate(PROMPT, ANYONE)


async def test_a_silent_server_costs_no_more_than_the_deadline(stub: GeminiStub, clock: Clock) -> None:
    never = asyncio.Event()
    stub.default = Reply(hold=never)
    client = make_client(stub, clock, deadline_s=0.2)
    with pytest.raises(GeminiAway, match="within"):
        await client.generate(PROMPT, ANYONE)
    never.set()
    await client.aclose()


async def test_a_closed_port_is_away(clock: Clock) -> None:
    async with GeminiStub() as stub:
        url_holder = stub
    client = make_client(url_holder, clock, tries=1)
    with pytest.raises(GeminiAway):
        await client.generate(PROMPT, ANYONE)
    await client.aclose()


async def test_the_check_tells_a_bad_key_and_a_missing_model(client: GeminiClient, stub: GeminiStub) -> None:
    await client.check()
    stub.queue.extend([Reply(status=403), Reply(status=404)])
    with pytest.raises(GeminiKeyRejected, match="GEMINI_API_KEY"):
        await client.check()
    with pytest.raises(GeminiModelMissing, match="GEMINI_MODEL"):
        await client.check()


async def test_at_most_four_requests_run_at_once(client: GeminiClient, stub: GeminiStub) -> None:
    gate = asyncio.Event()
    stub.default = Reply(text="{}", hold=gate)
    asking = [asyncio.create_task(client.generate(PROMPT, ANYONE)) for _ in range(9)]
    while len(stub.history) < 4:
        stub.arrived.clear()
        await stub.arrived.wait()
    assert len(stub.history) == 4
    gate.set()
    await asyncio.gather(*asking)
    assert len(stub.history) == 9


@pytest.mark.parametrize(
    "details", [None, [], {}, "x", {"error": "x"}, {"error": {"details": [1, {"@type": 3}]}}]
)
def test_a_quota_error_of_any_shape_is_read(details: object) -> None:
    error = quota_error(details)
    assert (error.per_day, error.retry_after_s) == (False, None)


async def test_every_try_is_counted_before_it_leaves_and_the_budget_holds(
    stub: GeminiStub, clock: Clock
) -> None:
    ledger = OpenLedger(left=2)
    client = make_client(stub, clock, ledger)
    stub.default = Reply(status=503)
    with pytest.raises(GeminiBudget):
        await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 2
    assert ledger.told == [(ANYONE, True, 0, 0)] * 2
    await client.aclose()


async def test_what_an_answer_cost_is_recorded_for_the_one_who_asked(stub: GeminiStub, clock: Clock) -> None:
    ledger = OpenLedger()
    client = make_client(stub, clock, ledger)
    stub.default = Reply(text="x" * 30)
    await client.generate(PROMPT, ANYONE)
    assert ledger.told == [(ANYONE, False, 1200, 10)]
    await client.aclose()


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_refused_key_or_model_is_not_asked_again_for_hours(
    status: int, client: GeminiClient, stub: GeminiStub, clock: Clock
) -> None:
    stub.queue.append(Reply(status=status))
    stub.default = Reply(text="{}")
    for _ in range(5):
        with pytest.raises((GeminiKeyRejected, GeminiModelMissing)):
            await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 1
    clock.now += timedelta(hours=6, seconds=1)
    await client.generate(PROMPT, ANYONE)


async def test_the_check_at_start_spares_later_requests_to_a_refused_key(
    client: GeminiClient, stub: GeminiStub
) -> None:
    stub.queue.append(Reply(status=403))
    with pytest.raises(GeminiKeyRejected):
        await client.check()
    with pytest.raises(GeminiKeyRejected, match="GEMINI_API_KEY"):
        await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 1


async def test_those_that_waited_for_a_turn_hear_of_the_quota_before_they_ask(
    stub: GeminiStub, clock: Clock
) -> None:
    client = make_client(stub, clock, at_once=1)
    stub.default = quota("300s")
    asking = [asyncio.create_task(client.generate(PROMPT, ANYONE)) for _ in range(20)]
    results = await asyncio.gather(*asking, return_exceptions=True)
    assert all(isinstance(result, GeminiQuota) for result in results)
    assert len(stub.history) == 1
    await client.aclose()


async def test_an_answer_that_was_on_its_way_does_not_shorten_the_time_that_the_api_named(
    client: GeminiClient, stub: GeminiStub
) -> None:
    gate = asyncio.Event()
    stub.queue.extend([Reply(text="{}", hold=gate), quota("300s")])
    early = asyncio.create_task(client.generate(PROMPT, ANYONE))
    await stub.arrived.wait()
    with pytest.raises(GeminiQuota):
        await client.generate(PROMPT, ANYONE)
    gate.set()
    await early
    with pytest.raises(GeminiQuota):
        await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 2


async def test_a_429_without_a_time_is_tried_after_pauses_that_double_for_everybody(
    client: GeminiClient, stub: GeminiStub, clock: Clock
) -> None:
    stub.default = Reply(status=429)
    with pytest.raises(GeminiQuota):
        await client.generate(PROMPT, ANYONE)
    assert clock.slept == [2.25, 4.25]
    with pytest.raises(GeminiQuota):  # the third pause lasts: 8 s in which nothing is asked
        await client.generate(PROMPT, ANYONE)
    assert len(stub.history) == 3


async def test_what_came_before_a_stream_broke_for_good_is_returned(
    client: GeminiClient, stub: GeminiStub
) -> None:
    stub.default = Reply(text="abcdefgh" * 10, pieces=4, cut=True)
    answer = await client.generate(PROMPT, ANYONE)
    assert not answer.complete
    assert answer.text == ("abcdefgh" * 10)[:60]
    assert len(stub.history) == 3


async def test_what_came_before_the_deadline_is_returned_and_the_request_counts_as_failed(
    stub: GeminiStub, clock: Clock
) -> None:
    ledger = OpenLedger()
    client = make_client(stub, clock, ledger, deadline_s=0.5)
    stub.default = Reply(text="abcdefgh", pieces=2, stall=asyncio.Event())
    answer = await client.generate(PROMPT, ANYONE)
    assert (answer.text, answer.complete) == ("abcd", False)
    assert ledger.told == [(ANYONE, True, 0, 0)]
    await client.aclose()


async def test_waiting_for_a_turn_too_long_is_no_failure_of_the_service(
    stub: GeminiStub, clock: Clock
) -> None:
    never = asyncio.Event()
    ledger = OpenLedger()
    client = make_client(stub, clock, ledger, at_once=1)
    stub.default = Reply(text="{}", hold=never)
    first = asyncio.create_task(client.generate(PROMPT, ANYONE))
    await stub.arrived.wait()
    waiting = [client.generate(PROMPT, ANYONE, deadline_s=0.1) for _ in range(6)]
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(result, GeminiAway) for result in results)
    assert ledger.told == []
    never.set()
    await first
    await client.generate(PROMPT, ANYONE)  # so the breaker stayed closed
    await client.aclose()


async def test_outcomes_are_tallied_under_the_names_of_their_errors(
    client: GeminiClient, stub: GeminiStub
) -> None:
    stub.queue.extend([Reply(status=503), Reply(text="{}"), Reply(text="x", finish="SAFETY")])
    await client.generate(PROMPT, ANYONE)
    with pytest.raises(GeminiBlocked):
        await client.generate(PROMPT, ANYONE)
    assert client.tally.counts() == {"GeminiAway": 1, ANSWERED: 1, "GeminiBlocked": 1}
