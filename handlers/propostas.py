"""What was read from a long or roundabout sentence is asked about before it is done: "Entendi assim: …. Pode ser?"

Routing takes ``TAPS_1`` as it is.
"""

from collections.abc import Awaitable, Callable, Sequence

from handlers import cardapio, intents
from handlers.scene import Scene
from handlers.screens import propostas as view
from menus.changes import proposals
from menus.changes.orders import Order


async def ask(scene: Scene, orders: Sequence[Order]) -> None:
    """Say what was understood, and wait for a yes."""
    turn = scene.turn
    if not await cardapio.ready(scene):
        return
    number = await proposals.propose(turn.tx, scene.person.id, orders, turn.now)
    await turn.send(view.PROPOSED, number=number, orders=[order.to_json() for order in orders])


async def answered(scene: Scene, text: str) -> bool:
    """A typed yes or no to what was proposed; False when it is neither, or nothing was."""
    turn = scene.turn
    if intents.is_yes(text) and await proposals.accept(turn.tx, scene.person.id, turn.now):
        turn.after_commit(turn.services.changes.wake)
        await turn.send(view.ACCEPTED)
        return True
    if intents.is_no(text) and await proposals.decline(turn.tx, scene.person.id, turn.now):
        await turn.send(view.LEFT)
        return True
    return False


async def yes(scene: Scene, number: str) -> None:
    """[Pode mudar]: it is done, and told in messages of its own."""
    turn = scene.turn
    if await proposals.accept(turn.tx, scene.person.id, turn.now, _number(number)):
        turn.after_commit(turn.services.changes.wake)
        await turn.edit(view.ACCEPTED)
    else:
        await turn.edit(view.GONE)


async def no(scene: Scene, number: str) -> None:
    """[Deixa assim]."""
    turn = scene.turn
    await proposals.decline(turn.tx, scene.person.id, turn.now, _number(number))
    await turn.edit(view.LEFT)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {view.YES: yes, view.NO: no}
