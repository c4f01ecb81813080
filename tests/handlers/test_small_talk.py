"""Greetings, thanks, emoji, long texts, numbers of the day, hours of meals, and several wishes in one message."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.several import parts
from menus.changes.orders import Kind
from menus.people import restrictions_of
from menus.reminders import plan_of
from menus.talk.when import Moment
from tests.handlers.changer import WEDNESDAY, Changer, open_changer, own_week
from tests.handlers.phone import NOON, Phone, open_phone


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        opened.held = True
        yield opened


async def hour(phone: Phone) -> str:
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return (await plan_of(conn, person.id)).hour or ""


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("oi", "Oi! Sua próxima refeição:"),
        ("Bom dia!", "Bom dia! Sua próxima refeição:"),
        ("boa noite", "Boa noite! Sua próxima refeição:"),
        ("boa tarde, tudo bem?", "Boa tarde! Sua próxima refeição:"),
        ("obrigado", "Eu que agradeço. Estou por aqui."),
        ("muito obrigada!!", "Eu que agradeço. Estou por aqui."),
        ("👍", "Combinado. Estou por aqui."),
        ("❤️🙏", "Combinado. Estou por aqui."),
        ("😀", "Estou por aqui. Você pode escrever, por exemplo: o que eu como agora?"),
        ("???", "Não entendi. Você pode escrever, por exemplo: troca o jantar de hoje"),
        (
            "lorem ipsum " * 60,
            "É bastante coisa de uma vez. Me mande um pedido por mensagem, em poucas palavras.",
        ),
        ("quero jantar mais cedo", "A hora de cada refeição é você quem escolhe."),
        ("não sei o que fazer", "<b>Posso ajudar com:</b>"),
        ("como funciona?", "<b>Posso ajudar com:</b>"),
        ("o que você faz?", "<b>Posso ajudar com:</b>"),
        ("posso almoçar mais tarde?", "A hora de cada refeição é você quem escolhe."),
    ],
)
async def test_small_talk_gets_one_line_that_is_of_use(phone: Changer, said: str, answer: str) -> None:
    message = await phone.say(said)
    assert message.text.startswith(answer), message.text
    assert await phone.orders() == []


async def test_what_is_suggested_about_hours_works_as_it_is_written(phone: Changer) -> None:
    answer = await phone.say("quero jantar mais cedo")
    await phone.say(answer.text.split("Exemplo: ")[1])
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        assert {kind.value: at for kind, at in (await plan_of(conn, person.id)).hours.items()} == {
            "jantar": "18:30"
        }


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("quanto de proteína tem hoje?", "<b>Proteína, hoje: "),
        ("quantas calorias tem hoje", "<b>Calorias, hoje: "),
        ("quanta fibra tem amanhã?", "<b>Fibras, quinta: "),
        ("quanto de carboidrato tem no meu dia?", "<b>Carboidrato, hoje: "),
    ],
)
async def test_a_number_of_the_day_is_told_from_the_menu(phone: Changer, said: str, start: str) -> None:
    assert (await phone.say(said)).text.startswith(start)


async def test_a_number_of_a_meal_is_told_by_its_dishes(phone: Changer) -> None:
    message = await phone.say("quantas calorias tem meu almoço?")
    assert message.screen == "pq_prato" and "almoço" in message.text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("o que eu janto?", "<b>Hoje</b>\n<b>Jantar</b>"),
        ("qual o almoço de amanhã?", "<b>Quinta</b>\n<b>Almoço</b>"),
        ("e o jantar?", "<b>Hoje</b>\n<b>Jantar</b>"),
        ("almoço", "<b>Hoje</b>\n<b>Almoço</b>"),
        ("o que tem no lanche da manhã de sexta?", "<b>Sexta</b>\n<b>Lanche da manhã</b>"),
    ],
)
async def test_a_meal_that_is_asked_for_is_shown_alone(phone: Changer, said: str, title: str) -> None:
    message = await phone.say(said)
    assert message.screen == "refeicao" and message.text.startswith(title)
    assert message.labels == ["📖 Receita", "🔄 Trocar", "🔒 Travar", "Ver o dia"]


async def test_a_meal_that_the_day_does_not_have_shows_the_day(phone: Changer) -> None:
    assert (await phone.say("o que tem na ceia?")).text.startswith("<b>Hoje, quarta</b>")


async def test_the_recipe_of_a_named_meal_comes_at_once(phone: Changer) -> None:
    assert (await phone.say("receita do almoço")).screen == "receita"
    assert (await phone.say("receita do jantar de amanhã")).screen == "receita"
    assert (await phone.say("receitas")).screen == "receitas"


async def test_what_stays_at_home_is_no_change(phone: Changer) -> None:
    await phone.say("/hoje")
    await phone.say("amanhã almoço fora e janto em casa")
    assert [order.kind for order in await phone.orders()] == [Kind.AWAY]


async def test_a_health_fact_told_twice_is_said_once(phone: Changer) -> None:
    first = await phone.say("tomo losartana")
    assert first.text.startswith("Anotei em saúde: pressão alta.") and first.labels == ["Nova semana"]
    again = await phone.say("tenho pressão alta")
    assert again.text == "Já estava anotado em saúde: pressão alta. O cardápio leva isso em conta."


async def test_what_health_excludes_is_in_the_list_too(phone: Changer) -> None:
    await phone.say("/perfil")
    await phone.tap("Saúde")
    await phone.say("doença celíaca")
    await phone.tap("Pronto")
    shown = await phone.say("/restricoes")
    assert "Pela sua saúde, também vale: doença celíaca." in shown.text and "Meus dados" in shown.labels


async def test_a_question_about_a_food_is_still_a_question(phone: Changer) -> None:
    assert (await phone.say("quanto de proteína tem um ovo?")).screen == "procurando"


async def test_a_change_and_a_reminder_in_one_message_are_both_done(phone: Changer) -> None:
    await phone.say("bom dia, troca o jantar de hoje por ovo e me lembra às 7h")
    assert [order.kind for order in await phone.orders()] == [Kind.SWAP]
    assert await hour(phone) == "07:00"


async def test_two_changes_in_one_message_are_both_done(phone: Changer) -> None:
    await phone.say("/hoje")
    await phone.say("troca o jantar de hoje por ovo. Amanhã almoço fora")
    assert [order.kind for order in await phone.orders()] == [Kind.SWAP, Kind.AWAY]


async def test_an_allergy_and_a_reminder_are_both_kept(phone: Changer) -> None:
    await phone.say("sou alérgica a camarão e me lembra às 8h")
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        assert "crustaceos" in {item.code for item in await restrictions_of(conn, person.id)}
    assert await hour(phone) == "08:00"


@pytest.mark.parametrize(
    "said",
    [
        "troca o jantar de hoje por ovo e tomate",
        "não aguento mais frango e peixe",
        "tenho abobrinha e ovo na geladeira",
        "sou alérgica a peixe, troca o jantar de hoje por peixe",
        "oi, bom dia",
        "mais peixe e nada de coentro",
        "menos óleo e menos sal",
    ],
)
def test_what_is_one_wish_stays_whole(said: str) -> None:
    assert parts(said, Moment(WEDNESDAY, NOON.time()), WEDNESDAY) == []


async def test_without_any_menu_a_change_offers_to_make_one(tmp_path: Path) -> None:
    async with open_changer(tmp_path / "other.db") as phone:
        await phone.settle()
        for said in ("algo rápido pro jantar", "amanhã almoço fora", "não achei couve"):
            message = await phone.say(said)
            assert message.text == "Você ainda não tem cardápio desta semana."
            assert message.labels == ["Montar cardápio"]


async def test_emoji_before_consent_get_the_consent(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "third.db") as phone:
        assert (await phone.say("👍")).screen == "consentimento"
