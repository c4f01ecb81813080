"""Who may be planned for: one case a line, each with the publication or rule it comes from.

The usual person is a woman of 34 years, 168 cm and 72.5 kg (IMC 25.7) who wants to lose weight; a case changes fields.
"""

from dataclasses import dataclass, field
from typing import Any

from nutrition.guardrails import Decision, Reason
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength

WHO = "WHO classes of BMI; gates of facts, section 1"
ESPEN = "ESPEN 2022: weight loss only for obese older people"
IOM = "IOM 2009: no weight loss in pregnancy"
KDOQI = "KDOQI 2020: nutrition in CKD under supervision"
ADA = "ADA Standards of Care: hypoglycaemia and ketoacidosis"
SCOFF = "SCOFF (Morgan 1999) and red flags of facts, section 3"
ACR = "ACR 2012, gout"
DASH = "DASH; WHO 2012, sodium"
CELIAC = "Lei 10.674/2003"
FACTS = "facts, section 3, last row"
AGE = "facts, section 3: minors"
VLCD = "AHA/ACC/TOS 2013: under 800 kcal never without professional follow-up"
PACE = "AHA/ACC/TOS 2013: 0.5 to 1 kg a week"
SAMU = "anaphylaxis: SAMU 192"
DESIGN = "design rule of ours: when in doubt, a notice"

PLAN, NOTICE = Decision.PLAN, Decision.PLAN_GUARDRAIL
NO_DEFICIT, REFER = Decision.REFUSE_DEFICIT, Decision.REFER


@dataclass(frozen=True, slots=True)
class Case:
    """``changes`` to the usual profile; ``reason`` must be among the reasons, None when there must be none."""

    decision: Decision
    reason: Reason | None
    source: str
    changes: dict[str, Any] = field(default_factory=dict)


def person(**changes: Any) -> Profile:
    """The usual person with ``changes``."""
    usual: dict[str, Any] = {
        "sex": Sex.F,
        "age": 34,
        "height_cm": 168.0,
        "weight_kg": 72.5,
        "activity": Activity.MODERADO,
        "goal": Goal.PERDER,
        "meals_per_day": 5,
    }
    return Profile(**{**usual, **changes})


def _body(decision: Decision, reason: Reason | None, source: str, **changes: Any) -> Case:
    return Case(decision, reason, source, changes)


def _told(decision: Decision, reason: Reason | None, source: str, *conditions: str) -> Case:
    return Case(decision, reason, source, {"conditions": conditions})


def _asked(decision: Decision, reason: Reason | None, source: str, request: str) -> Case:
    return Case(decision, reason, source, {"request": request})


def _diet(decision: Decision, reason: Reason | None, source: str, code: str, *conditions: str) -> Case:
    restriction = Restriction(code, Strength.DIETA, code)
    return Case(decision, reason, source, {"restrictions": (restriction,), "conditions": conditions})


CASES: tuple[Case, ...] = (
    # age
    _body(PLAN, None, AGE, age=18),
    _body(REFER, Reason.MENOR_DE_IDADE, AGE, age=17),
    _body(REFER, Reason.MENOR_DE_IDADE, AGE, age=12, goal=Goal.MANTER),
    _asked(REFER, Reason.MENOR_DE_IDADE, AGE, "tenho 15 anos e quero emagrecer"),
    _asked(REFER, Reason.MENOR_DE_IDADE, AGE, "tenho dezesseis anos"),
    _asked(REFER, Reason.MENOR_DE_IDADE, AGE, "sou menor de idade"),
    _asked(PLAN, None, AGE, "minha filha tem 15 anos e come comigo"),
    _asked(PLAN, None, AGE, "tenho 15 anos de academia"),
    # IMC
    _body(REFER, Reason.IMC_ABAIXO_16, WHO, weight_kg=44.0),
    _body(REFER, Reason.IMC_ABAIXO_16, WHO, weight_kg=44.0, goal=Goal.GANHAR),
    _body(NO_DEFICIT, Reason.IMC_ABAIXO_18_5, WHO, weight_kg=48.0),
    _body(NO_DEFICIT, Reason.IMC_ABAIXO_18_5, WHO, weight_kg=52.0),
    _body(NOTICE, Reason.IMC_ABAIXO_18_5, WHO, weight_kg=48.0, goal=Goal.GANHAR),
    _body(NOTICE, Reason.IMC_ABAIXO_18_5, WHO, weight_kg=48.0, goal=Goal.MANTER),
    _body(NOTICE, Reason.IMC_ABAIXO_20, WHO, weight_kg=54.0),
    _body(PLAN, None, WHO, weight_kg=54.0, goal=Goal.MANTER),
    _body(PLAN, None, WHO, weight_kg=60.0),
    _body(PLAN, None, WHO, weight_kg=110.0),
    _body(NOTICE, Reason.IMC_40, WHO, weight_kg=113.0),
    _body(NOTICE, Reason.IMC_40, WHO, weight_kg=140.0, goal=Goal.MANTER),
    _body(NO_DEFICIT, Reason.META_ABAIXO_IMC_18_5, WHO, target_weight_kg=50.0),
    _body(PLAN, None, WHO, target_weight_kg=60.0),
    # 65 and more
    _body(NO_DEFICIT, Reason.IDOSO_SEM_OBESIDADE, ESPEN, age=65),
    _body(NO_DEFICIT, Reason.IDOSO_SEM_OBESIDADE, ESPEN, age=78, weight_kg=80.0),
    _body(NOTICE, Reason.IDOSO_COM_OBESIDADE, ESPEN, age=70, weight_kg=90.0),
    _body(PLAN, None, ESPEN, age=70, goal=Goal.MANTER),
    _body(PLAN, None, ESPEN, age=64),
    # pregnancy and lactation
    _told(REFER, Reason.GESTANTE, IOM, "gravidez"),
    _told(REFER, Reason.GESTANTE, IOM, "Gestante de 20 semanas"),
    _told(REFER, Reason.GESTANTE, IOM, "diabetes gestacional"),
    _asked(REFER, Reason.GESTANTE, IOM, "tô grávida"),
    _asked(REFER, Reason.GESTANTE, IOM, "TO GRAVIDA E QUERO EMAGRECER"),
    _asked(REFER, Reason.GESTANTE, IOM, "estou esperando um bebê"),
    _asked(PLAN, None, IOM, "não estou grávida"),
    _asked(PLAN, None, IOM, "engordei na gravidez e quero voltar ao peso"),
    _asked(PLAN, None, IOM, "minha esposa está grávida"),
    _diet(REFER, Reason.GESTANTE, IOM, "gestante"),
    _told(REFER, Reason.LACTANTE, "NASEM 2023, lactation", "amamentacao"),
    _asked(REFER, Reason.LACTANTE, "NASEM 2023, lactation", "tô amamentando"),
    _asked(REFER, Reason.LACTANTE, "NASEM 2023, lactation", "meu bebê tem 3 meses e eu amamento"),
    _asked(PLAN, None, "NASEM 2023, lactation", "já parei de amamentar"),
    # kidneys
    _told(REFER, Reason.DOENCA_RENAL, KDOQI, "rins"),
    _told(REFER, Reason.DOENCA_RENAL, KDOQI, "doença renal crônica"),
    _asked(REFER, Reason.DOENCA_RENAL, KDOQI, "tenho problema nos rins"),
    _asked(REFER, Reason.DOENCA_RENAL, KDOQI, "faço hemodiálise"),
    _asked(REFER, Reason.DOENCA_RENAL, KDOQI, "minha creatinina está alta"),
    _diet(REFER, Reason.DOENCA_RENAL, KDOQI, "doenca_renal"),
    # diabetes
    _told(REFER, Reason.DIABETES_1, ADA, "diabetes tipo 1"),
    _told(REFER, Reason.INSULINA, ADA, "diabetes", "insulina"),
    _asked(REFER, Reason.INSULINA, ADA, "tomo insulina"),
    _asked(REFER, Reason.INSULINA, ADA, "uso lantus à noite"),
    _told(REFER, Reason.SULFONILUREIA, ADA, "diabetes", "sulfonilureia"),
    _asked(REFER, Reason.SULFONILUREIA, ADA, "tomo glibenclamida todo dia"),
    _asked(REFER, Reason.SULFONILUREIA, ADA, "tomo Diamicron"),
    _told(NOTICE, Reason.DIABETES_2, ADA, "diabetes tipo 2"),
    _told(NOTICE, Reason.DIABETES_2, ADA, "diabetes tipo 2, não uso insulina"),
    _told(NOTICE, Reason.DIABETES_2, ADA, "diabetes"),
    _asked(NOTICE, Reason.DIABETES_2, ADA, "tomo metformina"),
    _asked(NOTICE, Reason.PRE_DIABETES, ADA, "tenho resistência à insulina"),
    _asked(PLAN, None, ADA, "não tenho diabetes"),
    _asked(PLAN, None, ADA, "minha mãe é diabética"),
    _asked(PLAN, None, ADA, "histórico de diabetes na família"),
    _asked(NOTICE, Reason.DIABETES_2, ADA, "minha mãe é diabética e eu também"),
    _asked(NOTICE, Reason.DIABETES_2, ADA, "não consigo controlar meu diabetes"),
    _diet(REFER, Reason.DIETA_CONTRAINDICADA, ADA, "cetogenica", "tomo Forxiga"),
    _diet(NOTICE, Reason.INIBIDOR_SGLT2, ADA, "vegano", "tomo Forxiga"),
    # blood pressure, gout, celiac disease
    _told(NOTICE, Reason.HIPERTENSAO, DASH, "hipertensao"),
    _told(NOTICE, Reason.HIPERTENSAO, DASH, "pressão alta"),
    _asked(NOTICE, Reason.HIPERTENSAO, DASH, "tomo losartana"),
    _asked(PLAN, None, DASH, "uso panela de pressão"),
    _asked(NOTICE, Reason.HIPERTENSAO, DASH, "não tenho diabetes, tenho pressão alta"),
    _asked(PLAN, None, DASH, "não tenho diabetes nem pressão alta"),
    _told(NOTICE, Reason.GOTA, ACR, "gota"),
    _told(NOTICE, Reason.GOTA, ACR, "ácido úrico alto"),
    _asked(PLAN, None, ACR, "com uma gota de limão"),
    _diet(REFER, Reason.DIETA_CONTRAINDICADA, ACR, "cetogenica", "gota"),
    _told(NOTICE, Reason.CELIACA, CELIAC, "doença celíaca"),
    _diet(NOTICE, Reason.CELIACA, CELIAC, "celiaca"),
    # the last row of section 3
    _told(REFER, Reason.BARIATRICA, FACTS, "bariátrica"),
    _asked(REFER, Reason.BARIATRICA, FACTS, "fiz bypass gástrico ano passado"),
    _told(REFER, Reason.CANCER, FACTS, "câncer de mama"),
    _asked(REFER, Reason.CANCER, FACTS, "estou em quimioterapia"),
    _asked(PLAN, None, FACTS, "meu pai teve câncer"),
    _told(REFER, Reason.CIRROSE, FACTS, "cirrose"),
    _told(REFER, Reason.INSUFICIENCIA_CARDIACA, FACTS, "insuficiência cardíaca"),
    _told(REFER, Reason.FENILCETONURIA, FACTS, "fenilcetonúria"),
    _told(REFER, Reason.FENILCETONURIA, FACTS, "PKU"),
    _told(REFER, Reason.FRUTOSEMIA, FACTS, "intolerância hereditária à frutose"),
    _asked(REFER, Reason.VARFARINA, FACTS, "tomo varfarina"),
    _asked(REFER, Reason.VARFARINA, FACTS, "uso Marevan"),
    _asked(REFER, Reason.IMAO, FACTS, "tomo Parnate, um IMAO"),
    # signs of an eating disorder, a crisis, an emergency
    _asked(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "me sinto culpada e vomito depois de comer"),
    _asked(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "uso laxante pra perder peso"),
    _asked(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "tomo diurético para emagrecer"),
    _asked(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "faço jejum de 3 dias"),
    _asked(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "fiz jejum de 48h"),
    _asked(NOTICE, Reason.OUTRA_CONDICAO, DESIGN, "tomo diurético"),
    _asked(REFER, Reason.DOENCA_RENAL, KDOQI, "perdi um rim"),
    _asked(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "como escondido de madrugada"),
    _asked(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "tenho medo de comer"),
    _told(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "bulimia"),
    _told(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "já tive anorexia"),
    _told(REFER, Reason.TRANSTORNO_ALIMENTAR, SCOFF, "compulsão alimentar"),
    _asked(PLAN, None, SCOFF, "faço jejum intermitente"),
    _asked(REFER, Reason.CRISE_EMOCIONAL, "CVV 188", "quero sumir"),
    _asked(REFER, Reason.CRISE_EMOCIONAL, "CVV 188", "não aguento mais viver"),
    _asked(REFER, Reason.EMERGENCIA, SAMU, "comi camarão e minha boca tá inchando"),
    # what is asked
    _asked(NO_DEFICIT, Reason.CALORIAS_MUITO_BAIXAS, VLCD, "quero uma dieta de 800 calorias"),
    _asked(NO_DEFICIT, Reason.CALORIAS_MUITO_BAIXAS, VLCD, "cardápio com menos de 600 kcal por dia"),
    _asked(NO_DEFICIT, Reason.CALORIAS_MUITO_BAIXAS, VLCD, "dieta de quinhentas calorias"),
    _asked(NOTICE, Reason.CALORIAS_BAIXAS, VLCD, "quero comer 1.000 calorias por dia"),
    _asked(PLAN, None, VLCD, "quero uma dieta de 1.800 calorias"),
    _asked(PLAN, None, VLCD, "lanche de 200 calorias"),
    _asked(NOTICE, Reason.PERDA_RAPIDA, PACE, "quero secar 10 quilos em um mês"),
    _asked(PLAN, None, PACE, "quero perder 6 kg em 3 meses"),
    # other conditions, and none
    _told(NOTICE, Reason.TIREOIDE, DESIGN, "hipotireoidismo"),
    _told(NOTICE, Reason.COLESTEROL, DESIGN, "colesterol alto"),
    _told(NOTICE, Reason.FAVISMO, "facts, section 6", "deficiência de G6PD"),
    _told(NOTICE, Reason.TROMBOSE_OU_AVC, DESIGN, "já tive um AVC"),
    _told(NOTICE, Reason.DOENCA_INTESTINAL, DESIGN, "gastrite"),
    _told(NOTICE, Reason.OUTRA_CONDICAO, DESIGN, "síndrome que ninguém conhece"),
    _told(PLAN, None, DESIGN, "nenhuma"),
    _told(PLAN, None, DESIGN, "não tenho nada"),
    _told(PLAN, None, DESIGN, ""),
    _asked(PLAN, None, DESIGN, "mais peixe, algo barato"),
)
