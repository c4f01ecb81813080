"""The one place where everything is put together, from settings to running loops."""

import asyncio
from contextlib import AsyncExitStack
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
from house import House, check_gemini, index, open_house
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
from rag.answers import Answerer
from rag.intents import IntentReader
from settings import Settings, SettingsError

log = structlog.get_logger(__name__)

LOCAL_LIMITS = Limits(per_second=1000.0, chat_per_second=100.0, chat_burst=100)
"""The local chat has no limits to respect."""


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
            asyncio.create_task(index(house), name="index"),
            asyncio.create_task(check_gemini(house), name="gemini"),
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
