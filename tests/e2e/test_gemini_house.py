"""The bot as a process with a Gemini of ours on loopback: a new dish on the phone, a rejected key, kills while writing."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.e2e.driver import Phone
from tests.e2e.house import House, onboard
from tests.fakes.gemini_cook import NEW_DISH, cook
from tests.fakes.gemini_stub import GeminiStub, Reply

WITH_GEMINI = {"Concordo": "Sim, com Gemini"}
GOOD = Reply(text=cook, pieces=30)
AWAY = "Esta semana saiu só com pratos do guia"


@asynccontextmanager
async def house(folder: Path, default: Reply) -> AsyncIterator[tuple[House, GeminiStub]]:
    """A bot that writes with a stub which gives ``default`` as its answer."""
    async with GeminiStub(default) as stub:
        settings = {"GEMINI_API_KEY": "test", "GEMINI_API_URL": stub.url, "GEMINI_MODEL": "modelo-de-teste"}
        async with House(folder, **settings) as opened:
            yield opened, stub


async def week(phone: Phone) -> str:
    """[Montar cardápio]: progress soon (the second is measured in ``test_gemini_faults``), the week within a minute; what
    was told at its end."""
    last = (await phone.messages())[-1].id
    await phone.tap("Montar cardápio", answered=False)
    await phone.wait_for_message("Montando sua semana", after=last, seconds=10)
    await phone.wait_for_message("No dia:", after=last, seconds=60)
    return (await phone.wait_for_message("Sua semana está pronta", after=last)).text


def written(stub: GeminiStub) -> int:
    """How many menus were asked of the stub so far."""
    return sum(asked.path.endswith(":streamGenerateContent") for asked in stub.history)


async def until_written(stub: GeminiStub, count: int) -> None:
    """Wait until the stub was asked for ``count`` menus."""
    async with asyncio.timeout(60):
        while written(stub) < count:
            stub.arrived.clear()
            await stub.arrived.wait()


async def test_a_dish_of_gemini_reaches_who_said_yes_to_it_and_nobody_else(tmp_path: Path) -> None:
    async with house(tmp_path, GOOD) as (opened, stub):
        phone, other = opened.phone(1), opened.phone(2)
        await asyncio.gather(
            onboard(phone, WITH_GEMINI), onboard(other, {"Concordo": "Sim, sem Gemini", "72,5": "81"})
        )
        assert (await week(other)).count("\n") == 0
        assert written(stub) == 0
        assert (await week(phone)).count("\n") == 0  # nothing to tell
        day = await phone.wait_for_message("No dia:")
        assert NEW_DISH in day.text
        asked = [item for item in stub.history if item.path.endswith("modelo-de-teste:streamGenerateContent")]
        assert [item.key for item in asked] == ["test"]
        prompt = asked[0].body["contents"][0]["parts"][0]["text"]
        # No weight, no height, no age. With their units: among the figures of dishes there is a 168 now and then.
        assert not re.search(r"72[.,]5 ?kg|168 ?cm|1[.,]68 ?m\b|\b34\b.*anos", prompt)
        await phone.tap("Fontes", message_id=day.id)
        await phone.wait_for_message("prato criado pelo Gemini")

        stub.queue.append(Reply(text='{"tipo": "desgostar", "itens": ["camarão"], "pedido": "mais frango"}'))
        sent = await phone.send_text("esses bichinhos do mar não descem")
        await phone.wait_for_message("Anotei: crustáceos", after=sent)
        await phone.wait_for_message("Anotei seu pedido: mais frango", after=sent)


@pytest.mark.slow
async def test_a_rejected_key_is_said_at_start_in_words_and_the_guide_serves(tmp_path: Path) -> None:
    async with house(tmp_path, Reply(status=403)) as (opened, stub):
        phone = opened.phone()
        await onboard(phone, WITH_GEMINI)
        assert AWAY in await week(phone)
        assert "GEMINI_API_KEY was not accepted" in opened.bot_log.read_text(encoding="utf-8")
        assert written(stub) == 0


@pytest.mark.parametrize("moment", ["before the first word", "after half of the week", "in the repair"])
@pytest.mark.slow
async def test_killed_while_gemini_writes_the_same_menu_comes_once(moment: str, tmp_path: Path) -> None:
    never = asyncio.Event()
    held = {
        "before the first word": Reply(text=cook, hold=never),
        "after half of the week": Reply(text=cook, pieces=2, stall=never),
        "in the repair": Reply(text='{"refeicoes": [{"dia": 0, "ref": "alm", "guia": [1]}]}'),
    }
    async with house(tmp_path, held[moment]) as (opened, stub):
        phone = opened.phone()
        await onboard(phone, WITH_GEMINI)
        if moment == "in the repair":
            stub.queue.append(held[moment])
            stub.default = Reply(text=cook, hold=never)
        last = (await phone.messages())[-1].id
        await phone.tap("Montar cardápio", answered=False)
        await until_written(stub, 2 if moment == "in the repair" else 1)
        if moment == "after half of the week":
            await phone.wait_for_message("de 7", after=last)
        await opened.kill()
        stub.default = GOOD
        await opened.start_bot()
        ready = await phone.wait_for_message("Sua semana está pronta", after=last)
        assert ready.text.count("\n") == 0
        first = await phone.wait_for_message("No dia:", after=last)
        await phone.send_text("/hoje")
        await phone.wait_for_message("No dia:", after=first.id)
        after = (await phone.look()).after(last)
        assert (
            sum("No dia:" in message.text for message in after) == 2
        )  # the week once, and the answer to /hoje
        assert sum("Sua semana está pronta" in message.text for message in after) == 1
