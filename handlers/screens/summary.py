"""The summary before the first menu: the answers, the estimate, corrections, and why that number."""

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.keyboards import Rows
from handlers.onboarding import wording
from handlers.onboarding.steps import BY_ID, STEPS, Step
from handlers.screens.onboarding import PROBLEMS
from handlers.texts import buttons as b
from handlers.texts import onboarding as s
from handlers.transport.screens import Button, Screen, View, screen
from menus import people
from menus.answers import Answers, AnswersError, Talk
from menus.people import Review
from nutrition.guardrails import Decision
from nutrition.person import Goal, Profile
from nutrition.targets import bmi, estimate

NUMBERS_OF_BODY = frozenset({"weight", "target", "height"})
"""Left out where numbers are hidden."""

ROUND_KCAL = 10
"""An estimate is told in tens: more digits would be false precision."""


FIXED: dict[str, str] = {
    b.ITEM_GOAL: s.FIXED_GOAL,
    b.ITEM_SEX: s.FIXED_SEX,
    b.ITEM_AGE: s.FIXED_AGE,
    b.ITEM_HEIGHT: s.FIXED_HEIGHT,
    b.ITEM_WEIGHT: s.FIXED_WEIGHT,
    b.ITEM_TARGET: s.FIXED_TARGET,
    b.ITEM_ACTIVITY: s.FIXED_ACTIVITY,
    b.ITEM_MEALS: s.FIXED_MEALS,
    b.ITEM_HEALTH: s.FIXED_HEALTH,
    b.ITEM_RESTRICTIONS: s.FIXED_RESTRICTIONS,
    b.ITEM_DISLIKES: s.FIXED_DISLIKES,
    b.ITEM_REMINDER: s.FIXED_REMINDER,
}
"""What is said once an item was corrected."""


@screen("resumo")
async def summary(view: View, *, confirmed: bool = False) -> Screen:
    """All answers and the estimate; ``confirmed`` shows them without buttons."""
    t, answers = view.t, await _answers(view)
    hidden = view.person is not None and await people.numbers_hidden(view.conn, view.person.id)
    lines = answer_lines(view, answers, hidden=hidden)
    review = review_of(answers)
    text = paragraphs([joined([t(s.SUMMARY), *lines]), "" if hidden else _estimate(t, review)])
    if confirmed:
        return Screen(joined(lines))
    return Screen(text, _buttons(t, review), remember="question")


@screen("corrigir")
async def which(view: View) -> Screen:
    """Which answer is to be corrected?"""
    t, answers = view.t, await _answers(view)
    back = (Button(t.plain(b.BACK), "resumo"),)
    return Screen(t(s.FIX_WHICH), (*items(t, answers), back))


@screen("corrigido")
async def corrected(view: View, *, step: str, undo: bool) -> Screen:
    """What was corrected, and the estimate that goes with it."""
    t, talk = view.t, await _talk(view)
    answers = await _answers(view)
    review, before = review_of(answers), review_of(talk.undo) if talk.undo else None
    moved = _energy(t, review) != _energy(t, before)
    energy = t(s.FIXED_ESTIMATE, energy=_energy(t, review)) if review and review.targets and moved else ""
    text = joined([fixed(view, BY_ID[step], answers), energy])
    return Screen(text, _buttons(t, review, undo=undo), remember="question")


@screen("resumo_nao_entendi")
async def not_understood(view: View) -> Screen:
    """Words at the summary that are neither a yes nor a correction."""
    review = review_of(await _answers(view))
    return Screen(view.t(s.SUMMARY_TYPED), _buttons(view.t, review), remember="question")


@screen("resumo_recusado")
async def refused(view: View, *, step: str, problem: str, said: str) -> Screen:
    """A correction whose value was not understood."""
    t, answers = view.t, await _answers(view)
    weight = t.kg(answers.weight_kg or 0)
    return Screen(t(PROBLEMS[problem], said=said[:40], example="", weight=weight))


@screen("confira_medidas")
async def figures(view: View) -> Screen:
    """Before refusing a deficit: are the figures right?"""
    t, answers = view.t, await _answers(view)
    text = t(s.CONFIRM_FIGURES, height=t.metres(answers.height_cm or 0), weight=t.kg(answers.weight_kg or 0))
    return Screen(text, ((Button(t.plain(b.RIGHT), "medidas"), Button(t.plain(b.FIX), "corrigir")),))


@screen("porque")
async def why(view: View) -> Screen:
    """Why this number of kcal, or why no deficit."""
    t = view.t
    review = review_of(await _answers(view))
    back = ((Button(t.plain(b.BACK), "resumo"),),)
    if review is None or review.targets is None:
        return Screen(t(s.SUMMARY_TYPED), back)
    if review.assessment.decision is Decision.REFUSE_DEFICIT:
        index = t.number(bmi(review.profile.weight_kg, review.profile.height_cm))
        return Screen(t(s.WHY_LIMITS, bmi=index), back)
    return Screen(why_text(t, review), back)


def why_text(t: Catalogue, review: Review) -> Markup:
    """The honest range by two equations, what was taken or added, the sums folded."""
    spent = estimate(review.profile)
    energy = review.targets.energy_kcal if review.targets else spent.mifflin
    sums = t(s.WHY_SUMS, mifflin=t.kcal(spent.mifflin), eer=t.kcal(spent.eer))
    return joined(
        [
            t(s.WHY_TITLE, energy=t.kcal(energy)),
            t(s.WHY_RANGE, low=t.number(_tens(spent.low), 0), high=t.kcal(_tens(spent.high))),
            _difference(t, review, energy - spent.mifflin),
            t(s.WHY_TREND),
            Markup("<blockquote expandable>{}</blockquote>").format(sums),
        ]
    )


def fixed(view: View, step: Step, answers: Answers) -> Markup:
    """ "Corrigi o peso para 75,2 kg." """
    return view.t(FIXED[step.item], value=wording.answer(view.t, view.services.table, step, answers))


def answer_lines(view: View, answers: Answers, *, hidden: bool = False) -> list[Markup]:
    """One line for each question that applies; ``hidden`` leaves the numbers of the body out."""
    return [
        answer_line(view, step, answers)
        for step in STEPS
        if step.applies(answers) and not (hidden and step.id in NUMBERS_OF_BODY)
    ]


def answer_line(view: View, step: Step, answers: Answers) -> Markup:
    """ "Peso: 72,5 kg"."""
    return view.t(step.line, value=wording.answer(view.t, view.services.table, step, answers))


def items(t: Catalogue, answers: Answers) -> Rows:
    """The questions that apply as buttons, two in a row."""
    buttons = [Button(t.plain(step.item), f"item:{step.id}") for step in STEPS if step.applies(answers)]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def review_of(answers: Answers) -> Review | None:
    """What may be planned for these answers; None while one is missing."""
    try:
        profile: Profile = answers.profile()
    except AnswersError:
        return None
    return people.review(profile)


async def _answers(view: View) -> Answers:
    talk = await _talk(view)
    if view.person is None or talk != Talk():
        return talk.answers
    return await people.answers_of(view.conn, view.person.id) or Answers()


async def _talk(view: View) -> Talk:
    return (await people.talk_of(view.conn, view.person.id))[1] if view.person else Talk()


def _estimate(t: Catalogue, review: Review | None) -> Markup | str:
    planned = review is not None and review.assessment.decision in (Decision.PLAN, Decision.PLAN_GUARDRAIL)
    return t(s.ESTIMATE, energy=_energy(t, review)) if planned else ""


def _energy(t: Catalogue, review: Review | None) -> str:
    return t.kcal(review.targets.energy_kcal) if review and review.targets else ""


def _buttons(t: Catalogue, review: Review | None, *, undo: bool = False) -> Rows:
    make = Button(t.plain(b.MAKE_WEEK), "montar", style="primary")
    second = Button(t.plain(b.UNDO), "desfazer") if undo else Button(t.plain(b.WHY), "porque")
    fix = Button(t.plain(b.FIX), "corrigir")
    explained = review is not None and review.targets is not None
    return ((make,), (fix, second) if undo or explained else (fix,))


def _difference(t: Catalogue, review: Review, change: float) -> Markup:
    amount = t.number(_tens(abs(change)), 0)
    if review.assessment.goal is Goal.PERDER and change < 0:
        return t(s.WHY_LESS, difference=amount)
    if review.assessment.goal is Goal.GANHAR and change > 0:
        return t(s.WHY_MORE, difference=amount)
    return t(s.WHY_SAME)


def _tens(value: float) -> int:
    return round(value / ROUND_KCAL) * ROUND_KCAL
