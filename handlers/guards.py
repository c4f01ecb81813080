"""Guardrails in the conversation: what a person tells about their health comes before anything else, at any time."""

from collections.abc import Awaitable, Callable

from handlers import restricoes
from handlers.onboarding import aside, asking
from handlers.onboarding.steps import BY_ID
from handlers.scene import Scene
from menus import people, quieting
from menus.answers import Talk, excluded_by
from nutrition.conditions import conditions_in
from nutrition.guardrails import Assessment, Decision, Reason
from nutrition.requests import states_minor_age, wanted_kcal, wants_fast_loss
from nutrition.restrictions.understand import merge, understand

MINOR = "menor"
VERY_LOW_KCAL = 800
_PASSING = frozenset({Reason.EMERGENCIA, Reason.CRISE_EMOCIONAL})


async def urgent(scene: Scene, text: str) -> bool:
    """What cannot wait for consent or for a question: danger now, and despair. Nothing is kept of it."""
    found = conditions_in(text)
    if Reason.EMERGENCIA in found:
        await scene.turn.send("emergencia")
    elif Reason.CRISE_EMOCIONAL in found:
        await scene.turn.send("encaminhar", reasons=[Reason.CRISE_EMOCIONAL])
    else:
        return False
    return True


async def health_fact(scene: Scene, text: str, go_on: Callable[[Scene, str], Awaitable[None]]) -> bool:
    """A health fact in free text: keep it and say what it changes; True when that was the answer.

    ``go_on`` takes up the question that was open, with what is left of the words.
    """
    found = tuple(code for code in conditions_in(text) if code not in _PASSING)
    if states_minor_age(text) or Reason.MENOR_DE_IDADE in found:
        await minor(scene)
        return True
    if not found:
        return await _unwise_request(scene, text)
    turn = scene.turn
    before = await people.profile_of(turn.tx, scene.person.id)
    profile = await people.add_conditions(turn.tx, scene.person.id, found, turn.now)
    if profile is None:
        moved = await _during_onboarding(scene, text, found)
        if moved is not None:
            await go_on(moved, aside.rest_of(text, lambda piece: bool(conditions_in(piece))))
        return True
    assessment = people.review(profile).assessment
    if assessment.decision is Decision.REFER:
        await refer(await scene.rest(), assessment)
        return True
    if before is not None and set(found) <= set(before.conditions):
        await turn.send("saude_ja_anotada", conditions=list(found))
    else:
        await turn.send("anotado_saude", conditions=list(found), reasons=_only(assessment, found))
    await restricoes.stated(scene, text)
    if scene.step in BY_ID:  # one answer of the profile is being corrected
        await go_on(scene, aside.rest_of(text, lambda piece: bool(conditions_in(piece))))
    return True


async def refer(scene: Scene, assessment: Assessment) -> None:
    """This person's menu is for a professional: stop what ran, say where help is and what can still be done."""
    if Reason.MENOR_DE_IDADE in assessment.reasons:
        await minor(scene)
        return
    await stop(scene, assessment)
    await scene.turn.send("encaminhar", reasons=[reason.value for reason in assessment.reasons])


async def stop(scene: Scene, assessment: Assessment) -> None:
    """End what ran for a person who is referred now; whoever calls says why."""
    turn = scene.turn
    await turn.services.menus.cancel(turn.tx, scene.person.id, turn.now)
    await quieting.quiet(turn.tx, scene.person.id, assessment, turn.now)


async def minor(scene: Scene) -> None:
    """Under 18: everything is erased at once; one correction of a mistyped age is possible."""
    turn, times = scene.turn, scene.talk.minors + 1
    await turn.services.menus.cancel(turn.tx, scene.person.id, turn.now)
    await people.erase(turn.tx, scene.person)
    person = await people.meet(turn.tx, turn.chat_id, turn.services.default_time_zone, scene.person.language)
    await people.set_talk(turn.tx, person.id, MINOR, Talk(minors=times))
    await turn.send("menor", again=times > 1)


async def _during_onboarding(scene: Scene, text: str, found: tuple[str, ...]) -> Scene | None:
    """The fact is kept among the answers, with what the same words exclude; None when it ends the questions."""
    answers = scene.talk.answers
    said = understand(text, scene.turn.services.table).restrictions
    implied = {item.code for item in excluded_by(found)}
    named = [i for i in said if not i.code.startswith(restricoes.LITERAL) and i.code not in implied]
    answers = answers.with_(
        conditions=tuple(dict.fromkeys((*(answers.conditions or ()), *found))),
        restrictions=merge(answers.restrictions or (), named) or None,
    )
    moved = await scene.go(scene.step, scene.talk.with_(answers=answers))
    assessment = people.review_conditions(answers)
    if assessment.decision is Decision.REFER:
        await asking.pause(moved)
        await refer(moved, assessment)
        return None
    await scene.turn.send("anotado_saude", conditions=list(found), reasons=None)
    if named:
        await scene.turn.send("anotado_no_meio", codes=[item.code for item in named])
    return moved


async def _unwise_request(scene: Scene, text: str) -> bool:
    kcal = wanted_kcal(text)
    if kcal is not None and kcal <= VERY_LOW_KCAL:
        await scene.turn.send("pouca_comida")
    elif wants_fast_loss(text):
        await scene.turn.send("sem_pressa")
    else:
        return False
    return True


def _only(assessment: Assessment, found: tuple[str, ...]) -> list[str]:
    return [reason.value for reason in assessment.reasons if reason.value in found]
