"""Whose week is to be changed, as it stands now, and the swapper of one of its days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from menus.candidates import Candidate
from menus.changes.laying import Aims
from menus.changes.orders import Order
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
    "misses"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Situation:
    """Whose week it is, as it stands now. ``dishes`` are all that the person may get, in order of fit."""

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

    def put(self, day: Day) -> "Situation":
        """The same with ``day`` in the place of the one on its date."""
        days = tuple(day if each.date == day.date else each for each in self.week.days)
        return replace(self, week=replace(self.week, days=days))


def swapper_for(
    now: Situation, index: int, filling: int | None = None, *, share_out: bool = False
) -> Swapper:
    """A swapper for one day; ``filling`` is the meal that gets dishes, when it has none; with ``share_out`` the meals
    of the day share its whole energy, whatever they have now."""
    laid_out = standing(now.week, now.dishes, now.prepare, now.table)
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


def coming(now: Situation) -> Iterator[tuple[int, int]]:
    """The meals from today on that are eaten from the menu."""
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
