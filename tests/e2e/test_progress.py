"""Weights, the week and tastes through the whole bot: typed and tapped in the chat, kept over a kill, sent at its minute."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from tests.e2e.driver import Message, Phone
from tests.e2e.house import House, first_week, onboard

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
WEEKDAYS = ("na segunda", "na terça", "na quarta", "na quinta", "na sexta", "no sábado", "no domingo")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path) as opened:
        yield opened


async def said(phone: Phone, text: str, expected: str, seconds: float | None = None) -> Message:
    """Type ``text`` and wait for the answer that contains ``expected``."""
    last = (await phone.messages())[-1].id
    await phone.send_text(text)
    return await phone.wait_for_message(expected, after=last, seconds=seconds)


async def test_weights_tastes_and_the_week_in_the_chat(house: House) -> None:
    phone = house.phone()
    await onboard(phone)
    await first_week(phone)
    assert "peso" in (await phone.look()).commands and "gostos" in (await phone.look()).commands

    await said(phone, "ontem pesei 72,6", "Anotei 72,6")
    told = await said(phone, "/peso 72,3", "Anotei 72,3")
    assert told.labels == [["↩ Desfazer", "Registros"], ["Resumo da semana"]]
    picture = Image.open(BytesIO(await phone.download(told)))
    assert picture.width == 1080
    await said(phone, "/peso 823", "Li 823. É 82,3")
    doubt = await said(phone, "pesei 62,3", "você anotou 72,6")
    await phone.tap("Corrigir", message_id=doubt.id)
    await phone.wait_for_message("Quanto você pesa hoje?", after=doubt.id)

    await house.restart()
    await said(phone, "72,1", "Corrigi o peso de hoje: era 72,3")
    await phone.tap("↩ Desfazer")
    await phone.wait_for_message("O peso de hoje voltou a 72,3")

    await said(phone, "feito", "Anotei: feito.")
    await said(phone, "/progresso", "Sua semana: ")
    assert "Dia feito: " in (await phone.wait_for_message("Sua semana: ")).text

    await phone.tap("Registros")
    await phone.wait_for_message("Pesos anotados")
    await said(phone, "/hoje", "No dia:")
    await phone.tap("📖 Receitas")
    await phone.tap("Almoço")
    recipe = await phone.wait_for_button("👍 Gostei")
    toast = await phone.tap("👎 Não gostei", message_id=recipe.id)
    assert toast is not None and toast["text"].startswith("Anotei: você não gostou de ")
    await said(phone, "/gostos", "O que aprendi sobre seus gostos")

    await said(phone, "/apagar", "Apagar tudo?")
    await said(phone, "apagar tudo", "Apaguei tudo.")


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
