"""Changes by talking: "troca o jantar de quarta por peixe", "não aguento mais frango", "amanhã almoço fora".

A sentence is read by rules (``menus.talk``); what is done is said in the past tense, with ↩ Desfazer. What a person may
not eat is read before this: an allergy in a sentence wins over the rest of it.
"""

import re
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from handlers import cardapio, perfil, trocar
from handlers.scene import Scene
from handlers.screens import trocar_words as view
from menus import people
from menus.changes import undo as changes
from menus.changes.orders import Kind, Way
from menus.talk.parse import read
from menus.talk.when import Moment
from menus.talk.wish import Act, Wish
from nutrition.words import fold, tokens

_RESTRICTS = re.compile(
    r"\b(?:alergi\w+|alergic\w+|intoleran\w+|celiac\w+|lactose|gluten|passo mal|faz mal|religi\w+)\b"
    r"|\b(?:sou|virei|somos|viramos) (?:\w+ )?(?:vegan\w*|vegetarian\w*)\b|\bnao (?:posso|como|bebo|consumo|tolero)\b"
)
_THAT_DAY = re.compile(r"\bnao (?:posso comer|como) carne\b")
_WORD = re.compile(r"[\w-]+")
_CHANGES = re.compile(r"\b(?:troc\w+|substitu\w+|repet\w+|repit\w+|enjo\w+|nao aguento mais)\b")
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
}


async def said(scene: Scene, text: str) -> bool:
    """Do what ``text`` asks to have changed; True when it was a change that was understood."""
    wish = await understood(scene, text)
    if wish is None or await people.profile_of(scene.turn.tx, scene.person.id) is None:
        return False
    await _do(scene, wish)
    return True


async def understood(scene: Scene, text: str) -> Wish | None:
    """What ``text`` asks to have changed; None when it asks nothing of the kind, or says what the person may not eat."""
    turn = scene.turn
    if not is_change(scene, text):
        return None
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, scene.today)
    wish = read(text, moment(scene, tuple(day.date for day in saved.week.days) if saved else ()))
    wish = replace(wish, foods=tuple(spoken(text, food) for food in wish.foods)) if wish else None
    words = " ".join(tokens(text))
    restricts = _RESTRICTS.search(_THAT_DAY.sub(" ", words) if wish and wish.act is Act.NO_MEAT else words)
    return None if restricts and wish is not None and wish.act is not Act.AWAY else wish


def is_change(scene: Scene, text: str) -> bool:
    """Whether ``text`` reads as a change of the menu."""
    return read(text, moment(scene)) is not None


def moment(scene: Scene, week: tuple[date, ...] = ()) -> Moment:
    """When something is said, where the person is."""
    clock = scene.turn.now.astimezone(ZoneInfo(scene.person.time_zone)).time()
    return Moment(scene.today, clock, week)


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


async def _do(scene: Scene, wish: Wish) -> None:
    place = {"date": wish.date, "slot": wish.slot}
    if wish.act in _DIRECT:
        await trocar.ask(scene, _DIRECT[wish.act], foods=wish.foods, source=wish.source, **place)
    elif wish.act is Act.PANTRY:
        await trocar.ask(scene, Kind.OFFER, way=Way.PANTRY, foods=wish.foods, **place)
    elif wish.act is Act.FASTER:
        await trocar.ask(scene, Kind.OFFER, way=Way.FASTER, **place)
    elif wish.act is Act.CHEAPER and wish.slot is not None:
        await trocar.ask(scene, Kind.OFFER, way=Way.CHEAPER, **place)
    elif wish.act is Act.CHEAPER:
        await trocar.ask(scene, Kind.CHEAPER)
    elif wish.act is Act.UNDO:
        await trocar.undo(scene)
    elif wish.act is Act.KEEP and wish.date is not None and wish.slot is not None:
        kept = await trocar.keep_meal(scene, wish.date, wish.slot)
        await scene.turn.send(view.KEPT, date=wish.date.isoformat(), slot=wish.slot.value, kept=kept)
    elif wish.act is Act.PEOPLE:
        await _for_people(scene, wish.count)
    else:
        await perfil.typed_correction(scene, f"quero {wish.count} refeições")


async def _for_people(scene: Scene, count: int) -> None:
    turn = scene.turn
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, scene.today)
    if saved is None:
        await cardapio.show_or_make(scene)
        return
    change = await changes.set_people(turn.tx, scene.person.id, saved.week, count, turn.now)
    await turn.send(view.PEOPLE, count=count, change=change)
