"""People: who talks to the bot. Before consent a row holds the chat id and defaults, nothing about the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import chunks
from storage.clock import from_ms_or_none, to_ms
from storage.driver import Connection, Row

SEEN_RESOLUTION = timedelta(hours=1)
"""``last_seen_at`` is refreshed at most this often: it serves retention, and a write a message would be waste."""


@dataclass(frozen=True, slots=True)
class Person:
    """``language`` is a locale ("pt_BR"), ``time_zone`` an IANA name. ``gemini_consent`` is None until asked."""

    id: int
    chat_id: int
    language: str
    time_zone: str
    consent_version: str | None
    consent_at: datetime | None
    gemini_consent: bool | None
    blocked_at: datetime | None
    last_seen_at: datetime | None

    @property
    def consented(self) -> bool:
        """Whether this person agreed to some version of the consent text."""
        return self.consent_version is not None


def _person(row: Row) -> Person:
    gemini = row["gemini_consent"]
    return Person(
        id=row["id"],
        chat_id=row["chat_id"],
        language=row["language"],
        time_zone=row["time_zone"],
        consent_version=row["consent_version"],
        consent_at=from_ms_or_none(row["consent_at"]),
        gemini_consent=None if gemini is None else bool(gemini),
        blocked_at=from_ms_or_none(row["blocked_at"]),
        last_seen_at=from_ms_or_none(row["last_seen_at"]),
    )


async def get(conn: Connection, person_id: int) -> Person | None:
    """The person with this id."""
    row = await conn.fetch_one("SELECT * FROM people WHERE id = ?", (person_id,))
    return _person(row) if row else None


async def get_by_chat(conn: Connection, chat_id: int) -> Person | None:
    """The person of this private chat."""
    row = await conn.fetch_one("SELECT * FROM people WHERE chat_id = ?", (chat_id,))
    return _person(row) if row else None


async def create(
    conn: Connection, chat_id: int, *, language: str = "pt_BR", time_zone: str = "America/Sao_Paulo"
) -> Person:
    """The person of this chat, made if new; an existing one is returned as it is."""
    await conn.execute(
        "INSERT INTO people (chat_id, language, time_zone) VALUES (?, ?, ?) ON CONFLICT (chat_id) DO NOTHING",
        (chat_id, language, time_zone),
    )
    row = await conn.fetch_one("SELECT * FROM people WHERE chat_id = ?", (chat_id,))
    assert row is not None  # noqa: S101 -- inserted or found above, in the same transaction
    return _person(row)


async def set_consent(
    conn: Connection, person_id: int, *, version: str, gemini: bool | None, now: datetime
) -> None:
    """Record that the person agreed to ``version`` of the text; from now on their answers may be kept."""
    at = to_ms(now)
    await conn.execute(
        "UPDATE people SET consent_version = ?, consent_at = ?, gemini_consent = ?,"
        " created_at = coalesce(created_at, ?), last_seen_at = ? WHERE id = ?",
        (version, at, None if gemini is None else int(gemini), at, at, person_id),
    )


async def set_gemini_consent(conn: Connection, person_id: int, agreed: bool) -> None:
    """Record a later yes or no to Gemini."""
    await conn.execute("UPDATE people SET gemini_consent = ? WHERE id = ?", (int(agreed), person_id))


async def set_language(conn: Connection, person_id: int, language: str) -> None:
    """Change the language of the interface."""
    await conn.execute("UPDATE people SET language = ? WHERE id = ?", (language, person_id))


async def set_time_zone(conn: Connection, person_id: int, time_zone: str) -> None:
    """Change the IANA zone; ``menus.reminders.refresh`` then recomputes when the reminder is due."""
    await conn.execute("UPDATE people SET time_zone = ? WHERE id = ?", (time_zone, person_id))


async def set_blocked(conn: Connection, person_id: int, at: datetime | None) -> None:
    """Record that the person blocked the bot at ``at``, or (None) that they are back."""
    await conn.execute(
        "UPDATE people SET blocked_at = ? WHERE id = ?", (None if at is None else to_ms(at), person_id)
    )


async def seen(conn: Connection, person: Person, now: datetime) -> None:
    """Note that a consenting person wrote; at most one write an hour."""
    stale = person.last_seen_at is None or now - person.last_seen_at >= SEEN_RESOLUTION
    if person.consented and stale:
        await conn.execute("UPDATE people SET last_seen_at = ? WHERE id = ?", (to_ms(now), person.id))


async def move(conn: Connection, old_chat_id: int, new_chat_id: int) -> None:
    """Follow a chat that Telegram gave another id."""
    await conn.execute("UPDATE people SET chat_id = ? WHERE chat_id = ?", (new_chat_id, old_chat_id))


async def delete(conn: Connection, person_id: int) -> None:
    """Erase the person's documents with their words and vectors, then the person and, by foreign keys, all that is
    theirs (profile, menus, jobs, reminders, owed messages)."""
    await chunks.erase_owner(conn, person_id)
    await conn.execute("DELETE FROM people WHERE id = ?", (person_id,))


async def forget_strangers(conn: Connection) -> int:
    """Forget the chats of those who never agreed, or erased what was theirs, once nothing is owed or noted for them any
    more; returns how many. If they write again, they are new."""
    return await conn.execute(
        "DELETE FROM people WHERE consent_version IS NULL AND chat_id NOT IN (SELECT chat_id FROM outbox)"
        " AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.chat_id = people.chat_id AND state = 'pending')"
    )


async def count(conn: Connection) -> int:
    """How many people have agreed to be kept."""
    row = await conn.fetch_one("SELECT count(*) AS n FROM people WHERE consent_version IS NOT NULL")
    return int(row["n"]) if row else 0
