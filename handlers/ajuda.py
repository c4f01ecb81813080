"""/ajuda: what the bot can do, in three lines and buttons."""

from handlers.scene import Scene


async def show(scene: Scene) -> None:
    """/ajuda."""
    await scene.turn.send("ajuda")
