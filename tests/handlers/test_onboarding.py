"""From /start to a week: every step by buttons and by words, back, wrong answers, restarts, corrections."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.phone import FakeMenus, Phone, open_phone
from tests.handlers.stages import reach


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_phone(tmp_path / "test.db") as opened:
        yield opened


def menus(phone: Phone) -> FakeMenus:
    fake = phone.services.menus
    assert isinstance(fake, FakeMenus)
    return fake


async def to_step(phone: Phone, step: str) -> None:
    """Answer by the shortest way until ``step`` is asked."""
    actions = {
        "consent": ("say", "/start"),
        "goal": ("tap", "Concordo"),
        "sex": ("tap", "Perder gordura"),
        "age": ("tap", "Feminina"),
        "height": ("say", "34"),
        "weight": ("say", "1,68"),
        "target": ("say", "72,5"),
        "activity": ("tap", "Pular"),
        "meals": ("tap", "Médio"),
        "health": ("tap", "5"),
        "restrictions": ("tap", "Nenhuma"),
        "dislikes": ("tap", "Nenhuma"),
        "reminder": ("say", "jiló e coentro"),
        "summary": ("tap", "7h"),
    }

    async def walk() -> None:
        for name, (verb, what) in actions.items():
            await (phone.tap(what) if verb == "tap" else phone.say(what))
            if name == step:
                return

    await reach(phone, step, walk)


async def test_a_week_is_under_twenty_taps_and_messages_away(phone: Phone) -> None:
    await to_step(phone, "summary")
    assert "<b>Confira antes de eu montar</b>" in phone.last.text
    await phone.tap("Montar cardápio")
    assert phone.sent < 20
    assert len(menus(phone).asked) == 1
    assert menus(phone).woken == 1
    assert phone.last.text == "Montando sua semana. Leva menos de 1 minuto."
    assert phone.last.shown.remember == "job:1"


async def test_before_consent_only_the_chat_and_the_step_are_kept(phone: Phone) -> None:
    await phone.say("oi, sou a Ana e tenho 34 anos")
    assert phone.last.screen == "consentimento"
    async with phone.database.reader() as conn:
        person = await conn.fetch_one("SELECT * FROM people")
        talk = await conn.fetch_one("SELECT * FROM conversations")
    assert person is not None and talk is not None
    kept = {name for name, value in person.items() if value is not None}
    assert kept == {"id", "chat_id", "language", "time_zone"}
    assert (talk["step"], talk["data"]) == ("consent", "{}")


async def test_a_no_keeps_nothing_and_leaves_the_door_open(phone: Phone) -> None:
    await phone.say("/start")
    await phone.tap("Agora não")
    assert phone.last.text == "Tudo bem, não guardei nada. Quando quiser, é só tocar em Começar."
    assert (await phone.tap("Começar")).screen == "consentimento"


async def test_consent_can_be_typed_and_privacy_read_first(phone: Phone) -> None:
    await phone.say("/start")
    await phone.tap("Ler mais")
    assert phone.last.screen == "privacidade"
    await phone.tap("Voltar")
    await phone.say("sim, concordo")
    assert phone.last.screen == "consentimento"
    await phone.say("Sim")
    assert "O que você quer?" in phone.last.text


async def test_gemini_is_asked_by_name_and_its_no_is_kept(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "test.db", gemini=True) as phone:
        await phone.say("/start")
        assert "Gemini, do Google" in phone.last.text
        await phone.tap("Sim, sem Gemini")
        person = await phone.person()
        assert person is not None and person.gemini_consent is False


@pytest.mark.parametrize(
    ("words", "agreed"), [("sim", False), ("sim, com Gemini", True), ("sim, sem o gemini", False)]
)
async def test_a_typed_yes_includes_gemini_only_by_name(tmp_path: Path, words: str, agreed: bool) -> None:
    async with open_phone(tmp_path / "test.db", gemini=True) as phone:
        await phone.say("/start")
        await phone.say(words)
        person = await phone.person()
        assert person is not None and person.gemini_consent is agreed


async def test_every_step_can_be_typed(phone: Phone) -> None:
    for text in (
        "/start",
        "concordo",
        "quero emagrecer",
        "mulher",
        "34",
        "1,68",
        "72,5",
        "68",
        "médio",
        "cinco",
    ):
        await phone.say(text)
    for text in ("nenhuma", "não", "como de tudo", "sem lembrete"):
        await phone.say(text)
    assert phone.last.screen == "resumo"
    assert "Lembrete: desligado" in phone.last.text
    await phone.say("pode montar")
    assert phone.last.screen == "progresso"


async def test_going_back_shows_the_old_answer_and_keeps_it(phone: Phone) -> None:
    await to_step(phone, "health")
    await phone.say("voltar")
    assert "Sua resposta: 5 por dia. Quer mudar?" in phone.last.text
    await phone.tap("Voltar")
    await phone.tap("Deixar assim")
    await phone.tap("Manter 5")
    assert phone.last.text.startswith("<b>Alguma destas situações é a sua?</b>")


async def test_voltar_goes_all_the_way_to_the_first_question(phone: Phone) -> None:
    await to_step(phone, "summary")
    for _ in range(14):
        await phone.say("voltar")
    assert "O que você quer?" in phone.last.text
    assert "Sua resposta: perder gordura" in phone.last.text


async def test_a_wrong_answer_gets_an_example_and_loses_nothing(phone: Phone) -> None:
    await to_step(phone, "height")
    await phone.say("16,8")
    assert phone.last.text == (
        "Não entendi 16,8 como altura.\nEscreva em metros ou em centímetros. Exemplo: 1,68 ou 168"
    )
    assert phone.last.labels == ["Voltar"]
    await phone.say("1,68")
    assert "Quanto você pesa hoje?" in phone.last.text


async def test_a_doubtful_weight_is_offered_and_not_stored(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("725")
    assert phone.last.text == "Li 725\u00a0kg, e parece que faltou a vírgula. É 72,5\u00a0kg?"
    async with phone.database.reader() as conn:
        talk = await conn.fetch_one("SELECT data FROM conversations")
    assert talk is not None and "weight_kg" not in talk["data"]
    await phone.tap("É 72,5 kg")
    assert "Tem um peso em mente?" in phone.last.text


async def test_a_third_bad_answer_offers_to_postpone(phone: Phone) -> None:
    await to_step(phone, "age")
    for text in ("abc", "sei lá", "???"):
        await phone.say(text)
    assert phone.last.text == "Ainda não deu certo. Quer deixar para depois?"
    await phone.tap("Deixar para depois")
    await phone.tap("Continuar")
    assert "Quantos anos você tem?" in phone.last.text


async def test_a_restart_in_the_middle_goes_on_at_the_same_step(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "test.db") as phone:
        await to_step(phone, "weight")
    async with open_phone(tmp_path / "test.db") as phone:
        await phone.say("72,5")
        assert "Tem um peso em mente?" in phone.last.text


async def test_start_at_the_summary_says_so_without_a_question(phone: Phone) -> None:
    await to_step(phone, "summary")
    await phone.say("/start")
    assert phone.last.text == "Paramos na conferência das suas respostas. Elas estão guardadas."


async def test_start_in_the_middle_offers_to_go_on(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("/start")
    assert phone.last.text.startswith("Paramos na pergunta: Quanto você pesa hoje?")
    await phone.tap("Continuar")
    await phone.say("72,5")
    await phone.say("/start")
    await phone.tap("Começar de novo")
    assert phone.last.text == "<b>O que você quer?</b>\nPasso 1 de 11"


async def test_cancelling_keeps_the_answers_until_they_are_erased(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("/cancelar")
    assert phone.last.text == "Parei por aqui. Guardei o que você já respondeu."
    await phone.tap("Continuar")
    assert "Quanto você pesa hoje?" in phone.last.text
    await phone.say("cancelar")
    await phone.tap("Apagar respostas")
    await phone.say("/start")
    assert "Passo 1 de 11" in phone.last.text


async def test_none_is_repeated_in_the_words_of_its_button(phone: Phone) -> None:
    await to_step(phone, "restrictions")
    await phone.tap("Nenhuma")
    await phone.tap("Como de tudo")
    await phone.tap("Sem lembrete")
    shown = [message.text for message in phone.messages if message.screen == "respondida"]
    assert "Tem um peso em mente? <b>Não</b>" in shown
    assert shown[-3:] == [
        "O que você não pode ou não quer comer? <b>Nenhuma</b>",
        "E do que você não gosta? <b>Como de tudo</b>",
        "A que horas mando o cardápio do dia? <b>Sem lembrete</b>",
    ]


async def test_marks_say_which_state_they_set(phone: Phone) -> None:
    await to_step(phone, "restrictions")
    await phone.tap("Soja")
    await phone.tap_data("m:restrictions:soja:1", phone.last.id)
    assert "✅ Soja" in phone.last.labels
    await phone.tap("Soja")
    assert "Soja" in phone.last.labels


async def test_the_summary_is_corrected_in_words_and_undone(phone: Phone) -> None:
    await to_step(phone, "summary")
    await phone.say("não é 72,5, é 75,2")
    assert phone.last.text.startswith("Corrigi o peso para 75,2\u00a0kg.\nA estimativa passou para ")
    await phone.tap("↩ Desfazer")
    assert "Peso: 72,5\u00a0kg" in phone.last.text


async def test_the_summary_is_corrected_by_buttons(phone: Phone) -> None:
    await to_step(phone, "summary")
    await phone.tap("Corrigir")
    await phone.tap("Refeições")
    await phone.tap("4")
    assert phone.last.text.startswith("Corrigi as refeições para 4 por dia.")


async def test_a_button_of_an_answered_question_shows_the_open_one(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.tap_data("p:goal:manter")
    assert "Quanto você pesa hoje?" in phone.last.text
    async with phone.database.reader() as conn:
        talk = await conn.fetch_one("SELECT data FROM conversations")
    assert talk is not None and '"goal":"perder"' in talk["data"]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "p",
        "p:goal",
        "p:goal:rich",
        "m:health:x:1",
        "dia:nunca",
        "r:ff",
        "aceito:weight:9999",
        "p:::",
    ],
)
async def test_forged_buttons_change_nothing(phone: Phone, data: str) -> None:
    await to_step(phone, "weight")
    before = await _stored(phone)
    await phone.tap_data(data)
    assert await _stored(phone) == before or data.startswith("aceito")


async def _stored(phone: Phone) -> object:
    async with phone.database.reader() as conn:
        row = await conn.fetch_one("SELECT step, data FROM conversations")
    return dict(row) if row else None


async def test_of_several_hours_one_is_chosen_and_among_a_dozen_nobody_has_to(phone: Phone) -> None:
    await to_step(phone, "reminder")
    await phone.say("às 7h ou às 9h30")
    assert phone.last.text == "Qual destas horas?"
    assert phone.last.labels[:2] == ["7h", "9h30"]
    await phone.say("1, 7, 9, 3, 5 ou 2")
    assert phone.last.text.startswith("Não entendi 1, 7, 9, 3, 5 ou 2 como horário.")
    await phone.say("7 ou 9")
    await phone.tap("21h")
    assert "Lembrete: 21h" in phone.last.text
