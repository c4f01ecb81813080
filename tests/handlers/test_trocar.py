"""Changes on the phone: by tapping and by words, told in the past tense, taken back in one tap, done once however often."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from menus.recheck import AWAY
from menus.shopping import difference, shopping_list
from nutrition.menu import Slot, Week
from nutrition.person import Strength
from storage import changes as stored
from tests.handlers.changer import ANA, TABLE, WEDNESDAY, Changer, open_changer, own_week
from tests.menus.menu_changes import made_for


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        await opened.say("/hoje")
        yield opened


def dishes(week: Week, slot: Slot = Slot.JANTAR) -> list[str]:
    day = next(each for each in week.days if each.date == WEDNESDAY)
    return [dish.name for meal in day.meals if meal.slot is slot for dish in meal.dishes]


async def choose_first(phone: Changer, meal: str = "Jantar") -> str:
    """Swap a meal of today for the first alternative; returns its label."""
    await phone.tap("🔄 Trocar")
    await phone.tap(meal)
    label = phone.last.labels[0]
    await phone.tap(label)
    return label


async def test_a_meal_is_swapped_in_the_day_message_and_told_in_a_new_one(phone: Changer) -> None:
    before = await phone.week()
    await phone.tap("🔄 Trocar")
    assert phone.last.text == "Qual refeição de quarta?"
    assert phone.last.labels[-5:] == ["Sem carne hoje", "Trocar dia", "🔒 Travar", "Guardar", "Voltar ao dia"]
    options = await phone.tap("Jantar")
    assert len(phone.messages) == 1
    assert re.match(r"<b>Jantar de hoje</b>: [\d.]+\u00a0kcal, proteína \d+\u00a0g\.", options.text)
    others = ["Mais rápido", "Mais barato", "Comer fora", "⏭ Pular", "🔒 Travar", "Voltar ao dia"]
    assert options.labels[3:] == others
    assert [label[:2] for label in options.labels[:3]] == ["1.", "2.", "3."]
    await phone.tap(options.labels[0])
    day, told = phone.messages
    assert day.screen == "dia" and told.screen == "mudei"
    after = await phone.week()
    assert dishes(after) != dishes(before)
    assert told.text.startswith(f"Troquei o jantar de hoje por {dishes(after)[0].lower()}")
    assert "perto da meta de" in told.text and "Entra na lista: " in told.text
    assert told.labels == ["↩ Desfazer", "Ver hoje"]


async def test_the_told_difference_is_that_of_the_shopping_list(phone: Changer) -> None:
    before = await phone.week()
    await choose_first(phone)
    after = await phone.week()
    changed = difference(shopping_list(before.days, TABLE), shopping_list(after.days, TABLE))
    told = phone.last.text.lower()
    largest = max(changed.enters, key=lambda change: change.grams)
    assert largest.item.name.lower() in told


async def test_undo_brings_back_exactly_what_was_there_and_only_once(phone: Changer) -> None:
    before = await phone.week()
    await choose_first(phone)
    told = phone.last
    undo = next(b.data for row in told.shown.buttons for b in row if b.label == "↩ Desfazer")
    assert (await phone.tap("↩ Desfazer")).text == "Desfiz. Voltou ao que era."
    assert await phone.week() == before
    await phone.tap_data(undo, told.id)
    assert phone.last.text == "Isso já estava desfeito."
    assert await phone.week() == before


async def test_a_repeated_tap_swaps_once(phone: Changer) -> None:
    await phone.tap("🔄 Trocar")
    options = await phone.tap("Jantar")
    data = options.shown.buttons[0][0].data
    await phone.tap_data(data, options.id)
    after, count = await phone.week(), len(phone.messages)
    await phone.tap_data(data, options.id)
    assert await phone.week() == after
    assert len(phone.messages) == count


async def test_a_change_that_was_asked_before_a_stop_is_done_once_after_it(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    async with open_changer(path) as phone:
        await phone.settle(own_week())
        await phone.say("/hoje")
        before = await phone.week()
        phone.held = True
        await phone.say("troca o jantar de hoje por omelete")
        assert await phone.week() == before
    async with open_changer(path) as back:
        await back.work()
        assert back.last.screen == "mudei" and "omelete" in back.last.text.lower()
        assert await back.orders() == []
        back.held = True
        await back.say("desfaz isso")
        assert await back.week() == before


async def test_an_older_change_is_not_undone_over_a_newer_one(phone: Changer) -> None:
    await choose_first(phone)
    first = next(b.data for row in phone.last.shown.buttons for b in row if b.label == "↩ Desfazer")
    await phone.say("troca o almoço de hoje por peixe")
    after = await phone.week()
    await phone.tap_data(first)
    assert phone.last.text == "O cardápio mudou depois disso, então não desfiz."
    assert await phone.week() == after
    await phone.say("desfaz")
    await phone.tap_data(first)
    assert phone.last.text == "Desfiz. Voltou ao que era."


async def test_the_undo_of_another_person_is_not_ours(phone: Changer) -> None:
    await choose_first(phone)
    change = await phone.last_change()
    other = Changer(phone.database, chat_id=8)
    await other.settle(own_week())
    await other.say("/hoje")
    assert change is not None
    await other.tap_data(f"desfaz:{change.id}")
    assert other.last.text == "Não há mudança para desfazer."
    still = await phone.last_change()
    assert still is not None and still.id == change.id


async def test_enough_of_a_food_is_left_out_this_week_and_then_always(phone: Changer) -> None:
    await phone.say("não aguento mais frango")
    assert phone.last.text.startswith("Entendi: menos frango. Troquei ")
    assert phone.last.labels == ["Tirar sempre", "Só esta semana", "↩ Desfazer"]
    await phone.tap("Tirar sempre")
    assert phone.last.text == "Anotei: frango fica fora das próximas semanas."
    assert [item.strength for item in await phone.restrictions()] == [Strength.PREFERENCIA]
    await phone.tap("↩ Desfazer")
    assert await phone.restrictions() == ()


async def test_only_this_week_keeps_the_list_of_restrictions_as_it_was(phone: Changer) -> None:
    await phone.say("chega de frango essa semana")
    await phone.tap("Só esta semana")
    assert phone.last.text == "Certo: menos frango só nesta semana."
    assert await phone.restrictions() == ()


async def test_a_meal_eaten_out_is_shown_as_such_everywhere(phone: Changer) -> None:
    await phone.say("hoje almoço fora")
    assert phone.last.text.startswith("Marquei o almoço de hoje como fora de casa")
    assert phone.last.labels == ["↩ Desfazer", "Dicas"]
    day = await phone.say("/hoje")
    assert "<b>Almoço</b>\nFora de casa." in day.text and "meta" not in day.text
    assert "Nova semana" not in day.labels
    for data in ("semana", f"fontes:{WEDNESDAY}", f"receitas:{WEDNESDAY}", f"grafico:{WEDNESDAY}"):
        await phone.tap_data(data, day.id)
    for data in ("compras", "imagem", "pdf", "agenda", f"pq:prato:{WEDNESDAY}:almoco"):
        await phone.tap_data(data, day.id)
    for text in ("o que eu como agora?", "receita do almoço", "por que 1.850?"):
        await phone.say(text)
    meal = next(
        m for d in (await phone.week()).days if d.date == WEDNESDAY for m in d.meals if m.dishes == ()
    )
    assert meal.withheld == AWAY
    assert (await phone.tap_data("dicas_fora")).text.startswith("<b>Para comer fora</b>")


async def test_an_allergy_offers_the_repair_and_never_an_option_that_has_it(phone: Changer) -> None:
    await phone.tap("🔄 Trocar")
    await phone.tap("Jantar")
    await phone.say("sou alérgica a leite e a ovo")
    out = [m for d in (await phone.week()).days for m in d.meals if m.withheld and d.date >= WEDNESDAY]
    assert len(out) > 1
    await phone.tap(f"Trocar as {len(out)}")
    assert phone.last.screen == "mudei" and phone.last.text.startswith("Pus outro")
    again = [m for d in (await phone.week()).days for m in d.meals if m.withheld and d.date >= WEDNESDAY]
    assert again == []


async def test_an_option_that_an_allergy_forbids_meanwhile_is_not_shown(phone: Changer) -> None:
    phone.held = True
    await phone.say("troca o jantar de hoje")
    phone.held = False
    await phone.exclude("soja")
    await phone.exclude("peixes")
    await phone.work()
    assert "tofu" not in phone.last.text.lower() and "soja" not in phone.last.text.lower()


async def test_a_kept_meal_stands_in_the_next_week(phone: Changer) -> None:
    lunch = dishes(await phone.week(), Slot.ALMOCO)
    await phone.tap("🔄 Trocar")
    await phone.tap("Guardar")
    await phone.tap("Almoço")
    assert "✅ Almoço" in phone.last.labels and phone.toasts[-1] == "Guardado para a próxima semana."
    person = await phone.person()
    assert person is not None
    new = made_for(ANA, seed=5)
    rules = await phone.service._rules(())
    kept = await phone.service.keep_in(person.id, ANA, rules, new, 5)
    assert dishes(kept, Slot.ALMOCO) == lunch
    await phone.tap("Almoço")
    assert "Almoço" in phone.last.labels
    assert await phone.service.keep_in(person.id, ANA, rules, new, 5) == new


async def test_the_list_is_for_more_people_and_back(phone: Changer) -> None:
    assert (await phone.say("dá pra duas pessoas?")).text.startswith(
        "A lista de compras agora é para 2 pessoas."
    )
    assert "Para 2 pessoas." in (await phone.say("/compras")).text
    await phone.tap("↩ Desfazer")
    assert "Para 2 pessoas." not in (await phone.say("/compras")).text
    assert "até 12 pessoas" in (await phone.say("somos 40 pessoas")).text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("troca o jantar de hoje por lasanha de unicórnio", "Não achei lasanha de unicórnio nos pratos"),
        ("tira a banana da ceia de hoje", "Já está sem banana. Nada mudou."),
        ("segunda sem carne", "Não tenho cardápio para segunda, 30 de novembro."),
        ("desfaz", "Não há mudança para desfazer."),
    ],
)
async def test_what_cannot_be_done_is_said_with_two_ways_on(phone: Changer, text: str, answer: str) -> None:
    before = await phone.week()
    message = await phone.say(text)
    assert message.text.startswith(answer)
    assert len(message.labels) >= 2
    assert await phone.week() == before


@pytest.mark.parametrize(
    "data",
    [
        "troca:ontem", f"troca:{WEDNESDAY}:brunch", "troca:2020-01-01:jantar", f"troca:{WEDNESDAY}:jantar:zzzz",
        "desfaz:abc", "desfaz:999", "sempre:1", "so_agora:x", f"guarda:{WEDNESDAY}:brunch", "sem_carne:ontem",
        "troca_dia:2020-01-01", "solta:x:y", "repoe", f"guarda:{WEDNESDAY}:ceia",
    ],
)  # fmt: skip
async def test_forged_buttons_change_nothing_and_are_answered(phone: Changer, data: str) -> None:
    before, first = await phone.week(), phone.last
    await phone.tap_data(data, first.id)
    assert phone.last is not first or phone.messages[0].shown != first.shown or phone.messages[0] == first
    assert await phone.week() == before


async def test_a_past_day_has_no_swap(phone: Changer) -> None:
    await phone.tap("← Terça")
    assert "🔄 Trocar" not in phone.last.labels


async def test_numbers_are_hidden_from_who_hid_them(phone: Changer) -> None:
    await phone.tap_data("numeros:esconder")
    await phone.say("/hoje")
    await choose_first(phone)
    assert all("kcal" not in message.text for message in phone.messages[-2:])


async def test_old_changes_are_forgotten(phone: Changer) -> None:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        for _ in range(stored.REMEMBERED + 5):
            await stored.record(tx, person.id, None, {"people": [1, 2]}, days=((), ()), now=phone.now)
        rows = await tx.fetch_all("SELECT id FROM changes")
    assert len(rows) == stored.REMEMBERED


async def test_what_broke_too_often_is_given_up_with_a_word(phone: Changer) -> None:
    phone.held = True
    await phone.say("troca o jantar de hoje")
    async with phone.database.transaction() as tx:
        await tx.execute("UPDATE change_orders SET attempts = 8")
    phone.now += timedelta(seconds=1)
    await phone.work()
    assert phone.last.screen == "nao_mudei" and "continua como estava" in phone.last.text
    assert re.search("Código: [A-Z0-9]{4,}$", phone.last.text)
    assert await phone.orders() == []
