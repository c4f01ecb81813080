"""Where changes are asked for: in a turn, to be done outside of it."""

from collections.abc import Callable
from datetime import datetime

from menus.changes.orders import Order
from storage import changes
from storage.driver import Connection


class ChangeDesk:
    """One for the whole program; ``wake`` rings the runner and is to be called after the commit."""

    def __init__(self) -> None:
        self.wake: Callable[[], object] = lambda: None

    async def ask(self, tx: Connection, person_id: int, order: Order, now: datetime) -> None:
        """Keep ``order`` until it is done."""
        await changes.ask(tx, person_id, order.to_json(), now)
