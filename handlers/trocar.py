"""Changes by tapping: another dish, another day, no meat, dishes again for what was taken out, meals to keep, undo.

What computes is asked for here and done outside of the turn; the answer comes as a message of its own. Routing takes
``COMMANDS``, ``TAPS``, ``TAPS_1``, ``TAPS_2`` and ``TAPS_3`` as they are.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from handlers import cardapio, perfil, propostas, substitutos
from handlers.onboarding import asking
from handlers.scene import Scene
from handlers.screens import trocar_words as view
from handlers.screens.trocar_words import FORCED
from menus.changes import proposals
from menus.changes import undo as changes
from menus.changes.orders import Kind, Order, Way
from nutrition.menu import Slot
from nutrition.person import Restriction, Strength
from nutrition.restrictions.understand import understand


async def ask(scene: Scene, kind: Kind, **what: Any) -> None:
    """Have something changed; a tapped message is where the answer is shown."""
    turn = scene.turn
    if not await cardapio.ready(scene):
        return
    order = Order(kind=kind, message_id=turn.tapped_message_id, **what)
    await turn.services.changes.ask(turn.tx, scene.person.id, order, turn.now)
    turn.after_commit(turn.services.changes.wake)


async def command(scene: Scene) -> None:
    """/trocar: which meal of today?"""
    if await cardapio.ready(scene):
        await scene.turn.send(view.WHICH, date=scene.today.isoformat())


async def which(scene: Scene, day_text: str) -> None:
    """[🔄 Trocar]: which meal?"""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.edit(view.WHICH, date=day.isoformat())


async def offer(scene: Scene, day_text: str, slot_text: str) -> None:
    """A meal was chosen: three alternatives."""
    await _about(scene, day_text, slot_text, Kind.OFFER)


async def choose(scene: Scene, day_text: str, slot_text: str, what: str) -> None:
    """An alternative was chosen, or the alternatives are to be quicker or cheaper."""
    chosen, force = what.removeprefix(FORCED), what.startswith(FORCED)
    if chosen in set(Way) - {Way.PANTRY}:
        await _about(scene, day_text, slot_text, Kind.OFFER, way=Way(chosen), force=force)
    else:
        await _about(scene, day_text, slot_text, Kind.SWAP, key=chosen, force=force)


async def whole_day(scene: Scene, day_text: str) -> None:
    """[Trocar o dia]."""
    await _on(scene, day_text, Kind.SWAP_DAY)


async def no_meat(scene: Scene, day_text: str) -> None:
    """[Sem carne hoje]."""
    await _on(scene, day_text, Kind.NO_MEAT)


async def eat_out(scene: Scene, day_text: str, slot_text: str) -> None:
    """[Comer fora]."""
    await _about(scene, day_text, slot_text, Kind.AWAY)


async def skip(scene: Scene, day_text: str, slot_text: str) -> None:
    """[⏭ Pular]."""
    await _about(scene, day_text, slot_text, Kind.SKIP)


async def all_the_same(scene: Scene, waits: str) -> None:
    """[Mudar mesmo assim], [Tirar onde dá]: what was asked about is done."""
    turn = scene.turn
    order = int(waits) if waits.isdecimal() else 0
    tapped = turn.tapped_message_id
    if await proposals.accept(turn.tx, scene.person.id, turn.now, order, message_id=tapped):
        turn.after_commit(turn.services.changes.wake)
    else:
        await turn.edit(view.ASK_GONE)


async def always_so_many(scene: Scene, count: str) -> None:
    """[Sempre 4 refeições]: from the next week on."""
    if not count.isdecimal() or not await perfil.typed_correction(scene, f"quero {count} refeições"):
        await asking.current(scene)


async def locked(scene: Scene, day_text: str) -> None:
    """[🔒 Travar]: which meals of the day stay as they are?"""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.edit(view.LOCK, date=day.isoformat())


async def lock(scene: Scene, day_text: str, slot_text: str) -> None:
    """A meal stays as it is."""
    await _lock(scene, day_text, slot_text, wanted=True)


async def unlock(scene: Scene, day_text: str, slot_text: str) -> None:
    """A meal may change again."""
    await _lock(scene, day_text, slot_text, wanted=False)


async def _lock(scene: Scene, day_text: str, slot_text: str, *, wanted: bool) -> None:
    turn, place = scene.turn, _place(day_text, slot_text)
    if place is None or place[0] < scene.today:
        await turn.edit("dia", date=scene.today.isoformat())
        return
    await changes.lock(turn.tx, scene.person.id, *place, turn.now, wanted=wanted)
    await turn.edit(view.LOCK, date=place[0].isoformat())
    await turn.toast(view.LOCK_TOAST, locked=wanted)


async def refill(scene: Scene) -> None:
    """[Trocar as 2]: dishes again for all that restrictions took out."""
    await ask(scene, Kind.REFILL)


async def kept(scene: Scene, day_text: str) -> None:
    """[Guardar]: which meals of the day are to come again?"""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.edit(view.KEEP, date=day.isoformat())


async def keep(scene: Scene, day_text: str, slot_text: str) -> None:
    """A meal is to come again in the next week."""
    await _keep(scene, day_text, slot_text, wanted=True)


async def let_go(scene: Scene, day_text: str, slot_text: str) -> None:
    """A meal need not come again."""
    await _keep(scene, day_text, slot_text, wanted=False)


async def take_back(scene: Scene, change: str) -> None:
    """[↩ Desfazer], once, however often it is tapped."""
    await undo(scene, int(change) if change.isdecimal() else 0)


async def undo(scene: Scene, change_id: int | None = None) -> None:
    """Take back a change, or the newest one."""
    turn = scene.turn
    done = await changes.undo(turn.tx, scene.person.id, change_id, turn.now)
    day = done.change.before[0].date.isoformat() if done.change and done.change.before else ""
    await turn.edit(view.UNDONE, code=done.code, date=day)


async def always(scene: Scene, change: str) -> None:
    """[Tirar sempre]: what was too much this week stays out of the next ones, as something not liked."""
    turn = scene.turn
    foods = await _foods_of(scene, change)
    found = [item for said in foods for item in _disliked(scene, said)]
    if not found:
        await asking.current(scene)
        return
    change_id = await changes.dislike(turn.tx, scene.person.id, tuple(found), turn.now)
    await turn.edit(view.ALWAYS, foods=foods, change=change_id or 0)


async def only_now(scene: Scene, change: str) -> None:
    """[Só esta semana]."""
    foods = await _foods_of(scene, change)
    await scene.turn.edit(view.ONLY_NOW, foods=foods, change=int(change) if change.isdecimal() else 0)


async def tips(scene: Scene) -> None:
    """[Dicas]: eating out."""
    await scene.turn.send(view.TIPS)


def _disliked(scene: Scene, said: str) -> tuple[Restriction, ...]:
    understood = understand(f"não gosto de {said}", scene.turn.services.table)
    return tuple(Restriction(item.code, Strength.PREFERENCIA, said) for item in understood.restrictions)


async def _foods_of(scene: Scene, change: str) -> list[str]:
    found = await changes.change_of(scene.turn.tx, scene.person.id, int(change) if change.isdecimal() else 0)
    return list(found.what.get("order", {}).get("foods", ())) if found else []


async def _on(scene: Scene, day_text: str, kind: Kind) -> None:
    day = cardapio.as_date(day_text)
    if day is None or day < scene.today:
        await scene.turn.edit("dia", date=scene.today.isoformat())
    else:
        await ask(scene, kind, date=day)


async def _about(scene: Scene, day_text: str, slot_text: str, kind: Kind, **what: Any) -> None:
    place = _place(day_text, slot_text)
    if place is None or place[0] < scene.today:
        await scene.turn.edit("dia", date=scene.today.isoformat())
    else:
        await ask(scene, kind, date=place[0], slot=place[1], **what)


async def _keep(scene: Scene, day_text: str, slot_text: str, *, wanted: bool) -> None:
    turn, place = scene.turn, _place(day_text, slot_text)
    if place is None:
        await turn.edit("dia", date=scene.today.isoformat())
        return
    if wanted:
        await keep_meal(scene, *place)
    else:
        await changes.let_go(turn.tx, scene.person.id, *place)
    await turn.edit(view.KEEP, date=place[0].isoformat())
    await turn.toast(view.KEPT_TOAST, kept=wanted)


async def keep_meal(scene: Scene, day: date, slot: Slot) -> bool:
    """Keep a meal for the weeks to come; False when it is not on the menu."""
    turn = scene.turn
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, day)
    return saved is not None and await changes.keep(turn.tx, scene.person.id, saved.week, day, slot)


def _place(day_text: str, slot_text: str) -> tuple[date, Slot] | None:
    day = cardapio.as_date(day_text)
    return (day, Slot(slot_text)) if day is not None and slot_text in set(Slot) else None


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"trocar": command}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "repoe": refill,
    "dicas_fora": tips,
    **substitutos.TAPS,
}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "troca": which,
    "troca_dia": whole_day,
    "sem_carne": no_meat,
    "guarda": kept,
    "trava": locked,
    "mesmo": all_the_same,
    "sempre_n": always_so_many,
    "desfaz": take_back,
    "sempre": always,
    "so_agora": only_now,
    **substitutos.TAPS_1,
    **propostas.TAPS_1,
}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {
    "troca": offer,
    "guarda": keep,
    "solta": let_go,
    "trava": lock,
    "destrava": unlock,
    "fora": eat_out,
    "pula": skip,
    **substitutos.TAPS_2,
}
TAPS_3: dict[str, Callable[[Scene, str, str, str], Awaitable[None]]] = {"troca": choose}
