"""A new energy target, where the trend of the weight says so: proposed, used, left, taken back. ``handlers.peso`` routes it."""

from handlers.scene import Scene
from menus import adapting, people


async def offer(scene: Scene) -> None:
    """Propose another target, unless numbers are hidden."""
    turn = scene.turn
    if await people.numbers_hidden(turn.tx, scene.person.id):
        return
    found = await adapting.offer(turn.tx, scene.person.id, scene.today)
    if found is not None:
        await turn.send("peso_meta", offer=found)


async def use(scene: Scene, number: str) -> None:
    """[Usar 1.900 kcal]."""
    turn, named = scene.turn, _number(number)
    code = await adapting.use(turn.tx, scene.person.id, named, scene.today, turn.now)
    await turn.edit("peso_meta_resposta", offer=named, code=code)


async def keep(scene: Scene, number: str) -> None:
    """[Manter 1.850 kcal]."""
    named = _number(number)
    code = await adapting.keep(scene.turn.tx, scene.person.id, named, scene.today)
    await scene.turn.edit("peso_meta_resposta", offer=named, code=code)


async def undo(scene: Scene, number: str) -> None:
    """[↩ Desfazer] under a target that was accepted."""
    turn, named = scene.turn, _number(number)
    code = await adapting.undo(turn.tx, scene.person.id, named, scene.today, turn.now)
    await turn.edit("peso_meta_resposta", offer=named, code=code)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 12 else 0
