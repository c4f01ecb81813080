"""How many: meals a day, and people at the table."""

import re

from menus.talk.sentence import Sentence
from menus.talk.wish import Act, Wish
from nutrition.shares import MAX_MEALS, MIN_MEALS

_NUMBERS = {
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8,
}  # fmt: skip
_COUNT = r"(\d{1,2}|um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito)"
_PEOPLE = re.compile(
    rf"\b(?:pra|somos(?: em)?|moramos(?: em)?|em|serve|cozinho pra|lista (?:pra|de))\s+{_COUNT}"
    r"(?=\s*(?:pessoas?|de nos|adultos?|em casa|aqui em casa|na casa|$))"
)
_HOUSE = re.compile(r"\b(?:pessoas?|somos|moramos|adultos?)\b")
_MEALS = re.compile(
    rf"\b{_COUNT}\s+(?:refeicoes|refeicao|vezes (?:por|ao|no) dia|vez (?:por|ao) dia|vezes todo dia)\b"
)
_TOO_MANY = re.compile(r"\s*(?:por dia )?(?:(?:e|eh|ta|sao|fica) )?(?:demais|muito|muita\w*|pouc\w+)\b")
_THEN = re.compile(
    rf"\b(?:deixa|quero|bota|poe|coloca|so|faz|prefiro|melhor|pra|por|com|em)\s+(?:so\s+)?{_COUNT}"
    r"(?=\s*(?:refeic\w+|por dia|ta|por favor|so|mesmo|,|\.|$))"
)
_ELSE = re.compile(r"\b(?:por|na|a) semana\b|\bagua\b|\bremedio\b|\bquant\w+\b")


def people_of(s: Sentence) -> list[Wish]:
    """For how many the list is."""
    words = _words(s)
    found = _PEOPLE.search(words)
    if found is None or not _HOUSE.search(words) or s.slots or s.days:
        return []
    return [Wish(Act.PEOPLE, count=_number(found.group(1)))]


def meals_of(s: Sentence) -> list[Wish]:
    """How many meals a day: of two numbers the one that is wanted ("6 é demais, deixa 4"; "de 5 refeições pra 4")."""
    words = _words(s)
    found = _MEALS.search(words)
    if _ELSE.search(words) or s.days or s.foods or s.has("INFO"):
        return []
    if found is None:
        return _one_number(s, words)
    rest = words[found.end() :]
    wanted = _THEN.search(rest)
    if wanted is None and _TOO_MANY.match(rest):
        return []
    count = _number((wanted or found).group(1))
    return [Wish(Act.MEALS, count=count)] if MIN_MEALS <= count <= MAX_MEALS else []


def _one_number(s: Sentence, words: str) -> list[Wish]:
    """ "reduzir para quatro o número de refeições": one number, and meals."""
    counts = [_number(each) for each in re.findall(rf"\b{_COUNT}\b", words) if each not in ("um", "uma")]
    meals = s.has("MEALSWORD") and (
        s.has("WANT", "CHANGE", "LESS", "PUT", "ADD", "HABIT") or "numero de" in words
    )
    return (
        [Wish(Act.MEALS, count=counts[0])]
        if meals and len(counts) == 1 and MIN_MEALS <= counts[0] <= MAX_MEALS
        else []
    )


def _words(s: Sentence) -> str:
    return " ".join(token.text for token in s.live) if s.live else ""


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
