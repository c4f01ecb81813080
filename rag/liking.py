"""What a person likes, as it moves the order in which dishes are offered: a mild push, the rest stays as it was found."""

from collections.abc import Sequence

from nutrition.menu import Dish

Tastes = tuple[tuple[str, float], ...]
"""Ids of dishes and how much they are liked, -1 to 1; what is not there is 0."""

PLACES = 40
"""A dish that is liked with 1 comes so many places earlier."""

UNWANTED = -0.9
"""A dish that the person said no to comes after all others."""


def by_liking(dishes: Sequence[Dish], tastes: Tastes) -> tuple[Dish, ...]:
    """``dishes`` with what is liked earlier and what is not later; those of equal liking keep their order."""
    if not tastes:
        return tuple(dishes)
    liked = dict(tastes)

    def place(numbered: tuple[int, Dish]) -> tuple[bool, float]:
        at, dish = numbered
        score = liked.get(dish.id, 0.0)
        return score <= UNWANTED, at - PLACES * score

    return tuple(dish for _, dish in sorted(enumerate(dishes), key=place))
