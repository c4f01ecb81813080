"""Answers for a day: it was followed or skipped, under its reminder, under /hoje or in words; tomorrow is prepared.

An answer edits the message with one line and keeps the rest of the day quiet. Routing takes ``TAPS_1`` as it is.
"""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial

from handlers import cardapio, intents
from handlers.scene import Scene
from menus import reminders, tastes
from menus.reminder_tick import EVE_SCREEN

REMINDER, DAY = "lembrete_respondido", "dia"
"""Which message is edited: the one the bot sent on its own, or the day that the person asked for."""

OLDEST = timedelta(days=7)
"""A tap under an older message shows its day and keeps nothing."""


async def answer(scene: Scene, day_text: str, *, said: str, under: str = REMINDER) -> None:
    """[✅ Feito] or [⏭ Pulei]: for a day that has begun and is not long past."""
    day = cardapio.as_date(day_text)
    if day is None or not scene.today - OLDEST <= day <= scene.today:
        await cardapio.day(scene, day_text)
        return
    await _keep(scene, day, said)
    await _show(scene, day, under=under)


async def take_back(scene: Scene, day_text: str, *, under: str = REMINDER) -> None:
    """[↩ Desfazer]: no answer for that day."""
    day = cardapio.as_date(day_text) or scene.today
    await reminders.take_back(scene.turn.tx, scene.person.id, day)
    await _learn(scene, day, skipped=False)
    await _show(scene, day, under=under)


async def told(scene: Scene, text: str) -> bool:
    """ "feito", "hoje eu pulei": an answer for today in words; True when it was one."""
    said = reminders.DONE if intents.says_done(text) else reminders.SKIPPED
    if not (intents.says_done(text) or intents.says_skipped(text)) or not await cardapio.ready(scene):
        return False
    await _keep(scene, scene.today, said)
    await _show(scene, scene.today, under=REMINDER)
    return True


async def _keep(scene: Scene, day: date, said: str) -> None:
    await reminders.answer(scene.turn.tx, scene.person.id, day, said, scene.turn.now)
    await _learn(scene, day, skipped=said == reminders.SKIPPED)


async def _learn(scene: Scene, day: date, *, skipped: bool) -> None:
    """What a skipped day tells of its dishes, or does not tell any more."""
    turn = scene.turn
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, day)
    await tastes.day_answered(turn.tx, scene.person.id, day, saved.week if saved else None, skipped=skipped)


async def _show(scene: Scene, day: date, *, under: str) -> None:
    await scene.turn.edit(under, date=day.isoformat())


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
    "d_feito": partial(answer, said=reminders.DONE, under=DAY),
    "d_pulei": partial(answer, said=reminders.SKIPPED, under=DAY),
    "d_apaga": partial(take_back, under=DAY),
    "l_preparado": prepared,
    "l_monta": make_week,
}
