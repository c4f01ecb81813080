"""/exportar: everything that is kept about the person, as a file to read and a file for programs."""

from collections.abc import Awaitable, Callable

from handlers.scene import Scene

COMMAND = "exportar"


async def send(scene: Scene) -> None:
    """Two files, made when they are sent."""
    await scene.turn.send("exportar", form="texto")
    await scene.turn.send("exportar", form="json")


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {COMMAND: send, "exporta": send}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {COMMAND: send}
