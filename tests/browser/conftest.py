"""One Chromium for all browser tests; where it is missing they skip, or fail if ``CI_REQUIRE_BROWSER=1``."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser import chromium
from tests.browser.echo import EchoHouse

ARTIFACTS = Path(__file__).parents[1] / "artifacts"
PEOPLE = count(11)
"""Numbers of people who have no chat yet; 1 to 10 are left to the tests that name them."""


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


@pytest.fixture(scope="package")
def house() -> Iterator[EchoHouse]:
    """A local chat and a small bot, running beside the tests."""
    with EchoHouse() as house:
        yield house


@pytest.fixture(scope="package")
def window(running_browser: Browser, house: EchoHouse) -> Iterator[Page]:
    """A phone that each test takes in turn: a new one takes half a second of the processor to start."""
    with chromium.phone(running_browser, house.address) as page:
        yield page


@pytest.fixture
def page(window: Page, house: EchoHouse) -> Iterator[Page]:
    """The phone of a person whom nobody was before, with the bot known and the chat empty."""
    errors: list[str] = []

    def keep(error: Error) -> None:
        errors.append(str(error))

    window.evaluate("localStorage.clear()")
    window.emulate_media(color_scheme="light")
    window.on("pageerror", keep)
    window.goto(f"{house.address}/?user={next(PEOPLE)}")
    yield window
    window.remove_listener("pageerror", keep)
    assert not errors, errors
