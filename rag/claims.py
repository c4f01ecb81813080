"""What a passage must speak of by itself to answer some questions, however near it is otherwise.

"Chá de hibisco seca a barriga?" is near a passage about teas, but only one that speaks of weight answers it; "quantas
calorias tem uma coxinha?" is answered only where the thing is named.
"""

import re
from collections.abc import Iterable, Sequence

from nutrition.words import tokens
from rag.query import QUESTION_WORDS
from rag.stems import stem, stems, words

Group = frozenset[str]
"""Stems of which a passage must have one."""

_WEIGHT = re.compile(
    r"\b(?:emagrec\w+|engord\w+|sec(?:a|am|ar|o|ando) (?:a |minha )?(?:barriga|gordura|pochete)|afin\w+ a? ?cintura"
    r"|perd\w+ (?:a )?(?:barriga|peso)|queim\w+ (?:a |mais )?gordura|acelera\w* o metabolismo|detona\w*|desincha\w*)\b"
)
_CURE = re.compile(r"\b(?:cura(?:m|r)?|combat\w+|previn\w+|previne\w*|elimina(?:m|r)?)\b")
_FIGURE = re.compile(
    r"\bquant\w+ (?:gramas? de |g de )?(?:calorias?|kcal|proteinas?|carboidratos?|carbo|gorduras?|fibras?|acucar\w*|sodio|sal)"
    r" (?:tem|ha|possui|contem|em|na|no|numa|num)\b (?P<after>.+)"
    r"|(?P<before>.+) (?:tem|ha|possui|contem) quant\w+ (?:gramas? de |g de )?"
    r"(?:calorias?|kcal|proteinas?|carboidratos?|carbo|gorduras?|fibras?|acucar\w*|sodio|sal)\b"
)
_SPEAKS_OF_WEIGHT: Group = frozenset(stems("emagrecer emagrece engorda engordar peso gordura"))
_SPEAKS_OF_CURE: Group = frozenset(stems("cura curar trata tratar previne prevenir combate protege evita"))


def must_say(question: str) -> tuple[Group, ...]:
    """Return the groups of stems that a passage must have one of each; none for most questions."""
    folded = " ".join(tokens(question))
    groups: list[Group] = []
    if _WEIGHT.search(folded):
        groups.append(_SPEAKS_OF_WEIGHT)
    if _CURE.search(folded):
        groups.append(_SPEAKS_OF_CURE)
    if (asked := _FIGURE.search(folded)) is not None:
        thing = asked["after"] or asked["before"] or ""
        groups += [frozenset({stem(word)}) for word, _ in words(thing) if word not in QUESTION_WORDS]
    return tuple(groups)


def says(there: Iterable[str], groups: Sequence[Group]) -> bool:
    """Whether stems of a passage have one of each group."""
    stood = set(there)
    return all(not stood.isdisjoint(group) for group in groups)
