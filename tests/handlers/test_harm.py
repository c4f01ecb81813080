"""What harms a person is kept, whatever is asked beside it; what may harm them is asked about; traps exclude nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from menus.changes.orders import Kind
from storage import profiles
from tests.handlers.changer import Changer, open_changer
from tests.handlers.harm_score import ASKED, score
from tests.handlers.talk_score import rows_of, settled

SENTENCES = Path(__file__).parent.parent / "data" / "harm_sentences.csv"
QUICK = slice(0, 60, 9)
"""Some of them, for the quick suite."""


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        yield await settled(opened)


async def codes(phone: Changer) -> dict[str, str]:
    return {item.code: item.strength.value for item in await phone.restrictions()}


async def test_some_sentences_do_what_they_ask_and_traps_nothing(phone: Changer) -> None:
    found = await score(phone, rows_of(SENTENCES)[QUICK])
    assert found.wrong == [] and found.missed == []


@pytest.mark.slow
async def test_nearly_all_sentences_do_what_they_ask_and_traps_nothing(phone: Changer) -> None:
    found = await score(phone, rows_of(SENTENCES))
    assert found.wrong == [] and found.right >= 59, found.missed


@pytest.mark.parametrize(("answer", "held"), [("sim", "alergia"), ("Pode tirar", "alergia"), ("não", "")])
async def test_what_happened_once_is_asked_about_and_the_change_done(
    phone: Changer, answer: str, held: str
) -> None:
    await phone.say("passei mal com camarão ontem, troca o jantar")
    assert [order.kind for order in await phone.orders()] == [Kind.OFFER]
    assert phone.last.screen == ASKED and await codes(phone) == {}
    assert phone.last.text == (
        "Entendi assim:\n• tirar crustáceos do seu cardápio, de hoje em diante\nPode ser?"
    )
    await (phone.tap(answer) if answer == "Pode tirar" else phone.say(answer))
    assert (await codes(phone)).get("crustaceos", "") == held


async def test_a_dislike_that_was_asked_about_may_be_an_allergy(phone: Changer) -> None:
    await phone.say("tenho nojo desse pepino")
    assert phone.last.labels == ["Pode tirar", "É alergia", "Deixa assim"]
    await phone.say("/hoje")
    await phone.tap_data("r_sim:alergia:food.pepino")
    assert await codes(phone) == {"food:pepino": "alergia"}


async def test_a_forged_button_excludes_nothing(phone: Changer) -> None:
    for data in ("r_sim:alergia:tudo", "r_sim:x:leite", "r_sim:alergia:food.nada disso"):
        await phone.tap_data(data)
    assert await codes(phone) == {}


async def test_other_words_after_the_question_are_read_as_ever(phone: Changer) -> None:
    await phone.say("comi amendoim e me empolei todo")
    await phone.say("amanhã almoço fora")
    assert [order.kind for order in await phone.orders()] == [Kind.AWAY] and await codes(phone) == {}


async def test_a_meal_is_unlocked_in_words(phone: Changer) -> None:
    phone.held = False
    await phone.say("trava o jantar de amanhã")
    assert phone.last.text.startswith("🔒 Travei o jantar de quinta")
    await phone.say("destrava o jantar de amanhã")
    assert phone.last.text.startswith("🔓 Destravei o jantar de quinta")


async def test_a_number_of_meals_is_no_hour_while_one_is_asked(phone: Changer) -> None:
    await phone.say("/lembretes")
    await phone.tap("Escolher horário")
    await phone.say("quero 4 refeições")
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        profile = await profiles.get(conn, person.id)
    assert profile is not None and profile.meals_per_day == 4


async def test_how_one_is_may_be_said_in_passing(phone: Changer) -> None:
    await phone.say("como vegetariana q sou, preciso de outro jantar pra sexta")
    assert await codes(phone) == {"vegetariano": "dieta"}
    assert [order.kind for order in await phone.orders()] == [Kind.OFFER]
