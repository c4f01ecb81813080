"""[Não achei] in the shopping list, and the answer to "não achei couve": another food in its place, other dishes, or neither.

What computes is an order, as every change of the menu (``handlers.trocar``). Routing takes ``TAPS``, ``TAPS_1`` and
``TAPS_2`` as they are.
"""

from collections.abc import Awaitable, Callable

from handlers import cardapio
from handlers.onboarding import asking
from handlers.scene import Scene
from handlers.screens import substitutos_words as view
from menus.changes.orders import Kind, Order
from nutrition.market import Item


async def not_found(scene: Scene, item: Item) -> None:
    """An item of the list was not to be had: what can take its place comes as a new message."""
    await _ask(scene, Kind.LACKING, (item,))


async def use(scene: Scene, missing: str, chosen: str) -> None:
    """[Espinafre]: in the place of what is missing, wherever that is."""
    items, item = view.items_of(missing), next(iter(view.items_of(chosen)), None)
    if not items or item is None:
        await asking.current(scene)
        return
    await scene.turn.edit(view.CHOSEN, items=[each.id for each in items], item=item.id)
    await _ask(scene, Kind.INSTEAD, items, key=item.id)


async def other_dishes(scene: Scene, missing: str) -> None:
    """[Outro prato]: other dishes for all that have it."""
    items = view.items_of(missing)
    if not items:
        await asking.current(scene)
        return
    await scene.turn.edit(view.CHOSEN, items=[each.id for each in items], item="")
    await _ask(scene, Kind.MISSING, items)


async def leave(scene: Scene) -> None:
    """[Deixar assim]."""
    await scene.turn.edit(view.LEFT)


async def _ask(scene: Scene, kind: Kind, items: tuple[Item, ...], key: str = "") -> None:
    turn = scene.turn
    if not await cardapio.ready(scene):
        return
    names = tuple(view.inside(item) for item in items)
    order = Order(kind=kind, items=tuple(item.id for item in items), foods=names, key=key)
    await turn.services.changes.ask(turn.tx, scene.person.id, order, turn.now)
    turn.after_commit(turn.services.changes.wake)


TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {"deixa": leave}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {"outros": other_dishes}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {"usa": use}
