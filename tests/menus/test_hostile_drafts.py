"""Nothing that a hostile writer writes reaches anybody: no violation, full weeks, true numbers.

The judge of ``judge.py`` has its own words and its own look at tags. The language test: no word of the foreign
phrases that the drafts bring in is found in what is served (``judge.UNFIT``), and ``menus.language`` is measured on
texts of its own.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from statistics import mean

import numpy as np
import pytest
from numpy.typing import NDArray

from menus.language import Portuguese
from menus.service import week_request
from menus.weekly import WeekRequest, Workshop, make_week
from nutrition.bars import FIGURES, Bars
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Week
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from nutrition.restrictions.rules import Rules
from nutrition.totals import totals
from storage.passages import Passage
from tests.menus.fixtures import MONDAY, PASSAGE, PREPARE, allowed, dishes
from tests.menus.hostile import HostileWriter
from tests.menus.judge import unfit, violations

TABLE = FoodTable.load()
RESTRICTED: tuple[tuple[str, ...], ...] = (
    (),
    ("leite",),
    ("gluten", "ovos"),
    ("peixes", "crustaceos"),
    ("vegetariano", "amendoim"),
    ("vegano",),
    ("halal", "soja"),
    ("leite", "amendoim", "crustaceos"),
)
PROFILES = tuple(
    Profile(
        sex=(Sex.F, Sex.M)[number % 2],
        age=24 + 7 * number,
        height_cm=160 + 3 * number,
        weight_kg=58 + 5.5 * number,
        activity=tuple(Activity)[number % 4],
        goal=tuple(Goal)[number % 3],
        meals_per_day=3 + number % 4,
        restrictions=tuple(Restriction(code, Strength.ALERGIA, code) for code in codes),
    )
    for number, codes in enumerate(RESTRICTED)
)


class Library:
    """The guide's dishes that the rules allow, filtered once for each profile."""

    def __init__(self) -> None:
        self._allowed: dict[str, tuple[Dish, ...]] = {}

    async def passages(self, text: str, k: int = 8) -> tuple[Passage, ...]:
        return (PASSAGE,)

    async def dishes(self, goal: Goal, slots: object, rules: Rules, request: str = "") -> tuple[Dish, ...]:
        if rules.key not in self._allowed:
            self._allowed[rules.key] = allowed(rules)
        return self._allowed[rules.key]


@cache
def request_for(number: int) -> WeekRequest:
    """What profile ``number`` asks, without a seed."""
    profile = PROFILES[number]
    return week_request(profile, Rules.of(profile.restrictions, TABLE), start=MONDAY, seed=0)


REQUESTS = [request_for(number) for number in range(len(PROFILES))]


@dataclass
class Judged:
    """What was seen of all weeks."""

    weeks: int = 0
    days: int = 0
    errors: list[float] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    def take(self, week: Week, request: WeekRequest, codes: tuple[str, ...], writer: HostileWriter) -> None:
        """Judge one served week."""
        self.weeks += 1
        self.bad += [*violations(week, codes, TABLE), *unfit(week)]
        slots = [slot for slot, _ in request.shares]
        if len(week.days) != 7 or any([meal.slot for meal in day.meals] != slots for day in week.days):
            self.bad.append("a week that is not full")
        if writer.asked > 2:
            self.bad.append("asked more than twice")
        bars = Bars.of(request.targets)
        for day in week.days:
            self.days += 1
            portions = [p for meal in day.meals for dish in meal.dishes for p in dish.portions]
            figures = totals(portions, TABLE).values
            self.errors.append(abs(figures["energy_kcal"] / request.targets.energy_kcal - 1))
            self.missed.update(bars.misses(figures_of(figures)))
            self.origins.update(dish.origin.value for meal in day.meals for dish in meal.dishes)

    def held(self, what: str) -> float:
        """Share of days on which a bar held."""
        return 1 - self.missed[what] / self.days


def figures_of(values: dict[str, float]) -> NDArray[np.float64]:
    """The figures that have a bar, in their order."""
    return np.array([values[name] for name in FIGURES])


async def served(count: int) -> Judged:
    """Make ``count`` weeks out of hostile drafts and judge each."""
    workshop = Workshop(TABLE, Library(), prepare=PREPARE)
    judged = Judged()
    for seed in range(count):
        number = seed % len(REQUESTS)
        request = replace(REQUESTS[number], seed=seed)
        writer = HostileWriter(seed)
        week = await make_week(request, workshop, (writer,))
        judged.take(week, request, RESTRICTED[number], writer)
    return judged


def check(judged: Judged, count: int) -> None:
    """The figures that the menus promise, held on what came out of hostile drafts."""
    print(
        f"\n{judged.weeks} weeks, {judged.days} days, kcal error mean {mean(judged.errors):.4%} max {max(judged.errors):.3%},"
        f" dishes by {dict(judged.origins)}, days missed {dict(judged.missed)}"
    )
    assert judged.bad == []
    assert judged.weeks == count
    assert max(judged.errors) <= 0.03
    assert mean(judged.errors) <= 0.003
    assert judged.held("protein_g") >= 0.99
    assert judged.held("fat_g") >= 0.98
    assert judged.held("fiber_g") >= 0.97
    assert judged.held("sodium_mg") >= 0.97
    assert judged.origins["gemini"] > judged.weeks  # what was good in the drafts was kept


async def test_hostile_drafts_become_good_weeks() -> None:
    check(await served(16), 16)


@pytest.mark.slow
async def test_a_thousand_hostile_drafts_become_a_thousand_good_weeks() -> None:
    check(await served(1000), 1000)


@pytest.mark.parametrize(
    "text",
    [
        "Grilled chicken with rice",
        "Arroz con pollo",
        "Ensalada mixta",
        "Tortilla de papas",
        "Poulet rôti",
        "Riz au lait",
        "Kartoffelsalat",
        "Insalata di pomodoro",
        "Tomato soup",
        "Lentejas estofadas",
        "Fruit salad",
        "Filete de pescado",
        "Cook the rice with beans and serve hot",
        "Corta los tomates en rodajas",
        "Mescolare tutto e servire",
    ],
)
def test_dishes_in_other_languages_are_known_as_such(text: str) -> None:
    assert not Portuguese(TABLE, dishes()).reads(text)


def test_what_a_brazilian_cook_writes_is_portuguese_even_when_the_guide_never_said_it() -> None:
    """The words of 200 dishes judge the names and steps of the others: less than one in a hundred is refused."""
    known, others = dishes()[::3], [dish for number, dish in enumerate(dishes()) if number % 3]
    portuguese = Portuguese(TABLE, known)
    texts = [text for dish in others for text in (dish.name, *dish.steps)]
    refused = [text for text in texts if not portuguese.reads(text)]
    assert len(refused) <= len(texts) / 100, refused


@pytest.mark.parametrize(
    "name",
    ["Moqueca de banana-da-terra", "Frango xadrez", "Vaca atolada", "Bobó de shimeji", "Mix de folhas"],
)
def test_names_with_a_rare_word_pass(name: str) -> None:
    assert Portuguese(TABLE, dishes()).reads(name)
