"""Asking: which question is open, and how the conversation is left and taken up again."""

from typing import Any

from handlers.onboarding.marks import allergies
from handlers.onboarding.steps import BY_ID, STEPS, Step
from handlers.scene import PAUSED, SUMMARY, Scene
from menus.answers import Answers, Mode, Offer, Talk


async def begin(scene: Scene) -> None:
    """Ask the first question, all answers empty but the allergies that were told."""
    told = tuple(item for item in allergies(scene.talk.answers) if item.said)
    await ask(scene, STEPS[0], Talk(answers=Answers(restrictions=told or None), minors=scene.talk.minors))


async def ask(scene: Scene, step: Step, talk: Talk, note: dict[str, Any] | None = None) -> None:
    """Put the person at ``step`` and ask it; ``note`` says what free text just added."""
    await scene.go(step.id, talk.with_(offer=None, paused=""))
    await scene.turn.send("pergunta", step=step.id, note=note or {})


async def ask_in_place(scene: Scene, step: Step, talk: Talk) -> None:
    """The same, in the message whose button was tapped: nothing new was said, so nothing rings."""
    await scene.go(step.id, talk.with_(offer=None, paused=""))
    await scene.turn.edit("pergunta", step=step.id)


async def correct(scene: Scene, step_id: str, mode: Mode, answers: Answers) -> None:
    """Ask one question again, to come back to the summary or to the profile with its answer."""
    await ask(scene, BY_ID[step_id], Talk(mode=mode, answers=answers))


async def open_correction(scene: Scene, step: Step, answers: Answers) -> Scene:
    """Put the person at a correction of ``step`` in the profile without asking it yet."""
    return await scene.go(step.id, Talk(mode=Mode.PROFILE, answers=answers))


async def offer(scene: Scene, step: Step, said: str, values: tuple[float | str, ...]) -> None:
    """A doubtful reading: nothing is stored until the person confirms it."""
    single = Offer(step=step.id, value=values[0]) if len(values) == 1 else None
    await scene.go(step.id, scene.talk.with_(offer=single))
    await scene.turn.send("oferecida", step=step.id, said=said[:40], values=list(values))


async def show_summary(scene: Scene, talk: Talk, *, said: bool = True) -> None:
    """Put the person at the summary and show it (or only put them there)."""
    await scene.go(SUMMARY, talk.with_(mode=Mode.SUMMARY, offer=None, tries=0, paused=""))
    if said:
        await scene.turn.send("resumo")


async def pause(scene: Scene) -> None:
    """Stop asking without losing where we were."""
    if scene.step in BY_ID or scene.step == SUMMARY:
        await scene.go(PAUSED, scene.talk.with_(paused=scene.step, tries=0, offer=None))


async def resume(scene: Scene) -> None:
    """Ask again what was being asked."""
    step = scene.talk.paused or scene.step
    if step == SUMMARY:
        await show_summary(scene, scene.talk)
    elif step in BY_ID:
        await ask(scene, BY_ID[step], scene.talk)
    else:
        await begin(scene)


async def current(scene: Scene) -> None:
    """A tap on an old message: show what is open now, the day when nothing is."""
    if scene.step in BY_ID:
        await scene.turn.send("pergunta", step=scene.step)
    elif scene.step == SUMMARY:
        await scene.turn.send("resumo")
    elif scene.step == PAUSED and scene.talk.paused:
        await scene.turn.send("parada", step=scene.talk.paused)
    else:
        await scene.turn.toast("botao_antigo")
        await scene.turn.send("dia", date=scene.today.isoformat())
