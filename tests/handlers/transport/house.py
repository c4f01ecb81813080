"""A whole transport over a temporary database and a Bot API without a network, with a few small screens and handlers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from markupsafe import Markup
from telegram import Update

from handlers.catalogue import catalogue
from handlers.services import Services
from handlers.transport.application import Face, Transport
from handlers.transport.bot import make_bot
from handlers.transport.limiter import Limits
from handlers.transport.screens import Attachment, Button, Screen, Screens, View
from handlers.transport.turn import Handler, Route, Turn
from handlers.transport.webhook import Door
from storage import conversations, people
from storage.clock import Clock, SystemClock
from storage.driver import Connection
from storage.people import Person
from tests.fakes.clock import START
from tests.fakes.telegram import FakeTelegram
from tests.fresh import fresh_database

UNLIMITED = Limits(per_second=1e12, chat_per_second=1e12)
"""For tests that are not about limits."""

NO_SERVICES = cast(Services, None)


def make_screens() -> Screens:
    screens = Screens()

    @screens.screen("eco")
    async def eco(view: View, *, text: str) -> Screen:
        return Screen(Markup("eco: {}").format(text), ((Button("Ok", "ok"),),))

    @screens.screen("pergunta")
    async def pergunta(view: View, *, n: int) -> Screen:
        return Screen(Markup("pergunta {}").format(n), remember="question")

    @screens.screen("arquivo")
    async def arquivo(view: View) -> Screen:
        return Screen(Markup("um arquivo"), document=Attachment("a.txt", b"oi"))

    @screens.screen("quebrada")
    async def quebrada(view: View) -> Screen:
        raise ZeroDivisionError

    @screens.screen("error")
    async def error(view: View, *, code: str) -> Screen:
        return Screen(Markup("erro {}").format(code))

    @screens.screen("midia_outra")
    async def unreadable(view: View) -> Screen:
        return Screen(Markup("não deu para ler"))

    @screens.screen("devagar")
    async def devagar(view: View) -> Screen:
        return Screen(Markup("devagar"))

    return screens


async def echo(turn: Turn) -> None:
    """Counts in the database and answers: an effect that would show if it happened twice."""
    person = turn.person or await people.create(turn.tx, turn.chat_id)
    before = await conversations.get(turn.tx, person.id)
    done = [*(before.data["done"] if before else []), turn.update.update_id]
    await conversations.set(turn.tx, person.id, "eco", {"done": done})
    await turn.send("eco", text=turn.text or turn.data)


def always(handler: Handler) -> Route:
    """A route that sends every message and tap to ``handler``."""

    def route(update: Update) -> Handler | None:
        return handler if update.message or update.callback_query else None

    return route


class House:
    """One life of the program. Several over the same path and Bot API are its restarts."""

    def __init__(
        self,
        path: Path,
        telegram: FakeTelegram,
        *,
        route: Route | None = None,
        clock: Clock | None = None,
        limits: Limits = UNLIMITED,
        screens: Screens | None = None,
        door: Door | None = None,
    ) -> None:
        self.path = path
        self.telegram = telegram
        self.clock = clock or SystemClock()
        self._face = Face(route or always(echo), screens or make_screens(), catalogue, NO_SERVICES)
        self._limits = limits
        self._door = door
        self._others: set[asyncio.Task[Any]] = set()

    async def open(self, *, poll: bool = True) -> "House":
        self._others = asyncio.all_tasks()
        self.database = await fresh_database(self.path)
        bot = make_bot("1:x", "http://telegram.invalid", request=self.telegram, polling=self.telegram)
        self.transport = Transport(bot, self.database, self.clock, self._face, self._limits, door=self._door)
        await self.transport.start(poll=poll)
        return self

    async def quiet(self) -> None:
        """Wait until every stored update was processed and every row that may go was sent."""
        await self.transport.worker.idle()
        await self.transport.pump.idle()

    async def kill(self) -> None:
        """End this life without goodbye: what is committed stays, all else is gone."""
        doomed = asyncio.all_tasks() - self._others - {asyncio.current_task()}
        for task in doomed:
            task.cancel()
        await asyncio.gather(*doomed, return_exceptions=True)
        await self.database.close()

    async def stop(self) -> None:
        """End this life gracefully."""
        await self.transport.stop()
        await self.database.close()

    async def effects(self, chat_id: int) -> list[int]:
        """The updates whose effect is in the database, in the order in which it came there."""
        async with self.database.reader() as conn:
            person = await people.get_by_chat(conn, chat_id)
            found = await conversations.get(conn, person.id) if person else None
        return list(found.data["done"]) if found else []

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        async with self.database.reader() as conn:
            return [dict(row) for row in await conn.fetch_all(sql)]


@asynccontextmanager
async def living(path: Path, telegram: FakeTelegram, **options: Any) -> AsyncIterator[House]:
    """A house that is stopped at the end; killed when the test fails, since its clock may not move any more."""
    poll = options.pop("poll", True)
    house = await House(path, telegram, **options).open(poll=poll)
    try:
        yield house
    except BaseException:
        await house.kill()
        raise
    await house.stop()


def counting(handler: Handler, seen: list[int]) -> Handler:
    """``handler``, with the ids of the updates it was called with."""

    async def counted(turn: Turn) -> None:
        seen.append(turn.update.update_id)
        await handler(turn)

    return counted


Gate = Callable[[dict[str, Any]], Any]


def stuck(reached: asyncio.Event) -> Gate:
    """A scripted reply that never comes: the call is under way for ever."""

    async def gate(_: dict[str, Any]) -> None:
        reached.set()
        await asyncio.Event().wait()

    return gate


async def known(tx: Connection, chat_id: int) -> Person:
    """Somebody who agreed to be kept: who did not is forgotten when the transport tidies up."""
    person = await people.create(tx, chat_id)
    await people.set_consent(tx, person.id, version="1", gemini=None, now=START)
    return person
