"""/exportar on the phone: two files with all that is kept, and nothing in them that a restriction of now took out."""

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from menus import tastes
from menus.export import WITHHELD
from nutrition.menu import Meal, PlannedDish, Portion, Slot
from nutrition.words import fold
from storage import changes
from tests.handlers.changer import Changer, open_changer, own_week
from tests.menus.fixtures import dishes


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        yield opened


async def files(phone: Changer) -> tuple[str, dict[str, Any]]:
    """The readable file and the one for programs."""
    await phone.say("/exportar")
    text, data = (message.shown.document for message in phone.messages[-2:])
    assert text is not None
    assert data is not None
    assert text.filename.endswith(".txt")
    assert data.filename.endswith(".json")
    return text.content.decode(), json.loads(data.content)


async def test_both_files_hold_the_answers_the_menu_and_what_was_noted_later(phone: Changer) -> None:
    await phone.say("/peso 72,5")
    text, data = await files(phone)
    for heading in ("SUAS RESPOSTAS", "O QUE VOCÊ AUTORIZOU", "PESOS", "CARDÁPIOS"):
        assert f"\n{heading}\n" in text
    assert "72,5 kg" in text.replace("\u00a0", " ")
    assert len(data["weeks"]) == 1
    assert len(data["weeks"][0]["days"]) == 7
    assert data["weights"][0]["kg"] == 72.5
    assert data["profiles"][0]["goal"]
    assert "<b>" not in text


async def test_what_a_new_restriction_took_out_is_in_neither_file(phone: Changer) -> None:
    before, _data = await files(phone)
    assert "frango" in fold(before)
    await phone.say("/restricoes não como frango")
    await phone.say("não como frango")
    text, data = await files(phone)
    menus = fold(text.split("CARDÁPIOS")[1])
    assert "frango" not in menus
    assert "retirado por uma restricao sua" in menus
    written = json.dumps([data["weeks"], data.get("tastes"), data.get("changes")], ensure_ascii=False)
    assert "frango" not in fold(written)
    assert WITHHELD in written


async def test_a_disliked_dish_that_is_now_forbidden_is_told_as_withheld(phone: Changer) -> None:
    await phone.say("troca o jantar de hoje por frango")
    await phone.say("troca o jantar de hoje por peixe")
    await phone.say("não como frango")
    text, data = await files(phone)
    assert "frango" not in fold(text.split("CARDÁPIOS")[1])
    assert "frango" not in fold(json.dumps(data.get("changes", []), ensure_ascii=False))
    assert "frango" not in fold(json.dumps(data.get("tastes", []), ensure_ascii=False))


async def test_a_dish_is_withheld_for_what_is_in_it_and_a_kept_meal_goes_whole(phone: Changer) -> None:
    name, day = "Açaí batido com banana", date(2026, 11, 25)
    recipe = next(dish for dish in dishes() if dish.name == name)
    portions = tuple(
        Portion(item.food_id, item.food_id, item.grams, "1 porção") for item in recipe.ingredients
    )
    dish = PlannedDish(name, recipe.role, portions, recipe.steps, 5, (), recipe.origin, recipe.id)
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await tastes.say(tx, person.id, dish, tastes.LIKED, day)
        await changes.keep(tx, person.id, day, Meal(Slot.LANCHE_DA_TARDE, name, (dish,)))
    text, data = await files(phone)
    assert name in text
    assert data["kept_meals"][0]["meal"]["name"] == name
    await phone.exclude("amendoim")
    text, data = await files(phone)
    assert name not in text
    assert data["kept_meals"][0]["meal"] == {
        "slot": "lanche_da_tarde",
        "name": WITHHELD,
        "dishes": [],
        "withheld": True,
        "locked": False,
    }
    assert data["tastes"][0]["name"] == data["tastes"][0]["dish_id"] == WITHHELD


async def test_the_way_there_from_privacidade(phone: Changer) -> None:
    await phone.say("/privacidade")
    await phone.tap("Exportar")
    assert phone.last.shown.document is not None
