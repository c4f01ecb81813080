"""What a person asks, made ready for search: stems for the words, and the text for the embedder.

A word that the documents lack is taken for a typo when a word of theirs is one letter away (one changed, missing,
added, or two swapped). Accents left out are put back as the documents write them, for the embedder's sake.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from nutrition.words import fold
from rag.stems import match_any, stem, words
from storage import passages
from storage.driver import Connection
from storage.passages import Word

SHORTEST_TYPO = 4
"""Letters of the shortest word that is corrected: shorter ones are one letter away from too many others."""

MOST_WORDS = 64
"""Distinct words of a question that are searched; the rest of a longer text is left out."""

_MOST_CORRECTIONS = 2
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """``match`` is an FTS5 query ("" when there is nothing to look for), ``text`` is for the embedder."""

    match: str
    text: str


async def understand(conn: Connection, text: str, owners: Sequence[int]) -> Query:
    """Return the query for a text against the vocabulary of these owners."""
    asked = dict(words(text)[:MOST_WORDS])
    stems = {folded: stem(folded) for folded in asked}
    known = await passages.words_with_stems(conn, owners, set(stems.values()))
    known_stems = {word.stem for word in known}
    unknown = [word for word, root in stems.items() if root not in known_stems and _may_be_typo(word)]
    corrections = await _corrections(conn, unknown, owners)
    wanted: list[str] = []
    for word, root in stems.items():
        wanted += [other.stem for other in corrections.get(word, ())] or [root]
    spellings = {word.word: word.spelling for word in known}
    spellings |= {word: others[0].spelling for word, others in corrections.items()}
    return Query(match_any(wanted), respell(text, spellings))


def respell(text: str, spellings: Mapping[str, str]) -> str:
    """Return the text with its words spelt as ``spellings`` (by folded word) says; words with accents stay."""

    def spelt(match: re.Match[str]) -> str:
        written = match[0].casefold()
        folded = fold(written)
        return match[0] if written != folded else spellings.get(folded, match[0])

    return _WORD.sub(spelt, text)


def _may_be_typo(word: str) -> bool:
    return len(word) >= SHORTEST_TYPO and not any(char.isdigit() for char in word)


async def _corrections(
    conn: Connection, unknown: Sequence[str], owners: Sequence[int]
) -> dict[str, list[Word]]:
    if not unknown:
        return {}
    lengths = [len(word) for word in unknown]
    vocabulary = await passages.words_of_length(conn, owners, min(lengths) - 1, max(lengths) + 1)
    found = {word: nearest(word, vocabulary) for word in unknown}
    return {word: others for word, others in found.items() if others}


def nearest(word: str, vocabulary: Sequence[Word]) -> list[Word]:
    """Return up to two words one letter away, those with the same first letter and the commonest first."""
    near = [
        other
        for other in vocabulary
        if abs(len(other.word) - len(word)) <= 1
        and _may_be_typo(other.word)
        and OSA.distance(word, other.word, score_cutoff=1) <= 1
    ]
    near.sort(key=lambda other: (other.word[0] != word[0], -other.chunks, other.word))
    distinct = {other.stem: other for other in reversed(near)}
    return [other for other in near if distinct[other.stem] is other][:_MOST_CORRECTIONS]
