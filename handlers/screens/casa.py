"""The household: how much each one eats beside the person, and a recipe for all of them.

The others are places at the table, without names: nothing about them is kept but how much they eat.
"""

from collections.abc import Iterator, Sequence
from datetime import date as Date

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined, paragraphs
from handlers.keyboards import Row, new_day_button
from handlers.screens import guardrails, portions
from handlers.screens.day import no_menu
from handlers.screens.recipes import doing
from handlers.screens.shown import shown
from handlers.texts import buttons as b
from handlers.texts import household as h
from handlers.texts import menu as m
from handlers.transport.screens import Button, Screen, View, screen
from menus import cart as carts
from nutrition.menu import Meal, Portion, Week

EATERS, EATER, FOR_ALL = "compras_porcoes", "compras_quem", "receita_todos"
"""Names of the screens."""

SHARES, WHO, SHARE = "porcoes", "quem", "porcao"
"""What a button of the list is about, in its callback data."""

MINE = "receita_minha"

SAID: dict[float, str] = {
    0.5: h.HALF,
    0.75: h.LESS,
    1.0: h.SAME,
    1.25: h.MORE,
    1.5: h.HALF_MORE,
    2.0: h.DOUBLE,
}


@screen(EATERS)
async def eaters(view: View) -> Screen:
    """Everybody but the person as a button, with how much they eat."""
    found = await _household(view)
    if isinstance(found, Screen):
        return found
    week, shares = found
    t, start = view.t, week.start.isoformat()
    if len(shares) == 1:
        return Screen(t(h.ALONE), ((_button(t.plain(h.HOW_MANY), start, "pessoas"),),))
    rows: list[Row] = [
        (_button(t.plain(h.PERSON_EATS, n=n, share=said(t, share)), start, WHO, str(n)),)
        for n, share in enumerate(shares[1:], start=2)
    ]
    return Screen(t(h.WHO_EATS), (*rows, (_button(t.plain(h.BACK), start, "pessoas"),)))


@screen(EATER)
async def eater(view: View, *, place: int) -> Screen:
    """The choices for one of them; for a place that nobody has, all of them."""
    found = await _household(view)
    if isinstance(found, Screen):
        return found
    week, shares = found
    if not 2 <= place <= len(shares):
        return await eaters(view)
    t, start = view.t, week.start.isoformat()
    rows: list[Row] = []
    for share in carts.SHARES:
        label = said(t, share)
        ticked = t.plain(h.CHOSEN, share=label) if share == shares[place - 1] else label
        rows.append((_button(ticked, start, SHARE, f"{place}-{round(100 * share)}"),))
    return Screen(t(h.HOW_MUCH, n=place), (*rows, (_button(t.plain(h.BACK), start, SHARES),)))


@screen(FOR_ALL)
async def for_all(view: View, *, date: str, slot: str) -> Screen:
    """A recipe for the household: what to take out in all, what to do, and what goes on each plate."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    day = found.day(wanted)
    if found.referred:
        return guardrails.referral(view, found)
    if day is None or found.week is None or view.person is None:
        return no_menu(t, found, wanted)
    meal = next((each for each in day.meals if each.slot == slot and not each.withheld), None)
    if meal is None:
        return Screen(t(m.NO_RECIPE), ((new_day_button(t, b.BACK_TO_DAY, wanted),),))
    shares = await carts.shares_of(view.conn, view.person.id, found.week)
    mine = Button(t.plain(h.ONLY_MINE), f"{MINE}:{date}:{slot}")
    return Screen(recipe_for(t, meal, shares), ((mine,), (new_day_button(t, b.BACK_TO_DAY, wanted),)))


def recipe_for(t: Catalogue, meal: Meal, shares: tuple[float, ...]) -> Markup:
    """The recipe of ``meal`` for those who eat ``shares`` of it."""
    minutes = max((dish.minutes for dish in meal.dishes), default=0)
    people = t.count(h.FOR_N, len(shares))
    time = t(h.TIME, minutes=minutes, people=people) if minutes > 1 else capitalised(people)
    taken = [
        portions.line(t, portions.scaled(portion, sum(shares))) for portion in portions.foods(meal, salt=True)
    ]
    plates = joined([*_plates(t, portions.foods(meal), shares), _alike(t, shares)])
    return paragraphs(
        [
            joined([t(m.RECIPE_TITLE, name=capitalised(meal.name)), time]),
            joined([t(m.RECIPE_PICK), *taken]),
            *doing(t, meal),
            joined([t(h.ON_PLATES), t(m.FOODS_FOLDED, foods=plates)]),
        ]
    )


def _plates(t: Catalogue, served: Sequence[Portion], shares: tuple[float, ...]) -> Iterator[Markup]:
    """The person's plate, and each that is another one."""
    for n, share in enumerate(shares, start=1):
        if n == 1 or share != 1:
            whose = t(h.YOUR_PLATE) if n == 1 else t(h.PLATE, n=n, share=said(t, share))
            yield joined([whose, *(portions.line(t, portions.scaled(portion, share)) for portion in served)])


def _alike(t: Catalogue, shares: tuple[float, ...]) -> Markup | str:
    """Who eats what the person eats."""
    alike = [str(n) for n, share in enumerate(shares, start=1) if n > 1 and share == 1]
    if not alike:
        return ""
    return t(h.SAME_PLATE, n=alike[0]) if len(alike) == 1 else t(h.SAME_PLATES, people=t.listing(alike))


def household(t: Catalogue, shares: Sequence[float]) -> Markup:
    """How much the others eat."""
    if all(share == 1 for share in shares[1:]):
        return t(h.ALL_SAME)
    eaters_of = enumerate(shares[1:], start=2)
    return joined([t(h.PERSON_EATS, n=n, share=said(t, share)) for n, share in eaters_of])


def shares_button(t: Catalogue, week: Week) -> Row:
    """[Porções]: who eats how much."""
    return (_button(t.plain(h.SHARES), week.start.isoformat(), SHARES),)


def said(t: Catalogue, share: float) -> str:
    """A share in words; a percentage where there is no word for it."""
    word = SAID.get(share)
    return t.plain(word) if word else t.plain(h.PERCENT, n=round(100 * share))


async def _household(view: View) -> tuple[Week, tuple[float, ...]] | Screen:
    found = await shown(view)
    if found.referred:
        return guardrails.referral(view, found)
    if found.week is None or view.person is None:
        return no_menu(view.t, found, found.today)
    return found.week, await carts.shares_of(view.conn, view.person.id, found.week)


def _button(label: str, start: str, what: str, which: str = "") -> Button:
    return Button(label, data=":".join(filter(None, ("compras", start, what, which))))
