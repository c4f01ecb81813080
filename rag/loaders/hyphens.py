"""Words that were parted at the end of a line."""

import re
from collections.abc import Iterable

from nutrition.words import fold

_SOFT = "\xad"
_PARTED = re.compile(r"([^\W\d_]+)-$")
_BEGINS = re.compile(r"^([^\W\d_]+)")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")

_KEEPS = frozenset(
    "feira feiras se la lo las los lhe lhes me te nos vos o a os as na no nas nos ei ia ao".split()  # noqa: SIM905 -- a word list
)
"""What follows a hyphen that is spelt: weekdays, and pronouns that hang on verbs."""


class Joiner:
    """Joins lines. ``texts`` are those of the document: a compound it has elsewhere keeps its hyphen."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._compounds = {fold(match) for text in texts for match in _COMPOUND.findall(text)}

    def join(self, lines: Iterable[str]) -> str:
        """The lines as one, soft hyphens gone."""
        joined = ""
        for line in lines:
            joined = self._joined(joined, line.strip()) if joined else line.strip()
        return " ".join(joined.replace(_SOFT, "").split())

    def _joined(self, before: str, after: str) -> str:
        if before.endswith(_SOFT):
            before = before.rstrip(_SOFT) + "-"
        parted, begins = _PARTED.search(before), _BEGINS.match(after)
        if not parted or not begins:
            return f"{before} {after}"
        second = begins[1]
        if fold(f"{parted[1]}-{second}") in self._compounds or fold(second) in _KEEPS:
            return before + after
        if second[0].islower():
            return before[:-1] + after
        return before + after
