"""Where the dishes of a menu come from: the passages behind them, read from the index."""

from collections.abc import Iterable

from storage import passages
from storage.driver import Connection
from storage.passages import PUBLIC, Passage

__all__ = ["Passage", "passages_of"]


async def passages_of(conn: Connection, person_id: int, chunk_ids: Iterable[int]) -> dict[int, Passage]:
    """The passages with these ids, of the guide or the person's own; one that was re-indexed away is left out."""
    wanted = sorted(set(chunk_ids))
    return await passages.load(conn, wanted, (PUBLIC, person_id)) if wanted else {}
