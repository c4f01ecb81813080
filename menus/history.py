"""Past weeks: which there are, what they were like, and how two of them compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from nutrition.foods import FoodTable
from nutrition.menu import Week, main_dishes
from nutrition.totals import totals
from nutrition.words import fold
from storage import day_answers
from storage.day_answers import DONE
from storage.driver import Connection
from storage.menus import SavedWeek

LISTED = 8
_LOOKED_AT = 40
"""Of the newest weeks, since one that was made again hides the one before."""

COMPARED = ("energy_kcal", "protein_g", "fiber_g", "fruit_vegetable_g")


class Menus(Protocol):
    """Where weeks come from."""

    async def weeks(self, conn: Connection, person_id: int, limit: int = 10) -> tuple[SavedWeek, ...]:
        """Newest first, each checked against the restrictions of now."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """``nutrients``: means a day, in their units (kcal, g), over the ``whole`` days, empty without one: those that lost no
    meal, to a restriction or to eating out. ``days`` are all; ``mains`` the main dishes, folded; ``done`` days followed."""

    nutrients: Mapping[str, float]
    mains: frozenset[str]
    done: int
    whole: int
    days: int


async def past_weeks(conn: Connection, person_id: int, menus: Menus) -> tuple[SavedWeek, ...]:
    """The newest version of each week, latest first."""
    newest: dict[date, SavedWeek] = {}
    for saved in await menus.weeks(conn, person_id, _LOOKED_AT):
        newest.setdefault(saved.week.start, saved)
    return tuple(newest[start] for start in sorted(newest, reverse=True))[:LISTED]


async def week_of(conn: Connection, person_id: int, menus: Menus, week_id: int) -> SavedWeek | None:
    """One of the listed weeks; None for another number, another person's too."""
    return next((saved for saved in await past_weeks(conn, person_id, menus) if saved.id == week_id), None)


async def first_free_day(conn: Connection, person_id: int, menus: Menus, today: date) -> date:
    """From when a week takes nothing away: the day after the last one that has a menu, ``today`` when that is past."""
    saved = await menus.weeks(conn, person_id, _LOOKED_AT)
    last = max((each.week.days[-1].date for each in saved), default=today - timedelta(days=1))
    return max(last + timedelta(days=1), today)


async def figures(conn: Connection, person_id: int, week: Week, table: FoodTable) -> Figures:
    """What a week was like; withheld meals do not count, nor what is left of their days in the means."""
    meals = [meal for day in week.days for meal in day.meals if not meal.withheld]
    whole = [day for day in week.days if not any(meal.withheld for meal in day.meals)]
    eaten = [meal for day in whole for meal in day.meals]
    sums = totals([portion for meal in eaten for dish in meal.dishes for portion in dish.portions], table)
    answers = await day_answers.between(conn, person_id, week.days[0].date, week.days[-1].date)
    return Figures(
        {name: sums.values[name] / len(whole) for name in COMPARED if whole and name in sums.values},
        frozenset(fold(dish.name) for dish in main_dishes(meals)),
        sum(answer == DONE for answer in answers.values()),
        len(whole),
        len(week.days),
    )
