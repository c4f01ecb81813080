"""How the database grows, and what each turn costs in a large one: ``python -m bench growth [-n 100000] [--few 1000]``.

One person with a profile, a restriction, reminders and a week of the guide's dishes is copied by SQL until there are
``--few`` and then ``-n`` people, every row and every dish: some 60 kB a person, so 100,000 take 6 GB of the temporary folder.
Whole turns are timed (the update in, its transaction, the answer rendered) of people drawn at random, the tick of reminders
with nobody and with 200 people due, and a search by words in the guide. Both databases are asked in turns, their files in the
caches of the operating system.
"""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from handlers.services import Services
from menus import people, reminders
from menus.reminder_tick import BATCH, Reminders
from menus.service import MenuService
from menus.weekly import Workshop
from nutrition.foods import FoodTable
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from rag import guide
from rag.index import Indexer
from rag.search import Search
from storage import menus, profiles, restrictions
from storage.database import Database
from storage.driver import Connection, connect
from tests.handlers.phone import NOON, Phone
from tests.weeks import guide_week

FIRST_CHAT = 700_000_000
SAID = ("/hoje", "/cardapio", "/compras", "/historico", "/perfil")
STEP = 5_000
"""People made in one transaction."""

CACHE_KB = 500_000
"""Of SQLite while people are made."""

BAR = 2.0
"""Ours, not an issue's: processor time of a turn (p50) among all over that among few."""

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?) "


@dataclass(frozen=True, slots=True)
class Row:
    """One thing among few and among many: p50 and p95 by the clock, p50 and p95 of processor time (ms)."""

    what: str
    few: Sequence[float]
    many: Sequence[float]

    @property
    def slower(self) -> float:
        """p50 by the clock among many over that among few."""
        return self.many[0] / self.few[0]

    @property
    def dearer(self) -> float:
        """The same of processor time."""
        return self.many[2] / self.few[2]


class Noon:
    """A clock that stands."""

    def now(self) -> datetime:
        """Noon of the weeks' Wednesday."""
        return NOON

    def monotonic(self) -> float:
        """Seconds of the machine."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def main(argv: Sequence[str]) -> int:
    """Run and print both columns; 1 when a turn among all costs more than ``BAR`` times that among few."""
    parser = argparse.ArgumentParser(prog="python -m bench growth", description=__doc__)
    parser.add_argument("-n", type=int, default=100_000, help="people at the end (default 100,000)")
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--samples", type=int, default=200)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), options))


async def _measure(folder: Path, options: argparse.Namespace) -> int:
    table, paths = await asyncio.to_thread(FoodTable.load), (folder / "few.db", folder / "many.db")
    before = await _begin(paths[0], table)
    both: list[Grown] = []
    async with AsyncExitStack() as stack:
        for path in paths:
            if path != paths[0]:
                await asyncio.to_thread(shutil.copyfile, paths[0], path)
            database = await Database.open(path)
            stack.push_async_callback(database.close)
            both.append(Grown(database, table))
        for grown, count in zip(both, (options.few, options.n), strict=True):
            began = time.perf_counter()
            await grown.grow(count)
            size = await _size(grown.database)
            print(
                f"{count:,} people: file {size / 1e6:,.0f} MB, {(size - before) / count / 1e3:.0f} kB a person and week"
                f" (made in {time.perf_counter() - began:.0f} s)",
                flush=True,
            )
        rows = await _rows(both, options.samples)
    return _report(options.few, options.n, rows)


async def _begin(path: Path, table: FoodTable) -> int:
    """A database with the guide and one person; returns its size without the person."""
    database = await Database.open(path)
    try:
        library = await asyncio.to_thread(guide.load, table)
        await Indexer(database, None).sync_words(library.documents)
        before = await _size(database)
        await _first(database)
        return before
    finally:
        await database.close()


async def _first(database: Database) -> None:
    """The person whom the others are copies of."""
    week = await asyncio.to_thread(guide_week, 3)
    async with database.transaction() as tx:
        person = await people.meet(tx, FIRST_CHAT + 1, "America/Sao_Paulo")
        await people.consent(tx, person, gemini=False, now=NOON)
        await profiles.save(
            tx, person.id, Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.MANTER, 5), NOON
        )
        await restrictions.add(tx, person.id, Restriction("halal", Strength.DIETA, "halal"), NOON)
        await menus.save_week(tx, person.id, week, 3, NOON)
        await reminders.set_hour(tx, person.id, "07:00", NOON)


async def _size(database: Database) -> int:
    async with database.reader() as conn:
        row = await conn.fetch_one(
            "SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size"
        )
    assert row is not None
    return int(row["n"])


class Grown:
    """A database that grows by copies of its first person, and what is asked of it."""

    def __init__(self, database: Database, table: FoodTable) -> None:
        self.database = database
        self._services = Services(table, MenuService(database, Workshop(table, None)))
        self._search = Search(database, None)
        self._tick = Reminders(database, Noon(), lambda: None)
        self._draw = random.Random(5)
        self._count = 1

    async def grow(self, count: int) -> None:
        """Copy until there are ``count`` people."""
        seeding = await connect(self.database.path)
        try:
            for pragma in ("synchronous = OFF", f"cache_size = -{CACHE_KB}"):
                await seeding.execute(f"PRAGMA {pragma}")
            while self._count < count:
                last = min(self._count + STEP, count)
                await seeding.execute(
                    "ANALYZE"
                )  # without figures about the tables copying takes ten times as long
                await seeding.execute("BEGIN IMMEDIATE")
                await self._copy(seeding, self._count + 1, last)
                await seeding.execute("COMMIT")
                self._count = last
            await seeding.execute("ANALYZE")
            await seeding.fetch_all("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            await seeding.close()

    async def _copy(self, tx: Connection, first: int, last: int) -> None:
        span = (first, last)
        await _copied(tx, "people", span, id="i", chat_id=f"{FIRST_CHAT} + i")
        for name in ("profiles", "reminders", "reminder_choices"):
            await _copied(tx, name, span, person_id="i")
        await _copied(tx, "restrictions", span, id="i", person_id="i")
        await _copied(tx, "weeks", span, id="i", person_id="i")
        await _copied(tx, "week_days", span, id="(i - 1) * 7 + t.id", week_id="i")
        await _copied(tx, "meals", span, id="(i - 1) * 35 + t.id", day_id="(i - 1) * 7 + t.day_id")

    async def say(self, text: str) -> None:
        """A whole turn of somebody drawn at random."""
        number = self._draw.randint(1, self._count)
        answer = await Phone(self.database, self._services, FIRST_CHAT + number).say(text)
        assert answer.text

    async def search(self) -> None:
        """Words in the guide."""
        assert await self._search.find("quanta fibra por dia?")

    async def tick(self) -> None:
        """Look at the reminders."""
        await self._tick.tick()

    async def make_due(self) -> None:
        """Some people's reminder, drawn at random, is due, and their day was not decided on before."""
        ids = self._draw.sample(range(1, self._count + 1), min(BATCH, self._count))
        async with self.database.transaction() as tx:
            await tx.execute("DELETE FROM reminder_log")
            await tx.execute("DELETE FROM outbox")
            await tx.execute_many(
                "UPDATE reminders SET next_due_at = ? WHERE person_id = ? AND kind = 'dia'",
                [(int(NOON.timestamp() * 1000) - 1000, number) for number in ids],
            )


Work = Callable[[Grown], Awaitable[object]]


async def _nothing(_grown: Grown) -> None:
    """Nothing to prepare."""


async def _rows(both: Sequence[Grown], samples: int) -> list[Row]:
    """Time each thing in both databases in turns, so that the machine's other work weighs on both alike."""
    rows = [
        await _row(said, both, samples, lambda grown, said=said: grown.say(said))  # type: ignore[misc]
        for said in SAID
    ]
    rows.append(await _row("search (words)", both, samples, lambda grown: grown.search()))
    rows.append(await _row("tick, nobody due", both, samples, lambda grown: grown.tick()))
    few = max(1, samples // 10)
    rows.append(
        await _row(
            f"tick, {BATCH} due", both, few, lambda grown: grown.tick(), lambda grown: grown.make_due()
        )
    )
    return rows


async def _row(what: str, both: Sequence[Grown], samples: int, work: Work, before: Work = _nothing) -> Row:
    times: list[list[tuple[float, float]]] = [[] for _ in both]
    for _ in range(samples):
        for grown, taken in zip(both, times, strict=True):
            await before(grown)
            began, worked = time.perf_counter(), time.process_time()
            await work(grown)
            taken.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)))
    return Row(what, *(np.percentile(taken, [50, 95], axis=0).T.ravel().tolist() for taken in times))


async def _copied(tx: Connection, table: str, span: tuple[int, int], **changed: str) -> None:
    """Copy the first person's rows of ``table`` for the people ``span``; ``changed``: columns and their SQL."""
    columns = [
        str(row["name"]) for row in await tx.fetch_all(f"SELECT name FROM pragma_table_info('{table}')")
    ]
    values = [changed.get(name, f"t.{name}") for name in columns]
    whose = {
        "people": "t.id = 1",
        "weeks": "t.id = 1",
        "week_days": "t.week_id = 1",
        "meals": "t.day_id <= 7",
    }
    await tx.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) {_NUMBERS}"
        f"SELECT {', '.join(values)} FROM n CROSS JOIN {table} AS t WHERE {whose.get(table, 't.person_id = 1')}",
        span,
    )


def _report(few: int, many: int, rows: Sequence[Row]) -> int:
    print(f"{'milliseconds':18} {f'{few:,} people':>29} {f'{many:,} people':>29}   ratio of p50")
    print(
        f"{'':18} {'p50':>9} {'p95':>9} {'processor':>9} {'p50':>9} {'p95':>9} {'processor':>9}   time  processor"
    )
    for row in rows:
        figures = " ".join(f"{value:9.1f}" for side in (row.few, row.many) for value in side[:3])
        print(f"  {row.what:16} {figures}   {row.slower:5.2f} {row.dearer:5.2f}")
    worst = max(row.dearer for row in rows)
    print(
        f"worst ratio of p50: time {max(row.slower for row in rows):.2f}, processor {worst:.2f} (bar of our own {BAR:g})"
    )
    return 0 if worst <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
