"""Words as people type them: folding (case and accents away) and tokens.

Everything in the house that compares Portuguese words compares them folded.
"""

import re
import unicodedata


class _Marks(dict[int, int | None]):
    """For ``str.translate``: takes combining marks away; remembers each character it was asked about."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = None if unicodedata.combining(chr(code)) else code
        return kept


_WITHOUT_MARKS = _Marks()
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Lower-case ``text`` and strip its accents and cedillas; spacing and punctuation stay as they are."""
    if text.isascii():
        return text.lower()
    # Decomposed twice: a styled letter (𝒩) becomes a plain one first, and only then can its case be folded.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return decomposed.translate(_WITHOUT_MARKS)


def tokens(text: str) -> list[str]:
    """Split the folded ``text`` into its alphanumeric words, in order: ``"Pão-de-ló, 2"`` → pao, de, lo, 2."""
    return _WORD.findall(fold(text))
