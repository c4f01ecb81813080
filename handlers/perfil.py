"""/perfil: see and correct each item; hide or show numbers."""

from handlers import guards, peso
from handlers.onboarding import asking, corrections, reading, summary
from handlers.scene import Scene
from menus import people


async def show(scene: Scene) -> None:
    """/perfil: all items, each one a button."""
    if await people.profile_of(scene.turn.tx, scene.person.id) is None:
        await asking.resume(scene)
    else:
        await scene.turn.send("perfil")


async def numbers(scene: Scene, choice: str) -> None:
    """[Esconder números] or [Mostrar números]."""
    hidden = choice != "mostrar"
    await people.hide_numbers(scene.turn.tx, scene.person.id, hidden)
    await scene.turn.edit("perfil")
    await scene.turn.toast("numeros_escondidos" if hidden else "numeros_visiveis")


async def typed_correction(scene: Scene, text: str) -> bool:
    """ "peso 75,2" typed at any time: corrected at once, a weight as /peso does; True when it was one."""
    turn = scene.turn
    answers = await people.answers_of(turn.tx, scene.person.id)
    found = corrections.read_named(text, answers, turn.services.table) if answers else None
    if answers is None or found is None:
        return False
    step, result = found
    if step.id == "weight":
        await peso.corrected(scene, corrections.value_of(text) or text)
    elif isinstance(result, reading.Accepted | reading.Marked):
        await summary.store_corrected(scene, answers.with_(**result.changes), step)
    elif isinstance(result, reading.Offered):
        moved = await asking.open_correction(scene, step, answers)
        await asking.offer(moved, step, text, result.values)
    elif result.problem == "minor":
        await guards.minor(scene)
    else:
        await turn.send("resumo_recusado", step=step.id, problem=result.problem, said=text)
    return True
