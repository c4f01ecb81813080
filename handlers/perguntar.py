"""/perguntar, and any message that asks about food: answered from the guide with sources, outside the turn.

Routing takes ``COMMANDS``, ``TAPS_1`` and ``STEPS`` as they are, and asks ``is_question`` and ``asks_in_general`` about
free words; the lines are in the docstrings there.
"""

import re
from collections.abc import Awaitable, Callable

from handlers.onboarding import asking
from handlers.scene import IDLE, PAUSED, Scene
from menus import allowance, questions
from nutrition.conditions import conditions_in
from nutrition.guardrails import Reason
from nutrition.requests import states_minor_age
from nutrition.words import tokens

ASKING = "pergunta"
"""The step of the conversation in which words are a question."""

FEWEST_WORDS = 3
FEWEST_WITHOUT_MARK = 5
"""Without a question mark "posso comer ovo" may as well lift a restriction."""

_ASKS = re.compile(
    r"^(?:(?:e|mas|oi|ola|bom dia|boa tarde|boa noite|me (?:diz|diga|explica)|gostaria de saber|queria saber|quero saber) )*"
    r"(?:qual|quais|quanto|quanta|quantos|quantas|quando|onde|aonde|quem|como|por ?que|pq|o que|oq|que|de onde|pra que|para que"
    r"|posso|pode|podem|da pra|da para|devo|preciso|precisa|tem que|tem problema|faz (?:mal|bem)|e verdade|existe|vale a pena"
    r"|sera que|e (?:melhor|bom|ruim|normal|verdade))\b"
)
_OF_MY_MENU = re.compile(
    r"\b(?:meu|minha|meus|minhas|nosso|nossa|seu|sua|da semana|do dia) (?:\w+ )?(?:cardapio|semana|dia|menu|lista|compras|almoco|jantar|lanche|"
    r"ceia|cafe|refeicao|refeicoes|receita|peso|meta|calorias|restricoes|alergias|dados|perfil|lembretes?)\b"
    r"|\bo que (?:eu )?(?:como|vou comer|janto|almoco|lancho|tem)\b(?: \w+){0,2}(?: (?:agora|hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo))?$"
    r"|^(?:e |qual (?:e )?)?(?:o |a )?(?:almoco|jantar|janta|lanche|cafe|cafe da manha|ceia|refeicao|proxima refeicao)\b(?: (?:de|do|da) \w+)?$"
    r"|^e? ?(?:hoje|amanha|depois de amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)$"
    r"|\b(?:proxima refeicao|cardapio|lista de compras|lembretes?|avis\w+|me lembr\w+|modo de fazer)\b"
    r"|\b(?:troc(?:a|ar|ou|ue)|repet(?:e|ir)|mont(?:a|ar)|ref(?:az|azer)|mud(?:a|ar)|tir(?:a|ar)|apag(?:a|ar)|mostr(?:a|ar)|cancel(?:a|ar)) (?:o|a|os|as|meu|minha|tudo|esse|essa|para|pra|por)\b"
    r"|\b(?:dois|duas|tres|quatro|\d) pessoas\b"
    r"|^quais (?:sao )?(?:os )?(?:meus )?(?:documentos|arquivos)\b"
)
_ABOUT_ME = re.compile(
    r"\b(?:eu (?:sou|tenho|estou|to|tomo|uso|fiz)|sou|tenho|estou|to|tou|tomo|uso|tive|fiz|fui|descobri|minha|meu|me)\b"
)


async def command(scene: Scene) -> None:
    """/perguntar alone asks for the question; with words after it, they are the question."""
    _, _, rest = scene.turn.text.partition(" ")
    if rest.strip():
        await ask(scene, rest)
    elif scene.step in (IDLE, PAUSED, ASKING):
        await scene.go(ASKING)
        await scene.turn.send("pergunte", busy=False)
    else:
        await scene.turn.send("pergunte", busy=True)


async def typed(scene: Scene, text: str) -> None:
    """The question, after /perguntar alone."""
    await ask(await _rested(scene), text)


async def ask(scene: Scene, text: str) -> None:
    """Take a question: it is answered outside the turn, in the message that says "Procurando"."""
    turn = scene.turn
    if await allowance.used_up(turn.tx, scene.person.id, questions.KIND, turn.now):
        await turn.send("perguntas_demais")
        return
    job, is_new = await questions.request(turn.tx, scene.person, text, turn.now)
    if not is_new:
        await turn.send("pergunta_espera")
        return
    turn.after_commit(turn.services.menus.wake)
    await turn.send("procurando", job=job.id)


async def open_passage(scene: Scene, chunk: str) -> None:
    """[Fonte 1], [Abrir seção]: the passage in a new message; the answer stays."""
    if chunk.isdecimal() and len(chunk) < 16:
        await scene.turn.send("trecho", chunk=int(chunk))
    else:
        await asking.current(scene)


def is_question(text: str) -> bool:
    """Whether ``text`` asks about food in general rather than about the person's own menu, or for a change of it."""
    words = tokens(text)
    folded = " ".join(words)
    if len(words) < FEWEST_WORDS or _OF_MY_MENU.search(folded):
        return False
    if text.rstrip().endswith("?"):
        return True
    return len(words) >= FEWEST_WITHOUT_MARK and _ASKS.match(folded) is not None


def asks_in_general(text: str) -> bool:
    """Whether ``text`` is a question in which nothing is told about the writer: "celíaco pode comer aveia?".

    What such a question names is no fact about the person, so it need not be kept. A sign of danger always is one.
    """
    if not is_question(text) or _ABOUT_ME.search(" ".join(tokens(text))) or states_minor_age(text):
        return False
    return not _GRAVE.intersection(conditions_in(text))


_GRAVE = frozenset(
    {Reason.EMERGENCIA, Reason.CRISE_EMOCIONAL, Reason.TRANSTORNO_ALIMENTAR, Reason.MENOR_DE_IDADE}
)


async def _rested(scene: Scene) -> Scene:
    return await scene.rest() if scene.step == ASKING else scene


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "perguntar": command,
    "pergunta": command,
    "duvida": command,
}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {"trecho": open_passage}
STEPS: dict[str, Callable[[Scene, str], Awaitable[None]]] = {ASKING: typed}
