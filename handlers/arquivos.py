"""The week as a picture, a PDF or a calendar file; a day as a chart. Routing takes ``TAPS`` and ``TAPS_1`` as they are."""

from collections.abc import Awaitable, Callable

from handlers import cardapio
from handlers.scene import Scene
from handlers.screens import files as view


async def card(scene: Scene) -> None:
    """[Imagem]: the week as a picture, to keep or to share."""
    if await cardapio.ready(scene):
        await scene.turn.send(view.CARD)


async def dark_card(scene: Scene, shade: str) -> None:
    """[Imagem escura]: the same on a dark ground."""
    if await cardapio.ready(scene):
        await scene.turn.send(view.CARD, dark=shade == "escura")


async def chart(scene: Scene, day_text: str) -> None:
    """[Gráfico]: a day against its targets."""
    day = cardapio.as_date(day_text) or scene.today
    if await cardapio.ready(scene):
        await scene.turn.send(view.CHART, date=day.isoformat())


async def pdf(scene: Scene) -> None:
    """[PDF]: the week for printing."""
    if await cardapio.ready(scene):
        await scene.turn.send(view.PDF)


async def agenda(scene: Scene) -> None:
    """[Agenda]: the week's meals for a calendar."""
    if await cardapio.ready(scene):
        await scene.turn.send(view.AGENDA)


TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {view.CARD: card, view.PDF: pdf, view.AGENDA: agenda}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {view.CARD: dark_card, view.CHART: chart}
