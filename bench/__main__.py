"""``python -m bench NAME [options]`` runs one benchmark; ``python -m bench all`` runs each and writes the page."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path


def names() -> list[str]:
    """The benchmarks: the modules of this folder that have a ``main``, underscored helpers aside."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def load(name: str) -> Callable[[list[str]], int]:
    """Return ``main`` of one benchmark: takes the options, returns an exit code."""
    main: Callable[[list[str]], int] = importlib.import_module(f"bench.{name}").main
    return main


def run(argv: list[str]) -> int:
    """Run what was asked; 2 for a name that does not exist."""
    if not argv or argv[0] not in {*names(), "all"}:
        print(f"usage: python -m bench NAME [options]; NAME is all, {', '.join(names())}")
        return 2
    if argv[0] == "all":
        from bench import _all

        return _all.main(argv[1:])
    return load(argv[0])(argv[1:])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
