"""Whether a sentence tells a weight that was measured: "pesei 82,3", "meu peso hoje é 82,3 kg", "a balança deu 82,3".

A figure is only taken where the words say that somebody stood on a scale; "quero pesar 70" and "200 g de arroz" do not.
"""

import re
from dataclasses import dataclass

from nutrition.measurements import Parsed, parse_weight
from nutrition.numerals import with_digits

_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?"
_UNIT = r"(?:kgs?|quilos?|kilos?)"
_AMOUNT = rf"{_NUMBER}(?: ?{_UNIT})?(?: e (?:meio|meia)| ?e? ?\d{{1,3}} ?(?:g|gramas?))?"
_BEFORE = r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|entao|acordei|subi|e|eu|ja|acabei de)[ ,]+)*"
_WEIGHED = re.compile(
    rf"{_BEFORE}(?:me pes(?:ei|ar|o)|pesei|(?:estou|to|tou) pesando"
    r"|(?:a |na )?balanca(?: (?:deu|marcou|mostrou|disse|acusou))?)\b"
)
_WEIGHT = re.compile(rf"{_BEFORE}(?:(?:o )?(?:meu |novo )?peso|deu|(?:estou|to|tou|fiquei) com)\b")
_WHEN = re.compile(
    r"\b(?:hoje|agora|ontem|anteontem|(?:de|pela|esta|essa) (?:manha|tarde|noite)|em jejum|cedo)\b,?"
)
_HOUR = re.compile(r"\bas \d{1,2}(?:h\d{0,2}|:\d{2}| horas?)?(?!\w)|\b\d{1,2}(?:h\d{0,2}|:\d{2})(?!\w)")
_SCALE = re.compile(r"\bna balanca\b")
_FILLER = re.compile(
    r"^[ :=,.-]*(?:(?:e|eh|de|foi|esta|ta|deu|em|com|exatos?|exatamente|quase|uns)\b[ :=,.-]*)*"
)
_NO_MEASURE = re.compile(
    r"\b(?:quero|queria|gostaria|meta|objetivo|desej\w+|ideal|devo|deveria|perd\w+|emagre\w+|ganh\w+|engord\w+)\b"
)
_ASKS = re.compile(
    r"(?:quero |vou |pode |me ajuda a )?(?:anot\w+|registr\w+|marc\w+|coloc\w+|atualiz\w+) (?:o )?(?:meu )?peso"
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class WeighIn:
    """``parsed`` is the weight in kg as it was read (None: none was said); ``days_ago``: 0 today, 1 yesterday, 2."""

    parsed: Parsed | None
    days_ago: int = 0


def weigh_in(text: str) -> WeighIn | None:
    """Read a weight that was measured; None when ``text`` tells none.

    "peso 75,2" and "meu peso é 75,2" are left to whoever corrects the profile by them.
    """
    said = " ".join(with_digits(text[: _LONGEST + 1]).split()).rstrip(" .!")
    if len(said) > _LONGEST or said.endswith("?"):
        return None
    if _ASKS.fullmatch(said):
        return WeighIn(None, days_ago(said))
    dated, scaled = bool(_WHEN.search(said)), bool(_SCALE.search(said))
    bare = " ".join(_SCALE.sub(" ", _HOUR.sub(" ", _WHEN.sub(" ", said))).split()).strip(" ,")
    if re.fullmatch(rf"{_NUMBER} ?{_UNIT}(?: e (?:meio|meia))?", bare):
        return WeighIn(parse_weight(bare), days_ago(said))
    cue = _WEIGHED.match(bare) or _WEIGHT.match(bare)
    if cue is None or _NO_MEASURE.search(bare):
        return None
    rest = _FILLER.sub("", bare[cue.end() :])
    weighed = cue.re is _WEIGHED
    if weighed and not rest:
        return WeighIn(None, days_ago(said))
    sure = weighed or scaled or (dated and cue[0].endswith("peso")) or _in_kilos(rest, cue[0])
    if not sure or not re.fullmatch(_AMOUNT, rest):
        return None
    return WeighIn(parse_weight(rest), days_ago(said))


def _in_kilos(rest: str, cue: str) -> bool:
    """Whether an amount in kilos is somebody's weight by the words before it: "estou com 82 kg", but not "peso 82 kg"."""
    return not cue.endswith("peso") and bool(re.search(rf"\d ?{_UNIT}\b", rest))


def days_ago(text: str) -> int:
    """On which day before today it was: "ontem" is 1, "anteontem" 2, else 0."""
    said = with_digits(text[:_LONGEST])
    if re.search(r"\banteontem\b", said):
        return 2
    return 1 if re.search(r"\bontem\b", said) else 0
