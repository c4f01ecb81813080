"""What is ordered off the menu for good is asked about, and kept after a yes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.taking_out import named
from tests.handlers.changer import Changer, open_changer, own_week


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "cardapio.db") as opened:
        await opened.settle(own_week())
        yield opened


@pytest.mark.parametrize(
    ("said", "food"),
    [
        ("tira o amendoim do cardápio", "o amendoim"),
        ("Tira o leite de tudo, por favor", "o leite"),
        ("me tira a aveia e o quiabo", "a aveia e o quiabo"),
        ("nunca mais me manda jiló!", "jilo"),
        ("pode tirar o leite pra sempre?", "o leite"),
        ("some com o fígado", "o figado"),
        ("tira o leite da lista", ""),
        ("tira o frango do jantar de hoje", ""),
        ("tira o peixe e põe ovo", ""),
        ("tira a pele do frango", ""),
        ("tira tudo menos o arroz", ""),
        ("devo tirar o leite?", ""),
        ("não precisa tirar o leite", ""),
        ("tirei o leite do fogo", ""),
    ],
)
def test_an_order_names_its_food_and_whatever_says_more_is_none(said: str, food: str) -> None:
    assert named(said) == food


async def test_what_is_ordered_off_is_asked_about_and_kept_after_a_yes(phone: Changer) -> None:
    await phone.say("tira o amendoim do cardápio")
    assert phone.last.text == "Entendi assim:\n• tirar amendoim do seu cardápio, de hoje em diante\nPode ser?"
    assert phone.last.labels == ["Pode tirar", "É alergia", "Deixa assim"]
    await phone.say("sim")
    assert "Anotei" in phone.last.text and "amendoim" in phone.last.text


async def test_a_kind_is_named_by_what_goes(phone: Changer) -> None:
    await phone.say("corta o açúcar")
    assert "tirar açúcar adicionado do seu cardápio" in phone.last.text


@pytest.mark.parametrize("said", ["tira uma dúvida", "tira meu nome", "tira isso"])
async def test_what_names_no_food_is_not_asked_about(phone: Changer, said: str) -> None:
    await phone.say(said)
    assert phone.last.screen != "restricao_entendi"
