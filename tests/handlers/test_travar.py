"""Locked and skipped meals on the phone, meals copied, added and left out, and what is asked before a lock is broken."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from menus.changes.orders import Kind, Order
from menus.recheck import AWAY, SKIPPED
from menus.shopping import shopping_list
from nutrition.menu import Meal, Slot, Week
from storage import changes as stored
from tests.handlers.changer import TABLE, WEDNESDAY, Changer, open_changer, own_week

THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        await opened.say("/hoje")
        yield opened


def meal(week: Week, slot: Slot, day: date = WEDNESDAY) -> Meal:
    return next(m for d in week.days if d.date == day for m in d.meals if m.slot is slot)


async def order(phone: Changer, kind: Kind, **what: Any) -> str:
    """Have something done as if it had been said; returns what the person is told."""
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await phone.desk.ask(tx, person.id, Order(kind=kind, **what), phone.now)
    await phone.work()
    return phone.last.text


async def lock_dinner(phone: Changer) -> Meal:
    await phone.tap("🔄 Trocar")
    await phone.tap("🔒 Travar")
    await phone.tap("Jantar")
    return meal(await phone.week(), Slot.JANTAR)


async def test_a_meal_is_locked_by_tapping_and_stays_while_its_day_is_laid_out_anew(phone: Changer) -> None:
    before = await lock_dinner(phone)
    assert before.locked and phone.toasts[-1] == "🔒 Fica como está."
    assert "🔒 Jantar" in phone.last.labels
    await phone.tap("Voltar ao dia")
    assert "🔒" in next(line for line in phone.last.text.splitlines() if "Jantar" in line)
    for kind in (Kind.SWAP_DAY, Kind.NO_MEAT, Kind.CHEAPER):
        lunch = meal(await phone.week(), Slot.ALMOCO)
        await order(phone, kind, date=None if kind is Kind.CHEAPER else WEDNESDAY)
        assert meal(await phone.week(), Slot.JANTAR) == before
    assert meal(await phone.week(), Slot.ALMOCO) != lunch or kind is Kind.CHEAPER


async def test_a_lock_is_opened_by_a_tap_or_undone(phone: Changer) -> None:
    await lock_dinner(phone)
    await phone.tap("🔒 Jantar")
    assert not meal(await phone.week(), Slot.JANTAR).locked
    assert phone.toasts[-1] == "🔓 Pode mudar de novo."
    await phone.say("trava o jantar de hoje")
    assert phone.last.text == "🔒 Travei o jantar de hoje: fica assim quando o resto da semana mudar."
    assert meal(await phone.week(), Slot.JANTAR).locked
    await phone.tap("↩ Desfazer")
    assert not meal(await phone.week(), Slot.JANTAR).locked


async def test_a_change_of_a_locked_meal_is_done_after_a_yes_and_only_once(phone: Changer) -> None:
    before = await lock_dinner(phone)
    await phone.say("troca o jantar de hoje por omelete")
    question = phone.last
    assert question.text == "🔒 Você travou o jantar de hoje. Mudo mesmo assim?"
    assert question.labels == ["Mudar mesmo assim", "Deixar assim"]
    assert meal(await phone.week(), Slot.JANTAR) == before
    yes = question.shown.buttons[0][0].data
    await phone.tap_data(yes, question.id)
    after = meal(await phone.week(), Slot.JANTAR)
    assert "omelete" in phone.last.text.lower() and after.dishes != before.dishes and not after.locked
    await phone.tap_data(yes, question.id)
    assert "Essa pergunta já passou. Nada mudou." in [message.text for message in phone.messages]
    assert meal(await phone.week(), Slot.JANTAR) == after
    await phone.say("desfaz")
    assert meal(await phone.week(), Slot.JANTAR) == before


async def test_alternatives_for_a_locked_meal_come_after_a_yes_and_may_be_chosen(phone: Changer) -> None:
    before = await lock_dinner(phone)
    await phone.tap("Voltar ao dia")
    await phone.tap("🔄 Trocar")
    await phone.tap("Jantar")
    await phone.tap("Mudar mesmo assim")
    label = next(each for each in phone.last.labels if each.startswith("1."))
    await phone.tap(label)
    assert meal(await phone.week(), Slot.JANTAR).dishes != before.dishes


async def test_the_yes_of_another_person_does_nothing(phone: Changer) -> None:
    before = await lock_dinner(phone)
    await phone.say("troca o jantar de hoje")
    yes = phone.last.shown.buttons[0][0].data
    other = Changer(phone.database, chat_id=8)
    await other.settle(own_week())
    await other.say("/hoje")
    await other.tap_data(yes)
    assert "Essa pergunta já passou" in other.last.text
    assert meal(await phone.week(), Slot.JANTAR) == before


async def test_a_question_survives_a_restart_and_holds_up_nothing(tmp_path: Path) -> None:
    async with open_changer(tmp_path / "test.db") as phone:
        await phone.settle(own_week())
        await phone.say("/hoje")
        await lock_dinner(phone)
        await phone.say("troca o jantar de hoje por omelete")
        data = phone.last.shown.buttons[0][0].data
    async with open_changer(tmp_path / "test.db") as back:
        await back.say("/hoje")
        await back.say("hoje almoço fora")
        assert "fora de casa" in back.last.text
        await back.tap_data(data)
        assert "omelete" in back.last.text.lower()


async def test_only_a_restriction_takes_a_locked_meal_away(phone: Changer) -> None:
    before = await lock_dinner(phone)
    await phone.say("sou alérgica a leite, a ovo, a peixe e a soja e não como carne nem frango")
    held = meal(await phone.week(), Slot.JANTAR)
    assert held.withheld is not None and held.dishes == before.dishes
    await order(phone, Kind.REFILL)
    again = meal(await phone.week(), Slot.JANTAR)
    assert again.withheld is None and not again.locked


async def test_a_skipped_meal_leaves_the_list_and_the_numbers_of_the_day(phone: Changer) -> None:
    before = await phone.week()
    await phone.tap("🔄 Trocar")
    await phone.tap("Jantar")
    await phone.tap("⏭ Pular")
    assert phone.last.text.startswith("Anotei que você pula o jantar de hoje")
    assert "O dia fica com " in phone.last.text and "A meta é " in phone.last.text
    after = await phone.week()
    assert meal(after, Slot.JANTAR).withheld == SKIPPED
    others = [m for d in after.days for m in d.meals if m.withheld is None]
    assert others == [m for d in before.days for m in d.meals if m != meal(before, Slot.JANTAR)]
    assert shopping_list(after.days, TABLE) != shopping_list(before.days, TABLE)
    await phone.say("/hoje")
    assert "<b>Jantar</b>\nRefeição pulada." in phone.last.text and "(meta " in phone.last.text
    await phone.say("desfaz")
    assert await phone.week() == before


async def test_a_dinner_is_copied_into_the_lunch_of_the_next_day(phone: Changer) -> None:
    dinner = meal(await phone.week(), Slot.JANTAR)
    what = {"date": THURSDAY, "slot": Slot.ALMOCO, "source": WEDNESDAY, "source_slot": Slot.JANTAR}
    told = await order(phone, Kind.COPY_MEAL, **what)
    assert told.startswith("Copiei o jantar de quarta para o almoço de quinta.")
    lunch = meal(await phone.week(), Slot.ALMOCO, THURSDAY)
    assert lunch.dishes[0].name == dinner.dishes[0].name


async def test_a_meal_is_added_and_left_out_and_limits_are_told(phone: Changer) -> None:
    assert (await order(phone, Kind.SLOT_ON, slot=Slot.CEIA)).startswith("Pus a ceia nos dias que faltam")
    assert "Sempre 6 refeições" in phone.last.labels
    assert meal(await phone.week(), Slot.CEIA, THURSDAY).dishes
    told = await order(phone, Kind.SLOT_ON)
    assert told == "Seu dia já tem 6 refeições, o máximo que monto. Nada mudou."
    for slot in (Slot.CEIA, Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE):
        assert (await order(phone, Kind.SLOT_OFF, slot=slot)).startswith("Tirei ")
    told = await order(phone, Kind.SLOT_OFF, slot=Slot.CAFE_DA_MANHA)
    assert told == "Seu dia já tem 3 refeições, o mínimo que monto. Nada mudou."
    told = await order(phone, Kind.SLOT_OFF, slot=Slot.ALMOCO)
    assert told.startswith("O almoço é uma refeição principal")
    assert (await order(phone, Kind.SLOT_ON, slot=Slot.CAFE_DA_MANHA)) == "Seu cardápio já tem café da manhã."


async def test_a_day_copied_onto_itself_is_so_already(phone: Changer) -> None:
    told = await order(phone, Kind.COPY_DAY, date=WEDNESDAY, source=WEDNESDAY)
    assert told == "Já está assim. Nada mudou."


async def test_a_whole_day_is_locked_or_eaten_out(phone: Changer) -> None:
    told = await order(phone, Kind.LOCK, date=THURSDAY)
    assert told.startswith("🔒 Travei as refeições de quinta:")
    thursday = [m for d in (await phone.week()).days if d.date == THURSDAY for m in d.meals]
    assert all(each.locked for each in thursday)
    assert (await order(phone, Kind.AWAY, date=THURSDAY)).startswith("🔒 O que mudaria está travado.")
    await phone.tap("Mudar mesmo assim")
    assert phone.last.text.startswith("Marquei as refeições de quinta como fora de casa")
    thursday = [m for d in (await phone.week()).days if d.date == THURSDAY for m in d.meals]
    assert all(each.withheld == AWAY for each in thursday)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pulei o jantar de hoje", "Anotei que você pula o jantar de hoje"),
        ("não mexe no almoço de sábado", "🔒 Travei o almoço de sábado"),
        ("amanhã um dia sem carne", "Sem carne quinta: "),
        ("sexta eu não como carne, sou católica", "Sem carne sexta: "),
        ("amanhã sem glúten", "Tirei glúten: mudei "),
        (
            "as sobras do jantar de hoje no almoço de amanhã",
            "Copiei o jantar de quarta para o almoço de quinta.",
        ),
        ("quero uma ceia também", "Pus a ceia nos dias que faltam"),
    ],
)
async def test_each_of_these_may_be_said(phone: Changer, text: str, told: str) -> None:
    assert (await phone.say(text)).text.startswith(told)


async def test_what_was_not_wanted_on_a_day_is_not_offered_for_it_later(phone: Changer) -> None:
    await order(phone, Kind.WITHOUT, date=WEDNESDAY, foods=("ovo",))
    await phone.say("/hoje")
    await phone.tap("🔄 Trocar")
    await phone.tap("Café da manhã")
    names = [label for label in phone.last.labels if label[:1].isdecimal()]
    assert names and not any("ovo" in name.lower() or "omelete" in name.lower() for name in names)


async def test_only_the_newest_question_waits(phone: Changer) -> None:
    await lock_dinner(phone)
    await phone.say("troca o jantar de hoje por omelete")
    await phone.say("troca o jantar de hoje por peixe")
    async with phone.database.reader() as conn:
        rows = await conn.fetch_all("SELECT held FROM change_orders")
        assert [row["held"] for row in rows] == [1] and await stored.waiting(conn) == ()
