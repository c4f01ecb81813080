"""The whole bot in one process over a strict Bot API, and people who are everywhere in it: at the first question, with a
week, reminders, a document, a list for three."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from structlog.contextvars import get_contextvars

import handlers.screens  # noqa: F401 -- importing it fills the registry of screens
from handlers.catalogue import catalogue
from handlers.routing import route
from handlers.services import Services, warm_up
from handlers.transport.answer_messages import AnswerMessages
from handlers.transport.application import Face, Transport
from handlers.transport.bot import make_bot
from handlers.transport.change_messages import ChangeMessages
from handlers.transport.document_messages import DocumentMessages
from handlers.transport.downloads import Downloads
from handlers.transport.job_messages import JobMessages
from handlers.transport.limiter import Limits
from handlers.transport.screens import screens
from menus import people, reminders
from menus.changes.desk import ChangeDesk
from menus.changes.orders import Order
from menus.changes.runner import ChangeRunner
from menus.changes.service import ChangeService
from menus.document_runner import DocumentRunner, Tools
from menus.jobs import JobRunner
from menus.operations import Operations
from menus.own_plans import dumped
from menus.questions import QuestionRunner
from menus.reminder_plan import Kind
from menus.service import MenuService
from menus.spool import Spool
from menus.weekly import Workshop
from menus.worker import PlanningProcess
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from rag.answers import Answerer
from rag.guide import Document
from rag.index import Indexer
from rag.loaders import read_document
from rag.own_plan import OwnPlan
from rag.search import Search
from storage import menus, own_documents, profiles, restrictions, shopping, weights
from storage.database import Connection, Database
from tests.fakes.embedder import HashingEmbedder
from tests.fresh import fresh_database
from tests.handlers.fuzz.strict import StrictTelegram
from tests.menus import menu_changes
from tests.menus.fixtures import PREPARE, Shelf, dishes
from tests.menus.menu_changes import TABLE
from tests.rag.library import LIBRARY

NOON = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
ANA = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.PERDER, 5)
UNLIMITED = Limits(per_second=1e12, chat_per_second=1e12)
OPERATOR = 201
SETTLED = (201, 202, 203, 204, 205)
ASKED = (206, 207)
PATIENCE_SECONDS = 60.0


class FuzzClock:
    """The time of day moves when the fuzz says so; what is measured is measured by the real one."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return perf_counter()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def mark_of(chat_id: int) -> str:
    """A word that only this person's data has: whoever else reads it reads what is not theirs."""
    return "zqv" + "".join("abcdefghij"[int(digit)] for digit in str(chat_id)) + "qz"


class Desk(ChangeDesk):
    """``asked``: the updates that asked for a change of a menu, which is answered once it is worked out."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[int | None] = set()

    async def ask(self, tx: Connection, person_id: int, order: Order, now: datetime) -> None:
        self.asked.add(get_contextvars().get("update_id"))
        await super().ask(tx, person_id, order, now)


class Town:
    """``telegram`` is where the bot's calls go; ``database`` where its rows are."""

    def __init__(
        self,
        database: Database,
        telegram: StrictTelegram,
        folder: Path,
        *,
        planning: PlanningProcess | None = None,
    ) -> None:
        self.database = database
        self.telegram = telegram
        self.clock = FuzzClock()
        workshop = Workshop(TABLE, Shelf(), prepare=PREPARE, elsewhere=planning)
        service = MenuService(database, workshop)
        self.desk = Desk()
        self.services = Services(
            TABLE,
            service,
            False,
            changes=self.desk,
            operations=Operations(frozenset({OPERATOR})),
            find_dish={dish.id: dish for dish in dishes()}.get,
        )
        bot = make_bot("1:x", "http://telegram.invalid", request=telegram, polling=telegram)
        face = Face(route, screens, catalogue, self.services)
        self.transport = Transport(bot, database, self.clock, face, UNLIMITED)
        embedder = HashingEmbedder()
        self.indexer = Indexer(database, embedder)
        self.runners = self._runners(service, workshop, Search(database, embedder), Downloads(bot), folder)
        self._tasks: list[asyncio.Task[Any]] = []

    def _runners(
        self, service: MenuService, workshop: Workshop, search: Search, downloads: Downloads, folder: Path
    ) -> tuple[JobRunner, QuestionRunner, DocumentRunner, ChangeRunner]:
        database, clock, wake = self.database, self.clock, self.transport.wake
        changing = ChangeService(database, workshop, service)
        service.keep_in = changing.keep_in
        tools = Tools(
            spool=Spool(folder / "files"),
            downloads=downloads,
            read=_read,
            plan_of=_plan_of,
            indexer=self.indexer,
            messages=DocumentMessages(database, clock, wake),
        )
        jobs = JobRunner(database, clock, service, JobMessages(database, clock, wake))
        answers = QuestionRunner(
            database, clock, Answerer(database, search, TABLE), TABLE, AnswerMessages(clock, wake)
        )
        documents = DocumentRunner(database, clock, tools)
        changes = ChangeRunner(database, clock, changing, ChangeMessages(clock, wake))

        def ring() -> None:
            jobs.wake()
            answers.wake()

        service.wake = ring
        self.desk.wake = changes.wake
        self.services.uploads.wake = documents.wake
        return jobs, answers, documents, changes

    async def open(self) -> None:
        """Index a small guide, start all loops, and let everybody arrive."""
        await self.indexer.sync(LIBRARY)
        await self.transport.start(poll=False)
        self._tasks = [asyncio.create_task(runner.run()) for runner in self.runners]
        for chat_id in SETTLED:
            await self.settle(chat_id)

    async def close(self) -> None:
        """Stop what ``open`` started."""
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)
        await self.transport.stop()
        await self.database.close()

    async def settle(self, chat_id: int) -> None:
        """Somebody with a profile, a week, reminders, a household, weights and a document; whatever was there goes."""
        now, mark = self.clock.now(), mark_of(chat_id)
        async with self.database.transaction() as tx:
            known = await people.meet(tx, chat_id, "America/Sao_Paulo")
            await people.erase(tx, known)
            person = await people.meet(tx, chat_id, "America/Sao_Paulo", ("pt_BR", "en", "es")[chat_id % 3])
            await people.consent(tx, person, gemini=None, now=now)
            await profiles.save(tx, person.id, ANA, now)
            await restrictions.add(tx, person.id, Restriction(f"word:{mark}", Strength.DIETA, mark), now)
            monday = now.date() - timedelta(days=now.date().weekday())
            week = menu_changes.made_for(ANA)
            await menus.save_week(tx, person.id, week, 1, now)
            await shopping.set_people(tx, person.id, 3.0)
            await weights.put(tx, person.id, monday, 72.0, now)
            plan = (await reminders.plan_of(tx, person.id)).with_hour(Kind.DAY, "07:00")
            await reminders.change(tx, person.id, plan, now)
        await self._document(person.id, mark)

    async def _document(self, person_id: int, mark: str) -> None:
        name = f"plano {mark}.md"
        text = f"# Plano de {mark}\n\nComer {mark} no jantar com arroz e feijão, todo dia, sem pressa, com água por perto.\n"
        document = read_document(text.encode(), name)
        update = await self.indexer.index_document(
            document, owner=person_id, collection=own_documents.COLLECTION
        )
        assert update is not None
        async with self.database.transaction() as tx:
            plan = dumped(OwnPlan(name))
            await own_documents.save(
                tx, person_id, update.document_id, pages=None, plan=plan, now=self.clock.now()
            )
        await self.indexer.embed_document(update.document_id)

    async def deliver(self, updates: Sequence[Any]) -> None:
        """Hand updates to the bot, as a poll or a webhook does."""
        await self.transport.accept(updates)

    async def quiet(self) -> None:
        """Wait until every update, job and message is at its end."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                await self.transport.worker.idle()
                await self.transport.pump.idle()
                for runner in self.runners[:3]:
                    await runner.idle()
                if not await self.open_work():
                    return await self.transport.pump.finish()

    async def open_work(self) -> int:
        """Jobs, orders and messages that are not at their end; an order that waits for a yes waits for a person."""
        return await self.count(
            "SELECT (SELECT count(*) FROM jobs WHERE state IN ('open', 'running'))"
            " + (SELECT count(*) FROM change_orders WHERE held = 0) + (SELECT count(*) FROM outbox WHERE state = 'pending') AS n"
        )

    async def count(self, sql: str) -> int:
        """The number that a query gives."""
        async with self.database.reader() as conn:
            row = await conn.fetch_one(sql)
        return int(row["n"]) if row else 0


async def _read(path: Path, name: str) -> Document:
    return await asyncio.to_thread(lambda: read_document(path.read_bytes(), name))


async def _plan_of(document: Document) -> Mapping[str, Any]:
    return dumped(OwnPlan(document.name))


@asynccontextmanager
async def open_town(
    folder: Path, see: Callable[[str], None] = lambda _data: None, *, planning: PlanningProcess | None = None
) -> AsyncIterator[Town]:
    """A town on a new database in ``folder``; ``planning`` makes its weeks elsewhere, as the program does."""
    database = await fresh_database(folder / "cardapio.db")
    town = Town(database, StrictTelegram(see), folder, planning=planning)
    await town.open()
    try:
        yield town
    finally:
        await town.close()


warm_up()
menu_changes.made_for(ANA)
