"""Weights, their picture, a new target and tastes on a phone of 360 points, light and dark."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts import screenshots
from storage import weights
from storage.database import Database
from tests.browser import chromium
from tests.browser.conftest import ARTIFACTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOISE = (0.2, -0.4, 0.1, 0.5, -0.3, 0.0, 0.3)


async def three_weeks(path: Path) -> None:
    """A diary of the three weeks until yesterday, on a weight that hardly moves."""
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo("America/Sao_Paulo")).date()
    database = await Database.open(path, readers=1)
    async with database.transaction() as tx:
        row = await tx.fetch_one("SELECT id FROM people")
        assert row is not None
        for ago in range(21, 0, -1):
            kg = round(72.4 + NOISE[ago % len(NOISE)], 1)
            await weights.put(tx, row["id"], today - timedelta(days=ago), kg, now)
    await database.close()


def say(page: Page, text: str, expected: str) -> None:
    page.get_by_label("Mensagem", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".message.in", has_text=expected).last).to_be_visible()


def tap(page: Page, label: str) -> None:
    page.locator(".keys").get_by_role("button", name=label).last.click()


def test_the_trend_a_new_target_and_tastes_on_a_phone(running_browser: Browser, tmp_path: Path) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    with screenshots.bot(tmp_path) as address:
        with chromium.phone(running_browser, address) as page:
            page.set_default_timeout(screenshots.STEP_MS)
            expect.set_options(timeout=screenshots.STEP_MS)
            screenshots.onboard(page, ARTIFACTS)
            tap(page, "Montar cardápio")
            expect(page.locator(".message.in", has_text="No dia:").last).to_be_visible(
                timeout=screenshots.MENU_MS
            )
            with ThreadPoolExecutor(1) as apart:  # this thread runs Playwright's loop
                apart.submit(asyncio.run, three_weeks(tmp_path / "cardapio.db")).result()
            say(page, "pesei 72,3", "Tendência das 3 últimas semanas")
            expect(page.locator(".message.in", has_text="combinam melhor com você").last).to_be_visible()
            screenshots.picture(page, "new-target", ARTIFACTS)
            tap(page, "Usar")
            expect(page.locator(".message.in", has_text="Pronto: a meta passou para").last).to_be_visible()
            say(page, "/peso", "Quanto você pesa hoje?")
            screenshots.picture(page, "weight", ARTIFACTS)
            say(page, "feito", "Anotei: feito.")
            say(page, "/progresso", "Sua semana:")
            screenshots.picture(page, "week-summary", ARTIFACTS)
            say(page, "/hoje", "No dia:")
            tap(page, "Receitas")
            tap(page, "Almoço")
            expect(page.get_by_role("button", name="Não gostei").last).to_be_visible()
            tap(page, "Não gostei")
            expect(page.locator(".message.in", has_text="Você não gostou deste prato.").last).to_be_visible()
            screenshots.picture(page, "recipe-opinion", ARTIFACTS)
            say(page, "/gostos", "O que aprendi sobre seus gostos")
            screenshots.picture(page, "tastes", ARTIFACTS)
        with chromium.phone(running_browser, address, scheme="dark") as page:
            tap(page, "Registros")
            expect(page.locator(".message.in", has_text="Pesos anotados").last).to_be_visible()
            tap(page, "Gráfico escuro")
            light = page.get_by_role("button", name="Gráfico claro").last
            expect(light).to_be_visible()
            light.scroll_into_view_if_needed()
            screenshots.picture(page, "weight-dark", ARTIFACTS)
