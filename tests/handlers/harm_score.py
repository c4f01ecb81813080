"""How well it is understood what does a person harm, beside a change or not, each sentence through the whole conversation.

``python -m tests.handlers.harm_score FILE.csv`` prints what was right, what was only asked about (and the change beside it
done), what was missed, and what was done that was not asked. The columns are those of ``talk_score``, with ``after``, which is said before the
sentence, and ``excluded``: what is held from then on ("leite=intolerancia|alergia", "*" any strength, "?" only asked
about, nothing when empty). What goes out beside it (molluscs with crustaceans) is held too.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nutrition.person import Restriction
from storage import profiles
from tests.handlers.changer import ANA, Changer
from tests.handlers.talk_score import Heard, Row, Score, is_right, judged, rows_of

BESIDE = {"crustaceos": {"moluscos"}, "leite": {"lactose"}, "oleaginosas": {"castanhas", "nozes"}}
ASKED = "restricao_entendi"
"""The screen that asks whether something is to be excluded."""


async def heard(phone: Changer, row: Row) -> tuple[Heard, tuple[Restriction, ...]]:
    """What the bot does with a sentence, everything as it was before, and what is excluded then."""
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        for table in ("change_orders", "restrictions"):
            await tx.execute(f"DELETE FROM {table}")
        await profiles.save(tx, person.id, ANA, phone.now)
    await phone.say(row["after"] or "/hoje")
    before = len(phone.messages)
    await phone.say(row["sentence"])
    async with phone.database.reader() as conn:
        profile = await profiles.get(conn, person.id)
    assert profile is not None
    screens = [message.screen for message in phone.messages[before:]]
    held = await phone.restrictions()
    return Heard(await phone.orders(), screens, profile.meals_per_day, bool(held)), held


def holds(wanted: str, held: Sequence[Restriction], screens: Sequence[str]) -> bool:
    """Whether just what is wanted is held, or asked about."""
    if wanted == "?":
        return not held and ASKED in screens
    asked = dict(each.split("=") for each in wanted.split(",")) if wanted else {}
    got = {item.code: item.strength.value for item in held}
    allowed = set(asked).union(*(BESIDE.get(code, set()) for code in asked))
    return set(got) <= allowed and all(
        code in got and (strength == "*" or got[code] in strength.split("|"))
        for code, strength in asked.items()
    )


async def score(phone: Changer, rows: Sequence[Row]) -> Score:
    """How ``rows`` are understood on a settled phone; those that were only ``asked`` about are not among the right."""
    result = Score(0, 0, [], [])
    for row in rows:
        got, held = await heard(phone, row)
        changes = replace(got, restricted=False)
        if holds(row["excluded"], held, got.screens) and is_right(row, changes):
            result.right += 1
            continue
        if row["excluded"] and not held and ASKED in got.screens and is_right(row, changes):
            result.asked += 1
            continue
        told = ", ".join(f"{item.code}={item.strength.value}" for item in held)
        expected = " ".join(row[name] for name in row if name not in {"sentence", "after"}).strip()
        line = f"{row['sentence']}\n      expected {expected}; got [{told}] {changes.told} {got.screens}"
        vain = held and not row["excluded"]
        done = not changes.changes_nothing and not is_right(row, changes)
        (result.wrong if vain or done else result.missed).append(line)
    return result


async def _main(path: Path) -> None:
    rows = rows_of(path)
    result = await judged(rows, score)
    print(
        f"{result.right} right, {result.asked} asked about, {len(result.wrong)} wrong, {len(result.missed)} missed of {len(rows)}",
    )


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
