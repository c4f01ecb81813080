"""Everything else a person sends: commands with accents, nonsense, media, groups, forged taps, privacy, erasing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from handlers import commands, intents, routing
from handlers.restriction_cues import may_state_restriction
from handlers.texts import commands as c
from tests.handlers import weeks
from tests.handlers.phone import FakeMenus, Phone, open_phone
from tests.handlers.test_onboarding import to_step

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    fake = FakeMenus()
    async with open_phone(tmp_path / "test.db", menus=fake) as opened:
        await to_step(opened, "summary")
        await opened.tap("Montar cardápio")
        fake.week, fake.job = weeks.week(), None
        yield opened


@pytest.mark.parametrize(
    ("typed", "screen"),
    [
        ("/cardapio", "dia"),
        ("/cardápio", "dia"),
        ("cardapio", "dia"),
        ("Cardápio", "dia"),
        ("/hoje@cardapio_bot", "dia"),
        ("/HOJE", "dia"),
        ("/restrições", "restricoes"),
        ("restricoes", "restricoes"),
        ("/lembrete", "lembretes"),
        ("lembretes", "lembretes"),
        ("/perfil", "perfil"),
        ("/ajuda", "ajuda"),
        ("/privacidade", "privacidade"),
        ("/cancelar", "nada_a_cancelar"),
        ("/start", "proxima"),
        ("/", "ajuda"),
        ("/voar", "nao_entendi"),
        ("meus dados", "perfil"),
        ("quais são minhas restrições?", "restricoes"),
    ],
)
async def test_commands_work_with_and_without_slash_and_accents(
    phone: Phone, typed: str, screen: str
) -> None:
    assert (await phone.say(typed)).screen == screen


@pytest.mark.parametrize(
    ("words", "screen"),
    [
        ("asdf", "nao_entendi"),
        ("comi pizza ontem", "acontece"),
        ("obrigada!", "de_nada"),
        ("quero um cardápio novo", "progresso"),
        ("troca isso aí", "troca_nao_entendi"),
        ("apaga tudo", "apagar"),
        ("receita do jantar", "receita"),
    ],
)
async def test_free_words_get_a_short_useful_answer(phone: Phone, words: str, screen: str) -> None:
    assert (await phone.say(words)).screen == screen


async def test_a_named_correction_is_taken_at_any_time(phone: Phone) -> None:
    await phone.say("altura 1,70")
    corrected, offer = phone.messages[-2:]
    assert corrected.text == "Corrigi a altura para 1,70\u00a0m."
    assert "Nova semana" in offer.labels
    await phone.say("peso 70,5")
    assert phone.last.text.startswith("Anotei 70,5\u00a0kg, hoje.")
    await phone.say("peso 705")
    assert phone.last.text == "Li 705. É 70,5\u00a0kg?"


async def test_meals_a_day_are_changed_in_words(phone: Phone) -> None:
    await phone.say("quero 4 refeições")
    assert phone.messages[-2].text == "Corrigi as refeições para 4 por dia."


async def test_gemini_switched_on_later_is_asked_by_name(phone: Phone) -> None:
    phone.services = replace(phone.services, gemini_enabled=True)
    await phone.say("outra semana")
    assert phone.last.screen == "gemini_novo" and "Gemini, do Google" in phone.last.text
    await phone.tap("Sim, com Gemini")
    person = await phone.person()
    assert person is not None and person.gemini_consent is True


async def test_a_forged_yes_to_gemini_is_not_kept_where_there_is_no_gemini(phone: Phone) -> None:
    await phone.tap_data("gemini:sim")
    person = await phone.person()
    assert person is not None and person.gemini_consent is None
    assert phone.last.screen == "dia"


@pytest.mark.parametrize("data", ["parar", "trecho:x", "sempre:999", "p:goal:perder", "verbo_velho:1"])
async def test_an_old_button_shows_the_screen_of_now(phone: Phone, data: str) -> None:
    await phone.tap_data(data)
    assert phone.last.screen == "dia" and phone.last.text.startswith("<b>Hoje, quarta</b>")
    assert phone.toasts == ["Esse botão é de uma mensagem antiga. Mostro a tela atual."]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"voice": {"file_id": "x", "file_unique_id": "y", "duration": 3}}, "Ainda não escuto áudio."),
        (
            {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]},
            "Ainda não leio fotos.",
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, "Só entendo texto por enquanto."),
    ],
)
async def test_what_is_not_text_gets_a_sentence(phone: Phone, content: dict[str, object], text: str) -> None:
    assert (await phone.send(**content)).text.startswith(text)


async def test_media_in_the_middle_of_a_question_loses_nothing(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "other.db") as phone:
        await to_step(phone, "weight")
        await phone.send(location={"longitude": 1.0, "latitude": 1.0})
        await phone.say("72,5")
        assert "Tem um peso em mente?" in phone.last.text


async def test_a_correction_in_the_profile_can_be_left(phone: Phone) -> None:
    await phone.say("/perfil")
    await phone.tap("Altura")
    await phone.tap("Voltar")
    assert phone.last.screen == "perfil"
    await phone.say("oi")
    assert phone.last.screen == "proxima"


async def test_a_correction_in_the_profile_offers_a_new_week(phone: Phone) -> None:
    await phone.say("/perfil")
    await phone.tap("Movimento")
    await phone.tap("Forte")
    corrected, offer = phone.messages[-2:]
    assert corrected.text == "Corrigi o movimento para forte."
    assert offer.labels == ["Nova semana", "Ver hoje"]


async def test_erasing_needs_the_words_and_then_nothing_is_left(phone: Phone) -> None:
    await phone.say("/apagar")
    await phone.say("quem sabe")
    assert phone.last.text == "Não apaguei nada."
    await phone.say("/apagar")
    await phone.say("Apagar Tudo")
    assert phone.last.text.startswith("Apaguei tudo.")
    async with phone.database.reader() as conn:
        for table in ("profiles", "restrictions", "weeks", "reminders"):
            assert await conn.fetch_all(f"SELECT * FROM {table}") == []
    person = await phone.person()
    assert person is not None and not person.consented
    await phone.tap("Começar de novo")
    assert phone.last.screen == "consentimento"


async def test_cancelling_an_erasure_goes_back_to_the_open_question(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "other.db") as phone:
        await to_step(phone, "weight")
        await phone.say("/apagar")
        await phone.tap("Cancelar")
        await phone.say("72,5")
        assert "Tem um peso em mente?" in phone.last.text


async def test_everything_that_is_kept_can_be_seen(phone: Phone) -> None:
    await phone.say("/privacidade")
    await phone.tap("Ver tudo")
    assert "Peso: 72,5\u00a0kg" in phone.last.text and "Não gosta de: jiló e coentro" in phone.last.text


async def test_what_a_person_wrote_is_escaped(phone: Phone) -> None:
    await phone.say("não como <b>nada</b> reimoso & <i>x</i>")
    await phone.say("/restricoes")
    assert "<i>" not in phone.last.text and "<b>nada" not in phone.last.text


@pytest.mark.parametrize(
    "data", ["dia:ontem", "receita:2026-11-25:sopa", "r:zz", "item:nada", "objetivo:rico", "x" * 64]
)
async def test_forged_taps_show_something_and_change_nothing(phone: Phone, data: str) -> None:
    async with phone.database.reader() as conn:
        before = (
            await conn.fetch_all("SELECT * FROM profiles"),
            await conn.fetch_all("SELECT * FROM restrictions"),
        )
    count = len(phone.messages)
    await phone.tap_data(data, 1)
    assert len(phone.messages) > count
    async with phone.database.reader() as conn:
        after = (
            await conn.fetch_all("SELECT * FROM profiles"),
            await conn.fetch_all("SELECT * FROM restrictions"),
        )
    assert before == after


def _group(text: str, **extra: object) -> Update:
    chat = {"id": -5, "type": "group", "title": "Família"}
    message = {"message_id": 1, "date": 0, "chat": chat, "text": text, **extra}
    update = Update.de_json({"update_id": 1, "message": message}, None)
    assert update is not None
    return update


def test_a_group_is_answered_only_when_it_calls() -> None:
    assert routing.route(_group("/hoje")) is routing.in_group
    mention = [{"type": "mention", "offset": 0, "length": 4}]
    assert routing.route(_group("@bot oi", entities=mention)) is routing.in_group
    assert routing.route(_group("oi, gente")) is None


def test_edits_and_channels_are_ignored() -> None:
    chat = {"id": 7, "type": "private", "first_name": "Ana"}
    body = {"message_id": 1, "date": 0, "chat": chat, "text": "oi"}
    for kind in ("edited_message", "channel_post"):
        update = Update.de_json({"update_id": 1, kind: body}, None)
        assert update is not None and routing.route(update) is None


class RecordingBot:
    """Keeps what was registered."""

    def __init__(self) -> None:
        self.calls: dict[str, object] = {}

    async def set_my_commands(self, value: object, language_code: str | None = None) -> None:
        self.calls[f"commands {language_code}"] = value

    async def set_my_description(self, value: object, language_code: str | None = None) -> None:
        self.calls[f"description {language_code}"] = value

    async def set_my_short_description(self, value: object, language_code: str | None = None) -> None:
        self.calls[f"short {language_code}"] = value

    async def set_chat_menu_button(self, menu_button: object) -> None:
        self.calls["menu"] = menu_button


async def test_commands_and_texts_are_registered() -> None:
    bot = RecordingBot()
    await commands.register(bot)  # type: ignore[arg-type]
    told = {f"{what} {code}" for what in ("commands", "description", "short") for code in (None, "en", "es")}
    assert set(bot.calls) == {*told, "menu"}


def test_every_registered_command_is_served() -> None:
    assert {name for name, _ in c.COMMANDS} <= set(routing.COMMANDS)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("e amanhã?", date(2026, 11, 26)),
        ("depois de amanhã", date(2026, 11, 27)),
        ("hoje", WEDNESDAY),
        ("mostra sexta", date(2026, 11, 27)),
        ("quarta", WEDNESDAY),
        ("terça-feira", date(2026, 12, 1)),
        ("asdf", None),
    ],
)
def test_days_are_read(text: str, day: date | None) -> None:
    assert intents.day_asked(text, WEDNESDAY) == day


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_intents(text: str) -> None:
    for name in ("is_greeting", "asks_next_meal", "asks_new_week", "asks_reminder"):
        assert getattr(intents, name)(text) in (True, False)
    assert may_state_restriction(text) in (True, False)
    intents.day_asked(text, WEDNESDAY)
    assert isinstance(routing.command_of(text), str)
