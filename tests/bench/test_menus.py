"""The menu benchmark runs, and what it judges by is not what the planner plans by."""

import random

import pytest

from bench._people import COMBINATIONS, profiles, restriction_sets
from bench.menus import main
from nutrition.restrictions.ontology import Ontology


def test_a_small_run_prints_every_figure_and_finds_nothing_broken(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-n", "4", "--seed", "3"]) == 0
    printed = capsys.readouterr().out
    for words in ("mean error", "% of days", "% of weeks", "broken restrictions 0", "p95", "greedy baseline"):
        assert words in printed


def test_every_restriction_and_two_hundred_combinations_are_served() -> None:
    sets = restriction_sets(random.Random(1))
    alone = {item[0] for item in sets if len(item) == 1}
    assert {kind.code for kind in Ontology.load() if not kind.refer} <= alone
    assert len(sets) >= COMBINATIONS + len(alone) - 1


def test_profiles_are_seeded() -> None:
    assert list(profiles(5, 2)) == list(profiles(5, 2))
    assert list(profiles(5, 2)) != list(profiles(5, 3))
