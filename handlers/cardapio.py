"""/cardapio: show the week, or make one and show it as soon as it is ready."""

from datetime import date

from handlers import guards
from handlers.onboarding import asking
from handlers.scene import Scene
from menus import allowance, people
from menus.service import KIND as WEEK_JOB
from nutrition.guardrails import Decision


async def show_or_make(scene: Scene) -> None:
    """/cardapio: the day view of the current week; without a week, one is made."""
    if not await ready(scene):
        return
    saved = await scene.turn.services.menus.current_week(scene.turn.tx, scene.person.id, scene.today)
    if saved is None:
        await begin(scene, scene.today)
    else:
        await scene.turn.send("dia", date=scene.today.isoformat())


async def ready(scene: Scene) -> bool:
    """Whether this person can have a menu; when not, they are told how to go on."""
    profile = await people.profile_of(scene.turn.tx, scene.person.id)
    told = scene.talk.answers
    if profile is None and people.review_conditions(told).decision is not Decision.REFER:
        await asking.resume(scene)
        return False
    assessment = people.review(profile).assessment if profile else people.review_conditions(told)
    if assessment.decision is Decision.REFER:
        await guards.refer(scene, assessment)
        return False
    return True


async def make(scene: Scene, start: date | None = None) -> None:
    """Start making a week from ``start`` (today without one); when one is being made already, say how far it is."""
    if await ready(scene):
        await begin(scene, start or scene.today)


async def begin(scene: Scene, start: date, *, repeat: int | None = None) -> None:
    """Start making a week for someone who is ``ready``; ``repeat`` is the id of a past week to make once more."""
    turn = scene.turn
    if await allowance.used_up(turn.tx, scene.person.id, WEEK_JOB, turn.now):
        await turn.send("semanas_demais")
        return
    job, is_new = await turn.services.menus.request_week(
        turn.tx, scene.person, start, turn.now, repeat=repeat
    )
    if is_new:
        turn.after_commit(turn.services.menus.wake)
        await turn.tell("progresso", job=job.id)
        if turn.services.gemini_enabled and scene.person.gemini_consent is None:
            await turn.tell("gemini_novo")
    else:
        await turn.send("ja_montando", done=job.done_units, total=job.total_units)


async def stop(scene: Scene) -> None:
    """[Parar]: the week that is being made is not wanted any more."""
    turn = scene.turn
    stopped = await turn.services.menus.cancel(turn.tx, scene.person.id, turn.now)
    if stopped:
        await turn.edit("parado")
    else:
        await asking.current(scene)


async def day(scene: Scene, day_text: str) -> None:
    """A day of the week, in the message whose button was tapped."""
    day_wanted = as_date(day_text)
    await scene.turn.edit("dia", date=(day_wanted or scene.today).isoformat())


async def week(scene: Scene) -> None:
    """[Ver a semana]: one line a day."""
    await scene.turn.edit("semana")


def as_date(text: str) -> date | None:
    """An ISO date of a button, or None when it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
