"""Reminders through the whole bot: set in words, the morning message at its minute, answered, blocked and back."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.driver import Look, Message, Phone
from tests.e2e.house import House, first_week, onboard, said

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MINUTES = 150.0


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path) as opened:
        yield opened


async def soon(phone: Phone) -> tuple[datetime, str, int]:
    """Ask for the menu at a minute that comes within a minute or so; returns it, how the bot says it, and the id of the
    message that did."""
    at = (datetime.now(SAO_PAULO) + timedelta(seconds=75)).replace(second=0, microsecond=0)
    hour = f"{at.hour}h{at.minute:02d}" if at.minute else f"{at.hour}h"
    told = await said(phone, f"me avisa às {at:%H:%M}", f"às {hour}, horário de São Paulo")
    return at, hour, told.id


@pytest.mark.slow
async def test_the_morning_message_comes_at_its_minute_and_is_answered_with_one_line(house: House) -> None:
    phone = house.phone()
    await onboard(phone)
    await first_week(phone)
    _, hour, told = await soon(phone)
    morning = await phone.wait_for_message("Hoje, ", after=told, seconds=MINUTES)
    assert morning.labels == [["✅ Feito", "🔄 Trocar"], ["⏭ Pulei", "📖 Receita"], ["Ver medidas"]]
    assert "kcal" not in morning.text
    await phone.tap("⏭ Pulei")

    def answered(look: Look) -> Message | None:
        return next((m for m in look.replies if m.id == morning.id and "Tudo bem." in m.text), None)

    after = await phone.wait_for(answered)
    assert after.text.splitlines()[-1] == f"Tudo bem. Amanhã às {hour} tem mais."
    assert after.text.startswith(morning.text)


@pytest.mark.slow
async def test_a_stop_over_the_minute_loses_nothing_and_who_blocked_is_left_in_peace(house: House) -> None:
    away, gone = house.phone(1), house.phone(2)
    for phone in (away, gone):
        await onboard(phone)
        await first_week(phone)
    await gone.block()
    at, _, told = await soon(away)
    await house.kill()
    await asyncio.sleep(
        (at - datetime.now(SAO_PAULO)).total_seconds() + 2
    )  # the bot's own clock cannot be moved
    await house.start_bot()
    assert await away.wait_for_message("Hoje, ", after=told, seconds=MINUTES)
    await gone.block(blocked=False)
    await gone.send_text("/start")
    await gone.wait_for_message("Oi")
