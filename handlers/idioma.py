"""/idioma: the language of the bot's own sentences; dishes, foods and the guide stay Portuguese.

A first contact is answered in the language of the person's Telegram (``scene.enter``); this changes it at any time.
"""

from collections.abc import Awaitable, Callable

from handlers import inicio
from handlers.catalogue import LANGUAGES
from handlers.onboarding import asking
from handlers.onboarding.steps import BY_ID
from handlers.scene import SUMMARY, Scene
from menus import people
from nutrition.words import tokens

_NAMES = {
    "portugues": "pt_BR",
    "portuguese": "pt_BR",
    "english": "en",
    "ingles": "en",
    "espanol": "es",
    "espanhol": "es",
    "spanish": "es",
}
_AROUND = frozenset(
    [
        "please",
        "por",
        "favor",
        "pls",
        "in",
        "em",
        "en",
        "fala",
        "fale",
        "falar",
        "pode",
        "voce",
        "can",
        "you",
        "could",
        "speak",
        "do",
        "habla",
        "hablas",
        "hablar",
        "puedes",
    ]
)
_ASKS = frozenset(
    {
        "idioma",
        "lingua",
        "language",
        "mudar idioma",
        "mudar o idioma",
        "mudar de idioma",
        "trocar idioma",
        "mudar lingua",
        "change language",
        "change the language",
        "cambiar idioma",
        "cambiar el idioma",
        "cambiar de idioma",
    }
)


def named(text: str) -> str | None:
    """The language that ``text`` asks to be spoken ("english please": "en"), "" when it asks which; else None."""
    said = tokens(text)
    if " ".join(said) in _ASKS:
        return ""
    rest = [word for word in said if word not in _AROUND]
    return _NAMES.get(rest[0]) if len(rest) == 1 else None


async def show(scene: Scene) -> None:
    """/idioma: the languages, as buttons."""
    await scene.turn.send("idioma")


async def words(scene: Scene, language: str) -> None:
    """Words of ``named``: a language that was named is spoken at once."""
    if language:
        await _speak(scene, language)
        await scene.turn.send("idioma_mudou")
        await _go_on(scene)
    else:
        await show(scene)


async def tapped(scene: Scene, language: str) -> None:
    """A language was tapped; what was being asked is asked again in it."""
    if language not in LANGUAGES:
        await asking.current(scene)
        return
    await _speak(scene, language)
    await scene.turn.edit("idioma_mudou")
    await _go_on(scene)


async def _speak(scene: Scene, language: str) -> None:
    await people.set_language(scene.turn.tx, scene.person.id, language)


async def _go_on(scene: Scene) -> None:
    if not scene.consented:
        await inicio.ask_consent(scene)
    elif scene.step in BY_ID or scene.step == SUMMARY:
        await asking.current(scene)


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"idioma": show, "language": show}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {"fala": tapped}
