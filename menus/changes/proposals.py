"""Changes that were read from a sentence and not surely meant: asked about first, done after a yes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from menus.changes.orders import Order
from storage import changes
from storage.driver import Connection

ANSWERED_WITHIN = timedelta(hours=1)
"""An "ok" typed later than this answers something else; the buttons stay good."""


async def propose(tx: Connection, person_id: int, orders: Sequence[Order], now: datetime) -> int:
    """Keep ``orders`` until the person says yes; returns the number that a yes names."""
    return await changes.propose(tx, person_id, [order.to_json() for order in orders], now)


async def accept(tx: Connection, person_id: int, now: datetime, number: int | None = None) -> bool:
    """Do what was proposed under ``number``, or what was proposed last; False when nothing waits."""
    bodies = await changes.take_proposed(tx, person_id, number, since=_since(now, number))
    for body in bodies:
        await changes.ask(tx, person_id, {**body, "message_id": None}, now)  # told below the yes
    return bool(bodies)


async def decline(tx: Connection, person_id: int, now: datetime, number: int | None = None) -> bool:
    """Forget what was proposed; False when nothing waits."""
    return bool(await changes.take_proposed(tx, person_id, number, since=_since(now, number)))


def _since(now: datetime, number: int | None) -> datetime | None:
    return now - ANSWERED_WITHIN if number is None else None
