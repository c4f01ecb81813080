"""Many statements in one hop: a repository's functions run within the thread of their connection.

Each statement of a coroutine on the event loop waits twice for others, for the thread and for the loop, which is 0.1 ms
on an idle bot and several on a busy one; a transaction holds the writer for as long.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from storage.driver import Connection, translating
from storage.errors import DatabaseUnavailable

T = TypeVar("T")

Work = Callable[[Connection], Coroutine[Any, Any, T]]
"""Database work over a connection: repositories' functions, and nothing else that is awaited."""


async def at_once(connection: Connection, work: Work[T]) -> T:
    """Run ``work`` in the connection's thread. It may await nothing but the methods of the connection it is given."""
    return await connection.run(lambda raw: _driven(work(_Inside(connection, raw))))


def soon(connection: Connection, work: Work[T]) -> list[T]:
    """``at_once`` in the hop of what is asked next of ``connection``: the list holds the result then."""
    found: list[T] = []
    connection.soon(lambda raw: found.append(_driven(work(_Inside(connection, raw)))))
    return found


def transaction_at_once(connection: Connection, work: Work[T]) -> "asyncio.Future[T]":
    """``at_once`` in a transaction of its own: kept when ``work`` returns, undone when it raises. It is on its way when
    this returns; ``connection.outcome`` waits for it."""
    return connection.transaction(lambda raw: _driven(work(_Inside(connection, raw))))


class _Inside(Connection):
    """A connection within its own thread: what it is asked is done at once, so nothing of it ever waits."""

    def __init__(self, outer: Connection, raw: Any) -> None:
        self._raw = raw
        self.path = outer.path
        self.on_erased = outer.on_erased

    async def run(self, function: Callable[[Any], T]) -> T:
        """Run ``function(raw connection)`` here and now."""
        return translating(function, self._raw)

    def soon(self, function: Callable[[Any], object]) -> None:
        """Run ``function(raw connection)`` here and now."""
        translating(function, self._raw)

    async def settle(self) -> None:
        """Nothing waits here."""

    async def rollback(self, savepoint: str | None = None) -> None:
        """Whoever began the transaction ends it: by raising, work at once undoes all of it."""
        raise DatabaseUnavailable("work at once cannot roll back")

    async def close(self) -> None:
        """Whoever opened the connection closes it."""
        raise DatabaseUnavailable("only the connection itself can be closed")


def _driven(work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, run to its end without an event loop. Raises ``RuntimeError`` when it waits for anything."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    work.close()
    raise RuntimeError("work at once awaited something else than its connection")
