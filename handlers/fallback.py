"""Free words when nothing is being asked, what the bot cannot read, and the help that guardrails offer."""

from telegram import Message

from handlers import (
    ajuda,
    cardapio,
    conversa,
    documentos,
    entendi,
    gostos,
    hoje,
    intents,
    lembretes,
    lembretes_dia,
    lembretes_ditos,
    pedidos,
    perfil,
    perguntar,
    peso,
    porque,
    privacidade,
    reminder_words,
    restricoes,
    several,
)
from handlers.onboarding import aside, asking
from handlers.scene import PAUSED, Scene, enter
from menus import people


async def words(scene: Scene, text: str) -> None:
    """Free words: each wish of a message alone when it has several, else the whole of it."""
    wishes = several.parts(text, conversa.moment(scene), scene.today)
    for wish in wishes:
        await _one(await enter(scene.turn), wish)
    if not wishes:
        await _one(scene, text)


async def _one(scene: Scene, text: str) -> None:
    """A restriction is taken as one at once; then days, meals and weeks; then one short useful answer."""
    if intents.asks_erase(text):
        await privacidade.ask_erase(scene)
    elif intents.asks_to_ignore(text):
        await scene.turn.send("alergia_fica")
    elif await documentos.says(scene, text) or await _changed(scene, text):
        return
    elif intents.stops_messages(text):
        await lembretes.off(scene)
    elif intents.asks_restrictions(text):
        await restricoes.show(scene)
    elif intents.asks_profile(text):
        await perfil.show(scene)
    elif intents.asks_help(text):
        await ajuda.show(scene)
    elif documentos.asked(text):
        await documentos.show(scene)
    elif (
        await porque.asked(scene, text)
        or await porque.counted(scene, text)
        or await peso.said(scene, text)
        or await gostos.asked(scene, text)
        or await lembretes_dia.told(scene, text)
        or await lembretes_ditos.said(scene, text)
        or (several.is_for_good(text) and not text.endswith("?") and await _stated(scene, text))
        or await entendi.asked(scene, text)
        or await conversa.nothing(scene, text)
        or await _stated(scene, text)
        or await pedidos.said(scene, text)
        or await _about_menu(scene, text)
        or await perfil.typed_correction(scene, text)
    ):
        return
    elif scene.step == PAUSED and intents.is_yes(text):
        await asking.resume(scene)
    elif perguntar.is_question(text):
        await perguntar.ask(scene, text)
    else:
        await pedidos.not_understood(scene, text)


async def _changed(scene: Scene, text: str) -> bool:
    """A change of the menu; what may harm the person is asked about beside it."""
    done = await conversa.said(scene, text)
    if done:
        await entendi.asked(await enter(scene.turn), text, of_a_time=False)
    return done


async def _stated(scene: Scene, text: str) -> bool:
    """A restriction, and beside it perhaps a wish: "mais peixe e nada de coentro"."""
    beside = aside.told(PAUSED, text, scene.turn.services.table) if scene.step == PAUSED else None
    if beside is not None and await people.profile_of(scene.turn.tx, scene.person.id) is None:
        kept = await aside.keep(scene, beside.understood)
        await scene.turn.send("parada", step=kept.talk.paused)
        return True
    stated = await restricoes.stated(scene, text)
    if stated:
        await pedidos.said(scene, text)
    return stated


async def asked_of_reminders(scene: Scene, text: str) -> None:
    """An hour, days, a city or an end, while one of them is asked; "quero 4 refeições" is none of these."""
    if reminder_words.counts_meals(text):
        await words(await scene.rest(), text)
    else:
        await lembretes_ditos.answered(scene, text)


async def after_reminders(scene: Scene, text: str) -> None:
    """Words after reminders were shown: about them, or free words like any other."""
    several_wishes = several.parts(text, conversa.moment(scene), scene.today)
    if several_wishes or not await lembretes_ditos.beside(scene, text):
        await words(await scene.rest(), text)


async def after_harm(scene: Scene, text: str) -> None:
    """Words after it was asked whether a food is to stay out: a yes, a no, or free words like any other."""
    if not await entendi.answered(scene, text):
        await words(await scene.rest(), text)


async def beside_health(scene: Scene, text: str) -> None:
    """What is asked beside a health fact: "descobri que sou celíaca, por isso quero outro café"."""
    for wish in several.beside_health(text, conversa.moment(scene), scene.today):
        await _one(await enter(scene.turn), wish)


async def after_weight(scene: Scene, text: str) -> None:
    """Words after a weight was asked: one, or free words like any other."""
    if not await peso.answered(scene, text):
        await words(await scene.rest(), text)


async def _about_menu(scene: Scene, text: str) -> bool:
    day, meal = intents.day_asked(text, scene.today), intents.meal_asked(text)
    if intents.wants_comfort(text):
        await scene.turn.send("acontece")
    elif conversa.asks_change(text):
        await conversa.not_understood(scene)
    elif intents.asks_new_week(text):
        await cardapio.make(scene)
    elif intents.asks_recipe(text):
        await hoje.which_recipe(scene, day, intents.meal_named(text))
    elif meal is not None:
        await hoje.one_meal(scene, day or scene.today, meal)
    elif day is not None:
        await hoje.on(scene, day)
    elif intents.asks_week(text):
        await cardapio.show_or_make(scene)
    elif intents.asks_meal_hour(text):
        await scene.turn.send("hora_das_refeicoes")
    elif intents.asks_next_meal(text):
        await hoje.next_meal(scene)
    elif intents.is_greeting(text):
        await hoje.next_meal(scene, greet=intents.greeting(text))
    elif intents.is_thanks(text):
        await scene.turn.send("de_nada")
    else:
        return False
    return True


async def media(scene: Scene) -> None:
    """Audio, photos and stickers: what to do instead."""
    message = scene.turn.update.message
    await scene.turn.send(_media_screen(message) if message else "midia_outra")


async def tips(scene: Scene) -> None:
    """[Ver dicas gerais]: for everybody, without figures."""
    await scene.turn.send("dicas")


async def food_safety(scene: Scene) -> None:
    """[Comer com segurança]: care in preparing food, for pregnancy."""
    await scene.turn.send("seguranca")


async def where_help(scene: Scene) -> None:
    """[Onde buscar ajuda]: words and numbers."""
    await scene.turn.send("apoio")


async def ideas(scene: Scene) -> None:
    """[Ideias sem números]: meals without figures."""
    await scene.turn.send("ideias")


def _media_screen(message: Message) -> str:
    if message.voice or message.audio or message.video_note:
        return "midia_audio"
    if message.photo or message.video:
        return "midia_foto"
    if message.sticker or message.animation:
        return "midia_figurinha"
    return "midia_outra"
