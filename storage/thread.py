"""The thread of a connection: work is given to it in order, by the event loop that waits for the results.

Waking the other side costs more than most statements: either wakes up and then waits for the interpreter's lock, which
the waker still holds. So the loop gives what it has as it comes to rest, and the thread tells of several results at once.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

TOGETHER = 8
"""Results told at once: so many short pieces of work may the first of them wait for."""

Given = tuple["asyncio.Future[Any] | None", Callable[[], Any]]
Done = tuple["asyncio.Future[Any] | None", Any, BaseException | None]


class Letters:
    """Work on its way to ``queue``, handed over as soon as the event loop has nothing else to do at once."""

    def __init__(self, queue: "SimpleQueue[Any]") -> None:
        self._queue = queue
        self._given: list[Given] = []

    def add(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """What is added first is run first, whether somebody still waits for it or not."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._given:
            loop.call_soon(self.send)
        self._given.append((future, function))
        return future

    def send(self) -> None:
        """Hand over now."""
        given, self._given = self._given, []
        for each in given:
            self._queue.put(each)


def serve(queue: "SimpleQueue[Given]", stop: object) -> None:
    """Run what comes through ``queue`` until something returns ``stop``."""
    while True:
        done = [_done(queue.get())]
        with suppress(Empty):
            while done[-1][1] is not stop and len(done) < TOGETHER:
                done.append(_done(queue.get_nowait()))
        told = next((future for future, _, _ in done if future is not None), None)
        if told is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                told.get_loop().call_soon_threadsafe(_tell, done)
        if done[-1][1] is stop:
            return


def _done(given: Given) -> Done:
    future, function = given
    try:
        return future, function(), None
    except BaseException as exc:  # noqa: BLE001 -- it is raised where the result is awaited
        return future, None, exc


def _tell(done: list[Done]) -> None:
    for future, result, error in done:
        if future is None or future.done():
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
