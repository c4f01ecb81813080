"""``bot.py menu``: the public shapes of its lines, what it reads out of free text, and lines it cannot read."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menus.batch import Batch, ProfileLine, answer, run, understood
from menus.people import review
from nutrition.foods import FoodTable
from nutrition.guardrails import Assessment
from tests.menus.fixtures import MONDAY, Shelf, workshop

TABLE = FoodTable.load()
LINE: dict[str, Any] = {
    "id": "p1",
    "sex": "F",
    "age": 34,
    "height_cm": 168,
    "weight_kg": 72.5,
    "activity": "moderado",
    "goal": "perder",
    "meals_per_day": 5,
    "restrictions": ["sou intolerante à lactose", "não como porco"],
    "dislikes": "jiló e coentro",
    "conditions": [],
    "request": "peixe 2 vezes, algo barato",
    "target_weight_kg": None,
}
review(understood(ProfileLine.model_validate(LINE), TABLE).profile)  # reads its data files now

RESULT_KEYS = ["id", "decision", "reasons", "notice", "unmet", "targets", "not_understood", "days"]
TARGET_KEYS = ["energy_kcal", "protein_g", "fat_g", "carbohydrate_g", "fiber_g", "sodium_mg"]


def line(**changes: Any) -> str:
    return json.dumps({**LINE, **changes}, ensure_ascii=False)


def told(assessment: Assessment) -> str:
    return f"told of {assessment.decision.value}"


def batch(seed: int = 0) -> Batch:
    return Batch(workshop(Shelf()), start=MONDAY, notice=told, seed=seed)


async def test_a_result_has_exactly_the_public_shape() -> None:
    result = await answer(batch(), line())
    assert list(result) == RESULT_KEYS
    assert list(result["targets"]) == TARGET_KEYS
    assert result["decision"] == "plan"
    assert result["notice"] == "told of plan"
    assert len(result["days"]) == 7
    day = result["days"][0]
    assert list(day) == ["date", "totals", "unknown", "meals"]
    assert day["date"] == "2026-11-23"
    assert list(day["totals"]) == [*TARGET_KEYS, "saturated_fat_g", "added_sugar_g", "fruit_vegetable_g"]
    meal = day["meals"][0]
    assert list(meal) == ["slot", "name", "dishes"]
    assert meal["slot"] == "cafe_da_manha"
    dish = meal["dishes"][0]
    assert list(dish) == ["name", "role", "ingredients", "steps", "minutes", "sources", "origin"]
    assert list(dish["ingredients"][0]) == ["food_id", "food", "grams", "measure"]
    assert list(dish["sources"][0]) == ["document", "section", "page", "chunk_id"]
    assert dish["origin"] == "guia"
    json.dumps(result)


async def test_a_days_totals_are_those_of_the_grams_it_lists() -> None:
    result = await answer(batch(), line())
    for day in result["days"]:
        kcal = sum(
            (TABLE[item["food_id"]].per_100g["energy_kcal"] or 0) * item["grams"] / 100
            for meal in day["meals"]
            for dish in meal["dishes"]
            for item in dish["ingredients"]
        )
        assert day["totals"]["energy_kcal"] == pytest.approx(kcal, abs=0.01)
        assert abs(kcal / result["targets"]["energy_kcal"] - 1) <= 0.03


async def test_the_same_line_and_seed_give_the_same_result_and_another_seed_another() -> None:
    one = await answer(batch(4), line())
    assert await answer(batch(4), line()) == one
    assert await answer(batch(5), line()) != one


async def test_a_referred_person_gets_no_days_and_no_targets() -> None:
    result = await answer(batch(), line(conditions=["estou grávida de 5 meses"]))
    assert (result["decision"], result["targets"], result["days"]) == ("refer", None, [])
    assert result["reasons"]
    assert list(result) == RESULT_KEYS


async def test_a_refused_deficit_gives_a_maintenance_menu() -> None:
    result = await answer(batch(), line(weight_kg=50))
    assert result["decision"] == "refuse_deficit"
    assert len(result["days"]) == 7


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (line(age="trinta"), "age"),
        (line(height_cm=1.68), "height_cm"),
        (line(activity="voar"), "activity"),
        (line(meals_per_day=9), "meals_per_day"),
        (line(weight_kg=float("nan")), "weight_kg"),
        ("isto não é JSON", "JSON"),
        ("[1, 2]", "line"),
        ("{}", "sex"),
    ],
)
async def test_a_line_that_cannot_be_read_gives_an_error_and_its_id(text: str, field: str) -> None:
    result = await answer(batch(), text)
    assert set(result) == {"id", "error"}
    assert field in result["error"]


async def test_bad_lines_do_not_stop_the_others() -> None:
    out = io.StringIO()
    failed = await run(batch(), [line(id=1), "", "{", line(id=3, conditions=["grávida"])], out)
    results = [json.loads(text) for text in out.getvalue().splitlines()]
    assert [result["id"] for result in results] == [1, None, 3]
    assert failed == 1


def codes(**changes: Any) -> dict[str, str]:
    profile = understood(ProfileLine.model_validate({**LINE, **changes}), TABLE).profile
    return {item.code: item.strength.value for item in profile.restrictions}


def test_every_free_text_of_a_line_is_understood() -> None:
    held = codes(conditions=["tenho gota"], request="mais peixe e nada de camarão", dislikes="jiló")
    assert {"lactose", "sem_porco", "gota", "crustaceos"} <= set(held)
    assert held["food:jilo"] == "preferencia"
    assert "peixes" not in held


def test_wishes_are_no_restrictions() -> None:
    held = codes(
        restrictions=[],
        dislikes="",
        request="peixe 2 vezes por semana, feijão todo dia, algo barato e rápido",
    )
    assert held == {}


def test_what_is_not_understood_is_told_and_kept_as_words_to_avoid() -> None:
    person = understood(ProfileLine.model_validate({**LINE, "restrictions": ["xyzzy"]}), TABLE)
    assert person.not_understood == ("xyzzy",)
    assert any(item.code == "word:xyzzy" for item in person.profile.restrictions)


_QUIET = batch()


@given(
    st.text(max_size=80)
    | st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=5)).map(json.dumps)
)
async def test_any_line_is_answered(text: str) -> None:
    assert "error" in await answer(_QUIET, text)
