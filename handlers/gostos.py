"""👍 and 👎 under a recipe, and /gostos: what was learned of the person's tastes, to see and to forget.

Routing takes ``COMMANDS``, ``TAPS``, ``TAPS_1`` and ``TAPS_3`` as they are.
"""

import re
from collections.abc import Awaitable, Callable

from handlers import cardapio
from handlers.scene import Scene
from menus import tastes
from nutrition.menu import Slot
from nutrition.words import tokens

_ASKS = re.compile(
    r"\bmeus gostos\b|\bo que (?:voce )?(?:aprendeu|sabe) (?:sobre (?:mim|meus gostos)|de mim)\b"
)
SAID = {"mais": tastes.LIKED, "menos": tastes.DISLIKED, "nada": ""}


async def show(scene: Scene) -> None:
    """/gostos, [Meus gostos]."""
    await scene.turn.edit("gostos")


def asks(text: str) -> bool:
    """ "o que você aprendeu sobre mim?"."""
    return bool(_ASKS.search(" ".join(tokens(text))))


async def asked(scene: Scene, text: str) -> bool:
    """Show what was learned, when that is asked; True when it was."""
    if asks(text):
        await show(scene)
    return asks(text)


async def opinion(scene: Scene, day_text: str, slot_text: str, said: str) -> None:
    """[👍 Gostei], [👎 Não gostei], [↩ Desfazer] under a recipe: about the main dish of the meal."""
    turn, day = scene.turn, cardapio.as_date(day_text)
    if day is None or slot_text not in set(Slot) or said not in SAID:
        await show(scene)
        return
    if not await cardapio.ready(scene):
        return
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, day)
    meals = [meal for each in saved.week.days if each.date == day for meal in each.meals] if saved else []
    mains = [main for meal in meals if meal.slot == slot_text for main in tastes.mains_of(meal)]
    for main in mains:
        await tastes.say(turn.tx, scene.person.id, main, SAID[said], scene.today)
    await turn.edit("receita", date=day.isoformat(), slot=slot_text)
    if mains:
        await turn.toast("gosto_anotado", name=mains[0].name, said=said)


async def page(scene: Scene, number: str) -> None:
    """[Próximo →], [← Anterior]."""
    await scene.turn.edit("gostos", page=_number(number))


async def forget(scene: Scene, which: str) -> None:
    """One dish of the list: its key, and the page that it is on ("1f2e3d4c-1")."""
    key, _, number = which.partition("-")
    gone = await tastes.forget(scene.turn.tx, scene.person.id, key)
    await scene.turn.edit("gostos", page=_number(number))
    await scene.turn.toast(
        "gosto_esquecido", name=gone.name if gone else "", dish=gone.dish_id if gone else ""
    )


async def ask_forget_all(scene: Scene) -> None:
    """[Esquecer tudo]: sure?"""
    await scene.turn.edit("gostos_apagar")


async def forget_all(scene: Scene) -> None:
    """[Esquecer tudo], confirmed."""
    await tastes.forget_all(scene.turn.tx, scene.person.id)
    await scene.turn.edit("gostos_apagados")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 4 else 0


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"gostos": show, "gosto": show}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "gostos": show,
    "g_apaga": ask_forget_all,
    "g_apaga_tudo": forget_all,
}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {"g_tira": forget, "g_pagina": page}
TAPS_3: dict[str, Callable[[Scene, str, str, str], Awaitable[None]]] = {"gosto": opinion}
