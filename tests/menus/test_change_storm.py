"""After random swaps, edits, locks, skips, copies and undos: restrictions, targets, locks and the shopping list hold."""

from pathlib import Path

import pytest

from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from tests.menus.change_storm import storm

PEOPLE: tuple[tuple[tuple[str, ...], Goal, int], ...] = (
    ((), Goal.PERDER, 5),
    (("gluten", "leite"), Goal.MANTER, 5),
    (("vegano",), Goal.PERDER, 4),
    (("lactose", "sem_porco"), Goal.GANHAR, 6),
    (("amendoim", "peixes"), Goal.MANTER, 3),
)

EACH = 1000 // len(PEOPLE)


def person(codes: tuple[str, ...], goal: Goal, meals: int) -> Profile:
    held = tuple(Restriction(code, Strength.INTOLERANCIA, code) for code in codes)
    return Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, goal, meals, restrictions=held)


async def test_restrictions_targets_locks_and_the_list_hold_after_random_changes(tmp_path: Path) -> None:
    async with storm(tmp_path / "storm.db", person(*PEOPLE[1]), 2) as one:
        for _ in range(20):
            await one.step()
    assert sum(one.seen.values()) >= 20 and one.seen["undo"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(PEOPLE)))
async def test_they_hold_after_a_thousand(tmp_path: Path, number: int) -> None:
    async with storm(tmp_path / "storm.db", person(*PEOPLE[number]), 20 + number) as one:
        while one.done < EACH:
            await one.step()
    print(one.done, dict(sorted(one.seen.items())))
    assert one.seen["undo"] > 20 and one.seen["lock"] > 5 and one.seen["skip"] > 0
