"""What the bot sends on its own. It is rendered when it is sent: restrictions hold as they are then, and what has become
pointless (answered, nothing to prepare, a menu that is not to be shown) is not sent at all. Never a disease, a weight, a goal
or a number: others see the lock screen too."""

from datetime import date as Date
from datetime import timedelta

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import Row, Rows, new_day_button, place
from handlers.screens import reminder_words as words
from handlers.screens.day import SLOTS
from handlers.screens.reminders import plan_of
from handlers.screens.shown import Shown, local_date, shown
from handlers.screens.week import EATEN_BY
from handlers.texts import buttons as b
from handlers.texts import menu as m
from handlers.texts import reminders as r
from handlers.texts.changes import SWAP
from handlers.transport.screens import Button, NothingToSay, Screen, View, screen
from menus import reminders
from menus.preparing import Preparation, preparation_for
from menus.recheck import NOT_FORBIDDEN
from menus.reminder_tick import EVE_SCREEN, MEAL_SCREEN, SCREEN, SILENT_DAYS, STOPPED_SCREEN, WEEK_SCREEN
from nutrition.menu import Day, Meal, Slot

LONGEST_LOOK_AHEAD = 7


@screen(SCREEN)
async def morning(view: View, *, date: str, late: bool = False) -> Screen:
    """The day's menu, short and without measures; ``late``: one line says so, and only what is still ahead is shown."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await _own(view, wanted)
    if await _answered(view, wanted):
        raise NothingToSay
    day = found.day(wanted)
    if day is None:
        return Screen(t(r.NO_MENU), ((place(t, "nova", b.MAKE_WEEK),),))
    if not late:
        return Screen(_day_text(t, day), _morning_buttons(t, day.date))
    ahead = [meal for meal in day.meals if _ahead(view, meal)]
    if not ahead:
        raise NothingToSay
    hour = words.hour(t, (await plan_of(view)).hour or "07:00")
    return Screen(
        joined([t(r.LATE, hour=hour), *(_line(t, meal) for meal in ahead)]), _morning_buttons(t, day.date)
    )


@screen("lembrete_respondido")
async def answered(view: View, *, date: str) -> Screen:
    """The same message with one line more, after an answer; without it again when the answer was taken back."""
    t, wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, wanted)
    day = None if found.referred else found.day(wanted)
    said = await reminders.answer_for(view.conn, view.person.id, wanted) if view.person else None
    if said is None:
        return Screen(_day_text(t, day) if day else t(r.NO_MENU), _morning_buttons(t, wanted))
    line = t(r.ANSWERED_DONE if said == reminders.DONE else r.ANSWERED_SKIPPED)
    text = Markup(" ").join(part for part in (line, await _what_comes(view)) if part)
    rows: list[Row] = [(Button(t.plain(b.UNDO), f"l_apaga:{date}"),)]
    if day is not None:
        rows.append((new_day_button(t, b.MEASURES, wanted), Button(t.plain(b.RECIPE), f"receitas:{date}")))
    return Screen(joined([_day_text(t, day) if day else "", text]), tuple(rows))


@screen(EVE_SCREEN)
async def evening_before(view: View, *, date: str, done: bool = False) -> Screen:
    """What to soak, thaw or prepare for ``date``, which is tomorrow."""
    t, wanted = view.t, Date.fromisoformat(date)
    day = (await _own(view, wanted)).day(wanted)
    needed = preparation_for(day, view.services.table) if day else Preparation()
    if not needed.needed:
        raise NothingToSay
    lines = [
        t(sentence, foods=t.listing(name[:1].lower() + name[1:] for name in names))
        for sentence, names in (
            (r.EVE_SOAK, needed.soak),
            (r.EVE_THAW, needed.thaw),
            (r.EVE_DISH, needed.dishes),
        )
        if names
    ]
    buttons = (
        Button(t.plain(b.DID_IT), f"l_preparado:{date}"),
        Button(t.plain(b.NO_NOTICE), "l_vespera:nao"),
    )
    end = t(r.EVE_DONE) if done else ""
    return Screen(joined([t(r.EVE), *lines, end]), () if done else (buttons,))


@screen(MEAL_SCREEN)
async def before_meal(view: View, *, date: str, slot: str) -> Screen:
    """One meal, before it is eaten."""
    t, wanted = view.t, Date.fromisoformat(date)
    day = (await _own(view, wanted)).day(wanted)
    meal = (
        next((each for each in day.meals if each.slot == slot and not each.withheld), None) if day else None
    )
    if day is None or meal is None or await _answered(view, wanted):
        raise NothingToSay
    recipe = Button(t.plain(b.RECIPE), f"receita:{date}:{slot}")
    text = t(r.MEAL, slot=t(SLOTS[Slot(slot)]), name=meal.name)
    return Screen(text, ((new_day_button(t, b.MEASURES, wanted), recipe),))


@screen(WEEK_SCREEN)
async def next_week(view: View, *, date: str) -> Screen:
    """Shall we make the next week? Not asked when it is there already."""
    t, today = view.t, Date.fromisoformat(date)
    first = today + timedelta(days=1)
    while (week := (await _own(view, first)).week) is not None:
        first = week.days[-1].date + timedelta(days=1)
    if first > today + timedelta(days=LONGEST_LOOK_AHEAD):
        raise NothingToSay
    button = Button(t.plain(b.MAKE_WEEK), f"l_monta:{first.isoformat()}")
    return Screen(t(r.NEXT_WEEK), ((button,), (Button(t.plain(b.NO_NOTICE), "l_semana_dia:nao"),)))


@screen(STOPPED_SCREEN)
async def stopped(view: View) -> Screen:
    """After days of silence: one question, then nothing until the person writes."""
    t, plan = view.t, await plan_of(view)
    if not plan.on:
        raise NothingToSay
    seen = view.person.last_seen_at if view.person else None
    silent = max((view.now - seen).days, 1) if seen else SILENT_DAYS
    hour = words.hour(t, plan.hour or next(iter(plan.hours.values())))
    rows = (
        (Button(t.plain(b.COME_BACK_AT, hour=hour), "l_volta"),),
        (Button(t.plain(b.CHANGE_HOUR), "l_muda"),),
        (Button(t.plain(b.LEAVE_OFF), "l_desliga"),),
    )
    return Screen(t.count(r.STOPPED, silent), rows)


async def _own(view: View, day: Date) -> Shown:
    """What may be shown unasked; nothing to someone without a profile, or whose menu is for a professional."""
    found = await shown(view, day)
    if found.review is None or found.referred:
        raise NothingToSay
    return found


async def _answered(view: View, day: Date) -> bool:
    return view.person is not None and bool(await reminders.answer_for(view.conn, view.person.id, day))


async def _what_comes(view: View) -> Markup:
    t, following = view.t, words.first_day(await plan_of(view), view.now)
    if following is None:
        return Markup("")
    day, hour = following[0], words.hour(t, following[1])
    if day == local_date(view) + timedelta(days=1):
        return t(r.MORE_TOMORROW, hour=hour)
    return t(r.MORE_LATER, on_day=words.on_day(t, day.weekday()), hour=hour)


def _ahead(view: View, meal: Meal) -> bool:
    """Whether the meal's time is still to come where the person is."""
    now = view.now.astimezone(words.zone(view.person.time_zone if view.person else ""))
    return now.date() == local_date(view) and now.time() < EATEN_BY[meal.slot]


def _day_text(t: Catalogue, day: Day) -> Markup:
    title = t(r.TODAY, weekday=t.weekday(day.date))
    return joined([title, *(_line(t, meal) for meal in day.meals)])


def _line(t: Catalogue, meal: Meal) -> Markup:
    slot = t(words.SHORT_SLOTS[meal.slot])
    name = t(m.WITHHELD) if meal.withheld not in NOT_FORBIDDEN else meal.name[:1].lower() + meal.name[1:]
    return t(r.LINE, slot=slot, name=name)


def _morning_buttons(t: Catalogue, day: Date) -> Rows:
    iso = day.isoformat()
    return (
        (Button(t.plain(b.DID_IT), f"l_feito:{iso}"), Button(t.plain(SWAP), f"troca:{iso}")),
        (Button(t.plain(b.SKIPPED_IT), f"l_pulei:{iso}"), Button(t.plain(b.RECIPE), f"receitas:{iso}")),
        (new_day_button(t, b.MEASURES, day),),
    )
