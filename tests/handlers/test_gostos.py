"""Tastes on the phone: told in one tap under a recipe, learned from swaps and skips, shown, forgotten one by one or all."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from menus import tastes
from menus.tastes import Learned
from nutrition.menu import Slot
from storage import menus
from storage import tastes as stored
from storage.tastes import Taste
from tests.handlers.changer import WEDNESDAY, Changer, Message, open_changer, own_week
from tests.handlers.phone import NOON


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        yield opened


async def learned(phone: Changer) -> tuple[Learned, ...]:
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return await tastes.of(conn, person.id)


async def main(phone: Changer, slot: Slot = Slot.ALMOCO) -> str:
    day = next(each for each in (await phone.week()).days if each.date == WEDNESDAY)
    return next(tastes.mains_of(meal)[0].name for meal in day.meals if meal.slot is slot)


async def open_recipe(phone: Changer) -> Message:
    await phone.say("/hoje")
    await phone.tap("📖 Receitas")
    return await phone.tap("Almoço")


async def test_a_dish_is_liked_in_one_tap_changed_and_taken_back(phone: Changer) -> None:
    recipe = await open_recipe(phone)
    assert recipe.labels == ["👍 Gostei", "👎 Não gostei", "Voltar ao dia"]
    await phone.tap("👍 Gostei")
    name = await main(phone)
    assert phone.toasts[-1] == f"Anotei: você gostou de {name}. Aparece um pouco mais."
    shown = next(message for message in phone.messages if message.id == recipe.id)
    assert shown.text.endswith("Você gostou deste prato.")
    assert shown.labels == ["↩ Desfazer", "Voltar ao dia"]
    assert [(each.name, each.opinion) for each in await learned(phone)] == [(name, tastes.LIKED)]
    await phone.tap("↩ Desfazer")
    assert await learned(phone) == ()
    await phone.tap("👎 Não gostei")
    assert [each.score for each in await learned(phone)] == [-1.0]


async def test_a_swap_is_learned_from_and_undone_with_it(phone: Changer) -> None:
    before = await main(phone, Slot.JANTAR)
    await phone.say("troca o jantar de hoje por peixe")
    assert [(each.name, each.swaps) for each in await learned(phone)] == [(before, 1)]
    await phone.tap("↩ Desfazer")
    assert await learned(phone) == ()


async def test_a_skipped_day_is_learned_from_until_it_is_taken_back(phone: Changer) -> None:
    await phone.tap_data(f"l_pulei:{WEDNESDAY.isoformat()}")
    assert {each.skips for each in await learned(phone)} == {1}
    await phone.tap_data(f"l_feito:{WEDNESDAY.isoformat()}")
    assert await learned(phone) == ()
    await phone.tap_data(f"l_pulei:{WEDNESDAY.isoformat()}")
    await phone.tap_data(f"l_apaga:{WEDNESDAY.isoformat()}")
    assert await learned(phone) == ()


async def test_what_was_learned_is_shown_and_forgotten_one_by_one(phone: Changer) -> None:
    assert (await phone.say("/gostos")).text.startswith("Ainda não aprendi nada.")
    await open_recipe(phone)
    await phone.tap("👎 Não gostei")
    dish = await main(phone)
    swapped = await main(phone, Slot.JANTAR)
    await phone.say("troca o jantar de hoje por peixe")
    shown = await phone.say("o que você aprendeu sobre mim?")
    assert shown.text.startswith("<b>O que aprendi sobre seus gostos</b>")
    assert f"<b>Não gosta</b>\n{dish}" in shown.text
    assert f"<b>Troca ou pula</b>\n{swapped}: trocou 1 vez" in shown.text
    assert "Suas restrições valem sempre." in shown.text
    buttons = [button for row in shown.shown.buttons for button in row if button.data.startswith("g_tira:")]
    assert len(buttons) == 2
    await phone.tap_data(buttons[0].data, shown.id)
    assert len(await learned(phone)) == 1
    assert phone.toasts[-1].startswith("Esqueci: ")
    await phone.tap_data(buttons[0].data, shown.id)
    assert phone.toasts[-1] == "Isso eu já tinha esquecido."


async def test_a_dish_that_a_new_restriction_forbids_is_not_named_and_can_be_forgotten(
    phone: Changer,
) -> None:
    await phone.say("troca o jantar de hoje por tilápia")
    recipe = await phone.tap_data(f"receita:{WEDNESDAY.isoformat()}:jantar")
    assert "tilápia" in recipe.text.lower()
    await phone.tap("👍 Gostei")
    await phone.say("sou alérgica a peixe")
    shown = await phone.say("/gostos")
    assert "tilápia" not in shown.text.lower() and "<b>Gosta</b>\nPrato retirado" in shown.text
    assert "tilápia" not in (await phone.say("/progresso")).text.lower()
    key = next(b.data for row in shown.shown.buttons for b in row if b.label == "Prato retirado")
    await phone.tap_data(key, shown.id)
    assert phone.toasts[-1] == "Esqueci esse prato."


async def test_a_dish_whose_name_does_not_tell_what_is_forbidden_in_it_is_not_named_either(
    phone: Changer,
) -> None:
    name, day = "Açaí batido com banana", WEDNESDAY
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await stored.put(tx, person.id, Taste("acai-batido-com-banana", tastes.LIKED, "", name, day))
    assert name in (await phone.say("/gostos")).text
    assert name in (await phone.say("/progresso")).text
    await phone.exclude("amendoim")
    assert name not in (await phone.say("/progresso")).text
    shown = await phone.say("/gostos")
    assert name not in shown.text
    key = next(b.data for row in shown.shown.buttons for b in row if b.label == "Prato retirado")
    await phone.tap_data(key, shown.id)
    assert phone.toasts[-1] == "Esqueci esse prato."


async def test_a_dish_that_no_guide_has_is_held_against_what_it_was_made_of(phone: Changer) -> None:
    week = own_week()
    (composed,) = tastes.mains_of(week.days[2].meals[0])[:1]
    portion = replace(composed.portions[0], food_id="amendoim-torrado-sem-sal")
    composed = replace(composed, name="Potinho da casa", dish_id=None, steps=(), portions=(portion,))
    meals = (replace(week.days[2].meals[0], dishes=(composed,)), *week.days[2].meals[1:])
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        days = (*week.days[:2], replace(week.days[2], meals=meals), *week.days[3:])
        await menus.save_week(tx, person.id, replace(week, days=days), 1, NOON)
        await tastes.say(tx, person.id, composed, tastes.LIKED, WEDNESDAY)
    assert "Potinho da casa" in (await phone.say("/gostos")).text
    await phone.say("troca o café da manhã de hoje por tapioca")  # and what was there is in no week any more
    await phone.exclude("amendoim")
    assert "Potinho da casa" not in str(await phone.week())
    assert "Potinho da casa" not in (await phone.say("/gostos")).text


async def test_each_dish_of_a_long_list_is_reached_page_by_page_and_forgotten_there(phone: Changer) -> None:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        for number in range(30):
            await stored.put(
                tx, person.id, Taste(f"p{number}", tastes.LIKED, "", f"Ensopado {number:04}", WEDNESDAY)
            )
    shown = await phone.say("/gostos")
    seen = [label for label in shown.labels if label.startswith("Ensopado ")]
    assert len(seen) == 12 and "← Anterior" not in shown.labels
    for _ in range(2):
        await phone.tap("Próximo →")
        seen += [label for label in phone.last.labels if label.startswith("Ensopado ")]
    assert len(set(seen)) == len(seen) == 30
    assert "Próximo →" not in phone.last.labels
    for label in seen[24:]:
        await phone.tap(label)
    assert len(await learned(phone)) == 24
    assert [label for label in phone.last.labels if label.startswith("Ensopado ")] == seen[12:24]
    await phone.tap("← Anterior")
    assert [label for label in phone.last.labels if label.startswith("Ensopado ")] == seen[:12]


async def test_dishes_that_are_not_named_any_more_are_told_apart_by_number(phone: Changer) -> None:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        for name in ("Tilápia assada", "Salada de frango", "Moqueca de peixe"):
            await stored.put(tx, person.id, Taste(name, tastes.LIKED, "", name, WEDNESDAY))
    await phone.say("sou alérgica a peixe")
    labels = (await phone.say("/gostos")).labels
    assert {"Prato retirado 1", "Prato retirado 2"} <= set(labels)
    await phone.tap("Prato retirado 2")
    assert phone.toasts[-1] == "Esqueci esse prato."
    assert "Prato retirado" in phone.last.labels


async def test_all_of_it_is_forgotten_after_a_question(phone: Changer) -> None:
    await open_recipe(phone)
    await phone.tap("👍 Gostei")
    await phone.say("/perfil")
    await phone.tap("Meus gostos")
    await phone.tap("Esquecer tudo")
    assert phone.last.text == "Esquecer tudo o que aprendi sobre seus gostos?"
    assert len(await learned(phone)) == 1
    await phone.tap("Esquecer tudo")
    assert phone.last.text == "Esqueci tudo sobre seus gostos. Começo do zero."
    assert await learned(phone) == ()


@pytest.mark.parametrize(
    "data",
    [
        "gosto:x:almoco:mais",
        "gosto:2026-11-25:brunch:mais",
        "gosto:2026-11-25:almoco:muito",
        "g_tira:zz",
        "g_tira:zz-x",
        "g_pagina:-1",
        "g_pagina:99999",
    ],
)
async def test_forged_buttons_teach_nothing(phone: Changer, data: str) -> None:
    await phone.tap_data(data)
    assert await learned(phone) == ()
