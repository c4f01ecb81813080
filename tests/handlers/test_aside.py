"""What is told beside the open question: an allergy is kept at once and acknowledged, and the question goes on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.onboarding import aside
from menus import people
from menus.answers import Answers
from nutrition.conditions import conditions_in
from tests.handlers.phone import FakeMenus, Phone, open_phone
from tests.handlers.test_onboarding import to_step
from tests.handlers.weeks import week


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_phone(tmp_path / "test.db", menus=FakeMenus(week=week())) as opened:
        yield opened


async def answers(phone: Phone) -> Answers:
    """What was answered so far."""
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return (await people.talk_of(conn, person.id))[1].answers


async def excluded(phone: Phone) -> set[str]:
    """The codes of what the bot holds to be excluded now, confirmed or not."""
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return {item.code for item in await people.restrictions_of(conn, person.id)}


async def test_an_allergy_beside_an_answer_is_kept_and_the_answer_too(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("72 kg e sou alérgica a camarão")
    assert (await answers(phone)).weight_kg == 72
    assert {"crustaceos", "moluscos"} <= await excluded(phone)
    told = next(m for m in phone.messages if m.screen == "anotado_no_meio")
    assert told.text == "⚠️ Anotei: <b>alergia a crustáceos</b>. Já vale para o cardápio."
    assert phone.last.text.startswith("<b>Tem um peso em mente?</b>")


@pytest.mark.parametrize(
    ("step", "question"),
    [
        ("goal", "O que você quer?"),
        ("sex", "Qual conta de energia usar?"),
        ("height", "Qual é a sua altura?"),
        ("weight", "Quanto você pesa hoje?"),
        ("activity", "Quanto você se mexe?"),
        ("health", "Alguma destas situações é a sua?"),
        ("reminder", "A que horas mando o cardápio do dia?"),
    ],
)
async def test_an_allergy_alone_leaves_the_question_open(phone: Phone, step: str, question: str) -> None:
    await to_step(phone, step)
    await phone.say("sou alérgica a amendoim")
    assert "amendoim" in await excluded(phone)
    noted, asked = phone.messages[-2:]
    assert noted.text == "⚠️ Anotei: <b>alergia a amendoim</b>. Já vale para o cardápio."
    assert asked.text.startswith(f"<b>{question}</b>")
    assert "amendoim" not in str((await answers(phone)).conditions)


async def test_an_age_in_an_allergy_is_not_taken_for_the_answer(phone: Phone) -> None:
    await to_step(phone, "age")
    await phone.say("sou alérgica a camarão desde os 20 anos")
    assert (await answers(phone)).age is None
    await phone.say("34 anos, não como carne e sou vegana")
    assert (await answers(phone)).age == 34
    assert {"crustaceos", "vegano"} <= await excluded(phone)


async def test_a_diet_beside_a_health_fact_is_told_too(phone: Phone) -> None:
    await to_step(phone, "age")
    await phone.say("29 anos, sou vegana e celíaca")
    health, diet, asked = phone.messages[-3:]
    assert health.text == "Anotei em saúde: doença celíaca."
    assert diet.text == "Anotei: <b>vegana</b>. Já vale para o cardápio."
    assert asked.text.startswith("<b>Qual é a sua altura?</b>")


async def test_a_disliked_kind_is_told_without_its_sem(phone: Phone) -> None:
    await to_step(phone, "dislikes")
    await phone.say("fígado")
    await phone.tap("Sem lembrete")
    assert "Não gosta de: miúdos" in phone.last.text


async def test_a_health_fact_beside_an_answer_keeps_both(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("80 kg e tenho pressão alta")
    assert (await answers(phone)).weight_kg == 80
    assert (await answers(phone)).conditions == ("hipertensao",)
    assert phone.last.text.startswith("<b>Tem um peso em mente?</b>")


async def test_at_the_summary_it_is_a_correction_with_a_way_back(phone: Phone) -> None:
    await to_step(phone, "summary")
    await phone.say("sou alérgica a amendoim")
    assert phone.last.text == "Corrigi as restrições. Agora: alergia a amendoim."
    assert "↩ Desfazer" in phone.last.labels


async def test_what_is_only_not_liked_is_a_dislike(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("72 e não gosto de jiló")
    assert [item.said for item in (await answers(phone)).dislikes or ()] == ["jiló"]
    assert any(m.text.startswith("Anotei: <b>jiló</b>") for m in phone.messages)


async def test_it_is_shown_where_it_belongs_and_nenhuma_does_not_lose_it(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("sou alérgica a kiwi")
    for what in ("72,5", "pular", "leve", "4", "nenhuma"):
        await phone.say(what)
    assert phone.last.text.startswith(
        "Já anotei: alergia a kiwi.\n\n<b>O que você não pode ou não quer comer?</b>"
    )
    assert "Nenhuma" not in phone.last.labels and "Pronto" in phone.last.labels
    await phone.tap_data("p:restrictions:nada", phone.last.id)
    assert "kiwi" in await excluded(phone)
    for what in ("como de tudo", "sem lembrete"):
        await phone.say(what)
    assert "Restrições: alergia a kiwi" in phone.last.text


async def test_starting_over_keeps_an_allergy(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("sou alérgica a kiwi")
    await phone.say("/start")
    await phone.tap("Começar de novo")
    assert "kiwi" in await excluded(phone)


async def test_restricoes_in_the_middle_shows_it_and_takes_it_out(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("não como porco")
    await phone.say("/restricoes")
    await phone.tap("Sem porco")
    await phone.tap("Tirar")
    assert "sem_porco" not in await excluded(phone)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("weight", "72 sem roupa"),
        ("activity", "não gosto de treinar"),
        ("goal", "quero emagrecer sem passar fome"),
        ("target", "não quero"),
    ],
)
async def test_other_words_of_refusal_are_just_an_answer(phone: Phone, step: str, said: str) -> None:
    await to_step(phone, step)
    await phone.say(said)
    assert await excluded(phone) == set()
    assert all(m.screen != "anotado_no_meio" for m in phone.messages)


async def test_an_allergy_told_while_the_profile_is_corrected_is_not_undone_by_the_correction(
    phone: Phone,
) -> None:
    await to_step(phone, "summary")
    await phone.tap("Montar cardápio")
    await phone.say("/perfil")
    await phone.tap("Altura")
    await phone.say("sou alérgica a amendoim")
    assert phone.last.text.startswith("<b>Qual é a sua altura?</b>")
    await phone.say("tenho pressão alta")
    await phone.say("1,70")
    assert "amendoim" in await excluded(phone)
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        profile = await people.profile_of(conn, person.id)
    assert profile is not None and profile.conditions == ("hipertensao",) and profile.height_cm == 170


async def test_a_reason_to_refer_told_in_the_middle_is_repeated_by_every_command(phone: Phone) -> None:
    await to_step(phone, "weight")
    await phone.say("tenho doença nos rins")
    for command in ("/cardapio", "/hoje", "/compras", "cardápio"):
        await phone.say(command)
        assert phone.last.screen == "encaminhar" and "carambola" in phone.last.text
    await phone.tap("Corrigir resposta")
    assert phone.last.text.startswith("<b>Alguma destas situações é a sua?</b>")
    await phone.tap("Rins")
    await phone.tap("Pronto")
    assert phone.last.text.startswith("<b>Quanto você pesa hoje?</b>")
    await phone.say("/cardapio")
    assert phone.last.screen == "pergunta"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("72 kg e tenho pressão alta", "72 kg"),
        ("tenho diabetes, 1,68", "1,68"),
        ("tenho gota e peso setenta e dois quilos", "peso setenta e dois quilos"),
        ("1 metro e 68 mas sou hipertensa", "1 metro e 68"),
        ("tenho pressão alta", ""),
    ],
)
def test_what_is_left_of_a_sentence_keeps_its_numbers_whole(text: str, rest: str) -> None:
    assert aside.rest_of(text, lambda piece: bool(conditions_in(piece))) == rest
