"""/compras: the shopping list of the week. A tap sets what its label says and never flips it, so the same tap twice, or
two people tapping at once, end the same way. A tap on the list of an older week changes nothing and shows the current one.

Routing takes ``COMMANDS``, ``TAPS``, ``TAPS_2`` and ``TAPS_3`` as they are.
"""

from collections.abc import Awaitable, Callable, Collection
from datetime import date
from functools import partial

from handlers import cardapio, substitutos
from handlers.scene import Scene
from handlers.screens import casa as casa_view
from handlers.screens import compras as view
from handlers.screens import compras_words as words
from menus import cart as carts
from nutrition.market import Market
from nutrition.menu import Week


async def show(scene: Scene) -> None:
    """/compras, or [🛒 Compras] anywhere: the first page of the list, as a new message."""
    if await cardapio.ready(scene):
        await scene.turn.send(view.LIST)


async def page(scene: Scene, start: str, what: str) -> None:
    """A button without an argument: a page of the list by its key, the list as text, the days or the household."""
    week = await _week(scene, start)
    if week is None:
        await _current(scene)
    elif what == "texto":
        await as_text(scene)
    elif what == "dias":
        await scene.turn.edit(view.DAYS)
    elif what == "todos":
        await for_days(scene, week, [day.date for day in week.days])
        await scene.turn.edit(view.DAYS)
    elif what == "pessoas":
        await scene.turn.edit(view.PEOPLE)
    elif what == casa_view.SHARES:
        await scene.turn.edit(casa_view.EATERS)
    else:
        await scene.turn.edit(view.LIST, page=what)


async def act(scene: Scene, start: str, what: str, which: str) -> None:
    """A button with an argument: an item, a day, a number of people."""
    week, action = await _week(scene, start), ACTIONS.get(what)
    if week is None or action is None:
        await _current(scene)
    else:
        await action(scene, week, which)


async def tick(scene: Scene, week: Week, item: str, *, bought: bool = True) -> None:
    """``item`` is in the cart, or out of it again."""
    turn = scene.turn
    cart = await carts.put(turn.tx, scene.person.id, week, turn.services.table, item, bought=bought)
    await turn.edit(view.LIST, page=words.page_of(cart.list, item))
    await _say(scene, cart, "pega" if bought else "larga", item)


async def have(scene: Scene, week: Week, item: str, *, at_home: bool = True) -> None:
    """``item`` is at home and leaves the list, or comes back to it."""
    turn = scene.turn
    cart = await carts.keep_at_home(
        turn.tx, scene.person.id, week, turn.services.table, item, at_home=at_home
    )
    await turn.edit(view.LIST, page=words.page_of(cart.list, item), home=True)
    await _say(scene, cart, "tem" if at_home else "falta", item)


async def not_found(scene: Scene, week: Week, item: str) -> None:
    """``item`` was not to be had: the list stays, and what can take its place comes below it."""
    turn, found = scene.turn, Market.load().get(item)
    cart = await carts.cart_of(turn.tx, scene.person.id, week, turn.services.table)
    await turn.edit(view.LIST, page=words.page_of(cart.list, item))
    if found is not None and cart.list.line(item) is not None:
        await substitutos.not_found(scene, found)
        await turn.toast(view.TOUCHED, what="procura", item=item)
    else:
        await turn.toast(view.TOUCHED, what="mudou")


async def people(scene: Scene, n: float) -> None:
    """The list is for ``n`` people; a number that no household has is asked again."""
    done = await carts.set_people(scene.turn.tx, scene.person.id, n)
    await scene.turn.edit(view.LIST if done else view.PEOPLE)


async def eater(scene: Scene, _week: Week, place: str) -> None:
    """How much one of the household eats: the choices."""
    await scene.turn.edit(casa_view.EATER, place=int(place) if place.isdecimal() else 0)


async def share(scene: Scene, week: Week, which: str) -> None:
    """``which``: the place at the table and the percent of the person's own portion, as in "2-50"."""
    place, _, percent = which.partition("-")
    if place.isdecimal() and percent.isdecimal():
        await carts.set_share(scene.turn.tx, scene.person.id, week, int(place), int(percent) / 100)
    await scene.turn.edit(casa_view.EATERS)


async def recipe(scene: Scene, day_text: str, slot: str) -> None:
    """[Para 3 pessoas] under a recipe: the same for the whole household, in its place."""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.edit(casa_view.FOR_ALL, date=day.isoformat(), slot=slot)


async def my_recipe(scene: Scene, day_text: str, slot: str) -> None:
    """[Só para mim]: back to the person's own."""
    day = cardapio.as_date(day_text) or scene.today
    await scene.turn.edit("receita", date=day.isoformat(), slot=slot)


async def as_text(scene: Scene) -> None:
    """The whole list as text: a new message, since it is kept and shared."""
    await scene.turn.send(view.TEXT)


async def for_days(scene: Scene, week: Week, wanted: Collection[date]) -> None:
    """Make the list for the days ``wanted`` of the week only."""
    for day in week.days:
        await carts.shop_for(scene.turn.tx, scene.person.id, week, day.date, wanted=day.date in wanted)


async def _home_page(scene: Scene, week: Week, key: str) -> None:
    await scene.turn.edit(view.LIST, page=key, home=True)


async def _lack_page(scene: Scene, week: Week, key: str) -> None:
    await scene.turn.edit(view.LIST, page=key, lack=True)


async def _people(scene: Scene, week: Week, number: str) -> None:
    await people(scene, int(number) if number.isdecimal() else 0)


async def _day(scene: Scene, week: Week, text: str, *, wanted: bool) -> None:
    day = cardapio.as_date(text)
    if day is not None:
        await carts.shop_for(scene.turn.tx, scene.person.id, week, day, wanted=wanted)
    await scene.turn.edit(view.DAYS)


async def _week(scene: Scene, start: str) -> Week | None:
    """The person's week of today, when it is the one that starts on ``start``."""
    turn = scene.turn
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, scene.today)
    return saved.week if saved and saved.week.start.isoformat() == start else None


async def _current(scene: Scene) -> None:
    await scene.turn.edit(view.LIST)
    await scene.turn.toast(view.TOUCHED, what="mudou")


async def _say(scene: Scene, cart: carts.Cart, what: str, item: str) -> None:
    on_list = cart.list.line(item) is not None
    await scene.turn.toast(view.TOUCHED, what=what if on_list else "mudou", item=item)


ACTIONS: dict[str, Callable[[Scene, Week, str], Awaitable[None]]] = {
    "pega": tick,
    "larga": partial(tick, bought=False),
    "tem": have,
    "falta": partial(have, at_home=False),
    "casa": _home_page,
    "faltas": _lack_page,
    "naotem": not_found,
    "pessoas": _people,
    casa_view.WHO: eater,
    casa_view.SHARE: share,
    "dia_sim": partial(_day, wanted=True),
    "dia_nao": partial(_day, wanted=False),
}
"""What the buttons of the list do, by the third part of their data."""

COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"compras": show, "mercado": show}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {view.VERB: show}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {
    view.VERB: page,
    casa_view.FOR_ALL: recipe,
    casa_view.MINE: my_recipe,
}
TAPS_3: dict[str, Callable[[Scene, str, str, str], Awaitable[None]]] = {view.VERB: act}
