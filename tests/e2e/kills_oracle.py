"""What must hold after all the kills: the people's memories and chats on one side, the bot's database on the other.

``problems`` lists whatever does not hold; ``Duplicates`` explains each message that came twice. The rule: at a kill a chat
may have one message that was sent and not yet noted as sent. That one is sent again, and nothing else ever is. So, chat by
chat, the messages that came before a kill are those noted as sent until then, plus the repetitions so far, plus at most one.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from menus.recheck import violations
from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.rules import Rules
from nutrition.restrictions.understand import understand
from storage import menus
from storage.database import Database
from tests.e2e.kills_house import SETTLED, End, KilledHouse
from tests.e2e.kills_memory import FIRST_CHAT, Memory
from tests.e2e.kills_people import Person

DAYS = 7
WHEN_IT_COMES = (
    "progresso/edit",
    "mudei/",
    "nao_mudei/",
    "trocas/",
    "lembrete/",
    "lembrete_vespera/",
    "semana_falhou/",
)
"""Rows that no update alone decides: progress, what came of changes, reminders. They are counted apart."""

REMINDER_SCREENS = {"dia": "lembrete", "vespera": "lembrete_vespera"}
IDLE_EVENING = "screen = 'lembrete_vespera' AND outcome = 'nothing to say'"
"""A reminder of the evening before with nothing to soak or thaw is decided and not sent."""

MOST_DESCRIPTORS = 100
"""Open files of one bot at rest; a new one has about 40."""

TICK = timedelta(seconds=60)
"""A reminder whose minute came so shortly before the end is not asked for."""


async def problems(house: KilledHouse, people: Sequence[Person], ended: datetime) -> list[str]:
    """Everything that does not hold. A reminder must have come when its person had read in time that it will."""
    found = list(
        await asyncio.to_thread(lambda: [*_queues(house, people), *_logged(house), *_left_behind(house)])
    )
    for person in people:
        found += await asyncio.to_thread(lambda each=person: list(_person(house, each, ended)))  # type: ignore[misc]
    found += [
        f"end {number}: the database says {end.check}"
        for number, end in enumerate(house.ends)
        if end.check not in ("ok", "")
    ]
    return found + await _weeks(house)


def _queues(house: KilledHouse, people: Sequence[Person]) -> Iterator[str]:
    sent = sum(person.memory.updates for person in people)
    (inbox,) = house.query("SELECT count(*) AS n, max(update_id) - min(update_id) + 1 AS span FROM inbox")
    if not sent == inbox["n"] == inbox["span"]:
        yield f"{sent} updates sent, {inbox['n']} stored, ids over {inbox['span']}"
    for table, good in (
        ("inbox", {"done"}),
        (f"outbox WHERE NOT ({IDLE_EVENING})", {"sent"}),
        ("jobs", {"done"}),
    ):
        counted = house.query(f"SELECT state, count(*) AS n FROM {table} GROUP BY state")
        states = {row["state"]: row["n"] for row in counted}
        if set(states) - good:
            yield f"{table}: {states}"
    orders = sum(person.memory.orders for person in people)
    given = house.query("SELECT seq FROM sqlite_sequence WHERE name = 'change_orders'")
    if orders and given[0]["seq"] != orders:
        yield f"{orders} changes asked for, {given[0]['seq']} orders kept"
    weighed = sum(len(person.memory.weights) for person in people)
    kept = house.query("SELECT seq FROM sqlite_sequence WHERE name = 'weights'")
    if weighed and kept[0]["seq"] != weighed:
        yield f"{weighed} weights told, {kept[0]['seq']} times kept"
    if house.query("PRAGMA integrity_check")[0][0] != "ok":
        yield "the database is damaged"


def _logged(house: KilledHouse) -> Iterator[str]:
    for line in house.log().splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue  # cut by a kill
        if event.get("level") in ("error", "critical") or event.get("outcome") == "failed":
            yield f"logged: {line[:300]}"


def _left_behind(house: KilledHouse) -> Iterator[str]:
    for each in house.strangers():
        yield f"left behind: {each}"
    if (opened := house.descriptors()) > MOST_DESCRIPTORS:
        yield f"{opened} files are open"


def _person(house: KilledHouse, person: Person, ended: datetime) -> Iterator[str]:
    """What one person asked for and was told, and what is kept of it."""
    memory, chat = person.memory, FIRST_CHAT + person.phone.number
    rows = Counter(
        {
            row["what"]: row["n"]
            for row in house.query(
                "SELECT screen || '/' || mode AS what, count(*) AS n FROM outbox WHERE chat_id = ? GROUP BY 1",
                chat,
            )
        }
    )
    (known,) = house.query("SELECT id FROM people WHERE chat_id = ?", chat)
    for what, is_, should in (
        ("rows", _fixed(rows), dict(memory.owed)),
        ("changes told", _sum(rows, "mudei/"), memory.told["changes"]),
        ("changes refused", _sum(rows, "nao_mudei/"), memory.told["changes refused"]),
        ("alternatives", _sum(rows, "trocas/"), memory.told["alternatives"]),
        *_kept(house, memory, known["id"]),
    ):
        if is_ != should:
            yield f"person {person.phone.number}: {what}: {_difference(is_, should)}"
    for problem in _reminded(house, memory, known["id"], rows, ended):
        yield f"person {person.phone.number}: {problem}"


def _difference(is_: object, should: object) -> str:
    if isinstance(is_, dict) and isinstance(should, dict):
        keys = [key for key in {*is_, *should} if is_.get(key) != should.get(key)]
        return ", ".join(f"{key} is {is_.get(key)}, not {should.get(key)}" for key in keys)
    return f"is {is_}, not {should}"


def _fixed(rows: Counter[str]) -> dict[str, int]:
    return {what: n for what, n in rows.items() if not what.startswith(WHEN_IT_COMES)}


def _sum(rows: Counter[str], start: str) -> int:
    return sum(n for what, n in rows.items() if what.startswith(start))


def _kept(house: KilledHouse, memory: Memory, person_id: int) -> Iterator[tuple[str, object, object]]:
    """(what, as it is kept, as the person was told)."""

    def one(sql: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in house.query(sql, person_id)]

    before = memory.weights[-2] if len(memory.weights) > 1 else None
    weights = [(memory.weights[-1], before)] if memory.weights else []
    yield "weight", one("SELECT kg, replaced_kg FROM weights WHERE person_id = ?"), weights
    codes = {
        item.code
        for food in memory.foods
        for item in understand(f"não como {food}", FoodTable.load()).restrictions
    }
    yield "restrictions", {row[0] for row in one("SELECT code FROM restrictions WHERE person_id = ?")}, codes
    bought = {key for key, there in memory.marks.items() if there}
    yield (
        "list",
        set(one("SELECT week, item FROM shopping_marks WHERE person_id = ? AND mark = 'bought'")),
        bought,
    )
    household = [row[0] for row in one("SELECT people FROM households WHERE person_id = ?")]
    yield "household", (household or [1])[0], memory.household
    yield "meals", one("SELECT meals_per_day FROM profiles WHERE person_id = ?"), [(memory.meals,)]
    answers = [(memory.answer,)] if memory.answer else []
    yield "answer of the day", one("SELECT answer FROM day_answers WHERE person_id = ?"), answers
    hours = {(kind, f"{each.due:%H:%M}") for kind, each in memory.reminders.items()}
    kinds = "SELECT kind, hour FROM reminders WHERE person_id = ? AND kind IN ('dia', 'vespera')"
    yield "hours", set(one(kinds)), hours
    if not memory.tastes_unsure:
        said = {(name, kind) for name, kind in memory.tastes.items() if kind}
        liked = "SELECT name, kind FROM tastes WHERE person_id = ? AND kind IN ('gostei', 'nao_gostei')"
        yield (
            "tastes",
            set(one(liked)) & {(name, k) for name in memory.tastes for k in ("gostei", "nao_gostei")},
            said,
        )
    yield "weeks", one("SELECT count(*) FROM weeks WHERE person_id = ?"), [(memory.told["weeks"],)]
    yield "jobs", one("SELECT count(*) FROM jobs WHERE person_id = ?"), [(memory.weeks,)]
    changes = "SELECT count(*), count(undone_at) FROM changes WHERE person_id = ?"
    yield "changes", one(changes), [(memory.told["changes"], memory.told["undone"])]


def _reminded(
    house: KilledHouse, memory: Memory, person_id: int, rows: Counter[str], ended: datetime
) -> Iterator[str]:
    for kind, each in memory.reminders.items():
        due, owed = each.due, each.noted < each.due < ended - TICK
        sql = "SELECT outcome FROM reminder_log WHERE person_id = ? AND kind = ? AND local_date = ?"
        found = [row["outcome"] for row in house.query(sql, person_id, kind, due.date().isoformat())]
        queued = _sum(rows, f"{REMINDER_SCREENS[kind]}/")
        if len(found) not in ((1,) if owed else (0, 1)):
            yield f"reminder {kind} due at {due}, noted at {each.noted}: {found}"
        if queued != sum(outcome in ("queued", "late") for outcome in found):
            yield f"reminder {kind}: {found}, {queued} messages"


async def _weeks(house: KilledHouse) -> list[str]:
    """Each week is whole and holds what its person had excluded when it was made and still does."""
    found, table = list[str](), FoodTable.load()
    database = await Database.open(house.folder / "cardapio.db")
    async with database.reader() as conn:
        for person in await conn.fetch_all("SELECT id, chat_id FROM people"):
            items = await conn.fetch_all("SELECT * FROM restrictions WHERE person_id = ?", (person["id"],))
            for saved in await menus.weeks_of(conn, person["id"], 100):
                made = saved.created_at.timestamp() * 1000
                held = [
                    Restriction(row["code"], Strength(row["strength"]), row["said"])
                    for row in items
                    if row["created_at"] < made
                ]
                days, where = saved.week.days, f"week {saved.id} of chat {person['chat_id']}"
                empty = [meal for day in days for meal in day.meals if not meal.dishes]
                if len(days) != DAYS or len({len(day.meals) for day in days}) != 1 or empty:
                    found.append(f"{where}: {len(days)} days, {[len(day.meals) for day in days]} meals")
                if any(second.date - first.date != timedelta(days=1) for first, second in pairwise(days)):
                    found.append(f"{where}: {[day.date for day in days]}")
                found += [f"{where}: {each}" for each in violations(saved.week, Rules.of(held, table))]
    await database.close()
    return found


class Duplicates:
    """Messages that came twice, by the end of a life that explains them."""

    def __init__(self, ends: Sequence[End]) -> None:
        self.by_end = [0] * len(ends)
        self.unexplained: list[str] = []
        self._ends = ends

    def add(self, chat_id: int, ids: Sequence[int], settled: int) -> None:
        """Compare a chat: the ids of all messages of the bot, and how many it noted as sent in all."""
        repeated = 0
        for number, end in enumerate(self._ends):
            came = sum(1 for each in ids if each <= end.last_message)
            in_flight = came - end.settled.get(chat_id, 0) - repeated
            if in_flight not in (0, 1):
                self.unexplained.append(f"chat {chat_id}, end {number}: {in_flight} messages not noted")
            self.by_end[number] += in_flight
            repeated += in_flight
        if len(ids) - settled != repeated:
            self.unexplained.append(f"chat {chat_id}: {len(ids)} came, {settled} noted, {repeated} explained")


async def duplicates(house: KilledHouse, people: Sequence[Person]) -> Duplicates:
    """Count them, chat by chat."""
    rows = await asyncio.to_thread(house.query, SETTLED)
    settled = {row["chat_id"]: row["n"] for row in rows}
    found = Duplicates(house.ends)
    for person in people:
        chat_id = FIRST_CHAT + person.phone.number
        ids = [message.id for message in await person.phone.history() if not message.out]
        found.add(chat_id, ids, settled.get(chat_id, 0))
    return found
