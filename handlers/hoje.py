"""/hoje, and questions such as "e amanhã?" or "o que eu como agora?"."""

from datetime import date

from handlers import cardapio
from handlers.scene import Scene
from nutrition.menu import Slot


async def today(scene: Scene) -> None:
    """/hoje: the day view of today."""
    await on(scene, scene.today)


async def on(scene: Scene, day: date) -> None:
    """The day view of ``day``, as a new message."""
    if await cardapio.ready(scene):
        await scene.turn.send("dia", date=day.isoformat())


async def from_button(scene: Scene, day_text: str) -> None:
    """The day view as a new message, under a recipe or a reminder that stays."""
    await on(scene, cardapio.as_date(day_text) or scene.today)


async def next_meal(scene: Scene, *, greet: str = "") -> None:
    """The next meal by the local clock, with its measures; ``greet`` is a code of ``intents.greeting``."""
    if await cardapio.ready(scene):
        await scene.turn.send("proxima", greet=greet)


async def recipes(scene: Scene, day_text: str) -> None:
    """[📖 Receitas]: which meal?"""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.edit("receitas", date=day.isoformat())


async def which_recipe(scene: Scene, day: date | None = None, slot: Slot | None = None) -> None:
    """ "receita do jantar" in words: that recipe; without a meal, the meals of the day as buttons."""
    if not await cardapio.ready(scene):
        return
    iso = (day or scene.today).isoformat()
    if slot is not None:
        await scene.turn.send("receita", date=iso, slot=slot.value)
    else:
        await scene.turn.send("receitas", date=iso)


async def one_meal(scene: Scene, day: date, slot: Slot) -> None:
    """ "o que eu janto?": that meal, with its measures."""
    if await cardapio.ready(scene):
        await scene.turn.send("refeicao", date=day.isoformat(), slot=slot.value)


async def recipe(scene: Scene, day_text: str, slot: str) -> None:
    """The recipe of one meal, as a new message that stays open on the counter."""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.send("receita", date=day.isoformat(), slot=slot)


async def sources(scene: Scene, day_text: str) -> None:
    """[Fontes]: where the dishes and the numbers of a day come from."""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.edit("fontes", date=day.isoformat())
