"""Changes of a menu through the whole bot: swaps told and undone, words understood, the list in step, kills survived."""

import re
from collections.abc import AsyncIterator
from itertools import count

import pytest
import pytest_asyncio

from tests.e2e.driver import Message, Phone
from tests.e2e.house import House, said, with_week

NUMBERS = count(1)
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One bot for all: each test is another person's."""
    async with House(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def phone(house: House) -> Phone:
    """Somebody new, with a week."""
    return await with_week(house.phone(next(NUMBERS)))


async def last_id(phone: Phone) -> int:
    return (await phone.messages())[-1].id


async def tapped(phone: Phone, label: str, expected: str, *, after: int = 0) -> Message:
    """Tap ``label`` and wait for the message, new or edited, that says ``expected``."""
    await phone.tap(label)
    return await phone.wait_for_message(expected, after=after)


def dinner(day: Message) -> list[str]:
    """The lines of the dinner of a day."""
    lines = day.text.splitlines()
    at = next(n for n, line in enumerate(lines) if "Jantar" in line)
    end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
    return lines[at:end]


def without_totals(day: Message) -> str:
    return re.sub(r"(?s)Sal do dia.*", "", day.text)


async def test_a_dinner_is_swapped_by_tapping_and_comes_back_by_undo(phone: Phone) -> None:
    before = await said(phone, "/hoje", "No dia:")
    await tapped(phone, "🔄 Trocar", "Qual refeição de")
    options = await tapped(phone, "Jantar", "Opções parecidas:")
    assert options.id == before.id
    after = await last_id(phone)
    first = next(label for row in options.labels for label in row if label.startswith("1. "))
    told = await tapped(phone, first, "Troquei o jantar de hoje por", after=after)
    assert "Entra na lista: " in told.text and "perto da meta de" in told.text
    changed = await said(phone, "/hoje", "No dia:")
    assert without_totals(changed) != without_totals(before)
    await tapped(phone, "↩ Desfazer", "Desfiz. Voltou ao que era.")
    assert (await said(phone, "/hoje", "No dia:")).text == before.text


async def test_words_change_the_menu_and_the_list_follows(phone: Phone) -> None:
    await said(phone, "troca o jantar de amanhã por omelete", "Troquei o jantar de")
    tomorrow = await said(phone, "e amanhã?", "No dia:")
    assert "omelete" in tomorrow.text.lower()
    await said(phone, "amanhã almoço fora", "como fora de casa")
    out = await said(phone, "e amanhã?", "Fora de casa.")
    assert "meta" not in out.text
    await said(phone, "não aguento mais ovo", "Entendi: menos ovo.")
    days = await said(phone, "/compras", "Compras")
    assert "ovo" not in " ".join(label.lower() for row in days.labels for label in row)
    await said(phone, "troca aquilo lá", "não o quê")


async def test_a_locked_dinner_stays_while_its_day_is_swapped_and_is_asked_about(phone: Phone) -> None:
    await said(phone, "/hoje", "No dia:")
    await tapped(phone, "🔄 Trocar", "Qual refeição de")
    await tapped(phone, "🔒 Travar", "O que travar de")
    await tapped(phone, "Jantar", "O que travar de")
    locked = dinner(await said(phone, "/hoje", "No dia:"))
    assert "🔒" in locked[0]
    await tapped(phone, "🔄 Trocar", "Qual refeição de")
    after = await last_id(phone)
    told = await tapped(phone, "Trocar dia", "Troquei as refeições de", after=after)
    assert "1 refeição travada ficou como estava" in told.text
    assert dinner(await said(phone, "/hoje", "No dia:")) == locked
    await said(phone, "troca o jantar de hoje por omelete", "Mudo mesmo assim?")
    after = await last_id(phone)
    await tapped(phone, "Mudar mesmo assim", "Troquei o jantar de hoje por", after=after)
    assert "🔒" not in (await said(phone, "/hoje", "No dia:")).text
    await said(phone, "desfaz", "Desfiz.")
    assert dinner(await said(phone, "/hoje", "No dia:")) == locked


async def test_a_meal_is_skipped_and_a_day_goes_without_meat(phone: Phone) -> None:
    before = await said(phone, "/hoje", "No dia:")
    await tapped(phone, "🔄 Trocar", "Qual refeição de")
    await tapped(phone, "Jantar", "Opções parecidas:")
    after = await last_id(phone)
    await tapped(phone, "⏭ Pular", "Anotei que você pula o jantar de hoje", after=after)
    skipped = await said(phone, "/hoje", "Refeição pulada.")
    assert skipped.text != before.text and "meta" in skipped.text
    await said(phone, "desfaz", "Desfiz.")
    assert (await said(phone, "/hoje", "No dia:")).text == before.text
    await said(phone, "amanhã quero um dia sem carne", "carne")
    tomorrow = (await said(phone, "e amanhã?", "No dia:")).text.lower()
    assert not re.search(r"\b(?:frango|patinho|carne|tilápia|atum|sardinha|peixe|porco|lombo)\b", tomorrow)


async def test_a_change_asked_before_a_kill_is_done_once_after_it(house: House, phone: Phone) -> None:
    after = await last_id(phone)
    await house.kill()
    await phone.send_text("troca o jantar de hoje por peixe")
    await house.start_bot()
    await phone.wait_for_message("Troquei o jantar de hoje", after=after)
    await said(phone, "/hoje", "No dia:")  # so the message before it is recorded as sent
    await house.restart()
    await said(phone, "/hoje", "No dia:")
    told = [m for m in await phone.history() if not m.out and "Troquei o jantar de hoje" in m.text]
    assert len(told) == 1
    await said(phone, "desfaz isso", "Desfiz.")
