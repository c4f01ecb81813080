"""A year of silence is told, thirty more days erase; a word in between keeps everything."""

from datetime import timedelta

import pytest

from menus.retention import NOTICE, SILENCE, Retention
from storage import outbox, people
from storage.database import Database
from storage.people import Person
from tests.fakes.clock import START, ManualClock

DAY = timedelta(days=1)


async def join(database: Database, chat_id: int) -> Person:
    async with database.transaction() as tx:
        person = await people.create(tx, chat_id)
        await people.set_consent(tx, person.id, version="x", gemini=False, now=START)
        found = await people.get(tx, person.id)
    assert found is not None
    return found


async def here(database: Database, chat_id: int) -> bool:
    async with database.reader() as conn:
        return await people.get_by_chat(conn, chat_id) is not None


class World:
    """The tick at a clock that the test sets, and the words it owes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = ManualClock()
        self.rings = 0
        self.retention = Retention(database, self.clock, self._ring)

    def _ring(self) -> None:
        self.rings += 1

    async def after(self, silence: timedelta) -> tuple[int, int]:
        self.clock.set(START + silence)
        return await self.retention.tick()

    async def owed(self, chat_id: int) -> list[tuple[str, str]]:
        async with self.database.reader() as conn:
            rows = await conn.fetch_all("SELECT screen, args FROM outbox WHERE chat_id = ?", (chat_id,))
        return [(row["screen"], row["args"]) for row in rows]


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


async def test_a_year_of_silence_is_told_once_with_the_date_and_a_month_later_all_is_gone(
    world: World,
) -> None:
    await join(world.database, 7)
    assert await world.after(SILENCE - DAY) == (0, 0)
    assert await world.after(SILENCE + DAY) == (1, 0)
    due = (START + SILENCE + DAY + NOTICE).date()
    assert await world.owed(7) == [("despedida", f'{{"date":"{due.isoformat()}"}}')]
    assert world.rings == 1
    assert await world.after(SILENCE + NOTICE) == (0, 0)
    assert await world.after(SILENCE + NOTICE + 2 * DAY) == (0, 1)
    assert not await here(world.database, 7)
    assert await world.owed(7) == []


async def test_a_word_after_the_telling_keeps_everything_and_starts_the_year_anew(world: World) -> None:
    person = await join(world.database, 7)
    await world.after(SILENCE + DAY)
    back = SILENCE + 10 * DAY
    async with world.database.transaction() as tx:
        await people.seen(tx, person, START + back)
    assert await world.after(SILENCE + NOTICE + 9 * DAY) == (0, 0)
    assert await world.after(back + SILENCE - DAY) == (0, 0)
    assert await world.after(back + SILENCE + DAY) == (1, 0)


async def test_a_bot_that_was_down_for_years_tells_before_it_erases(world: World) -> None:
    await join(world.database, 7)
    assert await world.after(5 * SILENCE) == (1, 0)
    assert await here(world.database, 7)


async def test_many_are_told_and_erased_and_who_is_not_silent_is_left_alone(world: World) -> None:
    for chat_id in range(1, 121):
        await join(world.database, chat_id)
    awake = await join(world.database, 500)
    async with world.database.transaction() as tx:
        await people.seen(tx, awake, START + SILENCE)
    async with world.database.transaction() as tx:
        unasked = await people.create(tx, 600)
    assert unasked.last_seen_at is None
    assert await world.after(SILENCE + DAY) == (120, 0)
    async with world.database.transaction() as tx:
        for chat_id in range(1, 121):
            while (row := await outbox.head(tx, chat_id)) is not None:
                await outbox.settle(tx, row, "sent", "sent", world.clock.now())
    assert await world.after(SILENCE + NOTICE + 2 * DAY) == (0, 120)
    assert await here(world.database, 500)
    assert await here(world.database, 600)
