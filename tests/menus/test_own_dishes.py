"""A person's own plan in their weeks: its meals come first, restrictions and targets win, and each says its page."""

import asyncio
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pydantic import TypeAdapter

from menus.own_dishes import Followed, is_own, of_person, with_permitted
from menus.own_settings import Part, proposal, use
from menus.recheck import violations
from menus.weekly import brief_for, make_week
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Meal, Origin, Slot, Week
from nutrition.shares import shares
from rag.index import Indexer
from rag.loaders import read_document
from rag.own_plan import OwnPlan, own_dishes, read_plan
from storage import chunks, own_documents, plan_uses, profiles
from storage.database import Database
from storage.passages import load
from tests.fakes.clock import START
from tests.menus.fixtures import dishes, rules, week_request, workshop
from tests.menus.test_service import PROFILE, a_person, service
from tests.rag.plan_papers import PAPERS

TABLE = FoodTable.load()
_JSON = TypeAdapter(OwnPlan)
BARS = {"energy_kcal", "protein_g", "fat_g", "fiber_g", "sodium_mg", "carbohydrate_g"}


@cache
def _read(name: str) -> OwnPlan:
    return read_plan(read_document(*PAPERS["pdf"](name)), TABLE)


async def plan_of(name: str) -> OwnPlan:
    """One of our plans, as read from a PDF once a process."""
    return await asyncio.to_thread(_read, name)


def own_meals(week: Week) -> list[Meal]:
    return [meal for day in week.days for meal in day.meals if any(map(is_own, meal.dishes))]


async def week_with(dishes: tuple[Dish, ...], *codes: str, energy_kcal: float = 1800, meals: int = 5) -> Week:
    request = week_request(*codes, energy_kcal=energy_kcal)
    return await make_week(replace(request, own=dishes, shares=shares(meals)), workshop())


@pytest.mark.parametrize("name", ["own_plans/01-consultorio.md", "own_plans/04-tabela-opcoes.md"])
async def test_a_week_uses_every_dish_of_the_plan_and_each_meal_says_its_document_and_page(name: str) -> None:
    dishes = await asyncio.to_thread(own_dishes, await plan_of(name), TABLE)
    week = await week_with(dishes)
    mine = own_meals(week)
    assert {dish.dish_id for meal in mine for dish in meal.dishes if is_own(dish)} == {d.id for d in dishes}
    assert len(mine) >= 25  # of 35
    for dish in (dish for meal in mine for dish in meal.dishes if is_own(dish)):
        assert dish.origin is Origin.DOCUMENTO
        assert [(source.document, source.page) for source in dish.sources] == [
            ((await plan_of(name)).document, 1)
        ]


async def test_following_a_plan_misses_no_target_that_is_met_without_it() -> None:
    for name in (
        "own_plans/02-linha-unica.txt",
        "own_plans/05-opcoes-em-lista.md",
        "own_plans/10-celiaca.md",
    ):
        plan = await plan_of(name)
        energy = plan.energy_kcal.value if plan.energy_kcal else 2000.0
        dishes = await asyncio.to_thread(own_dishes, plan, TABLE)
        week = await week_with(dishes, energy_kcal=energy, meals=4)
        assert own_meals(week)
        assert not {each.what for each in week.unmet} & BARS


async def test_restrictions_win_over_a_plan() -> None:
    dishes = await asyncio.to_thread(own_dishes, await plan_of("own_plans/01-consultorio.md"), TABLE)
    held = rules("ovos", "leite")
    week = await week_with(dishes, "ovos", "leite")
    assert not list(violations(week, held))
    used = {dish.dish_id for meal in own_meals(week) for dish in meal.dishes if is_own(dish)}
    kept = {d.id for d in dishes if held.forbids_dish(d.name, [i.food_id for i in d.ingredients], ()) is None}
    assert used == kept
    assert len(kept) < len(dishes)
    brief = await brief_for(replace(week_request("ovos", "leite"), own=dishes), workshop())
    assert {dish.id for dish in brief.own} == kept


async def test_a_plan_s_dishes_stand_before_the_guide_s_for_every_writer() -> None:
    dishes = await asyncio.to_thread(own_dishes, await plan_of("own_plans/01-consultorio.md"), TABLE)
    brief = await brief_for(replace(week_request(), own=dishes), workshop())
    assert brief.offered[: len(dishes)] == dishes


async def test_a_week_without_a_plan_is_as_it_was() -> None:
    assert await week_with(()) == await make_week(week_request(energy_kcal=1800), workshop())


async def index(database: Database, person_id: int, name: str) -> int:
    """Index one of our plans as the person's; returns the document's id."""
    document = await asyncio.to_thread(lambda: read_document(*PAPERS["pdf"](name)))
    await Indexer(database, None).sync_words([document], owner=person_id, collection="chat")
    plan: dict[str, Any] = _JSON.dump_python(await plan_of(name), mode="json")
    async with database.transaction() as tx:
        (stored,) = [d for d in await chunks.documents_of(tx, person_id) if d.name == document.name]
        await own_documents.save(tx, person_id, stored.id, pages=1, plan=plan, now=START)
    return stored.id


async def test_dishes_come_after_the_yes_with_the_chunk_they_stand_in_and_go_when_it_is_taken_back(
    database: Database,
) -> None:
    name = "own_plans/12-substituicoes.md"
    person = await a_person(database)
    document = await index(database, person.id, name)
    async with database.reader() as conn:
        assert await of_person(conn, person.id, PROFILE, TABLE) == Followed()
    async with database.transaction() as tx:
        wanted = await asyncio.to_thread(proposal, await plan_of(name), PROFILE, TABLE)
        assert wanted is not None
        await use(tx, person.id, document, wanted=wanted, parts=Part.MEALS, now=START)
    async with database.reader() as conn:
        dishes = (await of_person(conn, person.id, PROFILE, TABLE)).dishes
        sources = [source for dish in dishes for source in dish.sources]
        passages = await load(conn, [source.chunk_id for source in sources], (person.id,))
    assert len(dishes) == len(own_dishes(await plan_of(name), TABLE)) > 5
    for source in sources:
        assert source.section.split(" › ")[-1] in passages[source.chunk_id].section
    async with database.transaction() as tx:
        await plan_uses.forget(tx, person.id)
    async with database.reader() as conn:
        assert await of_person(conn, person.id, PROFILE, TABLE) == Followed()


async def test_a_plan_that_asks_for_nothing_new_is_followed_and_only_by_its_owner(database: Database) -> None:
    name = "own_plans_later/04-semana.md"
    plan = replace(await plan_of(name), energy_kcal=None, protein_g=None, avoid=())
    mine, other = await a_person(database, 1), await a_person(database, 2)
    document = await index(database, mine.id, name)
    async with database.transaction() as tx:
        kept = _JSON.dump_python(plan, mode="json")
        await own_documents.save(tx, mine.id, document, pages=1, plan=kept, now=START)
    async with database.reader() as conn:
        assert len((await of_person(conn, mine.id, PROFILE, TABLE)).dishes) == 12
        assert await of_person(conn, other.id, PROFILE, TABLE) == Followed()
        assert await of_person(conn, mine.id, None, TABLE) == Followed()


async def test_a_week_asked_for_in_the_chat_follows_the_plan(database: Database) -> None:
    name = "own_plans_later/04-semana.md"
    plan = replace(await plan_of(name), energy_kcal=None, protein_g=None, avoid=())
    person = await a_person(database)
    document = await index(database, person.id, name)
    async with database.transaction() as tx:
        await own_documents.save(
            tx, person.id, document, pages=1, plan=_JSON.dump_python(plan, mode="json"), now=START
        )
        await profiles.save(tx, person.id, PROFILE, START)
    menu = service(database)
    async with database.transaction() as tx:
        job, _ = await menu.request_week(tx, person, START.date(), START)
    made = await menu.make(job, lambda done, asked: None)
    mine = own_meals(made.week)
    assert len(mine) >= 12
    assert {meal.slot for meal in mine} == {
        Slot.CAFE_DA_MANHA,
        Slot.ALMOCO,
        Slot.LANCHE_DA_TARDE,
        Slot.JANTAR,
    }
    assert all(
        source.chunk_id for meal in mine for dish in meal.dishes for source in dish.sources if is_own(dish)
    )


def test_dishes_of_foods_that_a_plan_allows_by_name_are_liked_a_little_and_never_against_what_was_said() -> (
    None
):
    first, second, *others = dishes()
    permitted = frozenset(item.food_id for dish in (first, second) for item in dish.ingredients)
    tastes = with_permitted(((second.id, -1.0),), (first, second, *others), permitted)
    assert dict(tastes)[first.id] == 0.5
    assert dict(tastes)[second.id] == -1.0
    assert len(tastes) < len(others) / 4
    assert with_permitted((), (first, second), frozenset()) == ()
