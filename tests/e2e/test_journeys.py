"""The whole bot over HTTP through the local chat: from /start to a week, kills, two people at once, wrong inputs."""

import asyncio
import re
from collections.abc import AsyncIterator
from io import BytesIO
from itertools import count

import pytest
import pytest_asyncio
from PIL import Image

from tests.e2e.driver import Look, Message, Phone
from tests.e2e.house import ONBOARDING, House, answer, first_week, onboard, said

NUMBERS = count(1)
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One bot for all journeys: each is another person's, so they cannot meet; a kill hits them all alike."""
    async with House(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture
def phone(house: House) -> Phone:
    """Somebody who never wrote to the bot before."""
    return house.phone(next(NUMBERS))


def kcal_shown(message: Message) -> tuple[list[int], int, int]:
    """Energy of each meal, of the day, and the target, as shown."""
    meals = [int(value.replace(".", "")) for value in re.findall(r"· ([\d.]+)\s*kcal", message.text)]
    day = re.search(r"No dia: ([\d.]+)\s*kcal.*?meta ([\d.]+)", message.text)
    assert day is not None, message.text
    return meals, int(day[1].replace(".", "")), int(day[2].replace(".", ""))


async def edited(phone: Phone, before: Message) -> Message:
    """The message when its text is another one."""

    def find(look: Look) -> Message | None:
        return next((m for m in look.replies if m.id == before.id and m.text != before.text), None)

    return await phone.wait_for(find)


async def through(kill: asyncio.Barrier) -> None:
    """Wait until every journey is ready for the kill, and then until the bot was started again."""
    await kill.wait()
    await kill.wait()


async def from_start_to_a_week_that_survives(phone: Phone, kill: asyncio.Barrier) -> None:
    """The whole way, and the same day before and after the kill."""
    await onboard(phone)
    await first_week(phone)
    sent = [message for message in await phone.history() if message.out]
    assert (
        len(sent) + len(ONBOARDING) < 20 + 6
    )  # texts sent, and taps: each step of the table is one of the two
    before = await phone.ask("/hoje")
    meals, total, target = kcal_shown(before)
    assert len(meals) == 5
    assert sum(meals) == total
    assert abs(total - target) <= 0.03 * target
    await through(kill)
    after = await phone.ask("/hoje")
    assert after.text == before.text


@pytest.mark.slow
async def test_the_days_of_the_week_are_one_message_with_sources(house: House, phone: Phone) -> None:
    await onboard(phone)
    await first_week(phone)
    first = await phone.wait_for_message("No dia:")
    seen = {first.text.splitlines()[0]}
    for _ in range(6):
        before = next(m for m in await phone.messages() if m.id == first.id)
        await phone.tap("→", message_id=first.id)
        changed = await edited(phone, before)
        seen.add(changed.text.splitlines()[0])
    assert len(seen) == 7
    await phone.tap("Fontes", message_id=first.id)
    sources = await phone.wait_for_message("De onde vem")
    assert sources.id == first.id
    assert "TACO" in sources.text or "USDA" in sources.text


@pytest.mark.slow
async def test_a_kill_between_any_two_messages_of_the_onboarding_loses_nothing(
    house: House, phone: Phone
) -> None:
    for number, (how, what, expected) in enumerate(ONBOARDING):
        await answer(phone, how, what, expected)
        if number % 3 == 1:
            await house.restart()
    await house.kill()
    await phone.tap("Montar cardápio", answered=False)
    await house.start_bot()
    day = await phone.wait_for_message("No dia:")
    assert "jiló" not in day.text.lower()


async def a_menu_in_work_comes_once(house: House, phone: Phone, kill: asyncio.Barrier) -> None:
    """The journey that kills, when the others are where they want to be: its menu is in work then."""
    await onboard(phone)
    last = (await phone.messages())[-1].id
    await kill.wait()
    await phone.tap("Montar cardápio", answered=False)
    await house.restart()
    await kill.wait()
    await phone.wait_for_message("No dia:", after=last)
    await phone.ask("/hoje")
    days = [m for m in (await phone.look()).after(last) if "No dia:" in m.text]
    assert len(days) == 2  # the week's first day once, and the answer to /hoje


@pytest.mark.slow
async def test_two_people_at_once_never_meet(house: House) -> None:
    one, two = house.phone(next(NUMBERS)), house.phone(next(NUMBERS))
    await asyncio.gather(
        onboard(one, {"jiló e coentro": "frango"}),
        onboard(two, {"jiló e coentro": "sou alérgica a peixe", "Feminina": "Masculina"}),
    )
    await asyncio.gather(first_week(one), first_week(two))
    mine, theirs = await asyncio.gather(one.ask("/restricoes"), two.ask("/restricoes"))
    assert "frango" in str(mine.text + str(mine.labels)).lower()
    assert "frango" not in str(theirs.text + str(theirs.labels)).lower()
    assert "peixe" in str(theirs.text + str(theirs.labels)).lower()


async def test_after_an_allergy_nothing_that_breaks_it_is_shown(house: House, phone: Phone) -> None:
    await onboard(phone)
    await first_week(phone)
    first = await phone.ask("sou alérgica a ovo, leite, peixe e frango")
    assert "Anotei" in first.text
    for text in await _week_texts(phone):
        for word in ("ovo", "ovos", "leite", "frango", "queijo", "tilápia", "omelete"):
            assert word not in re.findall(r"\w+", _without_notes(text).lower()), text


async def _week_texts(phone: Phone) -> list[str]:
    """Every day of the current week, as /hoje and the arrows show it."""
    shown = await phone.ask("/hoje")
    texts = [shown.text]
    while any("→" in button.label for button in shown.buttons()):
        before = shown
        await phone.tap("→", message_id=before.id)
        shown = await edited(phone, before)
        texts.append(shown.text)
    return texts


def _without_notes(text: str) -> str:
    """Safe phrases that contain a forbidden word do not count."""
    return re.sub(
        r"leite de coco|ovo de páscoa|couve-manteiga|leite de amêndoas", "", text, flags=re.IGNORECASE
    )


async def test_reminders_are_talked_about_in_words(phone: Phone) -> None:
    await onboard(phone)
    await first_week(phone)
    await said(phone, "/lembretes", "Lembretes: todo dia às 7h")
    await said(phone, "sete e meia da noite", "Combinado: todo dia às 19h30, horário de São Paulo.")
    await said(phone, "de segunda a sexta", "Combinado: de segunda a sexta, às 19h30.")
    await said(phone, "moro em Manaus", "Mudei para o horário de Manaus")
    await phone.tap("↩ Desfazer")
    await phone.wait_for_message("Desfiz. Os lembretes voltaram para 19h30.")
    await said(phone, "férias por 2 semanas", "Pausei. Volto ")
    await said(phone, "/lembretes", "Em pausa. Volto ")
    last = (await phone.messages())[-1].id
    await phone.tap("Mudar cidade")
    await phone.wait_for_message("Em que cidade você está?", after=last)
    await phone.send_special("location")
    await phone.wait_for_message("São Paulo, onde agora são", after=last)
    await said(phone, "para de mandar mensagem", "Desliguei os lembretes.")


async def weights_tastes_and_the_week(phone: Phone, kill: asyncio.Barrier) -> None:
    """The diary of weights, with the kill between a question and its answer; then all is deleted."""
    await onboard(phone)
    await first_week(phone)
    assert "peso" in (await phone.look()).commands and "gostos" in (await phone.look()).commands

    await said(phone, "ontem pesei 72,6", "Anotei 72,6")
    told = await said(phone, "/peso 72,3", "Anotei 72,3")
    assert told.labels == [["↩ Desfazer", "Registros"], ["Resumo da semana"]]
    picture = Image.open(BytesIO(await phone.download(told)))
    assert picture.width == 1080
    await said(phone, "/peso 823", "Li 823. É 82,3")
    doubt = await said(phone, "pesei 62,3", "você anotou 72,6")
    await phone.tap("Corrigir", message_id=doubt.id)
    await phone.wait_for_message("Quanto você pesa hoje?", after=doubt.id)

    await through(kill)
    await said(phone, "72,1", "Corrigi o peso de hoje: era 72,3")
    await phone.tap("↩ Desfazer")
    await phone.wait_for_message("O peso de hoje voltou a 72,3")

    await said(phone, "feito", "Anotei: feito.")
    await said(phone, "/progresso", "Sua semana: ")
    assert "Dia feito: " in (await phone.wait_for_message("Sua semana: ")).text

    await phone.tap("Registros")
    await phone.wait_for_message("Pesos anotados")
    await said(phone, "/hoje", "No dia:")
    await phone.tap("📖 Receitas")
    await phone.tap("Almoço")
    recipe = await phone.wait_for_button("👍 Gostei")
    toast = await phone.tap("👎 Não gostei", message_id=recipe.id)
    assert toast is not None and toast["text"].startswith("Anotei: você não gostou de ")
    await said(phone, "/gostos", "O que aprendi sobre seus gostos")

    await said(phone, "/apagar", "Apagar tudo?")
    await said(phone, "apagar tudo", "Apaguei tudo.")


async def test_one_kill_in_three_journeys_loses_nothing_of_any(house: House) -> None:
    one, two, three = (house.phone(next(NUMBERS)) for _ in range(3))
    kill = asyncio.Barrier(3)
    async with asyncio.TaskGroup() as journeys:  # one that fails ends the others
        journeys.create_task(from_start_to_a_week_that_survives(one, kill))
        journeys.create_task(a_menu_in_work_comes_once(house, two, kill))
        journeys.create_task(weights_tastes_and_the_week(three, kill))


@pytest.mark.parametrize(
    ("step", "wrong", "hint"),
    [(4, "velho", "34"), (5, "16,8", "1,68"), (6, "725", "72,5"), (13, "25h", "7h")],
)
async def test_a_wrong_answer_is_asked_again_with_an_example(
    phone: Phone, step: int, wrong: str, hint: str
) -> None:
    for how, what, expected in ONBOARDING[:step]:
        await answer(phone, how, what, expected)
    reply = await phone.ask(wrong)
    assert hint in reply.text or any(hint in button.label for button in reply.buttons())
    how, what, expected = ONBOARDING[step]
    await answer(phone, how, what, expected)


@pytest.mark.parametrize(
    "command",
    [
        "/start",
        "/hoje",
        "/cardapio",
        "/restricoes",
        "/perfil",
        "/lembretes",
        "/privacidade",
        "/ajuda",
        "/cancelar",
        "cardápio",
        "oi",
        "asdf",
        "e amanhã?",
    ],
)
async def test_every_command_is_answered_before_and_after_there_is_a_menu(phone: Phone, command: str) -> None:
    assert (await phone.ask(command)).text
    if "Posso guardar" not in (await phone.messages())[-1].text:
        await phone.ask("/start")


@pytest.mark.slow
async def test_every_command_is_answered_in_the_middle_of_it_all(house: House, phone: Phone) -> None:
    await onboard(phone)
    await first_week(phone)
    for command in (
        "/hoje",
        "/cardapio",
        "/restricoes",
        "/perfil",
        "/lembretes",
        "/privacidade",
        "/ajuda",
        "/cancelar",
        "bom dia",
        "qual o almoço?",
        "xyz",
        "/naoexiste",
    ):
        reply = await phone.ask(command)
        assert reply.text
        assert "Código" not in reply.text, (command, reply.text)


async def test_a_graceful_stop_loses_nothing_and_exits_with_zero(house: House, phone: Phone) -> None:
    await phone.ask("/start")
    assert await house.stop() == 0
    await phone.send_text("oi")
    await house.start_bot()
    await phone.wait_for_message("Posso guardar")
