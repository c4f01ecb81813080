"""The whole way of a week: writers that fail, drafts that need mending, and the planner behind them all."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bench.menus import held_bars, uneven_amounts
from menus.recheck import violations, withhold
from menus.weekly import CannotMakeWeek, brief_for, make_week
from nutrition.foods import FoodTable
from nutrition.menu import Draft, DraftDay, DraftDish, DraftIngredient, DraftMeal, Origin, Role, Slot, Week
from nutrition.person import Restriction, Strength
from nutrition.restrictions.rules import Rules
from rag.writer import DayDone, MenuBrief, WriterError
from storage.passages import Passage
from tests.menus.fixtures import MONDAY, Shelf, rules, targets, week_request, workshop

TABLE = FoodTable.load()


@dataclass
class FakeWriter:
    """Answers with a queue of drafts or errors and keeps the briefs it got."""

    answers: list[Draft | WriterError]
    briefs: list[MenuBrief] = field(default_factory=list)
    origin: Origin = Origin.GEMINI

    async def draft(self, brief: MenuBrief, day_done: DayDone) -> Draft:
        self.briefs.append(brief)
        answer = self.answers.pop(0)
        if isinstance(answer, WriterError):
            raise answer
        day_done(len(answer.days), 7)
        return answer


def composed(
    brief: MenuBrief, name: str, *foods: tuple[str, float], role: Role = Role.PRINCIPAL
) -> DraftDish:
    return DraftDish(
        name=name,
        role=role,
        ingredients=tuple(DraftIngredient(food, grams) for food, grams in foods),
        steps=("Cozinhe e sirva.",),
        minutes=20,
        chunk_ids=(brief.passages[0].chunk_id,),
        origin=Origin.GEMINI,
    )


NOTHING_LEFT = [Restriction(f"food:{food.id}", Strength.PREFERENCIA, food.name) for food in TABLE]
PROTEINS = (
    ("Frango", "peito-de-frango-grelhado"),
    ("Tilápia", "tilapia-grelhada"),
    ("Patinho", "patinho-grelhado"),
    ("Ovo", "ovo-cozido"),
    ("Lentilha", "lentilha-cozida"),
    ("Tofu", "tofu-firme"),
    ("Grão-de-bico", "grao-de-bico-cozido"),
)
PLANTS = (("abóbora", "abobora-cabotia-cozida"), ("brócolis", "brocolis-cozido"))


async def a_good_draft(library: Shelf) -> Draft:
    """A week that Gemini could write: new mains with guide sides, guide breakfasts and snacks."""
    brief = await brief_for(week_request(), workshop(library))
    known = [item for item in PROTEINS if item[1] in TABLE]
    plants = [item for item in PLANTS if item[1] in TABLE]
    assert len(known) >= 5
    assert len(plants) == 2
    days = []
    for index in range(7):
        meals = []
        for slot, _ in brief.shares:
            if slot in (Slot.ALMOCO, Slot.JANTAR):
                at = index if slot is Slot.ALMOCO else index + 3
                name, food = known[at % len(known)]
                plant, plant_id = plants[slot is Slot.JANTAR]
                dishes = (
                    composed(
                        brief,
                        f"{name} com {plant}",
                        (food, 110),
                        (plant_id, 100),
                        ("azeite-de-oliva", 5),
                        ("sal", 0.8),
                    ),
                    *_guide(brief, slot, Role.ACOMPANHAMENTO, 0),
                    *_guide(brief, slot, Role.SALADA, index),
                    *_guide(brief, slot, Role.FRUTA, index),
                )
            else:
                dishes = tuple(_guide(brief, slot, Role.PRINCIPAL, index))
            meals.append(DraftMeal(slot, "", dishes))
        days.append(DraftDay(index, tuple(meals)))
    return Draft(tuple(days))


def _guide(brief: MenuBrief, slot: Slot, role: Role, at: int) -> Sequence[DraftDish]:
    found = [dish for dish in brief.dishes if slot in dish.slots and dish.role is role]
    dish = found[at % len(found)]
    items = tuple(DraftIngredient(item.food_id, item.grams) for item in dish.ingredients)
    return (DraftDish(dish.name, role, items, dish_id=dish.id),)


def judged(week: Week) -> list[str]:
    """Bars missed on any day."""
    wanted = targets(2000, 100)
    return [
        f"{day.date}: {name}"
        for day in week.days
        for name, ok in held_bars(day, wanted, TABLE).items()
        if not ok
    ]


def dishes_by(week: Week, origin: Origin) -> int:
    return sum(dish.origin is origin for day in week.days for meal in day.meals for dish in meal.dishes)


async def test_a_clean_draft_keeps_its_dishes_and_meets_the_bars() -> None:
    shelf = Shelf()
    writer = FakeWriter([await a_good_draft(shelf)])
    week = await make_week(week_request(), workshop(shelf), [writer])
    assert week.writer is Origin.GEMINI
    assert len(writer.briefs) == 1
    assert dishes_by(week, Origin.GEMINI) >= 10
    assert judged(week) == []
    assert sum(uneven_amounts(day, TABLE) for day in week.days) == 0
    assert all(dish.sources for day in week.days for meal in day.meals for dish in meal.dishes)


async def test_bad_meals_go_back_once_with_reasons_and_the_planner_fills_what_still_fails() -> None:
    shelf = Shelf()
    good = await a_good_draft(shelf)
    bad = composed(
        writer_brief := await brief_for(week_request(), workshop(shelf)), "Frango", ("unicornio", 100)
    )
    assert writer_brief.dishes
    monday = replace(good.days[0], meals=(DraftMeal(Slot.ALMOCO, "", (bad,)), *good.days[0].meals[:2]))
    writer = FakeWriter([Draft((monday, *good.days[1:6])), Draft((DraftDay(6, good.days[6].meals),))])
    week = await make_week(week_request(), workshop(shelf), [writer])
    assert len(writer.briefs) == 2
    reasons = {(item.day, item.slot): item.reason for item in writer.briefs[1].rejected}
    assert "não está na tabela" in reasons[0, Slot.ALMOCO]
    assert reasons[6, Slot.JANTAR] == "faltou esta refeição"
    assert "gemini_partly" in week.notes
    assert [len(day.meals) for day in week.days] == [5] * 7
    assert judged(week) == []


async def test_a_writer_that_fails_costs_one_note_and_no_meal() -> None:
    writer = FakeWriter([WriterError("gemini_quota", "429")])
    week = await make_week(week_request(), workshop(), [writer])
    assert week.notes == ("gemini_quota",)
    assert week.writer is Origin.GUIA
    assert judged(week) == []


async def test_a_repair_that_fails_still_gives_a_full_week() -> None:
    shelf = Shelf()
    good = await a_good_draft(shelf)
    writer = FakeWriter([Draft(good.days[:3]), WriterError("gemini_away", "timeout")])
    week = await make_week(week_request(), workshop(shelf), [writer])
    assert "gemini_partly" in week.notes
    assert judged(week) == []


async def test_a_draft_without_one_usable_meal_is_the_planners_week() -> None:
    writer = FakeWriter([Draft(()), Draft(())])
    week = await make_week(week_request(), workshop(), [writer])
    assert (week.writer, week.notes) == (Origin.GUIA, ("gemini_away",))


async def test_hostile_drafts_never_bring_in_what_is_excluded() -> None:
    shelf = Shelf()
    brief = await brief_for(week_request("leite", "peixes"), workshop(shelf))
    poison = [
        composed(brief, "Tilápia", ("tilapia-grelhada", 120)),
        composed(brief, "Frango", ("peito-de-frango-grelhado", 100), ("queijo coalho", 30)),
        composed(brief, "Frango com requeijão", ("peito-de-frango-grelhado", 100)),
        replace(
            composed(brief, "Frango", ("peito-de-frango-grelhado", 100)), steps=("Regue com molho inglês.",)
        ),
    ]
    days = tuple(
        DraftDay(
            i,
            tuple(
                DraftMeal(slot, "leite", (poison[(i + n) % 4],)) for n, (slot, _) in enumerate(brief.shares)
            ),
        )
        for i in range(7)
    )
    writer = FakeWriter([Draft(days), Draft(days)])
    week = await make_week(week_request("leite", "peixes"), workshop(shelf), [writer])
    assert list(violations(week, rules("leite", "peixes"))) == []
    assert [len(day.meals) for day in week.days] == [5] * 7


async def test_days_are_told_as_they_are_planned() -> None:
    told: list[int] = []
    await make_week(week_request(), workshop(), progress=lambda done, asked: told.append(done))
    assert told == list(range(1, 8))


async def test_at_most_two_weeks_are_computed_at_once() -> None:
    shop = workshop()
    running, most, lock = 0, 0, threading.Lock()
    release = threading.Event()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        release.wait(5)
        with lock:
            running -= 1

    tasks = [asyncio.create_task(shop.compute(work)) for _ in range(6)]
    await asyncio.sleep(0.05)
    release.set()
    await asyncio.gather(*tasks)
    assert most == 2


async def test_an_empty_guide_still_gives_a_week_of_plain_dishes() -> None:
    week = await make_week(week_request(), workshop(Shelf(only=())))
    assert "plain_dishes" in week.notes
    assert [len(day.meals) for day in week.days] == [5] * 7


async def test_a_week_that_cannot_be_made_is_told_by_a_code() -> None:
    class Forbidding(Shelf):
        async def passages(self, text: str, k: int = 8) -> tuple[Passage, ...]:
            return ()

    starving = replace(week_request(), rules=Rules.of(NOTHING_LEFT, TABLE))
    with pytest.raises(CannotMakeWeek) as refused:
        await make_week(starving, workshop(Forbidding(only=())))
    assert refused.value.code == "no_dishes"


async def test_a_saved_week_is_withheld_meal_by_meal_when_restrictions_change() -> None:
    week = await make_week(week_request(), workshop())
    again = withhold(week, rules("leite"))
    taken = [meal for day in again.days for meal in day.meals if meal.withheld]
    assert taken
    assert {meal.withheld for meal in taken} == {"leite"}
    assert withhold(week, rules()) == week
    assert week.start == MONDAY
