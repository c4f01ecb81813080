"""What was guessed from a sentence is asked about, done after a yes, and forgotten after a no or another question."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.catalogue import catalogue
from handlers.screens.propostas import in_words
from menus.changes.orders import Kind, Order, Way
from nutrition.menu import Slot
from storage import changes
from tests.handlers.changer import WEDNESDAY, Changer, open_changer, own_week

GUESSED = "amanhã meu cunhado marcou um trem lá na rua, aí janto por lá mesmo"


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        await opened.say("/hoje")
        yield opened


def told(phone: Changer) -> str:
    return "\n".join(message.text for message in phone.messages)


async def waiting(phone: Changer) -> int:
    async with phone.database.reader() as conn:
        rows = await conn.fetch_all("SELECT id FROM change_orders")
    return len(rows)


async def test_a_guess_is_done_after_a_tap(phone: Changer) -> None:
    asked = await phone.say(GUESSED)
    assert asked.text == "Entendi assim:\n• marcar o jantar de quinta como fora de casa\nPode ser?"
    await phone.tap("Pode mudar")
    assert "Marquei o jantar de quinta como fora de casa" in told(phone)
    assert await waiting(phone) == 0


async def test_a_guess_is_done_after_a_typed_yes_and_only_once(phone: Changer) -> None:
    await phone.say(GUESSED)
    assert (await phone.say("sim")).text.startswith("Marquei o jantar de quinta como fora de casa")
    await phone.tap("Pode mudar")
    assert told(phone).count("Essa pergunta já passou.") == 1
    assert told(phone).count("Marquei o jantar de quinta") == 1


@pytest.mark.parametrize("answer", ["não", "Deixa assim"])
async def test_after_a_no_nothing_is_done(phone: Changer, answer: str) -> None:
    await phone.say(GUESSED)
    said = await (phone.say(answer) if answer == "não" else phone.tap(answer))
    assert said.text == "Certo, fica como está."
    assert await waiting(phone) == 0


async def test_of_two_questions_only_the_last_waits(phone: Changer) -> None:
    first = await phone.say(GUESSED)
    await phone.say(GUESSED.replace("amanhã", "sexta"))
    data = first.shown.buttons[0][0].data
    assert data is not None
    await phone.tap_data(data, first.id)
    assert "Essa pergunta já passou." in told(phone)
    assert (await phone.say("pode")).text.startswith("Marquei o jantar de sexta como fora de casa")


async def test_the_number_of_somebody_else_does_nothing(phone: Changer) -> None:
    asked = await phone.say(GUESSED)
    for forged in ("faz:999999", "faz:x", "nao_faz:0"):
        await phone.tap_data(forged, asked.id)
    assert await waiting(phone) == 1
    async with phone.database.transaction() as tx:
        assert await changes.take_proposed(tx, 999) == ()


@pytest.mark.parametrize("kind", list(Kind))
async def test_every_change_can_be_said(phone: Changer, kind: Kind) -> None:
    for slot in (Slot.JANTAR, None):
        for way in Way if kind is Kind.OFFER else (Way.ANY,):
            order = Order(kind=kind, date=WEDNESDAY, slot=slot, source=WEDNESDAY, foods=("peixe",), way=way)
            assert "{" not in in_words(catalogue(), order, WEDNESDAY)


async def test_a_yes_typed_much_later_answers_something_else(phone: Changer) -> None:
    await phone.say(GUESSED)
    async with phone.database.transaction() as tx:
        await tx.execute("UPDATE change_orders SET created_at = created_at - 7200000")
    await phone.say("ok")
    assert await waiting(phone) == 1
