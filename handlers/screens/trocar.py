"""Changes: which meal, which alternative, what was done and how to take it back, what comes again next week."""

import asyncio
import re
from datetime import date as Date
from typing import Any

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined
from handlers.keyboards import Rows, day_button, place, places
from handlers.screens import guardrails
from handlers.screens import trocar_words as words
from handlers.screens.compras_words import difference_text
from handlers.screens.day import SLOTS, day_kcal, meal_kcal, meal_totals, no_menu
from handlers.screens.shown import Shown, local_date, shown
from handlers.texts import buttons as b
from handlers.texts import changes as c
from handlers.transport.screens import Button, Screen, View, screen
from menus import cart
from menus.changes import undo as changes
from menus.changes.foods import has_meat
from menus.changes.orders import Kind, Order, Way
from menus.recheck import SKIPPED, withhold
from menus.shopping import Change, Difference, difference, shopping_list
from nutrition.menu import Day, Meal, Week
from nutrition.restrictions.rules import Rules
from nutrition.shares import MAX_MEALS, MIN_MEALS, slots

BUTTON_NAME = 21
HEADS: dict[Way, str] = {Way.ANY: c.ALIKE, Way.FASTER: c.FASTER_ONES, Way.CHEAPER: c.CHEAPER_ONES}
_LOOSE_END = re.compile(r"(?: (?:ao?|à|de|d[aeo]s?|com|e|em|no|na|sem))+$")
KCAL_PART = 0.03
_SILENT = frozenset({Kind.AWAY, Kind.SKIP, Kind.LOCK, Kind.UNLOCK})
MOST_GOODS = 3
"""So many goods are told on each side of a difference; the shopping list has them all."""


@screen(words.WHICH)
async def which(view: View, *, date: str) -> Screen:
    """Which meal of the day is to be another?"""
    found = await day_of(view, Date.fromisoformat(date))
    if isinstance(found, Screen):
        return found
    t, (around, day) = view.t, found
    rows: list[tuple[Button, ...]] = [
        (Button(t.plain(SLOTS[meal.slot]), f"troca:{date}:{meal.slot.value}"),) for meal in day.meals
    ]
    meat = has_meat(view.services.table)
    if any(meat(dish.name, [p.food_id for p in dish.portions]) for meal in day.meals for dish in meal.dishes):
        label = c.NO_MEAT_TODAY if day.date == around.today else c.NO_MEAT_DAY
        rows.append((Button(t.plain(label), f"sem_carne:{date}"),))
    rows.append((Button(t.plain(c.SWAP_DAY), f"troca_dia:{date}"),))
    rows.append((Button(t.plain(c.LOCK), f"trava:{date}"), Button(t.plain(c.KEEP), f"guarda:{date}")))
    rows.append((day_button(t, b.BACK_TO_DAY, day.date),))
    return Screen(t(c.WHICH_MEAL, weekday=t.weekday(day.date)), tuple(rows))


@screen(words.OPTIONS)
async def options_view(view: View, *, order: dict[str, Any], options: list[dict[str, Any]]) -> Screen:
    """Alternatives for a meal; what a restriction of now forbids is not shown any more."""
    asked = Order.from_json(order)
    if asked.date is None or asked.slot is None:
        return await gone(view)
    found = await day_of(view, asked.date)
    if isinstance(found, Screen):
        return found
    t, (around, day) = view.t, found
    rules = await asyncio.to_thread(Rules.of, around.restrictions, view.services.table)
    safe = [each for each in options if rules.forbids_dish(each["name"], each["foods"], ()) is None]
    meal = next((each for each in day.meals if each.slot is asked.slot), None)
    if meal is None or not safe:
        return Screen(t(c.OPTIONS_GONE), ((day_button(t, b.BACK_TO_DAY, day.date),),))
    head = _meal_now(view, around, day, meal)
    said = t(HEADS[asked.way]) if asked.way in HEADS else t(c.WITH_FOODS, foods=t.listing(asked.foods))
    lines = [_option(t, n, each, asked, hidden=around.hidden) for n, each in enumerate(safe, start=1)]
    iso, slot, yes = asked.date.isoformat(), asked.slot.value, words.FORCED if asked.force else ""
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                t.plain(c.OPTION_BUTTON, n=n, name=_short(each["name"])),
                f"troca:{iso}:{slot}:{yes}{each['key']}",
            ),
        )
        for n, each in enumerate(safe, start=1)
    ]
    rows.append(
        (
            Button(t.plain(c.FASTER), f"troca:{iso}:{slot}:{yes}{Way.FASTER.value}"),
            Button(t.plain(c.FASTER_CHEAPER), f"troca:{iso}:{slot}:{yes}{Way.CHEAPER.value}"),
        )
    )
    rows += instead_of_cooking(t, meal, iso)
    rows.append((day_button(t, b.BACK_TO_DAY, day.date),))
    return Screen(joined([head, said, *lines]), tuple(rows))


@screen(words.DONE)
async def done(view: View, *, change: int) -> Screen:
    """What was understood and done, what it does to the day and to the list, and the way back."""
    t, around = view.t, await shown(view)
    if around.referred:
        return guardrails.referral(view, around)
    made = await changes.change_of(view.conn, view.person.id, change) if view.person else None
    if made is None or view.person is None or made.undone:
        return Screen(t(c.ALREADY_UNDONE if made else c.NOTHING_TO_UNDO), places(t, ("hoje", "semana")))
    order = Order.from_json(made.what["order"])
    before, after = await _rechecked(view, around, made.before, made.after)
    meals = words.changed_meals(before, after)
    number = sum(await cart.shares_of(view.conn, view.person.id, around.week)) if around.week else 1
    table = view.services.table
    changed = difference(shopping_list(before, table, number), shopping_list(after, table, number))
    failed, locked = int(made.what.get("failed", 0)), int(made.what.get("locked", 0))
    text = joined(
        [
            words.understood(t, order, meals, around.today),
            "" if order.kind in _SILENT - {Kind.SKIP} else _total(view, around, after),
            t.count(c.NOT_ALL, failed) if failed else "",
            t.count(c.LOCKED_STAYED, locked) if locked else "",
            *(_list_lines(t, changed) if _tells_goods(order, after) else ()),
            t(c.ALWAYS) if order.kind is Kind.LESS else "",
        ]
    )
    return Screen(text, (*_for_good(t, order, after), *_after(t, order, change, after, around.today)))


@screen(words.NOT_DONE)
async def not_done(
    view: View, *, order: dict[str, Any], code: str, missed: tuple[str, ...] | list[str] = ()
) -> Screen:
    """Why nothing was changed, and two places to go on from."""
    t, asked, around = view.t, Order.from_json(order), await shown(view)
    if around.referred:
        return guardrails.referral(view, around)
    if code == "no_menu":
        return no_menu(t, around, around.today)
    day = asked.date or around.today
    there = around.week is not None and any(each.date == day for each in around.week.days)
    swap = (Button(t.plain(c.SWAP), f"troca:{day.isoformat()}"),) if there else (place(t, "hoje"),)
    shown_missed = () if around.hidden else missed
    return Screen(words.refusal(t, asked, code, shown_missed), (swap, (place(t, "semana"),)))


@screen(words.NOT_READ)
async def not_read(view: View, *, date: str) -> Screen:
    """A change was wanted, and it was not understood which."""
    swap = Button(view.t.plain(c.SWAP), f"troca:{date}")
    return Screen(view.t(c.NOT_READ), ((swap, place(view.t, "hoje")),))


@screen(words.UNDONE)
async def undone(view: View, *, code: str, date: str) -> Screen:
    """A change was taken back, or could not be."""
    t = view.t
    said = {"": c.UNDONE, "already": c.ALREADY_UNDONE, "changed_since": c.CHANGED_SINCE}
    see = see_day(t, Date.fromisoformat(date), local_date(view)) if date else place(t, "hoje")
    return Screen(t(said.get(code, c.NOTHING_TO_UNDO)), ((see,), (place(t, "semana"),)))


def see_day(t: Catalogue, day: Date, today: Date) -> Button:
    """[Ver quarta], as a new message: what was done stays above it."""
    name = t.plain(c.TODAY) if day == today else t.weekday(day)
    return Button(t.plain(b.SEE_DAY, day=name), f"mostra:{day.isoformat()}")


async def day_of(view: View, wanted: Date) -> tuple[Shown, Day] | Screen:
    """A day and what is around it, or the screen that says why there is none."""
    found = await shown(view, wanted)
    if found.referred:
        return guardrails.referral(view, found)
    day = found.day(wanted)
    return no_menu(view.t, found, wanted) if day is None else (found, day)


async def gone(view: View) -> Screen:
    """What the button was about is not there any more."""
    return Screen(view.t(c.NOTHING_TO_UNDO), places(view.t, ("hoje", "semana")))


def _tells_goods(order: Order, after: tuple[Day, ...]) -> bool:
    """Whether what the list gains and loses is told: not for a meal out, whose sentence says so, nor for a whole week."""
    return order.kind is Kind.INSTEAD or (len(after) == 1 and order.kind not in _SILENT)


async def _rechecked(
    view: View, around: Shown, before: tuple[Day, ...], after: tuple[Day, ...]
) -> tuple[tuple[Day, ...], tuple[Day, ...]]:
    """Both as the restrictions of now let them be shown and bought."""
    rules = await asyncio.to_thread(Rules.of, around.restrictions, view.services.table)

    def checked(days: tuple[Day, ...]) -> tuple[Day, ...]:
        if not days or around.week is None:
            return days
        return withhold(Week(days[0].date, days, around.week.writer), rules).days

    return await asyncio.to_thread(checked, before), await asyncio.to_thread(checked, after)


def _meal_now(view: View, around: Shown, day: Day, meal: Meal) -> Markup:
    t, table = view.t, view.services.table
    weekday = t.plain(c.TODAY) if day.date == around.today else t.weekday(day.date)
    names = {"meal": capitalised(t.plain(SLOTS[meal.slot])), "weekday": weekday}
    if around.hidden or meal.withheld is not None:
        return t(c.MEAL_NOW_BARE, **names)
    protein = t.grams(meal_totals(table, [meal]).values["protein_g"])
    return t(c.MEAL_NOW, energy=t.kcal(meal_kcal(table, meal)), protein=protein, **names)


def _option(t: Catalogue, n: int, option: dict[str, Any], order: Order, *, hidden: bool) -> Markup:
    timed = order.way is Way.FASTER
    if hidden:
        sentence = c.OPTION_BARE_MINUTES if timed else c.OPTION_BARE
    else:
        sentence = c.OPTION_MINUTES if timed else c.OPTION
    return t(
        sentence,
        n=n,
        name=option["name"],
        minutes=option["minutes"],
        energy=t.kcal(round(option["kcal"])),
        protein=t.grams(option["protein_g"]),
    )


def _short(name: str) -> str:
    """As much of a name as a button shows, cut between words."""
    if len(name) <= BUTTON_NAME:
        return name
    head = name.split(" com ", maxsplit=1)[0]
    if len(head) > BUTTON_NAME or " " not in head:  # "Arroz" alone would say too little
        head = name[:BUTTON_NAME].rsplit(" ", 1)[0]
    return _LOOSE_END.sub("", head).rstrip(",")


def _total(view: View, around: Shown, after: tuple[Day, ...]) -> Markup | str:
    """The energy of the one day that changed, beside its target."""
    t = view.t
    targets = around.review.targets if around.review else None
    if around.hidden or targets is None or len(after) != 1:
        return ""
    if any(meal.withheld not in (None, SKIPPED) for meal in after[0].meals):
        return ""
    kcal = day_kcal(view.services.table, after[0])
    if any(meal.withheld == SKIPPED for meal in after[0].meals):
        return t(c.SKIPPED_TOTAL, energy=t.kcal(kcal), target=t.number(targets.energy_kcal, 0))
    if abs(kcal - targets.energy_kcal) > KCAL_PART * targets.energy_kcal + 1:
        return ""
    return t(c.DAY_TOTAL, energy=t.kcal(kcal), target=t.number(targets.energy_kcal, 0))


def _list_lines(t: Catalogue, changed: Difference) -> list[Markup]:
    """What the change does to the shopping list; of a long difference the largest amounts."""
    total = len(changed.enters) + len(changed.leaves)
    if total <= 2 * MOST_GOODS:
        return [difference_text(t, changed)]
    most = Difference(_largest(changed.enters), _largest(changed.leaves))
    left = total - len(most.enters) - len(most.leaves)
    return [difference_text(t, most), t.count(c.MORE_GOODS, left)]


def _largest(parts: tuple[Change, ...]) -> tuple[Change, ...]:
    chosen = sorted(parts, key=lambda change: -change.grams)[:MOST_GOODS]
    return tuple(change for change in parts if change in chosen)


def instead_of_cooking(t: Catalogue, meal: Meal, iso: str) -> Rows:
    """[Comer fora] [⏭ Pular], [🔒 Travar]: what else may become of a meal."""
    slot = meal.slot.value
    out = (
        Button(t.plain(c.EAT_OUT), f"fora:{iso}:{slot}"),
        Button(t.plain(c.SKIP_MEAL), f"pula:{iso}:{slot}"),
    )
    if meal.withheld is not None or meal.locked:
        return (out,)
    return (out, (Button(t.plain(c.LOCK), f"trava:{iso}:{slot}"),))


def _for_good(t: Catalogue, order: Order, after: tuple[Day, ...]) -> Rows:
    """[Sempre 4 refeições]: where a meal more or less makes another usual number of meals a day."""
    if order.kind not in (Kind.SLOT_OFF, Kind.SLOT_ON) or not after:
        return ()
    have = tuple(meal.slot for meal in after[-1].meals)
    n = len(have)
    if not MIN_MEALS <= n <= MAX_MEALS or have != slots(n):
        return ()
    return ((Button(t.plain(c.ALWAYS_MEALS, n=n), f"sempre_n:{n}"),),)


def _after(t: Catalogue, order: Order, change: int, after: tuple[Day, ...], today: Date) -> Rows:
    undo = Button(t.plain(b.UNDO), f"desfaz:{change}")
    if order.kind is Kind.LESS:
        always = Button(t.plain(c.TAKE_ALWAYS), f"sempre:{change}")
        return ((always,), (Button(t.plain(c.JUST_NOW), f"so_agora:{change}"),), (undo,))
    if order.kind is Kind.AWAY:
        return ((undo, Button(t.plain(c.TIPS), "dicas_fora")),)
    if len(after) == 1:
        return ((undo, see_day(t, after[0].date, today)),)
    return ((undo, place(t, "semana")),)
