"""Weights, the week and tastes through the whole bot: typed and tapped in the chat, kept over a kill, sent at its minute."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.house import House, first_week, onboard, said

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
WEEKDAYS = ("na segunda", "na terça", "na quarta", "na quinta", "na sexta", "no sábado", "no domingo")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path) as opened:
        yield opened


@pytest.mark.slow
async def test_the_summary_comes_by_itself_at_its_minute(house: House) -> None:
    phone = house.phone()
    await onboard(phone)
    await first_week(phone)
    await said(phone, "pesei 72,3", "Anotei 72,3")
    await said(phone, "feito", "Anotei: feito.")
    at = (datetime.now(SAO_PAULO) + timedelta(seconds=75)).replace(second=0, microsecond=0)
    told = await said(
        phone, f"me manda o resumo {WEEKDAYS[at.weekday()]} às {at:%H:%M}", "mando o resumo da semana"
    )
    week = await phone.wait_for_message("Sua semana: ", after=told.id, seconds=150)
    assert week.labels == [["Ver tendência"], ["Não avisar"]]
    assert "kg" not in week.text and "peso" not in week.text.lower()
    await phone.tap("Ver tendência", message_id=week.id)
    await phone.wait_for_message("O peso foi anotado 1 vez.", after=week.id)
