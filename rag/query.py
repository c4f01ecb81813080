"""What a person asks, made ready for search: stems for the words, and the text for the embedder.

A word that the documents lack is taken for a typo when a word of theirs is one letter away (one changed, missing,
added, or two swapped). Accents left out are put back as the documents write them, for the embedder's sake. Words that
only ask ("posso", "preciso") are left out, and other words for the same thing are looked for too (``rag.thesaurus``).
"""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nutrition.words import fold
from rag.stems import stem, words
from rag.thesaurus import Other, Thesaurus, plain
from storage import passages
from storage.driver import Connection
from storage.passages import Word

SHORTEST_TYPO = 4
"""Letters of the shortest word that is corrected: shorter ones are one letter away from too many others."""

MOST_WORDS = 64
"""Distinct words of a question that are searched; the rest of a longer text is left out."""

QUESTION_WORDS = frozenset(
    """
    pode podem posso podemos poder poderia podia devo deve devem dever deveria preciso precisa precisam precisar
    quero quer querem queria querer gostaria faz fazem faco fazer fiz fica fico ficam ficar ta to tou vou vai vamos ir
    vc vcs pq q oq eh tb tbm existe existem sei sabe saber saiba diz dizer significa chego chega chegar tipo coisa
    jeito verdade gente app bot cardapio acho acha achar encontro encontrar vale pena certo direito errado problema
    bom boa bem mal normal melhor pior seria daria algum alguma alguns algumas
    """.split()  # noqa: SIM905 -- one word a line would be a page
)
"""Words of questions that say nothing about what is asked; left out where other words remain."""

_MOST_CORRECTIONS = 2
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the question: its stem (or those of what it was a typo of), and the stems of other words for it."""

    own: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def stems(self) -> tuple[str, ...]:
        """All that stand for it."""
        return (*self.own, *self.others)


@dataclass(frozen=True, slots=True)
class Query:
    """``stems`` are the words to look for, maybe none; ``text`` is for the embedder."""

    stems: tuple[str, ...]
    text: str
    concepts: tuple[Concept, ...] = ()


async def understand(conn: Connection, text: str, owners: Sequence[int]) -> Query:
    """Return the query for a text against the vocabulary of these owners."""
    thesaurus = await asyncio.to_thread(Thesaurus.load)
    asked = telling(dict(words(text)[:MOST_WORDS]))
    known = await passages.words_with_stems(conn, owners, {stem(word) for word in asked})
    known_stems = {word.stem for word in known}
    unknown = [word for word in asked if stem(word) not in known_stems]
    typos = [word for word in unknown if _may_be_typo(word) and not thesaurus.knows(word)]
    corrections = await _corrections(conn, typos, owners, thesaurus)
    spellings = {word.word: word.spelling for word in known}
    spellings |= {word: others[0].spelling for word, others in corrections.items()}
    respelt = respell(text, spellings)
    named = [*unknown, *(other.word for others in corrections.values() for other in others)]
    also = thesaurus.others(respelt, named)
    concepts = [_concept(word, corrections.get(word, ()), also) for word in asked]
    return Query(
        tuple(dict.fromkeys(s for concept in concepts for s in concept.stems)), respelt, tuple(concepts)
    )


def _concept(word: str, corrected: Sequence[Word], others: Iterable[Other]) -> Concept:
    """What stands for one word: itself or what it was a typo of, and other words for it."""
    own = dict.fromkeys([other.stem for other in corrected] or [stem(word)])
    names = {plain(word), *(plain(other.word) for other in corrected)}
    more = dict.fromkeys(stem(found) for other in others if names & set(other.said) for found in other.words)
    return Concept(tuple(own), tuple(root for root in more if root not in own))


def telling(asked: Iterable[str]) -> list[str]:
    """Return the folded words that tell what is asked; all of them when none does."""
    listed = list(asked)
    return [word for word in listed if word not in QUESTION_WORDS] or listed


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
    conn: Connection, unknown: Sequence[str], owners: Sequence[int], thesaurus: Thesaurus
) -> dict[str, list[Word]]:
    """The words to search instead of each unknown one; those without any are left out."""
    if not unknown:
        return {}
    lengths = [len(word) for word in unknown]
    choices = await passages.words_of_length(conn, owners, min(lengths) - 1, max(lengths) + 1)
    near = await asyncio.to_thread(one_letter_away, unknown, [*choices, *thesaurus.words.difference(choices)])
    wanted = {word for others in near.values() for word in others}
    found = {word: Word(word, stem(word), word, 0) for word in wanted & thesaurus.words}
    found |= {word.word: word for word in await passages.vocabulary(conn, owners, wanted)}
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
