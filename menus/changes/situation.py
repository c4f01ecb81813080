"""Whose week is to be changed, as it stands now, and the swapper of one of its days."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from menus.candidates import Candidate
from menus.changes.laying import Aims
from menus.changes.orders import ABOUT_A_MEAL, Order
from menus.changes.standing import Standing, out_of_the_day, standing
from menus.changes.swapper import Swapper
from menus.variety import WeekState
from menus.wishes import Wishes
from nutrition.foods import FoodTable
from nutrition.menu import Day, Dish, Meal, Role, Week
from nutrition.restrictions.rules import Rules
from rag.liking import Tastes


class CannotChange(Exception):
    """Nothing was changed; ``code`` says why: "no_day", "no_meal", "no_food", "none_has_it", "no_options", "same",
    "misses", "main_meal", "least_meals", "most_meals", or one of ``ASKED``. ``missed`` are the targets that the best day
    would not meet, ``where`` is in how many meals it can be done."""

    def __init__(self, code: str, missed: frozenset[str] = frozenset(), where: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.missed = missed
        self.where = where


LOCKED, PARTLY = "locked", "partly"
ASKED = frozenset({LOCKED, PARTLY})
"""Codes of what is done after a yes: a locked meal is changed, or only some of the meals are."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Whose week it is, as it stands now. ``dishes`` are all that the person may get, in order of fit.

    ``banned`` are ids of dishes that the person wanted none of, by date; ``elsewhere`` are days of other weeks, to copy.
    """

    week: Week
    today: date
    aims: Aims
    rules: Rules
    dishes: tuple[Dish, ...]
    table: FoodTable
    prepare: Callable[[Dish], Candidate]
    wishes: Wishes = field(default_factory=Wishes)
    seed: int = 0
    tastes: Tastes = ()
    banned: Mapping[date, frozenset[str]] = field(default_factory=dict)
    elsewhere: tuple[Day, ...] = ()

    def index(self, day: date | None) -> int:
        """Where ``day`` stands in the week. Raises ``CannotChange``."""
        found = next((i for i, each in enumerate(self.week.days) if each.date == day), None)
        if found is None:
            raise CannotChange("no_day")
        return found

    def place(self, order: Order) -> tuple[int, int]:
        """The day and the meal that an order is about. Raises ``CannotChange``."""
        index = self.index(order.date)
        for place, meal in enumerate(self.week.days[index].meals):
            if meal.slot is order.slot:
                return index, place
        raise CannotChange("no_meal")

    def source(self, day: date | None) -> Day:
        """The day to copy, of this week or another. Raises ``CannotChange``."""
        found = next((each for each in (*self.week.days, *self.elsewhere) if each.date == day), None)
        if found is None:
            raise CannotChange("no_day")
        return found

    def put(self, day: Day) -> "Situation":
        """The same with ``day`` in the place of the one on its date."""
        days = tuple(day if each.date == day.date else each for each in self.week.days)
        return replace(self, week=replace(self.week, days=days))


def swapper_for(
    now: Situation, index: int, filling: int | None = None, *, share_out: bool = False
) -> Swapper:
    """A swapper for one day; ``filling`` is the meal that gets dishes, when it has none; with ``share_out`` the meals
    of the day share its whole energy, whatever they have now."""
    banned = now.banned.get(now.week.days[index].date)
    dishes = tuple(dish for dish in now.dishes if dish.id not in banned) if banned else now.dishes
    laid_out = standing(now.week, dishes, now.prepare, now.table)
    meals = now.week.days[index].meals
    empty = [filling] if filling is not None and out_of_the_day(meals[filling]) else []
    return Swapper(
        laid_out,
        index,
        now.aims,
        table=now.table,
        state=_state(laid_out, index, now),
        filling=empty,
        share_out=share_out,
    )


def _state(laid_out: Standing, index: int, now: Situation) -> WeekState:
    state = WeekState(
        laid_out.kitchen, now.table, now.wishes, tastes=now.tastes, seed=now.seed, days=len(laid_out.days)
    )
    for other, day in enumerate(laid_out.days):
        if other != index:
            slots = [meal.slot for meal in day.day.meals]
            state.record(other, [(s, p) for s, meal in zip(slots, day.picks, strict=True) for p in meal])
    return state


def is_locked(meal: Meal) -> bool:
    """Whether a meal stays as it is: a restriction may take it away, other changes do not."""
    return meal.locked and not out_of_the_day(meal)


def asked_of_a_locked_meal(order: Order, now: Situation) -> None:
    """Raises ``CannotChange`` when an order is aimed at a locked meal and the person did not say yes to that."""
    if order.kind in ABOUT_A_MEAL and not order.force:
        day = now.week.days[now.index(order.date)]
        meals = day.meals if order.slot is None else (day.meals[now.place(order)[1]],)
        if any(map(is_locked, meals)):
            raise CannotChange(LOCKED)


def coming(now: Situation) -> Iterator[tuple[int, int]]:
    """The meals from today on that are eaten from the menu, locked ones too."""
    for index, day in enumerate(now.week.days):
        if day.date >= now.today:
            for meal, each in enumerate(day.meals):
                if not out_of_the_day(each):
                    yield index, meal


def replaced(day: Day, meal: Meal) -> Day:
    """The day with ``meal`` in its slot."""
    return replace(day, meals=tuple(meal if each.slot is meal.slot else each for each in day.meals))


def main_of(meal: Meal, now: Situation) -> Dish | None:
    """The guide's dish that is the main one of ``meal``; None when it has none, or one that the guide does not have."""
    main = next((dish for dish in meal.dishes if dish.role is Role.PRINCIPAL), None)
    return next((dish for dish in now.dishes if main is not None and dish.id == main.dish_id), None)


def price_of(meal: Meal, now: Situation) -> float:
    """How dear the main dish is, 1 to 3; 2 for one that the guide does not have."""
    dish = main_of(meal, now)
    return now.prepare(dish).price if dish is not None else 2.0
