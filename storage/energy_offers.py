"""New energy targets that were proposed from the trend of a weight, and what the person answered.

The correction in force is that of the newest row that was accepted and neither undone nor overtaken.
"""

from dataclasses import dataclass
from datetime import date

from storage.driver import Connection, Row

OPEN, USED, KEPT, UNDONE, OVERTAKEN = "", "usar", "manter", "desfeita", "vencida"
"""Answers. Overtaken: the person corrected something that the correction had been measured against."""


@dataclass(frozen=True, slots=True)
class Change:
    """Energy targets (kcal a day), the weight that they go with (kg) and corrections (kcal a day), before and after."""

    why: str
    kcal_before: float
    kcal_after: float
    weight_before: float
    weight_after: float
    correction_before: float
    correction_after: float


@dataclass(frozen=True, slots=True)
class EnergyOffer:
    """A proposal of one local date, and its answer."""

    id: int
    change: Change
    offered_on: date
    answer: str
    answered_on: date | None


async def add(conn: Connection, person_id: int, change: Change, today: date) -> int:
    """Keep a proposal, in the place of any that is still open; returns its id."""
    await conn.execute("DELETE FROM energy_offers WHERE person_id = ? AND answer = ''", (person_id,))
    return await conn.insert(
        "INSERT INTO energy_offers (person_id, offered_on, why, kcal_before, kcal_after, weight_before, weight_after,"
        " correction_before, correction_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            person_id,
            today.isoformat(),
            change.why,
            change.kcal_before,
            change.kcal_after,
            change.weight_before,
            change.weight_after,
            change.correction_before,
            change.correction_after,
        ),
    )


async def get(conn: Connection, person_id: int, offer_id: int) -> EnergyOffer | None:
    """One proposal of this person."""
    row = await conn.fetch_one(
        "SELECT * FROM energy_offers WHERE id = ? AND person_id = ?", (offer_id, person_id)
    )
    return _offer(row) if row else None


async def newest(conn: Connection, person_id: int) -> EnergyOffer | None:
    """The last proposal, answered or not."""
    row = await conn.fetch_one(
        "SELECT * FROM energy_offers WHERE person_id = ? ORDER BY id DESC LIMIT 1", (person_id,)
    )
    return _offer(row) if row else None


async def for_person(conn: Connection, person_id: int) -> tuple[EnergyOffer, ...]:
    """All proposals, oldest first."""
    rows = await conn.fetch_all("SELECT * FROM energy_offers WHERE person_id = ? ORDER BY id", (person_id,))
    return tuple(_offer(row) for row in rows)


async def answer(conn: Connection, person_id: int, offer_id: int, said: str, today: date) -> None:
    """Keep the answer. Raises ``ConstraintViolated`` for another word."""
    await conn.execute(
        "UPDATE energy_offers SET answer = ?, answered_on = ? WHERE id = ? AND person_id = ?",
        (said, today.isoformat(), offer_id, person_id),
    )


async def correction(conn: Connection, person_id: int) -> float:
    """The correction in force, in kcal a day; 0 when there is none."""
    row = await conn.fetch_one(
        "SELECT correction_after FROM energy_offers WHERE person_id = ? AND answer = 'usar' ORDER BY id DESC LIMIT 1",
        (person_id,),
    )
    return float(row["correction_after"]) if row else 0.0


async def overtake(conn: Connection, person_id: int) -> None:
    """No correction is in force any more."""
    await conn.execute(
        "UPDATE energy_offers SET answer = 'vencida' WHERE person_id = ? AND answer IN ('', 'usar')",
        (person_id,),
    )


def _offer(row: Row) -> EnergyOffer:
    change = Change(
        row["why"],
        row["kcal_before"],
        row["kcal_after"],
        row["weight_before"],
        row["weight_after"],
        row["correction_before"],
        row["correction_after"],
    )
    answered = date.fromisoformat(row["answered_on"]) if row["answered_on"] else None
    return EnergyOffer(row["id"], change, date.fromisoformat(row["offered_on"]), row["answer"], answered)
