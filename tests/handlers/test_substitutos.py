""" "não achei couve" and [Não achei]: what may take its place, one tap to have it, one to take it back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.screens.substitutos_words import items_of, keys
from menus.changes.lacking import meant, needed_items
from menus.changes.orders import Kind, Order
from nutrition.market import Market
from tests.handlers.changer import TABLE, WEDNESDAY, Changer, open_changer, own_week

Market.load()
WEEK = own_week()
NEEDED = needed_items(WEEK.days, WEDNESDAY, TABLE)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(WEEK)
        yield opened


async def test_in_words_substitutes_are_offered_put_and_taken_back(phone: Changer) -> None:
    before = await phone.week()
    offer = await phone.say("não achei arroz no mercado")
    assert offer.text.startswith("Sem arroz, dá para usar ") and offer.text.splitlines()[0].count(" ou ") == 1
    assert offer.labels[-2:] == ["Outro prato", "Deixar assim"]
    assert await phone.week() == before
    first = offer.labels[0]
    done = await phone.tap(first)
    chosen = phone.messages[-2]
    assert chosen.id == offer.id and chosen.text.endswith(f": {first[:1].lower()}{first[1:]} no lugar.")
    assert done.text.startswith("Troquei arroz") and "\nEntra na lista: " in done.text
    assert await phone.week() != before
    await phone.tap("↩ Desfazer")
    assert await phone.week() == before


async def test_from_the_list_an_item_is_tapped(phone: Changer) -> None:
    page = await phone.say("/compras")
    await phone.tap("Não achei")
    assert phone.last.text.endswith("Toque no que você não achou. Eu digo o que pode ir no lugar.")
    ids = {item.id for item in NEEDED}
    buttons = [row[0] for row in phone.last.shown.buttons]
    item = next(button for button in buttons if button.data.split(":")[-1] in ids)
    await phone.tap(item.label.replace("\u00a0", " "))
    assert phone.messages[-2].id == page.id and "Já tenho" in phone.messages[-2].labels
    assert phone.last.screen == "substitutos"
    assert phone.toasts[-1].startswith("Procurando o que pode ir no lugar de ")


async def test_neither_is_an_answer_too(phone: Changer) -> None:
    before = await phone.week()
    await phone.say("não tem arroz no mercado")
    await phone.tap("Deixar assim")
    assert phone.last.text == "Certo, deixei como está."
    assert await phone.week() == before


async def test_other_dishes_come_where_the_person_prefers_them(phone: Changer) -> None:
    rice = meant(Order(kind=Kind.LACKING, foods=("arroz",)), NEEDED, TABLE)
    await phone.say("acabou o arroz")
    await phone.tap("Outro prato")
    assert phone.last.text.startswith("Entendi: faltou arroz")
    left = needed_items((await phone.week()).days, WEDNESDAY, TABLE)
    assert rice and set(rice).isdisjoint(left)


async def test_a_restriction_of_this_minute_is_not_offered_any_more(phone: Changer) -> None:
    offer = await phone.say("não achei arroz")
    held = [button.data.split(":") for row in offer.shown.buttons for button in row if "usa" in button.data]
    food = next(iter(items_of(held[0][2])))
    await phone.exclude(f"food:{food.id.split('-')[0]}")
    shown = await phone.show(
        "substitutos",
        order={"kind": "lacking", "foods": ["arroz"]},
        options=[{"key": food.id, "foods": [f.id for f in TABLE if f.id.startswith(food.id.split("-")[0])]}],
    )
    assert shown.labels[0] == "Outro prato" and shown.text.startswith("Não achei outro alimento")


@pytest.mark.parametrize("data", ["usa:x:y", "usa:ffffffff:ffffffff", "outros:zz", "usa::"])
async def test_forged_buttons_change_nothing(phone: Changer, data: str) -> None:
    before = await phone.week()
    await phone.tap_data(data)
    assert await phone.week() == before and await phone.orders() == []


def test_every_good_has_a_key_of_its_own_that_fits_into_a_button() -> None:
    items = tuple(Market.load())
    assert len({keys((item,)) for item in items}) == len(items)
    assert items_of(keys(items[:3])) == items[:3]
    assert len(f"usa:{keys(items)}:{keys(items[:1])}".encode()) <= 64
