"""What several screens look up before they show a day or a week: the person's menu as it holds now."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from handlers.transport.screens import View
from menus import people
from menus.people import Review
from nutrition.guardrails import Decision
from nutrition.menu import Day, Meal, Week
from nutrition.person import Restriction


@dataclass(frozen=True, slots=True)
class Shown:
    """``review`` is None without a profile; ``week`` is None without a menu or for someone who was referred."""

    today: date
    review: Review | None
    restrictions: tuple[Restriction, ...]
    week: Week | None
    hidden: bool

    @property
    def referred(self) -> bool:
        """Whether this person's menu is for a professional, so none is shown."""
        return self.review is not None and self.review.assessment.decision is Decision.REFER

    def day(self, wanted: date) -> Day | None:
        """The day of ``wanted`` in the week."""
        days = self.week.days if self.week else ()
        return next((day for day in days if day.date == wanted), None)

    def withheld_by(self, meal: Meal) -> Restriction | None:
        """The restriction that took ``meal`` out."""
        return next((item for item in self.restrictions if item.code == meal.withheld), None)


def local_date(view: View) -> date:
    """Today where the person is."""
    zone = view.person.time_zone if view.person else "America/Sao_Paulo"
    return view.now.astimezone(ZoneInfo(zone)).date()


async def shown(view: View, day: date | None = None) -> Shown:
    """Look up the week that has ``day`` (today without one), checked against the restrictions of now."""
    today = local_date(view)
    if view.person is None:
        return Shown(today, None, (), None, False)
    profile = await people.profile_of(view.conn, view.person.id)
    if profile is None:
        return Shown(today, None, (), None, False)
    review = people.review(profile)
    hidden = await people.numbers_hidden(view.conn, view.person.id)
    found = Shown(today, review, profile.restrictions, None, hidden)
    if found.referred:
        return found
    saved = await view.services.menus.current_week(view.conn, view.person.id, day or today)
    return Shown(today, review, profile.restrictions, saved.week if saved else None, hidden)
