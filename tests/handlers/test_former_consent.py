"""Who agreed to a former text is asked again, and may meanwhile see, take and erase what is kept without a new yes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.changer import Changer, open_changer, own_week


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        async with opened.database.transaction() as tx:
            await tx.execute("UPDATE people SET consent_version = 'before'")
        yield opened


async def test_the_new_text_is_asked_and_a_no_takes_nothing_away(phone: Changer) -> None:
    await phone.say("/hoje")
    assert "Posso guardar suas respostas" in phone.last.text
    await phone.say("não")
    assert "O que já guardei fica como está" in phone.last.text


async def test_what_is_kept_can_be_taken_without_a_new_yes(phone: Changer) -> None:
    await phone.say("/exportar")
    assert all(message.shown.document is not None for message in phone.messages[-2:])


async def test_what_is_kept_can_be_erased_without_a_new_yes(phone: Changer) -> None:
    await phone.say("/hoje")
    await phone.say("/apagar")
    await phone.say("não como carne")
    assert "Não apaguei nada" in phone.last.text
    await phone.say("/apagar")
    await phone.say("apagar tudo")
    assert "Apaguei tudo" in phone.last.text
    async with phone.database.reader() as conn:
        assert await conn.fetch_all("SELECT 1 FROM profiles") == []
    await phone.say("/apagar")
    assert "Posso guardar suas respostas" in phone.last.text
