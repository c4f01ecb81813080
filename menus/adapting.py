"""New energy targets from the trend of a weight: proposed, and kept only when the person says yes.

What is proposed is worked out in ``nutrition.adaptation``. Once answered, nothing is proposed for two weeks: a new pace
needs that long to show.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from menus.people import profile_of
from menus.progress import progress_of
from nutrition.adaptation import Proposal, energy, propose
from nutrition.person import Profile
from nutrition.trend import trend
from storage import energy_offers, people, profiles
from storage.clock import zone_named
from storage.driver import Connection
from storage.energy_offers import KEPT, OPEN, UNDONE, USED, Change, EnergyOffer

__all__ = ["KEPT", "OPEN", "UNDONE", "USED", "EnergyOffer"]

QUIET = timedelta(days=14)
ASK_AGAIN = timedelta(days=7)
"""A proposal that got no answer is made again after so long."""

_FRESH = timedelta(days=7)

GONE, ALREADY, CHANGED_SINCE = "gone", "already", "changed_since"
"""Why an answer had no effect."""


async def offer(tx: Connection, person_id: int, today: date) -> int | None:
    """Work out whether another target fits the person better, and keep the proposal; returns its id, or None."""
    last = await energy_offers.newest(tx, person_id)
    if last is not None and today < _next(last):
        return None
    profile = await profile_of(tx, person_id)
    found = await progress_of(tx, person_id, today)
    if profile is None or not found.line or today - found.line[-1].day > _FRESH:
        return None
    measured = trend(found.measures, today, await _aimed_since(tx, person_id))
    proposal = propose(profile, found.line[-1].kg, measured)
    if proposal is None:
        return None
    return await energy_offers.add(tx, person_id, _change(profile, proposal), today)


async def get(conn: Connection, person_id: int, offer_id: int) -> EnergyOffer | None:
    """One proposal of this person."""
    return await energy_offers.get(conn, person_id, offer_id)


async def use(tx: Connection, person_id: int, offer_id: int, today: date, now: datetime) -> str:
    """Make the proposed target the person's; "" when it is now, else why not."""
    found = await energy_offers.get(tx, person_id, offer_id)
    profile = await profile_of(tx, person_id)
    if found is None or profile is None:
        return GONE
    if found.answer not in (OPEN, KEPT):
        return ALREADY
    renewed = replace(
        profile,
        weight_kg=found.change.weight_after,
        energy_correction_kcal=found.change.correction_after,
    )
    stands = (profile.weight_kg, profile.energy_correction_kcal) == (
        found.change.weight_before,
        found.change.correction_before,
    )
    if not stands or (energy(profile), energy(renewed)) != (
        found.change.kcal_before,
        found.change.kcal_after,
    ):
        return CHANGED_SINCE
    await profiles.save(tx, person_id, renewed, now)
    await energy_offers.answer(tx, person_id, offer_id, USED, today)
    return ""


async def keep(tx: Connection, person_id: int, offer_id: int, today: date) -> str:
    """Leave the target as it is; "" when that was the answer, else why it had no effect."""
    found = await energy_offers.get(tx, person_id, offer_id)
    if found is None:
        return GONE
    if found.answer not in (OPEN, KEPT):
        return ALREADY
    await energy_offers.answer(tx, person_id, offer_id, KEPT, today)
    return ""


async def undo(tx: Connection, person_id: int, offer_id: int, today: date, now: datetime) -> str:
    """Take back a target that was accepted, while nothing was corrected since; "" when it was, else why not."""
    found = await energy_offers.get(tx, person_id, offer_id)
    profile = await profile_of(tx, person_id)
    if found is None or profile is None:
        return GONE
    if found.answer != USED:
        return ALREADY
    if profile.energy_correction_kcal != found.change.correction_after:
        return CHANGED_SINCE
    if profile.weight_kg == found.change.weight_after:
        await profiles.save(tx, person_id, replace(profile, weight_kg=found.change.weight_before), now)
    await energy_offers.answer(tx, person_id, offer_id, UNDONE, today)
    return ""


async def _aimed_since(conn: Connection, person_id: int) -> date | None:
    """The local date on which the present target began to hold; None when it is the first one."""
    used = [each for each in await energy_offers.for_person(conn, person_id) if each.answer == USED]
    dates = [used[-1].answered_on] if used else []
    changed, person = await profiles.aims_since(conn, person_id), await people.get(conn, person_id)
    if changed is not None and person is not None:
        dates.append(changed.astimezone(zone_named(person.time_zone)).date())
    return max((each for each in dates if each is not None), default=None)


def _next(last: EnergyOffer) -> date:
    """The first day on which something may be proposed again."""
    if last.answer == OPEN:
        return last.offered_on + ASK_AGAIN
    return (last.answered_on or last.offered_on) + QUIET


def _change(profile: Profile, proposal: Proposal) -> Change:
    return Change(
        why=proposal.why.value,
        kcal_before=proposal.before,
        kcal_after=proposal.after,
        weight_before=profile.weight_kg,
        weight_after=proposal.profile.weight_kg,
        correction_before=profile.energy_correction_kcal,
        correction_after=proposal.profile.energy_correction_kcal,
    )
