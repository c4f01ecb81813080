"""What was understood of a sentence, before it is done."""

from collections.abc import Sequence
from datetime import date as Date
from typing import Any

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import places
from handlers.screens.shown import local_date
from handlers.screens.trocar_words import THE, meal_of
from handlers.texts import proposals as p
from handlers.transport.screens import Button, Screen, View, screen
from menus.changes.orders import Kind, Order, Way
from nutrition.menu import Slot

PROPOSED, ACCEPTED, LEFT, GONE = "propus", "propus_sim", "propus_nao", "propus_passou"
"""Names of the screens."""

YES, NO = "faz", "nao_faz"

_OFFERS = {Way.FASTER: p.FASTER, Way.CHEAPER: p.CHEAPER_MEAL, Way.PANTRY: p.WITH_FOODS, Way.ANY: p.OTHER_DISH}
_OF_A_MEAL = {Kind.AWAY: p.AWAY, Kind.SKIP: p.SKIP, Kind.LOCK: p.LOCK, Kind.UNLOCK: p.UNLOCK}
_OF_A_DAY = {Kind.AWAY: p.AWAY_DAY, Kind.SKIP: p.SKIP_DAY, Kind.LOCK: p.LOCK_DAY, Kind.UNLOCK: p.UNLOCK_DAY}
_OF_FOODS = {Kind.LESS: p.LESS, Kind.LACKING: p.LACKING, Kind.MISSING: p.LACKING}


@screen(PROPOSED)
async def proposed(view: View, *, number: int, orders: Sequence[dict[str, Any]]) -> Screen:
    """What would be done, a line each, and two buttons."""
    t, today = view.t, local_date(view)
    lines = [t(p.LINE, what=in_words(t, Order.from_json(order), today)) for order in orders]
    yes, no = Button(t.plain(p.YES), f"faz:{number}"), Button(t.plain(p.NO), f"nao_faz:{number}")
    return Screen(joined([t(p.UNDERSTOOD), *lines, t(p.MAY_I)]), ((yes, no),))


@screen(ACCEPTED)
async def accepted(view: View) -> Screen:
    """It is being done."""
    return Screen(view.t(p.ACCEPTED))


@screen(LEFT)
async def left(view: View) -> Screen:
    """Nothing is done."""
    return Screen(view.t(p.LEFT), places(view.t, ("hoje", "semana")))


@screen(GONE)
async def gone(view: View) -> Screen:
    """A yes to what waits no more."""
    return Screen(view.t(p.GONE), places(view.t, ("hoje", "semana")))


def in_words(t: Catalogue, order: Order, today: Date) -> Markup:
    """What an order is to do, as in "trocar o jantar de sexta por peixe"."""
    foods = t.listing(order.foods)
    day = t.weekday(order.date) if order.date else ""
    meal = meal_of(t, order.slot, order.date, today) if order.slot and order.date else ""
    match order.kind:
        case Kind.OFFER:
            return t(_OFFERS[order.way], meal=meal, foods=foods)
        case Kind.SWAP:
            return t(p.SWAP, meal=meal, foods=foods) if foods else t(p.OTHER_DISH, meal=meal)
        case Kind.WITHOUT:
            return t(p.WITHOUT, what=meal or day, foods=foods)
        case Kind.AWAY | Kind.SKIP | Kind.LOCK | Kind.UNLOCK:
            return t(_OF_A_MEAL[order.kind], meal=meal) if meal else t(_OF_A_DAY[order.kind], day=day)
        case Kind.COPY_DAY | Kind.COPY_MEAL:
            return _copied(t, order, today)
        case Kind.LESS | Kind.LACKING | Kind.MISSING:
            return t(_OF_FOODS[order.kind], foods=foods)
        case Kind.SWAP_DAY:
            return t(p.SWAP_DAY, day=day)
        case Kind.NO_MEAT:
            return t(p.NO_MEAT, day=day)
        case Kind.SLOT_OFF if order.slot:
            return t(p.SLOT_OFF, meal=t.plain(THE[order.slot]))
        case Kind.SLOT_ON:
            return t(p.SLOT_ON, meal=t.plain(THE[order.slot or Slot.LANCHE_DA_TARDE]))
        case _:
            return t(p.CHEAPER)


def _copied(t: Catalogue, order: Order, today: Date) -> Markup:
    source, day = t.weekday(order.source or today), t.weekday(order.date or today)
    if order.slot is None:
        return t(p.COPY_DAY, source=source, day=day)
    copied = t.plain(THE[order.source_slot or order.slot])
    return t(p.COPY_MEAL, copied=copied, source=source, meal=t.plain(THE[order.slot]), day=day)
