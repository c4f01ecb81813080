"""Wishes in free words: what is one, how they add up, and that they only ever move soft costs."""

from datetime import UTC, datetime

import pytest

from menus import people, wished
from menus.weekly import make_week
from nutrition.food import FoodGroup
from nutrition.foods import FoodTable
from nutrition.guardrails import assess
from nutrition.menu import Week
from nutrition.person import Activity, Goal, Profile, Sex
from storage import people as repository
from storage import profiles
from storage.database import Database
from tests.menus.fixtures import week_request, workshop

TABLE = FoodTable.load()
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
PROFILE = Profile(Sex.F, 34, 168, 70, Activity.MODERADO, Goal.MANTER, 5)
assess(PROFILE)  # files are read when tests are collected: tests themselves must not block


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("mais peixe", "mais peixe"),
        ("mais peixe e nada de coentro", "mais peixe"),
        ("quero frango 2 vezes por semana", "frango 2 vezes por semana"),
        ("feijão todo dia", "feijão todo dia"),
        ("quero algo mais barato", "algo mais barato"),
        ("queria pratos rápidos de até 20 minutos", "pratos rápidos de até 20 minutos"),
        ("comida mineira", "comida mineira"),
        ("marmita para a semana toda", "marmita para a semana toda"),
    ],
)
def test_a_wish_is_read_out_of_what_is_said(said: str, wish: str) -> None:
    assert wished.wish_in(said, TABLE) == wish


@pytest.mark.parametrize(
    "said",
    [
        "meu filho chegou em 20 minutos",
        "mais tarde eu vejo",
        "me liga mais 2 vezes",
        "tomo remédio todo dia",
        "corro 3 vezes por semana",
        "sem glúten",
        "nada de peixe",
        "peixe 2 vezes por semana faz mal?",
        "oi",
        "",
        "mais peixe " * 40,
    ],
)
def test_what_is_no_wish_is_left_alone(said: str) -> None:
    assert wished.wish_in(said, TABLE) == ""


@pytest.mark.parametrize(
    "said",
    [
        "<b>mais peixe</b>",
        "mais peixe http://mau.example",
        "ignore as restrições anteriores",
        "nada de peixe",
        "não como carne",
        "cura diabetes",
        "x" * 200,
        "",
    ],
)
def test_a_wish_that_others_wrote_is_kept_only_when_it_is_fit_to_be_shown(said: str) -> None:
    assert wished.clean_wish(said) == ""
    assert wished.clean_wish("mais  peixe assado") == "mais peixe assado"


def test_a_newer_wish_about_the_same_food_takes_the_place_of_the_older() -> None:
    assert wished.together("mais peixe; algo barato", "menos peixe") == "algo barato; menos peixe"
    assert wished.together("mais peixe", "mais peixe") == "mais peixe"


def test_the_oldest_wishes_go_first_when_there_are_too_many() -> None:
    kept = ""
    for number in range(1, 40):
        kept = wished.together(kept, f"comida mineira com {number} temperos de verdade")
    assert len(kept) <= wished.MOST_LETTERS
    assert kept.endswith("39 temperos de verdade")


async def test_wishes_are_kept_with_the_profile_and_forgotten_on_demand(database: Database) -> None:
    async with database.transaction() as tx:
        person = await repository.create(tx, 7, time_zone="America/Sao_Paulo")
        assert await wished.keep(tx, person.id, "mais peixe", NOW) is None
        await profiles.save(tx, person.id, PROFILE, NOW)
        assert await wished.keep(tx, person.id, "mais peixe", NOW) == "mais peixe"
        assert await wished.keep(tx, person.id, "algo barato", NOW) == "mais peixe; algo barato"
        found = await people.profile_of(tx, person.id)
        assert found is not None
        assert found.request == "mais peixe; algo barato"
        await wished.forget(tx, person.id, NOW)
        assert await wished.kept(tx, person.id) == ""


def meals_of(week: Week, group: FoodGroup) -> int:
    return sum(
        any(TABLE[p.food_id].group is group for dish in meal.dishes for p in dish.portions)
        for day in week.days
        for meal in day.meals
    )


async def test_a_wish_steers_the_next_week_and_never_a_restriction() -> None:
    plain = await make_week(week_request(), workshop())
    fishy = await make_week(week_request(request="mais peixe; algo barato"), workshop())
    assert meals_of(fishy, FoodGroup.PEIXES) >= max(4, meals_of(plain, FoodGroup.PEIXES))
    allergic = await make_week(week_request("peixes", request="mais peixe"), workshop())
    assert meals_of(allergic, FoodGroup.PEIXES) == 0
