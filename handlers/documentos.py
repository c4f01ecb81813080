"""Files that people send, and /documentos: the list, one document, its passages, erasing it.

Routing takes ``COMMANDS`` and the tables of taps as they are, and gives files and pictures to ``received``.
"""

import re
from collections.abc import Awaitable, Callable

from telegram import Document, Message

from handlers import guards, perguntar
from handlers.scene import Scene
from menus import documents, people, uploads
from menus.uploads import Job, Sent
from nutrition.guardrails import Decision
from nutrition.words import tokens

_ASKS_LIST = re.compile(
    r"(?:(?:quero|queria|posso|pode|me) )*(?:ver|mostr\w+|list\w+|abr\w+|quais(?: sao)?|cade|onde (?:estao|ficam))?"
    r" ?(?:os )?(?:meus )?(?:documentos|arquivos)(?: (?:que )?(?:eu )?(?:mandei|enviei|tenho))?"
)

_SAYS = r"(?:diz\w*|dizem|fal[ao]\w*|recomend\w+|suger\w+|mandam?|traz\w*|explic\w+|ensin\w+|tem)"
_OF_ITS_CONTENT = re.compile(
    rf"\b(?:documentos?|arquivos?) (?:que )?(?:\w+ )?{_SAYS}\b|\b{_SAYS} (?:\w+ ){{1,2}}(?:documentos?|arquivos?)\b"
)

_PICTURES = ("image/",)
_SOUNDS = ("audio/", "video/")


async def received(scene: Scene, file: Document) -> None:
    """A file: taken to be read outside the turn, or a sentence that says why not, and then nothing is kept."""
    turn = scene.turn
    mime = file.mime_type or ""
    if await guards.urgent(scene, turn.text):  # danger told beside a file comes first
        return
    if not scene.consented:
        await turn.send("doc_sem_acordo")
    elif not await _known(scene):
        await turn.send("doc_sem_perfil")
    elif mime.startswith(_PICTURES):
        await turn.send("midia_foto")
    elif mime.startswith(_SOUNDS):
        await turn.send("doc_recusado", reason="wrong_type")
    else:
        sent = Sent(file.file_id, file.file_name or "", file.file_size, mime)
        taken = await uploads.request(turn.tx, scene.person, sent, turn.now)
        if isinstance(taken, Job):
            turn.after_commit(turn.services.uploads.wake)
            await turn.send("doc_progresso", job=taken.id)
        else:
            await turn.send("doc_recusado", reason=taken)


def file_of(message: Message | None) -> Document | None:
    """The file of a message, animations aside: Telegram calls those a document too."""
    return message.document if message is not None and message.animation is None else None


async def _known(scene: Scene) -> bool:
    """Whether the questions are answered; one who is referred to a professional needs no menu to keep a plan here."""
    if await people.profile_of(scene.turn.tx, scene.person.id) is not None:
        return True
    return people.review_conditions(scene.talk.answers).decision is Decision.REFER


def asked(text: str) -> bool:
    """Whether words ask for the list: "meus documentos", "quais documentos eu mandei?"."""
    return _ASKS_LIST.fullmatch(" ".join(tokens(text))) is not None


async def says(scene: Scene, text: str) -> bool:
    """Take "o que meu documento diz sobre o café da manhã?" as a question, whatever it names; True when it is one."""
    asks = perguntar.is_question(text) and _OF_ITS_CONTENT.search(" ".join(tokens(text))) is not None
    if asks:
        await perguntar.ask(scene, text)
    return asks


async def show(scene: Scene) -> None:
    """/documentos: the list; [Voltar] comes here too."""
    if scene.turn.data:
        await scene.turn.edit("documentos")
    else:
        await scene.turn.send("documentos")


async def open_one(scene: Scene, wanted: str) -> None:
    """A document of the list."""
    await _with(scene, wanted, "documento")


async def read(scene: Scene, wanted: str, place: str) -> None:
    """[Ler trechos] and its arrows; ``place`` counts from 0."""
    if place.isdecimal() and len(place) < 8:
        await _with(scene, wanted, "doc_trecho", place=int(place))
    else:
        await show(scene)


async def ask_erase(scene: Scene, wanted: str) -> None:
    """[Apagar]: asks once more."""
    await _with(scene, wanted, "doc_apagar")


async def erase(scene: Scene, wanted: str) -> None:
    """[Sim, apagar]."""
    number = id_in(wanted)
    gone = None if number is None else await documents.erase(scene.turn.tx, scene.person.id, number)
    if gone is not None:
        await scene.turn.toast("doc_apagado", name=gone.title)
    await scene.turn.edit("documentos", missing=gone is None)


async def how_to_send(scene: Scene) -> None:
    """[Mandar meu plano]: which files can be read."""
    await scene.turn.send("doc_mande")


async def _with(scene: Scene, wanted: str, screen: str, **more: int) -> None:
    """Show ``screen`` of the person's own document; the list when it is not theirs or not there."""
    number = id_in(wanted)
    if number is None or await documents.find(scene.turn.tx, scene.person.id, number) is None:
        await scene.turn.edit("documentos", missing=True)
    else:
        await scene.turn.edit(screen, document=number, **more)


def id_in(wanted: str) -> int | None:
    """The id that a button carries; None for anything else."""
    return int(wanted) if wanted.isdecimal() and len(wanted) < 16 else None


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"documentos": show, "documento": show}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {"documentos": show, "doc_mande": how_to_send}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "doc": open_one,
    "doc_apaga": ask_erase,
    "doc_sim": erase,
}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {"doc_le": read}
