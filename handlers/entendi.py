"""What may exclude a food, and nobody can be sure, is asked about: "passei mal com camarão ontem", "esse queijo me mata kkk".

What surely excludes it is kept at once (``handlers.restricoes``). Routing takes ``TAPS_1`` and ``TAPS_2`` as they are.
"""

from collections.abc import Awaitable, Callable, Iterable

from handlers import intents, restricoes, taking_out
from handlers.restriction_cues import is_of_a_time
from handlers.scene import IDLE, Scene
from handlers.screens.entendi import ASKED, NO, YES, codes_of
from handlers.screens.propostas import LEFT
from handlers.tapped import MOST_BYTES
from menus import people
from menus.answers import Talk
from nutrition.person import Restriction, Strength
from nutrition.restrictions.harm import Told, harm_in
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.understand import Understood, understand

ASKING = "restricao_sim"
_VERB_BYTES = len(f"{YES}:{max(Strength, key=len)}:")
_A_MEAL_TOO = "cafeina"
"""What "hoje sem café" names is a meal."""


async def asked(scene: Scene, text: str, *, of_a_time: bool = True) -> bool:
    """Ask whether what ``text`` names is to stay out for good; False when it names nothing so. ``of_a_time``: also what is
    left out of a day or a meal and was not read as a change of it, or ordered off the menu."""
    turn = scene.turn
    if scene.step not in (IDLE, ASKING) or await people.profile_of(turn.tx, scene.person.id) is None:
        return False
    held = {item.code for item in await people.restrictions_of(turn.tx, scene.person.id)}
    items = tuple(item for item in _meant(scene, text, of_a_time=of_a_time) if item.code not in held)
    while len(codes_of(items).encode()) > MOST_BYTES - _VERB_BYTES:
        items = items[:-1]  # of a long list, what a button can carry
    if not items:
        return False
    await scene.go(ASKING, Talk(pending=items))
    await turn.send(ASKED, items=[_told(item) for item in items])
    return True


async def answered(scene: Scene, text: str) -> bool:
    """A typed yes or no; False when it is neither."""
    pending = scene.talk.pending
    if intents.is_yes(text) and pending:
        await restricoes.note(await scene.rest(), Understood(pending))
    elif intents.is_no(text):
        await scene.rest()
        await scene.turn.send(LEFT)
    else:
        return False
    return True


async def yes(scene: Scene, strength: str, codes: str) -> None:
    """[Pode tirar], [É alergia]: kept as that, however old the question is."""
    items = tuple(_item(scene, code, strength) for code in codes.split(","))
    known = tuple(item for item in items if item is not None)
    if scene.step == ASKING:
        scene = await scene.rest()
    if known:
        await restricoes.note(scene, Understood(known))
    else:
        await restricoes.show(scene)


async def no(scene: Scene, _: str) -> None:
    """[Deixa assim]."""
    if scene.step == ASKING:
        await scene.rest()
    await scene.turn.edit(LEFT)


def _meant(scene: Scene, text: str, *, of_a_time: bool) -> Iterable[Restriction]:
    table = scene.turn.services.table
    harm = harm_in(text, table)
    if harm.told is Told.MAYBE:
        return harm.understood.restrictions
    if of_a_time and is_of_a_time(text):
        found = understand(text, table).restrictions
        return [item for item in found if not item.code.startswith((restricoes.LITERAL, _A_MEAL_TOO))]
    if of_a_time and (food := taking_out.named(text)):
        found = understand(f"não como {food}", table).restrictions
        return () if any(item.code.startswith(restricoes.LITERAL) for item in found) else found
    return ()


def _told(item: Restriction) -> dict[str, str]:
    return {"code": item.code, "strength": item.strength.value, "said": item.said}


def _item(scene: Scene, code: str, strength: str) -> Restriction | None:
    """What a button names; None for what is no kind and no food."""
    if strength not in set(Strength):
        return None
    code = code.replace(".", ":", 1)
    words = code.partition(":")[2]
    named = code.startswith("food:") and code in {
        item.code for item in understand(f"não como {words}", scene.turn.services.table).restrictions
    }
    return Restriction(code, Strength(strength), words) if named or code in Ontology.load() else None


TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {**restricoes.TAPS_1, NO: no}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {**restricoes.TAPS_2, YES: yes}
