"""Fuzzed updates through the real routing, worker and pump: every stored one ends done, each private message is answered,
nobody but who sent it is touched or told, Telegram takes all that is said, and /hoje works for everybody afterwards.

What is answered by rule with nothing: edits, groups that did not call us, kinds that were not asked for, and whatever
``handlers/transport/readable.py`` sets aside that is not a message of a person in their own chat.
"""

import os
from pathlib import Path
from random import Random

import pytest

from handlers.routing import TAPS, TAPS_1, TAPS_2, TAPS_3
from tests.handlers.fuzz.rounds import fuzz
from tests.handlers.fuzz.taps import HOSTILE, VERBS, Taps
from tests.handlers.fuzz.updates import Updates
from tests.handlers.fuzz.words import Words

SEED = int(os.environ.get("FUZZ_SEED", "20261124"))


async def test_some_hundred_fuzzed_updates_break_nothing_and_touch_nobody_else(tmp_path: Path) -> None:
    report = await fuzz(tmp_path, SEED, 400)
    assert not report.faults, report
    assert report.outcomes["done"] >= 370


@pytest.mark.slow
async def test_20_000_fuzzed_updates_break_nothing_and_touch_nobody_else(tmp_path: Path) -> None:
    report = await fuzz(tmp_path, SEED, 20_000)
    print(report)
    assert not report.faults, report
    assert set(report.outcomes) == {"done"}


def test_every_verb_of_the_tables_is_forged_with_every_hostile_argument() -> None:
    rng = Random(SEED)
    taps = Taps(rng, Words(rng))
    places = sum(count for _, count in VERBS) * len(HOSTILE)
    forged = {taps.dealt() for _ in range(places)}
    for table in (TAPS_1, TAPS_2, TAPS_3):
        for verb in table:
            assert any(data.startswith(f"{verb}:{HOSTILE[-1]}") for data in forged), verb
    assert {verb for verb, count in VERBS if not count} == set(TAPS)


def test_a_seed_gives_the_same_updates_again() -> None:
    once, again = Updates(Random(SEED)), Updates(Random(SEED))
    assert [once.one(7) for _ in range(200)] == [again.one(7) for _ in range(200)]
