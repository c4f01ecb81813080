"""What people write for a height, a weight or an age, read without guessing.

A reading is a value, or the code of a problem with values that may have been meant, to be confirmed by the person.
Ranges: height 120 to 230 cm, weight 30 to 300 kg, age 18 to 100 years. Hours are in ``nutrition.hours``.
"""

import re
from dataclasses import dataclass

from nutrition.hours import hours_in
from nutrition.numerals import with_digits

MIN_HEIGHT_CM, MAX_HEIGHT_CM = 120.0, 230.0
MIN_WEIGHT_KG, MAX_WEIGHT_KG = 30.0, 300.0
MIN_AGE, MAX_AGE = 18, 100

EMPTY, UNCLEAR, RANGE, MINOR, AMBIGUOUS = "empty", "unclear", "range", "minor", "ambiguous"
"""Problems: nothing said; not read as the thing asked; read, but out of range; under 18; more than one reading."""

MOST_HOURS = 6
"""Hours that one sentence may mean and that are offered: nobody chooses among a dozen."""

_LONGEST = 200
_INCH_CM, _POUND_KG = 2.54, 0.45359237
_MINUS = re.compile(r"(?<![\w.,])[-−]\s*\d")
_VAGUE = re.compile(r"\b(?:e|ou) (?:pouc|tant|algum|cacetad|bolinh|quebrad)")
_METRES = re.compile(
    r"\b(1|2) ?(?:m|mt|mts|metros?)(?: ?e)? ?(\d{1,2})\b(?![.,]\d)|\b(1|2) e (\d{2})\b(?![.,]\d)"
)
_FEET = re.compile(r"\b([4-7]) ?(?:'|’|′|pes|ft)(?: ?e)? ?(\d{1,2})?")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,6}(?:[.,]\d{1,4})?(?![.,]?\d)")
_KILOS_AND = re.compile(
    r"\b(\d{2,3}) ?(?:kgs?|quilos?|kilos?)?(?: e | )(meio|meia|(\d{3}) ?(?:g|gramas?)?\b)"
)
_POUNDS = re.compile(r"\b(\d{2,3}) ?(?:lbs?|libras?|pounds?)\b")


@dataclass(frozen=True, slots=True)
class Parsed:
    """One reading. ``value``: cm, kg, years, or a local hour "07:30"; None when there is a ``problem``.

    ``suggestions`` are values that may have been meant; they are offered, never stored.
    """

    value: float | int | str | None = None
    problem: str | None = None
    suggestions: tuple[float | int | str, ...] = ()


def parse_height(text: str) -> Parsed:
    """Read a height in cm: "1,80", "180 cm", "1m80", "1 metro e 68", "um e sessenta e oito"."""
    said = _clean(text)
    if said is None:
        return Parsed(problem=EMPTY)
    metres = _METRES.search(said)
    if metres is not None:
        whole, rest = (metres[1], metres[2]) if metres[1] else (metres[3], metres[4])
        return _height(100 * int(whole) + int(rest) * (10 if len(rest) == 1 else 1))
    feet = _FEET.search(said)
    if feet is not None:
        return Parsed(
            problem=UNCLEAR, suggestions=(float(round((12 * int(feet[1]) + int(feet[2] or 0)) * _INCH_CM)),)
        )
    numbers = _numbers(said)
    if len(numbers) != 1:
        return Parsed(problem=UNCLEAR)
    number = numbers[0]
    return _height(100 * number if number < 3 else number)


def parse_weight(text: str) -> Parsed:
    """Read a weight in kg: "72,5 kg", "72.5", "setenta e dois e meio", "72 quilos e 300 gramas"."""
    said = _clean(text)
    if said is None:
        return Parsed(problem=EMPTY)
    pounds = _POUNDS.search(said)
    if pounds is not None:
        return Parsed(problem=UNCLEAR, suggestions=_in_weight_range((round(int(pounds[1]) * _POUND_KG, 1),)))
    mixed = _KILOS_AND.search(said)
    if mixed is not None:
        return _weight(int(mixed[1]) + (int(mixed[3]) / 1000 if mixed[3] else 0.5))
    numbers = _numbers(said)
    if len(numbers) == 2:
        return Parsed(problem=AMBIGUOUS, suggestions=_in_weight_range(tuple(numbers)))
    if len(numbers) != 1:
        return Parsed(problem=UNCLEAR)
    return _weight(numbers[0])


def parse_age(text: str) -> Parsed:
    """Read an age in years: "34", "34 anos", "trinta e quatro". Under 18 is the problem ``minor``."""
    said = _clean(text)
    if said is None:
        return Parsed(problem=EMPTY)
    said = re.sub(r"\be (?:meio|meia|\d{1,2} (?:mes|meses))\b", "", said)
    numbers = _numbers(said)
    if len(numbers) != 1:
        return Parsed(problem=UNCLEAR)
    age = int(numbers[0])
    if 0 < age < MIN_AGE:
        return Parsed(problem=MINOR)
    return Parsed(age) if MIN_AGE <= age <= MAX_AGE else Parsed(problem=RANGE)


def parse_hour(text: str) -> Parsed:
    """Read a local hour as "HH:MM": "7h", "07:30", "7 da manhã", "meio-dia e meia", "sete e meia da noite".

    What may be of the morning or of the evening ("quinze pras sete", a bare "7") is ``ambiguous``, both suggested; so are two
    hours. More than ``MOST_HOURS`` readings are ``unclear``.
    """
    if _clean(text) is None:
        return Parsed(problem=EMPTY)
    found, out_of_range = hours_in(text[:_LONGEST])
    if len(found) == 1:
        return Parsed(found[0])
    if 1 < len(found) <= MOST_HOURS:
        return Parsed(problem=AMBIGUOUS, suggestions=tuple(found))
    return Parsed(problem=RANGE if out_of_range else UNCLEAR)


def _clean(text: str) -> str | None:
    """The text folded, numbers in digits; None when there is nothing in it. A minus is no measure of a body,
    nor is "cento e poucos".
    """
    said = with_digits(text[:_LONGEST]).strip()
    if not said or said in {"?", "-"}:
        return None
    return "?" if _MINUS.search(said) or _VAGUE.search(said) else said


def _numbers(said: str) -> list[float]:
    return [float(match[0].replace(",", ".")) for match in _NUMBER.finditer(said)]


def _height(cm: float) -> Parsed:
    if MIN_HEIGHT_CM <= cm <= MAX_HEIGHT_CM:
        return Parsed(float(round(cm, 1)))
    if 40 <= cm < 100 and cm == int(cm):
        return Parsed(problem=RANGE, suggestions=(100.0 + cm,))  # "68" for 1,68
    if 1200 <= cm <= 2300:
        return Parsed(problem=RANGE, suggestions=(float(round(cm / 10)),))  # "1680" for 168
    return Parsed(problem=RANGE if cm >= 30 else UNCLEAR)


def _weight(kg: float) -> Parsed:
    if MIN_WEIGHT_KG <= kg <= MAX_WEIGHT_KG:
        return Parsed(round(kg, 1))
    shifted = (kg / 1000, kg / 10) if kg > MAX_WEIGHT_KG else (kg * 10,)
    return Parsed(problem=RANGE, suggestions=_in_weight_range(tuple(round(guess, 1) for guess in shifted)))


def _in_weight_range(guesses: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(guess for guess in guesses if MIN_WEIGHT_KG <= guess <= MAX_WEIGHT_KG)
