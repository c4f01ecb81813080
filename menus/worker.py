"""Planning in a process of its own, so that making weeks never delays a chat.

Computing a week takes some 70 ms of one core. In a thread it would hold the interpreter that the event loop and the
database need too: with two weeks in work, an answer took ten times as long (``python -m bench latency``). The process
is started with the first week, at a lower priority, and ends with its parent, however that ends.
"""

import asyncio
import multiprocessing
import os
import pickle
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import structlog

from menus.repair import Written
from menus.weekly import CannotMakeWeek, Workshop, finish, plan
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Week
from rag.writer import MenuBrief

log = structlog.get_logger(__name__)

NICENESS = 10
REMEMBERED = 32
"""Lists of dishes kept as bytes here, and as dishes in the process."""

TRIES = 2
"""A worker that dies (out of memory, say) is replaced once for the same week; a second death fails that week only."""


class PlanningProcess:
    """Does the computing of ``Workshop`` elsewhere. ``close`` ends the process."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._starting = asyncio.Lock()
        # by identity, with the dishes beside their bytes so that the identity stays theirs
        self._packed: OrderedDict[int, tuple[tuple[Dish, ...], bytes]] = OrderedDict()

    async def plan(self, brief: MenuBrief, notes: tuple[str, ...]) -> Week:
        """``menus.weekly.plan``. Raises ``CannotMakeWeek``."""
        return await self._run(_plan, *await self._parcel(brief), notes)

    async def finish(self, brief: MenuBrief, written: Written) -> Week:
        """``menus.weekly.finish``. Raises ``CannotMakeWeek``."""
        return await self._run(_finish, *await self._parcel(brief), written)

    async def warm_up(self) -> None:
        """Start the process and let it read its tables, so that the first week does not wait for that."""
        await self._submit(_ready)

    def close(self) -> None:
        """End the process; what it was computing is lost and done again at the next start."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    async def _parcel(self, brief: MenuBrief) -> tuple[MenuBrief, bytes]:
        """The brief without what is long, and its dishes as bytes: most people are offered the same ones in the same
        order, and turning 600 of them into bytes takes 11 ms, so that is in a thread."""
        packed = self._packed.get(id(brief.dishes))
        if packed is None:
            packed = (brief.dishes, await asyncio.to_thread(pickle.dumps, brief.dishes))
            self._packed[id(brief.dishes)] = packed
            if len(self._packed) > REMEMBERED:
                self._packed.popitem(last=False)
        return replace(brief, foods=(), dishes=()), packed[1]

    async def _run(self, work: Callable[..., Any], *args: Any) -> Week:
        for _ in range(TRIES):
            pool = self._pool
            try:
                week: Week = await self._submit(work, *args)
            except BrokenProcessPool:
                log.warning("planning_process_died")
                if self._pool is pool:
                    self._pool = None
            else:
                return week
        raise CannotMakeWeek("planning_failed")

    async def _submit(self, work: Callable[..., Any], *args: Any) -> Any:
        """Hand work over and await it; making and starting the process blocks for a moment, so that is in a thread."""
        async with self._starting:
            if self._pool is None:
                self._pool = await asyncio.to_thread(_make_pool)
        return await asyncio.wrap_future(await asyncio.to_thread(self._pool.submit, work, *args))


def _make_pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # a forked copy of a program with threads may hang
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_begin)


def _begin() -> None:
    """In the worker: stay in the background, leave signals to the parent, and never outlive it."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()  # returns when the parent is gone, killed or not
    os._exit(0)


@cache
def _workshop() -> Workshop:
    return Workshop(FoodTable.load(), None)


def _ready() -> None:
    _workshop()


def _plan(brief: MenuBrief, dishes: bytes, notes: tuple[str, ...]) -> Week:
    return plan(_whole(brief, dishes), _workshop(), notes=notes)


def _finish(brief: MenuBrief, dishes: bytes, written: Written) -> Week:
    return finish(_whole(brief, dishes), written, _workshop())


def _whole(brief: MenuBrief, dishes: bytes) -> MenuBrief:
    """The brief as it was; the allowed foods follow from the rules, so they were not sent."""
    return replace(brief, foods=brief.rules.allowed(_workshop().table), dishes=_unpacked(dishes))


@lru_cache(maxsize=REMEMBERED)
def _unpacked(dishes: bytes) -> tuple[Dish, ...]:
    found: tuple[Dish, ...] = pickle.loads(dishes)  # noqa: S301 -- written by our own parent, over a private pipe
    return found
