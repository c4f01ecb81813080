"""Jobs: work that takes longer than a turn. At most one open job of a kind for a person; a restart resumes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.clock import to_ms
from storage.driver import Connection, Row
from storage.stored_json import dump_object, load_object


@dataclass(frozen=True, slots=True)
class Job:
    """``state`` is open, running, done, failed or cancelled; progress is ``done_units`` of ``total_units``.

    ``message_id`` is the progress message, known once it was sent. ``attempts`` counts how often it was claimed.
    """

    id: int
    person_id: int
    kind: str
    payload: Mapping[str, Any]
    state: str
    attempts: int
    done_units: int
    total_units: int
    message_id: int | None
    error: str | None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be finished."""
        return self.state in ("open", "running")


def _job(row: Row) -> Job:
    return Job(
        id=row["id"],
        person_id=row["person_id"],
        kind=row["kind"],
        payload=load_object(row["payload"]),
        state=row["state"],
        attempts=row["attempts"],
        done_units=row["done_units"],
        total_units=row["total_units"],
        message_id=row["message_id"],
        error=row["error"],
    )


async def create_or_get(
    conn: Connection, person_id: int, kind: str, payload: Mapping[str, Any], now: datetime
) -> tuple[Job, bool]:
    """The person's open job of this kind, made if there is none; the flag says whether it is new."""
    found = await open_job(conn, person_id, kind)
    if found is not None:
        return found, False
    return await queue(conn, person_id, kind, payload, now), True


async def queue(
    conn: Connection, person_id: int, kind: str, payload: Mapping[str, Any], now: datetime
) -> Job:
    """A new open job; of most kinds a person has at most one (``ConstraintViolated`` for a second)."""
    at = to_ms(now)
    rows = await conn.fetch_all(
        "INSERT INTO jobs (person_id, kind, payload, created_at, updated_at) VALUES (?, ?, ?, ?, ?) RETURNING *",
        (person_id, kind, dump_object(payload), at, at),
    )
    return _job(rows[0])


async def unfinished(conn: Connection, person_id: int, kind: str) -> tuple[Job, ...]:
    """The person's open and running jobs of this kind, oldest first."""
    rows = await conn.fetch_all(
        "SELECT * FROM jobs WHERE person_id = ? AND kind = ? AND state IN ('open', 'running') ORDER BY id",
        (person_id, kind),
    )
    return tuple(_job(row) for row in rows)


async def open_ids(conn: Connection, kind: str) -> tuple[int, ...]:
    """The ids of all open and running jobs of this kind."""
    rows = await conn.fetch_all(
        "SELECT id FROM jobs WHERE kind = ? AND state IN ('open', 'running')", (kind,)
    )
    return tuple(row["id"] for row in rows)


async def made_since(conn: Connection, person_id: int, kind: str, since: datetime) -> int:
    """How many jobs of this kind the person asked for since then, whatever came of them."""
    row = await conn.fetch_one(
        "SELECT count(*) AS n FROM jobs WHERE person_id = ? AND kind = ? AND created_at >= ?",
        (person_id, kind, to_ms(since)),
    )
    return int(row["n"]) if row else 0


async def get(conn: Connection, job_id: int) -> Job | None:
    """The job with this id."""
    row = await conn.fetch_one("SELECT * FROM jobs WHERE id = ?", (job_id,))
    return _job(row) if row else None


async def open_job(conn: Connection, person_id: int, kind: str) -> Job | None:
    """The person's open or running job of this kind."""
    row = await conn.fetch_one(
        "SELECT * FROM jobs WHERE person_id = ? AND kind = ? AND state IN ('open', 'running')",
        (person_id, kind),
    )
    return _job(row) if row else None


async def reopen_interrupted(conn: Connection, now: datetime, *, kind: str | None = None) -> int:
    """At start: what was running when the program stopped is open again, of one kind or all. Returns how many."""
    return await conn.execute(
        "UPDATE jobs SET state = 'open', updated_at = ? WHERE state = 'running' AND (? IS NULL OR kind = ?)",
        (to_ms(now), kind, kind),
    )


async def claim_open(
    conn: Connection, now: datetime, limit: int = 1, *, kind: str | None = None, leave: range = range(0)
) -> tuple[Job, ...]:
    """Mark up to ``limit`` open jobs (of one kind, or any) as running, oldest first, and return them. Those that were
    begun as often as is in ``leave`` stay open."""
    rows = await conn.fetch_all(
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, updated_at = ? WHERE id IN ("
        " SELECT id FROM jobs WHERE state = 'open' AND (? IS NULL OR kind = ?)"
        " AND NOT (attempts >= ? AND attempts < ?) ORDER BY id LIMIT ?) RETURNING *",
        (to_ms(now), kind, kind, leave.start, leave.stop, limit),
    )
    return tuple(sorted((_job(row) for row in rows), key=lambda job: job.id))


async def begun(conn: Connection, kind: str, attempts: range) -> int | None:
    """The open job of this kind that was begun least, of those begun as often as is in ``attempts``; None: there is none."""
    row = await conn.fetch_one(
        "SELECT id FROM jobs WHERE state = 'open' AND kind = ? AND attempts >= ? AND attempts < ? ORDER BY attempts, id",
        (kind, attempts.start, attempts.stop),
    )
    return row["id"] if row else None


async def claim(conn: Connection, job_id: int, now: datetime) -> Job | None:
    """Mark one open job as running and return it; None when it is not open any more."""
    rows = await conn.fetch_all(
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, updated_at = ?"
        " WHERE id = ? AND state = 'open' RETURNING *",
        (to_ms(now), job_id),
    )
    return _job(rows[0]) if rows else None


async def progress(conn: Connection, job_id: int, done: int, total: int, now: datetime) -> None:
    """Record how far a running job is."""
    await conn.execute(
        "UPDATE jobs SET done_units = ?, total_units = ?, updated_at = ? WHERE id = ? AND state = 'running'",
        (done, total, to_ms(now), job_id),
    )


async def note(conn: Connection, job_id: int, payload: Mapping[str, Any], now: datetime) -> None:
    """Keep how far a running job is in its payload, for when it is taken up again."""
    await conn.execute(
        "UPDATE jobs SET payload = ?, updated_at = ? WHERE id = ? AND state = 'running'",
        (dump_object(payload), to_ms(now), job_id),
    )


async def unclaim(conn: Connection, job_id: int, now: datetime) -> None:
    """A graceful stop gives a running job back, as if it had not been begun."""
    await conn.execute(
        "UPDATE jobs SET state = 'open', attempts = max(attempts - 1, 0), updated_at = ?"
        " WHERE id = ? AND state = 'running'",
        (to_ms(now), job_id),
    )


async def release(conn: Connection, job_id: int, now: datetime) -> None:
    """Give a running job back, to be claimed again."""
    await conn.execute(
        "UPDATE jobs SET state = 'open', updated_at = ? WHERE id = ? AND state = 'running'",
        (to_ms(now), job_id),
    )


async def finish(conn: Connection, job_id: int, now: datetime) -> bool:
    """Mark as done; False when it was not running any more (cancelled, erased), and then its result is not kept."""
    return await _settle(conn, job_id, "done", None, now)


async def fail(conn: Connection, job_id: int, error: str, now: datetime) -> bool:
    """Mark as failed; ``error`` is a code, never a person's words."""
    return await _settle(conn, job_id, "failed", error, now)


async def cancel(conn: Connection, person_id: int, kind: str, now: datetime) -> bool:
    """Cancel the person's open job of this kind; False when there is none."""
    changed = await conn.execute(
        "UPDATE jobs SET state = 'cancelled', payload = '{}', updated_at = ?"
        " WHERE person_id = ? AND kind = ? AND state IN ('open', 'running')",
        (to_ms(now), person_id, kind),
    )
    return changed > 0


async def prune(conn: Connection, before: datetime) -> int:
    """Forget jobs that ended before then; returns how many."""
    return await conn.execute(
        "DELETE FROM jobs WHERE state NOT IN ('open', 'running') AND updated_at < ?", (to_ms(before),)
    )


async def set_message(conn: Connection, job_id: int, message_id: int) -> None:
    """Remember which message shows the job's progress."""
    await conn.execute("UPDATE jobs SET message_id = ? WHERE id = ?", (message_id, job_id))


async def _settle(conn: Connection, job_id: int, state: str, error: str | None, now: datetime) -> bool:
    changed = await conn.execute(
        "UPDATE jobs SET state = ?, error = ?, payload = '{}', updated_at = ? WHERE id = ? AND state = 'running'",
        (state, error, to_ms(now), job_id),
    )
    return changed > 0
