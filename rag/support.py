"""The stated test of what a model wrote from passages: a sentence stays only if a passage it cites supports it.

A passage supports a sentence when

1. at least ``LEAST_SHARED`` of the sentence's content stems stand in the passage or its section's title;
2. every number of the sentence stands in the passage ("1,4" and "1.4" are one number, "duas" is 2);
3. the sentence of the passage that shares most stems with it agrees about "não": both deny or advise against, or neither.
"""

import re
from collections.abc import Iterable, Sequence

from nutrition.numerals import with_digits
from nutrition.words import tokens
from rag.extract import Sentence, units
from rag.stems import stems
from storage.passages import Passage

LEAST_SHARED = 0.7
MOST_LETTERS = 320

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}\b)")
_DENIALS = re.compile(
    r"nao|nunca|jamais|nem|sem|evit\w*|proib\w*|exceto|fora|nenhum\w*|contra\w*|desaconselh\w*"
)
_UNITS = {
    "grama": "g",
    "gramas": "g",
    "quilo": "kg",
    "quilos": "kg",
    "mililitros": "ml",
    "miligramas": "mg",
    "calorias": "kcal",
    "minutos": "min",
}
_MARKUP = re.compile(r"[<>{}\[\]*#`|]|https?:|www\.")


def supported(sentences: Iterable[Sentence], passages: Sequence[Passage]) -> list[Sentence]:
    """Return the sentences that pass, each citing only the passages that support it."""
    kept = []
    for sentence in sentences:
        cited = [n for n in dict.fromkeys(sentence.sources) if 1 <= n <= len(passages)]
        if len(sentence.text) > MOST_LETTERS or _MARKUP.search(sentence.text):
            continue
        good = tuple(n for n in cited if supports(passages[n - 1], sentence.text))
        if good:
            kept.append(Sentence(sentence.text, good))
    return kept


def supports(passage: Passage, sentence: str) -> bool:
    """Whether one passage supports one sentence, by the test above; a sentence without content is never supported."""
    said = _content(sentence)
    if not said:
        return False
    stood = _content(f"{passage.section}\n{passage.text}")
    if len(said & stood) < LEAST_SHARED * len(said):
        return False
    if not numbers(sentence) <= numbers(f"{passage.section}\n{passage.text}"):
        return False
    return denies(sentence) == denies(_nearest(passage, said))


def _content(text: str) -> set[str]:
    """The content stems, with numbers in digits and units short: "dois gramas" is "2 g"."""
    words = (_UNITS.get(word, word) for word in tokens(with_digits(text)))
    return set(stems(" ".join(words)))


def numbers(text: str) -> set[str]:
    """The numbers of a text, in digits or words, written with a point: ``{"1.4", "2000"}``; "uma" counts for none."""
    written = {_one_way(match) for match in _NUMBER.findall(text)}
    return written | {_one_way(match) for match in _NUMBER.findall(with_digits(text))} - {"1"}


def _one_way(number: str) -> str:
    return _THOUSANDS.sub("", number).replace(",", ".")


def denies(text: str) -> bool:
    """Whether a sentence says no to something."""
    return any(_DENIALS.fullmatch(word) for word in tokens(text))


def _nearest(passage: Passage, said: set[str]) -> str:
    """The sentence or list item of the passage that shares most stems with ``said``."""
    parts = units(passage.text, passage.section)
    best = max(parts, key=lambda unit: len(said & _content(unit.text)), default=None)
    return f"{best.lead} {best.text}" if best else passage.text
