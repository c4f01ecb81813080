"""/lembretes: hour, days, city, pause, what else is sent, off. Typed words are in ``lembretes_ditos``, answers to what was
sent in ``lembretes_dia``.

Routing takes ``COMMANDS``, ``TAPS``, ``TAPS_1`` and ``TAPS_2`` as they are.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

from handlers.onboarding import reading
from handlers.scene import IDLE, Scene
from menus import people, reminders
from menus.answers import Talk
from menus.places import Place, Places
from menus.reminder_plan import EVERY_DAY, HOURS, Kind, Plan
from nutrition.menu import Slot
from nutrition.shares import slots

HOUR, DAYS, CITY, PAUSE = "lembrete_hora", "lembrete_dias", "lembrete_cidade", "lembrete_pausa"
LISTENING = "lembretes"
"""Reminders were just shown or changed: an hour or days, typed alone, are about them."""

ASKING = {HOUR: "hora", DAYS: "dias", CITY: "cidade", PAUSE: "pausa"}
"""Steps in which something was asked, and what."""

YES, NO = "sim", "nao"
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
_QUICK_DAYS = {"todos": EVERY_DAY, "uteis": WORKDAYS, "fds": WEEKEND}


async def listen(scene: Scene, step: str = LISTENING) -> Scene:
    """What is typed next is about reminders, unless another conversation is going on."""
    return await scene.go(step, Talk()) if scene.step in (IDLE, LISTENING, *ASKING) else scene


async def left(scene: Scene) -> Scene:
    """Another command: what is typed next is not about reminders any more, unless something of them was asked."""
    return await scene.rest() if scene.step == LISTENING else scene


async def plan_of(scene: Scene) -> Plan:
    """What the person chose so far."""
    return await reminders.plan_of(scene.turn.tx, scene.person.id)


async def change(scene: Scene, plan: Plan) -> int:
    """Keep ``plan``; returns the name of the change, to undo it."""
    changed = await reminders.change(scene.turn.tx, scene.person.id, plan, scene.turn.now)
    await listen(scene)
    return changed.revision


async def show(scene: Scene) -> None:
    """/lembretes: how they stand, and buttons; in the message whose button led here."""
    await listen(scene)
    await scene.turn.edit("lembretes")


async def ask_hour(scene: Scene) -> None:
    """[Mudar horário]."""
    await listen(scene, HOUR)
    await scene.turn.edit("lembrete_qual_hora")


async def ask_days(scene: Scene) -> None:
    """[Mudar dias]."""
    await listen(scene, DAYS)
    await scene.turn.edit("lembrete_dias")


async def ask_city(scene: Scene) -> None:
    """[Mudar cidade]: a new message, since it brings the button that sends the location."""
    await listen(scene, CITY)
    await scene.turn.send("lembrete_cidade")


async def ask_pause(scene: Scene) -> None:
    """[Pausar]."""
    await listen(scene, PAUSE)
    await scene.turn.edit("lembrete_pausa")


async def set_hour(scene: Scene, hour: str) -> None:
    """The day's menu at ``hour``."""
    revision = await change(scene, await with_day(scene, await plan_of(scene), hour))
    await scene.turn.send("lembrete_ligado", revision=revision)


async def tapped(scene: Scene, hour: str) -> None:
    """A button with an hour ("0730")."""
    chosen = reading.button_hour(hour)
    if chosen:
        await set_hour(scene, chosen)
    else:
        await show(scene)


async def off(scene: Scene) -> None:
    """[Desligar], or "para de mandar mensagem": from this moment on, what waits to be sent included."""
    was_on = (await plan_of(scene)).on
    changed = await reminders.off(scene.turn.tx, scene.person.id, scene.turn.now)
    await listen(scene)
    await scene.turn.send("lembrete_desligado", revision=changed.revision if was_on else 0)


async def undo(scene: Scene, revision: str) -> None:
    """[↩ Desfazer]: what held before that change, unless something was changed since."""
    number = int(revision) if revision.isdecimal() else 0
    plan = await reminders.undo(scene.turn.tx, scene.person.id, number, scene.turn.now)
    await scene.turn.edit("lembretes" if plan is None else "lembrete_desfeito")


async def day(scene: Scene, number: str, wanted: str) -> None:
    """One day of the week on or off; the last one that is left stays."""
    plan = await plan_of(scene)
    if len(number) == 1 and number in "0123456":
        days = plan.days | {int(number)} if wanted == YES else plan.days - {int(number)}
        if days and days != plan.days:
            await change(scene, replace(plan, days=days))
    await scene.turn.edit("lembrete_dias")


async def some_days(scene: Scene, which: str) -> None:
    """[Todo dia], [Seg a sex]."""
    if which in _QUICK_DAYS:
        await change(scene, replace(await plan_of(scene), days=_QUICK_DAYS[which]))
    await scene.turn.edit("lembrete_dias")


async def with_day(scene: Scene, plan: Plan, hour: str) -> Plan:
    """``plan`` with the day's menu at ``hour``, and what comes with the first reminders."""
    return await reminders.with_day(scene.turn.tx, scene.person.id, plan, hour)


def with_days(plan: Plan, days: frozenset[int]) -> Plan:
    """``plan`` on other days of the week."""
    return replace(plan, days=days)


def with_week_day(plan: Plan, number: int) -> Plan:
    """``plan`` with the weekly question on another day."""
    return replace(plan, week_day=number)


def with_summary_day(plan: Plan, number: int) -> Plan:
    """``plan`` with the summary of the week on another day."""
    return replace(plan, summary_day=number)


async def set_days(scene: Scene, days: frozenset[int]) -> None:
    """The days of the week, said in words."""
    revision = await change(scene, replace(await plan_of(scene), days=days))
    await scene.turn.send("lembrete_dias_mudados", revision=revision)


async def set_place(scene: Scene, place: Place) -> None:
    """The clock of ``place`` counts from now on; only its zone is kept."""
    revision = await change(scene, replace(await plan_of(scene), zone=place.zone))
    await scene.turn.send("lembrete_mudou_cidade", place_id=place.id, revision=revision)


async def place_tapped(scene: Scene, place_id: str) -> None:
    """One of several places of the same name."""
    place = Places.load().by_id.get(place_id)
    if place is None:
        await show(scene)
    else:
        await set_place(scene, place)


async def located(scene: Scene, latitude: float, longitude: float) -> None:
    """The phone sent where it is: the nearest place of the table tells the zone, the point itself is not kept."""
    await set_place(scene, Places.load().at(latitude, longitude))


async def pause(scene: Scene, resumes_on: date) -> None:
    """Nothing is sent before ``resumes_on``."""
    plan = await plan_of(scene)
    revision = await change(scene, replace(plan, resumes_on=resumes_on)) if plan.on else 0
    await scene.turn.send("lembrete_pausado", revision=revision)


async def pause_days(scene: Scene, count: str) -> None:
    """[3 dias], [1 semana]."""
    if count.isdecimal() and 0 < int(count) <= 366:
        await pause(scene, scene.today + timedelta(days=int(count)))
    else:
        await ask_pause(scene)


async def resume(scene: Scene) -> None:
    """[Voltar agora], or "volta os lembretes": no pause any more. Someone who has none chooses an hour."""
    plan = await plan_of(scene)
    if not plan.on:
        await ask_hour(scene)
        return
    await change(scene, replace(plan, resumes_on=None))
    await scene.turn.edit("lembrete_retomado")


async def set_kind(scene: Scene, kinds: tuple[Kind, ...], hour: str | None, *, on: bool) -> None:
    """Kinds beside the day's menu on (at ``hour``, or their usual one) or off."""
    plan = await plan_of(scene)
    for kind in kinds:
        plan = plan.with_hour(kind, (hour or plan.hours.get(kind) or HOURS[kind]) if on else "")
    revision = await change(scene, plan)
    await scene.turn.send("lembrete_opcao", kind=kinds[0].value, revision=revision)


async def eve(scene: Scene, wanted: str) -> None:
    """[Véspera], or [Não avisar] under one of its messages."""
    await set_kind(scene, (Kind.EVE,), None, on=wanted == YES)


async def show_meals(scene: Scene) -> None:
    """[Refeições]."""
    await listen(scene)
    await scene.turn.edit("lembrete_refeicoes")


async def meal(scene: Scene, which: str, wanted: str) -> None:
    """One meal, or all of the person's, on or off."""
    plan, kinds = await plan_of(scene), await _meals(scene)
    chosen = [kind for kind in kinds if which in (kind.value, "todas")]
    if which == "todas" and wanted == NO:
        chosen = [kind for kind in plan.hours if kind.slot is not None]
    for kind in chosen:
        plan = plan.with_hour(kind, plan.hours.get(kind, HOURS[kind]) if wanted == YES else "")
    if chosen:
        await change(scene, plan)
    await scene.turn.edit("lembrete_refeicoes")


async def own_meals(scene: Scene, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Those of ``kinds`` that are meals of this person; all of them when none is."""
    own = await _meals(scene)
    return tuple(kind for kind in kinds if kind in own) or kinds


async def _meals(scene: Scene) -> list[Kind]:
    profile = await people.profile_of(scene.turn.tx, scene.person.id)
    found = slots(profile.meals_per_day) if profile else tuple(Slot)
    return [Kind(slot.value) for slot in found]


async def show_week(scene: Scene) -> None:
    """[Próxima semana]."""
    await listen(scene)
    await scene.turn.edit("lembrete_dia_da_semana")


async def week_day(scene: Scene, number: str) -> None:
    """A day for the weekly question, or none."""
    plan = await plan_of(scene)
    if len(number) == 1 and number in "0123456":
        plan = replace(plan, week_day=int(number)).with_hour(
            Kind.WEEK, plan.hours.get(Kind.WEEK, HOURS[Kind.WEEK])
        )
    else:
        plan = plan.with_hour(Kind.WEEK, "")
    revision = await change(scene, plan)
    await scene.turn.edit("lembrete_opcao", kind=Kind.WEEK.value, revision=revision)


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "lembretes": show,
    "lembrete": show,
    "avisos": show,
}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "lembretes": show,
    "l_muda": ask_hour,
    "l_dias": ask_days,
    "l_cidade": ask_city,
    "l_pausa": ask_pause,
    "l_retoma": resume,
    "l_volta": resume,
    "l_desliga": off,
    "l_refeicoes": show_meals,
    "l_semana": show_week,
}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "l_hora": tapped,
    "l_desfaz": undo,
    "l_quais": some_days,
    "l_lugar": place_tapped,
    "l_pausa_dias": pause_days,
    "l_vespera": eve,
    "l_semana_dia": week_day,
}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {"l_dia": day, "l_refeicao": meal}
