"""Rounds of fuzzed updates: a few people send some fifty, interleaved; then all is looked at, everybody else's above all."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from handlers.transport.intake import chat_of
from tests.handlers.fuzz.judge import Judge, judging, rows_of
from tests.handlers.fuzz.town import ASKED, SETTLED, Town, open_town
from tests.handlers.fuzz.updates import Updates

UPDATES_A_ROUND = 50
SECONDS_A_ROUND = 240
FIRST_STRANGER = 500
ONBOARDING = (
    "/start",
    "concordo",
    "perder gordura",
    "feminina",
    "34",
    "1,68",
    "72,5",
    "pular",
    "médio",
    "5",
    "nenhuma",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it: updates sent, what was wrong with them, turns by outcome, milliseconds of a turn."""

    seed: int
    sent: int
    faults: list[str]
    outcomes: dict[str, int]
    p50: float
    p95: float

    def __str__(self) -> str:
        outcomes = ", ".join(f"{count} {name}" for name, count in sorted(self.outcomes.items()))
        head = f"seed {self.seed}: {self.sent} updates, turns: {outcomes}; p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms"
        return "\n".join([head, f"{len(self.faults)} faults", *self.faults[:20]])


class Rounds:
    """``faults`` grows by what each round did wrong, with the updates that did it."""

    def __init__(self, town: Town, judge: Judge, updates: Updates, rng: Random) -> None:
        self._town = town
        self._judge = judge
        self._updates = updates
        self._rng = rng
        self._stranger = FIRST_STRANGER
        self.faults: list[str] = []
        self.sent = 0

    async def play(self, count: int) -> None:
        """One round of ``count`` updates."""
        actors = await self._actors()
        await self._town.quiet()
        await self._judge.faults(range(1, 10**6), [])
        batch = [self._updates.one(self._rng.choice(actors)) for _ in range(count)]
        batch += [self._updates.again(self._rng.choice(batch)) for _ in range(count // 16)]
        mine = {*actors, *(-(1000 + chat_id) for chat_id in actors), *_speakers(batch)}
        before = await rows_of(self._town.database, mine)
        await self._town.deliver(batch)
        await self._town.quiet()
        self.sent += len(batch)
        found = await self._judge.faults(mine, batch[:count])
        after = await rows_of(self._town.database, mine)
        found += [
            f"changed for {key}, who did nothing"
            for key in {**before, **after}
            if before.get(key) != after.get(key)
        ]
        if found:
            self.faults += found
            self._blame(found, batch)

    async def everybody_is_served(self) -> None:
        """After it all: /hoje shows everybody their day."""
        for chat_id in SETTLED:
            await self._town.settle(chat_id)
            await self._town.deliver([self._updates.text(chat_id, "/hoje")])
        await self._town.quiet()
        said = {
            shown.chat_id
            for shown in self._town.telegram.shown
            if "kcal" in shown.words or "Almoço" in shown.words
        }
        self.faults += [f"/hoje shows {chat_id} nothing" for chat_id in SETTLED if chat_id not in said]
        self.faults += await self._judge.faults(SETTLED, [])

    async def _actors(self) -> list[int]:
        """One to three people of this round, one of them perhaps new, each brought to where the round finds them."""
        self._town.clock.at += np.timedelta64(SECONDS_A_ROUND, "s").item()
        self._stranger += 1
        chosen = self._rng.sample(
            (*SETTLED, *SETTLED, *ASKED, self._stranger), self._rng.choice((1, 1, 2, 3))
        )
        actors = list(dict.fromkeys(chosen))
        self._updates.taps.ids = await self._ids()
        for chat_id in actors:
            if chat_id in SETTLED and self._rng.random() < 0.3:
                await self._town.settle(chat_id)
            if chat_id in ASKED:
                said = ONBOARDING[: self._rng.randrange(1, len(ONBOARDING) + 1)]
                await self._town.deliver([self._updates.text(chat_id, text) for text in said])
        return actors

    async def _ids(self) -> list[str]:
        """Ids of rows of anybody, to be asked for by anybody."""
        found: set[int] = {1}
        async with self._town.database.reader() as conn:
            for table in (
                "people",
                "weeks",
                "jobs",
                "documents",
                "chunks",
                "changes",
                "weights",
                "restrictions",
            ):
                rows = await conn.fetch_all(f"SELECT id FROM {table} ORDER BY id DESC LIMIT 12")
                found |= {int(row["id"]) for row in rows}
        return [str(number) for number in sorted(found)]

    def _blame(self, found: list[str], batch: list[Any]) -> None:
        """Name the updates that faults point to by id."""
        for update in batch:
            marks = (f"'update_id': {update.get('update_id')},", f'"update_id": {update.get("update_id")},')
            if any(mark in fault for fault in found for mark in marks):
                self.faults.append(f"it was: {update!r}")


def _speakers(batch: Collection[Any]) -> set[int]:
    """The chats of people whose own updates these say to be: damage to two ids at once can make it one never seen before."""
    found = set[int]()
    for update in batch:
        senders = [each.get("from") for each in update.values() if isinstance(each, dict)]
        chat_id = chat_of(update)
        if chat_id is not None and any(isinstance(s, dict) and s.get("id") == chat_id for s in senders):
            found.add(chat_id)
    return found


async def fuzz(folder: Path, seed: int, count: int, *, stop_at: int = 1) -> Report:
    """Send about ``count`` updates drawn with ``seed``; ends early after a round when ``stop_at`` faults were found."""
    rng = Random(seed)
    updates = Updates(rng, (*SETTLED, *ASKED))
    async with open_town(folder, updates.taps.see) as town:
        with judging(town) as judge:
            rounds = Rounds(town, judge, updates, rng)
            while rounds.sent < count and len(rounds.faults) < stop_at:
                await rounds.play(min(UPDATES_A_ROUND, count))
            if not rounds.faults:
                await rounds.everybody_is_served()
            p50, p95 = np.percentile(judge.milliseconds or [0.0], [50, 95]).tolist()
            return Report(seed, rounds.sent, rounds.faults, dict(judge.outcomes), p50, p95)
