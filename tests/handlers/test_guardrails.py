"""Guardrails in the chat: kind, at any time, before anything else; nothing that was asked is done, something is."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.screens.guardrails import NOTICES, REFERRALS, REFUSALS, plain_notice
from handlers.texts import guardrails as g
from handlers.transport.screens import NothingToSay
from menus import people
from nutrition.conditions import conditions
from nutrition.guardrails import Assessment, Decision, Reason
from nutrition.person import Goal
from tests.handlers.phone import FakeMenus, Phone, open_phone
from tests.handlers.test_onboarding import to_step
from tests.handlers.weeks import week


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_phone(tmp_path / "test.db", menus=FakeMenus(week=week())) as opened:
        yield opened


async def with_menu(phone: Phone) -> None:
    await to_step(phone, "summary")
    await phone.tap("Montar cardápio")
    fake = phone.services.menus
    assert isinstance(fake, FakeMenus)
    fake.job = None


async def test_a_minor_is_erased_at_once_and_may_correct_the_age_once(phone: Phone) -> None:
    await to_step(phone, "age")
    await phone.say("16")
    assert phone.last.text.startswith("Para quem tem menos de 18 anos eu não monto cardápio")
    assert phone.last.labels == ["Ver dicas gerais", "Errei a idade"]
    person = await phone.person()
    assert person is not None and not person.consented
    await phone.tap("Errei a idade")
    assert phone.last.screen == "consentimento"
    for what in ("Concordo", "Perder gordura", "Feminina"):
        await phone.tap(what)
    await phone.say("15")
    assert phone.last.labels == ["Ver dicas gerais"]
    await phone.say("/start")
    assert phone.last.screen == "menor"


async def test_a_minor_told_in_words_is_erased_too(phone: Phone) -> None:
    await with_menu(phone)
    await phone.say("na verdade tenho 15 anos")
    assert phone.last.screen == "menor"
    async with phone.database.reader() as conn:
        assert await conn.fetch_one("SELECT * FROM profiles") is None


async def test_pregnancy_in_the_form_ends_the_questions_kindly(phone: Phone) -> None:
    await to_step(phone, "health")
    await phone.tap("Gravidez")
    await phone.tap("Pronto")
    assert phone.last.text.startswith("Que bom que você avisou. Na gravidez")
    await phone.tap("Comer com segurança")
    assert "Leite e queijo: só pasteurizados." in phone.last.text


async def test_a_wrong_tick_can_be_corrected_after_a_referral(phone: Phone) -> None:
    await to_step(phone, "health")
    await phone.tap("Rins")
    await phone.tap("Pronto")
    assert "carambola" in phone.last.text
    await phone.tap("Corrigir resposta")
    await phone.tap("Rins")
    await phone.tap("Pronto")
    assert phone.last.screen == "perfil_nova_semana"


async def test_diabetes_asks_one_thing_more(phone: Phone) -> None:
    await to_step(phone, "health")
    await phone.tap("Diabetes")
    await phone.tap("Pronto")
    assert phone.last.text.startswith("<b>Você usa insulina ou comprimido para diabetes?</b>")
    await phone.tap("Não uso")
    assert "O que você não pode ou não quer comer?" in phone.last.text


async def test_insulin_is_referred(phone: Phone) -> None:
    await to_step(phone, "health")
    await phone.tap("Diabetes")
    await phone.tap("Pronto")
    await phone.tap("Insulina")
    assert phone.last.screen == "encaminhar"
    assert "Não mude o remédio" in phone.last.text


@pytest.mark.parametrize("step", ["goal", "weight", "meals", "dislikes"])
async def test_a_health_fact_is_heard_at_any_question(phone: Phone, step: str) -> None:
    await to_step(phone, step)
    await phone.say("tô grávida")
    assert phone.last.screen == "encaminhar"
    await phone.say("/start")
    assert phone.last.screen == "parada"


async def test_a_manageable_fact_is_noted_and_the_question_asked_again(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("tenho pressão alta")
    noted, asked = phone.messages[-2:]
    assert noted.text.startswith("Anotei em saúde: pressão alta.")
    assert "Quanto você pesa hoje?" in asked.text
    await phone.say("72,5")
    assert "Tem um peso em mente?" in phone.last.text


async def test_after_a_menu_a_health_fact_withdraws_it_everywhere(phone: Phone) -> None:
    await with_menu(phone)
    await phone.say("descobri que tenho doença nos rins")
    assert "carambola" in phone.last.text
    for command in ("/hoje", "/cardapio", "e amanhã?"):
        assert (await phone.say(command)).screen in ("encaminhar", "dia")
        assert "kcal" not in phone.last.text
    with pytest.raises(NothingToSay):  # nothing unasked, and no disease on a lock screen
        await phone.show("lembrete", date="2026-11-25")


async def test_signs_of_an_eating_disorder_hide_numbers_and_pause_reminders(phone: Phone) -> None:
    await with_menu(phone)
    await phone.say("me sinto culpada e vomito depois de comer")
    assert "CVV, ligue 188" in phone.last.text and "SAMU, ligue 192" in phone.last.text
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        assert await people.numbers_hidden(conn, person.id)
        assert await people.reminder_of(conn, person.id) == ""
    await phone.tap("Ideias sem números")
    assert not re.search(r"\d", phone.last.text)


async def test_the_summary_shows_no_weight_after_signs_of_an_eating_disorder(phone: Phone) -> None:
    await to_step(phone, "summary")
    assert "Peso: 72,5" in phone.last.text
    await phone.say("eu vomito depois de comer")
    assert (await phone.say("/cardapio")).screen == "encaminhar"
    await phone.tap_data("continuar")
    assert phone.last.screen == "resumo"
    assert "kg" not in phone.last.text and "kcal" not in phone.last.text


async def test_an_allergic_reaction_gets_the_number_first_even_before_consent(phone: Phone) -> None:
    await phone.say("comi camarão e minha boca tá inchando")
    assert phone.last.text.startswith("<b>Ligue agora para o SAMU: 192.</b>")
    assert phone.last.labels == []


async def test_low_weight_confirms_the_figures_and_offers_maintenance(phone: Phone) -> None:
    for verb, what in (
        ("say", "/start"),
        ("tap", "Concordo"),
        ("tap", "Perder gordura"),
        ("tap", "Feminina"),
    ):
        await (phone.tap(what) if verb == "tap" else phone.say(what))
    for text in ("34", "1,68", "48", "pular", "leve", "4", "nenhuma", "nenhuma", "nada", "7h"):
        await phone.say(text)
    assert "Minha estimativa" not in phone.last.text
    await phone.tap("Montar cardápio")
    assert phone.last.text == "Confira para mim: 1,68\u00a0m e 48\u00a0kg?"
    await phone.tap("Está certo")
    assert phone.last.text.startswith("Com essas medidas, perder peso pode fazer mal")
    await phone.tap("Manter o peso")
    assert phone.last.screen == "progresso"
    assert [m.screen for m in phone.messages].count("aviso") == 1


async def test_a_notice_is_said_once_before_the_first_week(phone: Phone) -> None:
    await to_step(phone, "health")
    await phone.tap("Pressão alta")
    await phone.tap("Pronto")
    for what in ("Nenhuma", "Como de tudo", "Sem lembrete", "Montar cardápio"):
        await phone.tap(what)
    assert [m.screen for m in phone.messages].count("aviso") == 1
    await phone.tap_data("nova")
    assert [m.screen for m in phone.messages].count("aviso") == 1


async def test_what_a_condition_excludes_holds_without_being_listed_twice(phone: Phone) -> None:
    await to_step(phone, "health")
    await phone.tap("Gota")
    await phone.tap("Pronto")
    for what in ("Nenhuma", "Como de tudo", "Sem lembrete"):
        await phone.tap(what)
    assert "Saúde: gota" in phone.last.text and "Restrições: nada informado" in phone.last.text
    await phone.tap("Montar cardápio")
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        assert [item.code for item in await people.restrictions_of(conn, person.id)] == ["gota"]


@pytest.mark.parametrize(
    ("words", "screen"),
    [("quero uma dieta de 800 calorias", "pouca_comida"), ("quero secar 10 quilos em um mês", "sem_pressa")],
)
async def test_unwise_wishes_get_an_honest_answer(phone: Phone, words: str, screen: str) -> None:
    await with_menu(phone)
    await phone.say(words)
    assert phone.last.screen == screen


def test_every_reason_has_a_sentence() -> None:
    referring = {code for code, item in conditions().items() if item.decision == "refer"}
    told = {code for code, _, _ in REFERRALS} | {code for code, _ in REFUSALS} | set(NOTICES)
    common = {code for code in referring if code in g.CONDITIONS}
    assert {reason for reason in Reason if reason not in told} <= common


@pytest.mark.parametrize(
    ("decision", "reason", "told"),
    [
        (Decision.REFER, Reason.DOENCA_RENAL, g.KIDNEY),
        (Decision.REFUSE_DEFICIT, Reason.IDOSO_SEM_OBESIDADE, g.OLDER),
        (Decision.PLAN_GUARDRAIL, Reason.HIPERTENSAO, g.NOTICE_PRESSURE),
        (Decision.PLAN, None, g.NOTICE),
    ],
)
def test_the_command_line_says_what_the_chat_says(
    decision: Decision, reason: Reason | None, told: str
) -> None:
    notice = plain_notice(Assessment(decision, (reason,) if reason else (), Goal.MANTER))
    assert notice.startswith(told) and "<" not in notice
    assert decision is Decision.REFER or notice.endswith(g.NOTICE)


def test_every_condition_has_a_name() -> None:
    unnamed = set(conditions()) - set(g.CONDITIONS) - {"emergencia", "crise_emocional", "outra_condicao"}
    assert unnamed == set()


def test_guardrail_messages_show_no_figures_of_the_body() -> None:
    for _, sentence, _ in REFERRALS:
        assert not re.search(r"\d+ ?(?:kg|kcal|cm)", sentence)
