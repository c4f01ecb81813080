"""``python -m bench all [--quick [--whole NAME ...]] [--only NAME ...] [--retrieval FILE ...]``: every benchmark, and docs/benchmarks.md.

Each runs in a process of its own, one after the other. The page is written again after each, so that a run that is
stopped leaves what it measured. A whole run takes about an hour on two cores, a quick one some minutes. The sets for
``retrieval`` are not part of this project: name them by ``--retrieval`` or RETRIEVAL_FILES (separated as PATH is).
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench._bars import STEPS, Step
from bench._document import Outcome, document

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"


def main(argv: Sequence[str]) -> int:
    """Run what was asked and write the page; returns the worst exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench all", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small numbers: some minutes")
    parser.add_argument("--only", nargs="+", choices=[step.key for step in STEPS], metavar="NAME", default=[])
    parser.add_argument(
        "--whole",
        nargs="+",
        choices=[step.key for step in STEPS],
        metavar="NAME",
        default=[],
        help="run these whole in a quick run",
    )
    parser.add_argument("--retrieval", nargs="+", type=Path, metavar="FILE", default=_files())
    parser.add_argument("--minutes", type=float, default=60.0, help="the most that one benchmark may take")
    parser.add_argument("--out", type=Path, default=PAGE)
    options = parser.parse_args(argv)
    outcomes: dict[str, Outcome] = {}
    command = "python -m bench all" + (" --quick" if options.quick else "")
    command += f" --whole {' '.join(options.whole)}" if options.whole else ""
    command += f" --only {' '.join(options.only)}" if options.only else ""
    for step in STEPS:
        if options.only and step.key not in options.only:
            continue
        outcomes[step.key] = run(
            step,
            options.retrieval,
            quick=options.quick and step.key not in options.whole,
            seconds=60 * options.minutes,
        )
        options.out.write_text(document(command, outcomes, quick=options.quick), encoding="utf-8")
    print(f"\nwritten: {options.out.name}")
    return max((1 if done.code is None else done.code) for done in outcomes.values())


def _files() -> list[Path]:
    return [Path(name) for name in os.environ.get("RETRIEVAL_FILES", "").split(os.pathsep) if name]


def run(step: Step, files: Sequence[Path], *, quick: bool, seconds: float) -> Outcome:
    """Run one benchmark, its words shown when it ends."""
    options = (step.quick if quick else step.full).split()
    named = [*(["FILE.json.gz"] if step.files else []), *options]
    command = " ".join(["python -m bench", step.name, *named])
    print(f"\n== {command} ==", flush=True)
    if step.files and not files:
        said = "the retrieval set is not part of this project and no file was named"
        print(said)
        return Outcome(command, None, 0.0, said)
    words = [sys.executable, "-m", "bench", step.name, *(str(path) for path in files if step.files), *options]
    began = time.monotonic()
    try:
        done = subprocess.run(  # noqa: S603 -- our own modules
            words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return Outcome(command, None, seconds, f"it was stopped after {seconds / 60:g} minutes")
    said = (
        done.stdout
        if done.returncode in (0, 1) and done.stdout.strip()
        else f"{done.stdout}\nit ended by an error"
    )
    print(said, done.stderr if done.returncode else "", flush=True)
    return Outcome(command, done.returncode, time.monotonic() - began, said)
