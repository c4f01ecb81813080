"""Whether words of the person now served may leave this machine for Gemini: only after their yes.

A context variable, because the search that would send a question stands far below the use case that knows the person;
it follows tasks and ``asyncio.to_thread``. Where nobody said yes, nothing leaves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_allowed: ContextVar[bool] = ContextVar("words_may_leave", default=False)


def may_leave() -> bool:
    """Whether the words in hand may go to Gemini."""
    return _allowed.get()


@contextmanager
def words_of(agreed: bool | None) -> Iterator[None]:
    """Work for a person who did or did not agree to Gemini (None: never asked)."""
    token = _allowed.set(bool(agreed))
    try:
        yield
    finally:
        _allowed.reset(token)
