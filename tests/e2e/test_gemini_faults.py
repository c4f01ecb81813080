"""Whatever Gemini does, the person sees progress at once, a full week soon, one plain line at most, and no error.

Most faults run in this process: real handlers, screens, database, job runner and client, against our stub over
loopback; pauses of the client move a clock instead of being slept. A few journeys run the bot as a process, and the
slow ones go against ``llmock``, which is not ours.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from handlers.screens.progress import NOTES
from handlers.services import Services
from handlers.transport.job_messages import JobMessages
from menus import people as use_cases
from menus.jobs import JobRunner
from menus.service import MenuService
from menus.weekly import Workshop
from nutrition.foods import FoodTable
from nutrition.menu import Origin, Week
from nutrition.person import Activity, Goal, Profile, Sex
from rag.breaker import Breaker
from rag.gemini import GeminiClient
from rag.gemini_request import GeminiOptions
from rag.gemini_writer import GeminiWriter
from rag.ledger import DatabaseLedger
from storage import menus, people, profiles
from storage.database import Database
from tests.fakes.clock import START, ManualClock
from tests.fakes.gemini_cook import cook
from tests.fakes.gemini_stub import GeminiStub, Reply, quota
from tests.fresh import fresh_database
from tests.handlers.phone import Message, Phone
from tests.menus.fixtures import PREPARE, Shelf

PROFILE = Profile(
    sex=Sex.F,
    age=34,
    height_cm=168,
    weight_kg=72.5,
    activity=Activity.MODERADO,
    goal=Goal.MANTER,
    meals_per_day=5,
)
TECHNICAL = re.compile(
    r"\b(?:c[óo]digo|erros?|error|exception|traceback|https?|json|quota|api|timeout|none|null|status|gemini_\w+|4\d\d STUB)\b",
    re.IGNORECASE,
)
"""What a person must never read about a failure."""


class Moving(ManualClock):
    """A clock that is moved by whoever sleeps on it: pauses cost no time, and are added up."""

    def __init__(self) -> None:
        super().__init__()
        self.slept = 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.advance(seconds)
        await asyncio.sleep(0)


@dataclass
class Town:
    """A bot in this process, and the stub that it asks."""

    database: Database
    stub: GeminiStub
    clock: Moving
    client: GeminiClient
    runner: JobRunner
    services: Services

    async def person(self, chat_id: int) -> Phone:
        """Somebody who said yes to everything and has a profile."""
        async with self.database.transaction() as tx:
            person = await people.create(tx, chat_id, time_zone="America/Sao_Paulo")
            await use_cases.consent(tx, person, gemini=True, now=START)
            await profiles.save(tx, person.id, PROFILE, START)
        return Phone(self.database, self.services, chat_id)

    async def week_of(self, phone: Phone) -> Week:
        """The person's newest week."""
        person = await phone.person()
        assert person is not None
        async with self.database.reader() as conn:
            saved = await menus.weeks_of(conn, person.id, 1)
        return saved[0].week


@asynccontextmanager
async def town(path: Path, **options: Any) -> AsyncIterator[Town]:
    """A bot and a stub; ``options`` are those of the client, ``daily`` and ``person_daily`` are budgets."""
    daily = options.pop("daily", 1000)
    person_daily = options.pop("person_daily", 12)
    clock = options.pop("clock", None) or Moving()
    database = await fresh_database(path / "cardapio.db")
    async with GeminiStub(Reply(text=cook, pieces=30)) as stub:
        client = GeminiClient(
            "chave",
            GeminiOptions(**({"model": "modelo", "url": stub.url} | options)),
            breaker=Breaker(clock.now),
            ledger=DatabaseLedger(database, clock, daily, person_daily),
            sleep=clock.sleep,
        )
        table = FoodTable.load()
        service = MenuService(
            database,
            Workshop(table, Shelf(), prepare=PREPARE),
            writers=lambda person: (GeminiWriter(client, table, person.id),),
            seeds=lambda: 7,
        )
        runner = JobRunner(database, clock, service, JobMessages(database, clock, lambda: None))
        service.wake = runner.wake
        running = asyncio.create_task(runner.run())
        try:
            yield Town(database, stub, clock, client, runner, Services(table, service, True))
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await client.aclose()
            await database.close()


@dataclass
class Served:
    """What one person saw: seconds until the first sign and until the week, and every text."""

    week: Week
    first_sign_s: float
    whole_s: float
    told: Message
    texts: list[str]


async def ask_for_week(bot: Town, phone: Phone) -> Served:
    """[Nova semana], until the week's first day is in the chat. Pauses of the client count as seconds waited."""
    begun, slept = time.monotonic(), bot.clock.slept
    first = await phone.tap_data("nova")
    first_sign = time.monotonic() - begun
    assert first.screen == "progresso"
    await shown(phone, lambda: phone.last.screen == "dia")
    whole = time.monotonic() - begun + bot.clock.slept - slept
    ready = next(m for m in reversed(phone.messages) if m.screen == "semana_pronta")
    return Served(
        await bot.week_of(phone), first_sign, whole, ready, [message.text for message in phone.messages]
    )


async def shown(phone: Phone, ready: Callable[[], bool]) -> None:
    """Deliver what is owed to the phone until ``ready``; a minute is the most that anybody waits."""
    async with asyncio.timeout(60):
        while not ready():
            await asyncio.sleep(0.02)
            await phone._deliver()


def check(served: Served, note: str | None) -> None:
    """What holds after any fault: ``note`` is the code of the one line that is told, or None."""
    assert served.first_sign_s < 1
    assert served.whole_s < 60
    assert [len(day.meals) for day in served.week.days] == [5] * 7
    assert all(meal.dishes for day in served.week.days for meal in day.meals)
    lines = str(served.told.text).splitlines()
    assert lines[0].startswith("Sua semana está pronta")
    about_gemini = [line for line in lines[1:] if "Nem tudo coube" not in line]
    assert about_gemini == ([NOTES[note]] if note else [])
    for text in served.texts:
        assert not TECHNICAL.search(text), text


def broken(text: str) -> Callable[[dict[str, Any]], str]:
    """A good answer put into ``text`` at ``{}``."""
    return lambda body: text.replace("{}", cook(body))


def half(body: dict[str, Any]) -> str:
    """The first half of a good answer, as MAX_TOKENS leaves it."""
    whole = cook(body)
    return whole[: len(whole) // 2]


KEY_DETAILS = [{"reason": "API_KEY_INVALID"}]
LASTING: dict[str, tuple[Reply, str, int]] = {
    "400": (Reply(status=400), "gemini_away", 1),
    "400 that names the key": (Reply(status=400, error_details=KEY_DETAILS), "gemini_away", 1),
    "401": (Reply(status=401), "gemini_away", 1),
    "403": (Reply(status=403), "gemini_away", 1),
    "404": (Reply(status=404), "gemini_away", 1),
    "429": (Reply(status=429), "gemini_quota", 3),
    "429 with RetryInfo": (quota("7s"), "gemini_quota", 3),
    "429 with a long RetryInfo": (quota("300s"), "gemini_quota", 1),
    "429 a day": (quota(per_day=True), "gemini_quota", 1),
    "500": (Reply(status=500), "gemini_away", 3),
    "502": (Reply(status=502), "gemini_away", 3),
    "503": (Reply(status=503), "gemini_away", 3),
    "504": (Reply(status=504), "gemini_away", 3),
    "HTML": (Reply(raw="<html><h1>502 Bad Gateway</h1></html>"), "gemini_away", 3),
    "invalid JSON": (Reply(raw="data: {oops\n\n"), "gemini_away", 3),
    "an empty body": (Reply(raw=""), "gemini_away", 3),
    "no text": (Reply(text=""), "gemini_away", 3),
    "no finish reason and no text": (Reply(text="", finish=None), "gemini_away", 3),
    "only thoughts, then MAX_TOKENS": (Reply(text="", finish="MAX_TOKENS"), "gemini_away", 3),
    "a blocked prompt": (Reply(block_reason="PROHIBITED_CONTENT"), "gemini_away", 1),
    "SAFETY": (Reply(text=half, finish="SAFETY"), "gemini_away", 1),
    "RECITATION": (Reply(text="", finish="RECITATION"), "gemini_away", 1),
    "a stream cut at its first event": (Reply(text="{", pieces=1, cut=True), "gemini_away", 3),
    "JSON of another shape": (Reply(text='{"menu": [{"monday": "rice"}]}'), "gemini_away", 1),
    "an empty list": (Reply(text='{"refeicoes": []}'), "gemini_away", 1),
    "prose": (Reply(text="Claro! Posso ajudar com o seu cardápio."), "gemini_away", 1),
}
"""Fault -> what the API answers every time, the note, and how many requests that costs."""


@pytest.mark.parametrize("fault", LASTING)
async def test_a_lasting_fault_costs_one_line_and_no_meal(fault: str, tmp_path: Path) -> None:
    reply, note, requests = LASTING[fault]
    async with town(tmp_path) as bot:
        bot.stub.default = reply
        served = await ask_for_week(bot, await bot.person(7))
        check(served, note)
        assert served.week.writer is Origin.GUIA
        assert len(bot.stub.history) == requests


PARTIAL: dict[str, Reply] = {
    "MAX_TOKENS in the middle of the JSON": Reply(text=half, finish="MAX_TOKENS"),
    "no finish reason": Reply(text=half, finish=None),
    "a stream cut in the middle of an event": Reply(text=cook, pieces=4, cut=True),
}


@pytest.mark.parametrize("fault", PARTIAL)
async def test_whole_days_of_a_broken_answer_are_kept(fault: str, tmp_path: Path) -> None:
    async with town(tmp_path) as bot:
        bot.stub.default = PARTIAL[fault]
        served = await ask_for_week(bot, await bot.person(7))
        check(served, served.week.notes[0] if served.week.notes else None)
        assert served.week.writer is Origin.GEMINI
        assert set(served.week.notes) <= {"gemini_partly"}


GOOD: dict[str, list[Reply]] = {
    "at once": [],
    "in code fences": [Reply(text=broken("```json\n{}\n```"))],
    "with chatter around": [Reply(text=broken("Claro!\n{}\nBom apetite!"))],
    "after a 503": [Reply(status=503)],
    "after a 429 with RetryInfo": [quota("7s")],
    "after a cut stream": [Reply(text="{", cut=True)],
    "after an empty answer": [Reply(text="")],
}


@pytest.mark.parametrize("case", GOOD)
async def test_a_good_answer_is_served_with_nothing_to_tell(case: str, tmp_path: Path) -> None:
    async with town(tmp_path) as bot:
        bot.stub.queue.extend(GOOD[case])
        served = await ask_for_week(bot, await bot.person(7))
        check(served, None)
        assert served.week.writer is Origin.GEMINI
        dishes = [dish for day in served.week.days for meal in day.meals for dish in meal.dishes]
        assert any(dish.origin is Origin.GEMINI for dish in dishes)
        assert all(dish.sources for dish in dishes)


async def test_a_silent_server_costs_the_deadline_and_one_line(tmp_path: Path) -> None:
    async with town(tmp_path, deadline_s=0.5) as bot:
        bot.stub.default = Reply(hold=asyncio.Event())
        check(await ask_for_week(bot, await bot.person(7)), "gemini_away")


async def test_days_that_came_before_a_stall_are_kept(tmp_path: Path) -> None:
    async with town(tmp_path, deadline_s=1.0) as bot:
        bot.stub.default = Reply(text=cook, pieces=3, stall=asyncio.Event())
        served = await ask_for_week(bot, await bot.person(7))
        check(served, "gemini_partly")
        assert served.week.writer is Origin.GEMINI


async def test_a_closed_port_is_told_in_one_line(tmp_path: Path) -> None:
    async with town(tmp_path, url="http://127.0.0.1:9") as bot:
        check(await ask_for_week(bot, await bot.person(7)), "gemini_away")


async def test_a_refused_key_is_asked_once_for_everybody(tmp_path: Path) -> None:
    async with town(tmp_path) as bot:
        bot.stub.default = Reply(status=403)
        for number in (1, 2, 3):
            check(await ask_for_week(bot, await bot.person(number)), "gemini_away")
        assert len(bot.stub.history) == 1


async def test_the_day_s_budget_of_the_key_is_told_and_the_guide_serves(tmp_path: Path) -> None:
    async with town(tmp_path, daily=1) as bot:
        check(await ask_for_week(bot, await bot.person(1)), None)
        check(await ask_for_week(bot, await bot.person(2)), "gemini_quota")
        assert len(bot.stub.history) == 1


async def test_the_day_s_budget_of_one_person_leaves_the_others_theirs(tmp_path: Path) -> None:
    async with town(tmp_path, person_daily=1) as bot:
        phone = await bot.person(1)
        check(await ask_for_week(bot, phone), None)
        check(await ask_for_week(bot, phone), "gemini_person_budget")
        check(await ask_for_week(bot, await bot.person(2)), None)


async def test_progress_is_told_day_by_day_while_gemini_writes(tmp_path: Path) -> None:
    finish = asyncio.Event()
    async with town(tmp_path) as bot:
        bot.stub.default = Reply(text=cook, pieces=2, stall=finish)
        phone = await bot.person(7)
        await phone.tap_data("nova")
        await shown(phone, lambda: "de 7" in phone.last.text)
        told = re.search(r"Montando sua semana: (\S+) pront[ao], (\d) de 7", phone.last.text)
        assert told is not None, phone.last.text
        weekdays = ["quarta", "quinta", "sexta", "sábado", "domingo", "segunda", "terça"]
        assert told[1].startswith(weekdays[int(told[2]) - 1])  # the week starts today, a Wednesday
        finish.set()
        await shown(phone, lambda: phone.last.screen == "dia")
