"""The week for printing, on A4: the meals with their measures, the recipes, and the shopping list with boxes to tick."""

from collections.abc import Iterator

from handlers.catalogue import Catalogue, capitalised
from handlers.files.fonts import Weight
from handlers.files.paper import Block, Columns, Line, Paper
from handlers.files.theme import LIGHT
from handlers.screens import portions
from handlers.screens.compras_words import SECTIONS, uncapitalised
from handlers.screens.day import SLOTS
from handlers.texts import files as f
from handlers.texts import shopping as s
from menus.shopping import ShoppingList
from nutrition.menu import Day, Meal, PlannedDish, Week

_SMALL, _BODY, _NAME, _DAY = 8.5, 9.5, 10.0, 14.0
_STEP_INDENT = 5.0


def week_pdf(week: Week, shopping: ShoppingList, t: Catalogue, *, people: float = 1) -> bytes:
    """A PDF of four to ten pages. Withheld meals are not in it; ``people`` is for how many ``shopping`` is."""
    span = t.span(week.days[0].date, week.days[-1].date)
    paper = Paper(
        t.plain(f.PDF_TITLE, span=span),
        t.plain(f.SUGGESTION),
        t.plain(f.PAGE, page="{page}", pages="{pages}"),
    )
    paper.chapter(t.plain(f.MENU), below=span)
    Columns(paper, 2).fill(block for day in week.days for block in _day(t, day))
    paper.chapter(t.plain(f.RECIPES))
    Columns(paper, 2).fill(_recipes(t, week))
    paper.chapter(t.plain(f.SHOPPING), below=_for_whom(t, people))
    Columns(paper, 3, even=True).fill(_shopping(t, shopping))
    return bytes(paper.output())


def _day(t: Catalogue, day: Day) -> Iterator[Block]:
    """A block a meal; the day's name stays with its first meal."""
    title: tuple[Line, ...] = (Line(capitalised(t.day(day.date)), Weight.BLACK, _DAY, LIGHT.accent),)
    for meal in day.meals:
        if meal.withheld is None:
            yield Block((*title, *_meal(t, meal, above=2.0 if title else 0.0)), above=8.0 if title else 3.2)
            title = ()


def _meal(t: Catalogue, meal: Meal, *, above: float) -> Iterator[Line]:
    yield Line(t.plain(SLOTS[meal.slot]), Weight.SEMIBOLD, _SMALL, LIGHT.muted, above=above)
    yield Line(capitalised(meal.name), Weight.BOLD, _NAME)
    for portion in portions.foods(meal):
        yield Line(capitalised(portions.line(t, portion)), size=_BODY)


def _recipes(t: Catalogue, week: Week) -> Iterator[Block]:
    """Each dish once, with the meals it is for; dishes without steps need no recipe."""
    found: dict[tuple[str, tuple[str, ...]], tuple[PlannedDish, list[str]]] = {}
    for day in week.days:
        for meal in day.meals:
            where = t.plain(
                f.DAY_AND_SLOT, weekday=t.weekday_short(day.date), slot=t.plain(SLOTS[meal.slot]).lower()
            )
            for dish in meal.dishes if meal.withheld is None else ():
                if dish.steps:
                    found.setdefault((dish.name, dish.steps), (dish, []))[1].append(where)
    for dish, places in found.values():
        yield Block(tuple(_recipe(t, dish, places)), above=6.0)


def _recipe(t: Catalogue, dish: PlannedDish, places: list[str]) -> Iterator[Line]:
    yield Line(capitalised(dish.name), Weight.BOLD, _NAME + 0.5)
    days = t.listing(places)
    where = t.plain(f.RECIPE_WHERE, minutes=dish.minutes, days=days) if dish.minutes else days
    yield Line(where, size=_SMALL, colour=LIGHT.muted, above=0.6)
    for n, step in enumerate(dish.steps, start=1):
        yield Line(step, size=_BODY, above=1.0, indent=_STEP_INDENT, hang=f"{n}.")


def _shopping(t: Catalogue, shopping: ShoppingList) -> Iterator[Block]:
    if not shopping.lines:
        yield Block((Line(t.plain(f.NOTHING_TO_BUY)),))
    for section in shopping.sections:
        lines = shopping.section(section)
        title = Line(t.plain(SECTIONS[section]), Weight.BOLD, _NAME + 1, LIGHT.accent)
        items = [
            Line(t.plain(s.LINE, name=line.item.name, quantity=line.quantity), above=0.9, box=True)
            for line in lines
        ]
        # The title never stands alone at the foot of a column.
        if items:
            yield Block((title, *items[:2]), above=6.0)
        for item in items[2:]:
            yield Block((item,), above=0.0)
    for heading, named in ((f.AT_HOME, shopping.at_home), (f.TO_TASTE, shopping.basics)):
        if named:
            names = capitalised(t.listing(uncapitalised(line.item.name) for line in named))
            yield Block(
                (Line(t.plain(heading), Weight.BOLD, _NAME + 1, LIGHT.accent), Line(names, above=0.9)),
                above=6.0,
            )


def _for_whom(t: Catalogue, people: float) -> str:
    whole = int(people)
    if whole == people:
        return str(t.count(f.FOR_PEOPLE, whole))
    return t.plain(f.FOR_PEOPLE.many, n=t.number(people))
