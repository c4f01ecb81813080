"""A checked draft as the planner's engine takes it: its dishes in the kitchen, and where they stand in the week."""

from collections.abc import Callable, Sequence

import numpy as np

from menus.candidates import Candidate, Kitchen, candidate_of
from menus.checker import Checked, Key
from menus.planned import Proposed
from nutrition.menu import Dish
from nutrition.plates import FoodById, Ints, Plate

_ROUNDED_G = 0.011
"""Grams are written to a hundredth."""


def kitchen_with(
    dishes: Sequence[Dish], checked: Checked, prepare: Callable[[Dish], Candidate], table: FoodById
) -> tuple[Kitchen, dict[Key, list[Proposed]]]:
    """A kitchen of ``dishes`` and of those that the draft composed, and what it put where."""
    candidates = [prepare(dish) for dish in dishes]
    places = {dish.id: index for index, dish in enumerate(dishes)}
    locked: dict[Key, list[Proposed]] = {}
    for key, proposals in checked.meals.items():
        for proposal in proposals:
            at = places.get(proposal.dish.id)
            if at is None or candidates[at].dish != proposal.dish:  # a name taken twice may be two recipes
                at = places[proposal.dish.id] = len(candidates)
                candidates.append(candidate_of(proposal.dish, table))
            steps = whole_steps(candidates[at].plate, proposal.grams)
            locked.setdefault(key, []).append(Proposed(at, steps))
    return Kitchen(candidates), locked


def whole_steps(plate: Plate, grams: Sequence[float]) -> Ints | None:
    """``grams`` as half measures, or None where they are not, or leave the dish's bounds."""
    exact = np.array(grams) / plate.step_g
    steps = np.rint(exact).astype(np.int64)
    on_grid = np.abs(exact - steps) * plate.step_g <= _ROUNDED_G
    inside = (steps >= plate.low) & (steps <= plate.high)
    return steps if bool((on_grid & inside).all()) else None
