"""Numbers and reminders stop for whom they may harm, and come back when all that stopped them was a mistyped weight.

They come back with a weight that the person tells, never with an undo alone, and only within ``MISTYPED`` and above every
limit of weight: no body comes there from below a BMI of 16 in that time, so the first figure was wrong.
"""

from datetime import datetime, timedelta

from menus import reminders
from menus.people import profile_of
from nutrition.guardrails import Assessment, Decision, Reason, assess
from storage import display
from storage.display import Held
from storage.driver import Connection

MISTYPED = timedelta(days=7)
_STOPS = frozenset({Reason.TRANSTORNO_ALIMENTAR, Reason.IMC_ABAIXO_16})
_TOO_LIGHT = frozenset({Reason.IMC_ABAIXO_16, Reason.IMC_ABAIXO_18_5})


async def quiet(tx: Connection, person_id: int, found: Assessment, now: datetime) -> None:
    """Hide numbers and turn reminders off, where what was ``found`` asks for it; of a weight alone, keep how they were."""
    why = _STOPS & set(found.reasons)
    if not why:
        return
    hidden, plan = await display.numbers_hidden(tx, person_id), await reminders.plan_of(tx, person_id)
    before = await display.held(tx, person_id)
    await display.set_numbers_hidden(tx, person_id, True)
    revision = (await reminders.off(tx, person_id, now)).revision if plan.on else None
    if Reason.TRANSTORNO_ALIMENTAR in why:
        await display.hold(tx, person_id, None)
    elif before is None and (revision is not None or not hidden):
        await display.hold(tx, person_id, Held(now, hidden, revision))


async def waits(conn: Connection, person_id: int, now: datetime) -> bool:
    """Whether numbers and reminders would come back with the right weight."""
    held = await display.held(conn, person_id)
    return held is not None and now - held.since <= MISTYPED


async def restore(tx: Connection, person_id: int, now: datetime) -> bool:
    """After a weight that the person told: all comes back as it was, if that figure and the profile allow it; True when
    it did. Reminders that the person has changed since stay as they are."""
    held, profile = await display.held(tx, person_id), await profile_of(tx, person_id)
    if held is None or profile is None:
        return False
    if now - held.since > MISTYPED:
        await display.hold(tx, person_id, None)
        return False
    found = assess(profile)
    if found.decision is Decision.REFER or (_STOPS | _TOO_LIGHT) & set(found.reasons):
        return False
    await display.set_numbers_hidden(tx, person_id, held.hidden)
    if held.revision is not None:
        await reminders.undo(tx, person_id, held.revision, now)
    await display.hold(tx, person_id, None)
    return True
