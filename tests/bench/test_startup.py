"""The benchmark of starts weighs processes, and a start of the real bot answers who waited."""

import os

import pytest

from bench.startup import main, weigh


def test_a_process_is_weighed_apart_from_its_helpers() -> None:
    weight = weigh(os.getpid())

    assert weight.bot > 10
    assert weight.total == weight.bot + weight.helpers


@pytest.mark.slow
def test_a_start_is_timed_and_the_bot_weighed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-n", "1", "--people", "1"]) == 0

    printed = capsys.readouterr().out
    assert printed.count("start to first answer") == 2
    assert printed.count("MB (bot") == 2
