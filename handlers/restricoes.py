"""/restricoes, and restrictions told in words at any time: act first, on the strictest reading, then ask."""

from collections.abc import Awaitable, Callable

from handlers import intents
from handlers.doubts import BECOMES, DOUBTS, companions, settled
from handlers.onboarding.steps import BY_ID
from handlers.restriction_cues import is_of_a_time, may_state_restriction, states_restriction
from handlers.restriction_words import find, still_open, told_in
from handlers.scene import PAUSED, SUMMARY, Scene
from menus import people
from menus.answers import Mode, Talk
from nutrition.person import Restriction, Strength
from nutrition.restrictions.understand import Understood, understand

ADDING = "restricao_nova"
LITERAL = "word:"


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
    if not result.restrictions:
        await scene.turn.send("restricao_nada")
        return
    await note(await scene.rest(), result)


async def stated(scene: Scene, text: str) -> bool:
    """A restriction in free words ("sou alérgica a camarão"): taken at once; True when it was one."""
    if not may_state_restriction(text) or is_of_a_time(text):
        return False
    result = told_in(text, scene.turn.services.table)
    named = any(not item.code.startswith(LITERAL) for item in result.restrictions)
    if named or (result.restrictions and states_restriction(text)):
        await note(scene, result)
        return True
    return await _may_eat_again(scene, result)


async def note(scene: Scene, result: Understood) -> None:
    """Keep what was understood, say what it took out of the menu, then ask what is not clear."""
    turn = scene.turn
    before = await _out(scene)
    found = (*result.restrictions, *companions(result.restrictions))
    added = await people.add_restrictions(turn.tx, scene.person.id, found, turn.now)
    beside = {item.code for item in companions(result.restrictions)}
    codes = [item.code for item in added if item.code not in beside]
    now = await people.restrictions_of(turn.tx, scene.person.id)
    held = {item.code for item in now}
    open_, shut = still_open([code for code in result.allowed if code not in held], now, turn.services.table)
    await turn.send(
        "restricao_anotada",
        codes=codes,
        words=[words for words in result.not_understood if any(code.startswith(LITERAL) for code in codes)],
        known=[item.code for item in result.restrictions if item.code not in codes],
        out=[meal for meal in await _out(scene) if meal not in before],
        allowed=open_,
        shut=shut,
        stays=[code for code in result.allowed if code in held],
    )
    for code in doubts_about(result, added):
        await turn.send("restricao_duvida", code=code)


def doubts_about(result: Understood, added: tuple[Restriction, ...]) -> list[str]:
    """The questions that are still open: about what was new, and about what went out beside it."""
    codes = [item.code for item in added]
    asked = [question.code for question in result.questions if question.code in codes]
    beside = [item.code for item in companions(result.restrictions) if item.code in codes]
    return [code for code in (*asked, *beside) if code in DOUBTS]


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


async def settle(scene: Scene, code: str, kind: str) -> None:
    """The answer to a question about what was meant: allergy, intolerance, or just not wanted."""
    turn = scene.turn
    open_answers = scene.step in (*BY_ID, SUMMARY, PAUSED) and scene.talk.mode is not Mode.PROFILE
    if open_answers and scene.talk.answers.restrictions is not None:
        after = settled(scene.talk.answers.restrictions, code, kind)
        if after is not None:
            await scene.go(scene.step, scene.talk.with_(answers=scene.talk.answers.with_(restrictions=after)))
    else:
        after = settled(await people.restrictions_of(turn.tx, scene.person.id), code, kind)
        if after is not None:
            await people.replace_restrictions(turn.tx, scene.person.id, after, turn.now)
    if after is None:
        await show(scene)
        return
    last = next((item for item in after if item.code in (code, BECOMES.get((code, kind)))), None)
    item = {"code": last.code, "strength": last.strength.value, "said": last.said} if last else None
    await turn.edit("restricao_acertada", code=code, item=item)


async def _take_out(scene: Scene, item: Restriction) -> None:
    await people.remove_restriction(scene.turn.tx, scene.person.id, item.code)
    gone = {"code": item.code, "strength": item.strength.value, "said": ""}
    await scene.turn.edit("restricao_tirada", item=gone)


async def _may_eat_again(scene: Scene, result: Understood) -> bool:
    """ "agora já como camarão": what was held leaves, an allergy only by a clear yes."""
    held = {item.code: item for item in await people.restrictions_of(scene.turn.tx, scene.person.id)}
    item = next((held[code] for code in result.allowed if code in held), None)
    if item is None:
        return False
    if item.strength is Strength.ALERGIA:
        await scene.turn.send("restricao_tirar_alergia", code=item.code)
    else:
        await _take_out(scene, item)
    return True


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


TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "r": open_one,
    "r_tira": remove,
    "r_confirma": confirm_removal,
    "r_fica": keep,
}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {"r_tipo": settle}
