"""A new person reaches a week in a real browser, at phone size, from the bot that the README starts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts import screenshots
from tests.browser import chromium
from tests.browser.conftest import ARTIFACTS

pytestmark = pytest.mark.browser


def test_from_comecar_to_the_first_day_of_a_week(running_browser: Browser, tmp_path: Path) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    with screenshots.bot(tmp_path) as address, chromium.phone(running_browser, address) as page:
        page.set_default_timeout(screenshots.STEP_MS)
        expect.set_options(timeout=screenshots.STEP_MS)
        screenshots.onboard(page, ARTIFACTS)
        page.get_by_role("button", name="Montar cardápio").last.click()
        day = page.locator(".message.in", has_text="No dia:").last
        expect(day).to_be_visible(timeout=screenshots.MENU_MS)
        first = day.inner_text()
        assert all(meal in first for meal in ("Café da manhã", "Almoço", "Jantar", "Sal do dia"))
        assert "jiló" not in first.lower()
        expect(page.get_by_role("button", name="Compras").last).to_be_visible()
        screenshots.picture(page, "first-day", ARTIFACTS)
