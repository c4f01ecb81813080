"""/historico: past weeks, one of them once more, two of them side by side."""

from collections.abc import Awaitable, Callable

from handlers import cardapio
from handlers.scene import Scene
from menus import history

COMMAND = "historico"


async def show(scene: Scene) -> None:
    """The list of past weeks."""
    if scene.turn.data:
        await scene.turn.edit(COMMAND)
    else:
        await scene.turn.send(COMMAND)


async def open_week(scene: Scene, number: str) -> None:
    """[23/11]: a week of the list."""
    await _edit(scene, "historico_semana", number)


async def compare(scene: Scene, number: str) -> None:
    """[Comparar]: that week beside the newest one."""
    await _edit(scene, "historico_compara", number)


async def repeat(scene: Scene, number: str) -> None:
    """[Repetir]: its meals once more, after the last day that has a menu; from today when no day to come has one."""
    if not await cardapio.ready(scene):
        return
    menus = scene.turn.services.menus
    saved = await history.week_of(scene.turn.tx, scene.person.id, menus, _id(number))
    if saved is None:
        await show(scene)
        return
    start = await history.first_free_day(scene.turn.tx, scene.person.id, menus, scene.today)
    await cardapio.begin(scene, start, repeat=saved.id)


async def _edit(scene: Scene, screen: str, number: str) -> None:
    await scene.turn.edit(screen, week=_id(number))


def _id(number: str) -> int:
    """The number of a button; 0, which is nobody's week, when it is not one."""
    return int(number) if number.isdecimal() and len(number) < 16 else 0


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {COMMAND: show}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {COMMAND: show}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "h_ver": open_week,
    "h_repete": repeat,
    "h_compara": compare,
}
