"""What was learned of the person's tastes: shown, taken out one by one, erased; and what 👍 and 👎 leave under a recipe."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.keyboards import Row, Rows, place, places
from handlers.texts import buttons as b
from handlers.texts import documents as d
from handlers.texts import tastes as g
from handlers.transport.screens import Button, Screen, View, screen
from menus import named, people, tastes
from menus.tastes import Learned
from nutrition.menu import Meal
from nutrition.restrictions.rules import Rules

MOST = 12
"""Dishes on one screen."""

LONGEST_LABEL = 24


@screen("gostos")
async def learned(view: View, *, page: int = 0) -> Screen:
    """What was learned, by kind, newest first; each dish a button to forget it. A page that is no more is the last one."""
    t = view.t
    found = await tastes.of(view.conn, view.person.id) if view.person else ()
    if not found:
        return Screen(t(g.EMPTY), places(t, ("hoje",), ("perfil",)))
    out = await forbidden(view, [(each.dish_id, each.name) for each in found])
    pages = -(-len(found) // MOST)
    page = min(max(page, 0), pages - 1)
    told = _unnamed(t, found, out)[page * MOST : (page + 1) * MOST]
    liked = [each.name for each in told if each.opinion == tastes.LIKED]
    disliked = [each.name for each in told if each.opinion == tastes.DISLIKED]
    hints = [_hint(t, each) for each in told if not each.opinion]
    blocks = [
        joined([t(g.TITLE), t(g.ONLY_ORDER)]),
        _block(t, g.LIKES, liked),
        _block(t, g.DISLIKES, disliked),
        _block(t, g.AVOIDS, hints),
        t(g.WHICH),
    ]
    rows: list[Row] = [
        (Button(each.name if each.dish_id in out else _cut(each.name), f"g_tira:{each.key}-{page}"),)
        for each in told
    ]
    turns = [(-1, d.PREVIOUS)] * (page > 0) + [(1, d.NEXT)] * (page + 1 < pages)
    rows += (
        [tuple(Button(t.plain(label), f"g_pagina:{page + step}") for step, label in turns)] if turns else []
    )
    rows += [(Button(t.plain(g.FORGET_ALL), "g_apaga", style="danger"),), (place(t, "perfil"),)]
    return Screen(paragraphs(blocks), tuple(rows))


@screen("gostos_apagar")
async def sure(view: View) -> Screen:
    """Forget everything?"""
    t = view.t
    rows = (
        (Button(t.plain(g.FORGET_ALL), "g_apaga_tudo", style="danger"),),
        (Button(t.plain(b.BACK), "gostos"),),
    )
    return Screen(t(g.ERASE), rows)


@screen("gostos_apagados")
async def forgotten(view: View) -> Screen:
    """Nothing is known any more."""
    return Screen(view.t(g.ERASED), places(view.t, ("hoje",), ("perfil",)))


@screen("gosto_esquecido")
async def forgot(view: View, *, name: str, dish: str = "") -> Screen:
    """One dish was forgotten (a toast)."""
    if await forbidden(view, [(dish, name)]):
        return Screen(view.t(g.FORGOT_WITHHELD))
    return Screen(view.t(g.FORGOT, name=name) if name else view.t(g.FORGOT_NOTHING))


@screen("gosto_anotado")
async def noted(view: View, *, name: str, said: str) -> Screen:
    """An opinion was kept, or taken back (a toast)."""
    sentence = {"mais": g.LIKED, "menos": g.DISLIKED}.get(said, g.TAKEN_BACK)
    return Screen(view.t(sentence, name=name))


async def forbidden(view: View, dishes: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Ids of those of ``dishes`` (id, name) that a restriction of now forbids, by their foods too: dishes that were liked
    once are not named any more."""
    if view.person is None:
        return frozenset()
    held = await people.restrictions_of(view.conn, view.person.id)
    rules = await asyncio.to_thread(Rules.of, held, view.services.table)
    return await named.forbidden(view.conn, view.person.id, dishes, rules, view.services.find_dish)


async def under_recipe(view: View, meal: Meal, date: str) -> tuple[Markup | str, Rows]:
    """The opinion of the meal's main dish in words, and the buttons that give or take it back; nothing without one."""
    mains = tastes.mains_of(meal)
    if not mains or view.person is None:
        return "", ()
    t, slot = view.t, meal.slot.value
    opinion = await tastes.opinion(view.conn, view.person.id, mains[0])
    if not opinion:
        like = Button(t.plain(g.LIKE), f"gosto:{date}:{slot}:mais")
        return "", ((like, Button(t.plain(g.DISLIKE), f"gosto:{date}:{slot}:menos")),)
    line = t(g.LIKED_LINE if opinion == tastes.LIKED else g.DISLIKED_LINE)
    return line, ((Button(t.plain(b.UNDO), f"gosto:{date}:{slot}:nada"),),)


def _unnamed(t: Catalogue, found: Sequence[Learned], out: frozenset[str]) -> list[Learned]:
    """``found`` without the names of dishes in ``out`` (their ids): numbered, where there are several."""
    withheld = [each.dish_id for each in found if each.dish_id in out]
    label, alone = t.plain(g.WITHHELD), len(withheld) == 1
    names = {dish: label if alone else f"{label} {count}" for count, dish in enumerate(withheld, 1)}
    return [replace(each, name=names.get(each.dish_id, each.name)) for each in found]


def _block(t: Catalogue, title: str, lines: Iterable[str]) -> Markup | str:
    told = list(lines)
    return joined([t(title), *told]) if told else ""


def _hint(t: Catalogue, each: Learned) -> Markup:
    times = [
        t.count(g.TIMES_SWAPPED, each.swaps) if each.swaps else "",
        t.count(g.TIMES_SKIPPED, each.skips) if each.skips else "",
    ]
    return t(g.HINT, name=each.name, what=t.listing(part for part in times if part))


def _cut(name: str) -> str:
    """A name as a button shows it: cut between words, and never more than three of them."""
    words = name.split()[:3]
    while len(words) > 1 and (len(" ".join(words)) > LONGEST_LABEL or len(words[-1]) <= 3):
        words.pop()
    return " ".join(words)[:LONGEST_LABEL]
