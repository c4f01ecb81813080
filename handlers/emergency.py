"""An allergic reaction that is happening now, told in free text: the only thing to answer is 192."""

import re

from nutrition.words import fold

_SWELLING = re.compile(
    r"\b(inch\w+|fechando|formig\w+)\b.*\b(boca|labios?|lingua|garganta|rosto|cara|olhos?|glote)\b"
    r"|\b(boca|labios?|lingua|garganta|rosto|cara|olhos?|glote)\b.*\b(inch\w+|fechando|formig\w+)\b"
)
_BREATH = re.compile(
    r"\b(falta de ar|nao (consigo|to conseguindo|estou conseguindo) respirar|sem ar|sufocando|anafila\w+"
    r"|choque anafilatico|desmai(ei|ando)|dor no peito)\b"
)


def happening(text: str) -> bool:
    """Whether ``text`` tells of swelling in face or throat, or of trouble breathing."""
    folded = fold(text)
    return bool(_SWELLING.search(folded) or _BREATH.search(folded))
