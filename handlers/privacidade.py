"""/privacidade and /apagar."""

from collections.abc import Awaitable, Callable

from handlers.scene import CONSENT, IDLE, Scene
from menus import people
from menus.answers import Talk
from nutrition.words import tokens

ERASE = "apagar"
_WORDS = (
    ["apagar", "tudo"],
    ["apaga", "tudo"],
    ["apague", "tudo"],
    ["erase", "everything"],
    ["delete", "everything"],
    ["borrar", "todo"],
    ["borra", "todo"],
)
"""As the sentence asks for it in each language, and near it."""


async def show(scene: Scene) -> None:
    """/privacidade, also before consent."""
    if scene.turn.data and not scene.consented:
        await scene.turn.edit("privacidade")
    else:
        await scene.turn.send("privacidade")


async def see_all(scene: Scene) -> None:
    """[Ver tudo]: what is kept about the person, in words."""
    await scene.turn.send("tudo")


async def ask_erase(scene: Scene) -> None:
    """/apagar: explain, and wait for the words. What was being asked is kept, in case the person cancels."""
    back_to = scene.talk.paused or scene.step if scene.step != ERASE else scene.talk.paused
    await scene.go(ERASE, scene.talk.with_(paused=back_to))
    await scene.turn.send("apagar")


async def typed(scene: Scene, text: str) -> None:
    """The words "apagar tudo" erase; anything else cancels."""
    if tokens(text) in _WORDS:
        await erase(scene)
    else:
        await keep(scene)


async def keep(scene: Scene) -> None:
    """Nothing was erased; the conversation is where it was."""
    back_to = scene.talk.paused
    if back_to:
        await scene.go(back_to, scene.talk.with_(paused=""))
    elif scene.step != IDLE:
        await scene.rest()
    await scene.turn.send("nada_apagado")


async def stay(scene: Scene) -> None:
    """[Quero continuar], under the message after a year of silence: any tap keeps everything, this one says so."""
    await scene.turn.send("continua_guardado")


async def erase(scene: Scene) -> None:
    """Erase the person; what stays is the chat id and that consent has to be asked again."""
    turn = scene.turn
    await turn.services.menus.cancel(turn.tx, scene.person.id, turn.now)
    await people.erase(turn.tx, scene.person)
    person = await people.meet(turn.tx, turn.chat_id, turn.services.default_time_zone, scene.person.language)
    await people.set_talk(turn.tx, person.id, CONSENT, Talk())
    await turn.send("tudo_apagado")


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"privacidade": show, "apagar": ask_erase}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "privacidade": show,
    "tudo": see_all,
    "apagar": ask_erase,
    "nao_apagar": keep,
    "fica": stay,
}
