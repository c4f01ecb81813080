"""Answers made of the documents' own sentences: those of the best passages that say most of what was asked."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rag.chunker import BETWEEN
from rag.evidence import Evidence, coverage
from rag.query import Query
from rag.search import Hit
from rag.stems import stems

MOST_SENTENCES = 5
MOST_CHARACTERS = 700
"""Of a whole answer."""

WINDOW = 3
LIST_ITEMS = 3
"""Sentences or items of a list that the best passage gives."""

OTHER_PASSAGES = 0.6
MOST_OTHERS = 2
"""Coverage at which a sentence of another passage joins the answer of the best one, and how many may."""

_TITLE_ADDS = 0.15
"""Coverage that a section's title must add for a sentence to be led in by it."""

_FIT = 1.0
_TITLE = 0.8
"""Weight of the passage's own score, and of a question's word that only the section's title has."""

_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-ú]|\d|[\"“(*])")
_ITEM = re.compile(r"^(?:-|\d+\.)\s+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_REFERENCES = re.compile(r"^\W*Fontes?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and the numbers of its sources, counted from 1."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or an item of a list, as it stands in a passage. ``lead`` introduces an item, else it is empty.

    ``own`` and ``titled``: how much of the question it covers alone, and together with the titles of its section.
    """

    hit: int
    place: int
    text: str
    lead: str = ""
    own: float = 0.0
    titled: float = 0.0
    score: float = 0.0


def units(text: str, section: str, hit: int = 0) -> list[Unit]:
    """Cut a passage into sentences and items of lists; the references at its end are left out."""
    found: list[Unit] = []
    lead = title = title_of(section)
    for line in text.split("\n"):
        plain = _EMPHASIS.sub("", line).strip()
        if not plain or _REFERENCES.match(plain):
            continue
        if _ITEM.match(plain):
            if found and not found[-1].lead and found[-1].text.endswith(":"):
                found.pop()  # it stands before each item
            item = _ITEM.sub("", plain).rstrip(" ;.")
            found.append(Unit(hit, len(found), item, lead))
            continue
        sentences = _END.split(plain)
        found += [Unit(hit, len(found) + at, sentence) for at, sentence in enumerate(sentences)]
        lead = sentences[-1].rstrip(":") if sentences[-1].endswith(":") else title
    return found


def best_sentences(
    query: Query, evidence: Evidence, hits: Sequence[Hit], allowed: Callable[[str], bool]
) -> list[Sentence]:
    """Return two to five sentences of the hits that answer the question; sources are places of hits, from 1.

    The best passage gives its best sentence and what stands around it; other passages give a sentence each when it has
    at least half of what was asked. Sentences and items that are not ``allowed`` count as not there. Fewer than two only when the
    passages have no more; none for no hits.
    """
    scored = [unit for at, hit in enumerate(hits) for unit in _scored(query, evidence, at, hit)]
    scored = [unit for unit in scored if allowed(f"{unit.lead} {unit.text}")]
    if not scored:
        return []
    best = max(scored, key=lambda unit: (unit.score, -unit.hit, -unit.place))
    chosen = _around(best, [unit for unit in scored if unit.hit == best.hit])
    tops = (
        max((unit for unit in scored if unit.hit == at), key=lambda unit: unit.score)
        for at in dict.fromkeys(unit.hit for unit in scored)
        if at != best.hit
    )
    chosen += [unit for unit in tops if unit.own >= OTHER_PASSAGES][:MOST_OTHERS]
    return _written(_led_in(chosen, hits))


def _scored(query: Query, evidence: Evidence, at: int, hit: Hit) -> list[Unit]:
    """The units of one passage with how well each answers."""
    section = hit.passage.section
    made = []
    for unit in units(hit.passage.text, section, at):
        own = _covered(query, evidence, unit.text)
        titled = _covered(query, evidence, f"{unit.text} {unit.lead} {section}")
        score = own + _TITLE * (titled - own) + _FIT * hit.score
        made.append(replace(unit, own=own, titled=titled, score=score))
    return made


def _covered(query: Query, evidence: Evidence, text: str) -> float:
    return coverage(query, evidence.weights, stems(text))


def _around(best: Unit, passage: Sequence[Unit]) -> list[Unit]:
    """The best unit with its neighbours: of a list its best items, of a text what follows, or else what came before."""
    if best.lead:
        items = [unit for unit in passage if unit.lead == best.lead]
        top = sorted(items, key=lambda unit: -unit.score)[:LIST_ITEMS]
        return sorted(top, key=lambda unit: unit.place)
    sentences = [unit for unit in passage if not unit.lead]
    at = sentences.index(best)
    starts = range(max(0, at - WINDOW + 1), max(0, min(at, len(sentences) - WINDOW)) + 1)
    start = max(starts, key=lambda first: (sum(u.own for u in sentences[first : first + WINDOW]), first))
    return sentences[start : start + WINDOW]


def title_of(section: str) -> str:
    """The last title of a section's path, without the number it may have."""
    return _ITEM.sub("", section.rsplit(BETWEEN, maxsplit=1)[-1])


def _led_in(chosen: Sequence[Unit], hits: Sequence[Hit]) -> list[Unit]:
    """Put the subsection's title before the first sentence of a passage where the title tells what it is about."""
    seen: set[int] = set()
    made = []
    for unit in chosen:
        section = hits[unit.hit].passage.section
        first = unit.hit not in seen
        seen.add(unit.hit)
        if first and not unit.lead and BETWEEN in section and unit.titled - unit.own >= _TITLE_ADDS:
            title = title_of(section)
            made.append(
                replace(unit, text=f"{title} {unit.text}" if title.endswith("?") else f"{title}: {unit.text}")
            )
        else:
            made.append(unit)
    return made


def _written(chosen: Iterable[Unit]) -> list[Sentence]:
    """Join the items of one list into a sentence, keep the limits, leave out repeats."""
    joined: list[Unit] = []
    for unit in chosen:
        last = joined[-1] if joined else None
        if last is not None and unit.lead and (last.lead, last.hit) == (unit.lead, unit.hit):
            joined[-1] = replace(last, text=f"{last.text}; {unit.text[:1].lower()}{unit.text[1:]}")
        else:
            joined.append(unit)
    sentences: list[Sentence] = []
    used = 0
    for unit in joined[:MOST_SENTENCES]:
        text = f"{unit.lead}: {unit.text}" if unit.lead else unit.text
        text = text if text.endswith((".", "!", "?", "…")) else text.rstrip(":;, ") + "."
        used += len(text)
        if any(text == other.text for other in sentences) or (sentences and used > MOST_CHARACTERS):
            continue
        sentences.append(Sentence(text, (unit.hit + 1,)))
    return sentences
