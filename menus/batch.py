"""``bot.py menu``: one profile line in, one result line out, in the shapes that the README promises."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TextIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from menus.answers import as_dislike, excluded_by
from menus.people import review
from menus.service import week_request
from menus.weekly import CannotMakeWeek, Workshop, make_week
from menus.wishes import refusals_in
from nutrition.conditions import conditions_in
from nutrition.foods import FoodTable
from nutrition.guardrails import Assessment, Decision
from nutrition.menu import Day, Meal, PlannedDish, Week
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength, Targets
from nutrition.restrictions.rules import Rules
from nutrition.restrictions.understand import Understood, merge, understand
from nutrition.totals import FRUIT_VEGETABLE, totals
from rag.writer import MenuWriter

TARGET_KEYS = ("energy_kcal", "protein_g", "fat_g", "carbohydrate_g", "fiber_g", "sodium_mg")
TOTAL_KEYS = (*TARGET_KEYS, "saturated_fat_g", "added_sugar_g", FRUIT_VEGETABLE)

_Text = Annotated[str, Field(max_length=2000)]


class ProfileLine(BaseModel):
    """A line of the profiles file. Unknown keys are ignored; ``id`` comes back as it was."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    id: str | int
    sex: Sex
    age: int = Field(ge=1, le=120)
    height_cm: float = Field(ge=120, le=230)
    weight_kg: float = Field(ge=30, le=300)
    activity: Activity
    goal: Goal
    meals_per_day: int = Field(ge=3, le=6)
    restrictions: tuple[_Text, ...] = ()
    dislikes: _Text = ""
    conditions: tuple[_Text, ...] = ()
    request: _Text = ""
    target_weight_kg: float | None = Field(default=None, ge=30, le=300)


@dataclass(frozen=True, slots=True)
class Person:
    """A profile line as the rooms below understand it, and what was not understood."""

    profile: Profile
    not_understood: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """How the lines are answered. ``notice`` gives the sentences for the person that go with an assessment."""

    workshop: Workshop
    start: date
    notice: Callable[[Assessment], str]
    seed: int = 0
    writers: Sequence[MenuWriter] = ()


async def run(batch: Batch, lines: Iterable[str], out: TextIO) -> int:
    """Answer every line in order, flushed one by one; returns how many could not be read or planned."""
    failed = 0
    for line in lines:
        if not line.strip():
            continue
        result = await answer(batch, line)
        failed += "error" in result
        print(json.dumps(result, ensure_ascii=False), file=out, flush=True)
    return failed


async def answer(batch: Batch, line: str) -> dict[str, Any]:
    """The result for one line; ``{"id", "error"}`` when it cannot be read or nothing can be planned."""
    try:
        row = ProfileLine.model_validate_json(line)
    except ValidationError as exc:
        return {"id": _id_in(line), "error": "; ".join(_problems(exc))}
    person = understood(row, batch.workshop.table)
    assessment = review(person.profile).assessment
    head = {
        "id": row.id,
        "decision": assessment.decision.value,
        "reasons": [reason.value for reason in assessment.reasons],
        "notice": batch.notice(assessment),
    }
    if assessment.decision is Decision.REFER:
        nothing: dict[str, Any] = {"unmet": [], "targets": None}
        return {**head, **nothing, "not_understood": list(person.not_understood), "days": []}
    try:
        week, targets = await _week(batch, person.profile)
    except CannotMakeWeek as exc:
        return {"id": row.id, "error": exc.code}
    return {
        **head,
        "unmet": [item.what for item in week.unmet],
        "targets": {key: getattr(targets, key) for key in TARGET_KEYS},
        "not_understood": list(person.not_understood),
        "days": [day_as_object(day, batch.workshop.table) for day in week.days],
    }


def understood(row: ProfileLine, table: FoodTable) -> Person:
    """Read the free texts of a line: restrictions, dislikes, health facts in any of them, refusals in the request."""
    told = [understand(text, table) for text in row.restrictions]
    disliked = understand(row.dislikes, table)
    refused = understand(refusals_in(row.request), table)
    known = [item for item in refused.restrictions if not item.code.startswith("word:")]
    conditions = tuple(dict.fromkeys((*row.conditions, *_health(row))))
    firm: tuple[Restriction, ...] = ()
    for found in (*(result.restrictions for result in told), known, excluded_by(conditions)):
        firm = merge(firm, found)
    dislikes = [
        as_dislike(item) if item.strength is Strength.PREFERENCIA else item for item in disliked.restrictions
    ]
    profile = Profile(
        sex=row.sex,
        age=row.age,
        height_cm=row.height_cm,
        weight_kg=row.weight_kg,
        activity=row.activity,
        goal=row.goal,
        meals_per_day=row.meals_per_day,
        restrictions=merge(firm, dislikes),
        conditions=conditions,
        request=row.request,
        target_weight_kg=row.target_weight_kg,
    )
    return Person(profile, _not_understood((*told, disliked)))


def day_as_object(day: Day, table: FoodTable) -> dict[str, Any]:
    """A day of a result line; its totals are those of the grams it lists."""
    found = totals([p for meal in day.meals for dish in meal.dishes for p in dish.portions], table)
    return {
        "date": day.date.isoformat(),
        "totals": {key: round(found.values[key], 2) for key in TOTAL_KEYS},
        "unknown": {nutrient: list(ids) for nutrient, ids in found.unknown.items()},
        "meals": [_meal_as_object(meal) for meal in day.meals],
    }


async def _week(batch: Batch, profile: Profile) -> tuple[Week, Targets]:
    rules = await batch.workshop.compute(Rules.of, profile.restrictions, batch.workshop.table)
    request = week_request(profile, rules, start=batch.start, seed=batch.seed)
    return await make_week(request, batch.workshop, batch.writers), request.targets


def _meal_as_object(meal: Meal) -> dict[str, Any]:
    return {"slot": meal.slot.value, "name": meal.name, "dishes": [_dish_as_object(d) for d in meal.dishes]}


def _dish_as_object(dish: PlannedDish) -> dict[str, Any]:
    return {
        "name": dish.name,
        "role": dish.role.value,
        "ingredients": [
            {"food_id": p.food_id, "food": p.food, "grams": p.grams, "measure": p.measure}
            for p in dish.portions
        ],
        "steps": list(dish.steps),
        "minutes": dish.minutes,
        "sources": [
            {"document": s.document, "section": s.section, "page": s.page, "chunk_id": s.chunk_id}
            for s in dish.sources
        ],
        "origin": dish.origin.value,
    }


def _health(row: ProfileLine) -> Iterator[str]:
    for text in (*row.conditions, *row.restrictions, row.dislikes, row.request):
        yield from conditions_in(text)


def _not_understood(results: Iterable[Understood]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for result in results for text in result.not_understood))


def _id_in(line: str) -> Any:
    """The id of a line that is otherwise wrong; None when it has none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    found = value.get("id") if isinstance(value, Mapping) else None
    return found if isinstance(found, str | int) else None


def _problems(exc: ValidationError) -> Iterator[str]:
    """What is wrong with a line, by field, without repeating its values."""
    for error in exc.errors(include_url=False, include_input=False, include_context=False):
        place = ".".join(map(str, error["loc"])) or "line"
        yield f"{place}: {error['msg']}"
