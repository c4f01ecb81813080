"""/cancelar: stop what is going on, losing nothing that was said."""

from handlers.onboarding import asking
from handlers.onboarding.steps import BY_ID
from handlers.scene import CONSENT, IDLE, PAUSED, SUMMARY, Scene
from menus.answers import Mode


async def cancel(scene: Scene) -> None:
    """/cancelar: a week being made, a question being asked, or nothing at all."""
    turn = scene.turn
    if await turn.services.menus.cancel(turn.tx, scene.person.id, turn.now):
        await turn.send("parado")
    elif scene.step == CONSENT:
        await turn.send("consentimento_negado")
    elif scene.step in (IDLE, PAUSED):
        await turn.send("nada_a_cancelar")
    elif scene.talk.mode is Mode.PROFILE or scene.step not in (*BY_ID, SUMMARY):
        await scene.rest()
        await turn.send("cancelado")
    else:
        await asking.pause(scene)
        await turn.send("onboarding_cancelado")


async def erase_answers(scene: Scene) -> None:
    """[Apagar respostas]: forget what was answered and not yet confirmed."""
    await scene.rest()
    await scene.turn.edit("respostas_apagadas")
