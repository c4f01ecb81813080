"""What processes that this room starts have in common: no token or key of the bot's, and they go before it."""

import os
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""Where they run, so that they find the same code."""

_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "OPENBLAS_CORETYPE")
_SET = {"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def environment() -> dict[str, str]:
    """The environment of a child: what a program needs to start, and one thread of arithmetic."""
    return {key: os.environ[key] for key in _KEPT if key in os.environ} | _SET


def first_to_go() -> None:
    """Where memory ends (a container's, a unit's) the kernel ends this process, and not the bot."""
    with suppress(OSError):  # Linux only
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
