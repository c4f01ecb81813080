"""The settings that a person's document asks for: use all, choose, or none, and undo.

Routing takes the tables of taps as they are. Buttons carry the document's id and a sum of ``own_settings.Part``.
"""

import asyncio
from collections.abc import Awaitable, Callable

from handlers import documentos, restricoes
from handlers.onboarding.reading import Accepted, read
from handlers.onboarding.steps import BY_ID
from handlers.scene import Scene
from menus import documents, own_plans, own_settings, people
from menus.documents import OwnDocument
from menus.own_settings import EVERYTHING, Part, Proposal


async def show(scene: Scene, wanted: str) -> None:
    """[Ver ajustes]: what the document asks for."""
    found = await _found(scene, wanted)
    if found is not None:
        await scene.turn.edit("doc_ajustes", document=found.id)


async def choose(scene: Scene, wanted: str, marked: str) -> None:
    """[Escolher] and each tick: one part on or off."""
    found = await _found(scene, wanted)
    if found is not None:
        await scene.turn.edit("doc_escolha", document=found.id, parts=int(_parts(marked)))


async def use(scene: Scene, wanted: str, marked: str) -> None:
    """[Usar]: the figures into the profile, restrictions noted like typed ones; said, with undo."""
    found = await _found(scene, wanted)
    if found is None:
        return
    turn, parts = scene.turn, _parts(marked)
    offered = await _offered(scene, found, parts)
    left = Part(0) if offered is None else parts & offered.refused
    if offered is None or not parts & (offered.parts | left):
        await turn.edit("doc_ajustes", document=found.id)
        return
    parts &= offered.parts
    if not parts:
        await turn.edit("doc_usei", document=found.id, parts=0, left=int(left))
        return
    if Part.MEALS in parts and not await _is_an_answer(scene, offered):
        parts &= ~Part.MEALS
    before = await people.profile_of(turn.tx, scene.person.id)
    await own_settings.use(turn.tx, scene.person.id, found.id, wanted=offered, parts=parts, now=turn.now)
    figures = parts & ~Part.AVOID
    if figures or left:
        await turn.edit("doc_usei", document=found.id, parts=int(figures), left=int(left))
    else:
        await turn.edit("doc_nao_usei", noted=True)
    if Part.AVOID in parts:
        held = {item.code for item in before.restrictions} if before else set()
        await restricoes.note(scene, offered.avoid)
        now_held = await people.restrictions_of(turn.tx, scene.person.id)
        codes = [item.code for item in now_held if item.code not in held]
        await own_settings.added(turn.tx, scene.person.id, codes, turn.now)


async def leave(scene: Scene, wanted: str) -> None:
    """[Não usar]."""
    if await _found(scene, wanted) is not None:
        await scene.turn.edit("doc_nao_usei")


async def undo(scene: Scene) -> None:
    """[↩ Desfazer]: what held before the yes."""
    undone = await own_settings.undo(scene.turn.tx, scene.person.id, scene.turn.now)
    await scene.turn.edit("doc_desfeito", undone=undone)


async def _found(scene: Scene, wanted: str) -> OwnDocument | None:
    """The person's document; the list is shown when it is not theirs or not there."""
    number = documentos.id_in(wanted)
    found = None
    if number is not None:
        found = await documents.find(scene.turn.tx, scene.person.id, number)
    if found is None:
        await scene.turn.edit("documentos", missing=True)
    return found


async def _offered(scene: Scene, found: OwnDocument, chosen: Part) -> Proposal | None:
    profile = await people.profile_of(scene.turn.tx, scene.person.id)
    if profile is None:
        return None
    plan, table = own_plans.plan_of(found), scene.turn.services.table
    return await asyncio.to_thread(own_settings.proposal, plan, profile, table, chosen)


async def _is_an_answer(scene: Scene, offered: Proposal) -> bool:
    """Whether the number of meals would be taken if the person had typed it."""
    answers = await people.answers_of(scene.turn.tx, scene.person.id)
    if answers is None or offered.meals is None:
        return False
    said = f"{offered.meals.value:.0f}"
    return isinstance(read(BY_ID["meals"], said, answers, scene.turn.services.table), Accepted)


def _parts(marked: str) -> Part:
    return Part(int(marked)) & EVERYTHING if marked.isdecimal() and len(marked) < 4 else Part(0)


TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {"doc_desfaz": undo}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {"doc_ajustes": show, "doc_nao": leave}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {"doc_escolhe": choose, "doc_usa": use}
