"""One Chromium for all browser tests; where it is missing they skip, or fail if ``CI_REQUIRE_BROWSER=1``."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.echo import EchoHouse

ARTIFACTS = Path(__file__).parents[1] / "artifacts"


@pytest.fixture(scope="package")
def running_browser() -> Iterator[Browser]:
    """Chromium, closed before the next folder: Playwright's loop runs meanwhile, and no async test could start its own."""
    reason = chromium.missing_reason()
    if reason and os.environ.get("CI_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with chromium.browser() as browser:
        yield browser


@pytest.fixture
def house() -> Iterator[EchoHouse]:
    """A local chat and a small bot, running beside the test."""
    with EchoHouse() as house:
        yield house


@pytest.fixture
def page(running_browser: Browser, house: EchoHouse) -> Iterator[Page]:
    """Person 1's phone, with the bot known and the chat empty."""
    with chromium.phone(running_browser, house.address) as page:
        yield page
