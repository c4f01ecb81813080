"""How the questions are asked and answered: tapped, typed, marked, skipped, kept, taken back or postponed."""

from typing import Any

from handlers import guards, restricoes
from handlers.onboarding import aside, marks, reading, summary
from handlers.onboarding.asking import ask, ask_in_place, current, offer, pause, show_summary
from handlers.onboarding.steps import (
    BY_ID,
    DIABETES,
    DIABETES_STEP,
    STEPS,
    Kind,
    Step,
    after,
    before,
    unanswered_before,
)
from handlers.scene import Scene
from menus.answers import Answers, Mode, Offer

TRIES = 3


async def typed(scene: Scene, text: str) -> None:
    """An answer in words to the question being asked."""
    step = BY_ID[scene.step]
    if reading.means_back(text):
        await back(scene)
        return
    if scene.talk.offer and reading.means_yes(text):
        await accept_offer(scene, scene.talk.offer)
        return
    beside = aside.told(step.id, text, scene.turn.services.table)
    if beside is not None:
        await told_beside(scene, beside)
        return
    await read(scene, step, text)


async def told_beside(scene: Scene, beside: aside.Told) -> None:
    """Something excluded was told at a question: it is kept, and what is left of the words may be the answer."""
    if scene.talk.mode is Mode.PROFILE:
        await restricoes.note(scene, beside.understood)
    else:
        scene = await aside.keep(scene, beside.understood)
    await go_on(scene, beside.rest)


async def go_on(scene: Scene, rest: str) -> None:
    """The open question goes on: ``rest`` of the words is its answer when it reads as one, else it is asked again."""
    step = BY_ID.get(scene.step)
    if step is not None and rest:
        result = reading.read(step, rest, scene.talk.answers, scene.turn.services.table)
        if isinstance(result, reading.Accepted | reading.Offered) or result == reading.Refused("minor"):
            await read(scene, step, rest)
            return
    await current(scene)


async def read(scene: Scene, step: Step, text: str) -> None:
    """Take ``text`` as the answer to ``step``, offer what it may mean, or say why it is not taken."""
    result = reading.read(step, text, scene.talk.answers, scene.turn.services.table)
    match result:
        case reading.Accepted(changes):
            await accepted(scene, step, scene.talk.answers.with_(**changes))
        case reading.Marked(changes, note):
            await marked(scene, step, scene.talk.answers.with_(**changes), note)
        case reading.Offered(values):
            await offer(scene, step, text, values)
        case reading.Refused(problem):
            await refused(scene, step, problem, text)


async def tapped(scene: Scene, step_id: str, value: str) -> None:
    """A button of a question: one of its options, or "none"."""
    step = BY_ID.get(step_id)
    if step is None or scene.step != step_id:
        await current(scene)
        return
    changes = reading.chosen(step, value, scene.talk.answers)
    if changes is None:
        await current(scene)
        return
    await accepted(scene, step, scene.talk.answers.with_(**changes))


async def mark(scene: Scene, step_id: str, value: str, on: bool) -> None:
    """Tick or untick one mark; the question is edited in place."""
    step = BY_ID.get(step_id)
    if step is None or scene.step != step_id or step.kind is not Kind.MANY:
        await current(scene)
        return
    answers = marks.with_mark(step, value, on, scene.talk.answers)
    await scene.go(step.id, scene.talk.answered(answers))
    await scene.turn.edit("pergunta", step=step.id)


async def tapped_mark(scene: Scene, step_id: str, value: str, on: str) -> None:
    """The button of a mark says which state it sets, so a repeated tap changes nothing."""
    await mark(scene, step_id, value, on == "1")


async def done(scene: Scene, step_id: str) -> None:
    """[Pronto]: the marks are the answer; no marks at all is "none"."""
    step = BY_ID.get(step_id)
    if step is None or scene.step != step_id or step.kind is not Kind.MANY:
        await current(scene)
        return
    answers = scene.talk.answers
    await accepted(scene, step, answers.with_(**{step.field: getattr(answers, step.field) or ()}))


async def marked(scene: Scene, step: Step, answers: Answers, note: dict[str, Any]) -> None:
    """Free text added marks: say what was understood, keep the question open, and ask what is not clear."""
    await ask(scene, step, scene.talk.answered(answers), note)
    for code in note.get("doubts", ()):
        await scene.turn.send("restricao_duvida", code=code)


async def keep(scene: Scene, step_id: str) -> None:
    """[Manter …]: the old answer stands."""
    if step_id != scene.step or step_id not in BY_ID:
        await current(scene)
        return
    await accepted(scene, BY_ID[step_id], scene.talk.answers)


async def accepted(scene: Scene, step: Step, answers: Answers) -> None:
    """Shrink the answered question and go where its mode leads."""
    talk = scene.talk.answered(answers)
    await scene.turn.shrink("respondida", step=step.id, answers=answers.only(step.field))
    if step.id == "health" and marks.asks_about_diabetes(answers):
        await ask(scene, DIABETES, talk)
        return
    if talk.mode is not Mode.FIRST:
        await summary.corrected(scene, talk, step)
        return
    if step.id in ("health", DIABETES_STEP) and await summary.referred(scene, talk):
        return
    following = unanswered_before(step.id, answers) or after(step.id, answers)
    if following is None:
        await show_summary(scene, talk)
    else:
        await ask(scene, following, talk)


async def back(scene: Scene) -> None:
    """[Voltar]: the question before, or where the correction came from; answers stay."""
    if scene.talk.mode is not Mode.FIRST:
        await summary.leave_correction(scene)
        return
    step = before(scene.step, scene.talk.answers) if scene.step in BY_ID else STEPS[-1]
    await ask_in_place(scene, step or STEPS[0], scene.talk.with_(tries=0))


async def tapped_back(scene: Scene, step_id: str) -> None:
    """The [Voltar] of a question; one of an older question shows the current one."""
    if step_id == scene.step:
        await back(scene)
    else:
        await current(scene)


async def repeat(scene: Scene, step_id: str) -> None:
    """[Corrigir] or [Tentar de novo]: the same question again."""
    if step_id == scene.step and step_id in BY_ID:
        await ask(scene, BY_ID[step_id], scene.talk)
    else:
        await current(scene)


async def other(scene: Scene) -> None:
    """[Outra] in the health question."""
    if scene.step == "health":
        await scene.turn.send("escreva_outra")
    else:
        await current(scene)


async def why_sex(scene: Scene) -> None:
    """[Por que isso?]"""
    await scene.turn.send("porque_sexo")


async def tapped_offer(scene: Scene, step_id: str, value: str) -> None:
    """[É 72,5 kg]: the value stands in the button, so that a restart in between loses nothing."""
    await accept_offer(scene, Offer(step=step_id, value=value))


async def accept_offer(scene: Scene, accepted_offer: Offer) -> None:
    """The person confirmed a doubtful reading."""
    step = BY_ID.get(accepted_offer.step)
    if step is None or scene.step != step.id or accepted_offer.value is None:
        await current(scene)
        return
    result = reading.confirmed(step, accepted_offer.value, scene.talk.answers)
    if isinstance(result, reading.Accepted):
        await accepted(scene, step, scene.talk.answers.with_(**result.changes))
    else:
        await refused(scene, step, result.problem, str(accepted_offer.value))


async def refused(scene: Scene, step: Step, problem: str, said: str) -> None:
    """A bad answer: say why with an example; the third in a row offers to postpone. An age under 18 ends it all."""
    if problem == "minor":
        await guards.minor(scene)
        return
    tries = scene.talk.tries + 1
    await scene.go(step.id, scene.talk.with_(tries=tries % TRIES, offer=None))
    if tries >= TRIES:
        await scene.turn.send("terceira", step=step.id)
    else:
        await scene.turn.send("recusada", step=step.id, problem=problem, said=said)


async def postpone(scene: Scene) -> None:
    """Leave the questions for later; answers stay."""
    await pause(scene)
    await scene.turn.send("adiado")
