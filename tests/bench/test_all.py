"""One run of every benchmark: each bar is in the table, with a figure only when it was measured."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import __main__ as command
from bench._all import run
from bench._bars import BARS, STEPS, Bar, Step, measured
from bench._document import Outcome, document, table

PRINTED = """whole bot            34 updates/s, p50  237.5 ms, p95  330.0 ms, processor  9.42 ms a command
bare echo bot       112 updates/s, p50   67.8 ms, p95  103.4 ms, processor  2.22 ms a command
whole bot over echo bot: processor 4.23 (bar 1.5), time 3.34, p95 3.19
"""
STEP = next(step for step in STEPS if step.key == "handlers")


def of(step: str) -> Iterator[Bar]:
    return (bar for bar in BARS if bar.step == step)


def test_every_benchmark_runs_in_a_whole_run() -> None:
    assert {step.name for step in STEPS} == set(command.names())


def test_every_bar_names_a_benchmark_with_a_pattern_or_a_test_that_holds_it() -> None:
    keys = {step.key for step in STEPS}

    assert {bar.issue for bar in BARS} == {2, 3, 4, 5, 6, 7}
    assert all(bool(bar.pattern) == (bar.step in keys) for bar in BARS)


def test_figures_are_taken_from_what_was_printed() -> None:
    assert [measured(bar, PRINTED) for bar in of("handlers")] == ["4.23", "34 / 112", "330.0 / 103.4 ms"]


def test_the_table_has_a_line_a_bar_and_no_figure_that_was_not_measured() -> None:
    lines = table({"handlers": Outcome("python -m bench handlers", 1, 3.0, PRINTED)}).splitlines()

    assert len(lines) == len(BARS) + 2
    assert "| <= 1.5 | 4.23 | `python -m bench handlers` |" in "\n".join(lines)
    assert sum("not measured in this run" in line for line in lines) == sum(
        bar.step in {step.key for step in STEPS} - {"handlers"} for bar in BARS
    )


def test_a_benchmark_that_broke_gives_no_figure() -> None:
    page = document("x", {"handlers": Outcome("python -m bench handlers", 1, 3.0, "nothing")}, quick=True)

    assert "| not measured: it ended without this figure |" in page
    assert "A quick run" in page
    assert "Load average" in page


def test_without_its_files_retrieval_says_why_it_was_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    step = next(step for step in STEPS if step.files)

    outcome = run(step, [], quick=True, seconds=1)

    assert outcome.code is None
    assert "no file was named" in capsys.readouterr().out
    assert "not measured: the retrieval set is not part" in table({step.key: outcome})


def test_a_benchmark_runs_in_a_process_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run(Step("none", "retrieval"), [Path("never")], quick=True, seconds=60)

    assert (outcome.code, outcome.command) == (0, "python -m bench retrieval")
    assert "nothing measured" in capsys.readouterr().out


def test_unknown_names_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["nothing"]) == 2
    assert "usage" in capsys.readouterr().out
