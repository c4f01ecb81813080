"""Changes that are asked about first and done after a yes: not surely meant, or not to be done as they were said."""

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


async def accept(
    tx: Connection, person_id: int, now: datetime, number: int | None = None, *, message_id: int | None = None
) -> bool:
    """Do what waits under ``number``, or what was asked about last; False when nothing waits. It is told in ``message_id``,
    else below the yes."""
    bodies = await changes.take_proposed(tx, person_id, number, since=_since(now, number))
    for body in bodies:
        await changes.ask(tx, person_id, {**body, "message_id": message_id}, now)
    return bool(bodies)


async def decline(tx: Connection, person_id: int, now: datetime, number: int | None = None) -> bool:
    """Forget what was proposed; False when nothing waits."""
    return bool(await changes.take_proposed(tx, person_id, number, since=_since(now, number)))


def _since(now: datetime, number: int | None) -> datetime | None:
    return now - ANSWERED_WITHIN if number is None else None
