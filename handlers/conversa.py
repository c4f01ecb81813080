"""Changes by talking: "troca o jantar de quarta por peixe", "não aguento mais frango", "amanhã almoço fora".

A sentence is read by rules (``menus.talk``); what is done is said in the past tense, with ↩ Desfazer. What a person may
not eat is read before this: an allergy in a sentence wins over the rest of it.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from handlers import cardapio, compras, hoje, intents, pedidos, perfil, perguntar, propostas, trocar
from handlers.scene import Scene, enter
from handlers.screens import trocar_words as view
from menus import people
from menus.changes import undo as changes
from menus.changes.orders import Kind, Order, Way
from menus.talk.reading import Reading, Seen, Verdict, understand
from menus.talk.when import Moment
from menus.talk.wish import Act, Wish
from nutrition.menu import Slot
from nutrition.words import fold, tokens

_REMINDS = re.compile(r"\b(?:lembr\w+|avis[aeo]s?|notific\w+|mensage\w+|resumo)\b")
_DONE = frozenset({Verdict.WISHES, Verdict.SHOW})
_ABOUT_MENU = _DONE | {Verdict.UNSURE}
_WORD = re.compile(r"[\w-]+")
_CHANGES = re.compile(r"\b(?:troc\w+|substitu\w+|repet\w+|repit\w+|enjo\w+|nao aguento mais)\b")
_AGAIN = re.compile(r"\b(?:proxim\w+ semanas?|semana que vem|de novo|repet\w+|repit\w+|sempre)\b")
_DIRECT: dict[Act, Kind] = {
    Act.OFFER: Kind.OFFER,
    Act.SWAP: Kind.SWAP,
    Act.SWAP_DAY: Kind.SWAP_DAY,
    Act.LESS: Kind.LESS,
    Act.WITHOUT: Kind.WITHOUT,
    Act.MISSING: Kind.LACKING,
    Act.AWAY: Kind.AWAY,
    Act.COPY_DAY: Kind.COPY_DAY,
    Act.COPY_MEAL: Kind.COPY_MEAL,
    Act.NO_MEAT: Kind.NO_MEAT,
    Act.SLOT_OFF: Kind.SLOT_OFF,
    Act.SLOT_ON: Kind.SLOT_ON,
    Act.SKIP: Kind.SKIP,
    Act.UNLOCK: Kind.UNLOCK,
}


async def said(scene: Scene, text: str) -> bool:
    """Do what ``text`` asks to have changed or shown; True when that was understood."""
    if await propostas.answered(scene, text):
        return True
    found = await reading(scene, text)
    if found.verdict not in _DONE or _REMINDS.search(" ".join(tokens(text))):
        return False
    if await people.profile_of(scene.turn.tx, scene.person.id) is None:
        return False
    if found.verdict is Verdict.SHOW:
        await _shown(scene, found)
    if not found.sure:
        return await _asked(scene, found)
    for wish in found.wishes:
        await _do(await enter(scene.turn), wish, text)
    if found.wishes and found.seen is not None:
        first = found.wishes[0]
        await _shown(
            await enter(scene.turn),
            replace(found, date=first.date or found.date, slot=first.slot or found.slot),
        )
    return True


async def _asked(scene: Scene, found: Reading) -> bool:
    """Ask whether ``found`` was meant; False for what is no order: then it was not understood."""
    orders = [Order(**order) for wish in found.wishes if (order := _order(wish)) is not None]
    if len(orders) < len(found.wishes):
        return False
    await propostas.ask(scene, orders)
    return True


async def nothing(scene: Scene, text: str) -> bool:
    """Words that ask for no change, whatever they name, get a kind word; those that seem to ask for one, and nobody can
    be sure which, are read by Gemini or get two buttons."""
    found = await reading(scene, text)
    unread = found.verdict is Verdict.UNSURE or (found.verdict is Verdict.WISHES and not found.sure)
    if (
        not (unread or found.verdict is Verdict.NOTHING)
        or await people.profile_of(scene.turn.tx, scene.person.id) is None
    ):
        return False
    if not unread:
        await _answered(scene, text)
    elif not await pedidos.asked_of_gemini(scene, text):
        await not_understood(scene)
    return True


async def reading(scene: Scene, text: str) -> Reading:
    """What ``text`` asks, its foods in the person's own words."""
    turn = scene.turn
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, scene.today)
    days = saved.week.days if saved else ()
    slots = frozenset(meal.slot for day in days for meal in day.meals)
    found = understand(text, moment(scene, tuple(day.date for day in days), slots))
    wishes = (replace(wish, foods=tuple(spoken(text, food) for food in wish.foods)) for wish in found.wishes)
    return replace(found, wishes=tuple(wishes))


async def _answered(scene: Scene, text: str) -> None:
    """What asks for no change gets a kind word, or the guide's answer."""
    if perguntar.is_question(text):
        await perguntar.ask(scene, text)
    elif intents.is_thanks(text):
        await scene.turn.send("de_nada")
    elif intents.wants_comfort(text):
        await scene.turn.send("acontece")
    else:
        await scene.turn.send("emoji_bom")


async def _shown(scene: Scene, found: Reading) -> None:
    day = found.date or scene.today
    if found.seen is Seen.LIST:
        await compras.show(scene)
    elif found.seen is Seen.RECIPE:
        await hoje.which_recipe(scene, found.date, found.slot)
    elif found.slot is not None:
        await hoje.one_meal(scene, day, found.slot)
    else:
        await hoje.on(scene, day)


def is_change(scene: Scene, text: str) -> bool:
    """Whether ``text`` reads as a change of the menu, or asks to see something of it."""
    return understand(text, moment(scene)).verdict in _ABOUT_MENU


def moment(scene: Scene, week: tuple[date, ...] = (), slots: frozenset[Slot] = frozenset()) -> Moment:
    """When something is said, where the person is."""
    clock = scene.turn.now.astimezone(ZoneInfo(scene.person.time_zone)).time()
    return Moment(scene.today, clock, week, slots)


def spoken(text: str, food: str) -> str:
    """``food``, which was read without accents, as the person wrote it: "brocolis" → "brócolis"."""
    words = _WORD.findall(text.lower())
    folded = [fold(word) for word in words]
    length = len(food.split())
    for at in range(len(words) - length + 1):
        if folded[at : at + length] == food.split():
            return " ".join(words[at : at + length])
    return food


def asks_change(text: str) -> bool:
    """Whether ``text`` surely wants something changed, whatever it is."""
    return bool(_CHANGES.search(" ".join(tokens(text))))


async def not_understood(scene: Scene) -> None:
    """Something is to be changed, and we do not know what: an example, and two buttons."""
    await scene.turn.send(view.NOT_READ, date=scene.today.isoformat())


async def _do(scene: Scene, wish: Wish, text: str) -> None:
    kept = wish.act is Act.KEEP and wish.date is not None and _kept_for_later(scene, wish.date, text)
    order = None if kept else _order(wish)
    if order is not None:
        await trocar.ask(scene, **order)
    elif wish.act is Act.UNDO:
        await trocar.undo(scene)
    elif wish.act is Act.KEEP and wish.date is not None and wish.slot is not None:
        done = await trocar.keep_meal(scene, wish.date, wish.slot)
        await scene.turn.send(view.KEPT, date=wish.date.isoformat(), slot=wish.slot.value, kept=done)
    elif wish.act is Act.PEOPLE:
        await _for_people(scene, wish.count)
    elif wish.act is Act.KEEP and wish.date is not None:
        await scene.turn.send(view.KEEP, date=wish.date.isoformat())
    else:
        await perfil.typed_correction(scene, f"quero {wish.count} refeições")


def _order(wish: Wish) -> dict[str, Any] | None:
    """What is to be ordered for a wish, as ``Order`` takes it; None for what is no order."""
    place: dict[str, Any] = {"date": wish.date, "slot": wish.slot}
    if wish.act in _DIRECT:
        more = {"foods": wish.foods, "source": wish.source, "source_slot": wish.source_slot}
        return {"kind": _DIRECT[wish.act], **more, **place}
    if wish.act is Act.PANTRY:
        return {"kind": Kind.OFFER, "way": Way.PANTRY, "foods": wish.foods, **place}
    if wish.act is Act.FASTER:
        return {"kind": Kind.OFFER, "way": Way.FASTER, **place}
    if wish.act is Act.CHEAPER:
        return {"kind": Kind.OFFER, "way": Way.CHEAPER, **place} if wish.slot else {"kind": Kind.CHEAPER}
    if wish.act is Act.KEEP and wish.date is not None:
        return {"kind": Kind.LOCK, **place}
    return None


def _kept_for_later(scene: Scene, day: date, text: str) -> bool:
    """Whether a meal is to come again, rather than to stay as it is this week."""
    return day < scene.today or bool(_AGAIN.search(" ".join(tokens(text))))


async def _for_people(scene: Scene, count: int) -> None:
    turn = scene.turn
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, scene.today)
    if saved is None:
        await cardapio.show_or_make(scene)
        return
    change = await changes.set_people(turn.tx, scene.person.id, saved.week, count, turn.now)
    await turn.send(view.PEOPLE, count=count, change=change)
