"""Seeded profiles for the menu benchmark: equal shares of everything, every restriction, 200 combinations."""

import random
from collections.abc import Iterator

from nutrition.person import Activity, Goal, Profile, Restriction, Sex
from nutrition.restrictions.ontology import Ontology

COMBINATIONS = 200
HARD = (
    ("vegano", "gluten"),
    ("leite", "ovos"),
    ("pescetariano", "low_carb"),
    ("halal", "gluten"),
    ("vegano", "soja"),
    ("fodmap",),
    ("vegano", "celiaca", "soja"),
    ("leite", "ovos", "low_carb"),
)
"""Combinations that the guide promises dishes for, and two that cannot hold every bar."""


def restriction_sets(rng: random.Random) -> list[tuple[str, ...]]:
    """Every restriction of the ontology alone, the hard combinations, and seeded ones of two or three."""
    codes = [kind.code for kind in Ontology.load() if not kind.refer]
    combined: list[tuple[str, ...]] = [item for item in HARD if set(item) <= set(codes)]
    while len(combined) < COMBINATIONS:
        combined.append(tuple(sorted(rng.sample(codes, rng.choice((2, 3))))))
    return [*((code,) for code in codes), *combined]


def profiles(count: int, seed: int) -> Iterator[Profile]:
    """``count`` adults; ages 18-80, BMI 18.5-40. Those beyond the restriction sets exclude nothing."""
    rng = random.Random(seed)
    sets: list[tuple[str, ...]] = restriction_sets(rng)
    sets += [()] * max(0, count - len(sets))
    rng.shuffle(sets)
    ontology = Ontology.load()
    for number in range(count):
        height = rng.uniform(150, 190)
        yield Profile(
            sex=(Sex.F, Sex.M)[number % 2],
            age=18 + rng.randrange(63),
            height_cm=round(height),
            weight_kg=round(rng.uniform(18.6, 39.9) * (height / 100) ** 2, 1),
            activity=tuple(Activity)[number % 5],
            goal=tuple(Goal)[(number // 2) % 3],
            meals_per_day=3 + (number // 3) % 4,
            restrictions=tuple(
                Restriction(code, ontology[code].strength, ontology[code].label) for code in sets[number]
            ),
        )
