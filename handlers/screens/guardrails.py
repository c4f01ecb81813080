"""What guardrails show: never a menu, never figures of the body; help as a word and a number, and what we can do."""

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from handlers.catalogue import Catalogue, catalogue, joined, paragraphs
from handlers.keyboards import Rows, place, places
from handlers.onboarding import wording
from handlers.screens.shown import Shown, shown
from handlers.texts import buttons as b
from handlers.texts import guardrails as g
from handlers.transport.screens import Button, Screen, View, screen
from handlers.transport.split import plain
from nutrition.guardrails import Assessment, Decision, Reason

HELP = (("apoio",),)
REFERRALS: tuple[tuple[Reason, str, tuple[tuple[str, ...], ...]], ...] = (
    (Reason.EMERGENCIA, g.EMERGENCY, ()),
    (Reason.CRISE_EMOCIONAL, g.CRISIS, ()),
    (Reason.TRANSTORNO_ALIMENTAR, g.EATING_DISORDER, (("ideias",), ("apagar",))),
    (Reason.IMC_ABAIXO_16, g.VERY_THIN, HELP),
    (Reason.GESTANTE, g.PREGNANT, (("seguranca",), ("doc_mande",), ("apoio",))),
    (Reason.LACTANTE, g.BREASTFEEDING, (("seguranca",), ("apoio",))),
    (Reason.DOENCA_RENAL, g.KIDNEY, (("doc_mande",), ("apoio",))),
    (Reason.DIABETES_1, g.DIABETES_MEDICINE, HELP),
    (Reason.INSULINA, g.DIABETES_MEDICINE, HELP),
    (Reason.SULFONILUREIA, g.DIABETES_MEDICINE, HELP),
    (Reason.BARIATRICA, g.BARIATRIC, HELP),
    (Reason.DIETA_CONTRAINDICADA, g.DIET_CONFLICT, (("restricoes",), ("apoio",))),
)
"""Reasons to refer with a sentence of their own, the gravest first; any other illness has a common one."""

WITHOUT_CORRECTION = frozenset({Reason.EMERGENCIA, Reason.CRISE_EMOCIONAL})

REFUSALS: tuple[tuple[Reason, str], ...] = (
    (Reason.CALORIAS_MUITO_BAIXAS, g.VERY_LOW_ENERGY),
    (Reason.IMC_ABAIXO_18_5, g.LOW_WEIGHT),
    (Reason.META_ABAIXO_IMC_18_5, g.LOW_TARGET),
    (Reason.IDOSO_SEM_OBESIDADE, g.OLDER),
)
"""Reasons to refuse a deficit."""

NOTICES: dict[Reason, str] = {
    Reason.DIABETES_2: g.NOTICE_DIABETES,
    Reason.PRE_DIABETES: g.NOTICE_DIABETES,
    Reason.INIBIDOR_SGLT2: g.NOTICE_SGLT2,
    Reason.HIPERTENSAO: g.NOTICE_PRESSURE,
    Reason.GOTA: g.NOTICE_GOUT,
    Reason.CELIACA: g.NOTICE_CELIAC,
    Reason.TROMBOSE_OU_AVC: g.NOTICE_STROKE,
    Reason.DOENCA_INTESTINAL: g.NOTICE_BOWEL,
    Reason.FAVISMO: g.NOTICE_FAVISM,
    Reason.TIREOIDE: g.NOTICE_OTHER,
    Reason.COLESTEROL: g.NOTICE_OTHER,
    Reason.OUTRA_CONDICAO: g.NOTICE_OTHER,
    Reason.IMC_ABAIXO_18_5: g.NOTICE_THIN,
    Reason.IMC_ABAIXO_20: g.NOTICE_THIN,
    Reason.IMC_40: g.NOTICE_HEAVY,
    Reason.IDOSO_COM_OBESIDADE: g.NOTICE_OLDER,
    Reason.CALORIAS_BAIXAS: g.NOTICE_LOW_ENERGY,
    Reason.PERDA_RAPIDA: g.NOTICE_FAST,
}
"""Reasons that come with a line before the first week."""


@screen("emergencia")
async def emergency(view: View) -> Screen:
    """An allergic reaction happening now; no buttons, nothing before the number."""
    return Screen(view.t(g.EMERGENCY))


@screen("menor")
async def minor(view: View, *, again: bool) -> Screen:
    """Under 18. One correction of a mistyped age, then only the tips."""
    t = view.t
    fix = () if again else ((Button(t.plain(b.WRONG_AGE), "recomecar"),),)
    return Screen(t(g.MINOR), ((place(t, "dicas"),), *fix))


@screen("encaminhar")
async def refer(view: View, *, reasons: list[str]) -> Screen:
    """No menu here: why, where help is, what we can still do."""
    text, buttons = referral_of(view, reasons)
    return Screen(text, buttons)


@screen("sem_deficit")
async def no_deficit(view: View, *, reasons: list[str]) -> Screen:
    """Losing weight is not for this person now; offer what is."""
    t = view.t
    target = (Button(t.plain(b.CHANGE_TARGET), "item:target"),)
    rows: Rows = (
        *((target,) if Reason.META_ABAIXO_IMC_18_5 in reasons else ()),
        (Button(t.plain(b.MAINTAIN), "objetivo:manter"),),
        (Button(t.plain(b.GAIN), "objetivo:ganhar"),),
    )
    explained = Reason.IMC_ABAIXO_18_5 in reasons
    return Screen(t(_refusal(reasons)), (*rows, (Button(t.plain(b.WHY), "porque"),)) if explained else rows)


@screen("pouca_comida")
async def little_food(view: View) -> Screen:
    """ "quero uma dieta de 800 calorias", at any time."""
    return Screen(view.t(g.VERY_LOW_ENERGY), places(view.t, ("hoje",), ("apoio",)))


@screen("sem_pressa")
async def no_hurry(view: View) -> Screen:
    """ "quero secar 10 quilos em um mês"."""
    return Screen(view.t(g.NOTICE_FAST), places(view.t, ("hoje",), ("perfil",)))


@screen("aviso")
async def notice(view: View, *, reasons: list[str]) -> Screen:
    """Said once, before the first week of someone who may have a menu with a notice."""
    return Screen(notice_text(view.t, reasons))


@screen("anotado_saude")
async def noted(view: View, *, conditions: list[str], reasons: list[str] | None) -> Screen:
    """A health fact was noted and a menu is still possible. Without ``reasons`` just one line: the notice comes before
    the first week."""
    t = view.t
    head = t(g.NOTED_HEALTH, items=wording.conditions(t, conditions))
    if reasons is None:
        return Screen(head)
    week = (await shown(view)).week
    offer = t(g.WEEK_WITH_IT) if week else ""
    return Screen(paragraphs([head, notice_text(t, reasons), offer]), places(t, ("nova",)) if week else ())


@screen("saude_ja_anotada")
async def known(view: View, *, conditions: list[str]) -> Screen:
    """Nothing new about health."""
    items = wording.conditions(view.t, conditions)
    return Screen(view.t(g.HEALTH_KNOWN, items=items), places(view.t, ("perfil",)))


def referral(view: View, found: Shown) -> Screen:
    """In the place of a day or a week, for someone whose menu is for a professional."""
    assessment = found.review.assessment if found.review else None
    text, buttons = referral_of(view, [reason.value for reason in assessment.reasons] if assessment else [])
    return Screen(text, buttons)


def referral_of(view: View, reasons: Sequence[str]) -> tuple[Markup, Rows]:
    """The sentence of the gravest reason, and its buttons."""
    t = view.t
    code, rows = next(((c, rows) for c, _, rows in REFERRALS if c in reasons), (None, HELP))
    fix = () if code in WITHOUT_CORRECTION else ((Button(t.plain(b.FIX_ANSWER), "item:health"),),)
    return referral_text(t, reasons), (*places(t, *rows), *fix)


def referral_text(t: Catalogue, reasons: Collection[str]) -> Markup:
    """The sentence of the gravest reason."""
    return t(next((sentence for code, sentence, _ in REFERRALS if code in reasons), g.ILLNESS))


def plain_notice(assessment: Assessment) -> str:
    """What a person is told of an assessment, as plain text: for ``bot.py menu``, which has no chat to say it in."""
    t, reasons = catalogue(), [reason.value for reason in assessment.reasons]
    match assessment.decision:
        case Decision.REFER:
            return plain(referral_text(t, reasons))
        case Decision.REFUSE_DEFICIT:
            return plain(joined([t(_refusal(reasons)), t(g.NOTICE)]))
        case _:
            return plain(notice_text(t, reasons))


def notice_text(t: Catalogue, reasons: Iterable[str]) -> Markup:
    """A line for each reason that has one, and the general notice."""
    told = dict.fromkeys(NOTICES[Reason(code)] for code in reasons if code in NOTICES)
    return joined([*(t(line) for line in told), t(g.NOTICE)])


def _refusal(reasons: Collection[str]) -> str:
    return next((text for code, text in REFUSALS if code in reasons), g.LOW_WEIGHT)
