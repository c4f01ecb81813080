"""Questions that a guardrail answers first: danger now, medicine, dangerous diets, illness.

Unlike a fact that a person states about themselves, what a question is about counts whoever has it: "quem tem gota pode
comer sardinha?" is about gout. Nothing is kept of a question.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nutrition.conditions import conditions, conditions_in, mentions
from nutrition.guardrails import Decision, Reason
from nutrition.requests import states_minor_age, wanted_kcal, wants_fast_loss
from nutrition.words import tokens

_DATA = Path(__file__).with_name("data") / "question_words.toml"

MEDICINE = "remedio"
DANGEROUS_DIET = "dieta_perigosa"
VERY_LOW_KCAL = 800

ALONE = frozenset(
    {
        *(Reason.EMERGENCIA, Reason.CRISE_EMOCIONAL, Reason.TRANSTORNO_ALIMENTAR, Reason.MENOR_DE_IDADE),
        *(Reason.CALORIAS_MUITO_BAIXAS, Reason.PERDA_RAPIDA, MEDICINE, DANGEROUS_DIET),
    }
)
"""Codes whose sentence is the whole answer: no passage follows."""

_OTHERS_HAVE = re.compile(r"\b(?:tem|têm|tinha|teve)\b", re.IGNORECASE)
"""The patterns of conditions are in the first person: "quem tem gota" is read as "quem tenho gota"."""

_GRAVEST = (Reason.EMERGENCIA, Reason.CRISE_EMOCIONAL, Reason.TRANSTORNO_ALIMENTAR, Reason.MENOR_DE_IDADE)
_NO_ILLNESS = frozenset({*_GRAVEST, Reason.OUTRA_CONDICAO})


@dataclass(frozen=True, slots=True)
class Caution:
    """What has to be said before an answer, gravest first: codes of ``Reason``, ``MEDICINE``, ``DANGEROUS_DIET``.

    ``alone``: the first code's sentence is the whole answer. ``illnesses``: codes that passages must name to follow,
    because advice for healthy people may harm there.
    """

    codes: tuple[str, ...] = ()
    alone: bool = False
    illnesses: tuple[str, ...] = ()


def caution(question: str) -> Caution:
    """Judge a question, written in any way; never raises."""
    asked_as_own = _OTHERS_HAVE.sub("tenho", question)
    about = tuple(dict.fromkeys(mention.code for mention in mentions(asked_as_own)))
    own = conditions_in(question)
    codes: list[str] = [code for code in _GRAVEST if code in own]
    if states_minor_age(question) and Reason.MENOR_DE_IDADE not in codes:
        codes.append(Reason.MENOR_DE_IDADE)
    folded = " ".join(tokens(question))
    patterns = _patterns()
    kcal = wanted_kcal(question)
    if kcal is not None and kcal <= VERY_LOW_KCAL:
        codes.append(Reason.CALORIAS_MUITO_BAIXAS)
    elif patterns[DANGEROUS_DIET].search(folded):
        codes.append(DANGEROUS_DIET)
    if wants_fast_loss(question):
        codes.append(Reason.PERDA_RAPIDA)
    if patterns[MEDICINE].search(folded):
        codes.append(MEDICINE)
    codes += [code for code in about if code not in _NO_ILLNESS]
    referred = tuple(code for code in codes if code in about and _refers(code))
    told = tuple(dict.fromkeys(str(code) for code in codes))
    return Caution(told, alone=bool(ALONE & set(told)), illnesses=tuple(map(str, referred)))


def names_one_of(text: str, illnesses: tuple[str, ...]) -> bool:
    """Whether a text speaks of one of these illnesses; true for none."""
    return not illnesses or any(mention.code in illnesses for mention in mentions(text))


def _refers(code: str) -> bool:
    return code in conditions() and conditions()[code].decision == Decision.REFER


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {
        MEDICINE: re.compile(rf"\b(?:{'|'.join(raw['medicine'])})\b"),
        DANGEROUS_DIET: re.compile(rf"\b(?:{'|'.join(raw['dangerous'])})\b"),
    }
