"""Keeps a background loop running: one that breaks is told to the operators and started again."""

import asyncio
from collections.abc import Awaitable, Callable

from menus.alerts import Alert, Alerts
from menus.failures import report
from storage.clock import Clock
from storage.errors import DatabaseCorrupt

REST_SECONDS = (5.0, 30.0, 60.0, 300.0)
"""Before a broken loop is started again; the last one repeats."""


async def kept(name: str, work: Callable[[], Awaitable[object]], clock: Clock, alerts: Alerts) -> None:
    """Run ``work`` to its end, over and over while it breaks. A damaged database is nobody's to repair here: it ends."""
    broken = 0
    while True:
        try:
            await work()
        except DatabaseCorrupt as exc:
            await asyncio.to_thread(report, "background_task_broke", exc, task=name)
            return
        except Exception as exc:  # noqa: BLE001 -- whatever broke one part, the others serve on and a person is told
            # In a thread: the lines of code that an error passed are read from disk.
            await asyncio.to_thread(report, "background_task_broke", exc, task=name)
            await alerts.tell(Alert.TASK, task=name, error=type(exc).__name__)
            await clock.sleep(REST_SECONDS[min(broken, len(REST_SECONDS) - 1)])
            broken += 1
        else:
            return
