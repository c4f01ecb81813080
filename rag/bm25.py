"""BM25 over the indexes of several owners as if they were one.

FTS5 knows one index at a time: in a person's three pages every word is common, so its scores there are far below
those of the guide. Scored anew with the counts of all, they can be compared.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from rag.fusion import TITLE_WEIGHT
from rag.stems import match_any
from storage import passages
from storage.driver import Connection
from storage.passages import Kind, Scored, Stems

K1, B = 1.2, 0.75  # as in FTS5
_LEAST = 1e-6  # FTS5's weight of a word that more than half of the chunks have


async def find(
    conn: Connection, owners: Sequence[int], stems: Sequence[str], limit: int, kind: Kind | None
) -> list[Scored]:
    """Return up to ``limit`` chunks of each owner that have any of ``stems``, best first.

    The scores are FTS5's own when there is one owner, and its formula over all the owners' chunks when there are more.
    """
    found = {
        owner: await passages.by_words(
            conn, owner, match_any(stems), limit, title_weight=TITLE_WEIGHT, kind=kind
        )
        for owner in owners
    }
    if len(owners) == 1:
        return list(found[owners[0]])
    total, having = 0, Counter[str]()
    texts: dict[int, Stems] = {}
    for owner, hits in found.items():
        chunks, counts = await passages.frequencies(conn, owner, stems)
        total += chunks
        having.update(counts)
        if hits:
            texts |= await passages.stems_of(conn, owner, [hit.chunk_id for hit in hits])
    return score(texts, stems, total, having)


def score(
    texts: Mapping[int, Stems], stems: Sequence[str], total: int, having: Mapping[str, int]
) -> list[Scored]:
    """Score the stemmed ``texts`` by chunk id; ``having`` counts the chunks, of ``total``, that have each stem.

    The mean length is that of ``texts``: FTS5 does not tell that of an index.
    """
    words = {chunk_id: (text.title.split(), text.body.split()) for chunk_id, text in texts.items()}
    lengths = {chunk_id: len(title) + len(body) for chunk_id, (title, body) in words.items()}
    mean = sum(lengths.values()) / max(len(lengths), 1) or 1.0
    weights = {
        stem: max(math.log((total - having[stem] + 0.5) / (having[stem] + 0.5)), _LEAST) for stem in stems
    }
    scored = []
    for chunk_id, (title, body) in words.items():
        in_title, in_body = Counter(title), Counter(body)
        length = K1 * (1 - B + B * lengths[chunk_id] / mean)
        total_score = 0.0
        for stem, weight in weights.items():
            often = TITLE_WEIGHT * in_title[stem] + in_body[stem]
            total_score += weight * often * (K1 + 1) / (often + length)
        scored.append(Scored(chunk_id, total_score))
    return sorted(scored, key=lambda hit: (-hit.score, hit.chunk_id))
