"""May we plan for this person? The decision, its reasons, and the goal that may be followed.

Every rule names its source in ``docs`` of the data (``data/conditions.toml``) or here: WHO classes of BMI, ESPEN 2022
for people of 65 and more, AHA/ACC/TOS 2013 for floors, and section 3 of the house's facts. Free text counts as much
as a form's answer: conditions, the request, and what was said with each restriction are all read.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from nutrition.conditions import conditions, conditions_in, declared_condition, mentions
from nutrition.energy import bmi
from nutrition.person import Goal, Profile
from nutrition.requests import states_minor_age, wanted_kcal, wants_fast_loss
from nutrition.words import fold

__all__ = ["Assessment", "Decision", "Reason", "assess", "conditions_in", "mentions"]


class Decision(StrEnum):
    """From the freest to the strictest."""

    PLAN = "plan"
    PLAN_GUARDRAIL = "plan_guardrail"
    REFUSE_DEFICIT = "refuse_deficit"
    REFER = "refer"


_ORDER = tuple(Decision)


class Reason(StrEnum):
    """Why a decision is not plainly ``plan``; each has a sentence in ``handlers/texts``."""

    MENOR_DE_IDADE = "menor_de_idade"
    GESTANTE = "gestante"
    LACTANTE = "lactante"
    DOENCA_RENAL = "doenca_renal"
    DIABETES_1 = "diabetes_1"
    INSULINA = "insulina"
    SULFONILUREIA = "sulfonilureia"
    INIBIDOR_SGLT2 = "inibidor_sglt2"
    DIABETES_2 = "diabetes_2"
    PRE_DIABETES = "pre_diabetes"
    HIPERTENSAO = "hipertensao"
    GOTA = "gota"
    CELIACA = "celiaca"
    BARIATRICA = "bariatrica"
    CANCER = "cancer"
    CIRROSE = "cirrose"
    INSUFICIENCIA_CARDIACA = "insuficiencia_cardiaca"
    FENILCETONURIA = "fenilcetonuria"
    FRUTOSEMIA = "frutosemia"
    VARFARINA = "varfarina"
    IMAO = "imao"
    TRANSTORNO_ALIMENTAR = "transtorno_alimentar"
    CRISE_EMOCIONAL = "crise_emocional"
    EMERGENCIA = "emergencia"
    TROMBOSE_OU_AVC = "trombose_ou_avc"
    DOENCA_INTESTINAL = "doenca_intestinal"
    TIREOIDE = "tireoide"
    COLESTEROL = "colesterol"
    FAVISMO = "favismo"
    OUTRA_CONDICAO = "outra_condicao"
    IMC_ABAIXO_16 = "imc_abaixo_16"
    IMC_ABAIXO_18_5 = "imc_abaixo_18_5"
    IMC_ABAIXO_20 = "imc_abaixo_20"
    IMC_40 = "imc_40"
    META_ABAIXO_IMC_18_5 = "meta_abaixo_imc_18_5"
    IDOSO_SEM_OBESIDADE = "idoso_sem_obesidade"
    IDOSO_COM_OBESIDADE = "idoso_com_obesidade"
    CALORIAS_MUITO_BAIXAS = "calorias_muito_baixas"
    CALORIAS_BAIXAS = "calorias_baixas"
    PERDA_RAPIDA = "perda_rapida"
    DIETA_CONTRAINDICADA = "dieta_contraindicada"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What may be planned. ``goal`` is the person's, or ``manter`` where a deficit is refused.

    ``reasons`` are ordered from the one that decides to the least.
    """

    decision: Decision
    reasons: tuple[Reason, ...]
    goal: Goal


_Finding = tuple[Decision, Reason]

_ADULT_AGE, _OLDER_AGE = 18, 65
_VERY_LOW_KCAL, _LOW_KCAL = 800, 1200
_LOW_CARBOHYDRATE = frozenset({"low_carb", "cetogenica"})
_NOTHING = re.compile(
    r"(nao|nada|nenhum[ao]?s?|nenhuma? (das? (anteriores|opcoes|situacoes)|condicao|doenca)|sem|n/?a|-*|saudavel|"
    r"nao tenho( nada| nenhum[a-z]*)?( (doenca|condicao|problema)s?)?( de saude)?|nada (informado|a declarar)|tudo (bem|certo|ok)|"
    r"sem (doencas?|condicoes|problemas?)( de saude)?|nao uso|nao tomo( nada| remedios?)?)[ .!]*"
)


def assess(profile: Profile) -> Assessment:
    """Return whether and how a menu may be planned for ``profile``; never raises on any text."""
    findings = [*_by_body(profile), *_by_health(profile), *_by_request(profile)]
    findings += _by_combination(profile, {reason for _, reason in findings})
    decision = max((found for found, _ in findings), key=_ORDER.index, default=Decision.PLAN)
    ordered = sorted(findings, key=lambda finding: -_ORDER.index(finding[0]))
    reasons = tuple(dict.fromkeys(reason for _, reason in ordered))
    goal = Goal.MANTER if decision is Decision.REFUSE_DEFICIT else profile.goal
    return Assessment(decision, reasons, goal)


def _by_body(profile: Profile) -> list[_Finding]:
    """Age and BMI gates (WHO classes; gates of section 1)."""
    found: list[_Finding] = []
    losing = profile.goal is Goal.PERDER
    index = bmi(profile.weight_kg, profile.height_cm)
    if profile.age < _ADULT_AGE:
        found.append((Decision.REFER, Reason.MENOR_DE_IDADE))
    if index < 16:
        found.append((Decision.REFER, Reason.IMC_ABAIXO_16))
    elif index < 18.5:
        found.append((Decision.REFUSE_DEFICIT if losing else Decision.PLAN_GUARDRAIL, Reason.IMC_ABAIXO_18_5))
    elif index < 20 and losing:
        found.append((Decision.PLAN_GUARDRAIL, Reason.IMC_ABAIXO_20))
    elif index >= 40:
        found.append((Decision.PLAN_GUARDRAIL, Reason.IMC_40))
    if (
        losing
        and profile.target_weight_kg is not None
        and bmi(profile.target_weight_kg, profile.height_cm) < 18.5
    ):
        found.append((Decision.REFUSE_DEFICIT, Reason.META_ABAIXO_IMC_18_5))
    if losing and profile.age >= _OLDER_AGE:
        if index < 30:
            found.append((Decision.REFUSE_DEFICIT, Reason.IDOSO_SEM_OBESIDADE))
        else:
            found.append((Decision.PLAN_GUARDRAIL, Reason.IDOSO_COM_OBESIDADE))
    return found


def _by_health(profile: Profile) -> list[_Finding]:
    """Conditions of the form and of every free text."""
    known = conditions()
    codes: list[str] = []
    for entry in profile.conditions:
        declared = declared_condition(entry)
        if not declared and not _NOTHING.fullmatch(fold(entry).strip()) and not mentions(entry):
            declared = (Reason.OUTRA_CONDICAO,)
        codes += declared
    for text in _free_texts(profile):
        codes += conditions_in(text)
    codes += [item.code for item in profile.restrictions if item.code in known]
    return [(Decision(known[code].decision), Reason(code)) for code in dict.fromkeys(codes)]


def _by_request(profile: Profile) -> list[_Finding]:
    """What was asked in words: an age under 18, very few calories, a fast loss, a weight that is too low."""
    found: list[_Finding] = []
    for text in (*profile.conditions, *_free_texts(profile)):
        if states_minor_age(text):
            found.append((Decision.REFER, Reason.MENOR_DE_IDADE))
        kcal = wanted_kcal(text)
        if kcal is not None and kcal <= _VERY_LOW_KCAL:
            found.append((Decision.REFUSE_DEFICIT, Reason.CALORIAS_MUITO_BAIXAS))
        elif kcal is not None and kcal < _LOW_KCAL:
            found.append((Decision.PLAN_GUARDRAIL, Reason.CALORIAS_BAIXAS))
        if wants_fast_loss(text):
            found.append((Decision.PLAN_GUARDRAIL, Reason.PERDA_RAPIDA))
    return found


def _by_combination(profile: Profile, reasons: set[Reason]) -> list[_Finding]:
    """Diets that a condition forbids: ketogenic with gout, little carbohydrate with an SGLT2 inhibitor."""
    diets = {item.code for item in profile.restrictions} & _LOW_CARBOHYDRATE
    if (diets and Reason.INIBIDOR_SGLT2 in reasons) or ("cetogenica" in diets and Reason.GOTA in reasons):
        return [(Decision.REFER, Reason.DIETA_CONTRAINDICADA)]
    return []


def _free_texts(profile: Profile) -> tuple[str, ...]:
    return (profile.request, *(item.said for item in profile.restrictions))
