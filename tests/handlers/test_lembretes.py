"""/lembretes in the chat, and the messages that the bot sends on its own: what they say, how they are answered."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from handlers.transport.screens import NothingToSay
from menus import people, reminders
from menus.reminder_plan import EVERY_DAY, Kind, Plan
from nutrition.person import Restriction, Strength
from tests.handlers.phone import NOON, FakeMenus, Phone, open_phone
from tests.handlers.test_guardrails import with_menu
from tests.handlers.weeks import week

TODAY = "2026-11-25"
MORNING = [
    "<b>Hoje, quarta</b>",
    "Café: pão com ovo e mamão",
    "Almoço: arroz, feijão, frango e couve",
    "Jantar: camarão com batata",
]


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    """Somebody with a menu from Monday on and a reminder at 7h."""
    async with open_phone(tmp_path / "cardapio.db", menus=FakeMenus(week())) as opened:
        await with_menu(opened)
        await opened.say("muda o lembrete pra 7h")
        yield opened


async def plan(phone: Phone) -> Plan:
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return await reminders.plan_of(conn, person.id)


async def test_lembretes_says_how_they_stand(phone: Phone) -> None:
    await phone.say("/lembretes")
    assert phone.last.text == (
        "<b>Lembretes: todo dia às 7h</b>\nHorário de São Paulo.\nResumo da semana: no domingo, às 19h."
    )
    assert phone.last.labels == [
        "Mudar horário",
        "Mudar dias",
        "Mudar cidade",
        "Véspera",
        "Refeições",
        "Próxima semana",
        "✅ Resumo da semana",
        "Pausar",
        "Desligar",
    ]


async def test_the_storyboard_in_words_one_sentence_after_the_other(phone: Phone) -> None:
    await phone.say("/lembretes")
    await phone.say("sete e meia da noite")
    assert phone.last.text == "Combinado: todo dia às 19h30, horário de São Paulo."
    await phone.say("quinze pras sete")
    assert phone.last.text == "De manhã ou à noite?"
    await phone.say("de segunda a sexta")
    assert phone.last.text == "Combinado: de segunda a sexta, às 19h30."
    await phone.say("férias até dia 20")
    assert phone.last.text == "Pausei. Volto na segunda, 21 de dezembro, às 19h30."
    await phone.tap("↩ Desfazer")
    assert phone.last.text == "Desfiz. Os lembretes voltaram para 19h30."
    await phone.say("moro em Manaus")
    assert phone.last.text == (
        "Mudei para o horário de Manaus, onde agora são 11h03.\nSeu lembrete continua às 19h30, no horário de lá."
    )
    chosen = await plan(phone)
    assert (chosen.hour, chosen.days, chosen.zone, chosen.resumes_on) == (
        "19:30",
        frozenset(range(5)),
        "America/Manaus",
        None,
    )


async def test_every_change_can_be_undone_until_the_next(phone: Phone) -> None:
    before = await plan(phone)
    await phone.say("moro em Rio Branco")
    old = phone.last
    assert (await plan(phone)).zone == "America/Rio_Branco"
    await phone.tap("↩ Desfazer")
    assert await plan(phone) == before
    await phone.tap_data(
        old.shown.buttons[0][0].data, old.id
    )  # an old button: shows how they stand, changes nothing
    assert phone.messages[-1].screen == "lembretes" and await plan(phone) == before


async def test_days_are_tapped_one_by_one_and_the_last_one_stays(phone: Phone) -> None:
    await phone.say("/lembretes")
    await phone.tap("Mudar dias")
    await phone.tap("Seg a sex")
    await phone.tap("Sáb")
    assert (await plan(phone)).days == {0, 1, 2, 3, 4, 5}
    for label in ("Seg", "Ter", "Qua", "Qui", "Sex", "Sáb", "Sáb"):
        await phone.tap(label)
    assert (await plan(phone)).days == {5}
    await phone.tap("Todo dia")
    assert (await plan(phone)).days == EVERY_DAY
    await phone.tap("Pronto")
    assert phone.last.screen == "lembretes"


async def test_what_is_not_understood_gets_an_example_of_what_was_asked(phone: Phone) -> None:
    for button, said, expected in (
        ("Mudar horário", "25h", "Não entendi 25h como horário."),
        ("Mudar dias", "quando der", "Não entendi quando der como dias."),
        ("Pausar", "xis", "Não entendi até quando."),
    ):
        await phone.say("/lembretes")
        await phone.tap(button)
        await phone.say(said)
        assert phone.last.text.startswith(expected)


async def test_the_city_is_asked_with_a_button_that_sends_the_location(phone: Phone) -> None:
    await phone.say("/lembretes")
    await phone.tap("Mudar cidade")
    assert phone.last.shown.ask_location == "Mandar localização"
    await phone.send(location={"latitude": -9.97, "longitude": -67.81})
    assert phone.last.text.startswith("Mudei para o horário de Rio Branco, onde agora são 10h03.")
    await phone.say("/lembretes")
    await phone.tap("Mudar cidade")
    await phone.say("Xique-Xique do Sul")
    assert phone.last.text.startswith("Não conheço Xique-Xique do Sul.")
    await phone.say("Campinas")
    assert phone.last.text.startswith("Campinas segue o horário de São Paulo")


async def test_one_name_on_two_clocks_is_asked(phone: Phone) -> None:
    await phone.say("moro em Bonito")
    assert phone.last.text == "Há mais de um lugar com esse nome. Qual é o seu?"
    await phone.tap("Bonito · MS")
    assert (await plan(phone)).zone == "America/Campo_Grande"


async def test_a_pause_by_button_ends_by_button(phone: Phone) -> None:
    await phone.say("pausa")
    assert phone.last.text == "Até quando? Toque ou escreva. Exemplo: férias até dia 20"
    await phone.tap("1 semana")
    assert phone.last.text == "Pausei. Volto na quarta, 2 de dezembro, às 7h."
    await phone.say("/lembretes")
    assert phone.last.text.endswith("Em pausa. Volto na quarta, 2 de dezembro.")
    await phone.tap("Voltar agora")
    assert phone.last.text == "Voltei. O próximo lembrete vem na quinta, 26 de novembro, às 7h."


@pytest.mark.parametrize("text", ["para de mandar mensagem", "chega", "desliga os lembretes"])
async def test_off_is_at_once(phone: Phone, text: str) -> None:
    await phone.say("me avisa na véspera")
    await phone.say(text)
    assert phone.last.text == "Desliguei os lembretes. Para voltar, é só escrever lembretes."
    assert not (await plan(phone)).on
    await phone.tap("↩ Desfazer")
    assert set((await plan(phone)).hours) == {Kind.DAY, Kind.EVE, Kind.SUMMARY}
    await phone.say("lembretes")
    assert phone.last.screen == "lembretes"


async def test_the_evening_before_meals_and_the_week_are_options(phone: Phone) -> None:
    await phone.say("/lembretes")
    await phone.tap("Véspera")
    assert phone.last.text.startswith("Combinado: na véspera, às 20h, aviso o que descongelar")
    await phone.say("me avisa antes do almoço às 11h")
    assert phone.last.text == "Combinado. Aviso antes de comer: almoço às 11h."
    await phone.say("/lembretes")
    await phone.tap("Refeições")
    await phone.tap("Jantar · 18h30")
    await phone.tap("Voltar")
    await phone.tap("Próxima semana")
    await phone.tap("Domingo")
    assert phone.last.text == "Combinado: no domingo, às 18h, pergunto da próxima semana."
    await phone.say("/lembretes")
    assert phone.last.text.splitlines()[2:] == [
        "Na véspera, às 20h, aviso o que descongelar ou deixar de molho.",
        "Antes de comer: almoço às 11h e jantar às 18h30.",
        "Próxima semana: pergunto no domingo, às 18h.",
        "Resumo da semana: no domingo, às 19h.",
    ]
    await phone.tap("Refeições")
    await phone.tap("Nenhuma")
    assert set((await plan(phone)).hours) == {Kind.DAY, Kind.EVE, Kind.WEEK, Kind.SUMMARY}


async def test_words_about_food_are_not_taken_for_reminders(phone: Phone) -> None:
    before = await plan(phone)
    await phone.say("/lembretes")
    for text in ("sexta", "não como camarão", "quinta eu não como peixe, me lembra"):
        await phone.say(text)
        assert not phone.last.screen.startswith("lembrete"), text
    assert await plan(phone) == before


async def test_a_question_or_a_command_after_reminders_is_what_it_always_is(phone: Phone) -> None:
    await phone.say("/lembretes")
    await phone.say("/hoje")
    await phone.say("de segunda a sexta")
    assert (await plan(phone)).days == EVERY_DAY
    await phone.say("/lembretes")
    await phone.say("celíaco pode comer aveia?")
    assert not phone.last.text.startswith("Anotei em saúde")


# What the bot sends on its own


async def test_the_morning_message_is_the_day_without_measures_or_numbers(phone: Phone) -> None:
    shown = await phone.show("lembrete", date=TODAY)
    assert shown.text.splitlines() == MORNING
    assert shown.labels == ["✅ Feito", "🔄 Trocar", "⏭ Pulei", "📖 Receita", "Ver medidas"]


async def test_an_answer_adds_one_line_and_keeps_the_day_quiet(phone: Phone) -> None:
    shown = await phone.show("lembrete", date=TODAY)
    await phone.tap("⏭ Pulei")
    edited = next(message for message in phone.messages if message.id == shown.id)
    assert edited.text.splitlines() == [*MORNING, "Tudo bem. Amanhã às 7h tem mais."]
    for screen, about in (
        ("lembrete", {"date": TODAY}),
        ("lembrete_refeicao", {"date": TODAY, "slot": "jantar"}),
    ):
        with pytest.raises(NothingToSay):
            await phone.show(screen, **about)
    await phone.tap("↩ Desfazer")
    assert edited != (again := next(m for m in phone.messages if m.id == shown.id))
    assert again.text.splitlines() == MORNING
    await phone.tap("Feito")
    assert phone.last.text.endswith("Anotei: feito. Amanhã às 7h tem mais.")


async def test_on_friday_the_next_one_is_named_when_the_weekend_is_off(phone: Phone) -> None:
    await phone.say("me avisa de segunda a sexta")
    phone.now = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    await phone.show("lembrete", date="2026-11-27")
    await phone.tap("Feito")
    assert phone.last.text.endswith("Anotei: feito. O próximo vem na segunda, às 7h.")


async def test_an_answer_for_another_month_or_the_future_is_not_kept(phone: Phone) -> None:
    person = await phone.person()
    assert person is not None
    for day in ("2026-10-01", "2026-11-26", "ontem"):
        await phone.tap_data(f"l_feito:{day}")
    async with phone.database.reader() as conn:
        for asked in (date(2026, 10, 1), date(2026, 11, 26)):
            assert await reminders.answer_for(conn, person.id, asked) is None


async def test_a_late_one_says_why_in_one_line_and_shows_what_is_still_ahead(phone: Phone) -> None:
    shown = await phone.show("lembrete", date=TODAY, late=True)
    assert shown.text.splitlines() == [
        "Fiquei fora do ar e o lembrete das 7h atrasou. Ainda dá tempo:",
        "Almoço: arroz, feijão, frango e couve",
        "Jantar: camarão com batata",
    ]
    phone.now = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)  # 22h: nothing is ahead
    with pytest.raises(NothingToSay):
        await phone.show("lembrete", date=TODAY, late=True)


async def test_the_evening_before_tells_what_to_soak_and_thaw(phone: Phone) -> None:
    shown = await phone.show("lembrete_vespera", date="2026-11-26")
    assert shown.text.splitlines() == [
        "<b>Para amanhã</b>",
        "Deixe de molho: feijão-carioca.",
        "Passe do congelador para a geladeira: peito de frango e camarão.",
    ]
    await phone.tap("Feito")
    assert phone.last.text.endswith("\nFeito.") and phone.last.labels == []


async def test_before_a_meal_comes_that_meal(phone: Phone) -> None:
    shown = await phone.show("lembrete_refeicao", date=TODAY, slot="almoco")
    assert shown.text == "<b>Almoço</b>\nArroz, feijão, frango e couve"
    with pytest.raises(NothingToSay):
        await phone.show("lembrete_refeicao", date=TODAY, slot="ceia")


async def test_the_next_week_is_asked_for_only_while_it_is_missing(phone: Phone) -> None:
    await phone.show("lembrete_semana", date="2026-11-28")
    assert phone.last.text == "Vamos montar a próxima semana?"
    await phone.tap("Montar cardápio")
    menus = phone.services.menus
    assert isinstance(menus, FakeMenus) and menus.asked[-1][1] == date(2026, 11, 30)
    with pytest.raises(NothingToSay):
        await phone.show("lembrete_semana", date="2026-11-22")


async def test_a_restriction_of_this_minute_holds_in_what_is_sent(phone: Phone) -> None:
    person = await phone.person()
    assert person is not None
    menus = phone.services.menus
    assert isinstance(menus, FakeMenus)
    menus.week = week(withheld="crustaceos")
    async with phone.database.transaction() as tx:
        allergy = Restriction("crustaceos", Strength.ALERGIA, "camarão")
        await people.add_restrictions(tx, person.id, [allergy], phone.now)
    shown = await phone.show("lembrete", date=TODAY)
    assert "camarão" not in shown.text and "alergia" not in shown.text
    eve = await phone.show("lembrete_vespera", date="2026-11-26")
    assert "camarão" not in eve.text
    with pytest.raises(NothingToSay):
        await phone.show("lembrete_refeicao", date=TODAY, slot="jantar")


async def test_what_is_sent_unasked_names_no_disease_weight_goal_or_number(phone: Phone) -> None:
    await phone.say("tenho pressão alta")
    for screen, about in (
        ("lembrete", {"date": TODAY}),
        ("lembrete_vespera", {"date": "2026-11-26"}),
        ("lembrete_refeicao", {"date": TODAY, "slot": "almoco"}),
        ("lembrete_semana", {"date": "2026-11-28"}),
        ("lembrete_parou", {}),
    ):
        text = (await phone.show(screen, **about)).text.lower()
        for word in ("press", "kg", "kcal", "gordura", "peso", "emagrec", "proteína", "meta", "dieta"):
            assert word not in text, (screen, word)


async def test_the_question_after_silence_brings_them_back_or_leaves_them_off(phone: Phone) -> None:
    phone.now = NOON + timedelta(days=10, hours=1)
    await phone.show("lembrete_parou")
    assert phone.last.text == (
        "Faz 10 dias que não nos falamos, então parei os lembretes. Quer que eu volte?"
    )
    assert phone.last.labels == ["Voltar às 7h", "Mudar horário", "Deixar desligado"]
    question = phone.last
    await phone.tap("Voltar às 7h")
    assert phone.last.text.startswith("Voltei. O próximo lembrete vem")
    await phone.tap_data(question.shown.buttons[2][0].data, question.id)
    assert phone.last.text.startswith("Desliguei os lembretes.")


async def test_without_a_menu_the_morning_asks_for_one(phone: Phone) -> None:
    menus = phone.services.menus
    assert isinstance(menus, FakeMenus)
    menus.week = None
    shown = await phone.show("lembrete", date=TODAY)
    assert shown.text == "Hoje ainda não há cardápio. Quer montar a semana?"
    for screen, about in (
        ("lembrete_vespera", {"date": "2026-11-26"}),
        ("lembrete_refeicao", {"date": TODAY, "slot": "almoco"}),
    ):
        with pytest.raises(NothingToSay):
            await phone.show(screen, **about)


def test_a_plan_survives_being_kept_as_what_to_undo() -> None:
    chosen = replace(Plan(), days=frozenset({0, 5}), resumes_on=date(2026, 12, 1)).with_hour(
        Kind.EVE, "20:00"
    )
    assert Plan.from_json(chosen.to_json()) == chosen
