"""Use cases about a person: consent, conversation, profile, restrictions, numbers shown, and erasing all of it.

Each takes the connection of the caller's transaction (or a reader) first; nothing here sends anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from menus import reminders
from menus.answers import Answers, Talk, excluded_by
from nutrition.guardrails import Assessment, Decision, assess
from nutrition.person import Goal, Profile, Restriction, Targets
from nutrition.restrictions.understand import merge
from nutrition.targets import targets_for
from storage import conversations, display, energy_offers, profiles, restrictions
from storage import people as repository
from storage.at_once import at_once
from storage.conversations import Conversation
from storage.driver import Connection
from storage.people import Person

CONSENT_VERSION = "2026-11-24"
"""The consent text in use; a new one is asked for again."""

__all__ = ["CONSENT_VERSION", "Person", "Review"]


@dataclass(frozen=True, slots=True)
class Review:
    """What may be planned for a profile, and its targets; None when it is to be referred."""

    profile: Profile
    assessment: Assessment
    targets: Targets | None


async def meet(tx: Connection, chat_id: int, time_zone: str, language: str = "pt_BR") -> Person:
    """The person of this chat; of a new one only the chat id is kept, the language of their Telegram, and where the bot
    assumes people to be."""
    return await repository.create(tx, chat_id, time_zone=time_zone, language=language)


async def set_language(tx: Connection, person_id: int, language: str) -> None:
    """Speak ``language`` ("pt_BR", "en") with the person from now on."""
    await repository.set_language(tx, person_id, language)


def has_consented(person: Person) -> bool:
    """Whether the person agreed to the text in use."""
    return person.consent_version == CONSENT_VERSION


async def consent(tx: Connection, person: Person, *, gemini: bool | None, now: datetime) -> None:
    """Record the yes; ``gemini`` is None when it was not asked."""
    await repository.set_consent(tx, person.id, version=CONSENT_VERSION, gemini=gemini, now=now)


async def consent_to_gemini(tx: Connection, person: Person, agreed: bool) -> None:
    """Record the answer to the question about Gemini alone."""
    await repository.set_gemini_consent(tx, person.id, agreed)


async def talk_of(conn: Connection, person_id: int) -> tuple[str, Talk]:
    """The step of the conversation ("" when nothing is being asked) and the answers so far."""
    return talk_in(await conversations.get(conn, person_id))


def talk_in(found: Conversation | None) -> tuple[str, Talk]:
    """The same of a conversation that was read before."""
    return (found.step, Talk.from_json(dict(found.data))) if found else ("", Talk())


async def set_talk(tx: Connection, person_id: int, step: str, talk: Talk) -> None:
    """Store where the conversation stands."""
    await conversations.set(tx, person_id, step, talk.to_json())


async def clear_talk(tx: Connection, person_id: int) -> None:
    """Nothing is being asked any more."""
    await conversations.clear(tx, person_id)


async def profile_of(conn: Connection, person_id: int) -> Profile | None:
    """The confirmed profile, restrictions included, or None."""
    return await at_once(conn, lambda inside: _profile_of(inside, person_id))


async def _profile_of(conn: Connection, person_id: int) -> Profile | None:
    profile = await profiles.get(conn, person_id, await restrictions.list_for(conn, person_id))
    correction = await energy_offers.correction(conn, person_id) if profile is not None else 0.0
    return (
        replace(profile, energy_correction_kcal=correction) if profile is not None and correction else profile
    )


async def restrictions_of(conn: Connection, person_id: int) -> tuple[Restriction, ...]:
    """What the person excludes; before there is a profile, also what was told among the answers so far."""
    held = await restrictions.list_for(conn, person_id)
    if await profiles.get(conn, person_id) is not None:
        return held
    _step, talk = await talk_of(conn, person_id)
    return merge(held, talk.answers.all_restrictions())


async def answers_of(conn: Connection, person_id: int) -> Answers | None:
    """The confirmed answers, to show or to correct one of them; None without a profile."""
    profile = await profile_of(conn, person_id)
    if profile is None:
        return None
    reminder = await reminders.get(conn, person_id)
    return Answers.of(profile, (reminder.hour or "") if reminder else None)


async def save_answers(tx: Connection, person: Person, answers: Answers, now: datetime) -> Profile:
    """Keep complete answers as the person's profile, restrictions and reminder. Raises ``AnswersError``."""
    profile = answers.profile()
    before = await profiles.get(tx, person.id)
    if before is not None:  # what the questions do not ask about stays
        profile = replace(
            profile,
            request=before.request,
            wanted_energy_kcal=before.wanted_energy_kcal,
            wanted_protein_g=before.wanted_protein_g,
        )
        if _spends_otherwise(before, profile):  # what was measured against the old answers says nothing now
            await energy_offers.overtake(tx, person.id)
    await profiles.save(tx, person.id, profile, now)
    if before is None:  # what was told in free words before the questions ended stays
        await add_restrictions(tx, person.id, profile.restrictions, now)
    else:
        await restrictions.replace(tx, person.id, profile.restrictions, now)
    if answers.reminder is not None:
        await set_reminder(tx, person.id, answers.reminder, now)
    return profile


async def set_reminder(tx: Connection, person_id: int, hour: str, now: datetime) -> None:
    """Send the day's menu at ``hour`` ("07:30", local); "" turns all reminders off. The same hour changes nothing."""
    if hour == await reminder_of(tx, person_id):
        return
    if hour:
        await reminders.set_hour(tx, person_id, hour, now)
    else:
        await reminders.off(tx, person_id, now)


async def reminder_of(conn: Connection, person_id: int) -> str:
    """The hour of the reminder ("07:30", local); "" when it is off."""
    reminder = await reminders.get(conn, person_id)
    return (reminder.hour or "") if reminder else ""


async def add_restrictions(
    tx: Connection, person_id: int, found: Iterable[Restriction], now: datetime
) -> tuple[Restriction, ...]:
    """Add what is new or stricter than what was known; returns those. An allergy never becomes less than one."""
    known = await restrictions.list_for(tx, person_id)
    added = tuple(item for item in merge(known, found) if item not in known)
    for item in added:
        await restrictions.add(tx, person_id, item, now)
    return added


async def replace_restrictions(
    tx: Connection, person_id: int, items: Iterable[Restriction], now: datetime
) -> None:
    """Make ``items`` all that the person excludes, on their explicit word."""
    await restrictions.replace(tx, person_id, items, now)


async def remove_restriction(tx: Connection, person_id: int, code: str) -> Restriction | None:
    """Take one out, of the answers so far too; returns what it was, or None when it was not there."""
    found = next((r for r in await restrictions_of(tx, person_id) if r.code == code), None)
    if found is not None:
        await restrictions.remove(tx, person_id, code)
        step, talk = await talk_of(tx, person_id)
        without = talk.answers.without(code)
        if without != talk.answers:
            await set_talk(tx, person_id, step, talk.with_(answers=without))
    return found


async def add_conditions(
    tx: Connection, person_id: int, found: Iterable[str], now: datetime
) -> Profile | None:
    """Add health situations to a confirmed profile and return it; None when there is no profile yet."""
    profile = await profile_of(tx, person_id)
    if profile is None:
        return None
    profile = replace(profile, conditions=tuple(dict.fromkeys((*profile.conditions, *found))))
    await profiles.save(tx, person_id, profile, now)
    await add_restrictions(tx, person_id, excluded_by(found), now)
    return profile


async def set_goal(tx: Connection, person_id: int, goal: Goal, now: datetime) -> Profile | None:
    """Change the goal of a confirmed profile and return it."""
    profile = await profile_of(tx, person_id)
    if profile is None:
        return None
    profile = replace(profile, goal=goal, target_weight_kg=None)
    await profiles.save(tx, person_id, profile, now)
    return profile


async def numbers_hidden(conn: Connection, person_id: int) -> bool:
    """Whether kcal, macros and weight are to be left out of what this person sees."""
    return await display.numbers_hidden(conn, person_id)


async def hide_numbers(tx: Connection, person_id: int, hidden: bool) -> None:
    """The person hides or shows numbers: that holds from now on, also over what waits to come back."""
    await display.set_numbers_hidden(tx, person_id, hidden)
    if (held := await display.held(tx, person_id)) is not None:
        await display.hold(tx, person_id, replace(held, hidden=hidden))


async def erase(tx: Connection, person: Person) -> None:
    """Erase the person and all that is theirs."""
    await repository.delete(tx, person.id)


def _spends_otherwise(before: Profile, now: Profile) -> bool:
    return (before.sex, before.height_cm, before.activity) != (now.sex, now.height_cm, now.activity)


def review_conditions(answers: Answers) -> Assessment:
    """What the conditions told so far allow, before the other answers are known."""
    return assess(answers.provisional_profile())


def review(profile: Profile) -> Review:
    """What may be planned for ``profile``."""
    assessment = assess(profile)
    referred = assessment.decision is Decision.REFER
    return Review(profile, assessment, None if referred else targets_for(profile, assessment))
