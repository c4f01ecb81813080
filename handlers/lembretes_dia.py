"""Answers to what the bot sent on its own: the day was followed or skipped, tomorrow is prepared, the next week is wanted.

An answer edits the message with one line and keeps the rest of the day quiet. Routing takes ``TAPS_1`` as it is.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from handlers import cardapio
from handlers.scene import Scene
from menus import reminders
from menus.reminder_tick import EVE_SCREEN

OLDEST = timedelta(days=7)
"""A tap under an older message shows its day and keeps nothing."""


async def answer(scene: Scene, day_text: str, *, said: str) -> None:
    """[✅ Feito] or [⏭ Pulei]: for a day that has begun and is not long past."""
    day = cardapio.as_date(day_text)
    if day is None or not scene.today - OLDEST <= day <= scene.today:
        await cardapio.day(scene, day_text)
        return
    await reminders.answer(scene.turn.tx, scene.person.id, day, said, scene.turn.now)
    await scene.turn.edit("lembrete_respondido", date=day.isoformat())


async def take_back(scene: Scene, day_text: str) -> None:
    """[↩ Desfazer]: no answer for that day."""
    day = cardapio.as_date(day_text) or scene.today
    await reminders.take_back(scene.turn.tx, scene.person.id, day)
    await scene.turn.edit("lembrete_respondido", date=day.isoformat())


async def prepared(scene: Scene, day_text: str) -> None:
    """[✅ Feito] under what was to be prepared."""
    day = cardapio.as_date(day_text)
    if day is None or day < scene.today:
        await cardapio.day(scene, day_text)
    else:
        await scene.turn.edit(EVE_SCREEN, date=day.isoformat(), done=True)


async def make_week(scene: Scene, day_text: str) -> None:
    """[Montar cardápio] under the weekly question: the week that starts on that day, unless it is past by now."""
    day = cardapio.as_date(day_text)
    future = day is not None and scene.today <= day <= scene.today + 2 * OLDEST
    await cardapio.make(scene, day if future else None)


TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "l_feito": partial(answer, said=reminders.DONE),
    "l_pulei": partial(answer, said=reminders.SKIPPED),
    "l_apaga": take_back,
    "l_preparado": prepared,
    "l_monta": make_week,
}
