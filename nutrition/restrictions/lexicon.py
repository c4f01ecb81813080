"""The names of kinds and of foods, as people say them, a misspelt letter forgiven."""

from collections.abc import Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from nutrition.foods import FoodTable
from nutrition.person import Strength
from nutrition.restrictions.matching import Found, Phrase, PhraseTable, phrase, readings, singular
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.talk import Talk

_TYPO_LENGTH = 5
"""Words shorter than this are never corrected: "pato" and "prato" are both words."""
_LONG, _VERY_LONG = 7, 10

_QUALIFIERS = frozenset(
    {"cozido", "assado", "grelhado", "frito", "cru", "refogado", "integral", "natural", "fresco", "branco"}
    | {"cozida", "assada", "grelhada", "frita", "crua", "refogada", "fresca", "branca", "seco", "seca"}
    | {"em", "de", "do", "da", "com", "sem", "ao", "no", "na", "pele", "gordura", "sal", "oleo", "agua", "po"}
)
# Words of a food's name that only tell how it is prepared: what comes before them is its plain name.

_TOO_WIDE = frozenset(
    {"fruta", "legume", "verdura", "proteina", "bebida", "mistura", "oleo", "folha", "flor", "semente"}
    | {"agua", "vermelho", "verde", "branco", "preto", "gelo", "caldo", "doce", "dourado", "salgado"}
)
# Beginnings of names that mean a whole group: not understood, so that the person is asked which.

_SOUNDS = (
    ("ch", "x"),
    ("sh", "x"),
    ("ss", "s"),
    ("sc", "s"),
    ("ce", "se"),
    ("ci", "si"),
    ("ge", "je"),
    ("gi", "ji"),
    ("qu", "k"),
)
_LETTERS = str.maketrans({"z": "s", "c": "k", "y": "i", "w": "u", "h": None, "l": "u", "n": "m"})


class Lexicon:
    """Names of kinds and of foods. A food's first words are a name too: "jiló cozido" is known as "jiló".

    Conditions (celiac disease, gout…) are not here: whose they are is read by ``nutrition.conditions``.
    """

    def __init__(self, table: FoodTable, ontology: Ontology) -> None:
        self._phrases: PhraseTable[str] = PhraseTable()
        for food in table:
            for name in (food.name, *food.synonyms):
                for words in _heads(phrase(name)):
                    if words != words[:1] or words[0] not in _TOO_WIDE:
                        self._phrases.add(words, f"food:{' '.join(words)}")
        for kind in ontology:
            if kind.strength is not Strength.CONDICAO:
                for words in kind.names:
                    self._phrases.add(words, kind.code)
        self._vocabulary = sorted(
            {word for words in self._phrases for word in words if len(word) >= _TYPO_LENGTH}
        )
        self._known = frozenset(word for words in self._phrases for word in words)
        self._by_sound: dict[str, set[str]] = {}
        for word in self._vocabulary:
            self._by_sound.setdefault(_sound(word), set()).add(word)

    @staticmethod
    def of(table: FoodTable) -> "Lexicon":
        """Return the lexicon of a table, made once."""
        return _lexicon(table)

    def name_at(self, words: list[str], start: int) -> Found[str] | None:
        """Return the longest name at a place; when there is none, the name it would be with one letter corrected."""
        found = self._phrases.longest_at(words, start)
        if found is not None:
            return found
        fixed = self._corrected(words[start])
        return (
            self._phrases.longest_at([*words[:start], fixed, *words[start + 1 :]], start) if fixed else None
        )

    def _corrected(self, word: str) -> str | None:
        """Return the one known word that ``word`` sounds like, or that a letter turns it into; None if unsure."""
        if len(word) < _TYPO_LENGTH or Talk.load().is_ordinary(word):
            return None
        for base in readings(word):
            if base in self._known:
                return None
            alike = self._by_sound.get(_sound(base), set())
            if len(base) >= _TYPO_LENGTH - 1 and len(alike) == 1:
                return next(iter(alike))
        return self._nearest(singular(word))

    def _nearest(self, word: str) -> str | None:
        limit = 1 if len(word) < _VERY_LONG else 2
        near = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=limit, limit=3)
        alike = [(name, distance) for name, distance, _ in near if name[0] == word[0]]
        if len(word) < _LONG:  # in a short word another letter makes another word: "agora" is no "amora"
            alike = [item for item in alike if not _is_substitution(word, item[0])]
        if not alike or (len(alike) > 1 and alike[0][1] == alike[1][1]):
            return None
        return alike[0][0]


def _heads(words: Phrase) -> Iterator[Phrase]:
    """Yield the whole name, and its beginning up to the first word that only tells how it is prepared."""
    yield words
    for at, word in enumerate(words):
        if word in _QUALIFIERS and at > 0:
            yield words[:at]
            return


def _sound(word: str) -> str:
    """A key that words have in common when they sound alike in Brazil: "lactoze" and "lactose"."""
    for spelled, heard in _SOUNDS:
        word = word.replace(spelled, heard)
    letters = word.translate(_LETTERS).replace("e", "i").replace("o", "u")
    return "".join(letter for at, letter in enumerate(letters) if at == 0 or letter != letters[at - 1])


def _is_substitution(one: str, other: str) -> bool:
    return (
        len(one) == len(other)
        and all(edit.tag == "replace" for edit in Levenshtein.editops(one, other))
        and (Levenshtein.distance(one, other) == 1)
    )


@cache
def _lexicon(table: FoodTable) -> Lexicon:
    return Lexicon(table, Ontology.load())
