"""What processes that this room starts have in common: no token or key of the bot's."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""Where they run, so that they find the same code."""

_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "OPENBLAS_CORETYPE")
_SET = {"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def environment() -> dict[str, str]:
    """The environment of a child: what a program needs to start, and one thread of arithmetic."""
    return {key: os.environ[key] for key in _KEPT if key in os.environ} | _SET
