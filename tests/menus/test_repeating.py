"""A past week once more: the same dishes where they still fit, through the checks of any other week."""

from dataclasses import replace
from datetime import timedelta

from menus.recheck import violations, withhold
from menus.repeating import RepeatedWeek
from menus.weekly import make_week
from nutrition.foods import FoodTable
from nutrition.menu import Role, Slot, Week
from tests.menus.fixtures import MONDAY, Shelf, rules, week_request, workshop
from tests.menus.test_weekly import judged

TABLE = FoodTable.load()
NEXT = MONDAY + timedelta(days=7)


def mains(week: Week) -> list[tuple[int, Slot, str]]:
    return [
        (index, meal.slot, dish.name)
        for index, day in enumerate(week.days)
        for meal in day.meals
        for dish in meal.dishes
        if dish.role is Role.PRINCIPAL
    ]


async def test_the_same_dishes_come_on_the_new_dates_and_meet_the_targets() -> None:
    shop = workshop(Shelf())
    before = await make_week(week_request(), shop)
    again = await make_week(replace(week_request(), start=NEXT, seed=5), shop, [RepeatedWeek(before)])
    assert mains(again) == mains(before)
    assert [day.date for day in again.days] == [NEXT + timedelta(days=at) for at in range(7)]
    assert judged(again) == []
    other = await make_week(replace(week_request(), start=NEXT, seed=5), shop)
    assert mains(other) != mains(before)


async def test_what_a_new_restriction_forbids_does_not_come_again_and_the_planner_fills_it() -> None:
    shop = workshop(Shelf())
    before = await make_week(week_request(), shop)
    now = rules("food:frango", "leite")
    held = withhold(before, now)
    gone = sum(meal.withheld is not None for day in held.days for meal in day.meals)
    assert gone > 0
    again = await make_week(replace(week_request(), start=NEXT, rules=now), shop, [RepeatedWeek(before)])
    assert list(violations(again, now)) == []
    assert all(meal.dishes for day in again.days for meal in day.meals)
    kept = set(mains(again)) & set(mains(before))
    assert len(kept) >= len(mains(before)) - 2 * gone
    assert kept


async def test_a_week_of_fewer_meals_is_filled_up() -> None:
    shop = workshop(Shelf())
    before = await make_week(week_request(), shop)
    short = replace(
        before,
        days=tuple(
            replace(day, meals=tuple(meal for meal in day.meals if meal.slot is not Slot.JANTAR))
            for day in before.days
        ),
    )
    again = await make_week(replace(week_request(), start=NEXT), shop, [RepeatedWeek(short)])
    assert all(meal.dishes for day in again.days for meal in day.meals)
    assert len(again.days[0].meals) == len(before.days[0].meals)
    assert judged(again) == []
