"""The ledger of requests to Gemini, by day, person and kind. ``person_id`` 0 stands for nobody."""

from dataclasses import dataclass
from datetime import date

from storage.driver import Connection

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts of one day: ``requests`` includes those that failed; tokens are the API's own figures."""

    requests: int = 0
    failures: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class KindUsage:
    """The counts of one kind of request, and how many people made them."""

    kind: str
    people: int
    usage: Usage


async def total(conn: Connection, day: date, person_id: int | None = None) -> Usage:
    """The counts of ``day``, over everybody or for one person."""
    row = await conn.fetch_one(
        "SELECT coalesce(sum(requests), 0) AS requests, coalesce(sum(failures), 0) AS failures,"
        " coalesce(sum(tokens_in), 0) AS tokens_in, coalesce(sum(tokens_out), 0) AS tokens_out"
        " FROM gemini_usage WHERE day = ? AND (? IS NULL OR person_id = ?)",
        (day.isoformat(), person_id, person_id),
    )
    return Usage(**dict(row)) if row else Usage()


async def people(conn: Connection, day: date) -> int:
    """How many people made requests on ``day``."""
    row = await conn.fetch_one(
        "SELECT count(DISTINCT nullif(person_id, 0)) AS n FROM gemini_usage WHERE day = ?", (day.isoformat(),)
    )
    return int(row["n"]) if row else 0


async def by_kind(conn: Connection, day: date) -> tuple[KindUsage, ...]:
    """The counts of ``day`` for each kind, largest first."""
    rows = await conn.fetch_all(
        "SELECT kind, count(DISTINCT nullif(person_id, 0)) AS people, sum(requests) AS requests,"
        " sum(failures) AS failures, sum(tokens_in) AS tokens_in, sum(tokens_out) AS tokens_out"
        " FROM gemini_usage WHERE day = ? GROUP BY kind ORDER BY requests DESC, kind",
        (day.isoformat(),),
    )
    return tuple(
        KindUsage(
            row["kind"],
            row["people"],
            Usage(row["requests"], row["failures"], row["tokens_in"], row["tokens_out"]),
        )
        for row in rows
    )


async def add(conn: Connection, day: date, person_id: int, kind: str, usage: Usage) -> None:
    """Add counts to a day's row."""
    await conn.execute(
        "INSERT INTO gemini_usage (day, person_id, kind, requests, failures, tokens_in, tokens_out)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, person_id, kind) DO UPDATE SET"
        " requests = requests + excluded.requests, failures = failures + excluded.failures,"
        " tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out",
        (day.isoformat(), person_id, kind, usage.requests, usage.failures, usage.tokens_in, usage.tokens_out),
    )
