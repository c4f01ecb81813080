"""The real bot as a process beside a local chat as another, so that the bot can be killed and started again.

async with House(tmp_path) as house:
    phone = house.phone(2)
    ...
    await house.kill()       # SIGKILL
    await house.start_bot()
"""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Self

from tests.e2e.driver import Control, Message, Phone
from tests.e2e.logged import Private, events

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60.0
TOKEN = "local-token-of-the-bot-that-no-log-may-hold"
"""Not that of a bot on Telegram, so its limits do not hold: a chat with much to say would take a second a message."""
SECRETS = ("TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET", "METRICS_TOKEN", "GEMINI_API_KEY")

ONBOARDING = (
    ("say", "/start", "Posso guardar"),
    ("tap", "Concordo", "O que você quer?"),
    ("tap", "Perder gordura", "conta de energia"),
    ("tap", "Feminina", "Quantos anos"),
    ("say", "34", "sua altura"),
    ("say", "1,68", "Quanto você pesa"),
    ("say", "72,5", "peso"),
    ("tap", "Pular", "se mexe"),
    ("tap", "Médio", "Quantas refeições"),
    ("tap", "5", "situações"),
    ("tap", "Nenhuma", "não pode ou não quer comer"),
    ("tap", "Nenhuma", "não gosta"),
    ("say", "jiló e coentro", "hora"),
    ("tap", "7h", "Confira antes"),
)
"""(how, what, what the answer contains): the shortest way from /start to the summary, fourteen taps and messages."""


class House:
    """A local chat and a bot, each a process with its state under ``folder``."""

    token = TOKEN

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.base_url = ""
        self.bot_log = folder / "bot.log"
        self._environment = environment
        self._chat: asyncio.subprocess.Process | None = None
        self._bot: asyncio.subprocess.Process | None = None
        self._phones: list[Phone | Control] = []

    async def __aenter__(self) -> Self:
        self._chat = await asyncio.create_subprocess_exec(
            sys.executable,
            "bot.py",
            "localchat",
            "--port",
            "0",
            "--state",
            str(self.folder / "chat.db"),
            "--token",
            self.token,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._chat.stdout is not None
        line = await asyncio.wait_for(self._chat.stdout.readline(), START_SECONDS)
        self.base_url = line.decode().split()[-1]
        await self.start_bot()
        return self

    async def __aexit__(self, kind: object, *exc: object) -> None:
        try:
            private = await self._private()
        finally:
            for phone in self._phones:
                await phone.close()
            for process in (self._bot, self._chat):
                if process is not None and process.returncode is None:
                    process.kill()
                    await process.wait()
        if kind is None:
            log = await asyncio.to_thread(self.log)
            assert private.found_in(log) == []
            events(log)

    async def _private(self) -> Private:
        """What the journeys of this house said, and all that identifies who said it."""
        environment = self.environment()
        private = Private(
            secrets={environment[name] for name in SECRETS if len(environment.get(name, "")) > 8}
        )
        for phone in self._phones:
            if isinstance(phone, Phone):
                private.add_chat(await phone.look(), [message.text for message in await phone.history()])
        return private

    def log(self) -> str:
        """All that the bots of this house wrote to standard output and error (blocking)."""
        return self.bot_log.read_text(encoding="utf-8")

    async def start_bot(self) -> None:
        """Start the bot; updates wait in the local chat until it asks for them."""
        with self.bot_log.open("ab") as log:
            self._bot = await asyncio.create_subprocess_exec(
                sys.executable, "bot.py", cwd=ROOT, env=self.environment(), stdout=log, stderr=log
            )

    def environment(self) -> dict[str, str]:
        """What the bot's process is started with."""
        return {
            **os.environ,
            "CARDAPIO_ENV_FILE": "",
            "TELEGRAM_BOT_TOKEN": self.token,
            "TELEGRAM_API_URL": self.base_url,
            "DATABASE_PATH": str(self.folder / "cardapio.db"),
            **self._environment,
        }

    def set(self, **environment: str) -> None:
        """Change what the next bot is started with."""
        self._environment |= environment

    async def kill(self) -> None:
        """SIGKILL the bot."""
        assert self._bot is not None
        self._bot.send_signal(signal.SIGKILL)
        await self._bot.wait()

    async def stop(self) -> int:
        """SIGTERM the bot; returns its exit code."""
        assert self._bot is not None
        self._bot.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._bot.wait(), START_SECONDS)

    async def restart(self) -> None:
        """Kill the bot and start it again."""
        await self.kill()
        await self.start_bot()

    def phone(self, number: int = 1) -> Phone:
        """Person ``number`` on their phone."""
        phone = Phone(self.base_url, number, patience=START_SECONDS)
        self._phones.append(phone)
        return phone

    def control(self) -> Control:
        """The local chat's own controls."""
        control = Control(self.base_url)
        self._phones.append(control)
        return control


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answer(phone: Phone, how: str, what: str, expected: str) -> None:
    """One step of the onboarding: say or tap, and wait for what comes."""
    before = await phone.messages()
    last = before[-1].id if before else 0
    if how == "say":
        await phone.send_text(what)
    else:
        await phone.tap(what)
    await phone.wait_for_message(expected, after=last)


async def onboard(phone: Phone, changes: dict[str, str] | None = None) -> None:
    """Go from /start to the summary; ``changes`` replaces what is said or tapped, by the default."""
    for how, what, expected in ONBOARDING:
        await answer(phone, how, (changes or {}).get(what, what), expected)


async def first_week(phone: Phone) -> None:
    """From the summary to the first day of the week."""
    last = (await phone.messages())[-1].id
    await phone.tap("Montar cardápio")
    await phone.wait_for_message("No dia:", after=last)


async def with_week(phone: Phone) -> Phone:
    """From /start to the first day of the week."""
    await onboard(phone)
    await first_week(phone)
    return phone


async def said(phone: Phone, text: str, expected: str, seconds: float | None = None) -> Message:
    """Type ``text`` and wait for the answer that contains ``expected``."""
    last = (await phone.messages())[-1].id
    await phone.send_text(text)
    return await phone.wait_for_message(expected, after=last, seconds=seconds)
