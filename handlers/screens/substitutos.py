"""What can take the place of something that the market did not have."""

import asyncio
from typing import Any

from handlers.catalogue import joined
from handlers.keyboards import Rows
from handlers.screens import guardrails
from handlers.screens import substitutos_words as words
from handlers.screens.day import no_menu
from handlers.screens.restrictions import shortened
from handlers.screens.shown import shown
from handlers.texts import buttons as b
from handlers.texts import changes as c
from handlers.transport.screens import Button, Screen, View, screen
from menus.changes import lacking
from menus.changes.orders import Order
from nutrition.market import Item, Market
from nutrition.restrictions.rules import Rules


@screen(words.OFFERED)
async def offered(view: View, *, order: dict[str, Any], options: list[dict[str, Any]]) -> Screen:
    """The substitutes as buttons, other dishes, or neither; what a restriction of now forbids is not shown any more."""
    t, asked, around = view.t, Order.from_json(order), await shown(view)
    if around.referred:
        return guardrails.referral(view, around)
    if around.week is None:
        return no_menu(t, around, around.today)
    table, days = view.services.table, around.week.days
    needed = await asyncio.to_thread(lacking.needed_items, days, around.today, table)
    items = lacking.meant(asked, needed, table)
    if not items:
        return Screen(t(c.NONE_HAS_IT, foods=t.listing(asked.foods)))
    rules = await asyncio.to_thread(Rules.of, around.restrictions, table)
    safe = [each for each in options if not any(rules.forbids_food(table[food]) for food in each["foods"])]
    market = Market.load()
    names = [words.inside(item) for each in safe if (item := market.get(each["key"]))]
    meals = lacking.meals_with(items, days, around.today, table)
    foods = t.listing(asked.foods)
    text = joined(
        [
            t(c.INSTEAD_OF, foods=foods, options=t.choice(names))
            if names
            else t(c.NO_SUBSTITUTE, foods=foods),
            t.count(c.PUT_INSTEAD, meals) if names else t.count(c.OTHER_DISHES, meals),
        ]
    )
    return Screen(text, _buttons(view, items, safe))


@screen(words.CHOSEN)
async def chosen(view: View, *, items: list[str], item: str) -> Screen:
    """What the question shrinks to once it was answered."""
    t, market = view.t, Market.load()
    foods = t.listing(words.inside(found) for each in items if (found := market.get(each)))
    comes = market.get(item)
    if comes is None:
        return Screen(t(c.CHOSE_DISHES, foods=foods))
    return Screen(t(c.CHOSE, foods=foods, item=words.inside(comes)))


@screen(words.LEFT)
async def left(view: View) -> Screen:
    """Neither was wanted."""
    return Screen(view.t(c.LEFT_AS_IT_IS))


def _buttons(view: View, items: tuple[Item, ...], options: list[dict[str, Any]]) -> Rows:
    t, missing = view.t, words.keys(items)
    market = Market.load()
    rows: list[tuple[Button, ...]] = [
        (Button(shortened(item.name), f"usa:{missing}:{words.keys((item,))}"),)
        for each in options
        if (item := market.get(each["key"]))
    ]
    rows.append((Button(t.plain(c.OTHER_DISH), f"outros:{missing}"), Button(t.plain(b.KEEP_IT), "deixa")))
    return tuple(rows)
