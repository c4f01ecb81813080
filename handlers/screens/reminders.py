"""/lembretes: how they stand, and what is asked about them."""

from handlers.catalogue import Catalogue, capitalised, joined
from handlers.keyboards import Row, Rows, place
from handlers.screens import reminder_words as words
from handlers.screens.day import SLOTS
from handlers.screens.shown import local_date
from handlers.texts import buttons as b
from handlers.texts import onboarding as o
from handlers.texts import progress as p
from handlers.texts import reminders as r
from handlers.transport.screens import Button, Screen, View, screen
from menus import people, reminders
from menus.places import COUNTRY, STATE, Places
from menus.reminder_plan import EVERY_DAY, HOURS, Kind, Plan
from nutrition.menu import Slot
from nutrition.shares import slots

SOME_HOURS = ("0600", "0700", "0800")
PAUSES = ((b.DAYS_3, 3), (b.WEEK_1, 7), (b.WEEKS_2, 14), (b.DAYS_30, 30))
YES, NO = "sim", "nao"


async def plan_of(view: View) -> Plan:
    """What the person chose."""
    return await reminders.plan_of(view.conn, view.person.id) if view.person else Plan()


@screen("lembretes")
async def status(view: View) -> Screen:
    """How reminders stand."""
    t, plan = view.t, await plan_of(view)
    if not plan.on:
        return Screen(t(r.STATUS_OFF), ((Button(t.plain(b.CHOOSE_HOUR), "l_muda"),), (place(t, "hoje"),)))
    title = t(r.STATUS_OTHERS)
    if plan.hour:
        title = t(r.STATUS_ON, days=words.days(t, plan.days), hour=words.hour(t, plan.hour))
    paused = is_paused(view, plan)
    lines = [
        t(r.STATUS_ZONE, city=words.city(plan.zone)),
        t(r.STATUS_EVE, hour=words.hour(t, plan.hours[Kind.EVE])) if Kind.EVE in plan.hours else "",
        t(r.STATUS_MEALS, meals=words.meals(t, plan)) if plan.meals else "",
        _weekly(t, plan),
        _summary(t, plan),
        t(r.STATUS_PAUSED, on_date=words.on_date(t, plan.resumes_on)) if paused and plan.resumes_on else "",
    ]
    return Screen(joined([title, *lines]), _status_buttons(t, plan, paused))


def _weekly(t: Catalogue, plan: Plan) -> str:
    if Kind.WEEK not in plan.hours:
        return ""
    at = words.hour(t, plan.hours[Kind.WEEK])
    return t(r.STATUS_WEEK, on_day=words.on_day(t, plan.week_day), hour=at)


def _summary(t: Catalogue, plan: Plan) -> str:
    if Kind.SUMMARY not in plan.hours:
        return ""
    at = words.hour(t, plan.hours[Kind.SUMMARY])
    return t(p.STATUS_SUMMARY, on_day=words.on_day(t, plan.summary_day), hour=at)


def _status_buttons(t: Catalogue, plan: Plan, paused: bool) -> Rows:
    eve = Kind.EVE in plan.hours
    pause = Button(t.plain(b.RESUME), "l_retoma") if paused else Button(t.plain(b.PAUSE), "l_pausa")
    return (
        (Button(t.plain(b.CHANGE_HOUR), "l_muda"),),
        (Button(t.plain(b.CHANGE_DAYS), "l_dias"),),
        (Button(t.plain(b.CHANGE_CITY), "l_cidade"),),
        (
            Button(_ticked(t, t.plain(b.EVE), on=eve), f"l_vespera:{NO if eve else YES}"),
            Button(_ticked(t, t.plain(b.MEAL_REMINDERS), on=bool(plan.meals)), "l_refeicoes"),
        ),
        (Button(_ticked(t, t.plain(b.NEXT_WEEK), on=Kind.WEEK in plan.hours), "l_semana"),),
        (Button(_ticked(t, t.plain(p.SUMMARY_BUTTON), on=Kind.SUMMARY in plan.hours), "l_resumo"),),
        (pause, Button(t.plain(b.TURN_OFF), "l_desliga")),
    )


@screen("lembrete_qual_hora")
async def which_hour(view: View) -> Screen:
    """Ask for the hour."""
    return Screen(view.t(r.ASK_HOUR), _hours(view.t))


@screen("lembrete_qual_dos_dois")
async def which_of_two(view: View, *, values: list[str]) -> Screen:
    """Morning or evening, or which of several hours?"""
    t = view.t
    found = [Button(words.hour(t, value), f"l_hora:{value.replace(':', '')}") for value in values]
    return Screen(*words.asked(t, values, found))


@screen("lembrete_nao_entendi")
async def not_understood(view: View, *, said: str, what: str = "hora") -> Screen:
    """Not an hour, not days, not a city, not an end of a pause: ``what`` was asked."""
    t = view.t
    match what:
        case "dias":
            return Screen(t(r.BAD_DAYS, said=said), await _day_rows(view))
        case "cidade":
            return Screen(t(r.BAD_CITY, said=said), ((place(t, "lembretes", b.BACK),),))
        case "pausa":
            return Screen(t(r.BAD_PAUSE), _pauses(t))
        case _:
            return Screen(t(o.BAD_HOUR, said=said), _hours(t))


@screen("lembrete_dias")
async def which_days(view: View) -> Screen:
    """The days of the week, ticked."""
    return Screen(view.t(r.ASK_DAYS), await _day_rows(view))


@screen("lembrete_cidade")
async def which_city(view: View) -> Screen:
    """Ask for the city, with a button that sends the location."""
    t = view.t
    return Screen(t(r.ASK_CITY), ask_location=t.plain(b.SEND_LOCATION))


@screen("lembrete_qual_cidade")
async def which_of_cities(view: View, *, ids: list[str]) -> Screen:
    """Several places of one name, on different clocks."""
    t, table = view.t, Places.load().by_id
    found = [table[each] for each in ids if each in table]
    rows = tuple(
        (
            Button(
                each.name
                if each.region in (STATE, COUNTRY)
                else t.plain(r.CITY_IN, name=each.name, region=each.region),
                f"l_lugar:{each.id}",
            ),
        )
        for each in found
    )
    return Screen(t(r.WHICH_CITY), (*rows, (place(t, "lembretes", b.BACK),)))


@screen("lembrete_pausa")
async def how_long(view: View) -> Screen:
    """Ask until when to pause."""
    return Screen(view.t(r.ASK_PAUSE), _pauses(view.t))


@screen("lembrete_refeicoes")
async def which_meals(view: View) -> Screen:
    """One row a meal, ticked."""
    t, plan = view.t, await plan_of(view)
    profile = await people.profile_of(view.conn, view.person.id) if view.person else None
    wanted = [Kind(slot.value) for slot in slots(profile.meals_per_day)] if profile else []
    kinds = list(dict.fromkeys([*wanted, *(Kind(slot.value) for slot in Slot if slot in plan.meals)]))
    rows: list[Row] = []
    for kind in kinds:
        on = kind in plan.hours
        at = words.hour(t, plan.hours.get(kind, HOURS[kind]))
        label = f"{t.plain(SLOTS[Slot(kind.value)])} · {at}"
        rows.append((Button(_ticked(t, label, on=on), f"l_refeicao:{kind.value}:{NO if on else YES}"),))
    both = (
        Button(t.plain(b.ALL_MEALS), f"l_refeicao:todas:{YES}"),
        Button(t.plain(b.NO_MEALS), f"l_refeicao:todas:{NO}"),
    )
    return Screen(t(r.MEALS), (*rows, both, (place(t, "lembretes", b.BACK),)))


@screen("lembrete_dia_da_semana")
async def which_week_day(view: View) -> Screen:
    """On which day to ask about the next week."""
    t, plan = view.t, await plan_of(view)
    buttons = []
    for day in (4, 5, 6, 0, 1, 2, 3):
        chosen = Kind.WEEK in plan.hours and plan.week_day == day
        label = capitalised(words.weekday(t, day))
        buttons.append(Button(t.plain(b.TICKED, label=label) if chosen else label, f"l_semana_dia:{day}"))
    pairs = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    rows = (*pairs, (Button(t.plain(b.NO_NOTICE), f"l_semana_dia:{NO}"),), (place(t, "lembretes", b.BACK),))
    return Screen(t(r.ASK_WEEK), rows)


def is_paused(view: View, plan: Plan) -> bool:
    return plan.resumes_on is not None and plan.resumes_on > local_date(view)


def _ticked(t: Catalogue, label: str, *, on: bool) -> str:
    """A label, with a tick when it is on."""
    return t.plain(b.TICKED, label=label) if on else label


async def _day_rows(view: View) -> Rows:
    t, plan = view.t, await plan_of(view)
    buttons = []
    for day in sorted(EVERY_DAY):
        on, label = day in plan.days, words.weekday_short(t, day)
        buttons.append(Button(_ticked(t, label, on=on), f"l_dia:{day}:{NO if on else YES}"))
    quick = (Button(t.plain(b.ALL_DAYS), "l_quais:todos"), Button(t.plain(b.WORKDAYS), "l_quais:uteis"))
    back = place(t, "lembretes", b.DONE)
    return (tuple(buttons[:3]), tuple(buttons[3:6]), tuple(buttons[6:]), quick, (back,))


def _hours(t: Catalogue) -> Rows:
    row = tuple(Button(words.hour(t, f"{h[:2]}:{h[2:]}"), f"l_hora:{h}") for h in SOME_HOURS)
    return (row, (Button(t.plain(b.NO_REMINDER), "l_desliga"),), (place(t, "lembretes", b.BACK),))


def _pauses(t: Catalogue) -> Rows:
    buttons = [Button(t.plain(label), f"l_pausa_dias:{count}") for label, count in PAUSES]
    return (tuple(buttons[:2]), tuple(buttons[2:]), (place(t, "lembretes", b.BACK),))
