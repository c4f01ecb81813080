"""Remake the pictures of the README: the real bot, in the local chat, in the system's Chromium at phone size.

``docs/images/onboarding.png`` shows a question of the onboarding, ``docs/images/day.png`` a day of the menu. The bot
runs as a person would start it (``python bot.py``), with its data in a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # make runs this file by its path

from tests.browser import chromium  # noqa: E402
from tests.e2e.house import ONBOARDING  # noqa: E402

IMAGES = ROOT / "docs" / "images"
STEP_MS = 30_000
MENU_MS = 180_000
STOP_SECONDS = 30
COLOURS = 128
"""Of a picture that is kept: enough for a page of text, at a third of the size."""

SHOWN_QUESTION = "não pode ou não quer comer"
"""The question whose picture is taken: it has the most buttons."""


def main() -> int:
    """Make both pictures; exit code 1 if Chromium is missing."""
    reason = chromium.missing_reason()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, bot(Path(folder)) as address, chromium.browser() as browser:
        with chromium.phone(browser, address, scheme="light") as page:
            page.set_default_timeout(STEP_MS)
            expect.set_options(timeout=STEP_MS)
            onboard(page)
            page.get_by_role("button", name="Montar cardápio").last.click()
            expect(page.get_by_role("button", name="Receitas").last).to_be_visible(timeout=MENU_MS)
        with chromium.phone(
            browser, address, scheme="dark"
        ) as page:  # the chat is kept: the same day, at night
            expect(page.get_by_role("button", name="Receitas").last).to_be_in_viewport()
            picture(page, "day")
    return 0


@contextmanager
def bot(folder: Path) -> Iterator[str]:
    """The bot with its local chat on a free port; gives the address of the page."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PORT", "TELEGRAM_BOT_TOKEN"}
    }
    environment |= {
        "CARDAPIO_ENV_FILE": "",
        "LOCALCHAT_PORT": "0",
        "DATABASE_PATH": str(folder / "cardapio.db"),
    }
    command = [sys.executable, "bot.py"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield address_in(process)
        finally:
            process.terminate()
            process.communicate(timeout=STOP_SECONDS)


def address_in(process: subprocess.Popen[str]) -> str:
    """The address that the bot prints when its chat is open."""
    for line in process.stdout or ():
        words = line.split()
        if words and words[-1].startswith("http://127.0.0.1:"):
            return words[-1]
    raise RuntimeError("the bot ended before its chat opened")


def onboard(page: Page, images: Path = IMAGES) -> None:
    """Answer every question up to the summary, and take a picture on the way."""
    for how, what, expected in ONBOARDING:
        if what == "/start":
            page.get_by_role("button", name="Começar").click()
        elif how == "say":
            page.get_by_label("Mensagem", exact=True).fill(what)
            page.keyboard.press("Enter")
        else:
            page.locator(".keys").last.get_by_role("button", name=what).first.click()
        expect(page.locator(".message.in").last).to_contain_text(expected)
        if expected == SHOWN_QUESTION:
            picture(page, "onboarding", images)


def picture(page: Page, name: str, images: Path = IMAGES) -> None:
    """Save what the phone shows, once nothing turns or fades any more."""
    expect(page.locator(".waiting, .toast, .scrolling")).to_have_count(0)
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    images.mkdir(exist_ok=True)
    seen.quantize(COLOURS, dither=Image.Dither.NONE).save(images / f"{name}.png", optimize=True)
    print(f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
