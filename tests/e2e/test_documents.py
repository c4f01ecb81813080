"""Documents over HTTP: sent, asked, used and erased; a book of 300 pages whose reading is killed in the middle."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from bench._book import book, secret_of
from tests.e2e.driver import Phone
from tests.e2e.house import House, first_week, onboard

NUMBERS = count(1)
PATIENCE = 600.0
"""Seconds for a book on a busy machine."""

PLAN = """# Plano alimentar

Fazer 4 refeições por dia. Proteína: 110 g por dia.

Evitar: amendoim.

## Café da manhã

- 2 ovos mexidos
- 1 fatia de pão integral
- 1 fatia de mamão

## Observação

A canjica amarela fica para o domingo, em uma porção pequena, depois do almoço de família.
"""

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One bot for all journeys."""
    async with House(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture
def phone(house: House) -> Phone:
    """Somebody who never wrote to the bot before."""
    return house.phone(next(NUMBERS))


def waiting_files(house: House) -> list[Path]:
    """What is in the spool."""
    folder = house.folder / "cardapio.db.files"
    return list(folder.iterdir()) if folder.is_dir() else []


async def test_a_plan_is_read_used_asked_undone_and_erased(house: House, phone: Phone) -> None:
    await onboard(phone)
    await first_week(phone)
    await phone.send_file("plano.md", PLAN.encode())
    await phone.wait_for_message("Pronto: li plano.md")
    asked = await phone.wait_for_message("Uso isso?")
    assert "4 refeições e 110\u00a0g de proteína" in asked.text
    assert "evitar amendoim" in asked.text

    await phone.tap("Usar", message_id=asked.id)
    await phone.wait_for_message("Anotei do seu documento")
    await phone.wait_for_message("amendoim", after=asked.id)
    answer = await phone.ask("/perguntar em que dia fica a canjica amarela?")
    answer = await phone.wait_for_message("[1]", after=answer.id - 1)
    assert "domingo" in answer.text
    assert "plano.md" in answer.text

    stranger = house.phone(next(NUMBERS))
    await onboard(stranger)
    sent = await stranger.send_text("/perguntar em que dia fica a canjica amarela?")
    found = await stranger.wait_for(
        lambda look: next((m for m in look.after(sent) if "Procurando" not in m.text), None)
    )
    assert "domingo" not in found.text

    await phone.tap("Desfazer", message_id=asked.id)
    await phone.wait_for_message("Desfiz. Seu perfil voltou")
    await phone.ask("/documentos")
    await phone.tap("plano.md")
    await phone.tap("Apagar")
    await phone.tap("Sim, apagar")
    await phone.wait_for_message("ainda não tem documentos")
    assert await asyncio.to_thread(waiting_files, house) == []


@pytest.mark.parametrize("moment", ["Recebi", "Já dá para perguntar"])
async def test_a_book_whose_reading_is_killed_is_resumed(house: House, phone: Phone, moment: str) -> None:
    await onboard(phone)
    await first_week(phone)
    body = await asyncio.to_thread(book, 300, 2)
    await phone.send_file("livro.pdf", body)
    await phone.wait_for_message(moment, seconds=PATIENCE)
    await house.restart()
    ready = await phone.wait_for_message("Pronto: li livro.pdf", seconds=PATIENCE)

    assert "300 páginas" in ready.text
    await phone.wait_for_message("livro.pdf está pronto")
    messages = [message for message in await phone.messages() if "livro.pdf" in message.text]
    assert len(messages) == 2  # the one that was edited all the way, and the one that rang
    word = secret_of(211)
    sent = await phone.send_text(f"/perguntar em que refeição entra o ingrediente {word}?")
    answer = await phone.wait_for_message("[1]", after=sent)
    assert word in answer.text
    assert "página 211" in answer.text
    assert await asyncio.to_thread(waiting_files, house) == []

    await phone.send_text("/apagar")
    await phone.wait_for_message("Apagar tudo?")
    await phone.send_text("apagar tudo")
    await phone.wait_for_message("Apaguei tudo", seconds=60)
