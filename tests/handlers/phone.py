"""A phone for tests: says and taps things, runs each turn in a real database, and keeps what the chat would show."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from telegram import Update

import handlers.screens  # noqa: F401 (registers the screens)
from handlers.catalogue import catalogue
from handlers.routing import route
from handlers.services import Services, warm_up
from handlers.transport.screens import Screen, View, screens
from handlers.transport.turn import Turn
from nutrition.foods import FoodTable
from nutrition.menu import Week
from storage import conversations, jobs, outbox, people
from storage.database import Connection, Database
from storage.menus import SavedWeek
from storage.people import Person
from tests.fresh import fresh_database
from tests.handlers import labels

warm_up()

NOON = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
"""Wednesday, 12h in São Paulo."""


@dataclass
class FakeJob:
    """A week that is being made."""

    id: int
    done_units: int = 0
    total_units: int = 0


@dataclass
class FakeMenus:
    """A menu service that keeps a history of what it was asked and answers from ``week``."""

    week: Week | None = None
    job: FakeJob | None = None
    asked: list[tuple[int, date]] = field(default_factory=list)
    woken: int = 0

    async def request_week(
        self, tx: Connection, person: Person, start: date, now: datetime, *, repeat: int | None = None
    ) -> tuple[FakeJob, bool]:
        if self.job is not None:
            return self.job, False
        self.asked.append((person.id, start))
        self.job = FakeJob(len(self.asked))
        return self.job, True

    async def current_week(self, conn: Connection, person_id: int, today: date) -> SavedWeek | None:
        held = self.week is not None and any(day.date == today for day in self.week.days)
        return SavedWeek(1, self.week, 0, NOON) if held and self.week else None

    async def cancel(self, tx: Connection, person_id: int, now: datetime) -> bool:
        running, self.job = self.job is not None, None
        return running

    def wake(self) -> None:
        self.woken += 1


@dataclass
class Message:
    """A message as the chat shows it now."""

    id: int
    screen: str
    shown: Screen

    @property
    def text(self) -> str:
        return str(self.shown.text)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.shown.buttons for button in row]


def check(shown: Screen, name: str) -> None:
    """What holds for every message: Telegram's limit, the storyboard's labels, no hole left unfilled."""
    assert len(shown.text) <= 4096, name
    assert "{" not in shown.text and "None" not in shown.text, name
    labels.check(shown)


class Phone:
    """One person's chat. ``messages`` is the chat from top to bottom; ``toasts`` what flashed over it."""

    def __init__(self, database: Database, services: Services, chat_id: int = 7) -> None:
        self.database = database
        self.services = services
        self.chat_id = chat_id
        self.language_code: str | None = None
        self.now = NOON
        self.messages: list[Message] = []
        self.toasts: list[str] = []
        self.sent = 0
        self.ids = count(100)

    @property
    def last(self) -> Message:
        """The newest message."""
        return self.messages[-1]

    async def say(self, text: str) -> Message:
        """Type ``text`` and return the newest message."""
        self.sent += 1
        message = {
            "message_id": next(self.ids),
            "date": 0,
            "chat": self._chat(),
            "from": self._user(),
            "text": text,
        }
        await self._turn({"update_id": next(self.ids), "message": message})
        return self.last

    async def send(self, **content: Any) -> Message:
        """Send something that is not text."""
        message = {
            "message_id": next(self.ids),
            "date": 0,
            "chat": self._chat(),
            "from": self._user(),
            **content,
        }
        await self._turn({"update_id": next(self.ids), "message": message})
        return self.last

    async def tap(self, label: str) -> Message:
        """Tap the newest button called ``label`` (a tick before it does not matter); return the newest message."""
        self.sent += 1
        for message in reversed(self.messages):
            for button in (button for row in message.shown.buttons for button in row):
                if button.label.removeprefix("✅ ").replace("\u00a0", " ") == label:
                    await self.tap_data(button.data, message.id)
                    return self.last
        raise AssertionError(f"no button {label!r} in {[m.labels for m in self.messages[-3:]]}")

    async def tap_data(self, data: str, message_id: int = 1) -> Message:
        """A tap that carries ``data``, forged or not."""
        query = {
            "id": str(next(self.ids)),
            "from": self._user(),
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": message_id, "date": 0, "chat": self._chat()},
        }
        await self._turn({"update_id": next(self.ids), "callback_query": query})
        return self.last

    async def person(self) -> Person | None:
        """The stored person."""
        async with self.database.reader() as conn:
            return await people.get_by_chat(conn, self.chat_id)

    async def show(self, screen: str, **args: Any) -> Message:
        """Render a screen that the bot would send on its own."""
        async with self.database.reader() as conn:
            shown = await screens.render(screen, await self._view(conn), args)
        check(shown, screen)
        self._add(screen, shown)
        return self.last

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "type": "private", "first_name": "Ana"}

    def _user(self) -> dict[str, Any]:
        spoken = {"language_code": self.language_code} if self.language_code else {}
        return {"id": self.chat_id, "is_bot": False, "first_name": "Ana", **spoken}

    async def _turn(self, raw: dict[str, Any]) -> None:
        self.now += timedelta(seconds=10)
        update = Update.de_json(json.loads(json.dumps(raw)), None)
        handler = route(update)
        if handler is None:
            return
        async with self.database.transaction() as tx:
            person = await people.get_by_chat(tx, self.chat_id)
            turn = Turn(
                chat_id=self.chat_id,
                person=person,
                tx=tx,
                now=self.now,
                update=update,
                services=self.services,
            )
            await handler(turn)
        turn.committed()
        await self._deliver()

    async def _deliver(self) -> None:
        async with self.database.transaction() as tx:
            while (owed := await outbox.head(tx, self.chat_id)) is not None:
                shown = await screens.render(owed.screen, await self._view(tx), owed.args)
                check(shown, owed.screen)
                await self._place(tx, owed, shown)
                await outbox.settle(tx, owed, "sent", "ok", self.now)

    async def _place(self, tx: Connection, owed: outbox.Owed, shown: Screen) -> None:
        target = owed.target_message_id
        person = await people.get_by_chat(tx, self.chat_id)
        if owed.mode is outbox.Mode.TOAST:
            self.toasts.append(str(shown.text))
            return
        if owed.mode is outbox.Mode.SHRINK:
            talk = await conversations.get(tx, person.id) if person else None
            target = talk.question_message_id if talk else None
        elif owed.slot is not None and owed.slot.startswith("job:"):
            job = await jobs.get(tx, int(owed.slot.removeprefix("job:")))
            target = job.message_id if job else None
        place = next((i for i, message in enumerate(self.messages) if message.id == target), None)
        if place is not None:
            self.messages[place] = Message(self.messages[place].id, owed.screen, shown)
            sent = self.messages[place]
        elif owed.mode is outbox.Mode.SHRINK:
            return
        else:
            sent = self._add(owed.screen, shown)
        if shown.remember == "question" and person is not None:
            await conversations.set_question(tx, person.id, sent.id)
        elif shown.remember is not None and shown.remember.startswith("job:"):
            await jobs.set_message(tx, int(shown.remember.removeprefix("job:")), sent.id)

    def _add(self, screen: str, shown: Screen) -> Message:
        self.messages.append(Message(next(self.ids), screen, shown))
        return self.messages[-1]

    async def _view(self, conn: Connection) -> View:
        person = await people.get_by_chat(conn, self.chat_id)
        return View(
            conn,
            self.chat_id,
            person,
            self.now,
            catalogue(person.language if person else "pt_BR"),
            self.services,
        )


@asynccontextmanager
async def open_phone(
    path: Path, *, gemini: bool = False, menus: FakeMenus | None = None
) -> AsyncIterator[Phone]:
    """A phone on a database at ``path``; opening the same path again is a restart of the program."""
    database = await fresh_database(path, readers=1)
    try:
        services = Services(FoodTable.load(), menus or FakeMenus(), gemini)  # type: ignore[arg-type]
        yield Phone(database, services)
    finally:
        await database.close()
