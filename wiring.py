"""The one place where everything is put together, from settings to running loops."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from telegram.error import TelegramError

import handlers.screens  # noqa: F401 -- importing it fills the registry of screens
from handlers import commands, doubts, routing
from handlers.catalogue import catalogue
from handlers.services import Services, warm_up
from handlers.transport.answer_messages import AnswerMessages
from handlers.transport.application import Face, Transport
from handlers.transport.bot import make_bot
from handlers.transport.change_messages import ChangeMessages
from handlers.transport.health import Health
from handlers.transport.intent_messages import IntentMessages
from handlers.transport.job_messages import JobMessages
from handlers.transport.limiter import Limits
from handlers.transport.screens import screens
from localchat import LocalChat
from menus.changes.runner import ChangeRunner
from menus.changes.service import ChangeService
from menus.intentions import IntentRunner
from menus.jobs import JobRunner
from menus.operations import Operations
from menus.questions import QuestionRunner
from menus.reminder_tick import Reminders
from menus.service import MenuService
from menus.weekly import Workshop
from menus.worker import PlanningProcess
from nutrition.foods import FoodTable
from rag import cli, embedders, guide, shipped
from rag.answers import Answerer
from rag.breaker import Breaker
from rag.embedder import Embedder, EmbedderUnavailable, EmbeddingFailed
from rag.gemini import GeminiClient, GeminiOptions
from rag.gemini_errors import GeminiError
from rag.gemini_writer import GeminiWriter
from rag.guide import Guide
from rag.index import Indexer
from rag.intents import IntentReader
from rag.ledger import DatabaseLedger
from rag.retriever import Retriever
from rag.search import Search
from rag.writer import MenuWriter
from settings import Settings, SettingsError
from storage.clock import SystemClock
from storage.database import Database
from storage.people import Person
from storage.usage import NOBODY

log = structlog.get_logger(__name__)

LOCAL_LIMITS = Limits(per_second=1000.0, chat_per_second=100.0, chat_burst=100)
"""The local chat has no limits to respect."""


@dataclass(frozen=True, slots=True)
class House:
    """What is shared by the bot and the command line."""

    settings: Settings
    clock: SystemClock
    database: Database
    table: FoodTable
    guide: Guide
    search: Search
    retriever: Retriever
    indexer: Indexer
    gemini: GeminiClient | None

    def writers_for(self, person: Person) -> tuple[MenuWriter, ...]:
        """Who writes for a person, first choice first; the embedded planner always stands behind them."""
        return self.gemini_writers(person.id) if person.gemini_consent else ()

    def gemini_writers(self, person_id: int = NOBODY) -> tuple[MenuWriter, ...]:
        """Gemini, when a key is set, on the budget of this person."""
        return (GeminiWriter(self.gemini, self.table, person_id),) if self.gemini is not None else ()


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Open the database and read the tables and the guide; closed in reverse order."""
    async with AsyncExitStack() as stack:
        clock = SystemClock()
        settings.database_path.parent.mkdir(parents=True, exist_ok=True)
        database = await Database.open(settings.database_path)
        stack.push_async_callback(database.close)
        table = await asyncio.to_thread(FoodTable.load)
        own_guide = await asyncio.to_thread(guide.load, table)
        embedder = await asyncio.to_thread(_embedder, settings)
        vectors = (
            await asyncio.to_thread(shipped.load, embedder.name, embedder.dimensions) if embedder else {}
        )
        search = Search(database, embedder)
        gemini = _gemini(settings, database, clock)
        if gemini is not None:
            stack.push_async_callback(gemini.aclose)
        yield House(
            settings=settings,
            clock=clock,
            database=database,
            table=table,
            guide=own_guide,
            search=search,
            retriever=Retriever(database, search, own_guide),
            indexer=Indexer(database, embedder, vectors),
            gemini=gemini,
        )


def _embedder(settings: Settings) -> Embedder | None:
    """The embedder that the settings name, or None: search then answers from words alone."""
    try:
        return embedders.choose(settings.embeddings)
    except EmbedderUnavailable as exc:
        log.warning("no_embedder", detail=str(exc))
        return None


def _gemini(settings: Settings, database: Database, clock: SystemClock) -> GeminiClient | None:
    if settings.gemini_api_key is None:
        return None
    options = GeminiOptions(model=settings.gemini_model, url=settings.gemini_api_url)
    ledger = DatabaseLedger(database, clock, settings.gemini_daily_requests)
    key = settings.gemini_api_key.get_secret_value()
    return GeminiClient(key, options, breaker=Breaker(clock.now), ledger=ledger)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot until ``stop`` is set: on Telegram with a token, else in the local chat."""
    if settings.port is not None and settings.telegram_bot_token is None:
        raise SettingsError(
            "PORT is set, so a platform runs this, but TELEGRAM_BOT_TOKEN is not: set it there"
        )
    async with AsyncExitStack() as stack:
        token, api_url = await _telegram(settings, stack)
        house = await stack.enter_async_context(open_house(settings))
        await asyncio.to_thread(warm_up)
        planning = PlanningProcess()
        stack.callback(planning.close)
        workshop = Workshop(house.table, house.retriever, elsewhere=planning)
        service = MenuService(house.database, workshop, writers=house.writers_for)
        services = Services(
            table=house.table,
            menus=service,
            gemini_enabled=house.gemini is not None,
            default_time_zone=settings.default_timezone,
            operations=_operations(house),
        )
        face = Face(routing.route, screens, catalogue, services)
        limits = None if settings.telegram_bot_token else LOCAL_LIMITS
        transport = Transport(make_bot(token, api_url), house.database, house.clock, face, limits)
        messages = JobMessages(house.database, house.clock, transport.wake)
        runner = JobRunner(house.database, house.clock, service, messages)
        answerer = Answerer(house.database, house.search, house.table, house.gemini)
        answer_messages = AnswerMessages(house.clock, transport.wake)
        asker = QuestionRunner(house.database, house.clock, answerer, house.table, answer_messages)
        readers = _intent_readers(house, service, transport)

        bells = [runner.wake, asker.wake, *(reader.wake for reader in readers)]

        def wake() -> None:
            for ring in bells:
                ring()

        service.wake = wake
        changing = ChangeService(house.database, workshop, service)
        service.keep_in = changing.keep_in
        change_messages = ChangeMessages(house.clock, transport.wake)
        changer = ChangeRunner(house.database, house.clock, changing, change_messages)
        services.changes.wake = changer.wake
        reminders = Reminders(house.database, house.clock, transport.wake)
        if settings.port is not None:
            health = Health(settings.port, house.indexer.complete)
            health.start()
            stack.push_async_callback(health.stop)
        background = [
            asyncio.create_task(planning.warm_up(), name="planning"),
            asyncio.create_task(runner.run(), name="jobs"),
            asyncio.create_task(asker.run(), name="questions"),
            asyncio.create_task(changer.run(), name="changes"),
            *(asyncio.create_task(reader.run(), name="intents") for reader in readers),
            asyncio.create_task(reminders.run(), name="reminders"),
            asyncio.create_task(_index(house), name="index"),
            asyncio.create_task(_check_gemini(house), name="gemini"),
            asyncio.create_task(_introduce(transport, settings.admin_ids), name="introduce"),
        ]
        for task in background:
            task.add_done_callback(_tell_broken)
            stack.push_async_callback(_ended, task)
        await transport.run(stop)


def _intent_readers(house: House, service: MenuService, transport: Transport) -> list[IntentRunner]:
    """The runner that reads free words with Gemini; none without a key: the rules then serve alone."""
    if house.gemini is None:
        return []
    return [
        IntentRunner(
            house.database,
            house.clock,
            IntentReader(house.gemini),
            service,
            house.table,
            messages=IntentMessages(house.clock, transport.wake),
            companions=doubts.companions,
        )
    ]


def _operations(house: House) -> Operations:
    """What /uso shows, and to whom."""
    if house.gemini is None:
        return Operations(house.settings.admin_ids)
    budget = house.settings.gemini_daily_requests
    return Operations(house.settings.admin_ids, budget, house.gemini.tally.counts)


async def _telegram(settings: Settings, stack: AsyncExitStack) -> tuple[str, str]:
    """The token and root of the Bot API; without a token, those of a local chat that is started here."""
    if settings.telegram_bot_token is not None:
        return settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
    state = settings.database_path.with_suffix(".chat.db")
    state.parent.mkdir(parents=True, exist_ok=True)
    chat = LocalChat(port=settings.localchat_port, state_path=Path(state))
    await chat.start()
    stack.push_async_callback(chat.stop)
    print(f"Cardápio está no chat local: {chat.base_url}", flush=True)
    return chat.token, chat.base_url


async def _index(house: House) -> None:
    """Bring the index in line with the guide and the operator's folder; search answers from words meanwhile."""
    for problem in house.guide.problems:
        log.warning("guide_problem", problem=str(problem))
    folder = house.settings.documents_path
    try:
        report = await cli.index_command(house.indexer, [folder] if folder else [], out=io.StringIO())
        await house.indexer.forget_other_embedders()
    except (EmbeddingFailed, cli.CannotIndex) as exc:
        log.warning("not_indexed", kind=type(exc).__name__, detail=str(exc))
    else:
        log.info("indexed", added=report.added, removed=report.removed, embedded=report.embedded)


async def _check_gemini(house: House) -> None:
    """Say at start, in words, what is wrong with the key or the model; the bot runs on without Gemini."""
    if house.gemini is None:
        log.info("gemini_off", reason="GEMINI_API_KEY is not set; the embedded planner writes the menus")
        return
    try:
        await house.gemini.check()
    except GeminiError as exc:
        log.warning("gemini_not_usable", kind=type(exc).__name__, detail=str(exc))
    else:
        log.info("gemini_ready", model=house.gemini.model)


async def _introduce(transport: Transport, admin_ids: frozenset[int]) -> None:
    """Register commands and descriptions; a failure costs nothing but the menu button."""
    try:
        await commands.register(transport.bot, admin_ids)
    except TelegramError as exc:
        log.warning("commands_not_registered", kind=type(exc).__name__)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


def _tell_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("background_task_broke", task=task.get_name(), kind=type(error).__name__, exc_info=error)


def configure_logging(level: str) -> None:
    """Structured lines on standard error: ids and counts, never names, texts or tokens."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(),
    )
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s")
    for name in ("httpx", "httpx2", "httpcore", "telegram", "google_genai", "tornado.access", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)  # at INFO some print addresses that hold the token
