"""A week that stands, made by the planner from the real guide, for tests of its changes."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import numpy as np

from menus import people, weekly
from menus.changes.laying import Aims
from menus.changes.situation import Situation
from menus.fallback import completed
from menus.recheck import withhold
from nutrition.bars import FIGURES, Bars
from nutrition.foods import FoodTable
from nutrition.menu import Day, Week
from nutrition.person import Profile
from nutrition.plates import figures_per_gram
from nutrition.restrictions.rules import Rules
from nutrition.shares import shares
from tests.menus import fixtures
from tests.menus.fixtures import MONDAY

TABLE = FoodTable.load()
WORKSHOP = fixtures.workshop()


@cache
def made(*codes: str, seed: int = 1, energy_kcal: float = 2000.0) -> Week:
    """A week of someone who excludes ``codes``."""
    return weekly.plan(fixtures.brief(*codes, seed=seed, energy_kcal=energy_kcal), WORKSHOP)


@cache
def made_for(profile: Profile, seed: int = 1) -> Week:
    """A week made for the targets of ``profile``."""
    review = people.review(profile)
    assert review.targets is not None
    held = Rules.of(profile.restrictions, TABLE)
    own = replace(
        fixtures.brief(seed=seed),
        targets=review.targets,
        shares=shares(profile.meals_per_day),
        rules=held,
        foods=held.allowed(TABLE),
        dishes=fixtures.allowed(held),
    )
    return weekly.plan(own, WORKSHOP)


def situation(*codes: str, seed: int = 1, energy_kcal: float = 2000.0, week: Week | None = None) -> Situation:
    """That week on its Wednesday."""
    brief = fixtures.brief(*codes, seed=seed, energy_kcal=energy_kcal)
    return Situation(
        week=withhold(week or made(*codes, seed=seed, energy_kcal=energy_kcal), brief.rules),
        today=MONDAY.replace(day=25),
        aims=Aims(brief.targets, dict(brief.shares), brief.rules.forbids_together),
        rules=brief.rules,
        dishes=completed(brief, TABLE),
        table=TABLE,
        prepare=WORKSHOP.prepare,
        seed=seed,
    )


def misses(day: Day, now: Situation) -> set[str]:
    """The bars that a day misses; a day of which something is eaten out is not measured."""
    eaten = [meal for meal in day.meals if meal.withheld is None and meal.dishes]
    figures = sum(
        (p.grams * figures_per_gram(TABLE[p.food_id]) for m in eaten for d in m.dishes for p in d.portions),
        start=np.zeros(len(FIGURES)),
    )
    return set(Bars.of(now.aims.targets).misses(figures)) if len(eaten) == len(day.meals) else set()


def foods(days: Iterable[Day]) -> set[str]:
    """The ids of all foods that stand on ``days``."""
    return {p.food_id for day in days for m in day.meals for d in m.dishes for p in d.portions}
