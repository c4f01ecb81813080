"""/restricoes, and restrictions told in words at any time: act first, on the strictest reading, then ask."""

from handlers import intents
from handlers.restriction_keys import find
from handlers.scene import Scene
from menus import people
from menus.answers import Talk
from nutrition.person import Restriction, Strength
from nutrition.restrictions.understand import Understood, understand

ADDING = "restricao_nova"


async def show(scene: Scene) -> None:
    """/restricoes: the list; [Voltar] comes here too."""
    if scene.step == ADDING:
        scene = await scene.rest()
    if scene.turn.data:
        await scene.turn.edit("restricoes")
    else:
        await scene.turn.send("restricoes")


async def open_one(scene: Scene, wanted: str) -> None:
    """An item of the list."""
    item = await _own(scene, wanted)
    if item is None:
        await show(scene)
    else:
        await scene.turn.edit("restricao", code=item.code)


async def ask_more(scene: Scene) -> None:
    """[Adicionar]: ask for words."""
    await scene.go(ADDING, Talk())
    await scene.turn.edit("restricao_pergunta")


async def typed(scene: Scene, text: str) -> None:
    """Words after [Adicionar]."""
    if intents.is_back(text) or intents.is_nothing(text):
        await show(scene)
        return
    result = understand(text, scene.turn.services.table)
    if not result.restrictions and not result.not_understood:
        await scene.turn.send("restricao_nada")
        return
    await note(await scene.rest(), result)


async def stated(scene: Scene, text: str) -> bool:
    """A restriction in free words ("sou alérgica a camarão"): taken at once; True when it was one."""
    if not intents.may_state_restriction(text):
        return False
    result = understand(text, scene.turn.services.table)
    if result.allowed and not result.restrictions:
        return await _may_eat(scene, result)
    if not any(not item.code.startswith("word:") for item in result.restrictions):
        return False
    await note(scene, result)
    return True


async def note(scene: Scene, result: Understood) -> None:
    """Keep what was understood, say what it took out of the menu, then ask what is not clear."""
    turn = scene.turn
    before = await _out(scene)
    added = await people.add_restrictions(turn.tx, scene.person.id, result.restrictions, turn.now)
    after = await _out(scene)
    codes = [item.code for item in added]
    await turn.send(
        "restricao_anotada",
        codes=codes,
        words=list(result.not_understood),
        known=[item.code for item in result.restrictions if item.code not in codes],
        out=[meal for meal in after if meal not in before],
    )
    for question in result.questions:
        await turn.send("restricao_duvida", code=question.code)


async def remove(scene: Scene, wanted: str) -> None:
    """[Tirar]: at once, except for an allergy, which asks for a clear yes first."""
    item = await _own(scene, wanted)
    if item is None:
        await show(scene)
    elif item.strength is Strength.ALERGIA:
        await scene.turn.edit("restricao_tirar_alergia", code=item.code)
    else:
        await _take_out(scene, item)


async def confirm_removal(scene: Scene, wanted: str) -> None:
    """[Tirar a alergia]: the clear yes."""
    item = await _own(scene, wanted)
    if item is None:
        await show(scene)
    else:
        await _take_out(scene, item)


async def keep(scene: Scene, wanted: str) -> None:
    """[Manter a alergia]."""
    item = await _own(scene, wanted)
    if item is None:
        await show(scene)
    else:
        await scene.turn.edit("restricao_fica", code=item.code)


async def settle(scene: Scene, wanted: str, kind: str) -> None:
    """The answer to a question of the understanding: allergy, intolerance, or just not wanted."""
    raise NotImplementedError


async def _take_out(scene: Scene, item: Restriction) -> None:
    await people.remove_restriction(scene.turn.tx, scene.person.id, item.code)
    gone = {"code": item.code, "strength": item.strength.value, "said": ""}
    await scene.turn.edit("restricao_tirada", item=gone)


async def _may_eat(scene: Scene, result: Understood) -> bool:
    raise NotImplementedError


async def _own(scene: Scene, wanted: str) -> Restriction | None:
    return find(await people.restrictions_of(scene.turn.tx, scene.person.id), wanted)


async def _out(scene: Scene) -> list[list[str]]:
    """[date, slot] of the meals that the menu withholds from today on."""
    saved = await scene.turn.services.menus.current_week(scene.turn.tx, scene.person.id, scene.today)
    days = saved.week.days if saved else ()
    return [
        [day.date.isoformat(), meal.slot.value]
        for day in days
        if day.date >= scene.today
        for meal in day.meals
        if meal.withheld
    ]
