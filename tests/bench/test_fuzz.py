"""The benchmark of fuzzed updates: what it prints is what the table of bars looks for."""

import pytest

from bench._bars import BARS, measured
from bench.fuzz import main


@pytest.mark.slow
def test_a_small_fuzz_has_no_fault_and_gives_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    main(["-n", "150", "--samples", "12"])
    printed = capsys.readouterr().out
    faults, ratio = (measured(bar, printed) for bar in BARS if bar.step == "fuzz")
    assert faults is not None
    assert faults.startswith("0 / ")
    assert ratio is not None
