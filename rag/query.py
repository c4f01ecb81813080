"""What a person asks, made ready for search: stems for the words, and the text for the embedder.

A word that the documents lack is taken for a typo when a word of theirs is one letter away (one changed, missing,
added, or two swapped). Accents left out are put back as the documents write them, for the embedder's sake.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nutrition.words import fold
from rag.stems import stem, words
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
    """``stems`` are the words to look for, maybe none; ``text`` is for the embedder."""

    stems: tuple[str, ...]
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
    return Query(tuple(dict.fromkeys(wanted)), respell(text, spellings))


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
    """The words to search instead of each unknown one; those without any are left out."""
    if not unknown:
        return {}
    lengths = [len(word) for word in unknown]
    choices = await passages.words_of_length(conn, owners, min(lengths) - 1, max(lengths) + 1)
    near = await asyncio.to_thread(one_letter_away, unknown, choices)
    found = {
        word.word: word
        for word in await passages.vocabulary(conn, owners, {w for ws in near.values() for w in ws})
    }
    return {word: best(word, [found[other] for other in others]) for word, others in near.items() if others}


def one_letter_away(words: Sequence[str], choices: Sequence[str]) -> dict[str, list[str]]:
    """Return for each word the choices one edit away: a letter changed, missing, added, or two swapped (blocking)."""
    matches = {
        word: process.extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
        for word in words
    }
    return {
        word: [choice for choice, _, _ in dict.fromkeys(found) if _may_be_typo(choice)]
        for word, found in matches.items()
    }


def best(word: str, near: Sequence[Word]) -> list[Word]:
    """Return up to two of the words near ``word``, of different stems: same first letter first, then commonest."""
    ordered = sorted(near, key=lambda other: (other.word[0] != word[0], -other.chunks, other.word))
    by_stem: dict[str, Word] = {}
    for other in ordered:
        by_stem.setdefault(other.stem, other)
    return list(by_stem.values())[:_MOST_CORRECTIONS]
