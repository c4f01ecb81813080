"""Where the onboarding stands: walked to once a process, then copied, which takes a tenth of the time."""

import copy
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from storage.driver import driver
from tests.handlers.phone import NOON, FakeMenus, Message, Phone


@dataclass(frozen=True)
class Stage:
    """A chat and its database as they were when a step was asked."""

    rows: Any
    messages: list[Message]
    toasts: list[str]
    sent: int
    now: datetime
    next_id: int


_REACHED: list[tuple[str, FakeMenus, Stage]] = []
"""By the step and what the phone knew of menus, as it was before the walk and after it."""


async def reach(phone: Phone, step: str, walk: Callable[[], Awaitable[None]]) -> None:
    """Do what ``walk`` does on a phone that nobody used yet; on any other phone ``walk`` itself is done."""
    menus = phone.services.menus
    if not isinstance(menus, FakeMenus) or not await _unused(phone):
        await walk()
        return
    for name, known, stage in _REACHED:
        if name == step and known == menus:
            await _restore(phone, stage)
            return
    before = replace(menus, asked=list(menus.asked))
    await walk()
    if menus == before:
        _REACHED.append((step, before, await _kept(phone)))


async def _unused(phone: Phone) -> bool:
    plain = type(phone) is Phone and phone.language_code is None and not phone.services.gemini_enabled
    new = phone.chat_id == 7 and phone.sent == 0 and phone.now == NOON and not phone.messages
    return plain and new and await phone.person() is None


async def _kept(phone: Phone) -> Stage:
    rows = driver().connect(":memory:", check_same_thread=False)
    async with phone.database.reader() as conn:
        await conn.run(lambda raw: raw.backup(rows))
    upcoming = next(phone.ids)
    phone.ids = count(upcoming)
    return Stage(rows, copy.copy(phone.messages), copy.copy(phone.toasts), phone.sent, phone.now, upcoming)


async def _restore(phone: Phone, stage: Stage) -> None:
    await phone.database._writer.run(stage.rows.backup)
    phone.messages, phone.toasts = copy.copy(stage.messages), copy.copy(stage.toasts)
    phone.sent, phone.now, phone.ids = stage.sent, stage.now, count(stage.next_id)
