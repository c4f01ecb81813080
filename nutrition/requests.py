"""Numbers in what people ask for: an age, calories of a day, kilos in a time. Only the ones that need care."""

import re

from nutrition.numerals import with_digits

_THOUSANDS = re.compile(r"(?<=\d)[. ](?=\d{3}\b)")

_AGE = re.compile(
    r"\b(?:tenho|completei|fiz|farei|faco|estou com|to com|tou com)(?: so| apenas| quase| uns)? (\d{1,2}) ?(?:anos|aninhos)\b"
    r"(?! (?:de (?!idade)|que |com ))"
)
_KCAL = re.compile(r"(\d{2,4}) ?(?:kcal|calorias|cal)\b")
_DAY = re.compile(
    r"\b(?:dieta|cardapio|plano|por dia|ao dia|diari[ao]s?|no dia|o dia|comer|comendo|consumir|menos de|ate)\b"
)
_NOT_A_DAY = re.compile(
    r"\b(?:lanche|deficit|corta\w*|tira\w*|refeic\w+|cafe|jantar|almoco|ceia|sobremesa|cada|menos que|queim\w+|gast\w+|a menos|superavit|a mais)\b"
)
_LOSS = re.compile(
    r"\b(?:perder|secar|emagrecer|eliminar|perco|enxugar|menos)(?: [a-z]+){0,2} (\d{1,3})(?:[.,]\d)? ?(?:kgs?|quilos?|kilos?)"
    r"(?: [a-z]+){0,3} (\d{1,3}) ?(dias?|semanas?|mes|meses)\b"
)
_WEEKS = {"dia": 1 / 7, "sem": 1.0, "mes": 30 / 7}

ADULT_AGE = 18
FAST_LOSS_KG_PER_WEEK = 1.0
"""The usual pace is 0.5 to 1 kg a week; a request over it gets an honest answer."""


def states_minor_age(text: str) -> bool:
    """Whether the writer says to be under 18: "tenho 15 anos", but not "tenho diabetes há 15 anos"."""
    return any(int(match[1]) < ADULT_AGE for match in _AGE.finditer(_with_digits(text)))


def wanted_kcal(text: str) -> int | None:
    """Return the least calories that ``text`` asks for as a whole day ("dieta de 800 calorias"), None if none."""
    found = [
        int(match[1])
        for clause in re.split(r"[.;!?\n]", _with_digits(text))
        if _DAY.search(clause) and not _NOT_A_DAY.search(clause)
        for match in _KCAL.finditer(clause)
    ]
    return min(found, default=None)


def wants_fast_loss(text: str) -> bool:
    """Whether ``text`` asks to lose more than a kilo a week ("secar 10 quilos em um mês")."""
    for match in _LOSS.finditer(_with_digits(text)):
        weeks = int(match[2]) * _WEEKS[match[3][:3]]
        if weeks > 0 and int(match[1]) / weeks > FAST_LOSS_KG_PER_WEEK:
            return True
    return False


def _with_digits(text: str) -> str:
    """Fold ``text``, write its numbers in digits and take thousands' dots away ("1.200" → "1200")."""
    return _THOUSANDS.sub("", with_digits(text))
