"""The benchmark of growth makes whole people and times what it says."""

import pytest

from bench.growth import SAID, main


def test_a_small_run_times_each_turn_among_few_and_many(capsys: pytest.CaptureFixture[str]) -> None:
    main(["-n", "30", "--few", "10", "--samples", "1"])

    printed = capsys.readouterr().out
    assert "10 people: file" in printed
    assert "30 people: file" in printed
    for words in (*SAID, "search (words)", "tick, nobody due", "tick, 200 due", "worst ratio"):
        assert words in printed
