"""A hand on the phone: says and taps things in the page, waits for what comes, and leaves pictures of what is seen."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from scripts import screenshots
from tests.browser import chromium
from tests.browser.conftest import ARTIFACTS
from tests.e2e.driver import Phone
from tests.e2e.house import first_week, onboard

_CUT = """[...document.querySelectorAll('.key-label')]
    .filter(label => label.scrollWidth > label.clientWidth + 1).map(label => label.textContent)"""
_WIDE = "Math.max(...['.phone', '#log'].map(name => document.querySelector(name).scrollWidth))"


def apart(work: Coroutine[Any, Any, object]) -> None:
    """Run ``work`` in a thread of its own: this one runs Playwright's loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _settle(address: str, user: int) -> None:
    async with Phone(address, user, patience=120) as phone:
        await onboard(phone)
        await first_week(phone)


def settled(
    browser: Browser, address: str, user: int, *, scheme: chromium.Scheme = "light"
) -> AbstractContextManager[Page]:
    """The phone of somebody who has answered all questions and got a week."""
    apart(_settle(address, user))
    return chromium.phone(browser, f"{address}/?user={user}", scheme=scheme)


class Hand:
    """One person's page. Every step waits for what it brings."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(screenshots.STEP_MS)
        expect.set_options(timeout=screenshots.STEP_MS)

    def newest(self, text: str) -> Locator:
        """The newest message of the bot that says ``text``."""
        return self.page.locator(".message.in", has_text=text).last

    def sees(self, text: str) -> Locator:
        """Wait for a message that says ``text``."""
        found = self.newest(text)
        expect(found).to_be_visible()
        return found

    def say(self, said: str, text: str) -> Locator:
        """Type ``said``; wait for a new message with ``text``."""
        with self._new(text):
            self.page.get_by_label("Mensagem", exact=True).fill(said)
            self.page.keyboard.press("Enter")
        return self.newest(text)

    def tap(self, label: str, text: str) -> Locator:
        """Tap the newest button of that name; wait for a message, new or edited, with ``text``."""
        self.page.locator(".keys").get_by_role("button", name=label, exact=True).last.click()
        return self.sees(text)

    def brings(self, label: str, text: str) -> Locator:
        """Tap the newest button of that name; wait for a new message with ``text``."""
        with self._new(text):
            self.page.locator(".keys").get_by_role("button", name=label, exact=True).last.click()
        return self.newest(text)

    @contextmanager
    def _new(self, text: str) -> Iterator[None]:
        among = self.page.locator(".message.in", has_text=text)
        count = among.count()
        yield
        expect(among.nth(count)).to_be_visible(timeout=screenshots.MENU_MS)

    def opens(self, name: str, message: Locator) -> None:
        """Keep a picture of the photo of ``message`` as a tap shows it."""
        message.locator(".photo").click()
        expect(self.page.locator("#viewer-image")).to_be_visible()
        self.shows(name)
        self.page.keyboard.press("Escape")

    def shows(self, name: str, at: Locator | None = None) -> None:
        """Keep a picture, once nothing moves any more; ``at`` is moved to the top. Nothing may be cut off or stick out."""
        if at is not None:
            at.evaluate("node => node.scrollIntoView({block: 'start'})")
        self.page.wait_for_function(
            "[...document.images].every(image => image.complete || !image.checkVisibility())"
        )
        screenshots.picture(self.page, name, ARTIFACTS)
        assert self.page.evaluate(_CUT) == [], "labels that are cut off"
        assert self.page.evaluate(_WIDE) <= chromium.PHONE[0]
