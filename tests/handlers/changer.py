"""A phone with the real menu service and the real runner of changes behind it, and a week of the real guide."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from handlers.services import Services
from handlers.transport.change_messages import ChangeMessages
from menus.changes.desk import ChangeDesk
from menus.changes.orders import Order
from menus.changes.runner import ChangeRunner
from menus.changes.service import ChangeService
from menus.people import CONSENT_VERSION
from menus.service import MenuService
from menus.weekly import Workshop
from nutrition.foods import FoodTable
from nutrition.menu import Week
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from storage import changes, menus, people, profiles, restrictions
from storage.database import Database
from tests.fresh import fresh_database
from tests.handlers.phone import NOON, Message, Phone
from tests.menus import menu_changes
from tests.menus.fixtures import MONDAY, PREPARE, Shelf, dishes

ANA = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.PERDER, 5)
TABLE = FoodTable.load()
WEDNESDAY = date(2026, 11, 25)


class TestClock:
    """The phone's own time."""

    __test__ = False

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Changer(Phone):
    """After each turn the runner does what was asked for, and the chat shows what came of it."""

    def __init__(self, database: Database, shelf: Shelf | None = None, chat_id: int = 7) -> None:
        self.desk = ChangeDesk()
        workshop = Workshop(TABLE, shelf or Shelf(), prepare=PREPARE)
        self.service = MenuService(database, workshop)
        services = Services(
            TABLE, self.service, False, changes=self.desk, find_dish={d.id: d for d in dishes()}.get
        )
        super().__init__(database, services, chat_id)
        self.changing = ChangeService(database, workshop, self.service)
        self.service.keep_in = self.changing.keep_in
        self.clock = TestClock()
        self.woken = 0
        self.desk.wake = self._ring
        self.held = False

    def _ring(self) -> None:
        self.woken += 1

    async def _turn(self, raw: dict[str, Any]) -> None:
        await super()._turn(raw)
        if not self.held:
            await self.work()

    async def work(self) -> None:
        """Let the runner do all that waits."""
        self.clock.at = self.now
        runner = ChangeRunner(
            self.database, self.clock, self.changing, ChangeMessages(self.clock, lambda: None)
        )
        await runner.work()
        await self._deliver()

    async def settle(self, week: Week | None = None, profile: Profile = ANA) -> None:
        """Make a person of this chat, with a profile and a week."""
        async with self.database.transaction() as tx:
            person = await people.create(tx, self.chat_id)
            await people.set_consent(tx, person.id, version=CONSENT_VERSION, gemini=None, now=NOON)
            await profiles.save(tx, person.id, profile, NOON)
            if week is not None:
                await menus.save_week(tx, person.id, week, 1, NOON)

    async def week(self) -> Week:
        """The week as it may be shown now."""
        person = await self.person()
        assert person is not None
        async with self.database.reader() as conn:
            saved = await self.service.current_week(conn, person.id, WEDNESDAY)
        assert saved is not None
        return saved.week

    async def orders(self) -> list[Order]:
        """What was asked for and is not done yet."""
        async with self.database.reader() as conn:
            rows = await conn.fetch_all("SELECT body FROM change_orders ORDER BY id")
        return [Order.model_validate_json(row["body"]) for row in rows]

    async def last_change(self) -> changes.Change | None:
        """The newest change that was not undone."""
        person = await self.person()
        assert person is not None
        async with self.database.reader() as conn:
            return await changes.newest(conn, person.id)

    async def restrictions(self) -> tuple[Restriction, ...]:
        """What the person excludes."""
        person = await self.person()
        assert person is not None
        async with self.database.reader() as conn:
            return await restrictions.list_for(conn, person.id)

    async def exclude(self, code: str) -> None:
        """Hold a new allergy."""
        person = await self.person()
        assert person is not None
        async with self.database.transaction() as tx:
            await restrictions.add(tx, person.id, Restriction(code, Strength.ALERGIA, code), NOON)


def own_week() -> Week:
    """A week made for ``ANA``'s own targets."""
    return menu_changes.made_for(ANA)


@asynccontextmanager
async def open_changer(path: Path) -> AsyncIterator[Changer]:
    """A changer on a database at ``path``; opening the same path again is a restart of the program."""
    database = await fresh_database(path, readers=2)
    try:
        yield Changer(database)
    finally:
        await database.close()


__all__ = ["ANA", "MONDAY", "TABLE", "WEDNESDAY", "Changer", "Message", "open_changer", "own_week"]
