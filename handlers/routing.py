"""From an update to the handler that serves it: commands, taps, words at a step, free words.

``route`` looks at the update alone; where a conversation stands is read inside the turn.
"""

from collections.abc import Awaitable, Callable

from telegram import Chat, Message, Update

from handlers import (
    ajuda,
    ajustes,
    arquivos,
    cancelar,
    cardapio,
    compras,
    conversa,
    documentos,
    entendi,
    exportar,
    fallback,
    gostos,
    guards,
    historico,
    hoje,
    idioma,
    inicio,
    intents,
    lembretes,
    lembretes_dia,
    pedidos,
    perfil,
    perguntar,
    peso,
    porque,
    privacidade,
    restricoes,
    tapped,
    trocar,
    uso,
)
from handlers.onboarding import asking, flow, summary
from handlers.onboarding.steps import BY_ID
from handlers.scene import IDLE, PAUSED, SUMMARY, Scene, enter
from handlers.transport.turn import Handler, Turn
from menus.explain_asked import asks_why
from menus.explain_counted import of_the_menu
from nutrition.restrictions.harm import is_told
from nutrition.words import tokens

OnScene = Callable[[Scene], Awaitable[None]]
OnWords = Callable[[Scene, str], Awaitable[None]]

COMMANDS: dict[str, OnScene] = {
    "start": inicio.start,
    "comecar": inicio.start,
    "cardapio": cardapio.show_or_make,
    "semana": cardapio.show_or_make,
    "hoje": hoje.today,
    "restricoes": restricoes.show,
    "restricao": restricoes.show,
    "perfil": perfil.show,
    "ajuda": ajuda.show,
    "help": ajuda.show,
    "cancelar": cancelar.cancel,
    "cancela": cancelar.cancel,
    **compras.COMMANDS,
    **exportar.COMMANDS,
    **documentos.COMMANDS,
    **gostos.COMMANDS,
    **historico.COMMANDS,
    **idioma.COMMANDS,
    **lembretes.COMMANDS,
    **perguntar.COMMANDS,
    **peso.COMMANDS,
    **porque.COMMANDS,
    **privacidade.COMMANDS,
    **trocar.COMMANDS,
}
"""By folded name, typed with or without slash and accents."""

BEFORE_CONSENT = frozenset({"start", "comecar", "privacidade", "ajuda", "help", *idioma.COMMANDS})

TAPS: dict[str, OnScene] = {
    "comecar": inicio.start,
    "continuar": inicio.go_on,
    "recomecar": inicio.start_over,
    "apaga_respostas": cancelar.erase_answers,
    "depois": flow.postpone,
    "outra": flow.other,
    "porque_sexo": flow.why_sex,
    "resumo": summary.again,
    "montar": summary.confirm,
    "corrigir": summary.choose,
    "desfazer": summary.undo,
    "porque": summary.why,
    "medidas": summary.figures_right,
    "nova": cardapio.make,
    "parar": cardapio.stop,
    "semana": cardapio.week,
    "hoje": hoje.today,
    "restricoes": restricoes.show,
    "r_mais": restricoes.ask_more,
    "perfil": perfil.show,
    "ajuda": ajuda.show,
    "dicas": fallback.tips,
    "seguranca": fallback.food_safety,
    "apoio": fallback.where_help,
    "ideias": fallback.ideas,
    "pedido_apaga": pedidos.forget,
    **compras.TAPS,
    **exportar.TAPS,
    **documentos.TAPS,
    **ajustes.TAPS,
    **arquivos.TAPS,
    **gostos.TAPS,
    **historico.TAPS,
    **lembretes.TAPS,
    **peso.TAPS,
    **porque.TAPS,
    **privacidade.TAPS,
    **trocar.TAPS,
}
"""Buttons without arguments, by the verb of their callback data."""

TAPS_1: dict[str, OnWords] = {
    "consinto": inicio.tapped,
    "gemini": inicio.answer_gemini,
    "pronto": flow.done,
    "manter": flow.keep,
    "volta": flow.tapped_back,
    "repete": flow.repeat,
    "item": summary.pick,
    "objetivo": summary.another_goal,
    "dia": cardapio.day,
    "mostra": hoje.from_button,
    "receitas": hoje.recipes,
    "fontes": hoje.sources,
    "numeros": perfil.numbers,
    **entendi.TAPS_1,
    **arquivos.TAPS_1,
    **documentos.TAPS_1,
    **ajustes.TAPS_1,
    **historico.TAPS_1,
    **idioma.TAPS_1,
    **lembretes.TAPS_1,
    **gostos.TAPS_1,
    **lembretes_dia.TAPS_1,
    **perguntar.TAPS_1,
    **peso.TAPS_1,
    **porque.TAPS_1,
    **trocar.TAPS_1,
}
"""Buttons with one argument: a step, a date, an hour ("0730"), or the short key of a restriction."""

TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {
    "p": flow.tapped,
    "aceito": flow.tapped_offer,
    "receita": hoje.recipe,
    **entendi.TAPS_2,
    **compras.TAPS_2,
    **documentos.TAPS_2,
    **ajustes.TAPS_2,
    **lembretes.TAPS_2,
    **peso.TAPS_2,
    **porque.TAPS_2,
    **trocar.TAPS_2,
}
TAPS_3: dict[str, Callable[[Scene, str, str, str], Awaitable[None]]] = {
    "m": flow.tapped_mark,
    **compras.TAPS_3,
    **gostos.TAPS_3,
    **porque.TAPS_3,
    **trocar.TAPS_3,
}

TAPS_BEFORE_CONSENT = frozenset(
    {"consinto", "comecar", "privacidade", "continuar", "dicas", "apoio", "ajuda", "fala"}
)

STEPS: dict[str, OnWords] = {
    **dict.fromkeys(BY_ID, flow.typed),
    SUMMARY: summary.typed,
    **dict.fromkeys(lembretes.ASKING, fallback.asked_of_reminders),
    lembretes.LISTENING: fallback.after_reminders,
    peso.ASKING: fallback.after_weight,
    entendi.ASKING: fallback.after_harm,
    **perguntar.STEPS,
    privacidade.ERASE: privacidade.typed,
    restricoes.ADDING: restricoes.typed,
}
"""What words mean while something is being asked."""

_AT_REST = frozenset({IDLE, PAUSED, lembretes.LISTENING, entendi.ASKING})
_READS_HEALTH_ITSELF = frozenset({"health", "diabetes", "restrictions", privacidade.ERASE})


def route(update: Update) -> Handler | None:
    """The handler of ``update``; None for what is ignored: edits, channels, groups that did not call us."""
    chat = update.effective_chat
    if update.callback_query is not None:
        return taps if chat is not None and chat.type == Chat.PRIVATE else None
    message = update.message
    if message is None or chat is None:
        return None
    if chat.type == Chat.PRIVATE:
        return words if message.text else media
    return in_group if (message.text or "").startswith("/") or _mentions(message) else None


async def in_group(turn: Turn) -> None:
    """Called in a group: nothing personal is shown there; a button leads to the private chat."""
    try:
        username = turn.update.get_bot().username
    except RuntimeError:  # the update was not read by a bot that knows itself
        username = ""
    await turn.send("grupo", username=username)


async def media(turn: Turn) -> None:
    """A file is taken to be read; audio, photos, stickers: a sentence that says what to do instead."""
    scene = await enter(turn)
    file = documentos.file_of(turn.update.message)
    if file is not None:
        await documentos.received(scene, file)
        return
    place = turn.update.message.location if turn.update.message else None
    if place is not None and scene.consented:
        await lembretes.located(scene, place.latitude, place.longitude)
    else:
        await fallback.media(scene)


async def words(turn: Turn) -> None:
    """A text message. Danger first, then consent, commands, health facts, the open question, free words."""
    scene, text = await enter(turn), turn.text
    if await guards.urgent(scene, text):
        return
    command = command_of(text)
    if (language := idioma.named(text)) is not None:
        await idioma.words(scene, language)
    elif command == uso.COMMAND and uso.is_for(scene):
        await uso.show(scene)
    elif not scene.consented and command not in BEFORE_CONSENT | scene.rights:
        await inicio.before_consent(scene, text)
    elif command in COMMANDS:
        await COMMANDS[command](await lembretes.left(scene))
    elif _asks_in_general(scene, text):  # "celíaco pode comer aveia?" is no fact about the person
        await perguntar.ask(scene, text)
    elif scene.step not in _READS_HEALTH_ITSELF and await guards.health_fact(scene, text, flow.go_on):
        if scene.consented and perguntar.is_question(text):
            await perguntar.ask(scene, text)
        elif scene.consented and scene.step in _AT_REST:
            await fallback.beside_health(await enter(turn), text)
    elif scene.step in STEPS:
        await STEPS[scene.step](scene, text)
    else:
        await fallback.words(scene, text)


def _asks_in_general(scene: Scene, text: str) -> bool:
    """A question about food and health at large, where one may be asked; "por que…" is for /porque."""
    if scene.step == perguntar.ASKING:
        return perguntar.asks_in_general(text)
    own = asks_why(text) or of_the_menu(text) or intents.is_small_talk(text) or is_told(text)
    other = own or conversa.is_change(scene, text) or gostos.asks(text)
    return scene.step in _AT_REST and not other and perguntar.asks_in_general(text)


async def taps(turn: Turn) -> None:
    """A tapped button. Data that is not ours shows the current view and changes nothing."""
    scene = await enter(turn)
    match tapped.parts_of(turn.data):
        case [verb, *_] if not scene.consented and verb not in TAPS_BEFORE_CONSENT | scene.rights:
            await inicio.ask_consent(scene)
        case [verb] if verb in TAPS:
            await TAPS[verb](scene)
        case [verb, one] if verb in TAPS_1:
            await TAPS_1[verb](scene, one)
        case [verb, one, two] if verb in TAPS_2:
            await TAPS_2[verb](scene, one, two)
        case [verb, one, two, three] if verb in TAPS_3:
            await TAPS_3[verb](scene, one, two, three)
        case _:
            await asking.current(scene)


def command_of(text: str) -> str:
    """The folded name of the command in ``text`` ("/Cardápio@bot", "cardapio"); "" when it is not one."""
    first = (stripped := text.strip()).split("@")[0].split()[:1]
    found = tokens(first[0]) if first else []
    name = found[0] if len(found) == 1 else ""
    if stripped.startswith("/"):
        return name or "ajuda"
    bare = len(stripped.split()) == 1 and name in COMMANDS and name not in ("comecar", "semana", "apagar")
    return name if bare else ""


def _mentions(message: Message) -> bool:
    return any(entity.type == "mention" for entity in message.entities or ())
