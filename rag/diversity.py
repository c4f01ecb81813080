"""Variety among candidates: maximal marginal relevance (Carbonell & Goldstein 1998) over what dishes are made of."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutrition.menu import Dish

RELEVANCE = 0.8
"""Weight of fit beside variety."""


def alike(dishes: Sequence[Dish]) -> NDArray[np.float64]:
    """Return the similarity of each pair of dishes (n, n), 0 to 1: the cosine of their square-rooted grams a food.

    The root keeps a large amount of rice from hiding what else is on the plate.
    """
    columns = {
        food: i
        for i, food in enumerate(sorted({part.food_id for dish in dishes for part in dish.ingredients}))
    }
    grams = np.zeros((len(dishes), max(len(columns), 1)))
    for row, dish in enumerate(dishes):
        for part in dish.ingredients:
            grams[row, columns[part.food_id]] = part.grams**0.5
    lengths = np.linalg.norm(grams, axis=1, keepdims=True)
    unit = grams / np.where(lengths > 0, lengths, 1)
    similarity: NDArray[np.float64] = unit @ unit.T
    return similarity


def diverse_order(
    scores: Sequence[float], similarity: NDArray[np.float64], relevance: float = RELEVANCE
) -> list[int]:
    """Return all indexes, each time the one that fits best and is least like those before it."""
    fit = np.asarray(scores, dtype=np.float64)
    nearest = np.zeros(len(fit))
    left = np.ones(len(fit), dtype=bool)
    order: list[int] = []
    for _ in range(len(fit)):
        value = np.where(left, relevance * fit - (1 - relevance) * nearest, -np.inf)
        best = int(value.argmax())
        order.append(best)
        left[best] = False
        nearest = np.maximum(nearest, similarity[best])
    return order
