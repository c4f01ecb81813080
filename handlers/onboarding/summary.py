"""The summary: show it, confirm it, correct one answer by a tap or in words, undo the correction."""

from datetime import date

from handlers import cardapio, guards, restricoes
from handlers.doubts import companions
from handlers.onboarding import aside, asking, corrections, reading
from handlers.onboarding.steps import BY_ID, STEPS, Step
from handlers.scene import SUMMARY, Scene
from menus import people, progress, quieting
from menus.answers import Answers, AnswersError, Mode, Offer, Talk
from nutrition.guardrails import Assessment, Decision, Reason
from nutrition.person import Goal


async def corrected(scene: Scene, talk: Talk, step: Step) -> None:
    """One answer was corrected: back to the summary, or into the profile as it is by now."""
    if talk.mode is Mode.PROFILE:
        if step.id == "weight" and await _far_from_the_last(scene, talk):
            return
        now = await people.answers_of(scene.turn.tx, scene.person.id) or talk.answers
        await store_corrected(scene, now.taking(step.field, talk.answers), step)
        return
    before = scene.talk.answers
    changed = before != talk.answers
    await asking.show_summary(scene, talk.with_(undo=before if changed else None), said=not changed)
    if changed:
        await scene.turn.send("corrigido", step=step.id, undo=True)


async def _far_from_the_last(scene: Scene, talk: Talk) -> bool:
    """A weight improbably far from the last one is asked about; the same figure again, or a yes, is meant."""
    kg, turn = talk.answers.weight_kg or 0.0, scene.turn
    asked = Offer(step="weight", value=kg, far=True)
    before = await progress.jumped_from(turn.tx, scene.person.id, kg, scene.today)
    if before is None or scene.talk.offer == asked:
        return False
    await scene.go("weight", scene.talk.with_(offer=asked))
    on = "" if before.day == date.min else before.day.isoformat()
    await turn.send("peso_confirma", kg=kg, before=before.kg, on=on)
    return True


async def leave_correction(scene: Scene) -> None:
    """[Voltar] while correcting one answer: nothing changed."""
    if scene.talk.mode is Mode.PROFILE:
        await scene.rest()
        await scene.turn.send("perfil")
    else:
        await asking.show_summary(scene, scene.talk)


async def choose(scene: Scene) -> None:
    """[Corrigir]: which answer?"""
    if scene.step == SUMMARY:
        await scene.turn.edit("corrigir")
    else:
        await asking.current(scene)


async def pick(scene: Scene, step_id: str) -> None:
    """An item of the summary or of the profile was chosen to be corrected."""
    if step_id not in BY_ID:
        await asking.current(scene)
    elif scene.step == SUMMARY:
        await asking.correct(scene, step_id, Mode.SUMMARY, scene.talk.answers)
    else:
        await from_profile(scene, step_id)


async def from_profile(scene: Scene, step_id: str) -> None:
    """Correct one item of the confirmed profile; restrictions have a list of their own, where allergies are safe."""
    if step_id == "restrictions":
        await restricoes.show(scene)
        return
    answers = await people.answers_of(scene.turn.tx, scene.person.id)
    if answers is None and scene.talk.answers != Answers():
        await asking.ask(scene, BY_ID[step_id], scene.talk)
    elif answers is None:
        await asking.resume(scene)
    else:
        await asking.correct(scene, step_id, Mode.PROFILE, answers)


async def undo(scene: Scene) -> None:
    """[↩ Desfazer]: the answers before the last correction."""
    if scene.step != SUMMARY or scene.talk.undo is None:
        await asking.current(scene)
        return
    await asking.show_summary(scene, scene.talk.with_(answers=scene.talk.undo, undo=None))


async def typed(scene: Scene, text: str) -> None:
    """Words at the summary: yes, back, or a correction ("não é 72,5, é 75,2")."""
    if reading.means_yes(text):
        await confirm(scene)
        return
    if reading.means_back(text):
        await asking.ask(scene, STEPS[-1], scene.talk.with_(mode=Mode.FIRST))
        return
    table = scene.turn.services.table
    beside = aside.told(SUMMARY, text, table)
    if beside is not None:
        await _excluded(scene, beside)
        return
    found = corrections.read_correction(text, scene.talk.answers, table)
    if found is None:
        await scene.turn.send("resumo_nao_entendi")
        return
    step, result = found
    match result:
        case reading.Accepted(changes) | reading.Marked(changes, _):
            answers = scene.talk.answers.with_(**changes)
            await corrected(scene, scene.talk.answered(answers).with_(mode=Mode.SUMMARY), step)
        case reading.Offered(values):
            moved = await scene.go(step.id, scene.talk)
            await asking.offer(moved, step, text, values)
        case reading.Refused("minor"):
            await guards.minor(scene)
        case reading.Refused(problem):
            await scene.turn.send("resumo_recusado", step=step.id, problem=problem, said=text)


async def _excluded(scene: Scene, beside: aside.Told) -> None:
    """What the person does not eat, told at the summary: a correction like any other, then what is not clear."""
    found = beside.understood.restrictions
    added = (*found, *companions(found))
    answers = aside.excluding(scene.talk.answers, added)
    firm = answers.restrictions != scene.talk.answers.restrictions
    step = BY_ID["restrictions" if firm else "dislikes"]
    await corrected(scene, scene.talk.answered(answers).with_(mode=Mode.SUMMARY), step)
    for code in restricoes.doubts_about(beside.understood, added):
        await scene.turn.send("restricao_duvida", code=code)


async def confirm(scene: Scene) -> None:
    """[Montar cardápio]: keep the answers, then plan, ask to reconsider the goal, or refer."""
    turn, talk = scene.turn, scene.talk
    if scene.step != SUMMARY:
        await cardapio.make(scene)
        return
    try:
        profile = talk.answers.profile()
    except AnswersError:
        await asking.resume(scene)
        return
    review = people.review(profile)
    if review.assessment.decision is Decision.REFUSE_DEFICIT and talk.answers.goal is Goal.PERDER:
        if Reason.IMC_ABAIXO_18_5 in review.assessment.reasons:
            await turn.send("confira_medidas")
        else:
            await turn.send("sem_deficit", reasons=_codes(review.assessment))
        return
    await finish(scene, talk.answers)


async def figures_right(scene: Scene) -> None:
    """[Está certo]: the figures stand, so no deficit; offer what can be done."""
    if scene.step != SUMMARY:
        await asking.current(scene)
        return
    review = people.review(scene.talk.answers.profile())
    await scene.turn.edit("sem_deficit", reasons=_codes(review.assessment))


async def another_goal(scene: Scene, goal: str) -> None:
    """[Manter o peso] or [Ganhar músculos] instead of losing."""
    if goal not in (Goal.MANTER, Goal.GANHAR):
        await asking.current(scene)
        return
    if scene.step == SUMMARY:
        answers = scene.talk.answers.with_(goal=Goal(goal), target_weight_kg=0.0)
        await finish(scene, answers)
        return
    await people.set_goal(scene.turn.tx, scene.person.id, Goal(goal), scene.turn.now)
    await cardapio.make(scene)


async def finish(scene: Scene, answers: Answers) -> None:
    """Keep the answers as the profile; then the week, with its notice said once, or the way to help."""
    turn = scene.turn
    profile = await people.save_answers(turn.tx, scene.person, answers, turn.now)
    review = people.review(profile)
    if turn.data:
        await turn.edit("resumo", confirmed=True)
    scene = await scene.rest()
    if review.assessment.decision is Decision.REFER:
        await guards.refer(scene, review.assessment)
        return
    if review.assessment.decision is not Decision.PLAN:
        await turn.send("aviso", reasons=_codes(review.assessment))
    await cardapio.make(scene)


async def referred(scene: Scene, talk: Talk) -> bool:
    """After the health questions: when these answers are for a professional, say so now and stop asking."""
    try:
        profile = talk.answers.profile()
    except AnswersError:
        return False
    assessment = people.review(profile).assessment
    if assessment.decision is not Decision.REFER:
        return False
    await people.save_answers(scene.turn.tx, scene.person, talk.answers, scene.turn.now)
    await guards.refer(await scene.rest(), assessment)
    return True


async def store_corrected(scene: Scene, answers: Answers, step: Step) -> None:
    """Keep a corrected profile, say so, and offer a new week or the way to help."""
    turn = scene.turn
    await people.save_answers(turn.tx, scene.person, answers, turn.now)
    if step.id == "weight" and answers.weight_kg is not None:  # what was corrected is what the scale says now
        await progress.record(turn.tx, scene.person.id, answers.weight_kg, scene.today, turn.now)
    scene = await scene.rest()
    assessment = people.review(answers.profile()).assessment
    await turn.send("perfil_corrigido", step=step.id)
    if assessment.decision is Decision.REFER:
        await guards.refer(scene, assessment)
        return
    if step.id == "weight" and await quieting.restore(turn.tx, scene.person.id, turn.now):
        await turn.send("peso_como_antes")
    if step.id != "reminder":
        await turn.send("perfil_nova_semana")


async def again(scene: Scene) -> None:
    """[Voltar] to the summary, in the message that was tapped."""
    if scene.step == SUMMARY:
        await scene.turn.edit("resumo")
    else:
        await asking.current(scene)


async def why(scene: Scene) -> None:
    """[Por quê?]: where the number of kcal comes from."""
    await scene.turn.edit("porque")


def _codes(assessment: Assessment) -> list[str]:
    return [reason.value for reason in assessment.reasons]
