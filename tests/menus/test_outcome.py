"""What gave way in a week is listed, in the order in which it gives way; restrictions never do."""

import itertools
import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from bench.menus import held_bars
from menus.batch import Batch, ProfileLine, answer, understood
from menus.outcome import ADJACENT, BATCH, CHEAP, SHARE, SOURCES, TIME, VARIETY
from menus.people import review
from menus.recheck import violations
from menus.weekly import plan
from nutrition.bars import MISSES
from nutrition.foods import FoodTable
from nutrition.menu import Week
from tests.menus.fixtures import MONDAY, Shelf, brief, rules, workshop

TABLE = FoodTable.load()
LINE: dict[str, Any] = {
    "id": 1,
    "sex": "M",
    "age": 25,
    "height_cm": 190,
    "weight_kg": 95,
    "activity": "intenso",
    "goal": "manter",
    "meals_per_day": 3,
    "restrictions": ["sou vegano", "doença celíaca", "alergia a soja", "alergia a castanhas", "low carb"],
    "request": "peixe 2 vezes",
}
review(understood(ProfileLine.model_validate(LINE), TABLE).profile)  # reads its data files now

ORDER = [CHEAP, TIME, BATCH, SOURCES, "quota", "limit", VARIETY, ADJACENT, SHARE]
HARD = ("vegano", "celiaca", "soja", "oleaginosas", "low_carb")


def rank(what: str) -> int:
    """The place of ``what`` in the stated order: wishes, repeats, then the bars of the day, energy last."""
    bars = ["added_sugar_max_g", "fruit_vegetable_min_g", "saturated_fat_max_g", "fiber_g"]
    bars += ["sodium_mg", "fat_g", "protein_g", "energy_kcal"]
    assert set(bars) == set(MISSES)
    return [*ORDER, *bars].index(what.split(":", maxsplit=1)[0])


def whats(week: Week) -> list[str]:
    return [item.what for item in week.unmet]


@cache
def hard_week() -> Week:
    """A week that cannot have all: 2 s of work, so made once."""
    request = "peixe 2 vezes, feijão todo dia, algo barato e rápido"
    return plan(brief(*HARD, energy_kcal=3500.0, meals=3, request=request), workshop())


def test_what_a_diet_cannot_give_is_listed_in_the_stated_order() -> None:
    made = hard_week()
    found = whats(made)
    assert "quota:peixe:2:0" in found
    assert "protein_g" in found
    places = [rank(what) for what in found]
    assert all(before <= after for before, after in itertools.pairwise(places))
    assert list(violations(made, rules(*HARD))) == []


def test_every_bar_that_a_day_misses_is_listed_with_that_day() -> None:
    made = hard_week()
    wanted = brief(*HARD, energy_kcal=3500.0, meals=3).targets
    names = dict(zip(held_bars(made.days[0], wanted, TABLE), MISSES_OF_THE_BENCH, strict=True))
    for day in made.days:
        missed = {names[bar] for bar, held in held_bars(day, wanted, TABLE).items() if not held}
        assert {item.what for item in made.unmet if day.date in item.dates and item.what in MISSES} == missed


MISSES_OF_THE_BENCH = (
    "energy_kcal",
    "protein_g",
    "fat_g",
    "fiber_g",
    "sodium_mg",
    "saturated_fat_max_g",
    "fruit_vegetable_min_g",
    "added_sugar_max_g",
)


@pytest.mark.parametrize(
    ("codes", "request_", "what"),
    [
        ((), "peixe 2 vezes, feijão todo dia", None),
        ((), "frango no máximo 2 vezes", None),
        ((), "fruta todo dia, salada todo dia", None),
        ((), "gosto de marmita", None),
        ((), "algo barato", None),
        ((), "algo gostoso todo dia", None),
        (("peixes",), "peixe 2 vezes", "quota:peixe:2:0"),
        (("sem_feijao",), "feijão todo dia", "quota:feijão:7:0"),
        (("ovos",), "ovo 3x", "quota:ovo:3:0"),
    ],
)
def test_quotas_hold_where_they_can_and_are_told_where_they_cannot(
    codes: tuple[str, ...], request_: str, what: str | None
) -> None:
    made = plan(brief(*codes, request=request_), workshop())
    assert whats(made) == ([] if what is None else [what])


def test_a_limit_that_the_kitchen_breaks_is_told() -> None:
    only_chicken = [d for d in brief().dishes if "frango" in d.name.lower() or d.role.value != "principal"]
    small = [d for d in brief().dishes if d.role.value == "principal" and "almoco" not in d.slots]
    order = brief(request="frango no máximo 1 vez")
    made = plan(replace(order, dishes=(*only_chicken, *small)), workshop())
    assert any(what.startswith("limit:frango:1:") for what in whats(made))


def test_dishes_slower_than_asked_are_told_with_their_days() -> None:
    slow = [
        d for d in brief().dishes if d.minutes > 25 or "almoco" not in d.slots or d.role.value != "principal"
    ]
    made = plan(replace(brief(request="pratos de até 20 minutos"), dishes=tuple(slow)), workshop())
    (late,) = [item for item in made.unmet if item.what == TIME]
    assert len(late.dates) == 7


async def test_a_result_line_carries_what_gave_way() -> None:
    result = await answer(Batch(workshop(Shelf()), start=MONDAY, notice=lambda _: ""), json.dumps(LINE))
    assert result["unmet"][0].startswith("quota:peixe")
    assert all(isinstance(what, str) for what in result["unmet"])


def test_a_week_where_everything_holds_has_nothing_to_tell() -> None:
    assert plan(brief(), workshop()).unmet == ()
