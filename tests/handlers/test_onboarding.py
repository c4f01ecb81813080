"""From /start to a week: every step by buttons and by words, back, wrong answers, restarts, corrections."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from menus import people
from tests.handlers.phone import FakeMenus, Phone, open_phone


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_phone(tmp_path / "test.db") as opened:
        yield opened


def menus(phone: Phone) -> FakeMenus:
    fake = phone.services.menus
    assert isinstance(fake, FakeMenus)
    return fake


async def to_step(phone: Phone, step: str) -> None:
    """Answer by the shortest way until ``step`` is asked."""
    actions = {
        "consent": ("say", "/start"),
        "goal": ("tap", "Concordo"),
        "sex": ("tap", "Perder gordura"),
        "age": ("tap", "Feminina"),
        "height": ("say", "34"),
        "weight": ("say", "1,68"),
        "target": ("say", "72,5"),
        "activity": ("tap", "Pular"),
        "meals": ("tap", "Médio"),
        "health": ("tap", "5"),
        "restrictions": ("tap", "Nenhuma"),
        "dislikes": ("tap", "Nenhuma"),
        "reminder": ("say", "jiló e coentro"),
        "summary": ("tap", "7h"),
    }
    for name, (verb, what) in actions.items():
        await (phone.tap(what) if verb == "tap" else phone.say(what))
        if name == step:
            return


async def test_a_week_is_under_twenty_taps_and_messages_away(phone: Phone) -> None:
    await to_step(phone, "summary")
    assert "<b>Confira antes de eu montar</b>" in phone.last.text
    await phone.tap("Montar cardápio")
    assert phone.sent < 20
    assert len(menus(phone).asked) == 1
    assert menus(phone).woken == 1
    assert phone.last.text == "Montando sua semana. Leva menos de 1 minuto."
    assert phone.last.shown.remember == "job:1"
