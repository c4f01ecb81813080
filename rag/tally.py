"""Counts of what happened since the program started, for the operator: outcomes of requests, citations removed."""

from collections import Counter
from collections.abc import Mapping


class Tally:
    """Named counters that only grow. Names are constants of the code ("GeminiAway", "invented_citations")."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str, count: int = 1) -> None:
        """Count ``name`` ``count`` times more; 0 leaves no trace."""
        if count:
            self._counts[name] += count

    def counts(self) -> Mapping[str, int]:
        """A copy of what was counted so far."""
        return dict(self._counts)
