"""The meals of a week as a calendar file (RFC 5545), at the hours of the person's time zone."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from handlers.catalogue import Catalogue, capitalised
from handlers.screens import portions
from handlers.screens.day import SLOTS
from handlers.texts import files as f
from nutrition.menu import Meal, Slot, Week

MEAL_HOURS: Mapping[Slot, time] = {
    Slot.CAFE_DA_MANHA: time(7, 30),
    Slot.LANCHE_DA_MANHA: time(10, 0),
    Slot.ALMOCO: time(12, 30),
    Slot.LANCHE_DA_TARDE: time(16, 0),
    Slot.JANTAR: time(19, 30),
    Slot.CEIA: time(22, 0),
}
"""When meals are, unless the person says otherwise."""

_LASTS = {Slot.ALMOCO: timedelta(minutes=60), Slot.JANTAR: timedelta(minutes=60)}
_USUALLY_LASTS = timedelta(minutes=30)


def week_ics(
    week: Week, zone: str, t: Catalogue, made_at: datetime, hours: Mapping[Slot, time] = MEAL_HOURS
) -> bytes:
    """One event a meal, withheld ones left out. ``zone`` is an IANA name; ``made_at`` (aware) dates the file.

    An event is known by its date and slot, so the file of a changed week replaces the old events where it is imported
    again. Events do not mark the person as busy.
    """
    tz = ZoneInfo(zone)
    calendar = Calendar()
    calendar.add("prodid", "-//Cardapio//PT")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", t.plain(f.CALENDAR))
    calendar.add("x-wr-timezone", zone)
    for day in week.days:
        for meal in day.meals:
            if meal.withheld is None:
                start = datetime.combine(day.date, hours.get(meal.slot, MEAL_HOURS[meal.slot]), tz)
                calendar.add_component(_event(meal, start, made_at.astimezone(UTC), t))
    # The rules of the week's own dates are enough; a century of them would be longer than the meals.
    first, last = week.days[0].date, week.days[-1].date
    calendar.add_missing_timezones(first_date=first - timedelta(days=1), last_date=last + timedelta(days=2))
    return bytes(calendar.to_ical())


def _event(meal: Meal, start: datetime, made_at: datetime, t: Catalogue) -> Event:
    event = Event()
    event.add("uid", f"{start.date().isoformat()}-{meal.slot.value}@cardapio")
    event.add("dtstamp", made_at)
    event.add("dtstart", start)
    event.add("dtend", start + _LASTS.get(meal.slot, _USUALLY_LASTS))
    event.add("summary", t.plain(f.EVENT, slot=t.plain(SLOTS[meal.slot]), meal=capitalised(meal.name)))
    event.add("description", "\n".join(portions.line(t, portion) for portion in portions.foods(meal)))
    event.add("transp", "TRANSPARENT")
    return event
