"""A weight that was mistyped: doubted in /perfil as in /peso; what it stopped comes back with the right one, and only then."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from menus import reminders
from menus.reminder_plan import Kind, Plan
from storage import display
from tests.handlers.changer import ANA, Changer, open_changer, own_week
from tests.handlers.test_peso import diary, profile, spaced

BACK = "Números e lembretes estão de novo como antes."


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        person = await opened.person()
        assert person is not None
        plan = Plan().with_hour(Kind.EVE, "20:00").with_hour(Kind.SUMMARY, "19:00")
        async with opened.database.transaction() as tx:
            await reminders.change(tx, person.id, plan, opened.now)
        yield opened


async def stopped(phone: Changer) -> tuple[bool, set[Kind]]:
    """Whether numbers are hidden, and the reminders that are on."""
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        plan = await reminders.plan_of(conn, person.id)
        return await display.numbers_hidden(conn, person.id), set(plan.hours)


BEFORE = (False, {Kind.EVE, Kind.SUMMARY})
QUIET: tuple[bool, set[Kind]] = (True, set())


async def correct_weight(phone: Changer, said: str) -> None:
    await phone.say("/perfil")
    await phone.tap_data("item:weight", phone.last.id)
    await phone.say(said)


@pytest.mark.parametrize("how", ["tap", "sim", "62"])
async def test_in_the_profile_a_jump_is_asked_about_and_kept_only_after_a_yes(
    phone: Changer, how: str
) -> None:
    await correct_weight(phone, "62")
    assert spaced(phone.last) == "No seu perfil está 72,5 kg. Agora é 62 kg mesmo?"
    assert (await profile(phone), await diary(phone)) == (ANA, [])
    await (phone.tap("É 62 kg") if how == "tap" else phone.say(how))
    assert ((await profile(phone)).weight_kg, await diary(phone)) == (62.0, [62.0])


async def test_in_the_profile_another_figure_is_doubted_anew_and_a_near_one_is_taken(phone: Changer) -> None:
    await correct_weight(phone, "62")
    await phone.say("52")
    assert "52 kg mesmo?" in spaced(phone.last)
    await phone.tap("Corrigir")
    await phone.say("71,9")
    assert ((await profile(phone)).weight_kg, await diary(phone)) == (71.9, [71.9])


async def test_an_undo_alone_brings_nothing_back_and_the_right_weight_does(phone: Changer) -> None:
    await phone.say("peso 44")
    await phone.say("sim")
    assert await stopped(phone) == QUIET
    await phone.say("/hoje")  # told again who helps: what is kept of before stays
    await phone.tap("↩ Desfazer")
    assert any(
        each.text.endswith("Anote o peso certo, e números e lembretes voltam.") for each in phone.messages
    )
    assert await stopped(phone) == QUIET
    await phone.tap("Anotar peso")
    await phone.say("72,4")
    assert phone.last.text == BACK
    assert "72,4" in phone.messages[-2].text
    assert await stopped(phone) == BEFORE
    await phone.say("72,5")
    assert phone.last.text != BACK


async def test_in_the_profile_the_right_weight_brings_all_back(phone: Changer) -> None:
    await correct_weight(phone, "44")
    await phone.say("sim")
    assert await stopped(phone) == QUIET
    await correct_weight(phone, "72,4")
    await phone.say("sim")
    assert any(message.text == BACK for message in phone.messages)
    assert await stopped(phone) == BEFORE


@pytest.mark.parametrize("right", ["44,5", "52"])
async def test_a_weight_below_a_limit_brings_nothing_back(phone: Changer, right: str) -> None:
    await phone.say("peso 44")
    await phone.say("sim")
    await phone.say(f"peso {right}")
    await phone.say("sim")
    assert await stopped(phone) == QUIET


async def test_after_a_week_it_was_no_mistyping(phone: Changer) -> None:
    await phone.say("peso 44")
    await phone.say("sim")
    phone.now += timedelta(days=8)
    await phone.say("peso 72,4")
    await phone.say("sim")
    assert await stopped(phone) == QUIET


async def test_with_a_disorder_told_since_nothing_comes_back(phone: Changer) -> None:
    await phone.say("peso 44")
    await phone.say("sim")
    await phone.tap("↩ Desfazer")
    await phone.say("tenho anorexia")
    await phone.say("peso 72,4")
    assert await stopped(phone) == QUIET


async def test_what_the_person_chose_since_stays(phone: Changer) -> None:
    await phone.say("peso 44")
    await phone.say("sim")
    await phone.tap("↩ Desfazer")
    await phone.say("me avisa às 9h")
    await phone.say("/perfil")
    await phone.tap("Mostrar números")
    await phone.tap("Esconder números")
    await phone.say("peso 72,4")
    hidden, kinds = await stopped(phone)
    assert hidden and Kind.DAY in kinds and Kind.EVE not in kinds
