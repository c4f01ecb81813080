"""Alternatives for one meal, to choose from: each a day that holds its targets and the person's restrictions."""

from collections.abc import Callable
from dataclasses import dataclass

from menus.candidates import Candidate
from menus.changes.foods import Named
from menus.changes.laying import Refit
from menus.changes.orders import Order, Way, key_of
from menus.changes.situation import (
    CannotChange,
    Situation,
    asked_of_a_locked_meal,
    price_of,
    swapper_for,
)
from nutrition.menu import Meal, Role
from nutrition.totals import totals

OPTIONS = 3
_QUICK_MINUTES = 10
_PER_MINUTE, _PER_PRICE, _PER_FOOD = 0.5, 20.0, 60.0
_CHEAPER_BY = 0.1


@dataclass(frozen=True, slots=True)
class Option:
    """An alternative: its main dish by ``key``, name and ``foods``, and what the whole meal then has."""

    key: str
    name: str
    kcal: float
    protein_g: float
    minutes: int
    foods: tuple[str, ...]


def offer(order: Order, now: Situation) -> tuple[Option, ...]:
    """Up to three alternatives for the meal of ``order`` (blocking). Raises ``CannotChange``."""
    asked_of_a_locked_meal(order, now)
    index, meal = now.place(order)
    swapper = swapper_for(now, index, meal)
    suits, rank = _narrowed(order, now, now.week.days[index].meals[meal])
    found = swapper.alternatives(meal, suits=suits, order=rank, count=OPTIONS)
    if not found:
        last = swapper.best(meal, suits=suits)
        found = [last] if last else []
    if not found:
        raise CannotChange("no_options")
    return tuple(_option(refit, meal, now) for refit in found)


def _narrowed(
    order: Order, now: Situation, meal: Meal
) -> tuple[Callable[[Candidate], bool], Callable[[Candidate], float]]:
    """Which main dishes are offered, and what comes first among them."""
    minutes = max((dish.minutes for dish in meal.dishes if dish.role is Role.PRINCIPAL), default=60)
    price = price_of(meal, now)
    if order.way is Way.FASTER:
        limit = max(minutes - 1, _QUICK_MINUTES)
        return (lambda c: c.dish.minutes <= limit), (lambda c: _PER_MINUTE * c.dish.minutes)
    if order.way is Way.CHEAPER:
        return (lambda c: c.price <= price - _CHEAPER_BY), (lambda c: _PER_PRICE * c.price)
    if not order.foods:
        return (lambda c: True), (lambda c: 0.0)
    named = [Named(said, now.table) for said in order.foods]
    if not any(each.is_known(now.dishes) for each in named):
        raise CannotChange("no_food")

    def uses(candidate: Candidate) -> int:
        return sum(each.is_in(candidate.dish.name, candidate.plate.food_ids) for each in named)

    return (lambda c: uses(c) > 0), (lambda c: -_PER_FOOD * uses(c))


def _option(refit: Refit, place: int, now: Situation) -> Option:
    meal = refit.day.meals[place]
    main = refit.main
    if main is None:
        raise CannotChange("no_options")
    portions = [portion for dish in meal.dishes for portion in dish.portions]
    values = totals(portions, now.table).values
    return Option(
        key=key_of(main.dish),
        name=main.dish.name,
        kcal=values["energy_kcal"],
        protein_g=values["protein_g"],
        minutes=main.dish.minutes,
        foods=main.plate.food_ids,
    )
