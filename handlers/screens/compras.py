"""The shopping list: one section of the market a page, one item a row; and the same list as text.

Callback data is ``compras:<start of the week>:<what>[:<of what>]``: dates, codes and ids of items only.
"""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import Row, Rows, places
from handlers.screens import casa, guardrails
from handlers.screens import compras_words as words
from handlers.screens.day import no_menu
from handlers.screens.shown import shown
from handlers.texts import menu as m
from handlers.texts import shopping as s
from handlers.transport.screens import Button, Screen, View, screen
from menus import cart as carts
from menus.cart import Cart, Line
from nutrition.market import Market
from nutrition.menu import Week

LIST, TEXT, DAYS, PEOPLE, TOUCHED = (
    "compras",
    "compras_texto",
    "compras_dias",
    "compras_pessoas",
    "compras_toque",
)
"""Names of the screens."""

VERB = "compras"
MOST_OFFERED = 6

TOUCHES = {
    "pega": s.IN_CART,
    "larga": s.OUT_OF_CART,
    "tem": s.IS_HOME,
    "falta": s.NOT_HOME,
    "mudou": s.LIST_CHANGED,
    "procura": s.LOOKING,
}
"""What a toast says, by the code of the tap."""


TAPS_SAY = {"casa": s.TAP_HOME, "faltas": s.TAP_LACK}
"""What a tap on an item says, by the mode of the list; without one it was bought."""


@screen(LIST)
async def list_view(view: View, *, page: str = "", home: bool = False, lack: bool = False) -> Screen:
    """One page of the list; an unknown page is the first. ``home``: taps say what is at home instead of what was bought;
    ``lack``: what was not to be had."""
    found = await _found(view)
    if isinstance(found, Screen):
        return found
    week, cart = found
    every = words.pages(cart.list)
    if not every:
        nothing = s.NO_DAYS if not cart.days else s.NOTHING
        return Screen(joined([words.title(view.t, week, cart), view.t(nothing)]), (_days_row(view.t, week),))
    place = next((n for n, each in enumerate(every) if each.key == page), 0)
    shown_page = every[place]
    mode = "casa" if home else "faltas" if lack else ""
    text = _page_text(view.t, week, cart, every, shown_page, mode=mode)
    rows = _items(view.t, week, cart, shown_page, mode)
    return Screen(text, (*rows, *_moves(view.t, week, cart, every, place, mode=mode)))


@screen(TEXT)
async def text_view(view: View) -> Screen:
    """The whole list as text, to keep or to share."""
    found = await _found(view)
    if isinstance(found, Screen):
        return found
    week, cart = found
    back = _button(view.t.plain(s.BACK), week, "")
    return Screen(words.list_text(view.t, week, cart), ((back,),))


@screen(DAYS)
async def days_view(view: View) -> Screen:
    """Which days the list is for; a tap sets a day, or leaves it out."""
    found = await _found(view)
    if isinstance(found, Screen):
        return found
    week, cart = found
    t, rows = view.t, list[Row]()
    for day in week.days:
        wanted = day.date in cart.days
        label = t.plain(s.TICKED, line=t.day(day.date)) if wanted else t.day(day.date)
        rows.append((_button(label, week, "dia_nao" if wanted else "dia_sim", day.date.isoformat()),))
    last = (_button(t.plain(s.WHOLE_WEEK), week, "todos"), _button(t.plain(s.DONE), week, ""))
    return Screen(t(s.WHICH_DAYS), (*rows, last if not cart.whole_week else last[1:]))


@screen(PEOPLE)
async def people_view(view: View) -> Screen:
    """For how many the list is."""
    found = await _found(view)
    if isinstance(found, Screen):
        return found
    week, cart = found
    t, buttons = view.t, list[Button]()
    for n in range(1, MOST_OFFERED + 1):
        label = t.plain(s.TICKED, line=str(n)) if n == cart.people else str(n)
        buttons.append(_button(label, week, "pessoas", str(n)))
    back = _button(t.plain(s.BACK), week, "")
    each = () if cart.people == 1 else (casa.shares_button(t, week),)
    text = joined([t(s.HOW_MANY), casa.household(t, cart.shares)])
    return Screen(text, (tuple(buttons[:3]), tuple(buttons[3:]), *each, (back,)))


@screen(TOUCHED)
async def touched(view: View, *, what: str, item: str = "") -> Screen:
    """What a tap did, over the chat; it repeats what the list shows."""
    found = Market.load().get(item)
    return Screen(view.t(TOUCHES[what], name=words.uncapitalised(found.name) if found else item))


async def _found(view: View) -> tuple[Week, Cart] | Screen:
    """The week and its list, or the screen that says why there is none."""
    found = await shown(view)
    if found.referred:
        return guardrails.referral(view, found)
    if found.review is None or view.person is None:
        return Screen(view.t(m.NO_PROFILE), places(view.t, ("continuar",)))
    if found.week is None:
        return no_menu(view.t, found, found.today)
    return found.week, await carts.cart_of(view.conn, view.person.id, found.week, view.services.table)


def _page_text(
    t: Catalogue, week: Week, cart: Cart, every: Sequence[words.Page], page: words.Page, *, mode: str
) -> Markup:
    buying = [line for line in page.lines if line not in cart.list.at_home]
    done = sum(line.bought for line in buying)
    counts = {"section": t(words.SECTIONS[page.section]), "done": done, "total": len(buying)}
    where = (
        t(s.PAGE, part=every.index(page) + 1, parts=len(every), **counts)
        if len(every) > 1
        else t(s.PAGE_ONLY, **counts)
    )
    asked = TAPS_SAY.get(mode) or (s.TAP_BOUGHT if buying else s.ALL_AT_HOME)
    finished = cart.list.bought == len(cart.list.lines)
    basics = t.listing(words.uncapitalised(line.item.name) for line in cart.list.basics)
    return joined(
        [
            words.title(t, week, cart),
            words.for_people(t, cart.people) if cart.people != 1 else "",
            where,
            t(s.ALL_BOUGHT) if finished and cart.list.lines and not mode else t(asked),
            t(s.BASICS, items=basics) if basics and page is every[-1] and not mode else "",
        ]
    )


def _items(t: Catalogue, week: Week, cart: Cart, page: words.Page, mode: str) -> Rows:
    rows: list[Row] = []
    for line in page.lines:
        at_home = line in cart.list.at_home
        if mode == "casa":
            label = t.plain(s.TICKED, line=words.line_text(t, line)) if at_home else words.line_text(t, line)
            rows.append((_button(label, week, "falta" if at_home else "tem", line.item.id),))
        elif mode == "faltas" and _to_find(cart, line):
            rows.append((_button(words.line_text(t, line), week, "naotem", line.item.id),))
        elif not mode and not at_home:
            rows.append(
                (_button(words.ticked(t, line), week, "larga" if line.bought else "pega", line.item.id),)
            )
    return tuple(rows)


def _to_find(cart: Cart, line: Line) -> bool:
    """Whether it is still to be found in the market."""
    return line not in cart.list.at_home and not line.bought


def _moves(
    t: Catalogue, week: Week, cart: Cart, every: Sequence[words.Page], place: int, *, mode: str
) -> Rows:
    here = every[place]
    if mode:
        return ((_button(t.plain(s.DONE), week, here.key),),)
    have = _button(t.plain(s.HAVE), week, "casa", here.key)
    lack = _button(t.plain(s.LACK), week, "faltas", here.key)
    following = every[(place + 1) % len(every)]
    name = s.MORE if following.section is here.section else s.NEXT
    onward = _button(t.plain(name, section=t.plain(words.SHORT[following.section])), week, following.key)
    back = _button(t.plain(s.BEFORE), week, every[place - 1].key)
    texts = (
        _button(t.plain(s.AS_TEXT), week, "texto"),
        _button(t.plain(s.CHOOSE_DAYS), week, "dias"),
        _button(t.plain(s.PEOPLE), week, "pessoas"),
    )
    turns = () if len(every) == 1 else (onward,) if len(every) == 2 else (back, onward)
    rows: Rows = (
        (have, lack) if any(_to_find(cart, line) for line in here.lines) else (have,),
        texts,
        turns,
    )
    return tuple(row for row in rows if row)


def _days_row(t: Catalogue, week: Week) -> Row:
    return (_button(t.plain(s.CHOOSE_DAYS), week, "dias"),)


def _button(label: str, week: Week | date, what: str, which: str = "") -> Button:
    start = week if isinstance(week, date) else week.start
    return Button(label, data=":".join(filter(None, (VERB, start.isoformat(), what or "lista", which))))
