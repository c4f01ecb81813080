"""/start, consent and its refusal, Gemini's own question, and going on where we stopped."""

from handlers import hoje, intents, privacidade
from handlers.guards import MINOR
from handlers.onboarding import asking
from handlers.onboarding.steps import BY_ID
from handlers.scene import CONSENT, PAUSED, SUMMARY, Scene
from menus import people
from menus.answers import Mode, Talk
from nutrition.words import tokens


async def start(scene: Scene) -> None:
    """/start: consent first; then where the person stopped, or what they have."""
    if not scene.consented:
        await ask_consent(scene)
    elif _in_the_middle(scene):
        await scene.turn.send("parada", step=scene.talk.paused or scene.step)
    elif await people.profile_of(scene.turn.tx, scene.person.id) is None:
        await asking.begin(scene)
    elif await _gemini_unasked(scene):
        await scene.turn.send("gemini_novo")
    else:
        await hoje.next_meal(scene, greet="oi")


async def ask_consent(scene: Scene) -> None:
    """Show the consent text; before its yes nothing but the chat and this step is kept."""
    if scene.step == MINOR and scene.talk.minors > 1:
        await scene.turn.send("menor", again=True)
        return
    await scene.go(CONSENT, Talk(minors=scene.talk.minors))
    await scene.turn.send("consentimento")


async def before_consent(scene: Scene, text: str) -> None:
    """Words before consent: a yes, a no, or anything else (the same question again). Who agreed to a former text may be
    erasing what is kept."""
    if scene.step == privacidade.ERASE:
        await privacidade.typed(scene, text)
    elif scene.step == CONSENT and (intents.is_yes(text) or intents.is_yes(_without_gemini(text))):
        await agree(scene, gemini=_names_gemini(text) and "sem" not in tokens(text))
    elif scene.step == CONSENT and intents.is_no(text):
        await scene.turn.send("consentimento_negado")
    else:
        await ask_consent(scene)


async def tapped(scene: Scene, choice: str) -> None:
    """A button of the consent text."""
    if scene.consented:
        await asking.current(scene)
    elif choice in ("sem", "gemini"):
        await agree(scene, gemini=choice == "gemini")
    else:
        await scene.turn.edit("consentimento_negado")


async def agree(scene: Scene, *, gemini: bool) -> None:
    """Record the yes; a person who had a profile under an older text keeps it."""
    turn = scene.turn
    asked = turn.services.gemini_enabled
    await people.consent(turn.tx, scene.person, gemini=gemini if asked else None, now=turn.now)
    await turn.shrink("consentimento_dado", gemini=gemini and asked)
    if await people.profile_of(turn.tx, scene.person.id) is None:
        await asking.begin(scene)
    else:
        await hoje.next_meal(await scene.rest(), greet="oi")


async def answer_gemini(scene: Scene, choice: str) -> None:
    """A yes or no to Gemini alone, asked when it was switched on later; without Gemini there is nothing to agree to."""
    if not scene.turn.services.gemini_enabled:
        await asking.current(scene)
        return
    agreed = choice == "sim"
    await people.consent_to_gemini(scene.turn.tx, scene.person, agreed)
    await scene.turn.edit("consentimento_dado", gemini=agreed)
    await hoje.next_meal(scene)


async def go_on(scene: Scene) -> None:
    """[Continuar]: the question where we stopped."""
    if scene.consented:
        await asking.resume(scene)
    else:
        await ask_consent(scene)


async def start_over(scene: Scene) -> None:
    """[Começar de novo]: forget the answers not yet confirmed and ask the first question."""
    if scene.consented:
        await asking.begin(scene)
    else:
        await ask_consent(scene)


def _in_the_middle(scene: Scene) -> bool:
    first = scene.talk.mode is not Mode.PROFILE
    return first and (scene.step in BY_ID or scene.step in (SUMMARY, PAUSED))


async def _gemini_unasked(scene: Scene) -> bool:
    return scene.turn.services.gemini_enabled and scene.person.gemini_consent is None


def _names_gemini(text: str) -> bool:
    return "gemini" in tokens(text)


def _without_gemini(text: str) -> str:
    return " ".join(word for word in tokens(text) if word not in ("com", "sem", "o", "gemini"))
