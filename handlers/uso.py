"""/uso: figures for the operators. Others get what any unknown command gets."""

from handlers.scene import Scene

COMMAND = "uso"


def is_for(scene: Scene) -> bool:
    """Whether the person is an operator, by the Telegram id of their private chat."""
    return scene.turn.chat_id in scene.turn.services.operations.admin_ids


async def show(scene: Scene) -> None:
    """The figures of this moment."""
    await scene.turn.send("uso")
