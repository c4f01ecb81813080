"""Wishes in free words ("mais peixe", "algo rápido"): kept for the weeks to come; and words that only Gemini can read."""

from handlers import cardapio, intents
from handlers.scene import Scene
from menus import intentions, people, wished

LONG = 300
"""Letters from which a message that no rule reads is too much at once."""


async def said(scene: Scene, text: str) -> bool:
    """Keep the wish that ``text`` states, and make the week it may ask for; True when there was one."""
    turn = scene.turn
    wish = wished.wish_in(text, turn.services.table)
    if not wish or await wished.keep(turn.tx, scene.person.id, wish, turn.now) is None:
        return False
    await turn.send("pedido_anotado", wish=wish)
    if intents.asks_new_week(text):
        await cardapio.make(scene)
    return True


async def forget(scene: Scene) -> None:
    """[Esquecer pedidos]."""
    await wished.forget(scene.turn.tx, scene.person.id, scene.turn.now)
    await scene.turn.edit("pedidos_esquecidos")


async def not_understood(scene: Scene, text: str) -> None:
    """What no rule reads: Gemini may try outside the turn, for who agreed to it; else one short useful answer."""
    turn = scene.turn
    if await people.profile_of(turn.tx, scene.person.id) is None:
        await turn.send("sem_perfil")
        return
    if await asked_of_gemini(scene, text):
        return
    if intents.only_emoji(text):
        await turn.send("emoji_bom" if intents.is_warm(text) else "so_emoji")
    else:
        await turn.send("e_muito" if len(text) > LONG else "nao_entendi")


async def asked_of_gemini(scene: Scene, text: str) -> bool:
    """Let Gemini read ``text`` outside the turn, for who agreed to it; False when it may not."""
    turn = scene.turn
    if not (turn.services.gemini_enabled and scene.person.gemini_consent and intentions.worth_reading(text)):
        return False
    job, is_new = await intentions.request(turn.tx, scene.person, text, turn.now)
    if is_new:
        turn.after_commit(turn.services.menus.wake)
        await turn.send("lendo", job=job.id)
    return is_new
