"""Reminders in words: "me lembra 7 e meia da noite", "de segunda a sexta", "férias até dia 20", "moro em Manaus"."""

from handlers import intents, lembretes
from handlers.reminder_words import Wish, days_of_week, pause_until, read
from handlers.restriction_cues import states_restriction
from handlers.scene import Scene
from menus.places import Place, Places
from menus.reminder_plan import Kind
from nutrition.measurements import Parsed, parse_hour

LONGEST_ECHO = 40


async def said(scene: Scene, text: str) -> bool:
    """Free words that are surely about reminders; False when they are not. What a person cannot eat goes first."""
    if states_restriction(text):
        return False
    wish = read(text, scene.today, Places.load(), about_reminders=False)
    if wish is not None:
        await _do(scene, wish)
    elif intents.asks_reminder(text):
        await lembretes.show(scene)
    return wish is not None or intents.asks_reminder(text)


async def beside(scene: Scene, text: str) -> bool:
    """Words after reminders were shown or changed; False when they are about something else."""
    if states_restriction(text):
        return False
    wish = read(text, scene.today, Places.load(), about_reminders=True)
    if wish is None:
        return False
    await _do(scene, wish)
    return True


async def answered(scene: Scene, text: str) -> None:
    """An hour, days, a city or an end, while one of them is asked: also a wish for another of them, or off."""
    if intents.stops_messages(text) or intents.is_nothing(text):
        await lembretes.off(scene)
        return
    if intents.is_back(text):
        await lembretes.show(scene)
        return
    if not (await _asked(scene, text) or await beside(scene, text)):
        what = lembretes.ASKING[scene.step]
        await scene.turn.send("lembrete_nao_entendi", said=text[:LONGEST_ECHO], what=what)


async def _asked(scene: Scene, text: str) -> bool:
    """Read ``text`` as just what was asked."""
    match scene.step:
        case lembretes.HOUR:
            return await _hour(scene, parse_hour(text))
        case lembretes.DAYS if days := days_of_week(text):
            await lembretes.set_days(scene, days)
        case lembretes.CITY if places := Places.load().named(text):
            await _place(scene, places)
        case lembretes.PAUSE if until := pause_until(text, scene.today) or pause_until(
            f"até {text}", scene.today
        ):
            await lembretes.pause(scene, until)
        case _:
            return False
    return True


async def _do(scene: Scene, wish: Wish) -> None:
    if wish.places:
        await _place(scene, wish.places)
    elif wish.pause and wish.resumes_on is None:
        await lembretes.ask_pause(scene)
    elif wish.pause and wish.resumes_on is not None:
        await lembretes.pause(scene, wish.resumes_on)
    elif wish.resume:
        await lembretes.resume(scene)
    elif wish.kinds:
        await _kinds(scene, wish)
    elif wish.hour is not None and wish.hour.value is None:
        await _hour(scene, wish.hour)
    else:
        await _settings(scene, wish)


async def _settings(scene: Scene, wish: Wish) -> None:
    """An hour, days, or both in one sentence."""
    plan = await lembretes.plan_of(scene)
    if wish.days:
        plan = lembretes.with_days(plan, wish.days)
    if wish.hour is not None:
        plan = await lembretes.with_day(scene, plan, str(wish.hour.value))
    elif not plan.hour:
        await lembretes.change(scene, plan)
        await lembretes.ask_hour(await lembretes.listen(scene))
        return
    revision = await lembretes.change(scene, plan)
    await scene.turn.send("lembrete_ligado" if wish.hour else "lembrete_dias_mudados", revision=revision)


async def _kinds(scene: Scene, wish: Wish) -> None:
    """The evening before, meals, or the weekly question, on or off."""
    if wish.days and wish.kinds in ((Kind.WEEK,), (Kind.SUMMARY,)) and len(wish.days) == 1:
        with_day = lembretes.with_week_day if wish.kinds == (Kind.WEEK,) else lembretes.with_summary_day
        await lembretes.change(scene, with_day(await lembretes.plan_of(scene), *wish.days))
    hour = str(wish.hour.value) if wish.hour is not None and wish.hour.value else None
    kinds = wish.kinds if len(wish.kinds) == 1 else await lembretes.own_meals(scene, wish.kinds)
    await lembretes.set_kind(scene, kinds, hour, on=not wish.off)


async def _hour(scene: Scene, hour: Parsed) -> bool:
    if hour.value is not None:
        await lembretes.set_hour(scene, str(hour.value))
    elif hour.suggestions:
        await scene.turn.send("lembrete_qual_dos_dois", values=[str(each) for each in hour.suggestions])
    return hour.value is not None or bool(hour.suggestions)


async def _place(scene: Scene, places: tuple[Place, ...]) -> None:
    if len(places) == 1:
        await lembretes.set_place(scene, places[0])
    else:
        await scene.turn.send("lembrete_qual_cidade", ids=[place.id for place in places[:5]])
