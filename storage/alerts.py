"""When the operators were told what: each kind at most once an hour, and ever less often while it lasts."""

from datetime import datetime, timedelta

from storage.clock import from_ms, to_ms
from storage.driver import Connection

FIRST_GAP, LONGEST_GAP = timedelta(hours=1), timedelta(hours=24)
"""Between two alerts of a kind: doubled by each further one, up to a day; after two days of silence it starts anew."""


async def take(conn: Connection, kind: str, now: datetime) -> bool:
    """Note that an alert of this kind is told now; False when it is too soon after the last."""
    row = await conn.fetch_one("SELECT told_at, times FROM alerts WHERE kind = ?", (kind,))
    times = 0
    if row is not None:
        since = now - from_ms(row["told_at"])
        if timedelta() <= since < gap(row["times"]):  # before: the clock was ahead when that was told
            return False
        times = row["times"] if since < 2 * LONGEST_GAP else 0
    await conn.execute(
        "INSERT INTO alerts (kind, told_at, times) VALUES (?, ?, ?)"
        " ON CONFLICT (kind) DO UPDATE SET told_at = excluded.told_at, times = excluded.times",
        (kind, to_ms(now), times + 1),
    )
    return True


def gap(times: int) -> timedelta:
    """How long after the last of ``times`` alerts in a row the next one may come."""
    return min(FIRST_GAP * int(2 ** min(times - 1, 10)), LONGEST_GAP)
