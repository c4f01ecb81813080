"""What gave way in a finished week, in one or two short sentences: what was asked for, and what missed the target."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from handlers.catalogue import Catalogue
from handlers.texts import menu as m
from menus.outcome import ADJACENT, AT_LEAST, AT_MOST, BATCH, CHEAP, SHARE, SOURCES, TIME, VARIETY
from menus.wishes import EVERY_DAY
from nutrition.menu import Unmet

TARGETS: dict[str, str] = {
    SOURCES: m.UNMET_SOURCES,
    VARIETY: m.UNMET_VARIETY,
    "energy_kcal": m.UNMET_ENERGY,
    "protein_g": m.UNMET_PROTEIN,
    "fat_g": m.UNMET_FAT,
    "carbohydrate_g": m.UNMET_CARBS,
    "fiber_g": m.UNMET_FIBRE,
    "sodium_mg": m.UNMET_SODIUM,
    "saturated_fat_g": m.UNMET_SATURATED,
    "saturated_fat_max_g": m.UNMET_SATURATED,
    "added_sugar_g": m.UNMET_SUGAR,
    "added_sugar_max_g": m.UNMET_SUGAR,
    "fruit_vegetable_g": m.UNMET_FRUIT,
    "fruit_vegetable_min_g": m.UNMET_FRUIT,
}
"""What is named by one word; with dates, in so many days."""

_IN_DAYS = {SHARE: m.UNMET_SHARE_DAYS, ADJACENT: m.UNMET_ADJACENT_DAYS, TIME: m.UNMET_TIME_DAYS}
_WISHES = {CHEAP: m.UNMET_CHEAP, BATCH: m.UNMET_BATCH}


def sentences(t: Catalogue, unmet: Sequence[Unmet], *, hidden: bool) -> list[Markup]:
    """Wishes first, then targets, each in the order in which they gave way; targets only when figures may be shown."""
    wishes = _listed(wish for item in unmet if (wish := _wish(t, item)))
    missed = _listed(target for item in unmet if (target := _target(t, item)))
    told = [t(m.UNMET_WISHES, what=t.listing(wishes))] if wishes else []
    if missed and not hidden:
        told.append(t(m.UNMET, what=t.listing(missed)))
    return told


def _listed(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _wish(t: Catalogue, item: Unmet) -> str:
    """ "peixe 2 vezes (coube em 1)", "" for what is no wish."""
    if item.what in _WISHES:
        return t.plain(_WISHES[item.what])
    if item.what == TIME:
        return t.count(_IN_DAYS[TIME], len(item.dates)).unescape()
    kind, _, rest = item.what.partition(":")
    if kind not in (AT_LEAST, AT_MOST) or rest.count(":") != 2:
        return ""
    food, times, got = rest.split(":")
    asked = int(times)
    if kind == AT_MOST:
        return t.count(m.UNMET_AT_MOST, asked, food=food, asked=asked, got=got).unescape()
    if asked == EVERY_DAY:
        return t.plain(m.UNMET_DAILY if got != "0" else m.UNMET_DAILY_NONE, food=food, got=got)
    sentence = m.UNMET_AT_LEAST if got != "0" else m.UNMET_AT_LEAST_NONE
    return t.count(sentence, asked, food=food, asked=asked, got=got).unescape()


def _target(t: Catalogue, item: Unmet) -> str:
    """ "proteína em 2 dias", "" for what is no target."""
    if item.what in (SHARE, ADJACENT):
        return str(t.count(_IN_DAYS[item.what], len(item.dates)))
    if item.what not in TARGETS:
        return ""
    word = t.plain(TARGETS[item.what])
    return str(t.count(m.UNMET_DAYS, len(item.dates), what=word)) if item.dates else word
