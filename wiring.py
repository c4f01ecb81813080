"""The one place where everything is put together, from settings to running loops."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import AsyncExitStack, suppress
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
from handlers.transport.intent_messages import IntentMessages
from handlers.transport.job_messages import JobMessages
from handlers.transport.limiter import Limits
from handlers.transport.reading import document_reader
from handlers.transport.screens import screens
from house import House, check_gemini, collector_off, index, open_house, settle_memory
from line import Line, maintain, open_line
from menus import meters
from menus.alerts import Alert, Alerts
from menus.changes.runner import ChangeRunner
from menus.changes.service import ChangeService
from menus.intentions import IntentRunner
from menus.jobs import JobRunner
from menus.operations import Operations
from menus.questions import QuestionRunner
from menus.readiness import Readiness, Scrape
from menus.recovery import passing
from menus.reminder_tick import Reminders
from menus.retention import Retention
from menus.service import MenuService
from menus.supervisor import kept
from menus.watch import Watch
from menus.weekly import Workshop
from menus.worker import PlanningProcess
from rag.answers import Answerer
from rag.intents import IntentReader
from settings import Settings, SettingsError
from storage import checkup
from storage.errors import StorageError

log = structlog.get_logger(__name__)

INDEX_AGAIN_SECONDS = 600.0

LOCAL_LIMITS = Limits(per_second=1000.0, chat_per_second=100.0, chat_burst=100)
"""The local chat has no limits to respect."""


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot until ``stop`` is set: on Telegram with a token, else in the local chat.

    While the database is damaged, full or held by another program, everybody reads that the bot is in maintenance.
    """
    if settings.port is not None and settings.telegram_bot_token is None:
        raise SettingsError(
            "PORT is set, so a platform runs this, but TELEGRAM_BOT_TOKEN is not: set it there"
        )
    async with AsyncExitStack() as stack:
        line = await open_line(settings, stack)
        while not stop.is_set():
            try:
                words = await checkup.check(settings.database_path, at_most=checkup.CHECKED_AT_START_BYTES)
                await _serve_house(settings, stop, line, words_whole=words)
            except StorageError as exc:
                trouble = await _passing(exc, settings.database_path)
                if trouble is None:
                    raise
                log.warning("database_not_opened", kind=type(trouble).__name__, said=str(exc))
                await maintain(settings, stop, line, trouble)


async def _passing(trouble: StorageError, path: Path) -> StorageError | None:
    there = await checkup.fingerprint(path) is not None
    return passing(trouble, await checkup.free_bytes(path), there=there)


async def _serve_house(settings: Settings, stop: asyncio.Event, line: Line, *, words_whole: bool) -> None:
    """Serve until ``stop`` is set. Raises ``DatabaseCorrupt`` when the file turns out to be damaged."""
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(open_house(settings, embed_elsewhere=True))
        if not words_whole:
            await checkup.rebuild_words(house.database)
        with collector_off():
            await asyncio.to_thread(warm_up)
            settle_memory()
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
            find_dish=house.retriever.dish,
        )
        face = Face(routing.route, screens, catalogue, services)
        bot = make_bot(line.token, line.api_url)
        transport = Transport(bot, house.database, house.clock, face, _limits(line.token), door=line.door)
        alerts = Alerts(
            house.database, house.clock, settings.admin_ids, transport.wake, transport.apologies.alert
        )
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
        reading = document_reader(
            house.database,
            house.clock,
            bot,
            indexer=house.indexer,
            table=house.table,
            wake=transport.wake,
        )
        services.uploads.wake = reading.wake
        reminders = Reminders(house.database, house.clock, transport.wake)
        _show(line, house)
        watch = _watch(house, alerts)
        work: dict[str, Callable[[], Awaitable[object]]] = {
            "planning": planning.warm_up,
            "jobs": lambda: _weeks(planning, runner),
            "questions": asker.run,
            "changes": changer.run,
            "documents": reading.run,
            **{f"intents_{number}": reader.run for number, reader in enumerate(readers)},
            "reminders": reminders.run,
            "retention": Retention(house.database, house.clock, transport.wake).run,
            "index": lambda: _index(house, alerts),
            "gemini": lambda: _gemini(house, watch),
            "introduce": lambda: _introduce(transport, settings.admin_ids),
            "watch": watch.run,
        }
        for name, run in work.items():
            task = asyncio.create_task(kept(name, run, house.clock, alerts), name=name)
            stack.push_async_callback(_ended, task)
        await transport.run(stop)


def _limits(token: str) -> Limits | None:
    """Telegram's limits; none of them in the local chat, whose tokens do not begin with a bot's number as Telegram's do."""
    return None if token[:1].isdigit() else LOCAL_LIMITS


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


def _show(line: Line, house: House) -> None:
    """What the port tells, while this house serves."""
    if line.health is not None:
        line.health.ready = Readiness(house.database, house.clock, house.indexer.public_complete)
        line.health.metrics = Scrape(house.clock, house.database)
    meters.gemini.source = house.gemini.tally.counts if house.gemini is not None else dict


async def _weeks(planning: PlanningProcess, runner: JobRunner) -> None:
    """Make weeks once the process that plans them is there: one begun before only waited, and was blamed for a kill."""
    with suppress(BrokenProcessPool):  # then each week tries for itself, and its person hears of it
        await planning.warm_up()
    await runner.run()


async def _gemini(house: House, watch: Watch) -> None:
    """Ask whether the key is good; operators are told when it is not."""
    await check_gemini(house)
    await watch.gemini()


async def _index(house: House, alerts: Alerts) -> None:
    """Index what is new; operators are told when that does not work, and it is tried again."""
    while not await index(house):
        await alerts.tell(Alert.INDEX)
        await house.clock.sleep(INDEX_AGAIN_SECONDS)


def _watch(house: House, alerts: Alerts) -> Watch:
    """Looks at what needs a person."""
    refusal = house.gemini.refusal if house.gemini is not None else lambda: None
    whole = house.indexer.public_complete
    return Watch(house.database, house.clock, alerts, refusal=refusal, index_ready=whole)


async def _introduce(transport: Transport, admin_ids: frozenset[int]) -> None:
    """Register commands and descriptions; a failure costs nothing but the menu button."""
    try:
        await commands.register(transport.bot, admin_ids)
    except TelegramError as exc:
        log.warning("commands_not_registered", kind=type(exc).__name__)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
