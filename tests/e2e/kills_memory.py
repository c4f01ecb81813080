"""What somebody who chats while the bot is killed remembers and recognises, and how they come to be known to it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from menus import people
from nutrition.person import Activity, Goal, Profile, Sex
from storage import menus, profiles
from storage.database import Database
from tests.e2e.driver import Message
from tests.weeks import guide_week

Seen = Callable[[Message], bool]

FIRST_CHAT = 700_000_000
"""The local chat numbers its people from there."""

REFUSALS = ("Nada mudou", "Não achei", "Não consegui mudar", "continua como estava")


@dataclass(frozen=True)
class Reminder:
    """When a reminder is to come, and when its person had read that it will: a kill may delay that until after it was due."""

    due: datetime
    noted: datetime


@dataclass
class Memory:
    """What a person asked for and was told. ``owed``: rows that their updates must have left in the outbox, by
    "screen/mode"; ``orders``: changes and alternatives asked for; ``told``: how often something was said."""

    updates: int = 0
    owed: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    weights: list[float] = field(default_factory=list)
    foods: set[str] = field(default_factory=lambda: {"jiló", "coentro"})
    marks: dict[tuple[str, str], bool] = field(default_factory=dict)
    household: int = 1
    meals: int = 5
    answer: str = ""
    reminders: dict[str, Reminder] = field(default_factory=dict)
    tastes: dict[str, str] = field(default_factory=dict)
    tastes_unsure: bool = False
    weeks: int = 0
    orders: int = 0


def says(*fragments: str) -> Seen:
    """Whether a message has one of these fragments."""
    return lambda message: any(fragment in message.text for fragment in fragments)


def offers(*starts: str) -> Seen:
    """Whether a message has a button whose data begin so."""
    return lambda message: any((button.data or "").startswith(starts) for button in message.buttons())


def offers_all(*ends: str) -> Seen:
    """Whether a message has buttons whose data end so, each of them."""
    return lambda message: all(any((b.data or "").endswith(end) for b in message.buttons()) for end in ends)


IS_DAY = offers("fontes:")
CHANGED = offers("desfaz:")
MADE = says("Sua semana está pronta")
GIVEN_UP = says("Não consegui montar", "não achei pratos")


def refused(message: Message) -> bool:
    """Whether this says that nothing was changed."""
    return not IS_DAY(message) and any(words in message.text for words in REFUSALS)


def settled(message: Message) -> bool:
    """Whether this tells the end of a change that was asked for."""
    return CHANGED(message) or refused(message)


async def introduce(path: Path, numbers: Sequence[int], zone: str) -> None:
    """Let these people have answered every question, as in the onboarding, and have a week."""
    now = datetime.now(ZoneInfo(zone))
    weeks = [await asyncio.to_thread(guide_week, number, now.date()) for number in range(10)]
    database = await Database.open(path)
    async with database.transaction() as tx:
        for number in numbers:
            person = await people.meet(tx, FIRST_CHAT + number, zone)
            await people.consent(tx, person, gemini=False, now=now.astimezone(UTC))
            profile = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.PERDER, 5)
            await profiles.save(tx, person.id, profile, now.astimezone(UTC))
            await menus.save_week(tx, person.id, weeks[number % len(weeks)], number, now.astimezone(UTC))
    await database.close()
