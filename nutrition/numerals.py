"""Numbers that people write in words: "sessenta e oito" is 68, "um e sessenta e oito" is "1 e 68"."""

import re

from nutrition.words import fold

_UNITS = dict(zip("um dois tres quatro cinco seis sete oito nove".split(), range(1, 10), strict=True))  # noqa: SIM905 (reads as people count)
_UNITS |= {"uma": 1, "duas": 2}
_TEENS = dict(
    zip(
        [
            "dez",
            "onze",
            "doze",
            "treze",
            "quatorze",
            "quinze",
            "dezesseis",
            "dezessete",
            "dezoito",
            "dezenove",
        ],
        range(10, 20),
        strict=True,
    )
)
_TEENS |= {"catorze": 14, "dezasseis": 16, "dezassete": 17}
_TENS = dict(
    zip(
        ["vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"],
        range(20, 100, 10),
        strict=True,
    )
)
_HUNDREDS = {"cem": 100, "cento": 100}
for _stem, _value in (
    ("duzent", 200), ("trezent", 300), ("quatrocent", 400), ("quinhent", 500),
    ("seiscent", 600), ("setecent", 700), ("oitocent", 800), ("novecent", 900),
):  # fmt: skip
    _HUNDREDS |= {f"{_stem}os": _value, f"{_stem}as": _value}
_VALUES = _UNITS | _TEENS | _TENS | _HUNDREDS | {"mil": 1000, "zero": 0}

_WORD = re.compile(r"[a-z]+|[^a-z]+")


def with_digits(text: str) -> str:
    """Fold ``text`` and write the numbers of its words in digits; all else stays, spaces made single."""
    pieces = _WORD.findall(re.sub(r"[^\S\n]+", " ", fold(text)))
    out: list[str] = []
    at = 0
    while at < len(pieces):
        value, after = _number_at(pieces, at)
        out.append(pieces[at] if value is None else str(value))
        at = after
    return "".join(out)


def _number_at(pieces: list[str], at: int) -> tuple[int | None, int]:
    """Return the number that begins at piece ``at`` and the piece after it, or None and the next piece."""
    value = _VALUES.get(pieces[at])
    if value is None:
        return None, at + 1
    total, smallest, end = value, value, at + 1
    while pieces[end : end + 3 : 2] == [" ", " "] and pieces[end + 1] == "e" and end + 3 < len(pieces):
        following = _VALUES.get(pieces[end + 3], 0)
        if not (0 < following < _scale(smallest)):
            break
        total, smallest, end = total + following, following, end + 4
    return total, end


def _scale(value: int) -> int:
    """What may follow ``value`` after "e" is smaller than this: units after tens, nothing after teens or units."""
    if value >= 1000:
        return 1000
    if value >= 100:
        return 100
    return 10 if value >= 20 else 0
