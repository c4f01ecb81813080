"""Running heads, feet and page numbers: what stands in the same place on most pages is dropped."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from nutrition.words import fold
from rag.loaders.pdf_text import PageText, Segment

_ZONE = 0.1
"""Part of the page's height, above and below, in which they stand."""

_FEWEST_PAGES = 4
"""On fewer a line in the same place may be a title that comes again ("Café da manhã")."""

_MOST = 0.5
_ALTERNATING = 0.35
"""Part of the pages: left and right pages may have heads of their own, chapters their titles."""

_NUMBER = re.compile(r"^\W*(?:p(?:ag(?:ina)?)?\b\.?\s*)?\d{1,4}(?:\s*(?:/|de|of)\s*\d{1,4})?\W*$")
_DIGITS = re.compile(r"\d+")


def without_running_heads(pages: Sequence[PageText]) -> list[PageText]:
    """The pages without page numbers and, in a document of four pages or more, what comes again in its margins."""
    running: set[tuple[str, int]] = set()
    if len(pages) >= _FEWEST_PAGES:
        places = Counter(place for page in pages for place in {_place(s) for s in _marginal(page)})
        limit = max(2, (_ALTERNATING if len(pages) >= 2 * _FEWEST_PAGES else _MOST) * len(pages))
        running = {place for place, times in places.items() if times >= limit}
    cleaned = []
    for page in pages:
        dropped = {id(s) for s in _marginal(page) if _NUMBER.match(fold(s.text)) or _place(s) in running}
        cleaned.append(replace(page, segments=tuple(s for s in page.segments if id(s) not in dropped)))
    return cleaned


def _marginal(page: PageText) -> list[Segment]:
    head, foot = page.height * _ZONE, page.height * (1 - _ZONE)
    return [s for s in page.segments if s.bottom <= head or s.top >= foot]


def _place(segment: Segment) -> tuple[str, int]:
    """What the segment says, numbers aside, and where: to the next few points."""
    return _DIGITS.sub("#", fold(segment.text)), round(segment.top / 6)
