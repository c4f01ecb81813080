"""A correction in words: "não é 72,5, é 75,2", "peso 75,2", "objetivo: ganhar músculos"."""

import re

from handlers.onboarding.reading import Accepted, Reading, Refused, read
from handlers.onboarding.steps import BY_ID, STEPS, Step
from menus.answers import Answers
from nutrition.foods import FoodTable
from nutrition.words import fold

NAMES: dict[str, str] = {
    "objetivo": "goal",
    "conta": "sex",
    "sexo": "sex",
    "idade": "age",
    "anos": "age",
    "altura": "height",
    "peso desejado": "target",
    "meta de peso": "target",
    "peso": "weight",
    "movimento": "activity",
    "atividade": "activity",
    "refeicoes": "meals",
    "saude": "health",
    "nao come": "restrictions",
    "restricoes": "restrictions",
    "nao gosta": "dislikes",
    "nao gosto": "dislikes",
    "lembrete": "reminder",
}
"""How people name an answer, folded; longer names first where one holds another."""

_NOT_BUT = re.compile(r"^nao\s+(?:e|sao|era)\s+(?P<old>.+?)\s*[,;.]?\s+(?:e|sao|mas|e sim)\s+(?P<new>.+)$")
_NAMED = re.compile(
    r"^(?:(?:o|a|os|as|meu|minha|meus|minhas|corrig\w+|mud\w+|troc\w+|corrigir|agora)\s+)*"
    rf"(?P<name>{'|'.join(sorted(NAMES, key=len, reverse=True))})\b"
    r"\s*(?::|=|-|e|eh|sao|agora|para|pra|de)?\s+(?P<value>.+)$"
)
_MEALS = re.compile(
    r"^(?:quero|faco|prefiro|so)\s+(?P<value>[3-6]|tres|quatro|cinco|seis)\s+refeic\w+(?: por dia)?$"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def read_correction(text: str, answers: Answers, table: FoodTable) -> tuple[Step, Reading] | None:
    """Which answer ``text`` corrects, and its new reading; None when it is not a correction."""
    return read_named(text, answers, table) or _not_this_but_that(text, answers, table)


def read_named(text: str, answers: Answers, table: FoodTable) -> tuple[Step, Reading] | None:
    """A correction that names the answer: "peso 75,2", "minha altura é 1,70", "quero 4 refeições"."""
    said = fold(text).strip()
    found, step_id = _MEALS.match(said), "meals"
    if found is None and (found := _NAMED.match(said)) is not None:
        step_id = NAMES[found["name"]]
    if found is None:
        return None
    step = BY_ID[step_id]
    if not step.applies(answers):
        return None
    return step, read(step, found["value"], answers, table)


def value_of(text: str) -> str:
    """The new value of a correction that names the answer, folded: "75,2"; "" for another text."""
    found = _NAMED.match(fold(text).strip())
    return found["value"] if found else ""


def _not_this_but_that(text: str, answers: Answers, table: FoodTable) -> tuple[Step, Reading] | None:
    found = _NOT_BUT.match(fold(text).strip())
    if found is None:
        return None
    old, new = found["old"], found["new"]
    named = next((name for name in NAMES if old.startswith(name)), None)
    if named is not None:
        return read_named(f"{named} {new}", answers, table)
    for step in STEPS:
        if not step.applies(answers) or not _is_answer(step, old, answers, table):
            continue
        reading = read(step, new, answers, table)
        if not isinstance(reading, Refused):
            return step, reading
    return None


def _is_answer(step: Step, said: str, answers: Answers, table: FoodTable) -> bool:
    """Whether ``said`` is how the present answer to ``step`` would be written."""
    value = getattr(answers, step.field)
    if isinstance(value, int | float):
        numbers = [float(n.replace(",", ".")) for n in _NUMBER.findall(said)]
        return any(abs(n - shown) < 1e-6 for n in numbers for shown in (float(value), float(value) / 100))
    result = read(step, said, answers, table)
    return (
        isinstance(result, Accepted)
        and step.field in result.changes
        and bool(result.changes[step.field] == value)
    )
