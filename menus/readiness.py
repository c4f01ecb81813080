"""Whether the bot can serve, for ``/readyz``; and its metrics of this moment, for ``/metrics``."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from prometheus_client import generate_latest

from menus import meters
from storage import checkup, outbox, overview
from storage.clock import Clock
from storage.database import Database
from storage.errors import StorageError

FRESH_SECONDS = 5.0
"""Anybody may ask, and each answer writes a row: those that come sooner get the last one."""

PATIENCE_SECONDS = 3.0


class Readiness:
    """Asked by the platform; ``index_ready`` says whether search is whole."""

    def __init__(self, database: Database, clock: Clock, index_ready: Callable[[], Awaitable[bool]]) -> None:
        self._database = database
        self._clock = clock
        self._index_ready = index_ready
        self._answer: Mapping[str, bool] = {}
        self._at: float | None = None

    async def __call__(self) -> Mapping[str, bool]:
        """Each part by name: the database takes a commit, the index is complete."""
        now = self._clock.monotonic()
        if self._at is None or now - self._at >= FRESH_SECONDS:
            self._at = now
            self._answer = {"database": await self._writes(), "index": await self._indexed()}
        return self._answer

    async def _writes(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await checkup.beat(self._database, self._clock.now())
        except (StorageError, TimeoutError):
            return False
        return True

    async def _indexed(self) -> bool:
        try:
            return await self._index_ready()
        except StorageError:
            return False


async def in_maintenance() -> Mapping[str, bool]:
    """``Readiness`` without a database."""
    return {"database": False}


class Scrape:
    """What ``/metrics`` answers. ``database`` is None in maintenance."""

    def __init__(self, clock: Clock, database: Database | None = None) -> None:
        self._database = database
        self._clock = clock

    async def __call__(self) -> bytes:
        """The text of Prometheus' exposition format."""
        meters.database_up.set(await self._look())
        return await asyncio.to_thread(generate_latest, meters.REGISTRY)

    async def _look(self) -> bool:
        """Put what is stored into the gauges; False when it cannot be read."""
        if self._database is None:
            return False
        now = self._clock.now()
        try:
            async with self._database.reader() as conn:
                house = await overview.look(conn, now)
                owed = await outbox.oldest_owed(conn)
            room = await checkup.room(self._database.path)
        except (StorageError, OSError):
            return False
        meters.queue_depth.labels("inbox").set(house.inbox_waiting)
        meters.queue_depth.labels("outbox").set(house.outbox_waiting)
        meters.queue_depth.labels("jobs").set(house.jobs_open)
        meters.oldest_seconds.set((now - owed.since).total_seconds() if owed.since else 0)
        meters.reminders_due.set(house.reminders_due)
        meters.people.set(house.people)
        for name, size in room.files.items():
            meters.database_bytes.labels(name).set(size)
        meters.disk_free_bytes.set(room.free)
        return True
