"""Guardrails in the conversation: what a person tells about their health comes before anything else, at any time."""

from handlers import emergency
from handlers.scene import Scene
from menus import people
from menus.answers import Talk
from nutrition.guardrails import Assessment, Decision, conditions_in

MINOR = "menor"
MINOR_REASON = "minor"


async def urgent(scene: Scene, text: str) -> bool:
    """An allergic reaction that is happening now: the number to call, and nothing before it."""
    if not emergency.happening(text):
        return False
    await scene.turn.send("emergencia")
    return True


async def health_fact(scene: Scene, text: str) -> bool:
    """A health fact in free text: keep it, say what it changes; True when that was the answer."""
    found = conditions_in(text)
    if not found:
        return False
    turn = scene.turn
    profile = await people.add_conditions(turn.tx, scene.person.id, found, turn.now)
    if profile is None:
        return await _during_onboarding(scene, found)
    assessment = people.review(profile).assessment
    if assessment.decision is Decision.REFER:
        await refer(await scene.rest(), assessment)
        return True
    await turn.send("anotado_saude", conditions=list(found), reasons=_reasons(assessment))
    return True


async def refer(scene: Scene, assessment: Assessment) -> None:
    """This person's menu is for a professional: stop what ran, say where help is and what can still be done."""
    turn, reasons = scene.turn, _reasons(assessment)
    if MINOR_REASON in reasons:
        await minor(scene)
        return
    await turn.services.menus.cancel(turn.tx, scene.person.id, turn.now)
    if "eating_disorder" in reasons:
        await people.hide_numbers(turn.tx, scene.person.id, True)
        await people.set_reminder(turn.tx, scene.person.id, "", turn.now)
    await turn.send("encaminhar", reasons=reasons)


async def minor(scene: Scene) -> None:
    """Under 18: everything is erased at once; one correction of a mistyped age is possible."""
    turn, times = scene.turn, scene.talk.minors + 1
    await people.erase(turn.tx, scene.person)
    person = await people.meet(turn.tx, turn.chat_id, turn.services.default_time_zone)
    await people.set_talk(turn.tx, person.id, MINOR, Talk(minors=times))
    await turn.send("menor", again=times > 1)


async def _during_onboarding(scene: Scene, found: tuple[str, ...]) -> bool:
    answers = scene.talk.answers
    conditions = tuple(dict.fromkeys((*(answers.conditions or ()), *found)))
    talk = scene.talk.with_(answers=answers.with_(conditions=conditions))
    moved = await scene.go(scene.step, talk)
    assessment = people.review_conditions(talk.answers)
    if assessment.decision is Decision.REFER:
        await moved.turn.send("encaminhar", reasons=_reasons(assessment))
    else:
        await moved.turn.send("anotado_saude", conditions=list(found), reasons=_reasons(assessment))
        await moved.turn.send("pergunta", step=scene.step)
    return True


def _reasons(assessment: Assessment) -> list[str]:
    return [reason.value for reason in assessment.reasons]
