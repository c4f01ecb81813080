"""How the bot is reached: the Bot API or the local chat, the platform's port, the webhook's door; and what it says there
while its database is away."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from handlers.transport.bot import make_bot
from handlers.transport.health import Health
from handlers.transport.maintenance import Maintenance
from handlers.transport.webhook import Address, Door
from localchat import LocalChat
from menus.readiness import Scrape, in_maintenance
from menus.recovery import Recovery
from settings import Settings, SettingsError
from storage.clock import SystemClock
from storage.errors import StorageError


@dataclass(frozen=True, slots=True)
class Line:
    """How the bot is reached: the Bot API, and the port with the webhook's door, where there are any."""

    token: str
    api_url: str
    health: Health | None
    door: Door | None


async def maintain(settings: Settings, stop: asyncio.Event, line: Line, trouble: StorageError) -> None:
    """Answer without the database until it can be served from again."""
    clock = SystemClock()
    if line.health is not None:
        line.health.ready, line.health.metrics = in_maintenance, Scrape(clock)
    recovery = Recovery(settings.database_path, trouble, clock)
    await recovery.begin()
    bot = make_bot(line.token, line.api_url)
    maintenance = Maintenance(bot, clock, sorted(settings.admin_ids), recovery.over, line.door)
    await maintenance.run(stop, recovery.alert, **recovery.about)


async def open_line(settings: Settings, stack: AsyncExitStack) -> Line:
    """Open what the settings name: the local chat, the port, the webhook's door; closed with ``stack``."""
    token, api_url = await _telegram(settings, stack)
    door = None
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        door = Door(Address.of(settings.webhook_url, settings.webhook_secret.get_secret_value()))
    if settings.port is None:
        return Line(token, api_url, None, None)
    guard = settings.metrics_token
    try:
        health = Health(
            settings.port, metrics_token=guard.get_secret_value() if guard is not None else None, door=door
        )
    except OSError as exc:
        raise SettingsError(f"PORT {settings.port} cannot be used: {exc.strerror}") from exc
    health.start()
    stack.push_async_callback(health.stop)
    return Line(token, api_url, health, door)


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
