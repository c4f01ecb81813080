"""/lembretes, and the morning message itself."""

from datetime import date as Date

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import new_day_button, place, places
from handlers.onboarding.wording import hour_of
from handlers.screens import guardrails
from handlers.screens.shown import shown
from handlers.texts import buttons as b
from handlers.texts import menu as m
from handlers.texts import onboarding as o
from handlers.texts import reminders as r
from handlers.transport.screens import Button, Screen, View, screen
from menus import people
from nutrition.menu import Meal, Slot

SHORT_SLOTS: dict[Slot, str] = {
    Slot.CAFE_DA_MANHA: r.SHORT_BREAKFAST,
    Slot.LANCHE_DA_MANHA: r.SHORT_SNACK,
    Slot.ALMOCO: m.SLOT_LUNCH,
    Slot.LANCHE_DA_TARDE: r.SHORT_SNACK,
    Slot.JANTAR: m.SLOT_DINNER,
    Slot.CEIA: m.SLOT_SUPPER,
}
HOURS = ("0600", "0700", "0800")


@screen("lembretes")
async def status(view: View) -> Screen:
    """How reminders stand."""
    t = view.t
    hour = await people.reminder_of(view.conn, view.person.id) if view.person else ""
    if not hour:
        return Screen(t(r.STATUS_OFF), ((Button(t.plain(b.CHOOSE_HOUR), "l_muda"),), (place(t, "hoje"),)))
    text = t(r.STATUS_ON, hour=t.hour(hour_of(hour)), city=city(view))
    off = Button(t.plain(b.TURN_OFF), "l_desliga")
    return Screen(text, ((Button(t.plain(b.CHANGE_HOUR), "l_muda"),), (off,)))


@screen("lembrete_qual_hora")
async def which_hour(view: View) -> Screen:
    """Ask for the hour."""
    return Screen(view.t(r.ASK_HOUR), _hours(view.t))


@screen("lembrete_qual_dos_dois")
async def which_of_two(view: View, *, values: list[str]) -> Screen:
    """Morning or evening?"""
    t = view.t
    row = tuple(Button(t.hour(hour_of(value)), f"l_hora:{value.replace(':', '')}") for value in values)
    return Screen(t(o.HOUR_OR), (row,))


@screen("lembrete_nao_entendi")
async def not_understood(view: View, *, said: str) -> Screen:
    """Not an hour."""
    return Screen(view.t(o.BAD_HOUR, said=said), _hours(view.t))


@screen("lembrete_ligado")
async def on(view: View, *, hour: str, before: str) -> Screen:
    """The hour was set."""
    return Screen(view.t(r.SET, hour=view.t.hour(hour_of(hour)), city=city(view)), (_undo(view.t, before),))


@screen("lembrete_desligado")
async def off(view: View, *, hour: str, before: str) -> Screen:
    """Reminders are off."""
    return Screen(view.t(r.OFF), (_undo(view.t, before),) if before else ())


@screen("lembrete_desfeito")
async def undone(view: View, *, hour: str) -> Screen:
    """Back to the hour before."""
    t = view.t
    return Screen(
        t(r.UNDONE, hour=t.hour(hour_of(hour))) if hour else t(r.UNDONE_OFF), places(t, ("lembretes",))
    )


@screen("lembrete")
async def morning(view: View, *, date: str) -> Screen:
    """The day's menu, short, without measures or anything that a lock screen should not show."""
    t, day_wanted = view.t, Date.fromisoformat(date)
    found = await shown(view, day_wanted)
    if found.referred:
        return guardrails.referral(view, found)
    day = found.day(day_wanted)
    if day is None:
        return Screen(t(r.NO_MENU), ((place(t, "nova", b.MAKE_WEEK),),))
    lines = [_line(t, meal) for meal in day.meals]
    recipe = Button(t.plain(b.RECIPE), f"receitas:{date}")
    return Screen(
        joined([t(r.TODAY, weekday=t.weekday(day.date)), *lines]),
        ((new_day_button(t, b.MEASURES, day.date), recipe),),
    )


def city(view: View) -> str:
    """The city of the person's time zone, as Brazilians call it."""
    zone = view.person.time_zone if view.person else "America/Sao_Paulo"
    return CITIES.get(zone, zone.rsplit("/", 1)[-1].replace("_", " "))


CITIES = {
    "America/Sao_Paulo": "São Paulo",
    "America/Belem": "Belém",
    "America/Cuiaba": "Cuiabá",
    "America/Maceio": "Maceió",
    "America/Araguaina": "Araguaína",
    "America/Eirunepe": "Eirunepé",
    "America/Noronha": "Fernando de Noronha",
}


def _line(t: Catalogue, meal: Meal) -> str:
    slot = t(SHORT_SLOTS[meal.slot])
    name = t(m.WITHHELD) if meal.withheld else meal.name[:1].lower() + meal.name[1:]
    return t(r.LINE, slot=slot, name=name)


def _hours(t: Catalogue) -> tuple[tuple[Button, ...], ...]:
    row = tuple(Button(t.hour(hour_of(f"{h[:2]}:{h[2:]}")), f"l_hora:{h}") for h in HOURS)
    return (row, (Button(t.plain(b.NO_REMINDER), "l_desliga"),), (place(t, "lembretes", b.BACK),))


def _undo(t: Catalogue, before: str) -> tuple[Button, ...]:
    return (Button(t.plain(b.UNDO), f"l_desfaz:{before.replace(':', '') or 'nada'}"),)
