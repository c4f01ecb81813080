"""/lembretes: the hour of the day's menu, or off."""

from handlers.onboarding import reading
from handlers.onboarding.steps import BY_ID, NOTHING
from handlers.scene import Scene
from menus import people
from menus.answers import Talk

HOUR = "lembrete_hora"


async def show(scene: Scene) -> None:
    """/lembretes: how they stand, and buttons."""
    await scene.turn.send("lembretes")


async def ask_hour(scene: Scene) -> None:
    """[Mudar horário]."""
    await scene.go(HOUR, Talk())
    await scene.turn.edit("lembrete_qual_hora")


async def choose(scene: Scene, hour: str) -> None:
    """An hour was tapped, or typed and understood."""
    turn = scene.turn
    before = await people.reminder_of(turn.tx, scene.person.id)
    await people.set_reminder(turn.tx, scene.person.id, hour, turn.now)
    if scene.step == HOUR:
        await scene.rest()
    await turn.send("lembrete_ligado" if hour else "lembrete_desligado", hour=hour, before=before)


async def tapped(scene: Scene, hour: str) -> None:
    """A button with an hour ("0730")."""
    chosen = reading.button_hour(hour)
    if chosen:
        await choose(scene, chosen)
    else:
        await show(scene)


async def off(scene: Scene) -> None:
    """[Desligar], or "para de mandar mensagem"."""
    await choose(scene, "")


async def undo(scene: Scene, hour: str) -> None:
    """[↩ Desfazer]: back to the hour before ("0730"), or to off ("nada")."""
    before = reading.button_hour(hour) or ""
    if not before and hour != NOTHING:
        await show(scene)
        return
    await people.set_reminder(scene.turn.tx, scene.person.id, before, scene.turn.now)
    await scene.turn.edit("lembrete_desfeito", hour=before)


async def typed(scene: Scene, text: str) -> None:
    """An hour in words, while it is being asked."""
    step = BY_ID["reminder"]
    result = reading.read(step, text, scene.talk.answers, scene.turn.services.table)
    match result:
        case reading.Accepted(changes):
            await choose(scene, str(changes["reminder"]))
        case reading.Offered(values):
            await scene.turn.send("lembrete_qual_dos_dois", values=list(values))
        case _:
            await scene.turn.send("lembrete_nao_entendi", said=text[:40])


async def from_words(scene: Scene, hour_text: str) -> None:
    """ "me lembra 7 e meia da noite": set at once when the hour is clear, else show how reminders stand."""
    step = BY_ID["reminder"]
    result = reading.read(step, hour_text, scene.talk.answers, scene.turn.services.table)
    match result:
        case reading.Accepted(changes) if changes.get("reminder"):
            await choose(scene, str(changes["reminder"]))
        case reading.Offered(values):
            await scene.turn.send("lembrete_qual_dos_dois", values=list(values))
        case _:
            await show(scene)
