"""The embedded planner: seven complete, varied days that meet their bars, and never what is excluded."""

import itertools
from dataclasses import replace

import pytest

from bench.menus import held_bars, uneven_amounts, variety
from menus.planner import NO_DISHES, Planner
from menus.recheck import violations
from menus.weekly import CannotMakeWeek, plan
from nutrition.foods import FoodTable
from nutrition.menu import DraftDay, Role, Slot, Week
from rag.writer import MenuBrief, Rejected, WriterError
from tests.menus.fixtures import allowed, brief, dishes, rules, targets, workshop

TABLE = FoodTable.load()


def week(of: MenuBrief) -> Week:
    return plan(of, workshop())


def names(week: Week, *slots: Slot) -> list[str]:
    """Main dishes of these meals, day by day."""
    return [
        dish.name
        for day in week.days
        for meal in day.meals
        if meal.slot in slots
        for dish in meal.dishes
        if dish.role is Role.PRINCIPAL
    ]


@pytest.mark.parametrize("energy_kcal", [1250.0, 1800.0, 2600.0, 3400.0])
@pytest.mark.parametrize("meals", [3, 6])
def test_every_day_meets_every_bar(energy_kcal: float, meals: int) -> None:
    made = week(brief(energy_kcal=energy_kcal, meals=meals))
    wanted = targets(energy_kcal, energy_kcal * 0.2 / 4)
    assert [day.date.weekday() for day in made.days] == list(range(7))
    assert made.unmet == ()
    for day in made.days:
        assert all(held_bars(day, wanted, TABLE).values())
        assert uneven_amounts(day, TABLE) == 0
        assert len(day.meals) == meals


@pytest.mark.parametrize(
    "codes",
    [
        ("vegano",),
        ("gluten", "leite"),
        ("halal", "gluten"),
        ("soja", "vegano"),
        ("fodmap",),
        ("low_carb", "peixes"),
    ],
)
def test_nothing_forbidden_is_on_any_plate_or_in_any_word(codes: tuple[str, ...]) -> None:
    made = week(brief(*codes))
    assert len(made.days) == 7
    assert all(meal.dishes for day in made.days for meal in day.meals)
    assert list(violations(made, rules(*codes))) == []


def test_kosher_meals_never_bring_meat_and_milk_together() -> None:
    held = rules("kosher")
    for day in week(brief("kosher")).days:
        for meal in day.meals:
            foods = [portion.food_id for dish in meal.dishes for portion in dish.portions]
            assert held.forbids_together(foods) is None


@pytest.mark.parametrize("seed", range(4))
def test_a_week_is_varied(seed: int) -> None:
    made = week(brief(seed=seed))
    assert all(variety(made, TABLE).values())
    assert len(set(names(made, Slot.ALMOCO, Slot.JANTAR))) >= 11
    for slot in (Slot.ALMOCO, Slot.JANTAR):
        assert all(a != b for a, b in itertools.pairwise(names(made, slot)))


def test_the_same_seed_gives_the_same_week_and_another_seed_another() -> None:
    one = week(brief(seed=5))
    assert week(brief(seed=5)) == one
    other = week(brief(seed=6))
    shared = set(names(one, Slot.ALMOCO, Slot.JANTAR)) & set(names(other, Slot.ALMOCO, Slot.JANTAR))
    assert len(shared) < 11


def test_a_lunch_has_a_main_dish_with_rice_or_another_base_beans_salad_and_fruit() -> None:
    made = week(brief(energy_kcal=2400))
    lunches = [meal for day in made.days for meal in day.meals if meal.slot is Slot.ALMOCO]
    for lunch in lunches:
        roles = [dish.role for dish in lunch.dishes]
        assert roles[0] is Role.PRINCIPAL
        assert Role.SALADA in roles
        assert Role.FRUTA in roles
    with_sides = [lunch for lunch in lunches if any(d.role is Role.ACOMPANHAMENTO for d in lunch.dishes)]
    assert len(with_sides) >= 4


def test_recent_main_dishes_make_way_for_others() -> None:
    first = week(brief(seed=3))
    mains = tuple(dict.fromkeys(names(first, Slot.ALMOCO, Slot.JANTAR)))
    second = week(replace(brief(seed=3), avoid=mains))
    again = set(names(second, Slot.ALMOCO, Slot.JANTAR)) & set(mains)
    assert len(again) <= 2


def with_food(week: Week, *words: str) -> int:
    """On how many days some food of these words is eaten."""
    return sum(
        any(
            word in p.food
            for meal in day.meals
            for dish in meal.dishes
            for p in dish.portions
            for word in words
        )
        for day in week.days
    )


def fish_meals(week: Week) -> int:
    return sum(
        any(TABLE[p.food_id].group == "peixes" for dish in meal.dishes for p in dish.portions)
        for day in week.days
        for meal in day.meals
        if meal.slot in (Slot.ALMOCO, Slot.JANTAR)
    )


def test_quotas_in_words_are_met() -> None:
    assert fish_meals(week(brief(request="peixe 4 vezes por semana"))) >= 4
    assert fish_meals(week(brief(request="peixe no máximo 1 vez"))) <= 1
    assert with_food(week(brief(request="quero feijão todo dia")), "feijão") == 7


def test_asking_for_cheap_and_quick_dishes_gives_cheaper_and_quicker_ones() -> None:
    by_id = {dish.id: dish for dish in dishes()}

    def mains(made: Week) -> list[str]:
        return [
            d.dish_id or ""
            for day in made.days
            for meal in day.meals
            for d in meal.dishes
            if d.role is Role.PRINCIPAL
        ]

    usual, quick = week(brief()), week(brief(request="algo rápido, até 20 minutos"))
    average = [sum(by_id[i].minutes for i in mains(w)) / len(mains(w)) for w in (usual, quick)]
    assert average[1] < average[0]
    cheap = week(brief(request="comida barata"))
    price = [
        sum(TABLE[i.food_id].price_tier * i.grams for m in mains(w) for i in by_id[m].ingredients)
        / sum(i.grams for m in mains(w) for i in by_id[m].ingredients)
        for w in (usual, cheap)
    ]
    assert price[1] < price[0]


def test_batch_cooks_eat_some_dinners_again_at_lunch() -> None:
    made = week(brief(request="cozinho marmitas no domingo"))
    lunches, dinners = names(made, Slot.ALMOCO), names(made, Slot.JANTAR)
    leftovers = sum(lunch == dinner for dinner, lunch in zip(dinners, lunches[1:], strict=False))
    assert 1 <= leftovers <= 3
    assert len(set(lunches + dinners)) >= 11


def test_few_dishes_still_give_seven_complete_days_and_say_what_is_missing() -> None:
    few = [d for d in allowed(rules()) if Role.PRINCIPAL is d.role and Slot.ALMOCO in d.slots][:3]
    small = [d for d in allowed(rules()) if Role.PRINCIPAL is d.role and d.slots.isdisjoint({Slot.ALMOCO})][
        :4
    ]
    other = [d for d in allowed(rules()) if d.role is not Role.PRINCIPAL]
    made = week(replace(brief(), dishes=(*few, *small, *other)))
    assert all(meal.dishes for day in made.days for meal in day.meals)
    assert len(made.days) == 7
    assert "variety" in {item.what for item in made.unmet}


def test_without_any_dish_plain_ones_are_composed_and_told() -> None:
    made = week(replace(brief("vegano"), dishes=()))
    assert "plain_dishes" in made.notes
    assert len(made.days) == 7
    assert all(meal.dishes for day in made.days for meal in day.meals)
    assert all(dish.sources for day in made.days for meal in day.meals for dish in meal.dishes)
    assert list(violations(made, rules("vegano"))) == []


def test_without_anything_to_eat_the_planner_says_so() -> None:
    nothing = replace(brief(), dishes=(), foods=())
    with pytest.raises(WriterError) as refused:
        Planner(TABLE).write(nothing)
    assert refused.value.note == NO_DISHES
    with pytest.raises(CannotMakeWeek):
        week(nothing)


async def test_rejected_meals_alone_are_written_again_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    asked = replace(brief(), days=(2, 3), rejected=(Rejected(2, Slot.JANTAR, "repetido"),))
    draft = await Planner(TABLE).draft(asked, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
    assert [(day.index, [m.slot for m in day.meals]) for day in draft.days] == [(2, [Slot.JANTAR])]


def test_a_draft_names_guide_dishes_with_their_chunks() -> None:
    draft = Planner(TABLE).write(brief())
    assert isinstance(draft.days[0], DraftDay)
    for day in draft.days:
        for meal in day.meals:
            for dish in meal.dishes:
                assert dish.dish_id is not None
                assert dish.chunk_ids
