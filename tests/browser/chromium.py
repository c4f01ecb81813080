"""The system's Chromium for tests and screenshots, by Playwright. No browser is ever downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

Scheme = Literal["light", "dark"]
PHONE = (360, 740)
"""Width and height of the phone in CSS pixels."""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """Path of Chromium, None where it is missing. ``CHROMIUM_PATH`` names another place."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named if Path(named).exists() else None
    return next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)


def missing_reason() -> str | None:
    """Why browser tests cannot run here, None if they can."""
    return None if executable() else "Chromium is not installed (on Debian: apt install chromium)"


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            yield running
        finally:
            running.close()


@contextmanager
def phone(
    running: Browser, address: str, *, scheme: Scheme = "light", size: tuple[int, int] = PHONE
) -> Iterator[Page]:
    """A page of the local chat on a phone that speaks Portuguese; an error of the page fails the test."""
    context = running.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2,
        color_scheme=scheme,
        locale="pt-BR",
        timezone_id="America/Sao_Paulo",
        reduced_motion="reduce",
    )
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    try:
        yield page
    finally:
        context.close()
    assert not errors, errors
