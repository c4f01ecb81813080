"""A nutritionist's plan sent as a PDF to the real bot: its figures on a yes, its meals in the next week, with the page."""

import asyncio
from pathlib import Path

import pytest

from tests.e2e.driver import Look, Message
from tests.e2e.house import House, first_week, onboard
from tests.rag.plan_papers import as_pdf

pytestmark = pytest.mark.slow
FROM_PAGE = "Do seu documento, página 1"


async def test_a_plan_that_was_sent_is_followed_by_the_next_week_and_each_meal_says_its_page(
    tmp_path: Path,
) -> None:
    data, name = await asyncio.to_thread(as_pdf, "own_plans/01-consultorio.md")
    async with House(tmp_path) as house:
        phone = house.phone(1)
        await onboard(phone)
        await first_week(phone)
        sent = await phone.send_file(name, data)
        asked = await phone.wait_for_message("Seu documento pede", after=sent)
        assert "1.800\u00a0kcal e 120\u00a0g de proteína" in asked.text
        await phone.tap("Usar", message_id=asked.id)
        await phone.tap("Nova semana")

        def followed(look: Look) -> Message | None:
            return next((m for m in look.after(asked.id) if FROM_PAGE in m.text), None)

        day = await phone.wait_for(followed)
        assert day.text.count(FROM_PAGE) >= 3
        await phone.tap("Fontes", message_id=day.id)
        sources = await phone.wait_for_message("De onde vem")
        assert f"{name}, seção " in sources.text
