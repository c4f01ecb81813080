"""Planning in a process of its own gives the same week, and outlives neither its parent nor a death of its own."""

import asyncio
import multiprocessing
from datetime import date

import pytest

from menus.service import week_request
from menus.weekly import CannotMakeWeek, Workshop, brief_for, plan
from menus.worker import PlanningProcess
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Slot
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from nutrition.restrictions.rules import Rules
from rag.writer import MenuBrief
from storage.passages import Passage
from tests.book import book

TABLE = FoodTable.load()
DISHES = book().dishes
PROFILE = Profile(
    Sex.F,
    34,
    168,
    72.5,
    Activity.MODERADO,
    Goal.PERDER,
    4,
    (Restriction("leite", Strength.ALERGIA, "leite"),),
)
RULES = Rules.of(PROFILE.restrictions, TABLE)
REQUEST = week_request(PROFILE, RULES, start=date(2026, 11, 30), seed=5)
NO_SALT = Rules.of([Restriction("word:sal", Strength.PREFERENCIA, "sal")], TABLE)


class Shelf:
    """The guide's dishes in their own order, without an index."""

    async def passages(self, text: str, k: int = 8) -> tuple[Passage, ...]:
        return ()

    async def dishes(self, goal: Goal, slots: object, rules: Rules, request: str = "") -> tuple[Dish, ...]:
        return tuple(
            dish
            for dish in DISHES
            if dish.slots & frozenset(Slot)
            and rules.forbids_dish(dish.name, [i.food_id for i in dish.ingredients], dish.steps) is None
        )


async def a_brief(workshop: Workshop) -> MenuBrief:
    return await brief_for(REQUEST, workshop)


@pytest.mark.slow
async def test_the_week_is_the_same_as_in_a_thread() -> None:
    process = PlanningProcess()
    workshop = Workshop(TABLE, Shelf())
    brief = await a_brief(workshop)
    here = await asyncio.to_thread(plan, brief, workshop)
    assert await process.plan(brief, ()) == here
    await asyncio.to_thread(process.close)


@pytest.mark.slow
async def test_a_dead_worker_is_replaced_for_the_same_week() -> None:
    process = PlanningProcess()
    await process.warm_up()
    workshop = Workshop(TABLE, Shelf())
    brief = await a_brief(workshop)
    for child in multiprocessing.active_children():
        child.kill()
    assert len((await process.plan(brief, ())).days) == 7
    await asyncio.to_thread(process.close)


@pytest.mark.slow
async def test_what_cannot_be_planned_is_told_across_processes() -> None:
    process = PlanningProcess()
    workshop = Workshop(TABLE, Shelf())
    brief = await a_brief(workshop)
    nothing = MenuBrief(
        start=brief.start,
        days=brief.days,
        targets=brief.targets,
        shares=brief.shares,
        rules=NO_SALT,
        foods=(),
        dishes=(),
        passages=(),
    )
    try:
        week = await process.plan(nothing, ())
    except CannotMakeWeek as exc:
        assert exc.code in {"no_dishes", "planning_failed"}
    else:
        assert "plain_dishes" in week.notes
    await asyncio.to_thread(process.close)
