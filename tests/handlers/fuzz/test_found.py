"""What the fuzz found, each as the smallest update that showed it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import tastes
from storage.tastes import Taste
from tests.handlers.changer import WEDNESDAY, Changer, open_changer, own_week

TOO_LARGE = "9" * 19


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "cardapio.db") as opened:
        await opened.settle(own_week())
        yield opened


@pytest.mark.parametrize("data", ["l_semana_dia:56", "l_semana_dia:", "l_dia:01:sim", "l_dia::sim"])
async def test_a_day_of_the_week_that_is_none_changes_no_reminder(phone: Changer, data: str) -> None:
    await phone.say("/lembretes 7h")
    before = (await phone.tap_data("lembretes")).text
    await phone.tap_data(data)
    assert (await phone.tap_data("lembretes")).text == before


@pytest.mark.parametrize("data", ["manter:", "volta:", "repete:", "p::1", "m:::1"])
async def test_a_tap_on_no_question_while_nothing_is_asked_shows_the_current_view(
    phone: Changer, data: str
) -> None:
    assert (await phone.tap_data(data)).labels


@pytest.mark.parametrize(
    "data", [f"desfaz:{TOO_LARGE}", f"l_desfaz:{TOO_LARGE}", f"peso_desfaz:{TOO_LARGE}", "x" * 65]
)
async def test_a_number_that_no_row_has_is_not_ours(phone: Changer, data: str) -> None:
    shown = await phone.tap_data(data)
    assert shown.labels


async def test_a_sentence_with_many_hours_is_asked_about_in_rows(phone: Changer) -> None:
    await phone.say("/lembretes")
    asked = await phone.say("me lembra às 9 ou 11 ou 2 ou 5 ou 3 ou 8")
    assert max(len(row) for row in asked.shown.buttons) <= 2


async def test_a_restriction_named_like_a_word_of_ours_does_not_keep_anybody_from_their_data(
    phone: Changer,
) -> None:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await tastes.put(tx, person.id, Taste("feijoada", "gostei", "", "Feijoada", WEDNESDAY))
    await phone.exclude("word:gostei")
    await phone.say("/exportar")
    document = phone.last.shown.document
    assert document is not None
    assert "Feijoada" in document.content.decode()
