"""The same journeys against ``llmock``, a Gemini look-alike that is not ours, with the faults it can do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from llmock.scenarios import Behavior, Delay, Fail, Reply, StreamFault
from llmock.testing import LLMockServer

from nutrition.menu import Origin
from tests.e2e.driver import Phone
from tests.e2e.house import House, onboard
from tests.e2e.test_gemini_faults import ask_for_week, check, town

pytestmark = pytest.mark.slow

ALWAYS: dict[str, tuple[Behavior, str]] = {
    "400": (Fail(400, times=None), "gemini_away"),
    "401": (Fail(401, times=None), "gemini_away"),
    "403": (Fail(403, times=None), "gemini_away"),
    "404": (Fail(404, times=None), "gemini_away"),
    "429": (Fail(429, times=None), "gemini_quota"),
    "429 with Retry-After": (Fail(429, retry_after=9, times=None), "gemini_quota"),
    "500": (Fail(500, times=None), "gemini_away"),
    "503": (Fail(503, times=None), "gemini_away"),
    "a slow answer": (Delay(5, times=None), "gemini_away"),
    "a disconnected stream": (StreamFault("disconnect", times=None), "gemini_away"),
    "a truncated stream": (StreamFault("truncate", times=None), "gemini_away"),
    "a malformed stream": (StreamFault("malformed", times=None), "gemini_away"),
    "a stalled stream": (StreamFault("stall", stall_seconds=5, times=None), "gemini_away"),
    "prose": (Reply(text="Claro! Aqui vai um cardápio.", times=None), "gemini_away"),
    "blocked": (Reply(text="", finish_reason="content_filter", times=None), "gemini_away"),
    "cut short": (Reply(text='{"refeicoes": [{"dia"', finish_reason="length", times=None), "gemini_away"),
    "JSON that only fits the schema": (Delay(0, times=None), "gemini_away"),
}


@pytest.fixture
def server() -> Iterator[LLMockServer]:
    with LLMockServer() as running:
        yield running


@pytest.mark.parametrize("fault", ALWAYS)
async def test_a_fault_of_llmock_costs_one_line_and_no_meal(
    fault: str, server: LLMockServer, tmp_path: Path
) -> None:
    behaviour, note = ALWAYS[fault]
    server.state.scenarios.add(behaviour)
    async with town(tmp_path, url=server.base_url("gemini"), deadline_s=2.0) as bot:
        served = await ask_for_week(bot, await bot.person(7))
    check(served, note)
    assert served.week.writer is Origin.GUIA


async def test_a_week_of_llmock_s_own_words_is_served_with_what_can_be_used(
    server: LLMockServer, tmp_path: Path
) -> None:
    """llmock answers our prompt with the numbers it is told to: dish 150 of the list GUIA, whatever that is."""
    rows = ",".join(f'{{"dia": {day}, "ref": "alm", "guia": [{110 + day}]}}' for day in range(7))
    server.state.scenarios.add(Reply(text=f'{{"refeicoes": [{rows}]}}', times=None))
    async with town(tmp_path, url=server.base_url("gemini")) as bot:
        served = await ask_for_week(bot, await bot.person(7))
    check(served, served.week.notes[0] if served.week.notes else None)


@pytest.mark.parametrize("fault", ["429", "a disconnected stream", "JSON that only fits the schema"])
async def test_the_bot_as_a_process_beside_llmock(fault: str, server: LLMockServer, tmp_path: Path) -> None:
    server.state.scenarios.add(ALWAYS[fault][0])
    settings = {"GEMINI_API_KEY": "test", "GEMINI_API_URL": server.base_url("gemini")}
    async with House(tmp_path, **settings) as house:
        phone: Phone = house.phone()
        await onboard(phone, {"Concordo": "Sim, com Gemini"})
        last = (await phone.messages())[-1].id
        await phone.tap("Montar cardápio", answered=False)
        await phone.wait_for_message("No dia:", after=last, seconds=60)
        ready = await phone.wait_for_message("Sua semana está pronta", after=last)
        assert "do guia" in ready.text
        assert len(server.state.journal.records()) >= 1
