"""The shopping list in words: its pages, its lines, the whole of it as text, and what a change of the menu does to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.texts import shopping as s
from menus.cart import Cart
from menus.shopping import Change, Difference, Line, ShoppingList
from nutrition.market import Section
from nutrition.menu import Week

MOST_ROWS = 12
"""A page with more rows than this is cut in two: a phone shows about ten."""

SECTIONS: dict[Section, str] = {
    Section.HORTIFRUTI: s.PRODUCE,
    Section.CARNES: s.MEAT,
    Section.FRIOS: s.DAIRY,
    Section.PADARIA: s.BAKERY,
    Section.MERCEARIA: s.GROCERY,
    Section.TEMPEROS: s.SEASONING,
    Section.BEBIDAS: s.DRINKS,
    Section.CONGELADOS: s.FROZEN,
    Section.ROTISSERIA: s.DELI,
}
SHORT = SECTIONS | {
    Section.CARNES: s.MEAT_SHORT,
    Section.FRIOS: s.DAIRY_SHORT,
    Section.TEMPEROS: s.SEASONING_SHORT,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A section of the market, or a part of a long one. ``key`` names it in callback data."""

    key: str
    section: Section
    lines: tuple[Line, ...]


def pages(shopping: ShoppingList) -> tuple[Page, ...]:
    """The pages of a list. What is at home keeps its place, so that pages do not shift under a finger."""
    return tuple(page for section in shopping.sections for page in _pages_of(shopping, section))


def page_of(shopping: ShoppingList, item_id: str) -> str:
    """The key of the page on which an item stands; "" when it is on none."""
    found = (page.key for page in pages(shopping) if any(line.item.id == item_id for line in page.lines))
    return next(found, "")


def title(t: Catalogue, week: Week, cart: Cart) -> Markup:
    """Which days the list is for."""
    if cart.whole_week or not cart.days:
        return t(s.TITLE, span=t.span(week.days[0].date, week.days[-1].date))
    return t(s.TITLE_DAYS, days=t.listing(t.weekday_short(day).lower() for day in cart.days))


def for_people(t: Catalogue, people: float) -> Markup:
    """Para 2 pessoas."""
    whole = int(people)
    return t.count(s.FOR_PEOPLE, whole) if whole == people else t(s.FOR_PEOPLE.many, n=t.number(people))


def list_text(t: Catalogue, week: Week, cart: Cart) -> Markup:
    """The list in words: by section, what is at home, what is taken to taste."""
    shopping = cart.list
    head = joined([title(t, week, cart), for_people(t, cart.people) if cart.people != 1 else ""])
    blocks = [
        joined([t(s.SECTION, section=t(SECTIONS[section])), *(ticked(t, line) for line in lines)])
        for section in shopping.sections
        if (lines := shopping.section(section))
    ]
    at_home = [t.listing(uncapitalised(line.item.name) for line in shopping.at_home)]
    basics = [t.listing(uncapitalised(line.item.name) for line in shopping.basics)]
    return paragraphs(
        [
            head,
            *(blocks or [t(s.NOTHING if cart.days else s.NO_DAYS)]),
            joined([t(s.AT_HOME), *at_home]) if shopping.at_home else "",
            joined([t(s.TO_TASTE), *basics]) if shopping.basics else "",
        ]
    )


def difference_text(t: Catalogue, changed: Difference) -> Markup:
    """Entra na lista: filé de tilápia (170 g). Sai da lista: patinho (165 g). Empty when nothing changed."""
    parts = [
        t(sentence, items=t.listing(_changed(t, change) for change in changes))
        for sentence, changes in ((s.ENTERS, changed.enters), (s.LEAVES, changed.leaves))
        if changes
    ]
    return joined(parts)


def uncapitalised(name: str) -> str:
    """The name inside a sentence: "Filé de tilápia" → "filé de tilápia"."""
    return name[:1].lower() + name[1:]


def _pages_of(shopping: ShoppingList, section: Section) -> Iterator[Page]:
    lines = [line for line in (*shopping.lines, *shopping.at_home) if line.item.section is section]
    lines.sort(key=lambda line: line.item.id)
    parts = -(-len(lines) // MOST_ROWS)
    rows = -(-len(lines) // parts)
    for n in range(parts):
        key = section.value if n == 0 else f"{section.value}{n + 1}"
        yield Page(key, section, tuple(lines[n * rows : (n + 1) * rows]))


def line_text(t: Catalogue, line: Line) -> str:
    return t.plain(s.LINE_MORE if line.started else s.LINE, name=line.item.name, quantity=line.quantity)


def ticked(t: Catalogue, line: Line) -> str:
    return t.plain(s.TICKED, line=line_text(t, line)) if line.bought else line_text(t, line)


def _changed(t: Catalogue, change: Change) -> str:
    return t.plain(s.CHANGED_ITEM, name=uncapitalised(change.item.name), quantity=change.quantity)
