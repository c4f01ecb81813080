"""What one does with a week every day, through the whole bot: the list in the market, at home with others, files, past
weeks, languages."""

import re
from collections.abc import AsyncIterator
from io import BytesIO
from itertools import count

import pytest
import pytest_asyncio
from icalendar import Calendar
from PIL import Image
from pypdf import PdfReader

from tests.e2e.driver import Look, Message, Phone
from tests.e2e.house import House, said, with_week

NUMBERS = count(1)
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One bot for all: each test is another person's."""
    async with House(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def phone(house: House) -> Phone:
    """Somebody new, with a week."""
    return await with_week(house.phone(next(NUMBERS)))


async def tapped(phone: Phone, message: Message, label: str) -> Message:
    """Tap a button of ``message`` and wait until the message is another one."""
    await phone.tap(label, message_id=message.id)

    def changed(look: Look) -> Message | None:
        now = next((each for each in look.replies if each.id == message.id), None)
        return now if now and (now.text, now.labels) != (message.text, message.labels) else None

    return await phone.wait_for(changed)


async def fresh(phone: Phone, label: str, expected: str) -> Message:
    """Tap the newest button of that name and wait for a new message that says ``expected``."""
    last = (await phone.messages())[-1].id
    await phone.tap(label)
    return await phone.wait_for_message(expected, after=last)


async def test_the_list_is_ticked_by_two_hands_and_outlives_a_kill(house: House, phone: Phone) -> None:
    page = await said(phone, "/compras", "Toque no que você já pegou.")
    first, second, third = (row[0] for row in page.labels[:3])
    page = await tapped(phone, page, first)
    assert f"✅ {first}" in page.labels[0][0] and "Já foram 1 de" in page.text
    old = page.button(f"✅ {first}")
    assert old is not None and old.data is not None
    page = await tapped(phone, page, second)
    await phone.tap_data(
        page.id, old.data.replace(":larga:", ":pega:"), forged=True
    )  # the other's screen is a step behind
    await house.restart()
    again = await said(phone, "/compras", "Já foram 2 de")
    assert [row[0][:1] for row in again.labels[:3]] == ["✅", "✅", third[:1]]

    home = await tapped(phone, again, "Já tenho")
    home = await tapped(phone, home, third)
    back = await tapped(phone, home, "Pronto")
    assert third not in [row[0] for row in back.labels]

    text = await fresh(phone, "Texto", "Hortifrúti")
    assert "Mercearia" in text.text and "Já tem em casa" in text.text

    days = await tapped(phone, back, "Dias")
    days = await tapped(phone, days, days.labels[0][0])
    assert not days.labels[0][0].startswith("✅")
    fewer = await tapped(phone, days, "Pronto")
    assert "Compras · " in fewer.text


async def test_a_house_of_three_has_one_list_and_each_their_plate(phone: Phone) -> None:
    alone = await said(phone, "/compras", "Toque no que você já pegou.")
    told = await said(phone, "somos 3 em casa", "agora é para 3 pessoas")
    assert "Cada uma come a mesma porção que você." in told.text
    seats = await tapped(phone, told, "Porções")
    seat = await tapped(phone, seats, "Pessoa 2: igual")
    seats = await tapped(phone, seat, "metade")
    assert ["Pessoa 2: metade"] in seats.labels
    listed = await said(phone, "/compras", "Para 3 pessoas.")
    assert listed.labels != alone.labels
    await said(phone, "receita do almoço de hoje", "Separe")
    recipe = await phone.wait_for_button("Para 3 pessoas")
    shared = await tapped(phone, recipe, "Para 3 pessoas")
    assert "No prato de cada pessoa" in shared.text and "Pessoa 2, metade" in shared.text
    own = await tapped(phone, shared, "Só para mim")
    assert own.text == recipe.text


async def test_the_week_as_picture_pdf_and_calendar_and_the_day_as_a_chart(phone: Phone) -> None:
    await said(phone, "/hoje", "No dia:")
    chart = await fresh(phone, "Gráfico", "Proteína:")
    assert Image.open(BytesIO(await phone.download(chart))).width >= 1000
    await tapped(phone, await said(phone, "/hoje", "No dia:"), "Ver a semana")
    card = await fresh(phone, "Imagem", "Cardápio · ")
    light = Image.open(BytesIO(await phone.download(card)))
    dark = Image.open(BytesIO(await phone.download(await fresh(phone, "Imagem escura", "Cardápio · "))))
    assert light.size == dark.size and light.getpixel((2, 2)) != dark.getpixel((2, 2))
    await tapped(phone, await said(phone, "/hoje", "No dia:"), "Ver a semana")
    pdf = PdfReader(BytesIO(await phone.download(await fresh(phone, "PDF", "para imprimir"))))
    words = "".join(page.extract_text() for page in pdf.pages)
    assert "Lista de compras" in words and "Receitas" in words
    calendar = Calendar.from_ical(await phone.download(await fresh(phone, "Agenda", "para a sua agenda")))
    meals = calendar.walk("VEVENT")
    assert len(meals) == 35 and {str(meal.decoded("DTSTART").tzinfo) for meal in meals} == {
        "America/Sao_Paulo"
    }


async def test_past_weeks_are_looked_at_repeated_and_compared(phone: Phone) -> None:
    listed = await said(phone, "/historico", "Suas semanas")
    week = await tapped(phone, listed, listed.labels[0][0])
    alone = await tapped(phone, week, "Comparar")
    assert "É a sua única semana por enquanto." in alone.text
    week = await tapped(phone, alone, "Voltar")
    last = (await phone.messages())[-1].id
    await phone.tap("Repetir", message_id=week.id)
    await phone.wait_for_message("No dia:", after=last)
    listed = await said(phone, "/historico", "Suas semanas")
    assert len(listed.labels[0]) == 2
    newer = await tapped(phone, listed, listed.labels[0][0])
    compared = await tapped(phone, newer, "Comparar")
    assert "Média por dia, " in compared.text
    mains = re.search(r"(\d+) pratos principais em comum", compared.text)
    assert (
        mains is not None and int(mains[1]) >= 7
    )  # the same dishes again, but for what the new days could not take


async def test_english_and_spanish_are_spoken_and_portuguese_comes_back(phone: Phone) -> None:
    asked = await said(phone, "/idioma", "Em que idioma")
    english = await tapped(phone, asked, "English")
    assert english.text.startswith("Done: I speak English now.")
    await said(phone, "/compras", "Shopping")
    await said(phone, "/idioma", "Which language")
    await phone.tap("Español")
    await phone.wait_for_message("ahora hablo español")
    await said(phone, "/compras", "Compras")
    await said(phone, "/idioma", "¿En qué idioma")
    await phone.tap("Português")
    await phone.wait_for_message("agora falo português")
