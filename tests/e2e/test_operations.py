"""What an operator relies on, with the real program: webhook, stop and kill, maintenance, metrics, logs, backup."""

import asyncio
import os
import sys
from pathlib import Path

import httpx
import pytest

from handlers.catalogue import catalogue
from handlers.texts.errors import MAINTENANCE
from storage.database import Database
from tests.e2e.house import ONBOARDING, ROOT, START_SECONDS, House, answer, first_week, free_port, onboard
from tests.e2e.logged import Private, events
from tests.fakes.gemini_stub import GeminiStub, Reply
from tests.loopback import http_client

SORRY = str(catalogue()(MAINTENANCE))
OPERATOR = 9
OPERATOR_ID = 700_000_000 + OPERATOR
"""The local chat numbers its people from there."""


def by_webhook(folder: Path, **more: str) -> House:
    """A house whose bot is called by the local chat."""
    port = free_port()
    return House(
        folder,
        WEBHOOK_URL=f"http://127.0.0.1:{port}",
        WEBHOOK_SECRET="segredo-que-nenhum-registro-tem",
        PORT=str(port),
        METRICS_TOKEN="token-das-metricas-da-casa",
        **more,
    )


async def until_ok(url: str, **headers: str) -> httpx.Response:
    """The first 200 of ``url``."""
    async with asyncio.timeout(START_SECONDS), http_client() as client:
        while True:
            try:
                response = await client.get(url, headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(0.05)  # nothing tells when a process listens
                continue
            if response.status_code == 200:
                return response
            await asyncio.sleep(0.05)


async def until_logged(house: House, event: str) -> None:
    """Wait for a line of the bot's log."""
    async with asyncio.timeout(START_SECONDS):
        while f'"{event}"' not in await asyncio.to_thread(house.log):  # noqa: ASYNC110 -- a file has no event
            await asyncio.sleep(0.1)


async def command(house: House, *words: str) -> tuple[int, str]:
    """Run a command of ``bot.py`` beside the house's bot: its exit code, and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "bot.py",
        *words,
        cwd=ROOT,
        env=house.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode()


async def test_by_webhook_kills_and_stops_lose_nothing_and_polling_takes_over(tmp_path: Path) -> None:
    async with by_webhook(tmp_path) as house:
        phone, base = house.phone(1), house.environment()["WEBHOOK_URL"]
        for how, what, expected in ONBOARDING[:5]:
            await answer(phone, how, what, expected)
        await house.kill()
        sent = await phone.send_text("1,68")  # while nobody listens: it is called again
        await house.start_bot()
        await phone.wait_for_message("Quanto você pesa", after=sent)
        await until_ok(f"{base}/readyz")
        metrics = await until_ok(f"{base}/metrics", Authorization="Bearer token-das-metricas-da-casa")
        assert "cardapio_updates_total" in metrics.text
        async with http_client() as client:
            forged = await client.post(f"{base}/telegram", json={"update_id": 1})
            assert forged.status_code == 403
        assert await house.stop() == 0
        sent = await phone.send_text("72,5")  # while nobody listens: polling finds it
        house.set(WEBHOOK_URL="", WEBHOOK_SECRET="")
        await house.start_bot()
        await phone.wait_for_message("peso", after=sent)
        await phone.tap("Pular")
        await phone.wait_for_message("se mexe")


@pytest.mark.slow
async def test_the_whole_journey_by_webhook(tmp_path: Path) -> None:
    async with by_webhook(tmp_path) as house:
        phone = house.phone(1)
        await onboard(phone)
        await first_week(phone)
        before = await phone.ask("/hoje")
        await house.restart()
        assert (await phone.ask("/hoje")).text == before.text


@pytest.mark.slow
async def test_a_damaged_database_is_told_left_alone_and_replaced_by_a_backup(tmp_path: Path) -> None:
    async with House(tmp_path, ADMIN_IDS=str(OPERATOR_ID)) as house:
        phone, operator = house.phone(1), house.phone(OPERATOR)
        await operator.ask("/start")
        for how, what, expected in ONBOARDING[:4]:
            await answer(phone, how, what, expected)
        code, said = await command(house, "backup", str(tmp_path / "copy.db"))
        assert code == 0, said
        await house.stop()
        path, noise = tmp_path / "cardapio.db", os.urandom(50_000)
        await asyncio.to_thread(path.write_bytes, noise)
        await house.start_bot()
        await operator.wait_for_message("Banco de dados danificado")
        assert (await phone.ask("34")).text == SORRY
        assert await asyncio.to_thread(path.read_bytes) == noise
        code, said = await command(house, "restore", str(tmp_path / "copy.db"))
        assert (code, "--yes" in said) == (1, True)
        code, said = await command(house, "restore", str(tmp_path / "copy.db"), "--yes")
        assert code == 0, said
        await until_logged(house, "maintenance_over")
        await answer(phone, "say", "34", "sua altura")  # served again, from where the copy was
        (aside,) = await asyncio.to_thread(lambda: list(tmp_path.glob("cardapio.db.before-*")))
        assert await asyncio.to_thread(aside.read_bytes) == noise
        code, said = await command(house, "restore", str(tmp_path / "copy.db"), "--yes")
        assert (code, "stop the bot" in said) == (1, True)


@pytest.mark.slow
async def test_a_key_that_gemini_refuses_is_told_to_the_operator_once(tmp_path: Path) -> None:
    async with GeminiStub(Reply(status=403)) as stub, House(tmp_path, ADMIN_IDS=str(OPERATOR_ID)) as house:
        operator = house.phone(OPERATOR)
        await operator.ask("/start")
        assert await house.stop() == 0
        house.set(GEMINI_API_KEY="chave-que-nao-serve", GEMINI_API_URL=stub.url)
        for _ in range(2):
            await house.start_bot()
            await operator.wait_for_message("Chave do Gemini recusada")
            await operator.ask("/uso")
            assert await house.stop() == 0
        told = [message.text for message in (await operator.look()).replies]
    assert sum("Chave do Gemini recusada" in text for text in told) == 1


@pytest.mark.slow
async def test_each_update_and_job_is_one_line_with_its_outcome_and_duration(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        phone = house.phone(1)
        await onboard(phone)
        await first_week(phone)
        assert await house.stop() == 0
        lines = events(await asyncio.to_thread(house.log))
    turns = [line for line in lines if line["event"] == "turn"]
    assert len(turns) == len({line["update_id"] for line in turns}) == len(ONBOARDING) + 1
    assert {(line["outcome"], line["kind"]) for line in turns} <= {
        ("done", k) for k in ("text", "tap", "command")
    }
    (job,) = [line for line in lines if line["event"] == "job"]
    assert (job["kind"], job["outcome"]) == ("week", "done")
    assert all(isinstance(line["milliseconds"], float) for line in [*turns, job])


def test_the_look_at_the_logs_finds_what_it_should() -> None:
    private = Private({"900:abc"}, {"700000001"}, {"jiló e coentro", "Ana", 'Arroz "solto" com feijão'})
    assert private.found_in('{"event": "turn", "update_id": 3}\n') == []
    assert len(private.found_in('{"detail": "GET /bot900:abc/getMe"}')) == 1
    assert len(private.found_in('{"chat": 700000001}')) == 1
    assert len(private.found_in('{"text": "nada de JILÓ e coentro"}\n{"name": "ana"}\n{"x": "banana"}')) == 2
    assert len(private.found_in('{"x": "Arroz \\"solto\\" com feijão"}')) == 1


@pytest.mark.slow
async def test_backups_while_many_write_are_each_whole_and_can_be_served_from(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        phones = [house.phone(number) for number in range(1, 9)]
        await until_logged(house, "transport_started")
        talking = asyncio.gather(*(onboard(phone) for phone in phones))
        copies: list[Path] = []
        while not talking.done():
            copies.append(tmp_path / f"copy{len(copies)}.db")
            code, said = await command(house, "backup", str(copies[-1]))
            assert code == 0, said
        await talking
    assert len(copies) > 2
    for copy in copies:
        database = await Database.open(copy)
        async with database.reader() as conn:
            assert await conn.fetch_all("PRAGMA foreign_key_check") == []
            (row,) = await conn.fetch_all(
                "SELECT count(*) AS n FROM conversations WHERE person_id NOT IN (SELECT id FROM people)"
            )
        await database.close()
        assert row["n"] == 0
