"""Every day on the phone, 360 points wide: reminders, changes, the list, files, past weeks, languages, each with a picture
that somebody looked at. One bot for all; each test is another person's."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from scripts import screenshots
from storage import reminders
from storage.database import Database
from tests.browser.hand import Hand, apart, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TICK_MS = 60_000
"""The bot looks for what is due every half minute."""

TODAY = re.compile(r"^(?=[\s\S]*Hoje, )(?![\s\S]*No dia:)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("everyday")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with screenshots.bot(folder) as opened:
        yield opened


async def all_due(path: Path) -> None:
    """The hour of every reminder comes now, for whoever has one of each."""
    now = datetime.now(UTC)
    database = await Database.open(path, readers=1)
    async with database.transaction() as tx:
        rows = await tx.fetch_all(
            "SELECT person_id, kind FROM reminders"
            " WHERE person_id IN (SELECT person_id FROM reminders WHERE kind = 'vespera')"
        )
        await reminders.reschedule(tx, {(row["person_id"], row["kind"]): now for row in rows})
    await database.close()


def test_reminders_are_set_in_words_and_by_taps(running_browser: Browser, address: str) -> None:
    with settled(running_browser, address, 1) as page:
        hand = Hand(page)
        hand.say("me avisa às 7 e meia da manhã", "todo dia às 7h30")
        hand.say("moro em Manaus", "Mudei para o horário de Manaus")
        hand.say("férias até dia 20", "Pausei. Volto")
        hand.shows("reminders-words")
        hand.say("volta os lembretes", "Voltei. O próximo lembrete vem")
        hand.say("/lembretes", "Horário de Manaus.")
        hand.tap("Véspera", "Combinado: na véspera, às 20h")
        hand.say("/lembretes", "Na véspera, às 20h")
        hand.tap("Refeições", "Antes de cada refeição")
        hand.tap("Todas", "Jantar · 18h30")
        hand.shows("reminders-meals")
        hand.tap("Voltar", "Antes de comer:")
        hand.shows("reminders")


def test_the_reminders_that_come_and_their_buttons(
    running_browser: Browser, address: str, folder: Path
) -> None:
    with settled(running_browser, address, 2) as page:
        hand = Hand(page)
        hand.say("me avisa na véspera às 20h", "Combinado: na véspera")
        hand.say("me avisa antes do jantar às 18h30", "Aviso antes de comer: jantar às 18h30")
        hand.say("pergunta da próxima semana toda sexta às 18h", "na sexta, às 18h, pergunto")
        hand.say("pesei 72,3", "Anotei")
        apart(all_due(folder / "cardapio.db"))
        expect(hand.newest("Vamos montar a próxima semana?")).to_be_visible(timeout=TICK_MS)
        week = hand.sees("Sua semana: ")
        hand.shows("reminders-came", hand.sees("Para amanhã"))
        assert "kg" not in week.inner_text()
        morning = page.locator(".message.in").filter(has_text=TODAY).last
        labels = morning.locator(".key").all_inner_texts()
        assert labels == ["✅ Feito", "🔄 Trocar", "⏭ Pulei", "📖 Receita", "Ver medidas"]
        hand.shows("reminder-morning", morning)
        morning.get_by_role("button", name="✅ Feito").click()
        expect(morning.get_by_text("Anotei: feito.")).to_be_visible()
        hand.shows("reminder-answered", morning)
        morning.get_by_role("button", name="↩ Desfazer").click()
        morning.get_by_role("button", name="📖 Receita").click()
        hand.sees("Receita")
        hand.shows("reminder-recipe")


def test_a_meal_is_swapped_by_taps_and_the_list_says_the_difference(
    running_browser: Browser, address: str
) -> None:
    with settled(running_browser, address, 3) as page:
        hand = Hand(page)
        hand.shows("day", hand.say("/hoje", "No dia:"))
        hand.tap("🔄 Trocar", "Qual refeição de")
        hand.shows("swap-which")
        options = hand.tap("Jantar", "Opções parecidas:")
        expect(options.get_by_role("button", name=re.compile(r"^[123]\. "))).to_have_count(3)
        hand.shows("swap-options")
        page.get_by_role("button", name="1. ").last.click()
        told = hand.sees("Troquei o jantar de hoje por")
        assert "Entra na lista: " in told.inner_text()
        hand.shows("swapped")
        hand.tap("↩ Desfazer", "Desfiz. Voltou ao que era.")
        hand.say("sem carne hoje", "Sem carne hoje")
        hand.shows("without-meat")
        hand.say("troca o dia de amanhã", "Troquei as refeições de")
        hand.shows("swapped-day")


def test_the_menu_is_changed_by_talking(running_browser: Browser, address: str) -> None:
    with settled(running_browser, address, 4) as page:
        hand = Hand(page)
        hand.say("troca o jantar de amanhã por peixe", "Troquei o jantar de")
        hand.say("amanhã almoço fora", "como fora de casa")
        hand.shows("talk")
        hand.say("não aguento mais frango", "Entendi: menos frango.")
        hand.shows("talk-less")
        hand.say("tenho abobrinha e ovo na geladeira", "Com abobrinha e ovo")
        hand.shows("talk-fridge")
        hand.say("quero 4 refeições", "4 por dia")
        hand.say("troca aquilo lá", "mas não o quê")
        hand.shows("talk-not-understood")


def test_the_list_in_the_market_and_a_house_of_three(running_browser: Browser, address: str) -> None:
    with settled(running_browser, address, 5) as page:
        hand = Hand(page)
        shopping = hand.say("/compras", "Toque no que você já pegou.")
        shopping.locator(".key").nth(0).click()
        hand.sees("Já foram 1 de")
        hand.shows("shopping", hand.newest("Já foram 1 de"))
        hand.tap("Já tenho", "Já tenho")
        hand.shows("shopping-pantry", hand.newest("Já tenho"))
        hand.tap("Pronto", "Toque no que você já pegou.")
        hand.tap("Dias", "Dias")
        hand.shows("shopping-days")
        hand.tap("Pronto", "Toque no que você já pegou.")
        hand.brings("Texto", "Hortifrúti")
        hand.shows("shopping-text")
        hand.say("somos 3 em casa", "agora é para 3 pessoas")
        hand.tap("Porções", "Pessoa 2")
        hand.shows("household")


def test_the_week_as_picture_chart_pdf_and_calendar(running_browser: Browser, address: str) -> None:
    with settled(running_browser, address, 6) as page:
        hand = Hand(page)
        hand.say("/hoje", "No dia:")
        hand.shows("day-chart", hand.brings("Gráfico", "Proteína:"))
        hand.say("/hoje", "No dia:")
        hand.tap("Ver a semana", "Semana")
        hand.shows("week")
        hand.opens("week-card", hand.brings("Imagem", "Cardápio · "))
        hand.opens("week-card-dark", hand.brings("Imagem escura", "Cardápio · "))
        hand.say("/hoje", "No dia:")
        hand.tap("Ver a semana", "Semana")
        hand.brings("PDF", "para imprimir")
        with page.expect_download() as printed:
            page.locator(".attachment[data-ending='pdf']").last.click()
        assert "Lista de compras" in "".join(
            each.extract_text() for each in PdfReader(BytesIO(printed.value.path().read_bytes())).pages
        )
        hand.brings("Agenda", "para a sua agenda")
        with page.expect_download() as calendar:
            page.locator(".attachment[data-ending='ics']").last.click()
        assert len(Calendar.from_ical(calendar.value.path().read_bytes()).walk("VEVENT")) == 35
        hand.shows("week-files")


def test_past_weeks_and_languages(running_browser: Browser, address: str) -> None:
    with settled(running_browser, address, 7) as page:
        hand = Hand(page)
        listed = hand.say("/historico", "Suas semanas")
        listed.locator(".key").first.click()
        hand.brings("Repetir", "No dia:")
        listed = hand.say("/historico", "Suas semanas")
        hand.shows("history", listed)
        listed.locator(".key").first.click()
        hand.tap("Comparar", "Média por dia")
        hand.shows("history-compared")
        hand.say("/idioma", "Em que idioma")
        hand.tap("English", "I speak English now")
        hand.shows("english-day", hand.say("/hoje", "Day total:"))
        hand.say("/lembretes", "Reminders")
        hand.shows("english-reminders")
        hand.say("/idioma", "Which language")
        hand.tap("Español", "ahora hablo español")
        hand.shows("spanish-shopping", hand.say("/compras", "Compras"))
        hand.say("/lembretes", "Avisos")
        hand.shows("spanish-reminders")
